// By what the lists of records can be narrowed down, and how that stands in the address:
// #show=projects&theme=loneliness&place=WK054608&q=soup

const LISTS = { projects: "project", questions: "question", partners: "partner" };

// A facet is {key, label, of(record) -> the values that it has, choices(list) -> [[value, label, group]]}.
const termFacet = (key, label, kind, name) => ({
  ...{ key, label },
  of: (record) => [record[name === "kind" ? "sort" : name] ?? []].flat(),
  choices: () => [...vocabularies.get(vocabularyOf(kind, name)).keys()].map((id) => [id, capital(termLabel(vocabularyOf(kind, name), id))]),
});

const themeFacet = {
  key: "theme",
  label: () => t("Theme"),
  of: (record) => (record.themes ?? []).flatMap((id) => [id, `sector-${termOf("theme", id)?.group}`]),
  choices: () => {
    const found = [];
    for (const [sector] of vocabularies.get("sector of themes") ?? []) {
      const name = termLabel("sector of themes", sector);
      const own = [...vocabularies.get("theme").values()].filter((one) => one.group === sector);
      if (own.length > 1) found.push([`sector-${sector}`, t("All of {sector}", { sector: name.toLowerCase() }), name]);
      found.push(...own.map((one) => [one.id, say(one.label), name]));
    }
    return [...found, ["unknown", t("Theme unknown")]];
  },
};

const yearFacet = {
  key: "when",
  label: () => t("Year"),
  of: (record) => {
    const [first, last] = register.years[record.id] ?? [];
    return first ? Array.from({ length: last - first + 1 }, (_, at) => String(first + at)) : ["unknown"];
  },
  choices: (list) => {
    const years = [...new Set(list.flatMap((one) => yearFacet.of(one)))].filter((one) => one !== "unknown");
    return [...years.sort().reverse().map((one) => [one, one]), ["unknown", t("Year unknown")]];
  },
};

const placeFacet = {
  key: "place",
  label: () => t("Place"),
  of: (record, value) => {
    const area = areas.get(value);
    if (area) return isIn(record, area) ? [value] : [];
    const { group, codes } = placeAt(record, placeLevel);
    return group === "areas" ? codes : [group];
  },
  choices: (list) => {
    const home = scopesOf(placeLevel)[0].areas;
    const others = [...levels.get(placeLevel).areas].filter(
      (area) => !home.includes(area) && list.some((one) => isIn(one, area)),
    );
    const chosen = areas.get(state?.filters.place);
    const more = chosen && chosen.level !== placeLevel ? [chosen] : [];
    const level = capital(areasWord(placeLevel, 2));
    const groups = Object.entries(groupLabels).map(([id, label]) => [id, label(), t("Not in one area")]);
    return [...[...more, ...home, ...others].map((area) => [area.code, area.name, level]), ...groups];
  },
};

const partnerFacet = (key, label, role) => ({
  ...{ key, label },
  of: (record) => partnersOf(record).filter((one) => !role || one.role === role).map((one) => one.partner.id),
  choices: (list) => {
    const ids = new Set(list.flatMap((one) => partnersOf(one).filter((two) => !role || two.role === role)).map((one) => one.partner));
    const collator = new Intl.Collator(language);
    const named = [...ids].map((one) => [one.id, titleOf(one).text]);
    return named.sort((a, b) => collator.compare(a[1], b[1]));
  },
});

const FACETS = {
  projects: [
    themeFacet,
    placeFacet,
    yearFacet,
    termFacet("education", () => t("Level of education"), "project", "levels"),
    partnerFacet("by", () => t("Carried out by"), "executing"),
    partnerFacet("with", () => t("Partner"), null),
    {
      key: "programme",
      label: () => t("Programme"),
      of: (record) => [record.programme],
      choices: () => [
        ...Object.entries(register.programmes).map(([id, label]) => [id, say(label)]),
        ["other", t("Another one")],
        ["unknown", t("Unknown")],
      ],
    },
    termFacet("status", () => t("Status"), "project", "status"),
    {
      key: "result",
      label: () => t("Result"),
      of: (record) => [hasResult(record) ? "yes" : "none"],
      choices: () => [["yes", t("With a result here")], ["none", t("Without a result here")]],
    },
  ],
  questions: [
    {
      key: "waiting",
      label: () => t("Taken up"),
      of: (record) => [{ true: "yes", false: "no", null: "unclear" }[waits(record)]],
      choices: () => [["yes", t("Waits")], ["no", t("Taken up")], ["unclear", t("Parked, withdrawn or unknown")]],
    },
    termFacet("status", () => t("Status"), "question", "status"),
    termFacet("asker", () => t("Who asks"), "question", "asker_kind"),
    themeFacet,
    placeFacet,
  ],
  partners: [
    termFacet("type", () => t("Kind"), "partner", "kind"),
    termFacet("field", () => t("Sector"), "partner", "sector"),
    {
      key: "role",
      label: () => t("Role in projects"),
      of: (record) => linksOut(record.id, "partner_in").map((one) => one.role),
      choices: () => [...vocabularies.get("role of a partner").keys()].map((id) => [id, capital(termLabel("role of a partner", id))]),
    },
  ],
};

const byTitle = (a, b) => new Intl.Collator(language, { numeric: true }).compare(titleOf(a).text, titleOf(b).text);
const byTime = (a, b) => (register.order[a.id] ?? "").localeCompare(register.order[b.id] ?? "");
const projectCount = (partner) => projectsOf(partner).length;

// The first is the order in which a list opens; a record without a known time goes last.
const timeless = (record) => (register.order[record.id] ? 0 : 1);
const newest = ["new", () => t("Newest first"), (a, b) => timeless(a) - timeless(b) || byTime(b, a) || byTitle(a, b)];
const oldest = ["old", () => t("Oldest first"), (a, b) => timeless(a) - timeless(b) || byTime(a, b) || byTitle(a, b)];
const alphabet = ["title", () => t("By name"), byTitle];
const ORDERS = {
  projects: [newest, oldest, alphabet],
  questions: [newest, oldest, alphabet],
  partners: [["most", () => t("Most projects first"), (a, b) => projectCount(b) - projectCount(a) || byTitle(a, b)], alphabet],
};

const folded = new Map();

/** All that can be read in a record, in the form in which words are looked for. */
function textOf(record) {
  if (!folded.has(record.id)) {
    const names = partnersOf(record).flatMap(({ partner }) => [partner.name, partner.name_en, partner.short_name]);
    const places = (record.areas ?? []).map((code) => areas.get(code)?.name);
    const own = Object.entries(record).filter(([name, value]) => typeof value === "string" && name !== "kind");
    folded.set(record.id, fold([...own.map(([, value]) => value), ...names, ...places].filter(Boolean).join(" ")));
  }
  return folded.get(record.id);
}

/** The records of a list that fit the filters; `but` is a facet that is left out of account. */
function fitting(show, filters, but = null) {
  const words = fold(filters.q ?? "").split(" ").filter(Boolean);
  const asked = FACETS[show].filter((one) => one.key !== but && filters[one.key]);
  return recordsOf(LISTS[show]).filter(
    (record) =>
      asked.every((facet) => facet.of(record, filters[facet.key]).includes(filters[facet.key])) &&
      words.every((word) => textOf(record).includes(word)),
  );
}

/** The choices of a facet with how many records each would leave: [[value, label, group, count]]. */
function countedChoices(show, facet, filters) {
  const list = fitting(show, filters, facet.key);
  const choices = facet.choices(recordsOf(LISTS[show]));
  return choices
    .map(([value, label, group]) => [value, label, group, list.filter((one) => facet.of(one, value).includes(value)).length])
    .filter(([value, , , count]) => count || filters[facet.key] === value || ["theme", "place"].includes(facet.key));
}

const FILTER_KEYS = [...new Set([...Object.values(FACETS).flat().map((one) => one.key), "q", "order", "as"])];

keepInAddress({
  keys: FILTER_KEYS,
  standard: { filters: {} },
  wish: (key, value, wish) => (wish.filters = { ...wish.filters, [key]: value }),
  mend(view, notices) {
    const facets = FACETS[view.show];
    if (!facets) return;
    const kept = {};
    for (const [key, value] of Object.entries(view.filters ?? {})) {
      const facet = facets.find((one) => one.key === key);
      const orders = ORDERS[view.show].slice(1).map(([id]) => id);
      if (!value) continue;
      if (key === "q" || (key === "order" && orders.includes(value))) kept[key] = value;
      else if (key === "as" && value === "map" && view.show === "projects") kept[key] = value;
      else if (facet && (facet.choices(recordsOf(LISTS[view.show])).some(([id]) => id === value) || (key === "place" && areas.has(value)))) kept[key] = value;
      else if (facet) notices.push(t("There is no choice {value} under {name}; it is left out.", { value, name: facet.label() }));
    }
    view.filters = kept;
  },
  write(view, words) {
    if (LISTS[view.show]) for (const key of FILTER_KEYS) if (view.filters[key]) words.set(key, view.filters[key]);
  },
});

/** Change one filter of the list that is shown; "" takes it away. */
const filterBy = (key, value, options) => go({ filters: { ...state.filters, [key]: value } }, options);
