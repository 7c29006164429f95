// Draws areas as SVG paths, each an element that can be pointed at and focused: for up to some thousand areas.
// A drawer of areas.js, as canvas.js is: {shapes, bounds, start(), paint(), label(), middle(i), mark(i), rove(i),
// focus(i), remove()}. `view` is the AreaView that it draws for.
globalThis.labkitPaths = (() => {
  "use strict";

  class Paths {
    constructor(view) {
      this.view = view;
      this.group = L.featureGroup();
      this.shapes = view.makeShapes(view.features, "areas");
      this.bounds = L.featureGroup(this.shapes.filter(Boolean)).getBounds();
    }

    start() {
      this.group.addTo(this.view.map);
      this.shapes.forEach((shape, index) => shape && this.prepare(shape, index));
      const first = this.shapes.find(Boolean);
      if (!first) return;
      this.addHatching(first.getElement().ownerSVGElement);
      this.list = first.getElement().parentNode;
      this.list.setAttribute("role", this.view.selectable ? "listbox" : "group");
      this.rove(this.shapes.indexOf(first));
    }

    remove() {
      this.group.remove();
    }

    prepare(shape, index) {
      const { view } = this;
      shape.bindTooltip(() => view.told(index), view.tooltips);
      shape.addTo(this.group);
      const path = shape.getElement();
      path.dataset.code = view.features[index].properties.code;
      path.setAttribute("role", view.selectable ? "option" : "img");
      path.setAttribute("tabindex", "-1");
      shape.on("mouseover", () => view.ring(index)).on("mouseout", () => view.ring(-1));
      shape.on("click", () => view.choose(index));
      path.addEventListener("focus", () => this.focused(index));
      path.addEventListener("blur", () => view.ring(-1));
      path.addEventListener("keydown", (event) => view.pressed(event, index));
    }

    addHatching(svg) {
      if (svg.querySelector("pattern")) return;
      const pattern = make("pattern", { id: `${this.view.id}-hatch`, width: 6, height: 6, patternUnits: "userSpaceOnUse",
                                        patternTransform: "rotate(45)" });
      pattern.append(make("rect", { class: "lk-hatch", width: 6, height: 6 }),
                     make("path", { class: "lk-hatch-line", d: "M0 0V6" }));
      const definitions = make("defs", {});
      definitions.append(pattern);
      svg.prepend(definitions);
    }

    paint() {
      const { view } = this;
      this.shapes.forEach((shape, index) => {
        if (!shape) return;
        const found = view.classOf(index);
        const path = shape.getElement();
        shape.setStyle({ fillColor: this.fill(found), fillOpacity: view.options.opacity || 1 });
        path.dataset.class = found === null ? "none" : String(found);
        path.setAttribute("aria-label", view.spoken(index));
      });
    }

    fill(found) {
      const { layer } = this.view.spec;
      if (!layer) return "transparent";
      return found === null ? `url(#${this.view.id}-hatch)` : layer.classes[found].colour;
    }

    label(text) {
      if (this.list) this.list.setAttribute("aria-label", text);
    }

    mark(index) {
      this.shapes.forEach((shape, i) => shape && shape.getElement().setAttribute("aria-selected", String(i === index)));
    }

    // One area at a time can be reached with Tab; the arrow keys do the rest.
    rove(index) {
      this.shapes.forEach((shape, i) => shape && shape.getElement().setAttribute("tabindex", i === index ? "0" : "-1"));
    }

    focus(index) {
      this.shapes[index].getElement().focus();
    }

    focused(index) {
      this.rove(index);
      this.view.show(index);
      if (this.shapes[index].getElement().matches(":focus-visible")) this.view.ring(index);
    }

    middle(index) {
      return this.view.map.latLngToLayerPoint(this.shapes[index].getBounds().getCenter());
    }

    // Areas on which a name may be written, with the corners of their outlines.
    named() {
      return this.shapes.map((shape, index) => ({ shape, index })).filter((one) => one.shape);
    }
  }

  function make(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  return Paths;
})();
