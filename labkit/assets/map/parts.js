// Small helpers of a map's page: words and numbers. All files in this folder are read in one scope.

const byId = (id) => document.getElementById(`labkit-${id}`);

/** A text with its {names} filled in. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

const formats = new Map(); // making one takes longer than writing a number

/** A number as the language writes it: 14,085.5 or 14.085,5. */
function written(value, decimals = 0) {
  if (!formats.has(decimals)) {
    const places = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    formats.set(decimals, new Intl.NumberFormat(page.spec.language, places));
  }
  return formats.get(decimals).format(value).replace(/^-(?=[0.,]+$)/, "");
}

/** What is shown: the indicator and the year. */
const titleOf = (layer) => [layer.label, layer.year].filter(Boolean).join(", ");

/** All that is shown: "Lonely adults, 2012 · 2020", or two titles. */
function shownTitle() {
  const [first, ...more] = page.shown;
  if (more.some((one) => one.indicator !== first.indicator)) return page.shown.map(titleOf).join(" · ");
  return [first.label, page.shown.map((one) => one.year).filter(Boolean).join(" · ")].filter(Boolean).join(", ");
}

/** The class of an area, or null where nothing can be drawn; as `areas.js` finds it. */
function classOf(layer, index) {
  const value = layer.values[index];
  if (value === null || value === undefined || layer.undrawn.includes(index)) return null;
  const found = layer.classes.findIndex((one) => value <= one.high);
  return found < 0 ? layer.classes.length - 1 : found;
}

/** The limits of a class in words. */
function rangeOf(layer, one) {
  const decimals = layer.class_decimals ?? layer.decimals;
  const high = written(one.high, decimals);
  if (one.low === null || one.low === undefined) return fill(page.spec.text.up_to, { high });
  const low = written(one.low, decimals);
  return low === high ? high : `${low} – ${high}`;
}

const remarkOf = (layer, index) => layer.remarks[layer.remark[index]] || "";
