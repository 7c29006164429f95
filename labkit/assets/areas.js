// Areas on a Leaflet map: classes of figures, hatching where there is none, names, legend, choosing one.
// The drawing itself is done by paths.js, or by canvas.js for thousands of areas; a page notices no difference,
// but that `shapes` of a canvas have no element. One function, labkitAreas(container, spec, options); maps and the
// atlas both use it. `spec` is plain JSON:
//
//   language    "nl", "en", ...                text   the words this script needs (see labkit/maps/layers.py)
//   areas       GeoJSON with code and name, or encoded (see outlines.js)
//   background  the same or null: quiet, never chosen
//   layer       {label, unit, year, decimals, values, low, high, classes, remarks, remark, notes, credit} or null;
//               values stand in the order of the areas, null where there is no figure
//
// Everything written on the page goes in as text, never as HTML.
globalThis.labkitAreas = (() => {
  "use strict";
  const TOOLTIP = { sticky: true, opacity: 1, className: "lk-tooltip" };
  const MOST_PATHS = 1500; // above it, a browser needs a second for each step with an element for each area
  let views = 0;

  class AreaView {
    constructor(container, spec, options) {
      this.id = `labkit-${++views}`;
      this.options = options;
      this.selectable = options.selectable !== false;
      this.spec = { text: {}, areas: { features: [] }, background: null, layer: null };
      this.selected = null;
      this.ringed = -1;
      this.listeners = [];
      this.controls = [];
      this.map = options.map || makeMap(container);
      this.panes = {};
      for (const [name, z] of [["background", 350], ["areas", 360], ["outline", 370], ["names", 450]]) {
        this.panes[name] = `${this.id}-${name}`;
        const pane = this.map.createPane(this.panes[name]);
        pane.style.zIndex = z;
        if (name !== "areas") pane.setAttribute("aria-hidden", "true");
        if (name === "names" || name === "outline") pane.style.pointerEvents = "none";
      }
      this.svg = {};
      for (const name of ["background", "areas", "outline"]) {
        this.svg[name] = L.svg({ pane: this.panes[name], padding: 0.5 });
      }
      this.tooltips = TOOLTIP;
      this.drawn = { background: L.featureGroup(), chosen: L.featureGroup(), ring: L.featureGroup(), names: L.featureGroup() };
      for (const group of Object.values(this.drawn)) group.addTo(this.map);
      this.onZoom = () => this.placeNames();
      this.map.on("zoomend resize", this.onZoom);
      this.sizes = new ResizeObserver(() => this.resized());
      this.sizes.observe(this.map.getContainer());
      this.update(spec);
      if (options.selected) this.select(options.selected);
    }

    // --- what a page calls ---

    update(changes) {
      Object.assign(this.spec, changes);
      if (changes.text) this.drawControls();
      if (changes.areas) this.drawAreas(); // first, for it gives a new map its view
      if ("background" in changes) this.drawBackground();
      this.drawLayer();
      return this;
    }

    setLayer(layer) {
      return this.update({ layer });
    }

    on(event, listener) {
      if (event === "select") this.listeners.push(listener);
      return this;
    }

    select(code) {
      const index = this.indexOf(code);
      this.selected = index < 0 ? null : code;
      this.outline(this.drawn.chosen, index, ["lk-chosen-case", "lk-chosen"]);
      this.ring(this.ringed); // stays on top
      if (!this.selectable) return this;
      this.drawer.mark(index);
      if (index >= 0) this.drawer.rove(index);
      return this;
    }

    fit() {
      const { bounds } = this.drawer, { x, y } = this.map.getSize();
      if (!bounds.isValid()) return this;
      this.map.setMinZoom(0);
      // A map on a tab that is not in front has no size yet; it is fitted when it gets one.
      if (x > 16 && y > 16) this.map.fitBounds(bounds, { padding: [8, 8], animate: false });
      else this.map.setView(bounds.getCenter(), 12, { animate: false });
      this.home = { zoom: this.map.getZoom(), center: this.map.getCenter() };
      this.map.setMinZoom(Math.max(0, this.home.zoom - 2));
      return this;
    }

    remove() {
      this.sizes.disconnect();
      this.map.off("zoomend resize", this.onZoom);
      for (const one of [this.drawer, ...Object.values(this.drawn), ...Object.values(this.svg)]) one.remove();
      for (const control of this.controls) control.remove();
      for (const element of [this.options.legend, this.options.credit]) if (element) element.replaceChildren();
      if (!this.options.map) this.map.remove();
    }

    // --- drawing ---

    drawControls() {
      for (const control of this.controls) control.remove();
      const { zoom_in: zoomInTitle, zoom_out: zoomOutTitle } = this.spec.text;
      this.controls = [
        L.control.zoom({ zoomInTitle, zoomOutTitle }),
        L.control.scale({ imperial: false, maxWidth: 120 }),
      ];
      for (const control of this.controls) control.addTo(this.map);
    }

    drawBackground() {
      this.drawn.background.clearLayers();
      const features = this.spec.background ? labkitOutlines(this.spec.background).features : [];
      this.around = features.length;
      for (const shape of this.makeShapes(features, "background")) {
        if (!shape) continue;
        shape.bindTooltip(() => tooltip([shape.feature.properties.name]), TOOLTIP);
        shape.addTo(this.drawn.background);
        shape.getElement()?.setAttribute("tabindex", "-1"); // Leaflet listens for focus, which would make it a stop
      }
    }

    drawAreas() {
      for (const group of ["chosen", "ring"]) this.drawn[group].clearLayers();
      this.drawer?.remove();
      this.ringed = -1;
      const { features, flat } = labkitOutlines(this.spec.areas);
      this.features = features;
      this.places = new Map(features.map((feature, index) => [feature.properties.code, index]).reverse());
      const Drawer = features.length > (this.options.mostPaths ?? MOST_PATHS) ? labkitCanvas : labkitPaths;
      this.drawer = new Drawer(this, flat);
      this.shapes = this.drawer.shapes;
      const { bounds } = this.drawer;
      if (bounds.isValid()) this.map.setView(bounds.getCenter(), 12, { animate: false }); // paths need a view
      this.drawer.start();
      this.fit();
      if (this.selected !== null) this.select(this.selected);
    }

    makeShapes(features, name) {
      const options = {
        pane: this.panes[name], renderer: this.svg[name],
        smoothFactor: 0, // simplifying each outline by itself would open gaps between neighbours
        className: name === "areas" ? "lk-area" : "lk-background", weight: 1, fillOpacity: 1,
      };
      return features.map((feature) => {
        const shape = feature.geometry ? L.GeoJSON.geometryToLayer(feature, options) : null;
        if (shape) shape.feature = feature;
        return shape;
      });
    }

    drawLayer() {
      const { layer, text } = this.spec;
      this.undrawn = new Set(layer?.undrawn);
      this.drawer.label(layer ? this.title() : text.map || "");
      this.drawer.paint();
      this.placeNames();
      if (this.options.legend) this.drawLegend(this.options.legend);
      if (this.options.credit) this.options.credit.textContent = (layer && layer.credit) || "";
    }

    // --- what is said about an area ---

    hasFigure(index) {
      const { layer } = this.spec;
      return layer !== null && layer.values[index] !== null && layer.values[index] !== undefined;
    }

    // Number of the class, or null where nothing can be drawn: no figure, or one that belongs to another border.
    classOf(index) {
      const { layer } = this.spec;
      if (!this.hasFigure(index) || this.undrawn.has(index)) return null;
      const value = layer.values[index];
      const found = layer.classes.findIndex((one) => value <= one.high);
      return found < 0 ? layer.classes.length - 1 : found;
    }

    number(value, digits = this.spec.layer.decimals || 0) {
      return new Intl.NumberFormat(this.spec.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
        .format(value);
    }

    title() {
      return [this.spec.layer.label, this.spec.layer.year].filter(Boolean).join(", ");
    }

    remark(index) {
      const { remark, remarks = [] } = this.spec.layer;
      return remarks[Array.isArray(remark) ? remark[index] : remark] || "";
    }

    lines(index) {
      const { layer, text } = this.spec;
      const { name } = this.features[index].properties;
      if (!layer) return [name];
      if (!this.hasFigure(index)) return [name, `${text.no_figure}, ${layer.year}`, this.remark(index)];
      const ends = layer.low && layer.low[index] !== null
        ? { low: this.number(layer.low[index]), high: this.number(layer.high[index]) } : null;
      const band = ends && ends.low !== ends.high ? fill(text.band, ends) : ""; // "between 0.9 and 0.9" says nothing
      const value = `${this.number(layer.values[index])}\u00a0${layer.unit}`;
      return [name, [value, layer.year].filter(Boolean).join(", "), band, this.remark(index)];
    }

    spoken(index) {
      const [name, ...rest] = this.lines(index).filter(Boolean);
      return rest.length ? `${name}: ${rest.join("; ")}` : name;
    }

    told(index) {
      return tooltip(this.lines(index));
    }

    // --- legend ---

    legendRows() {
      const { layer, text } = this.spec;
      const found = this.features.map((_, index) => this.classOf(index));
      const rows = layer.classes.map((one, i) =>
        ({ name: i, label: this.range(one), count: found.filter((each) => each === i).length, colour: one.colour }));
      const hatched = new Map();
      found.forEach((each, index) => {
        if (each !== null) return;
        const label = this.hasFigure(index) ? text.not_drawn : text.no_figure, reason = this.remark(index);
        const row = hatched.get(label + reason) || { name: "none", label, reason, count: 0 };
        hatched.set(label + reason, { ...row, count: row.count + 1 });
      });
      rows.push(...hatched.values());
      if (this.around) rows.push({ name: "background", label: text.background });
      return rows;
    }

    drawLegend(place) {
      const { layer, text } = this.spec;
      const heads = { unit: layer?.unit, areas: text.areas };
      place.replaceChildren(...(layer ? labkitLegend(this.title(), heads, this.legendRows(), layer.notes) : []));
    }

    range(one) {
      const digits = this.spec.layer.class_decimals ?? this.spec.layer.decimals; // several years can share classes
      const high = this.number(one.high, digits);
      if (one.low === null || one.low === undefined) return fill(this.spec.text.up_to, { high });
      const low = this.number(one.low, digits);
      return low === high ? high : `${low} – ${high}`;
    }

    // --- choosing, by mouse, finger or key ---

    choose(index) {
      if (!this.selectable) return;
      const { code } = index < 0 ? { code: null } : this.features[index].properties;
      this.select(code === this.selected ? null : code);
      for (const listener of this.listeners) listener(this.selected);
    }

    // Bring an area that the keyboard came to into the map.
    show(index) {
      const bounds = this.shapes[index].getBounds();
      if (!this.map.getBounds().intersects(bounds)) this.map.panTo(bounds.getCenter());
    }

    pressed(event, index) {
      const drawn = this.shapes.map((shape, i) => (shape ? i : -1)).filter((i) => i >= 0);
      const next = { Home: () => drawn[0], End: () => drawn[drawn.length - 1],
                     ArrowUp: () => this.neighbour(index, 0, -1), ArrowDown: () => this.neighbour(index, 0, 1),
                     ArrowLeft: () => this.neighbour(index, -1, 0), ArrowRight: () => this.neighbour(index, 1, 0) };
      if (event.key in next) this.drawer.focus(next[event.key]());
      else if (event.key === "Enter" || event.key === " ") this.choose(index);
      else if (event.key === "Escape" && this.selected !== null) this.choose(-1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    // The nearest area whose middle lies in that direction; the area itself where there is none.
    neighbour(index, right, down) {
      const here = this.drawer.middle(index);
      let best = index, shortest = Infinity;
      this.shapes.forEach((shape, i) => {
        if (!shape || i === index) return;
        const { x, y } = this.drawer.middle(i).subtract(here);
        const ahead = x * right + y * down, aside = Math.abs(x * down) + Math.abs(y * right);
        if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < shortest) {
          best = i;
          shortest = ahead + 2 * aside;
        }
      });
      return best;
    }

    // On a chosen area the ring lies inside the red line, so that both can be seen.
    ring(index) {
      const chosen = index >= 0 && index === this.indexOf(this.selected);
      this.ringed = index;
      this.outline(this.drawn.ring, index, chosen ? ["lk-ring"] : ["lk-ring-case", "lk-ring"]);
    }

    // A copy of the outline on top of all areas: the area itself is half hidden by its neighbours.
    outline(group, index, classes) {
      group.clearLayers();
      if (index < 0 || !this.shapes[index]) return;
      for (const className of classes) {
        L.polygon(this.shapes[index].getLatLngs(), {
          className, pane: this.panes.outline, renderer: this.svg.outline, interactive: false, fill: false, smoothFactor: 0,
        }).addTo(group);
      }
    }

    indexOf(code) {
      return this.places?.get(code) ?? -1;
    }

    placeNames() {
      this.drawn.names.clearLayers();
      if (!this.shapes || this.options.names === false) return;
      const font = `600 11px ${getComputedStyle(this.map.getContainer()).fontFamily}`;
      const areas = this.drawer.named().map(({ shape, index }) => ({ name: this.features[index].properties.name, shape }));
      for (const { lines, middle, width, height } of labkitNames(areas, this.map, font)) {
        const html = element("span");
        lines.forEach((line, i) => html.append(...(i ? [element("br")] : []), line));
        const icon = L.divIcon({ className: "lk-name", html, iconSize: [width, height] });
        L.marker(this.map.layerPointToLatLng(middle),
                 { icon, pane: this.panes.names, interactive: false, keyboard: false }).addTo(this.drawn.names);
      }
    }

    // The map got another size: show the city whole again, unless the reader has moved it.
    resized() {
      this.map.invalidateSize({ animate: false });
      const { home, map } = this;
      if (home && map.getZoom() === home.zoom && map.getCenter().distanceTo(home.center) < 500) this.fit();
    }
  }

  function makeMap(container) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return L.map(container, { attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5,
                              scrollWheelZoom: false, zoomAnimation: !calm, fadeAnimation: false });
  }

  // --- small helpers ---

  function element(tag, className = "", text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function wrap(tag, ...children) {
    const made = element(tag);
    made.append(...children);
    return made;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function tooltip([name, ...lines]) {
    const box = wrap("div", element("strong", "", name));
    for (const line of lines) if (line) box.append(element("div", "", line));
    return box;
  }

  return (container, spec, options = {}) => new AreaView(container, spec, options);
})();
