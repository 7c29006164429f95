// What the page shows: one layer, or two beside each other, and the chosen area. Parts `watch` it; `show` and
// `choose` change it.

const page = {
  spec: null, // the data of the page; see labkit/maps/map_page.py
  map: null, // folium's Leaflet map
  views: [], // labkitAreas views: one, or two where maps are compared
  layers: [], // all layers of areas
  shown: [], // the layers that are shown: none, one, or two
  selected: null, // code of the chosen area
  projects: null, // the projects on the map, if it has any
};
const watchers = [];

function watch(run) {
  watchers.push(run);
}

function changed(what) {
  for (const run of watchers) run(what);
}

function startState(map) {
  page.spec = JSON.parse(byId("spec").textContent);
  page.map = map;
  page.layers = page.spec.layers.map((one) => one ?? page.spec.layer);
  if (page.spec.compare) page.shown = page.layers.slice(0, 2);
  else page.shown = page.spec.layer ? [page.spec.layer] : [];
}

/** Show another layer. */
function show(layer) {
  if (!layer || page.shown[0] === layer) return;
  page.shown = [layer];
  changed("layer");
}

/** Choose an area by its code, or none with null. `from` is the view or part in which that was done. */
function choose(code, from = null) {
  const known = code !== null && page.views[0].indexOf(code) >= 0 ? code : null;
  if (known === page.selected) return;
  page.selected = known;
  for (const view of page.views) if (view !== from && view.selected !== known) view.select(known);
  changed("area");
  if (from !== labkitFrameOf()) labkitFrameOf()?.tell("selected", known);
}

const labkitFrameOf = () => globalThis.labkitFrame ?? null;

/** The layers of an indicator, by year. */
const yearsOf = (indicator) =>
  page.layers.filter((one) => one.indicator === indicator).sort((a, b) => a.year - b.year);

/** The last layer of each indicator. */
const indicators = () => [...new Map(page.layers.map((one) => [one.indicator, one])).values()];

/** Another indicator, in the same year if it has that one, else in its last. */
function showIndicator(indicator) {
  const years = yearsOf(indicator);
  show(years.find((one) => one.year === page.shown[0]?.year) ?? years.at(-1));
}
