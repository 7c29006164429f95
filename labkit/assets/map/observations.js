// Own observations: signs or outlines on the map, their rows of the legend, and a table of them.
// A layer is {label, sign, colour, count, area, lines, notes, at, radius, sizes} or, for areas, with `outlines`.

const MOST_SIGNS = 600; // above this they are drawn as plain circles on one canvas
const PLAIN = 6; // pixels from the middle of a sign to its edge
const OWN_TIP = { className: "lk-tooltip", opacity: 1, sticky: true };
const SHAPES = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (r) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: (r) => `M0 ${-1.25 * r}L${1.25 * r} 0L0 ${1.25 * r}L${-1.25 * r} 0z`,
  triangle: (r) => `M0 ${-1.2 * r}L${1.2 * r} ${r}H${-1.2 * r}z`,
  area: (r) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
};

function startObservations() {
  const { observations } = page.spec;
  if (!observations.length) return;
  for (const view of page.views) {
    const pane = view.map.createPane("lk-observations");
    pane.style.zIndex = 455; // over the names
    for (const layer of observations) (layer.outlines ? drawAreas : drawSigns)(layer, view);
  }
  byId("observations").append(
    el("h2", { class: "lk-own-head" }, page.spec.text.own),
    ...observations.map(legendOf),
  );
  byId("list").after(...observations.map(tableOf));
}

function drawSigns(layer, view) {
  const many = layer.at.length > MOST_SIGNS;
  const renderer = many ? L.canvas({ pane: "lk-observations" }) : null;
  layer.at.forEach(([lon, lat], at) => {
    const radius = layer.radius ? layer.radius[at] : PLAIN;
    const place = [lat, lon];
    const sign = many
      ? L.circleMarker(place, { renderer, pane: "lk-observations", radius, fillColor: layer.colour, fillOpacity: 0.85, color: "#fff", weight: 1.5 })
      : L.marker(place, { pane: "lk-observations", keyboard: false, icon: icon(layer, radius) });
    sign.bindTooltip(() => ownTip(layer, at), OWN_TIP).addTo(view.map);
  });
}

function icon(layer, radius) {
  const size = Math.max(24, Math.ceil(2.6 * radius) + 4);
  return L.divIcon({ className: "lk-own-sign", html: picture(layer, radius, size), iconSize: [size, size] });
}

function picture(layer, radius, size) {
  const path = svg("path", { d: SHAPES[layer.sign](radius), class: layer.sign === "area" ? "lk-own-area" : "lk-own-path" });
  path.style[layer.sign === "area" ? "stroke" : "fill"] = layer.colour;
  const box = `${-size / 2} ${-size / 2} ${size} ${size}`;
  return svg("svg", { width: size, height: size, viewBox: box, "aria-hidden": "true" }, path);
}

/** Areas as outlines with a quiet fill; a click on one chooses the area of the map below it. */
function drawAreas(layer, view) {
  const renderer = L.svg({ pane: "lk-observations" });
  labkitOutlines(layer.outlines).features.forEach((feature, at) => {
    if (!feature.geometry) return;
    for (const className of ["lk-own-case", "lk-own-area"]) {
      const line = className === "lk-own-area";
      const shape = L.GeoJSON.geometryToLayer(feature, { pane: "lk-observations", renderer, className, smoothFactor: 0, interactive: line });
      shape.addTo(view.map);
      if (!line) continue;
      shape.getElement().style.stroke = layer.colour;
      shape.getElement().setAttribute("tabindex", "-1"); // Leaflet listens for focus; the table has them for the keyboard
      shape.bindTooltip(() => ownTip(layer, at), OWN_TIP);
      shape.on("click", () => layer.area[at] && choose(layer.area[at]));
    }
  });
}

function ownTip(layer, at) {
  const [name, ...lines] = layer.lines[at];
  const said = [el("strong", { dir: "auto" }, name), ...lines.map((line) => el("div", { dir: "auto" }, line))];
  return el("div", {}, ...said, el("div", { class: "lk-soft" }, page.spec.text.own_hint));
}

function legendOf(layer) {
  const row = el("div", { class: "lk-own-row" }, picture(layer, PLAIN, 24), el("span", { dir: "auto" }, layer.label),
                 el("span", { class: "lk-count" }, written(layer.count)));
  const sizes = (layer.sizes ?? []).map(([label, radius]) => el("span", {}, picture(layer, radius, Math.ceil(2.6 * radius) + 4), label));
  const notes = layer.notes.map((note) => el("p", { class: "lk-note" }, note));
  return el("div", { class: "lk-own" }, row, sizes.length > 1 ? el("div", { class: "lk-own-sizes" }, sizes) : null, notes);
}

/** All of them in words, for who cannot point at them. */
function tableOf(layer) {
  const { text } = page.spec;
  const name = (code) => (code === null ? "–" : page.views[0].features[page.views[0].indexOf(code)].properties.name);
  const rows = layer.lines.map(([first, ...rest], at) =>
    el("tr", {}, el("th", { scope: "row", dir: "auto" }, first), el("td", {}, name(layer.area[at])), el("td", { dir: "auto" }, rest.join("; "))));
  const title = `${layer.label} (${text.own_hint})`;
  return el("details", { class: "lk-own-table" }, el("summary", {}, `${text.own}: ${layer.label}`),
    el("div", { class: "lk-own-scroll", role: "region", tabindex: "0", "aria-label": title },
      el("table", { class: "lk-table" }, el("thead", {}, el("tr", {}, [text.name, text.area, text.said].map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows))));
}
