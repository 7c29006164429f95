// A page with one map: draws it on folium's map, and marks the chosen area in the table below it.
globalThis.labkitMapPage = (map) => {
  const find = (id) => document.getElementById(id);
  const spec = JSON.parse(find("labkit-spec").textContent);
  L.control.attribution({ prefix: false }).addTo(map); // shown only if tiles that ask for it are added
  const view = labkitAreas(null, spec, { map, legend: find("labkit-legend"), credit: find("labkit-credit") });
  view.on("select", (code) => {
    for (const row of document.querySelectorAll("tr[data-code]")) {
      row.toggleAttribute("aria-current", row.dataset.code === code);
    }
  });
  return view;
};
