// A few areas side by side. Which ones stands in the address: compare=CODE,CODE. A difference is only told where the
// bands of the figures lie apart, by the same rule as city.compare() in Python.

const MOST_COMPARED = 4;

addPanel("compare", () => t("Comparison"), drawComparison);

keepInAddress({
  keys: ["compare"],
  standard: { compare: [] },
  wish: (key, value, wish) => (wish.compare = value.split(",").filter(Boolean)),
  mend: mendCompare,
  write: (view, words) => view.compare.length && words.set("compare", view.compare.join(",")),
});

/** Areas that exist, each once, all of the level of the first, and no more than can be told apart. */
function mendCompare(view, notices) {
  const wanted = [...new Set(view.compare)];
  const unknown = wanted.filter((code) => !areas.has(code));
  if (unknown.length) notices.push(t("This atlas has no area with the code {code}.", { code: unknown.join(", ") }));
  const found = wanted.filter((code) => areas.has(code));
  const alike = found.filter((code) => areas.get(code).level === areas.get(found[0]).level);
  if (alike.length < found.length) notices.push(t("Areas of one level are compared; the others are left out."));
  if (alike.length > MOST_COMPARED) notices.push(t("No more than {count} areas are compared.", { count: MOST_COMPARED }));
  view.compare = alike.slice(0, MOST_COMPARED);
}

/** Take an area into the comparison or out of it; one of another level starts a new one. */
function toggleCompared(area, changes = {}) {
  const others = state.compare.filter((code) => code !== area.code && areas.get(code).level === area.level);
  if (state.compare.includes(area.code)) return go({ compare: others, ...changes });
  if (others.length === MOST_COMPARED) return go({ compare: [...others.slice(1), area.code], ...changes });
  return go({ compare: [...others, area.code], ...changes });
}

/** The button in a profile, and on the page of an area. */
function compareButton(area) {
  const pressed = state.compare.includes(area.code);
  const attributes = { type: "button", class: "small-button", "data-focus": "compare", "aria-pressed": String(pressed) };
  const label = pressed ? t("In the comparison") : t("Compare");
  const onclick = () => toggleCompared(area, pressed ? {} : { panel: "compare" });
  return el("button", { ...attributes, onclick }, label);
}

/** The box in a row of the table. */
function compareBox(area) {
  const label = t("Compare {area}", { area: area.name });
  const box = el("input", { type: "checkbox", "aria-label": label, onchange: () => toggleCompared(area) });
  box.checked = state.compare.includes(area.code);
  return el("label", { class: "box" }, box);
}

// Circle, square, triangle, diamond: a sign tells the areas apart without colour.
function signPath(sign, x, y, size) {
  const [a, b] = [size, size * 1.25];
  if (sign === 2) return `M${x - a} ${y - a}h${2 * a}v${2 * a}h${-2 * a}z`;
  if (sign === 3) return `M${x} ${y - b}l${b} ${2 * a}h${-2 * b}z`;
  if (sign === 4) return `M${x} ${y - b}l${b} ${b}l${-b} ${b}l${-b} ${-b}z`;
  return `M${x - a} ${y}a${a} ${a} 0 1 0 ${2 * a} 0a${a} ${a} 0 1 0 ${-2 * a} 0z`;
}

const signOf = (sign) =>
  svg(
    "svg",
    { class: `sign-of mark-${sign}`, viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { class: "sign-mark", d: signPath(sign, 7, 7, 4.5) }),
  );

function drawComparison(view) {
  const own = view.compare.map((code) => areas.get(code));
  const chooser = el("div", { class: "compared" }, ...own.map(comparedChip), addChooser(view, own));
  if (own.length < 2) return [chooser, el("p", { class: "panel-lead" }, compareHint(own))];
  const theme = data.themes.find((one) => one.id === indicators.get(view.indicator).theme);
  const rows = data.indicators.filter((one) => one.theme === theme.id).map((one) => comparedRow(one, own));
  if (!rows.some(Boolean)) return [chooser, el("p", { class: "panel-lead" }, t("No area has a figure here."))];
  const lead = t("A difference is named only where it is more than rounding or estimation can explain.");
  return [chooser, el("p", { class: "panel-lead" }, lead), comparedTable(theme, own, rows.filter(Boolean), view)];
}

const compareHint = (own) =>
  own.length
    ? t("Choose one more area to compare {area} with: here, or with the boxes in the table.", { area: own[0].name })
    : t("Choose two to four areas: here, with the boxes in the table, or with “Compare” in a profile.");

function comparedChip(area, at) {
  const remove = { type: "button", "aria-label": t("Leave out {area}", { area: area.name }), onclick: () => toggleCompared(area) };
  return el("span", { class: "chip" }, signOf(at + 1), area.name, el("button", { ...remove, "data-focus": `out-${area.code}` }, "×"));
}

/** A list of the areas on the map that can still be added. */
function addChooser(view, own) {
  if (own.length >= MOST_COMPARED) return null;
  const rest = scopeOf(view).areas.filter((area) => !own.includes(area));
  const collator = new Intl.Collator(language, { numeric: true });
  const sorted = rest.sort((a, b) => collator.compare(a.name, b.name));
  const choices = sorted.map((area) => el("option", { value: area.code }, area.name));
  const add = (event) => event.target.value && toggleCompared(areas.get(event.target.value));
  const select = el("select", { "aria-label": t("Add an area"), "data-focus": "add", onchange: add });
  select.append(el("option", { value: "" }, t("Add an area")), ...choices);
  return select;
}

/** The newest year in which all areas have a figure; where there is none, the newest in which two are spoken of. */
function comparedRow(indicator, own) {
  const years = Object.keys(data.figures[indicator.id]?.[own[0].level]?.y ?? {}).map(Number).sort((a, b) => b - a);
  const rows = years.map((year) => ({ indicator, year, figures: own.map((area) => figureOf(indicator.id, area, year)) }));
  const spoken = rows.filter((row) => row.figures.filter(Boolean).length >= 2);
  return spoken.find((row) => row.figures.every(known)) ?? spoken[0] ?? null;
}

/** Whether the bands of two figures lie apart, so that the difference is more than rounding. */
const apart = (one, other) => one.low > other.high || other.low > one.high;

/** A difference, as precise as the coarser of two figures; one decimal more where it would else be 0. */
function differenceText(one, other, indicator) {
  const difference = Math.abs(one.value - other.value);
  const decimals = Math.min(one.decimals, other.decimals);
  const text = number(difference, Number(difference.toFixed(decimals)) ? decimals : decimals + 1);
  return indicator.unit.en === "%" ? t("{count} percentage points", { count: text }) : text;
}

function conclusionOf({ indicator, figures }, own) {
  if (!figures.every(known)) {
    const missing = own.map((area, at) => (known(figures[at]) ? "" : `${area.name}: ${remark(figures[at])}`));
    return missing.filter(Boolean).join("; ");
  }
  const sorted = [...figures].sort((a, b) => a.value - b.value);
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (!apart(low, high)) return t("no clear difference");
  const words = { high: high.area.name, low: low.area.name, difference: differenceText(low, high, indicator) };
  return t("{high} is {difference} above {low}", words);
}

function comparedTable(theme, own, rows, view) {
  const head = (text, attributes = {}) => el("th", { scope: "col", ...attributes }, text);
  const columns = own.map((area, at) => head([signOf(at + 1), area.name], { class: "lk-number" }));
  const heads = [el("td"), head(t("Year")), ...columns, head(t("Difference"), { class: "conclusion" })];
  const lines = rows.map((row) => {
    const link = { type: "button", class: "link", onclick: () => goToIndicator(row.indicator.id), "data-focus": `c-${row.indicator.id}` };
    const name = el("button", { ...link, "aria-current": row.indicator.id === view.indicator && "true" }, say(row.indicator.label));
    const unit = el("span", { class: "hint" }, ` ${say(row.indicator.unit)}`);
    const cells = row.figures.map((figure) => el("td", { class: "lk-number" }, valueCell(figure)));
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, name, unit, row.indicator.kind === "count" ? null : comparedDots(row, own)),
      el("td", { class: "hint" }, String(row.year)),
      ...cells,
      el("td", { class: "conclusion" }, conclusionOf(row, own)),
    );
  });
  const table = el(
    "table",
    { class: "lk-table compared-table" },
    el("caption", {}, say(theme.label)),
    el("thead", {}, el("tr", {}, ...heads)),
    el("tbody", {}, ...lines),
  );
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("Comparison") }, table);
}

/** The compared areas on one line, each with its sign and its band. */
function comparedDots({ figures }, own) {
  const valued = figures.filter(known);
  if (valued.length < 2) return null;
  const [least, most] = [Math.min(...valued.map((one) => one.low)), Math.max(...valued.map((one) => one.high))];
  const at = (value) => (most > least ? 8 + (184 * (value - least)) / (most - least) : 100);
  const drawing = svg("svg", { class: "compared-dots", viewBox: "0 0 200 20", width: 200, height: 20, "aria-hidden": "true" });
  drawing.append(svg("line", { class: "strip-axis", x1: 4, x2: 196, y1: 10, y2: 10 }));
  figures.forEach((figure, index) => {
    if (!known(figure)) return;
    const band = { class: "line-of-band", x1: at(figure.low), x2: at(figure.high), y1: 10, y2: 10 };
    const sign = svg("path", { class: "sign-mark", d: signPath(index + 1, at(figure.value), 10, 4.5) });
    drawing.append(svg("g", { class: `mark-${index + 1}` }, isBanded(figure) ? svg("line", band) : null, sign));
  });
  return drawing;
}
