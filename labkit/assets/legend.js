// Writes the legend of a map: a small table of classes with the number of areas in each, and notes below it.
// labkitLegend(title, {unit, areas}, rows, notes) -> elements. A row is {name, label, count, colour, reason}: `name`
// is the number of a class, "none" for hatched areas or "background"; without a colour the style sheet gives it.
// Two maps with the same classes share a legend: `areas` and each `count` are then lists of two.
globalThis.labkitLegend = (() => {
  "use strict";

  function element(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children); // strings go in as text, never as HTML
    return made;
  }

  function head({ unit, areas }) {
    const cells = [element("td", ""), element("th", "", unit), ...[areas].flat().map((one) => element("th", "lk-count", one))];
    for (const cell of cells.slice(1)) cell.scope = "col";
    return element("thead", "", element("tr", "", ...cells));
  }

  function amount(count) {
    return new Intl.NumberFormat(document.documentElement.lang || "en").format(count);
  }

  function line({ name, label, count, colour, reason }, span) {
    const swatch = element("span", colour ? "lk-swatch" : `lk-swatch lk-swatch-${name}`);
    if (colour) swatch.style.backgroundColor = colour;
    const counted = count !== undefined;
    const cells = counted
      ? [element("td", "lk-range", label), ...[count].flat().map((one) => element("td", "lk-count", amount(one)))]
      : [wide("lk-range", label, span)];
    const row = element("tr", "lk-legend-row", element("td", "", swatch), ...cells);
    row.dataset.class = name;
    row.dataset.count = counted ? count : "";
    return reason ? [row, element("tr", "", element("td", ""), wide("lk-reason", reason, span))] : [row];
  }

  function wide(className, text, span) {
    const cell = element("td", className, text);
    cell.colSpan = span;
    return cell;
  }

  return (title, heads, rows, notes = []) => [
    element("table", "lk-legend-table", element("caption", "", title), head(heads), element("tbody", "", ...rows.flatMap((row) => line(row, [heads.areas].flat().length + 1)))),
    ...notes.map((note) => element("p", "lk-note", note)),
  ];
})();
