// The map: the drawing itself is done by labkitAreas (assets/areas.js), here it is told what to draw.

let areasView = null;

function startMap() {
  watchFigures(showHeading);
  watchFigures(showMap);
  // A dot in a strip or a row of the table lights its area, and the other way round.
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => light(codeAt(event.target)));
  document.addEventListener("mouseout", () => light(null));
  byId("chosen").addEventListener("click", () => byId("profile").scrollIntoView());
  addEventListener("beforeprint", () => forPaper(true));
  addEventListener("afterprint", () => forPaper(false));
}

/** Give the map the size that it has on paper, or its own again. */
function forPaper(printing) {
  document.documentElement.classList.toggle("printing", printing);
  if (printing) byId("printed").textContent = `${t("Printed")} ${today()} · ${pageAddress()}`;
  if (state.show !== "figures") return; // the map may not have been drawn yet
  areasView.map.invalidateSize({ animate: false });
  areasView.fit();
  nameOnPaper(printing ? areas.get(state.area) : null);
}

let paperName = null;

/** On paper nobody can point at an area: the chosen one has its name on the map, also where it hardly fits. */
function nameOnPaper(area) {
  paperName?.remove();
  paperName = null;
  if (!area) return;
  const plain = (text) => text.replace(/\s/g, "");
  const names = [...document.querySelectorAll("#map .lk-name")].map((node) => plain(node.textContent));
  const shape = areasView.shapes[areasView.indexOf(area.code)];
  if (!shape || names.includes(plain(area.name))) return;
  const look = { permanent: true, direction: "top", opacity: 1, className: "lk-tooltip" };
  paperName = L.tooltip(look).setLatLng(shape.getBounds().getCenter()).setContent(el("strong", {}, area.name));
  paperName.addTo(areasView.map);
}

const today = () => dayShown(new Date());

const dayShown = (day) =>
  day.toLocaleDateString(language === "nl" ? "nl-NL" : "en-GB", { day: "numeric", month: "long", year: "numeric" });

/** The address of this view; of a page that was opened from a file only its name, for its folder says nothing. */
function pageAddress() {
  const page = location.protocol.startsWith("http") ? location.origin + location.pathname : location.pathname;
  return (location.protocol.startsWith("http") ? page : page.split("/").at(-1)) + `#${hashOf(state)}`;
}

const codeAt = (node) => node.closest?.("[data-code]")?.dataset.code ?? null;

function light(code) {
  for (const node of document.querySelectorAll(".is-lit")) node.classList.remove("is-lit");
  if (!code) return;
  for (const node of document.querySelectorAll(`[data-code="${CSS.escape(code)}"]`)) node.classList.add("is-lit");
}

function showMap(view) {
  const scope = scopeOf(view);
  const place = [scope.index, view.lang];
  const layer = layerOf(view, scope);
  const shapes = {
    ...{ language: view.lang, text: data.map_texts[view.lang], layer },
    ...{ areas: collection(scope.areas), background: backgroundOf(scope) },
  };
  if (!areasView) {
    drawn.set("map", JSON.stringify(place));
    const parts = { legend: byId("legend"), credit: byId("credit"), selected: view.area };
    areasView = labkitAreas(byId("map"), shapes, parts);
    areasView.on("select", (code) => go({ area: code }));
  } else if (drawn.get("map") !== JSON.stringify(place)) {
    drawn.set("map", JSON.stringify(place));
    areasView.update(shapes);
  } else {
    areasView.setLayer(layer);
  }
  if (areasView.selected !== view.area) areasView.select(view.area);
}

/** Quiet grey around the areas: those of the home area's level in which none of them lies. */
function backgroundOf(scope) {
  const inside = new Set(scope.areas.flatMap((area) => [area, ...ancestors(area)]));
  const around = levels.get(areas.get(data.home).level).areas.filter((area) => !inside.has(area));
  return around.length ? collection(around) : null;
}

/** What the map shows, in the form that areas.js asks for. */
function layerOf(view, scope) {
  const indicator = indicators.get(view.indicator);
  const figures = scope.areas.map((area) => figureOf(indicator.id, area, view.year));
  const decimals = mapDecimals(indicator, scope, view.year, view.classes === "all");
  const rounded = (value) => (value === null || value === undefined ? null : Number(value.toFixed(decimals)));
  const remarks = [""];
  const remarkAt = figures.map((figure) => {
    const text = figure?.redrawn && known(figure) ? t("border changed") : remark(figure);
    if (!remarks.includes(text)) remarks.push(text);
    return remarks.indexOf(text);
  });
  const banded = figures.some((figure) => known(figure) && isBanded(figure));
  const bands = {
    low: figures.map((figure) => rounded(figure?.low)),
    high: figures.map((figure) => rounded(figure?.high)),
  };
  return {
    ...{ label: say(indicator.label), unit: say(indicator.unit), year: view.year, decimals },
    ...{ values: figures.map((figure) => rounded(figure?.value)), ...(banded ? bands : {}) },
    classes: classesOf(indicator.id, scope, view.year, view.classes === "all"),
    ...{ remarks, remark: remarkAt },
    undrawn: figures.flatMap((figure, at) => (figure?.redrawn && known(figure) ? [at] : [])),
    ...{ notes: notesOf(indicator, view, scope), credit: creditOf(figures, scope) },
  };
}

/** What a reader should know before believing the colours. */
function notesOf(indicator, view, scope) {
  const notes = [];
  if (indicator.kind === "count")
    notes.push(t("Counts: larger areas hold more. Use a share or a rate to compare areas."));
  if (view.classes === "all")
    notes.push(t("The classes are the same in all years, so that maps of two years can be compared."));
  const years = [...new Set(scope.areas.map((area) => area.borderYear))].sort().join(", ");
  if (years !== String(view.year)) notes.push(t("The outlines are those of {year}.", { year: years }));
  return notes;
}

function creditOf(figures, scope) {
  const outlines = levels.get(scope.level).sources.map((name) => data.sources[name]).filter(Boolean);
  const credits = [...sourcesIn(figures), ...outlines].map((one) => one.credit || one.publisher);
  return [...new Set(credits)].join("; ");
}

/** Title, definition and the range of values: the map in words. */
function showHeading(view) {
  const chosen = areas.get(view.area);
  byId("chosen").hidden = !chosen;
  if (chosen) byId("chosen").textContent = t("Profile of {area}", { area: chosen.name });
  const indicator = indicators.get(view.indicator);
  const scope = scopeOf(view);
  const heading = [say(indicator.label), " ", el("span", { class: "year" }, String(view.year))];
  byId("heading").replaceChildren(...heading);
  byId("lead").textContent = [say(indicator.definition), say(indicator.reference)].filter(Boolean).join(" ");
  byId("summary").textContent = summary(indicator, scope, view.year);
}

/** From lowest to highest, with how many of the areas have a figure at all. */
function rangeWords(ends, known, among) {
  if (known === 1 && among > 1) return t("1 of {areas} has a figure: {low}.", ends);
  if (ends.low === ends.high)
    return known < among ? t("{known} of {areas} have a figure: {low}.", ends) : t("{areas}: all {low}.", ends);
  return known < among
    ? t("{known} of {areas} have a figure: from {low} to {high}.", ends)
    : t("{areas}: from {low} to {high}.", ends);
}

function summary(indicator, scope, year) {
  const figures = scope.areas.map((area) => figureOf(indicator.id, area, year)).filter(known);
  const home = figureOf(indicator.id, areas.get(data.home), year);
  const words = [];
  if (figures.length) {
    const sorted = [...figures].sort((a, b) => a.value - b.value);
    const [low, high] = [sorted[0], sorted.at(-1)];
    const end = (one) => {
      const names = figures.filter((figure) => figure.value === one.value).map((figure) => figure.area.name);
      const who = names.length > 2 ? t("{count} areas", { count: names.length }) : names.join(", ");
      return `${amount(one)} (${who})`;
    };
    const ends = { areas: scopeWords(scope), known: figures.length, low: end(low), high: end(high) };
    words.push(rangeWords(ends, figures.length, scope.areas.length));
  }
  if (known(home) && indicator.kind !== "count" && scope.level !== home.area.level) {
    words.push(t("{area} as a whole: {value}.", { area: home.area.name, value: toldAmount(home) }));
  }
  return words.join(" ");
}
