// The page of one record: what it says, all fields that are filled in, what it hangs together with, and its sources.

// Fields that stand elsewhere on the page than in the list of facts.
const TITLES = new Set(["title", "name", "name_en", "id", "themes", "sources", "checked_on", "note", "start", "end"]);
const LONG = new Set(["summary", "text", "intended_use", "answer", "statement", "contribution", "significance", "reporting"]);
// What a reader would ask of a project or question first, and which is told where it is not stated.
const ASKED = {
  project: ["students", "methods", "participation", "on_site", "ethics_route"],
  question: ["text", "asked_on", "levels", "intended_use", "answer"],
};
const COUNTS = new Set(["students", "places", "amount_eur"]);

function startRecordPages() {
  watch((view) => {
    if (!PAGES[view.show]) return;
    const record = records.get(view.record);
    whenChanged("record", [record.id, view.lang], () => showRecord(record));
    document.title = `${titleOf(record).text} · ${say(data.title)}`;
  });
}

function showRecord(record) {
  const part = document.querySelector(`[data-show="${record.kind}"]`);
  const { fields } = register.kinds[record.kind];
  part.replaceChildren(
    el("p", { class: "back" }, backLink(record)),
    el(
      "article",
      { class: "record" },
      recordHead(record),
      el(
        "div",
        { class: "record-text" },
        fields.filter((one) => LONG.has(one.name)).map((one) => longText(record, one, record.kind === "project" ? "summary" : "text")),
        resultsOf(record),
        commitmentsOf(record),
        relatedTo(record),
        fields.filter((one) => one.type === "block").map((one) => blockOf(record, one)),
        noteOf(record),
        sourcesOfRecord(record),
      ),
      el("aside", { class: "record-facts", "aria-label": t("Facts") }, placeOf(record), factsOf(record), notStated(record)),
    ),
  );
}

function backLink(record) {
  const show = PAGES[record.kind];
  const label = { projects: t("All projects"), questions: t("All questions"), partners: t("All partners") }[show];
  return el("button", { type: "button", class: "link", onclick: () => go({ show }) }, el("span", { "aria-hidden": "true" }, "← "), label);
}

function recordHead(record) {
  const meta = ["agreement", "offer", "project", "question", "outcome", "partner"].includes(record.kind) ? metaOf(record) : [];
  return el(
    "header",
    { class: "record-head" },
    el("p", { class: "kind" }, capital(kindLabel(record.kind))),
    el("h2", { tabindex: "-1" }, told(titleOf(record))),
    el("p", { class: "meta" }, meta.flatMap((one, at) => [at ? "\u00a0· " : null, one])),
    themeSigns(record),
  );
}

/** A text of its own, under its label; the one that matters most stands without. */
function longText(record, field, lead) {
  const words = wordsOf(record, field.name);
  const title = titleOf(record);
  if (!words || words.text === title.text) return null;
  if (field.name === lead) return el("p", { class: "lead long" }, told(words));
  return el("section", {}, el("h3", {}, say(field.label)), el("p", { class: "long" }, told(words)));
}

/** A part of a record with fields of its own, such as the handover. */
function blockOf(record, field) {
  const block = record[field.name];
  if (!block) return null;
  const rows = field.fields.map((one) => [one, shownValue(one, block)]).filter(([, value]) => value);
  const lead = field.name === "handover" ? el("p", { class: "hint" }, t("For the next group that takes this up.")) : null;
  return el("section", { class: `block-${field.name}` }, el("h3", {}, say(field.label)), lead, factList(rows));
}

const factList = (rows) =>
  el("dl", { class: "facts-list" }, rows.flatMap(([field, value]) => [el("dt", {}, say(field.label)), el("dd", {}, value)]));

/** Every field that is filled in and stands nowhere else. */
function factsOf(record) {
  const { kind } = record;
  const quiet = (one) =>
    TITLES.has(one.name) || LONG.has(one.name) || ["record", "block", "blocks", "area"].includes(one.type) ||
    (one.name === "scope" && record.areas?.length) || (one.name === "short_name" && record.short_name === record.name);
  const rows = register.kinds[kind].fields
    .filter((one) => !quiet(one))
    .map((one) => [one, shownValue(one, one.name === "kind" ? { ...record, kind: record.sort } : record)])
    .filter(([, value]) => value);
  if (record.start) rows.unshift([{ label: { en: "When", nl: "Wanneer" } }, periodOf(record)]);
  return rows.length ? [el("h3", { class: "unseen" }, t("Facts")), factList(rows)] : null;
}

/** The value of a field as it is read; null where there is none. */
function shownValue(field, holder) {
  const value = holder[field.name];
  if (field.type === "text") {
    const words = wordsOf(holder, field.name);
    return words ? el("span", { class: "long" }, told(words)) : null;
  }
  if (value === undefined || value === null) return null;
  const shown = [value].flat().map((one) => oneValue(field, one));
  if (shown.length === 1) return shown[0];
  const texts = shown.every((one) => typeof one === "string");
  const others = shown.map((one, at) => (at && field.type === "term" ? termLabel(field.terms, value[at]) : one));
  const between = others.some((one) => texts && one.includes(",")) ? "; " : ", ";
  return texts ? capital(others.join(between)) : el("ul", { class: "plain" }, shown.map((one) => el("li", {}, one)));
}

function oneValue(field, value) {
  if (value === "unknown" && field.type !== "words") return el("span", { class: "unsure" }, t("unknown"));
  if (field.type === "term") return capital(termLabel(field.terms, value));
  if (field.type === "date") return dateShown(value);
  if (field.type === "area") return placeLink(value);
  if (typeof value === "boolean") return capital(value ? t("yes") : t("no"));
  if (typeof value === "number") return COUNTS.has(field.name) ? number(value) : number(value, Number.isInteger(value) ? 0 : 1);
  if (field.name === "programme") return programmeLabel(value);
  if (field.name === "wikidata") return webLink(`https://www.wikidata.org/wiki/${encodeURIComponent(value)}`, value);
  if (field.name === "doi") return webLink(`https://doi.org/${encodeURI(value)}`, value);
  return /^https?:\/\/\S+$/i.test(value) ? webLink(value) : el("bdi", { class: "long" }, value);
}

function programmeLabel(id) {
  if (id === "unknown") return el("span", { class: "unsure" }, t("unknown"));
  return id === "other" ? t("Another one") : say(register.programmes[id]) || id;
}

/** An area by its name, with its own page where the atlas has one. */
function placeLink(code) {
  const area = areas.get(code);
  if (!area) return el("bdi", {}, code);
  if (!scopesOf(area.level).length) return area.name;
  const lang = state.lang === data.language ? "" : `&lang=${state.lang}`;
  return el("a", { href: `#${area.level}=${encodeURIComponent(code)}${lang}` }, area.name);
}

/** What one would ask first and is not stated here. */
function notStated(record) {
  const missing = (ASKED[record.kind] ?? []).filter((name) => {
    if (name === "students" && record.students_text) return false;
    return record[name] === undefined && !wordsOf(record, name);
  });
  if (!missing.length) return null;
  const label = (name) => say(register.kinds[record.kind].fields.find((one) => one.name === name).label).toLowerCase();
  return el("p", { class: "hint" }, t("Not stated: {fields}.", { fields: listed(missing.map(label)) }));
}

function noteOf(record) {
  const words = wordsOf(record, "note");
  return words ? el("section", {}, el("h3", {}, t("Note")), el("p", { class: "long" }, told(words))) : null;
}

function sourcesOfRecord(record) {
  const links = (record.sources ?? []).map((url) => el("li", {}, webLink(url)));
  const checked = record.checked_on ? el("p", { class: "hint" }, t("Last checked: {date}.", { date: dateShown(record.checked_on) })) : null;
  const none = el("p", { class: "hint" }, t("No source is named here."));
  const address = el("p", { class: "hint" }, t("Address in this atlas: {address}", { address: `#${record.kind}=${record.id}` }));
  return el("section", { class: "sources" }, el("h3", {}, t("Sources")), links.length ? el("ul", {}, links) : none, checked, address);
}
