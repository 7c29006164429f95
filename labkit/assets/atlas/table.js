// The table of what the map shows: sortable, to copy, to download. It is the map for who cannot see it.

let order = { column: "value", down: true };

const COLUMNS = [
  { id: "name", head: () => capital(say(levels.get(state.level).one)), key: (row) => row.area.name },
  {
    id: "value",
    head: (indicator) => `${say(indicator.label)} (${say(indicator.unit)})`,
    key: (row) => row.figure?.value ?? null,
    number: true,
  },
  { id: "place", head: () => t("Rank"), key: (row) => row.rank?.best ?? null },
  {
    id: "versus",
    head: () => t("Compared with {area}", { area: areas.get(data.home).name }),
    key: (row) => ({ "-": -1, "=": 0, "+": 1 })[row.figure?.versus] ?? null,
  },
  { id: "status", head: () => t("Status"), key: (row) => remark(row.figure) || null },
  { id: "compare", head: () => t("Compare"), key: (row) => (state.compare.includes(row.area.code) ? 1 : 0), number: true },
];

function startTable() {
  const list = el(
    "table",
    { id: "figures", class: "lk-table" },
    el("caption", {}),
    el("thead", {}, el("tr", {})),
    el("tbody", {}),
  );
  const actions = el(
    "p",
    { class: "actions" },
    el("button", { type: "button", id: "copy", onclick: copyTable }),
    el("button", { type: "button", id: "download", onclick: downloadTable }),
    el("span", { id: "copied", role: "status" }),
  );
  byId("table").append(
    el("div", { class: "table-head" }, el("h2", { id: "table-heading" }), actions),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "table-heading" }, list),
    el("div", { id: "table-notes" }),
  );
  watchFigures(showTable);
}

function rowsOf(view) {
  const scope = scopeOf(view);
  const ranks = placesOf(view.indicator, scope, view.year);
  return scope.areas.map((area) => ({
    area,
    figure: figureOf(view.indicator, area, view.year),
    rank: ranks.get(area.code),
  }));
}

function showTable(view) {
  const { level, within, indicator, year, lang } = view;
  whenChanged("table", [level, within, indicator, year, lang, order], () => {
    const one = indicators.get(indicator);
    byId("table-heading").textContent = t("Table of what the map shows");
    byId("copy").textContent = t("Copy");
    byId("download").textContent = t("Download CSV");
    byId("copied").textContent = "";
    const words = [`${say(one.label)}, ${year}. ${capital(scopeWords(scopeOf(view)))}.`];
    document.querySelector("#figures caption").replaceChildren(el("span", {}, words.join(" ")));
    const rows = rowsOf(view);
    const columns = COLUMNS.filter((column) => {
      if (column.id === "place") return one.kind !== "index" && rows.some((row) => placeWords(row.rank));
      if (column.id !== "versus") return true;
      return one.kind !== "index" && rows.some((row) => "+-=".includes(row.figure?.versus ?? "x"));
    });
    showHeads(columns, one);
    const body = document.querySelector("#figures tbody");
    body.replaceChildren(...sorted(rows).map((row) => tableRow(row, columns)));
    byId("table-notes").replaceChildren(...tableNotes(rows));
  });
  for (const row of document.querySelectorAll("#figures tbody tr")) {
    row.classList.toggle("chosen", row.dataset.code === view.area);
    row.querySelector("button").setAttribute("aria-pressed", String(row.dataset.code === view.area));
    row.querySelector("input").checked = view.compare.includes(row.dataset.code);
  }
}

/** The heads stay the same elements while the same columns are shown, so that a sort keeps the focus. */
function showHeads(columns, indicator) {
  whenChanged("heads", [columns.map((column) => column.id)], () => {
    const head = (column) =>
      el(
        "th",
        { scope: "col", class: column.id, "data-column": column.id },
        el("button", { type: "button", onclick: () => sortBy(column.id) }),
      );
    document.querySelector("#figures thead tr").replaceChildren(...columns.map(head));
  });
  for (const column of columns) {
    const cell = document.querySelector(`#figures th[data-column=${column.id}]`);
    cell.querySelector("button").textContent = column.head(indicator);
    if (order.column === column.id) cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  }
}

function sortBy(column) {
  order = { column, down: order.column === column ? !order.down : column === "value" };
  showTable(state);
}

/** Sorted rows; what has no figure stays at the end, whichever way one sorts. */
function sorted(rows) {
  const column = COLUMNS.find((one) => one.id === order.column);
  const collator = new Intl.Collator(language, { numeric: true });
  const compare = (a, b) => {
    const [x, y] = [column.key(a), column.key(b)];
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    const step = typeof x === "number" ? x - y : collator.compare(x ?? "", y ?? "");
    return (order.down ? -step : step) || collator.compare(a.area.name, b.area.name);
  };
  return [...rows].sort(compare);
}

function tableRow(row, columns) {
  const choose = el(
    "button",
    { type: "button", class: "link", onclick: () => go({ area: row.area.code === state.area ? null : row.area.code }) },
    row.area.name,
  );
  const cells = {
    value: valueCell(row.figure),
    place: row.rank ? placeWords(row.rank) : "",
    versus: row.figure ? versusShort(row.figure) : "",
    status: statusCell(row.figure),
    compare: compareBox(row.area),
  };
  const rest = columns
    .filter((column) => column.id !== "name")
    .map((column) => el("td", { class: column.id }, cells[column.id]));
  return el("tr", { "data-code": row.area.code }, el("th", { scope: "row" }, choose), rest);
}

function valueCell(figure) {
  if (!known(figure))
    return [el("span", { class: "hatched", "aria-hidden": "true" }), el("span", { class: "unseen" }, t("no figure"))];
  const value = number(figure.value, figure.decimals);
  if (!isBanded(figure)) return value;
  const band = `${number(figure.low, figure.decimals)} – ${number(figure.high, figure.decimals)}`;
  return [value, el("span", { class: "band" }, band)];
}

function statusCell(figure) {
  const words = [remark(figure)];
  if (known(figure) && figure.redrawn) words.push(t("border changed"));
  return words.filter(Boolean).join("; ");
}

function versusShort(figure) {
  return { "+": t("clearly above"), "-": t("clearly below"), "=": t("no clear difference") }[figure.versus] ?? "";
}

/** What the statuses in the table mean, each once. */
function tableNotes(rows) {
  const statuses = [...new Set(rows.map((row) => row.figure?.status ?? ""))].filter((name) => name !== "observed");
  const notes = statuses.map((name) => {
    const example = name ? { status: name } : null;
    const label = name ? say(data.statuses[name].label) : remark(null);
    const words = [reason(example), say(data.bands[name])].filter(Boolean).join(" ");
    return el("p", { class: "small" }, el("strong", {}, `${capital(label)}: `), words);
  });
  const redrawn = rows.filter((row) => row.figure?.redrawn);
  const breaks = new Set(
    redrawn.map((row) => data.breaks.find((one) => one.area === row.area.code && one.kind === "border")),
  );
  return [...notes, ...[...breaks].filter(Boolean).map((one) => el("p", { class: "small" }, say(one.note)))];
}

/** All rows as plain values, for programs: the same in both languages but for the names of statuses. */
function plainRows() {
  const indicator = indicators.get(state.indicator);
  const heads = [
    "area",
    "name",
    "level",
    "indicator",
    "year",
    "value",
    "unit",
    "low",
    "high",
    "status",
    "status_label",
    "note",
    "source",
    "credit",
  ];
  const rows = sorted(rowsOf(state)).map(({ area, figure }) => {
    const sources = sourcesIn([figure]);
    const value = [plainValue(figure), indicator.unit.en, figure?.low ?? "", figure?.high ?? ""];
    const status = [figure?.status ?? "", remark(figure), figure?.redrawn ? t("border changed") : ""];
    return [
      area.code,
      area.name,
      area.level,
      indicator.id,
      state.year,
      ...value,
      ...status,
      sources.map((one) => one.title).join("; "),
      [...new Set(sources.map((one) => one.credit))].join("; "),
    ];
  });
  return [heads, ...rows];
}

/** A value as it was published; what was computed has no more decimals than are shown. */
function plainValue(figure) {
  if (!known(figure)) return "";
  return figure.status === "derived" ? Number(figure.value.toFixed(figure.decimals)) : figure.value;
}

/** A text that a spreadsheet would take for a formula gets a quote in front; numbers stay numbers. */
const harmless = (cell) => (typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell));

function csv(rows, separator = ",") {
  const quoted = (cell) => {
    const text = harmless(cell);
    return /["\n\r,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(quoted).join(separator)).join("\r\n");
}

function downloadTable() {
  const blob = new Blob(["\ufeff", csv(plainRows()), "\r\n"], { type: "text/csv;charset=utf-8" });
  const link = el("a", {
    href: URL.createObjectURL(blob),
    download: `${state.indicator}-${state.level}-${state.year}.csv`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copyTable() {
  const text = csv(plainRows(), "\t");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text); // not every browser allows the clipboard to a page that was opened from a file
  }
  byId("copied").textContent = t("Copied: paste it in a spreadsheet.");
}

function copyByHand(text) {
  const box = el("textarea", { class: "unseen", "aria-hidden": "true" });
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}
