// The page of a map: its layers, controls, search, comparison, projects, own observations and table, in step.
// The other files of the page stand in map/; see labkit/maps/leaflet.py for their order.

globalThis.labkitMapPage = (map) => {
  startState(map);
  const { spec } = page;
  L.control.attribution({ prefix: false }).addTo(map); // shown only if tiles that ask for it are added
  const single = !spec.compare;
  const options = { map, credit: single && page.shown.length ? byId("credit") : null };
  if (single && page.shown.length) options.legend = byId("legend");
  page.views = [labkitAreas(null, { ...spec, layer: page.shown[0] ?? null }, options)];
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
  const frame = labkitFrameOf();
  frame?.hear("selected", (code) => choose(code || null, frame));
  return page.views[0];
};
