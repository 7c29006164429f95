// Texts and numbers in the language of the reader. English is the key; Dutch comes with the payload.

let language = data.language;

/** One of the page's own texts, with {names} filled in. */
function t(text, values = {}) {
  const found = (language !== "en" && data.texts[language]?.[text]) || text;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** One text of the city package, which has Dutch and English. */
const say = (pair) => pair?.[language] || pair?.en || pair?.nl || "";

const formats = new Map();

/** A number as the language writes it: 14,085.5 or 14.085,5. */
function number(value, decimals = 0) {
  const key = `${language}${decimals}`;
  if (!formats.has(key)) {
    const places = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(key, new Intl.NumberFormat(language === "nl" ? "nl-NL" : "en-GB", places));
  }
  return formats
    .get(key)
    .format(value)
    .replace(/^-(?=[0.,]+$)/, "");
}

/** A figure's value with its unit, in the decimals in which it was published; the space between them does not break. */
function amount(figure, withUnit = true) {
  const text = number(figure.value, figure.decimals);
  const { kind, unit: pair } = indicators.get(figure.indicator);
  const unit = say(pair);
  if (!withUnit || !unit || kind === "index") return text; // a class is not "2 classes"
  return `${text}\u00a0${unit.length > 8 ? unit : unit.replaceAll(" ", "\u00a0")}`;
}

/** The same as `amount`, with the unit as an element of its own, so that the number stands out. */
function amountParts(figure) {
  const [value, unit] = [amount(figure, false), amount(figure).slice(amount(figure, false).length)];
  return unit.length > 2 ? [value, el("span", { class: "unit" }, unit)] : [value, unit];
}

/** 1st, 2nd, 11th; in Dutch 1e, 2e, 11e. */
function ordinal(place) {
  if (language === "nl") return `${place}e`;
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(place);
  return place + { one: "st", two: "nd", few: "rd", other: "th" }[rule];
}

/** Whether a place says more than that it cannot be told. */
const isClear = ({ best, worst, n }) => best > 1 || worst < n || n === 1;

/** A place as a band: "3rd to 5th of 10". */
function placeWords(rank) {
  if (!rank || rank.n < 2) return ""; // alone is no place
  const { best, worst, n: among } = rank;
  if (!isClear(rank)) return t("no clear place among {among}", { among });
  if (best === worst) return t("{place} of {among}", { place: ordinal(best), among });
  return t("{best} to {worst} of {among}", { best: ordinal(best), worst: ordinal(worst), among });
}

/** How an area compares with the home area, in words; empty where that is not to be said. */
function versus(figure) {
  const home = areas.get(data.home).name;
  if (figure.versus === "+") return t("clearly above {area}", { area: home });
  if (figure.versus === "-") return t("clearly below {area}", { area: home });
  return figure.versus === "=" ? t("no clear difference from {area}", { area: home }) : "";
}

/** Why an area has no figure, or why it is not drawn; empty where nothing needs to be said. */
function remark(figure) {
  if (!figure || !figure.status) return t("not in this atlas");
  const status = data.statuses[figure.status];
  return status.has_value && figure.status === "observed" ? "" : say(status.label);
}

/** A value with its unit, and a word where nobody published the figure as such, but it was computed from others. */
function toldAmount(figure) {
  return figure.status === "derived" ? `${amount(figure)} (${remark(figure)})` : amount(figure);
}

/** The full sentence behind `remark`. */
function reason(figure) {
  if (!figure || !figure.status) return t("There is no figure for this area.");
  return say(data.statuses[figure.status].note);
}
