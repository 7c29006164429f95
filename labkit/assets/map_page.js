// The page of a map: its layers, controls, search, comparison, projects, own observations and table, in step.
// The other files of the page stand in map/; see labkit/maps/leaflet.py for their order.

/** In a frame of fixed height what stands beside the map scrolls, so the keyboard must reach it. */
function reachAside() {
  if (!document.body.classList.contains("lk-framed")) return;
  const aside = document.querySelector(".lk-aside");
  for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", page.spec.text.legend]]) aside.setAttribute(name, value);
}

globalThis.labkitMapPage = (map) => {
  startState(map);
  const { spec } = page;
  L.control.attribution({ prefix: false }).addTo(map); // shown only if tiles that ask for it are added
  const single = !spec.compare;
  const options = { map, credit: single && page.shown.length ? byId("credit") : null };
  if (single && page.shown.length) options.legend = byId("legend");
  page.views = [labkitAreas(null, { ...spec, layer: page.shown[0] ?? null }, options)];
  document.querySelector(".lk-map-frame").classList.toggle("lk-plain", !page.shown.length);
  if (!single) startCompare();
  for (const view of page.views) view.on("select", (code) => choose(code, view));
  watch((what) => {
    if (what !== "layer") return;
    page.views.forEach((view, at) => view.setLayer(page.shown[at]));
  });
  if (!single) drawLegends();
  startControls();
  startObservations();
  startProjects();
  startSearch();
  startTable();
  reachAside();
  const frame = labkitFrameOf();
  frame?.hear("selected", (code) => choose(code || null, frame));
  return page.views[0];
};
