// The table below the map: it follows what is shown, and is sorted by the heads of its columns.

const order = { column: 0, down: false };

function startTable() {
  const place = document.querySelector(".lk-scroll");
  if (!place || !page.shown.length) return;
  const draw = () => drawTable(place);
  if (place.dataset.late) {
    // Thousands of rows: written when a reader asks for them.
    const open = () => {
      delete place.dataset.late;
      draw();
    };
    place.append(el("button", { type: "button", class: "lk-button", onclick: open }, place.dataset.late));
  } else {
    draw();
  }
  watch((what) => {
    if (place.dataset.late) return;
    if (what === "layer") draw();
    else if (what === "area") markRow();
  });
}

/** The columns: what their heads say, what a row is sorted by, and what its cell says. */
function columns() {
  const { text } = page.spec, [first] = page.shown;
  const features = page.views[0].features;
  const name = (index) => features[index].properties.name;
  const found = [{ head: text.areas, key: name, cell: name }];
  for (const layer of page.shown) {
    const head = page.shown.length > 1 ? `${headOf(layer)} (${layer.unit})` : layer.unit;
    found.push({ head, number: true, class: "lk-number", key: (index) => layer.values[index], cell: (index) => valueOf(layer, index) });
  }
  if (page.shown.length === 1) {
    const label = (found_) => (found_ === null ? "–" : rangeOf(first, first.classes[found_]));
    found.push({ head: text.class, class: "lk-whole", key: (index) => classOf(first, index), cell: (index) => label(classOf(first, index)) });
  }
  const remarks = remarksOf(features.length);
  if (remarks.some(Boolean)) found.push({ head: text.remark, class: "lk-remark", key: (index) => remarks[index] || null, cell: (index) => remarks[index] });
  return found;
}

const headOf = (layer) => (indicatorsShown() > 1 ? titleOf(layer) : String(layer.year));
const indicatorsShown = () => new Set(page.shown.map((one) => one.indicator)).size;

function valueOf(layer, index) {
  const value = layer.values[index];
  return value === null || value === undefined ? "–" : written(value, layer.decimals);
}

/** What is said of each area; what is said of all drawn figures alike stands below the legend, once. */
function remarksOf(count) {
  const all = Array.from({ length: count }, () => []);
  for (const layer of page.shown) {
    const remarks = all.map((_, index) => remarkOf(layer, index));
    const drawn = new Set(remarks.filter((_, index) => classOf(layer, index) !== null));
    const common = drawn.size === 1 ? [...drawn][0] : "";
    remarks.forEach((remark, index) => remark && remark !== common && all[index].push(remark));
  }
  return all.map((said) => [...new Set(said)].join("; "));
}

function drawTable(place) {
  const title = shownTitle();
  const shown = columns();
  if (order.column >= shown.length) Object.assign(order, { column: 0, down: false });
  const head = el("tr", {}, shown.map((column, at) => headCell(column, at, place)));
  const body = sorted(shown[order.column]).map((index) => row(index, shown));
  const table = el("table", { class: "lk-table" }, el("caption", {}, title), el("thead", {}, head), el("tbody", {}, body));
  place.setAttribute("role", "region");
  place.setAttribute("tabindex", "0");
  place.setAttribute("aria-label", title);
  place.replaceChildren(table);
  markRow();
}

function headCell(column, at, place) {
  const sortedBy = at === order.column;
  const sort = () => {
    // Names from A to Z first, numbers from high to low.
    order.down = sortedBy ? !order.down : Boolean(column.number);
    order.column = at;
    drawTable(place);
    place.querySelectorAll("thead button")[at].focus();
  };
  const direction = sortedBy ? (order.down ? "descending" : "ascending") : "none";
  const button = el("button", { type: "button", class: "lk-sort", onclick: sort }, column.head);
  return el("th", { scope: "col", class: column.class ?? null, "aria-sort": direction }, button);
}

/** Numbers of the areas in their order; what is missing comes last, whichever way. */
function sorted(column) {
  const collator = new Intl.Collator(page.spec.language, { numeric: true });
  const name = (index) => page.views[0].features[index].properties.name;
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  return page.views[0].features.map((_, index) => index).sort((a, b) => {
    const [x, y] = [column.key(a), column.key(b)];
    const missing = (x === null || x === undefined) - (y === null || y === undefined);
    return missing || (order.down ? compare(y, x) : compare(x, y)) || collator.compare(name(a), name(b));
  });
}

function row(index, shown) {
  const cells = shown.map((column, at) =>
    at ? el("td", { class: column.class ?? null }, column.cell(index))
       : el("th", { scope: "row" }, column.cell(index)));
  return el("tr", { "data-code": page.views[0].features[index].properties.code }, cells);
}

function markRow() {
  for (const one of document.querySelectorAll("tr[data-code]")) {
    if (one.dataset.code === page.selected) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}
