// What is covered, what is not, and what is not known: first the headlines with a map, then every question of the
// coverage with its own careful words. The words come from labkit/register/coverage; this file adds none to them.

addShow("coverage", () => t("Coverage"));

const QUESTIONS = {
  presence: () => t("Where are projects, and where are none on record?"),
  around: () => t("And around the city?"),
  per_residents: () => t("How many projects are there per 1,000 residents?"),
  gaps: () => t("Which themes are worked on, and where?"),
  visibility: () => t("What is visible, and what is tangible?"),
  evidence: () => t("What came of it, and on whose word?"),
  continuity: () => t("What builds on what, and where is the load high?"),
  waiting: () => t("Which questions wait?"),
  participants: () => t("Who takes part?"),
  sensitivity: () => t("Does it hold if counted in another way?"),
  initiatives: () => t("What do associations do, and under which agreement?"),
};

function startCoverage() {
  // Of the same colours as figures on the map, light enough to write on.
  const colours = { none: data.ramps.zero, some: data.ramps[4][1], many: data.ramps[4][2] };
  for (const [name, colour] of Object.entries(colours)) document.documentElement.style.setProperty(`--presence-${name}`, colour);
  watch((view) => {
    if (view.show !== "coverage") return;
    whenChanged("coverage", view.lang, showCoverage);
    document.title = `${t("Coverage")} · ${say(data.title)}`;
  });
}

function showCoverage() {
  const part = document.querySelector('[data-show="coverage"]');
  const answers = data.coverage?.[language] ?? [];
  const all = recordsOf("project");
  const head = el(
    "header",
    { class: "register-head" },
    el("h2", { tabindex: "-1" }, t("What is covered, what is not, and what is not known")),
    el("p", { class: "lead" }, say(register.note), " ", t("Only public records are in this atlas.")),
  );
  if (!all.length) return part.replaceChildren(head, el("p", { class: "empty" }, emptyWords("projects")));
  part.replaceChildren(
    head,
    el("ul", { class: "headlines" }, headlines(all).map(headlineBox)),
    el(
      "div",
      { class: "coverage-sheet" },
      el("section", {}, el("h3", {}, t("Projects on record by {area}", { area: areasWord(placeLevel, 1) })), presenceMap(all)),
      themeBars(all),
    ),
    ...(answers.length ? [el("section", { class: "answers" }, el("h3", {}, t("Question by question")), ...answers.map(answerFold))] : []),
  );
}

/** The few numbers that a reader should see first: [number, words, what a click shows]. */
function headlines(all) {
  const here = scopesOf(placeLevel)[0].areas;
  const empty = here.filter((area) => !all.some((one) => isIn(one, area)));
  const unknown = all.filter((one) => placeAt(one, placeLevel).group === "unknown");
  const results = all.filter(hasResult);
  const waiting = recordsOf("question").filter(waits);
  const themes = [...vocabularies.get("theme").values()].filter((one) => one.id !== "unknown");
  const bare = themes.filter((one) => !all.some((project) => project.themes.includes(one.id)));
  const projects = (filters) => () => go({ show: "projects", filters });
  const of = (count, total) => ({ count: number(count), all: number(total) });
  const found = [
    [of(here.length - empty.length, here.length), t("{areas} with a project on record", { areas: areasWord(placeLevel, here.length) }), null, ""],
    [of(empty.length, here.length), t("{areas} without a project on record", { areas: areasWord(placeLevel, here.length) }), null, someOf(empty.map((one) => one.name))],
    [of(unknown.length, all.length), t("projects of which the place is not known"), projects({ place: "unknown" }), t("Each may lie in any of the areas.")],
    [of(results.length, all.length), t("projects with a result on record"), projects({ result: "yes" }), t("Of the others it is not known.")],
    [of(bare.length, themes.length), t("themes without a project"), null, someOf(bare.map((one) => say(one.label)))],
  ];
  if (recordsOf("question").length)
    found.push([of(waiting.length, recordsOf("question").length), t("questions that wait"), () => go({ show: "questions", filters: { waiting: "yes" } }), ""]);
  return found;
}

const MOST_NAMES = 8;

/** Names in a sentence; of many the first ones, and how many more there are. */
function someOf(names) {
  if (names.length <= MOST_NAMES) return names.length ? listed(names) : "";
  return listed([...names.slice(0, MOST_NAMES - 1), t("{count} more", { count: number(names.length - MOST_NAMES + 1) })]);
}

function headlineBox([{ count, all }, words, open, note]) {
  const figure = el("strong", {}, count, el("span", { class: "of" }, ` / ${all}`));
  const said = open ? el("button", { type: "button", class: "link", onclick: open }, words) : el("span", {}, words);
  return el("li", {}, figure, said, note ? el("p", { class: "hint" }, note) : null);
}

/** How many projects each theme has, as bars that start at zero; a theme without any is told. */
function themeBars(all) {
  const themes = [...vocabularies.get("theme").values()];
  const counted = themes.map((one) => [one, all.filter((project) => project.themes.includes(one.id)).length]);
  const most = Math.max(...counted.map(([, count]) => count), 1);
  const row = ([one, count]) => {
    const bar = el("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(100 * count) / most}%`;
    if (register.sectors[one.group]) bar.style.background = register.sectors[one.group];
    const name = one.id === "unknown" ? t("Theme unknown") : say(one.label);
    const open = () => go({ show: "projects", filters: { theme: one.id } });
    const label = count ? el("button", { type: "button", class: "link", onclick: open }, name) : name;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      el("td", { class: "bar-cell" }, el("span", { class: "bar-track" }, bar)),
      el("td", { class: "n" }, number(count)),
    );
  };
  const known = counted.filter(([one, count]) => one.id !== "unknown" || count);
  const sectors = [...vocabularies.get("sector of themes").keys()].map((id) => {
    const box = el("span", { class: "swatch", "aria-hidden": "true" });
    box.style.background = register.sectors[id];
    return el("li", {}, box, termLabel("sector of themes", id));
  });
  return el(
    "section",
    { class: "theme-bars" },
    el("h3", {}, t("Projects by theme")),
    el("p", { class: "hint" }, t("A project on several themes counts in each of them.")),
    el("ul", { class: "presence-legend" }, sectors),
    el("table", {}, el("caption", { class: "unseen" }, t("Projects by theme")), barHead(), el("tbody", {}, known.map(row))),
  );
}

const barHead = () =>
  el(
    "thead",
    { class: "unseen" },
    el("tr", {}, ...[t("Theme"), "", t("Projects")].map((text) => (text ? el("th", { scope: "col" }, text) : el("td", {})))),
  );

/** One question, shut until somebody opens it: sentences, the table, and how it was counted. */
function answerFold(answer) {
  const fold = el(
    "details",
    { class: "answer", "data-answer": answer.id },
    el("summary", {}, el("h4", {}, QUESTIONS[answer.id]?.() ?? answer.title), el("p", {}, answer.sentences[0] ?? "")),
  );
  fold.addEventListener("toggle", () => fold.open && fold.children.length === 1 && fold.append(...answerParts(answer)));
  return fold;
}

const answerParts = (answer) => [
  ...answer.sentences.slice(1).map((one) => el("p", {}, one)),
  el("div", { class: "lk-scroll", role: "region", tabindex: "0", "aria-label": answer.title }, answerTable(answer)),
  el("h5", {}, t("How this was counted")),
  el("ul", { class: "notes" }, answer.notes.map((one) => el("li", {}, one))),
];

function answerTable({ title, heads, rows }) {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? [cell, "", 1] : [cell[0], cell[1], cell[2] ?? 1])));
  const numeric = new Set(cells.filter((row) => row.length === heads.length).flatMap((row) => row.flatMap(([, kind], at) => (kind === "n" ? [at] : []))));
  const head = heads.map((text, at) => (text ? el("th", { scope: "col", class: numeric.has(at) && "n" }, text) : el("td", {})));
  // A column of pictures has no words here: its numbers stand beside it.
  const shown = heads.map((text, at) => at === 0 || text || cells.some((row) => row.length === heads.length && row[at][0]));
  const cell = ([text, kind, span], at) => {
    const name = ["row", "group"].includes(kind) ? "th" : "td";
    const scope = { row: "row", group: span > 1 ? "colgroup" : "row" }[kind];
    return shown[at] || span > 1 ? el(name, { scope, colspan: span > 1 && String(span), class: kind }, text) : null;
  };
  return el(
    "table",
    { class: heads.length > 10 ? "lk-table is-wide" : "lk-table" },
    el("caption", {}, title),
    el("thead", {}, el("tr", {}, head.filter((_, at) => shown[at]))),
    el("tbody", {}, cells.map((row) => el("tr", {}, row.map(cell)))),
  );
}

// On paper every question is open.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.answer:not([open])")) {
    if (fold.children.length === 1) fold.append(...answerParts(data.coverage[language].find((one) => one.id === fold.dataset.answer)));
    fold.open = true;
  }
});
