// The filters beside a list: a box for words, a choice for each facet with how many records each would leave, and
// what is chosen as buttons that take it away again.

const SLOW = 200; // milliseconds after the last letter: the list follows who types, but not each letter

/** Make the filters of a list once; `showChoices` fills them. */
function makeChoices(show) {
  const id = (key) => `${show}-${key}`;
  const fields = FACETS[show].map((facet) =>
    el(
      "div",
      { class: "choice" },
      el("label", { for: id(facet.key) }),
      el("select", { id: id(facet.key), onchange: (event) => filterBy(facet.key, event.target.value) }),
    ),
  );
  let waiting = null;
  const typed = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => filterBy("q", event.target.value.trim(), { replace: true }), SLOW);
  };
  const box = el("input", { id: id("q"), type: "search", autocomplete: "off", spellcheck: "false", oninput: typed });
  const words = el("div", { class: "choice" }, el("label", { for: id("q") }), box);
  const all = el("details", { class: "choices", open: innerWidth > 1024 }, el("summary", {}), words, fields);
  const form = el("form", { class: "choices-form", onsubmit: (event) => event.preventDefault() }, all);
  return form;
}

/** Fill the filters with their choices in the reader's language, and show what is chosen. */
function showChoices(show, form, filters) {
  const chosen = chosenFilters(show, filters);
  form.setAttribute("aria-label", t("Narrow the list"));
  const count = chosen.length ? t("Filters ({count} chosen)", { count: chosen.length }) : t("Filters");
  form.querySelector("summary").textContent = count;
  const box = byId(`${show}-q`);
  box.labels[0].textContent = t("Words");
  if (document.activeElement !== box) box.value = filters.q ?? "";
  for (const facet of FACETS[show]) {
    const select = byId(`${show}-${facet.key}`);
    select.labels[0].textContent = facet.label();
    const choices = countedChoices(show, facet, filters);
    whenChanged(select.id, [choices, state.lang], () => {
      const all = el("option", { value: "" }, t("All"));
      select.replaceChildren(all, ...grouped(choices));
    });
    select.value = filters[facet.key] ?? "";
    select.classList.toggle("is-chosen", Boolean(filters[facet.key]));
  }
}

/** Options, those with a group under its name. */
function grouped(choices) {
  const option = ([value, label, , count]) => el("option", { value }, `${label} (${count})`);
  const found = [];
  for (const group of [...new Set(choices.map(([, , name]) => name))]) {
    const own = choices.filter(([, , name]) => name === group).map(option);
    if (group) found.push(el("optgroup", { label: group }, own));
    else found.push(...own);
  }
  return found;
}

/** What is chosen: [{key, name, label}]. */
function chosenFilters(show, filters) {
  const found = FACETS[show].filter((facet) => filters[facet.key]).map((facet) => {
    const value = filters[facet.key];
    const choice = facet.choices(recordsOf(LISTS[show])).find(([id]) => id === value);
    return { key: facet.key, name: facet.label(), label: choice?.[1] ?? areas.get(value)?.name ?? value };
  });
  return filters.q ? [{ key: "q", name: t("Words"), label: filters.q }, ...found] : found;
}

/** A button for each thing that is chosen, which takes it away. */
function chosenButtons(show, filters) {
  const chosen = chosenFilters(show, filters);
  if (!chosen.length) return null;
  const button = ({ key, name, label }) =>
    el(
      "button",
      { type: "button", onclick: () => filterBy(key, ""), "aria-label": t("Take away: {name} {value}", { name, value: label }) },
      ...[el("span", { class: "hint" }, `${name}: `), el("bdi", {}, label), el("span", { class: "cross", "aria-hidden": "true" }, "×")],
    );
  const none = () => go({ filters: Object.fromEntries(["order", "as"].map((key) => [key, state.filters[key]])) });
  const all = el("button", { type: "button", class: "link", onclick: none }, t("Take all filters away"));
  return el("p", { class: "chosen-filters" }, chosen.map(button), chosen.length > 1 ? all : null);
}
