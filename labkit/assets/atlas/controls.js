// The controls above the map: level, place, theme, indicator, year and language.

/** Run `draw` only if `key` differs from the last time, so that what has the focus is left alone. */
const drawn = new Map();
function whenChanged(name, key, draw) {
  const text = JSON.stringify(key);
  if (drawn.get(name) === text) return;
  drawn.set(name, text);
  draw();
}

const byId = (id) => document.getElementById(id);

function startControls() {
  byId("within").addEventListener("change", (event) => go({ within: event.target.value }));
  byId("theme").addEventListener("change", (event) => go({ indicator: firstOfTheme(event.target.value) }));
  byId("indicator").addEventListener("change", (event) => go({ indicator: event.target.value }));
  byId("all-years").addEventListener("change", (event) => go({ classes: event.target.checked ? "all" : "year" }));
  for (const form of document.forms) form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => go({ lang: button.dataset.language }));
  }
  watch(showTexts);
  watch(showControls);
}

/** The page's fixed texts, which stand in the template as English keys. */
function showTexts({ lang }) {
  whenChanged("texts", lang, () => {
    document.documentElement.lang = lang;
    byId("city").textContent = say(data.title);
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
    for (const node of document.querySelectorAll("[data-t-label]"))
      node.setAttribute("aria-label", t(node.dataset.tLabel));
    for (const node of document.querySelectorAll("[data-t-placeholder]"))
      node.placeholder = t(node.dataset.tPlaceholder);
    for (const node of document.querySelectorAll("[data-language]")) {
      node.setAttribute("aria-pressed", String(node.dataset.language === lang));
    }
    byId("foot").replaceChildren(...footWords().map((one) => el("span", {}, one)));
  });
}

/** When this atlas was made, and from which figures and records: a page that is kept should tell its age. */
function footWords() {
  const years = Object.values(data.figures).flatMap((own) => Object.values(own).flatMap(({ y }) => Object.keys(y).map(Number)));
  const publishers = [...new Set(Object.values(data.sources).map((one) => one.publisher).filter(Boolean))];
  const span = { first: extreme(years, -1), last: extreme(years, 1), publishers: publishers.join("; ") };
  const said = [t("Figures of {first} to {last}. Published by: {publishers}.", span)];
  if (records.size) {
    const checked = [...records.values()].map((one) => one.checked_on).filter(Boolean).sort().at(-1);
    const count = { count: number(records.size) };
    if (checked) said.push(t("Register: {count} public records, last checked on {date}.", { ...count, date: dateShown(checked) }));
    else said.push(t("Register: {count} public records.", count));
  }
  const made = t("Made with labkit on {date}. This page works without a network and sends nothing.", { date: dateShown(register.day) });
  return [...said, made];
}

function showControls(view, notices) {
  const { level, within, indicator, year, lang } = view;
  const scope = scopeOf(view);
  const mapped = [...levels.values()].filter((one) => scopesOf(one.id).length);
  segments(
    "levels",
    mapped.map((one) => [one.id, capital(say(one.many))]),
    level,
    lang,
    (value) => go({ level: value, within: null }),
  );
  segments(
    "years",
    yearsOf(indicator, scope).map((one) => [String(one), String(one)]),
    String(year),
    lang,
    (value, options) => go({ year: Number(value) }, options),
  );
  options(
    "within",
    scopesOf(level).map((one) => [one.within, placeName(one)]),
    within,
    lang,
  );
  byId("within-choice").hidden = scopesOf(level).length < 2;
  const usable = data.indicators.filter((one) => yearsOf(one.id, scope).length);
  const theme = indicators.get(indicator).theme;
  const themes = data.themes.filter((one) => usable.some((other) => other.theme === one.id));
  options(
    "theme",
    themes.map((one) => [one.id, say(one.label)]),
    theme,
    lang,
  );
  showIndicators(
    usable.filter((one) => one.theme === theme),
    indicator,
    lang,
  );
  byId("levels").hidden = mapped.length < 2;
  byId("all-years").checked = view.classes === "all";
  byId("all-years").parentNode.hidden = yearsOf(indicator, scope).length < 2;
  byId("notice").textContent = notices.join(" ");
  document.title = `${say(indicators.get(indicator).label)} ${year} · ${say(data.title)}`;
}

// With more years than this, their buttons would not stand on one line with the other controls.
const MOST_BUTTONS = 4;

/** A choice of a few as buttons in a row, of more years on a slider, of more levels as a list. */
function segments(id, entries, chosen, lang, choose) {
  const box = byId(id).querySelector(".segments");
  whenChanged(id, [entries, lang], () => {
    const had = box.contains(document.activeElement);
    const name = box.parentNode.querySelector("legend").textContent;
    const many = id === "years" ? slider : dropDown;
    box.replaceChildren(
      ...(entries.length > MOST_BUTTONS ? [many(id, name, entries, choose)] : buttons(id, entries, choose)),
    );
    if (had) setTimeout(() => box.querySelector("input:checked, input[type=range], select")?.focus());
  });
  for (const input of box.querySelectorAll("input[type=radio]")) input.checked = input.value === chosen;
  for (const select of box.querySelectorAll("select")) select.value = chosen;
  const at = entries.findIndex(([value]) => value === chosen);
  for (const input of box.querySelectorAll("input[type=range]")) {
    input.value = at;
    input.setAttribute("aria-valuetext", chosen);
    box.querySelector("output").textContent = chosen;
  }
}

const buttons = (name, entries, choose) =>
  entries.map(([value, label]) =>
    el("label", {}, el("input", { type: "radio", name, value, onchange: () => choose(value) }), el("span", {}, label)),
  );

const dropDown = (name, label, entries, choose) =>
  el(
    "select",
    { name, "aria-label": label, onchange: (event) => choose(event.target.value) },
    entries.map(([value, text]) => el("option", { value }, text)),
  );

/** A step for each entry: a year is followed by the next one that there is. */
const slider = (name, label, entries, choose) =>
  el(
    "div",
    { class: "slider" },
    el("input", {
      ...{ type: "range", name, min: 0, max: entries.length - 1, step: 1, "aria-label": label },
      // Each step mends the address: the back button is not for every year that was passed.
      oninput: (event) => choose(entries[event.target.value][0], { replace: true }),
    }),
    el("output", { "aria-hidden": "true" }),
  );

function options(id, entries, chosen, lang) {
  whenChanged(id, [entries, lang], () =>
    byId(id).replaceChildren(...entries.map(([value, label]) => el("option", { value }, label))),
  );
  byId(id).value = chosen;
}

/** Shares and averages first: a map shows them more fairly than counts. */
function showIndicators(usable, chosen, lang) {
  whenChanged("indicator", [usable.map((one) => one.id), lang], () => {
    const groups = [
      [t("Shares, rates and averages"), usable.filter((one) => one.kind !== "count")],
      [t("Counts"), usable.filter((one) => one.kind === "count")],
    ].filter(([, list]) => list.length);
    const option = (one) => el("option", { value: one.id }, say(one.label));
    const grouped = groups.map(([label, list]) => el("optgroup", { label }, ordered(list).map(option)));
    byId("indicator").replaceChildren(...(groups.length > 1 ? grouped : ordered(usable).map(option)));
  });
  byId("indicator").value = chosen;
}

/** In the order of their names, with 5 before 10. */
function ordered(list) {
  const collator = new Intl.Collator(language, { numeric: true });
  return [...list].sort((a, b) => collator.compare(say(a.label), say(b.label)));
}

function firstOfTheme(theme) {
  const usable = data.indicators.filter((one) => one.theme === theme && yearsOf(one.id, scopeOf(state)).length);
  const fair = usable.filter((one) => one.kind !== "count");
  return ordered(fair.length ? fair : usable)[0].id;
}

/** What a scope is called: "Leiden", "Leidse regio", or all that the atlas holds. */
function placeName(scope) {
  if (scope.within) return areas.get(scope.within).name;
  return scopesOf(scope.level).length > 1 ? t("Everything in this atlas") : say(data.title);
}

/** What so many areas of a level are called: "district" or "districts". */
const areasWord = (level, count) => say(levels.get(level)[count === 1 ? "one" : "many"]);

/** "10 districts in Leiden". */
function scopeWords(scope) {
  const words = { count: scope.areas.length, areas: areasWord(scope.level, scope.areas.length), place: placeName(scope) };
  return scope.within ? t("{count} {areas} in {place}", words) : t("{count} {areas}", words);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
