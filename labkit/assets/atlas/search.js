// One box that finds areas (by name, other name or code), indicators, projects, questions and partners (in both languages).
// It follows the combobox pattern of the ARIA practices: arrows move, Enter chooses, Escape closes.

const MOST_RESULTS = 12;
let results = [];
let active = -1;

function startSearch() {
  const box = byId("search-box");
  box.addEventListener("input", () => find(box.value));
  box.addEventListener("focus", () => box.value && find(box.value));
  box.addEventListener("keydown", searchKeys);
  box.addEventListener("blur", () => setTimeout(closeSearch, 150));
}

/** Everything that can be found, with the texts in which it is looked for, most telling first. */
function searchable() {
  const found = [];
  for (const area of areas.values()) {
    if (!scopeFor(area)) continue;
    const above = ancestors(area)[0]?.name;
    const hint = say(levels.get(area.level).one) + (above ? `, ${above}` : "");
    found.push({ label: area.name, hint, texts: [area.name, ...(data.aliases[area.code] ?? []), area.code], area });
  }
  for (const one of data.indicators) {
    const theme = data.themes.find((other) => other.id === one.theme);
    const texts = [...Object.values(one.label), one.id, say(theme.label), ...Object.values(one.definition)];
    found.push({ label: say(one.label), hint: say(theme.label), texts, indicator: one });
  }
  for (const kind of ["project", "question", "partner"]) found.push(...recordsOf(kind).map(recordEntry));
  return found;
}

/** A record as it is found: by its title in either language, its id, and what it is about. */
function recordEntry(record) {
  const names = ["title_nl", "title_en", "name", "name_en", "short_name", "id", "summary_nl", "summary_en", "text_nl", "text_en"];
  const about = record.kind === "partner" ? termLabel("kind of partner", record.sort) : placeWordsOf(record);
  const year = record.kind === "project" ? `, ${periodOf(record)}` : "";
  const hint = `${capital(kindLabel(record.kind))}${year}, ${about}`;
  return { label: titleOf(record).text, hint, texts: names.map((name) => record[name]).filter(Boolean), record };
}

/** How well all words fit: the earlier the text, and the more at a beginning, the lower; null if one is missing. */
function fit(entry, words) {
  let worst = 0;
  for (const word of words) {
    const scores = entry.texts.map((text, at) => {
      const inside = ` ${text}`.includes(` ${word}`) ? 0 : text.includes(word) ? 0.5 : null;
      return inside === null ? Infinity : at + inside;
    });
    worst = Math.max(worst, Math.min(...scores));
  }
  return Number.isFinite(worst) ? worst : null;
}

let entries = [];

/** Of what fits as well, areas and indicators stand before records: there are fewer of them. */
function scoreOf(entry, words) {
  const score = fit(entry, words);
  return score === null || !entry.record ? score : score + 1.5;
}

function find(text) {
  const words = fold(text).split(" ").filter(Boolean);
  whenChanged("searchable", state.lang, () => (entries = searchable().map((one) => ({ ...one, texts: one.texts.map(fold) }))));
  const scored = words.length ? entries.map((entry) => ({ entry, score: scoreOf(entry, words) })) : [];
  const fitting = scored
    .filter((one) => one.score !== null)
    .sort((a, b) => a.score - b.score || a.entry.label.length - b.entry.label.length);
  results = fitting.slice(0, MOST_RESULTS).map((one) => one.entry);
  active = -1;
  showResults(words.length > 0);
}

function showResults(asked) {
  const list = byId("search-list");
  const row = (entry, at) =>
    el(
      "div",
      {
        role: "option",
        id: `search-${at}`,
        "aria-selected": "false",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => choose(entry),
      },
      el("span", { class: `sign ${resultSign(entry)}`, "aria-hidden": "true" }),
      el("bdi", { class: "found" }, entry.label),
      el("span", { class: "hint" }, entry.hint),
    );
  const nothing = el(
    "div",
    { role: "option", "aria-disabled": "true", class: "hint" },
    t("Nothing found. Try a part of the word, in Dutch or English."),
  );
  list.replaceChildren(...(results.length ? results.map(row) : [nothing]));
  list.hidden = !asked;
  byId("search-box").setAttribute("aria-expanded", String(asked && results.length > 0));
  byId("search-box").removeAttribute("aria-activedescendant");
  byId("search-count").textContent = asked ? t("{count} results", { count: results.length }) : "";
}

const resultSign = (entry) => (entry.area ? "sign-area" : entry.indicator ? "sign-indicator" : `sign-record sign-${entry.record.kind}`);

function searchKeys(event) {
  if (event.key === "Escape") {
    closeSearch();
    event.target.value = "";
  } else if (event.key === "Enter" && results.length && !byId("search-list").hidden) {
    choose(results[Math.max(active, 0)]);
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && results.length) {
    const step = event.key === "ArrowDown" ? 1 : -1;
    active = (active + step + results.length + (active < 0 && step < 0 ? 1 : 0)) % results.length;
    mark();
  } else {
    return;
  }
  event.preventDefault();
}

function mark() {
  byId("search-list")
    .querySelectorAll("[role=option]")
    .forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === active));
      if (at === active) row.scrollIntoView({ block: "nearest" });
    });
  byId("search-box").setAttribute("aria-activedescendant", `search-${active}`);
}

function choose(entry) {
  byId("search-box").value = "";
  closeSearch();
  if (entry.area && state.show === "area") go(pageOf(entry.area));
  else if (entry.area) goToArea(entry.area);
  else if (entry.record) goToRecord(entry.record);
  else goToIndicator(entry.indicator.id, null);
}

function closeSearch() {
  byId("search-list").hidden = true;
  byId("search-box").setAttribute("aria-expanded", "false");
}

/** The map on which an area can be seen: its own, or that of what lies in it, on this level if it can be. */
function scopeFor(area) {
  const own = scopesOf(area.level)[0];
  if (own) return own;
  const inside = scopes.filter((scope) => scope.within === area.code);
  const parts = (scope) => scope.areas.some((one) => ancestors(one).includes(area));
  return inside.find((scope) => scope.level === state.level) ?? inside[0] ?? scopes.find(parts) ?? null;
}

/** Show an area, on a map that holds it. */
function goToArea(area) {
  const scope = scopeFor(area);
  if (!scope) return;
  if (scope.level !== area.level) return go({ show: "figures", area: null, level: scope.level, within: scope.within });
  const same = area.level === state.level;
  go({ show: "figures", area: area.code, level: area.level, within: same ? state.within : null });
}

/** Show an indicator, on this level if it has figures here, else on the nearest one that has; no year: the last. */
function goToIndicator(id, year = state.year) {
  const here = scopeOf(state);
  if (yearsOf(id, here).length) return go({ show: "figures", indicator: id, year });
  const others = scopes.filter((scope) => yearsOf(id, scope).length);
  const other = others.sort((a, b) => Math.abs(a.index - here.index) - Math.abs(b.index - here.index))[0];
  const first = scopesOf(other.level).find((scope) => yearsOf(id, scope).length);
  return go({ show: "figures", indicator: id, year, level: other.level, within: first.within, area: null });
}
