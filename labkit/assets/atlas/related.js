// What a record hangs together with: partners, results, questions, projects before and after it, agreements.

// Relation -> its heading on the page of the record that it goes out from, and of the one that it leads to.
const RELATIONS = {
  addresses: [() => t("Question that it takes up"), () => t("Projects that take it up")],
  raises: [() => t("New questions from it"), () => t("Came up in")],
  builds_on: [() => t("Builds on"), () => t("Goes on in")],
  reuses: [() => t("Uses results of others"), () => t("Used again by")],
  produces: [null, () => t("Result of")],
  partner_in: [() => t("Takes part in"), () => t("Partners")],
  part_of_course: [() => t("Part of"), () => t("Projects in it")],
  offers: [() => t("Offers"), () => t("Offered by")],
  under_agreement: [() => t("Under an agreement"), () => t("Projects under it")],
  party_to: [() => t("Party to"), () => t("Parties")],
  renews: [() => t("Renews"), () => t("Renewed by")],
  part_of: [() => t("Part of"), () => t("Parts")],
  publishes: [() => t("Published"), () => t("Published by")],
};

/** A section for each relation that a record has. */
function relatedTo(record) {
  const found = [];
  for (const [what, [outward, inward]] of Object.entries(RELATIONS)) {
    if (outward) found.push(relatedSection(outward(), linksOut(record.id, what), "to", record));
    if (what === "partner_in") found.push(partnerSection(inward(), record));
    else found.push(relatedSection(inward(), linksIn(record.id, what), "from", record));
  }
  return found.filter(Boolean);
}

function relatedSection(heading, links, end) {
  const ids = [...new Set(links.map((one) => one[end]))];
  if (!ids.length) return null;
  const own = ids.map((id) => records.get(id)).sort(newest[2]);
  const row = (one) => {
    const roles = links.filter((link) => link[end] === one.id).map((link) => roleWords(link));
    const hint = [...roles.filter(Boolean), ...metaOf(one)];
    const meta = el("span", { class: "meta" }, hint.flatMap((part, at) => [at ? " · " : null, part]));
    return el("li", {}, recordLink(one), ...titleNote(one), meta, ...links.filter((link) => link[end] === one.id).map(whoSays));
  };
  const count = own.length > 3 ? el("span", { class: "hint" }, ` ${own.length}`) : null;
  return el("section", {}, el("h3", {}, heading, count), el("ul", { class: "related" }, own.map(row)));
}

/** Who says that something falls under an agreement. */
function whoSays({ what, from: id, to }) {
  const found = what === "under_agreement" && records.get(id).under_agreement?.find((one) => one.agreement === to);
  if (!found) return null;
  const page = found.source ? [`${t("Source")}: `, webLink(found.source)] : [];
  const person = found.confirmed_by ? [found.source ? " · " : null, `${t("Confirmed by")}: `, el("bdi", {}, found.confirmed_by)] : [];
  return el("p", { class: "meta" }, page, person);
}

/** From when until when a partner took part, where that is stated. */
function spellOf(blocks, partner, role) {
  const found = blocks?.find((one) => one.partner === partner && one.role === role && (one.start || one.end));
  return found ? el("span", { class: "meta" }, ` · ${periodOf(found)}`) : null;
}

/** What the role of a relation says: of a partner or party its part in it, of an agreement the commitment. */
function roleWords({ what, from: id, to, role }) {
  if (!role) return null;
  if (what === "partner_in") return role === "unknown" ? t("role unknown") : termLabel("role of a partner", role);
  if (what === "party_to") {
    const spell = spellOf(records.get(to).parties, id, role);
    return el("span", {}, role === "unknown" ? t("role unknown") : termLabel("role of a party", role), spell);
  }
  const commitment = records.get(to)?.commitments?.find((one) => one.id === role);
  const words = commitment && wordsOf(commitment, "text");
  return words ? el("span", {}, told(words)) : null;
}

/** Partners by what they do: "Carried out by", then the other roles. */
function partnerSection(heading, record) {
  const own = partnersOf(record);
  if (!own.length) return null;
  const order = [...vocabularies.get("role of a partner").keys()];
  const roles = [...new Set(own.map((one) => one.role))].sort(
    (a, b) => (b === "executing") - (a === "executing") || order.indexOf(a) - order.indexOf(b),
  );
  const rows = roles.flatMap((role) => {
    const links = own.filter((one) => one.role === role).map(({ partner }) => el("li", {}, recordLink(partner), spellOf(record.partners, partner.id, role)));
    const label = role === "executing" ? t("Carried out by") : role === "unknown" ? t("Role unknown") : capital(termLabel("role of a partner", role));
    return [el("dt", {}, label), el("dd", {}, el("ul", { class: "plain" }, links))];
  });
  return el("section", {}, el("h3", {}, heading), el("dl", { class: "facts-list" }, rows));
}

/** What came of a project, on whose word; said plainly where nothing is on record here. */
function resultsOf(record) {
  if (record.kind !== "project") return null;
  const own = outcomesOf(record);
  const none = el("p", { class: "unsure" }, t("No public result is on record here. Whether something came of it is not known."));
  const row = (one) => {
    const title = wordsOf(one, "title");
    const statement = wordsOf(one, "statement");
    const words = [termLabel("stage of an outcome", one.stage), termLabel("kind of outcome", one.sort)];
    if (one.observed_on) words.push(dateShown(one.observed_on));
    words.push(one.evidence === "unknown" ? t("evidence unknown") : t("evidence: {kind}", { kind: termLabel("evidence", one.evidence) }));
    return el(
      "li",
      {},
      el("p", {}, recordLink(one), ...titleNote(one)),
      title && statement ? el("p", { class: "about long" }, told(statement)) : null,
      el("p", { class: "meta" }, words.join(" · ")),
      one.url ? el("p", { class: "meta" }, webLink(one.url)) : null,
    );
  };
  return el("section", {}, el("h3", {}, t("What came of it")), own.length ? el("ul", { class: "related" }, own.map(row)) : none);
}

/** What the parties of an agreement promised. */
function commitmentsOf(record) {
  if (!record.commitments?.length) return null;
  const row = (one) => {
    const measure = wordsOf(one, "measure");
    const by = (one.parties ?? []).flatMap((id, at) => [at ? ", " : null, recordLink(records.get(id))]);
    const words = [one.status === "unknown" ? t("status unknown") : termLabel("status of a commitment", one.status)];
    if (one.due) words.push(t("due {date}", { date: dateShown(one.due) }));
    return el(
      "li",
      {},
      el("p", { class: "long" }, told(wordsOf(one, "text"))),
      by.length ? el("p", { class: "meta" }, `${t("By whom")}: `, by) : null,
      measure ? el("p", { class: "meta" }, `${t("How it is seen")}: `, told(measure)) : null,
      el("p", { class: "meta" }, words.join(" · ")),
      one.source ? el("p", { class: "meta" }, webLink(one.source)) : null,
    );
  };
  return el("section", {}, el("h3", {}, t("What was promised")), el("ul", { class: "related" }, record.commitments.map(row)));
}
