// One box that finds areas, projects and, where there are many, indicators.
// It follows the combobox pattern of the ARIA practices: arrows move, Enter chooses, Escape closes.

const MOST_RESULTS = 10;
const MANY_INDICATORS = 15; // with more than this, a list alone is no way to find one
const FEW_AREAS = 4; // these need no search

function startSearch() {
  const { text, projects } = page.spec;
  const many = indicators().length > MANY_INDICATORS && !page.spec.compare;
  const records = page.projects ? projects.records : [];
  if (page.views[0].features.length < FEW_AREAS && !many && !records.length) return;
  const name = text[many && records.length ? "search_all" : many ? "search_indicators" : records.length ? "search_projects" : "search"];
  const entries = [...areaEntries(), ...(many ? indicatorEntries() : []), ...projectEntries(records)];
  byId("controls").prepend(searchBox(name, entries));
  byId("controls").hidden = false;
}

const areaEntries = () =>
  page.views[0].features.map(({ properties: { code, name } }) =>
    ({ label: name, hint: "", texts: [name, code], run: () => choose(code) }));

const indicatorEntries = () =>
  indicators().map((one) =>
    ({ label: one.label, hint: one.theme ?? "", texts: [one.label, one.indicator, one.theme ?? ""],
       run: () => showIndicator(one.indicator) }));

const projectEntries = (records) =>
  records.map(({ id, title, lang }) =>
    ({ label: title, hint: page.spec.text.project, lang, texts: [title, id], run: () => chooseProject(id) }));

/** How well all words fit: the earlier the text, and the more at a beginning, the lower; Infinity if one is missing. */
function fit(entry, words) {
  entry.folded ??= entry.texts.map((text) => ` ${fold(text)}`);
  const scores = words.map((word) =>
    Math.min(...entry.folded.map((text, at) => (text.includes(` ${word}`) ? at : text.includes(word) ? at + 0.5 : Infinity))));
  return Math.max(...scores);
}

function searchBox(name, entries) {
  const { text } = page.spec;
  let results = [], active = -1;
  const box = el("input", {
    id: "labkit-search", type: "text", role: "combobox", placeholder: name, "aria-label": name, autocomplete: "off",
    "aria-expanded": "false", "aria-controls": "labkit-found", "aria-autocomplete": "list", spellcheck: "false",
  });
  const list = el("div", { id: "labkit-found", class: "lk-found", role: "listbox", "aria-label": name, hidden: true });
  const count = el("span", { class: "lk-unseen", role: "status" });

  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (entry) => {
    box.value = "";
    close();
    count.textContent = entry.label;
    entry.run();
  };
  const row = (entry, at) =>
    el(
      "div",
      { role: "option", id: `labkit-found-${at}`, "aria-selected": "false",
        onmousedown: (event) => event.preventDefault(), onclick: () => take(entry) },
      el("span", { lang: entry.lang ?? null }, entry.label),
      entry.hint ? el("span", { class: "lk-hint" }, entry.hint) : null,
    );
  const find = () => {
    const words = fold(box.value).split(" ").filter(Boolean);
    if (!words.length) return close();
    const scored = entries.map((entry) => ({ entry, score: fit(entry, words) })).filter((one) => one.score < Infinity);
    scored.sort((a, b) => a.score - b.score || a.entry.label.length - b.entry.label.length);
    results = scored.slice(0, MOST_RESULTS).map((one) => one.entry);
    active = -1;
    const nothing = el("div", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, text.nothing_found);
    list.replaceChildren(...(results.length ? results.map(row) : [nothing]));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
    count.textContent = fill(text.found, { count: scored.length });
  };
  const mark = () => {
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", `labkit-found-${active}`);
  };
  box.addEventListener("input", find);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      close();
    } else if (list.hidden || !results.length) {
      return;
    } else if (event.key === "Enter") {
      take(results[Math.max(active, 0)]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = active < 0 ? (step > 0 ? 0 : results.length - 1) : (active + step + results.length) % results.length;
      mark();
    } else {
      return;
    }
    event.preventDefault();
  });
  return el("div", { class: "lk-search" }, box, list, count);
}
