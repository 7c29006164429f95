// The register, opened: records by id, what links them, where and when they were, and their words in the reader's
// language. Its form is described in labkit/maps/atlas/register.py; every judgement was made there.

const { register } = data;

// A record as the payload has it, with the kind of record as `kind`; what the record itself calls its kind is `sort`.
const records = new Map();
for (const [kind, list] of Object.entries(register.records)) {
  for (const one of list) records.set(one.id, { ...one, kind, sort: one.kind });
}
const recordsOf = (kind) => register.records[kind].map((one) => records.get(one.id));

/** The level on which records are placed. */
const placeLevel = scopesOf(register.level).length ? register.level : data.start.level;

// A relation is {from, what, to, role}: ids of records, in the relation's own direction.
const linksFrom = new Map();
const linksTo = new Map();
for (const [from, what, to, role] of register.links) {
  for (const [map, id] of [
    [linksFrom, from],
    [linksTo, to],
  ]) {
    if (!map.has(id)) map.set(id, []);
    map.get(id).push({ from, what, to, role });
  }
}
const linksOut = (id, what) => (linksFrom.get(id) ?? []).filter((one) => one.what === what);
const linksIn = (id, what) => (linksTo.get(id) ?? []).filter((one) => one.what === what);

const vocabularies = new Map(
  Object.entries(register.terms).map(([name, list]) => [
    name,
    new Map(list.map(([id, en, nl, group, sign]) => [id, { id, label: { en, nl }, group, sign }])),
  ]),
);
const termOf = (vocabulary, id) => vocabularies.get(vocabulary)?.get(id);
const termLabel = (vocabulary, id) => say(termOf(vocabulary, id)?.label) || id;
const kindLabel = (kind, count = 1) => say(register.kinds[kind][count === 1 ? "one" : "many"]);

/** The vocabulary of a field, such as "kind of project". */
const vocabularyOf = (kind, name) => register.kinds[kind].fields.find((one) => one.name === name)?.terms;

/** A text of a record as {text, lang}; `lang` only where it is not the reader's language. Null if there is none. */
function wordsOf(record, name) {
  const other = language === "nl" ? "en" : "nl";
  if (record[`${name}_${language}`]) return { text: record[`${name}_${language}`], lang: null };
  return record[`${name}_${other}`] ? { text: record[`${name}_${other}`], lang: other } : null;
}

function titleOf(record) {
  if (record.kind === "partner") return { text: (language === "en" && record.name_en) || record.name, lang: null };
  return wordsOf(record, "title") ?? wordsOf(record, "statement") ?? { text: record.id, lang: null };
}

/** A text of a record as an element: apart from what stands around it, and in its own language. */
const said = ({ text, lang }) => el("bdi", { lang }, text);

/** The same, and told where it is in the other language. */
function told(words) {
  if (!words.lang) return [said(words)];
  return [said(words), el("span", { class: "hint" }, ` (${words.lang === "nl" ? t("in Dutch") : t("in English")})`)];
}

/** A date as far as it is known: 2021, June 2021, 14 June 2021. */
function dateShown(text) {
  if (text === "unknown") return t("unknown");
  const [year, month, day] = text.split("-").map(Number);
  if (!month) return text;
  const form = { year: "numeric", month: "long", ...(day ? { day: "numeric" } : {}), timeZone: "UTC" };
  return new Date(Date.UTC(year, month - 1, day || 1)).toLocaleDateString(language === "nl" ? "nl-NL" : "en-GB", form);
}

/** When a record was, in words. */
function periodOf(record) {
  const [start, end] = [record.start, record.end].map((one) => (one && one !== "unknown" ? one : null));
  if (!start && !end) return record.academic_year ?? t("year unknown");
  if (!start) return t("until {end}, start unknown", { end: dateShown(end) });
  if (!end || end.startsWith(start)) return dateShown(start);
  return `${dateShown(start)} – ${dateShown(end)}`;
}

/** Where a record is, seen at a level: {group, codes}. */
function placeAt(record, level) {
  const found = register.places[record.id]?.[level];
  if (Array.isArray(found)) return { group: "areas", codes: found };
  if (found) return { group: found, codes: [] };
  return { group: !record.scope || record.scope === "areas" ? "unknown" : record.scope, codes: [] };
}

/** Whether a record is known to be in an area. What is said of the whole city counts for the city itself. */
function isIn(record, area) {
  if (placeAt(record, area.level).codes.includes(area.code)) return true;
  return (area.code === data.home && record.scope === "city") || (area.code === data.region && record.scope === "region");
}

const groupLabels = {
  coarser: () => t("Not told so precisely"),
  city: () => t("The whole city"),
  region: () => t("The whole region"),
  elsewhere: () => t("Elsewhere"),
  unknown: () => t("Place unknown"),
};

/** "a, b and c", as the language has it. */
const listed = (items) =>
  new Intl.ListFormat(language === "nl" ? "nl-NL" : "en-GB", { type: "conjunction" }).format(items);

/** Where a record is, in words; names of more than three areas are those of the level above. */
function placeWordsOf(record) {
  const own = record.place_text;
  if (record.scope !== "areas") {
    const label = groupLabels[record.scope ?? "unknown"]();
    return own && ["unknown", "elsewhere", undefined].includes(record.scope) ? `${own} (${label.toLowerCase()})` : label;
  }
  const codes = (record.areas ?? []).length > 3 ? placeAt(record, placeLevel).codes : record.areas ?? [];
  const names = (codes.length ? codes : record.areas ?? []).map((code) => areas.get(code)?.name ?? code);
  return names.length ? listed(names) : own ?? groupLabels.unknown();
}

/** The partners of a project, with their roles: [{partner, role}], as the record has them. */
const partnersOf = (record) => linksIn(record.id, "partner_in").map((one) => ({ partner: records.get(one.from), role: one.role }));

/** What came of a project. */
const outcomesOf = (record) => linksOut(record.id, "produces").map((one) => records.get(one.to));
const hasResult = (record) => outcomesOf(record).some((one) => ["output", "use", "change"].includes(one.stage));

/** Whether a question waits: nobody took it up; null where that is not known or no longer asked. */
function waits(question) {
  if (linksIn(question.id, "addresses").length || ["matched", "running", "answered"].includes(question.status)) return false;
  return ["new", "refined"].includes(question.status) ? true : null;
}

/** The address of a record's page, in the language in which one reads. */
const addressOfRecord = (record) =>
  `#${record.kind}=${encodeURIComponent(record.id)}${state.lang === data.language ? "" : `&lang=${state.lang}`}`;

/** A link to the page of a record; a click changes the view, and the address can be copied or opened apart. */
function recordLink(record, label = null, attributes = {}) {
  const open = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goToRecord(record);
  };
  return el("a", { href: addressOfRecord(record), onclick: open, ...attributes }, label ?? said(titleOf(record)));
}

/** Show the page of a record, from its beginning. */
function goToRecord(record) {
  go({ show: record.kind, record: record.id });
  scrollTo(0, 0);
  document.querySelector(`[data-show="${record.kind}"] h2`)?.focus({ preventScroll: true });
}

/** The address of a page as a link, if it is one that leads to a page; else as a text. */
function webLink(url, label = null) {
  if (!/^https?:\/\//i.test(url)) return el("bdi", {}, url);
  const plain = url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  const shown = label ?? (plain.length > 70 ? `${plain.slice(0, 69)}…` : plain);
  return el("a", { href: url, rel: "noopener noreferrer", dir: "auto" }, shown);
}

/** The themes of a record as small signs with their words; the sector gives the colour. */
function themeSigns(record) {
  if (!record.themes?.length) return null;
  const sign = (id) => {
    const theme = termOf("theme", id);
    const colour = register.sectors[theme?.group];
    const box = el("span", { class: "theme-sign", "aria-hidden": "true" }, theme?.sign ?? "?");
    if (colour) box.style.background = colour;
    return el("li", {}, box, termLabel("theme", id));
  };
  return el("ul", { class: "theme-signs" }, record.themes.map(sign));
}

/** Ids and names that look most like what was asked for. */
function nearestRecords(asked, kind) {
  const pairs = (text) => new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)));
  const wanted = pairs(fold(asked));
  const likeness = (text) => {
    const own = pairs(fold(text));
    const shared = [...own].filter((one) => wanted.has(one)).length;
    return own.size + wanted.size ? (2 * shared) / (own.size + wanted.size) : 0;
  };
  return recordsOf(kind)
    .map((one) => ({ one, score: Math.max(likeness(one.id), likeness(titleOf(one).text)) }))
    .filter(({ score }) => score > 0.45)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ one }) => one);
}

// The page of a record has an address of its own, #project=ID, and lies under one of the lists.
const PAGES = {
  ...{ project: "projects", outcome: "projects", question: "questions" },
  ...{ partner: "partners", offer: "partners", agreement: "partners" },
};

for (const [kind, under] of Object.entries(PAGES)) {
  addShow(kind, () => capital(kindLabel(kind)), { under });
  keepInAddress({
    ...{ keys: [kind], standard: { record: null, near: [] }, opens: kind },
    wish: (key, value, wish) => Object.assign(wish, { show: kind, record: value }),
    mend(view, notices) {
      if (view.show !== kind) return;
      view.near = [];
      if (records.get(view.record)?.kind === kind) return;
      if (view.record) {
        view.near = nearestRecords(view.record, kind).map((one) => one.id);
        notices.push(t("This atlas has no {kind} with the address {id}.", { kind: kindLabel(kind), id: view.record }));
      }
      Object.assign(view, { show: under, record: null });
    },
    write: (view, words) => words.set(kind, view.record),
  });
}
