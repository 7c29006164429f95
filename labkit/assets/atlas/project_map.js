// The projects of the list on a map: areas.js draws the areas, projects.js the badges, their lists and the boxes for
// what lies in no area. Which projects are shown follows from the filters beside the list.

let projectLayer = null;

/** Where a project stands on this map: in areas of it, in a group beside it, or outside. */
function placeOnMap(record) {
  const here = scopesOf(placeLevel)[0].areas.map((area) => area.code);
  const { group, codes } = placeAt(record, placeLevel);
  const own = codes.filter((code) => here.includes(code));
  return group === "areas" && !own.length ? { group: "outside", codes: [] } : { group, codes: own };
}

/** The projects in the form that projects.js asks for. */
function projectSpec(found) {
  const terms = (name) => Object.fromEntries([...vocabularies.get(name).keys()].map((id) => [id, termLabel(name, id)]));
  const names = Object.fromEntries(recordsOf("partner").map((one) => [one.id, titleOf(one).text]));
  const place = placeName(scopesOf(placeLevel)[0]);
  const level = areasWord(placeLevel, 2);
  const text = Object.entries(data.project_texts[language]).map(([key, words]) => [key, words.replace("{level}", level)]);
  const signs = [...vocabularies.get("theme").values()].map((one) => [
    one.id,
    { letters: one.sign, colour: register.sectors[one.group] ?? "", sector: one.group },
  ]);
  return {
    language,
    records: found.map(projectOnMap),
    labels: {
      ...{ themes: terms("theme"), sectors: terms("sector of themes"), levels: terms("level of education") },
      ...{ status: terms("status of a project"), kinds: terms("kind of project"), institutions: names, partners: names },
      groups: {
        ...Object.fromEntries(["coarser", "city", "region"].map((id) => [id, groupLabels[id]()])),
        ...{ outside: t("Outside {place}", { place }), elsewhere: t("Elsewhere"), unknown: t("Place unknown") },
      },
    },
    ...{ signs: Object.fromEntries(signs), text: Object.fromEntries(text), notes: [] },
  };
}

function projectOnMap(record) {
  const { group, codes } = placeOnMap(record);
  const { text, lang } = titleOf(record);
  const partners = partnersOf(record);
  const ids = (executing) => partners.filter((one) => (one.role === "executing") === executing).map((one) => one.partner.id);
  return {
    ...{ id: record.id, title: text, ...(lang ? { lang } : {}), themes: record.themes, levels: record.levels },
    ...{ years: register.years[record.id] ?? null, institutions: ids(true), partners: ids(false) },
    ...{ status: record.status, kind: record.sort, group, areas: codes },
  };
}

/** The map with its boxes; made once, and then only filled anew. */
const projectMap = () => projectLayer?.sheet ?? el("div", { class: "project-sheet" }, el("div", { class: "project-map" }), el("div", { class: "project-boxes" }));

/** Show these projects on the map, which stands on the page by now. */
function drawProjectMap(found) {
  const here = scopesOf(placeLevel)[0];
  const words = { language: state.lang, text: data.map_texts[state.lang] };
  if (projectLayer) {
    const { view, layer, lang } = projectLayer;
    view.map.invalidateSize({ animate: false });
    if (lang !== state.lang) view.update(words);
    layer.update(projectSpec(found));
    projectLayer.lang = state.lang;
    return;
  }
  const sheet = document.querySelector(".project-sheet");
  const shapes = { ...words, layer: null, areas: collection(here.areas), background: backgroundOf(here) };
  const view = labkitAreas(sheet.querySelector(".project-map"), shapes, { selectable: false });
  const layer = labkitProjects(view, projectSpec(found), {
    ...{ box: sheet.querySelector(".project-boxes"), heading: 3 },
    href: (id) => addressOfRecord(records.get(id)),
    onChoose: (id) => id && goToRecord(records.get(id)),
    nameOf: (code) => areas.get(code)?.name ?? code,
  });
  projectLayer = { sheet, view, layer, lang: state.lang };
}
