// Where it is: a choice (areas, the whole city, the region, elsewhere, unknown), and areas of any level, picked on the map
// or searched. The map is labkitAreas; what is chosen is drawn over it here, because several areas can be.

const placed = new Map((form.places?.areas ?? []).map((one) => [one.code, one]));
const outlines = Object.fromEntries(
  Object.entries(data.outlines).map(([level, own]) => [level, { features: labkitOutlines(own).features }]));
const levelName = (id) => said(form.places.levels.find((one) => one.id === id)?.singular);
let levelShown = form.places?.shown;

function placeField(control, path) {
  const areasPath = sibling(path, "areas");
  const picker = el("div", {});
  let kept = []; // what was chosen, for who changes the kind of place and comes back
  function show(scope) {
    const open = !control.scope || scope === "areas";
    const held = get(areasPath) ?? [];
    if (!open && held.length) {
      kept = held;
      put(areasPath, []);
    } else if (open && !held.length && kept.length) put(areasPath, kept);
    picker.replaceChildren(...(open ? [areaPicker(control, areasPath)] : []));
  }
  const terms = termsOf(control).map((one) => ({ id: one.id, text: said(one) }));
  const content = control.scope ? [radios(control, path, terms, show), picker] : [picker];
  show(get(path));
  return field(control, path, el("div", {}, content), { group: true, wide: true, paths: [path, areasPath] });
}

function areaPicker(control, path) {
  if (!form.places) return codesLine(path);
  const box = el("div", { class: "picker" });
  const chosen = el("div", { class: "chosen" });
  const map = el("div", { class: "map" });
  const held = () => get(path) ?? [];
  const nameOf = (code) => placed.get(code)?.name ?? code;
  let view = null;

  function toggle(code, focus = false) {
    put(path, held().includes(code) ? held().filter((one) => one !== code) : [...held(), code]);
    announce(held().includes(code) ? `${nameOf(code)}: ${say("chosen")}` : say("remove_one", { name: nameOf(code) }));
    show();
    if (focus) search.querySelector("input").focus();
  }

  function show() {
    const items = held().map((code) => [code, placed.has(code) ? `${nameOf(code)}, ${levelName(placed.get(code).level)}` : code]);
    const list = chips(items, (code) => toggle(code, true));
    chosen.replaceChildren(el("span", { class: "sub" }, `${say("chosen_areas")}:`), list || el("span", { class: "help" }, say("none_yet")));
    view?.draw();
  }

  const offered = new Set(form.places.levels.flatMap((one) => one.areas));
  const search = combobox({
    ...{ id: `${idOf(path)}-search`, label: say("find_area"), describedby: describedBy(idOf(sibling(path, control.name))) },
    options: () => [...placed.values()]
      .filter((one) => offered.has(one.code) && !held().includes(one.code))
      .map((one) => ({ id: one.code, text: one.name, more: [levelName(one.level), one.in].filter(Boolean).join(", ") })),
    onChoose: (code) => toggle(code, true),
  });
  search.querySelector("input").setAttribute("aria-label", say("find_area"));
  search.querySelector("input").setAttribute("placeholder", say("find_area"));
  const levels = el("select", {
    "aria-label": say("level"),
    onchange: () => {
      levelShown = levels.value;
      view = pickMap(map, levelShown, held, toggle);
    },
  }, form.places.levels.map((one) => el("option", { value: one.id }, said(one.plural))));
  levels.value = levelShown;
  box.append(el("p", { class: "help" }, say("map_help")), el("div", { class: "beside" }, search, levels), chosen, map);
  // Leaflet measures its place: it waits until it is on the page and in sight.
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    seen.disconnect();
    view = pickMap(map, levelShown, held, toggle);
  }, { rootMargin: "600px" });
  seen.observe(map);
  show();
  return box;
}

/** The map of one level; `draw` shows again what is chosen. */
function pickMap(container, level, held, toggle) {
  container.view?.remove();
  const text = { map: say("map"), zoom_in: say("zoom_in"), zoom_out: say("zoom_out") };
  const view = labkitAreas(container, { language, text, areas: outlines[level], background: null, layer: null });
  container.view = view;
  const over = L.featureGroup().addTo(view.map);
  view.on("select", (code) => {
    view.select(null);
    if (code) toggle(code);
  });
  const thick = { pane: view.panes.outline, renderer: view.svg.outline, interactive: false, smoothFactor: 0 };
  const paint = (shape) => {
    for (const className of ["picked-case", "picked"]) L.polygon(shape.getLatLngs(), { ...thick, className }).addTo(over);
  };
  function draw() {
    over.clearLayers();
    // What was chosen on another level shows too.
    for (const code of held()) {
      const other = placed.get(code)?.level;
      const feature = other !== level && outlines[other]?.features.find((one) => one.properties.code === code);
      if (feature) paint(L.GeoJSON.geometryToLayer(feature));
    }
    view.group?.setAttribute("aria-multiselectable", "true");
    view.shapes.forEach((shape, index) => {
      const code = view.features[index].properties.code;
      const chosen = held().includes(code);
      shape?.getElement?.()?.setAttribute("aria-selected", String(chosen));
      if (chosen && shape) paint(shape);
    });
  }
  draw();
  return { draw };
}

/** Without the areas of a city, their codes are typed. */
function codesLine(path) {
  const made = el("input", {
    ...{ type: "text", "aria-label": said({ nl: "Codes", en: "Codes" }) },
    oninput: () => put(path, made.value.split(",").map((one) => one.trim()).filter(Boolean)),
  });
  made.value = (get(path) ?? []).join(", ");
  return el("div", {}, el("p", { class: "help" }, say("codes")), made);
}
