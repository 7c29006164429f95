// The lists: projects, questions and partners, narrowed down by the filters beside them.

const MOST_ROWS = 100;
const longLists = new Set();

addShow("projects", () => t("Projects"));
addShow("questions", () => t("Questions"));
addShow("partners", () => t("Partners"));

function startLists() {
  for (const show of Object.keys(LISTS)) {
    const part = document.querySelector(`[data-show="${show}"]`);
    part.append(
      el("header", { class: "register-head" }),
      el("div", { class: "register-sheet" }, makeChoices(show), el("section", { class: "found", id: `${show}-found` })),
    );
  }
  watch((view) => {
    if (!LISTS[view.show]) return;
    whenChanged("list", [view.show, view.filters, view.near, view.lang, longLists.has(view.show)], () => showList(view));
    document.title = `${capital(kindLabel(LISTS[view.show], 2))} · ${say(data.title)}`;
  });
}

function showList(view) {
  const { show, filters } = view;
  const part = document.querySelector(`[data-show="${show}"]`);
  const all = recordsOf(LISTS[show]);
  const head = [el("h2", { tabindex: "-1" }, capital(kindLabel(LISTS[show], 2))), el("p", { class: "lead" }, listLead(show))];
  part.querySelector(".register-head").replaceChildren(...head, ...nearLinks(view));
  const sheet = part.querySelector(".register-sheet");
  sheet.hidden = !all.length;
  if (!all.length) return part.querySelector(".register-head").append(el("p", { class: "empty" }, emptyWords(show)));
  showChoices(show, sheet.querySelector("form"), filters);
  const order = ORDERS[show].find(([id]) => id === filters.order) ?? ORDERS[show][0];
  const found = fitting(show, filters).sort(order[2]);
  const box = byId(`${show}-found`);
  const held = box.contains(document.activeElement) && document.activeElement.dataset.focus;
  const asMap = filters.as === "map" && show === "projects" && found.length;
  box.replaceChildren(
    listHead(show, found, all, order[0]),
    ...[chosenButtons(show, filters)].filter(Boolean),
    asMap ? projectMap() : recordRows(show, found),
  );
  if (asMap) drawProjectMap(found);
  if (held) box.querySelector(`[data-focus="${CSS.escape(held)}"]`)?.focus();
}

const listLead = (show) =>
  ({
    projects: t("What students, lecturers and researchers did with the city."),
    questions: t("What people and organisations in the city want to know or to see done."),
    partners: t("The organisations that ask, carry out, host or support projects."),
  })[show];

const emptyWords = (show) =>
  ({
    projects: t("There is no public project in this atlas."),
    questions: t("There is no public question in this atlas."),
    partners: t("There is no public partner in this atlas."),
  })[show];

/** After an address that leads nowhere: what was perhaps meant. */
function nearLinks(view) {
  if (!view.near?.length) return [];
  const links = view.near.map((id) => el("li", {}, recordLink(records.get(id))));
  return [el("p", {}, t("Perhaps you meant:")), el("ul", { class: "plain" }, links)];
}

/** How many were found, and in which order and form they are shown. */
function listHead(show, found, all, order) {
  const words = { count: number(found.length), all: number(all.length), kind: kindLabel(LISTS[show], all.length) };
  const count = found.length === all.length ? t("{all} {kind}", words) : t("{count} of {all} {kind}", words);
  const choose = (event) => filterBy("order", event.target.value);
  const options = ORDERS[show].map(([id, label]) => el("option", { value: id, selected: id === order }, label()));
  const sorter = el("select", { id: `${show}-order`, "data-focus": "order", onchange: choose }, options);
  const asMap = state.filters.as === "map";
  return el(
    "div",
    { class: "found-head" },
    el("p", { class: "found-count", role: "status" }, count),
    el(
      "div",
      { class: "found-tools" },
      show === "projects" ? formSwitch(asMap) : null,
      asMap ? null : el("label", { class: "sorter" }, el("span", {}, t("Order")), sorter),
    ),
  );
}

const formSwitch = (asMap) =>
  el(
    "div",
    { class: "switch", role: "group", "aria-label": t("How they are shown") },
    formButton(t("List"), "", !asMap),
    formButton(t("Map"), "map", asMap),
  );

const formButton = (label, value, on) =>
  el(
    "button",
    { type: "button", "data-focus": `as-${value}`, "aria-pressed": String(on), onclick: () => filterBy("as", value) },
    label,
  );

function recordRows(show, found) {
  if (!found.length)
    return el("p", { class: "empty" }, t("Nothing fits all of these filters. Take one away, or try another word."));
  const shown = longLists.has(show) ? found : found.slice(0, MOST_ROWS);
  const list = el("ol", { class: "records" }, shown.map(recordRow));
  if (shown.length === found.length) return list;
  const more = () => longLists.add(show) && go({});
  const text = t("Show all {count}", { count: number(found.length) });
  return el("div", {}, list, el("button", { type: "button", class: "more", onclick: more }, text));
}

/** One record in a list: its title, what it is about, and when, where and by whom. */
function recordRow(record) {
  const summary = wordsOf(record, "summary") ?? wordsOf(record, "text");
  return el(
    "li",
    { class: "record-row" },
    el("h3", {}, recordLink(record), ...titleNote(record)),
    summary ? el("p", { class: "about" }, said(summary)) : null,
    el("p", { class: "meta" }, metaOf(record).flatMap((one, at) => [at ? "\u00a0· " : null, one])),
    themeSigns(record),
  );
}

const titleNote = (record) => told(titleOf(record)).slice(1);

/** When, where, who and in which state, in a few words. */
function metaOf(record) {
  if (record.kind === "project") {
    const by = partnersOf(record).filter((one) => one.role === "executing");
    const names = by.map(({ partner }) => partner.short_name ?? titleOf(partner).text);
    const place = isPlaceUnknown(record) ? el("span", { class: "unsure" }, placeWordsOf(record)) : placeWordsOf(record);
    return [periodOf(record), place, ...(names.length ? [listed(names)] : []), statusOf(record)];
  }
  if (record.kind === "question") {
    const asked = record.asked_on ? [t("asked {date}", { date: dateShown(record.asked_on) })] : [];
    const asker = record.asker_kind === "unknown" ? t("asker unknown") : termLabel("kind of asker", record.asker_kind);
    const count = linksIn(record.id, "addresses").length;
    const taken = count ? [count === 1 ? t("1 project") : t("{count} projects", { count })] : [];
    return [statusOf(record), asker, ...asked, placeWordsOf(record), ...taken];
  }
  if (record.kind === "partner") {
    const count = projectsOf(record).length;
    return [termLabel("kind of partner", record.sort), count === 1 ? t("1 project") : t("{count} projects", { count })];
  }
  if (record.kind === "outcome")
    return [termLabel("kind of outcome", record.sort), record.stage === "unknown" ? t("stage unknown") : termLabel("stage of an outcome", record.stage)];
  const vocabulary = vocabularyOf(record.kind, "kind");
  const period = record.start ? [periodOf(record)] : record.academic_year ? [record.academic_year] : [];
  return [termLabel(vocabulary, record.sort), ...period, statusOf(record)];
}

const isPlaceUnknown = (record) => (record.scope ?? "unknown") === "unknown";

function statusOf(record) {
  if (record.status === "unknown") return t("status unknown");
  return termLabel(vocabularyOf(record.kind, "status"), record.status);
}

/** The projects in which a partner takes part, each once. */
const projectsOf = (partner) =>
  [...new Set(linksOut(partner.id, "partner_in").map((one) => one.to))]
    .map((id) => records.get(id))
    .filter((one) => one.kind === "project");
