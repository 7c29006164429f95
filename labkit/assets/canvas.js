// Draws thousands of areas on one canvas inside a Leaflet map, where an element for each would make every step take
// a second. A drawer of areas.js, with the same doors as paths.js. Outlines are projected once. At each zoom level
// their points move to the nearest pixel and those that fall together are left out: few remain, and neighbours
// stay joined, because a border that they share moves alike on both sides.
//
// For the keyboard and for who does not see the map there is one list with one option, that of the area where the
// reader is; arrow keys move it from area to area.
globalThis.labkitCanvas = (() => {
  "use strict";
  const CELLS = 160; // columns and rows of the grid in which areas are looked up
  const LINES = 12; // pixels across that an area takes at least, on average, for borders to be drawn
  const BUNCH = 12; // areas that share a path
  const NAMED = 80; // names that are tried at most
  const HIDDEN = -2, NONE = -1; // classes of an area that is not drawn at all, and of one that is hatched

  // Leaflet moves and scales a renderer's element while a reader pans and zooms; here only what it shows is drawn.
  const Renderer = L.Renderer.extend({
    options: { padding: 0.15 },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.style.pointerEvents = "none";
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { x, y } = this._map.getPixelOrigin(), { min, max } = this._bounds;
      const place = [this._zoom, x, y, min.x, min.y, max.x, max.y, devicePixelRatio].join();
      if (place === this.place) return; // Leaflet asks twice for one step
      this.place = place;
      this.redraw();
    },
    redraw() {
      const { min, max } = this._bounds, canvas = this._container, { x, y } = max.subtract(min);
      L.DomUtil.setPosition(canvas, min);
      canvas.width = x * devicePixelRatio;
      canvas.height = y * devicePixelRatio;
      canvas.style.width = `${x}px`;
      canvas.style.height = `${y}px`;
      const origin = this._map.getPixelOrigin().add(min);
      this.draw(canvas.getContext("2d"), { left: origin.x, top: origin.y, width: x, height: y, zoom: this._zoom });
    },
  });

  class Canvas {
    constructor(view, flat) {
      this.view = view;
      this.flat = flat();
      this.world = project(this.flat);
      this.boxes = boxesOf(this.flat, this.world);
      this.grid = new Grid(this.boxes, view.features.length);
      this.shapes = view.features.map((feature, index) =>
        this.flat.areas[index] < this.flat.areas[index + 1] ? new Shape(feature, this.boxes, index) : null);
      this.bounds = L.latLngBounds(this.shapes.filter(Boolean).flatMap((shape) => shape.corners()));
      this.classes = new Int8Array(view.features.length).fill(HIDDEN);
      this.drawn = this.shapes.flatMap((shape, index) => (shape ? [index] : []));
      this.renderer = new Renderer({ pane: view.panes.areas });
      this.renderer.draw = (pencil, frame) => this.draw(pencil, frame);
      this.tip = L.tooltip(view.tooltips);
      this.here = this.drawn[0] ?? -1; // where the keyboard is
      this.pointed = -1;
    }

    start() {
      const { map } = this.view;
      this.addList(map.getContainer());
      map.addLayer(this.renderer);
      this.heard = { mousemove: (event) => this.moved(event), mouseout: () => this.point(-1), click: (event) => this.clicked(event),
                     movestart: () => this.point(-1), moveend: () => this.nameLater() };
      map.on(this.heard);
      this.recolour = () => { this.inks = null; this.renderer.redraw(); };
      this.media = ["(prefers-color-scheme: dark)", "print"].map((query) => matchMedia(query));
      for (const query of this.media) query.addEventListener("change", this.recolour);
      this.themes = new MutationObserver(this.recolour);
      this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    }

    remove() {
      clearTimeout(this.waiting);
      this.themes.disconnect();
      for (const query of this.media) query.removeEventListener("change", this.recolour);
      this.view.map.off(this.heard);
      this.tip.remove();
      this.renderer.remove();
      this.list.remove();
      this.view.map.getContainer().classList.remove("lk-pointing");
    }

    paint() {
      const { view } = this, { layer } = view.spec;
      this.drawn.forEach((index) => { this.classes[index] = layer ? view.classOf(index) ?? NONE : HIDDEN; });
      this.renderer.redraw();
      this.tell(this.here);
    }

    // --- drawing ---

    draw(pencil, frame) {
      const scale = 256 * 2 ** frame.zoom;
      const seen = this.seen(frame, scale);
      const { layer } = this.view.spec;
      pencil.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      pencil.clearRect(0, 0, frame.width, frame.height);
      pencil.globalAlpha = this.view.options.opacity || 1;
      const groups = new Map();
      for (const index of seen) {
        const found = this.classes[index];
        if (found !== HIDDEN) (groups.get(found) ?? groups.set(found, []).get(found)).push(index);
      }
      const inks = this.ink(pencil);
      const across = Math.sqrt((frame.width * frame.height) / Math.max(seen.length, 1));
      pencil.lineWidth = Math.min(1, across / 40);
      pencil.lineJoin = "round";
      pencil.strokeStyle = inks.line;
      for (const [found, members] of groups) {
        pencil.fillStyle = found === NONE ? inks.hatching : layer.classes[found].colour;
        this.inBunches(pencil, members, scale, frame, () => {
          pencil.fill();
          if (across >= LINES) pencil.stroke(); // the next area covers half of it, and draws it again
        });
      }
    }

    // One path for each area is slow, and one path for all of them is slower still: browsers sort its points.
    inBunches(pencil, members, scale, frame, finish) {
      for (let from = 0; from < members.length; from += BUNCH) {
        pencil.beginPath();
        for (const index of members.slice(from, from + BUNCH)) this.trace(pencil, index, scale, frame);
        finish();
      }
    }

    // The areas that lie at least partly in the frame.
    seen({ left, top, width, height }, scale) {
      const { boxes } = this, west = left / scale, north = top / scale;
      const east = (left + width) / scale, south = (top + height) / scale;
      return this.drawn.filter((i) => boxes[4 * i] <= east && boxes[4 * i + 2] >= west
                                   && boxes[4 * i + 1] <= south && boxes[4 * i + 3] >= north);
    }

    trace(pencil, index, scale, { left, top }) {
      const { x, y } = this.world, { rings, parts, areas } = this.flat;
      for (let ring = parts[areas[index]]; ring < parts[areas[index + 1]]; ring++) {
        let lastX = NaN, lastY = NaN, first = true;
        for (let at = rings[ring]; at < rings[ring + 1]; at++) {
          const px = Math.round(x[at] * scale), py = Math.round(y[at] * scale);
          if (px === lastX && py === lastY) continue;
          if (first) pencil.moveTo(px - left, py - top);
          else pencil.lineTo(px - left, py - top);
          first = false;
          lastX = px;
          lastY = py;
        }
        pencil.closePath();
      }
    }

    // The colours of lines and hatching, from the style sheet.
    ink(pencil) {
      if (this.inks) return this.inks;
      const style = getComputedStyle(this.view.map.getContainer());
      const colour = (name) => style.getPropertyValue(`--lk-${name}`).trim();
      const tile = document.createElement("canvas"), side = 8;
      tile.width = tile.height = side;
      const brush = tile.getContext("2d");
      brush.fillStyle = colour("hatch");
      brush.fillRect(0, 0, side, side);
      brush.strokeStyle = colour("hatch-line");
      brush.lineWidth = 1.4;
      for (const shift of [-side, 0, side]) {
        brush.moveTo(shift - 1, side + 1);
        brush.lineTo(shift + side + 1, -1);
      }
      brush.stroke();
      this.inks = { line: colour("area-line"), hatching: pencil.createPattern(tile, "repeat") };
      return this.inks;
    }

    // --- pointing ---

    // The area at a place on the map, or -1.
    at({ lat, lng }) {
      const x = lng / 360 + 0.5, y = north(lat);
      return this.grid.near(x, y).find((index) => this.holds(index, x, y)) ?? -1;
    }

    holds(index, px, py) {
      const { boxes, world: { x, y }, flat: { rings, parts, areas } } = this;
      if (px < boxes[4 * index] || px > boxes[4 * index + 2] || py < boxes[4 * index + 1] || py > boxes[4 * index + 3]) return false;
      let odd = false; // a line from a point inside crosses the outline an odd number of times
      for (let ring = parts[areas[index]]; ring < parts[areas[index + 1]]; ring++) {
        for (let a = rings[ring], b = rings[ring + 1] - 1; a < rings[ring + 1]; b = a++) {
          if ((y[a] > py) !== (y[b] > py) && px < ((x[b] - x[a]) * (py - y[a])) / (y[b] - y[a]) + x[a]) odd = !odd;
        }
      }
      return odd;
    }

    // The canvas lets the pointer through, so that the background below it and marks above it work as ever.
    onMap({ originalEvent: { target } }) {
      const { map, panes } = this.view;
      return target === map.getContainer() || Boolean(target.closest(`.leaflet-${panes.background}-pane, .leaflet-tile-pane`));
    }

    moved(event) {
      if (this.view.map.dragging?.moving()) return;
      const index = this.onMap(event) ? this.at(event.latlng) : -1;
      if (index !== this.pointed) this.point(index);
      if (index >= 0) this.tip.setLatLng(event.latlng);
    }

    point(index) {
      const { view } = this;
      if (index < 0 && this.pointed < 0) return;
      this.pointed = index;
      this.tip.options.direction = "auto";
      view.ring(index);
      view.map.getContainer().classList.toggle("lk-pointing", index >= 0 && view.selectable);
      if (index < 0) this.tip.remove();
      else this.tip.setLatLng(view.map.getCenter()).setContent(view.told(index)).addTo(view.map);
    }

    clicked(event) {
      const index = this.onMap(event) ? this.at(event.latlng) : -1;
      if (index < 0) return;
      this.point(index);
      this.tip.setLatLng(event.latlng);
      this.view.choose(index);
    }

    // --- the keyboard ---

    addList(container) {
      this.list = element("div", { class: "lk-areas-list", role: "listbox", tabindex: "0" });
      this.option = element("div", { role: "option", id: `${this.view.id}-here`, "aria-selected": "false",
                                     "aria-setsize": this.drawn.length });
      this.list.setAttribute("aria-activedescendant", this.option.id);
      this.list.append(this.option);
      container.prepend(this.list);
      this.list.addEventListener("focus", () => { if (this.list.matches(":focus-visible")) this.focus(this.here); });
      this.list.addEventListener("blur", () => this.point(-1));
      this.list.addEventListener("keydown", (event) => this.here >= 0 && this.view.pressed(event, this.here));
    }

    label(text) {
      this.list.setAttribute("aria-label", text);
    }

    tell(index) {
      if (index < 0) return;
      this.option.setAttribute("aria-label", this.view.spoken(index));
      this.option.setAttribute("aria-posinset", this.drawn.indexOf(index) + 1);
      this.option.dataset.code = this.view.features[index].properties.code;
      this.option.setAttribute("aria-selected", String(this.option.dataset.code === this.view.selected));
    }

    mark() {
      this.tell(this.here);
    }

    rove(index) {
      this.here = index;
      this.tell(index);
    }

    focus(index) {
      this.rove(index);
      this.view.show(index);
      this.point(index);
      const bounds = this.shapes[index].getBounds();
      this.tip.options.direction = "top"; // so that it does not lie over the area
      this.tip.setLatLng([bounds.getNorth(), bounds.getCenter().lng]);
    }

    middle(index) {
      const [west, top, east, bottom] = this.boxes.subarray(4 * index, 4 * index + 4);
      const scale = 256 * 2 ** this.view.map.getZoom();
      return L.point(((west + east) / 2) * scale, ((top + bottom) / 2) * scale);
    }

    // --- names ---

    nameLater() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.view.placeNames(), 150);
    }

    // The largest areas in sight, if they are large enough to hold a name at all.
    named() {
      const { view: { map } } = this, { min, max } = map.getPixelBounds(), scale = 256 * 2 ** map.getZoom();
      const frame = { left: min.x, top: min.y, width: max.x - min.x, height: max.y - min.y };
      const side = (index, from) => (this.boxes[4 * index + from + 2] - this.boxes[4 * index + from]) * scale;
      const large = this.seen(frame, scale).filter((index) => side(index, 0) > 36 && side(index, 1) > 16);
      large.sort((a, b) => side(b, 0) * side(b, 1) - side(a, 0) * side(a, 1));
      return large.slice(0, NAMED).map((index) => ({ index, shape: this.shapes[index] }));
    }
  }

  // What other scripts ask of an area, as they would of a Leaflet polygon.
  class Shape {
    constructor(feature, boxes, index) {
      this.feature = feature;
      this.box = boxes.subarray(4 * index, 4 * index + 4);
    }

    corners() {
      const [west, top, east, bottom] = this.box;
      return [[latitude(bottom), 360 * (west - 0.5)], [latitude(top), 360 * (east - 0.5)]];
    }

    getBounds() {
      return L.latLngBounds(this.corners());
    }

    getLatLngs() {
      const { type, coordinates } = this.feature.geometry;
      return L.GeoJSON.coordsToLatLngs(coordinates, type === "Polygon" ? 1 : 2);
    }

    getElement() {
      return null;
    }
  }

  // Which areas may lie at a place: a grid of cells, each with the areas whose box touches it.
  class Grid {
    constructor(boxes, count) {
      const all = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
      for (let i = 0; i < count; i++) {
        all.west = Math.min(all.west, boxes[4 * i]);
        all.north = Math.min(all.north, boxes[4 * i + 1]);
        all.east = Math.max(all.east, boxes[4 * i + 2]);
        all.south = Math.max(all.south, boxes[4 * i + 3]);
      }
      this.all = all;
      this.cells = new Map();
      for (let i = 0; i < count; i++) {
        if (boxes[4 * i] > boxes[4 * i + 2]) continue; // no outline
        const last = this.cell(boxes[4 * i + 2], boxes[4 * i + 3]), first = this.cell(boxes[4 * i], boxes[4 * i + 1]);
        for (let row = first.row; row <= last.row; row++) {
          for (let column = first.column; column <= last.column; column++) {
            const key = row * CELLS + column, held = this.cells.get(key);
            if (held) held.push(i);
            else this.cells.set(key, [i]);
          }
        }
      }
    }

    cell(x, y) {
      const { west, north, east, south } = this.all;
      const place = (part) => Math.min(CELLS - 1, Math.max(0, Math.floor(part * CELLS) || 0));
      return { column: place((x - west) / (east - west)), row: place((y - north) / (south - north)) };
    }

    near(x, y) {
      const { row, column } = this.cell(x, y);
      return this.cells.get(row * CELLS + column) ?? [];
    }
  }

  // Web Mercator, the projection of every Leaflet map, with the world from 0 to 1.
  function project({ points, rings, parts }) {
    const count = points.length / 2, x = new Float64Array(count), y = new Float64Array(count);
    for (let at = 0; at < count; at++) {
      x[at] = points[2 * at] / 360 + 0.5;
      y[at] = north(points[2 * at + 1]);
    }
    // Outer rings one way round and holes the other: so one path holds many areas, and holes stay open.
    for (let part = 0; part + 1 < parts.length; part++) {
      for (let ring = parts[part]; ring < parts[part + 1]; ring++) {
        const clockwise = turn(x, y, rings[ring], rings[ring + 1]) > 0;
        if (clockwise === (ring === parts[part])) continue;
        x.subarray(rings[ring], rings[ring + 1]).reverse();
        y.subarray(rings[ring], rings[ring + 1]).reverse();
      }
    }
    return { x, y };
  }

  function turn(x, y, from, to) {
    let twice = 0;
    for (let a = from, b = to - 1; a < to; b = a++) twice += (x[b] - x[a]) * (y[b] + y[a]);
    return twice;
  }

  function north(lat) {
    const sine = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  function latitude(y) {
    return (Math.atan(Math.sinh(2 * Math.PI * (0.5 - y))) * 180) / Math.PI;
  }

  // West, north, east and south of each area, in the same world.
  function boxesOf({ rings, parts, areas }, { x, y }) {
    const count = areas.length - 1, boxes = new Float64Array(4 * count);
    for (let index = 0; index < count; index++) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (let at = rings[parts[areas[index]]]; at < rings[parts[areas[index + 1]]]; at++) {
        if (x[at] < box[0]) box[0] = x[at];
        if (y[at] < box[1]) box[1] = y[at];
        if (x[at] > box[2]) box[2] = x[at];
        if (y[at] > box[3]) box[3] = y[at];
      }
      boxes.set(box, 4 * index);
    }
    return boxes;
  }

  function element(tag, attributes) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  return Canvas;
})();
