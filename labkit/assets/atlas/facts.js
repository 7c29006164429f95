// Definition, unit, period, source and credit of what is shown.

function startFacts() {
  watchFigures((view) => {
    const { level, within, indicator, year, lang } = view;
    whenChanged("facts", [level, within, indicator, year, lang], () => showFacts(view));
  });
}

function showFacts(view) {
  const indicator = indicators.get(view.indicator);
  const rows = [
    [t("Definition"), say(indicator.definition)],
    [t("Unit"), say(indicator.unit)],
    [t("Out of"), indicators.has(indicator.weight) ? indicatorLink(indicator.weight) : ""],
    [t("As a share or rate"), sharesOf(indicator, view).map((one) => el("p", {}, indicatorLink(one.id)))],
    [t("Period"), say(indicator.reference)],
    [t("Figures for"), coverage(indicator)],
    [t("Source"), sourcesOf(view).map(sourceLine)],
    [
      t("Outlines"),
      levels
        .get(view.level)
        .sources.map((name) => data.sources[name])
        .filter(Boolean)
        .map(sourceLine),
    ],
    [t("Not comparable"), breaksOf(indicator, view).map((one) => el("p", {}, say(one.note)))],
  ].filter(([, value]) => value && value.length !== 0);
  byId("facts").replaceChildren(
    el("h2", { id: "facts-heading" }, t("Definition and source")),
    el("dl", {}, rows.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]).flat()),
  );
}

const indicatorLink = (id) =>
  el("button", { type: "button", class: "link", onclick: () => goToIndicator(id) }, say(indicators.get(id).label));

/** Shares and rates that are made from this count: they compare areas more fairly. */
const sharesOf = (indicator, view) =>
  data.indicators.filter((one) => one.numerator === indicator.id && yearsOf(one.id, scopeOf(view)).length);

/** Levels and years with figures: "districts 2012, 2016, 2020". */
function coverage(indicator) {
  const own = [...levels.values()].filter((level) => data.figures[indicator.id]?.[level.id]);
  return own.map((level) =>
    el("p", {}, `${capital(say(level.many))}: ${Object.keys(data.figures[indicator.id][level.id].y).join(", ")}`),
  );
}

function sourcesOf(view) {
  return sourcesIn([...figuresOf(view.indicator, view.level, view.year).values()]);
}

function sourceLine(source) {
  const title = source.path ? el("a", { href: source.path, rel: "noopener noreferrer" }, source.title) : source.title;
  const publisher = source.publisher && source.publisher !== source.title ? `, ${source.publisher}` : "";
  const licence = source.licence ? `. ${t("Licence")}: ${source.licence}` : "";
  const credit = source.credit ? `. ${t("Credit")}: ${source.credit}` : "";
  return el("p", {}, title, publisher, licence, credit);
}

function breaksOf(indicator, view) {
  const codes = new Set(scopeOf(view).areas.map((area) => area.code));
  const found = data.breaks.filter(
    (one) => (!one.indicator || one.indicator === indicator.id) && (!one.area || codes.has(one.area)),
  );
  const seen = new Set();
  return found.filter((one) => !seen.has(say(one.note)) && seen.add(say(one.note)));
}
