// The areas in order, each with the band of places that its figure allows.

addPanel("ranking", () => t("Ranking"), drawRanking);

function drawRanking(view) {
  const indicator = indicators.get(view.indicator);
  const rows = rowsOf(view)
    .filter((row) => known(row.figure))
    .sort((a, b) => b.figure.value - a.figure.value || (a.area.code < b.area.code ? -1 : 1));
  if (!rows.length) return [el("p", {}, t("No area has a figure here.")), ...missingList(view)];
  const ranked = indicator.kind !== "index" && rows.length > 1;
  const lead = ranked
    ? t("A place is a band: rounding and estimation leave open which place exactly. 1st is the highest value.")
    : t("These figures have no order of places; the areas stand from the highest value to the lowest.");
  const table = el(
    "table",
    { class: "lk-table ranking" },
    el("caption", { class: "unseen" }, `${t("Ranking")}: ${say(indicator.label)}, ${view.year}`),
    rankingHead(view, indicator, ranked, rows.length),
    el("tbody", {}, ...rows.map((row) => rankingRow(row, view, indicator, ranked))),
  );
  const scroll = { class: rows.length > 14 ? "ranking-box is-long" : "ranking-box", tabindex: 0, role: "region", "aria-label": t("Ranking") };
  return [el("p", { class: "panel-lead" }, lead), el("div", scroll, table), ...missingList(view)];
}

function rankingHead(view, indicator, ranked, count) {
  const cell = (text, attributes = {}) => el("th", { scope: "col", ...attributes }, text);
  const ends = el("span", { class: "place-ends", "aria-hidden": "true" }, el("span", {}, ordinal(1)), el("span", {}, ordinal(count)));
  return el(
    "thead",
    {},
    el(
      "tr",
      {},
      cell(capital(say(levels.get(view.level).one))),
      cell(say(indicator.unit), { class: "lk-number" }),
      ranked && cell([t("Rank"), ends], { class: "place-chart" }),
      ranked && cell(el("span", { class: "unseen" }, t("Rank")), { class: "place-words" }),
    ),
  );
}

function rankingRow({ area, figure, rank }, view, indicator, ranked) {
  const name = el(
    "button",
    {
      ...{ type: "button", class: "link", "data-focus": `rank-${area.code}` },
      "aria-pressed": String(area.code === view.area),
      onclick: () => go({ area: area.code === state.area ? null : area.code }),
    },
    area.name,
  );
  const mark = markedAreas(view).get(area.code);
  return el(
    "tr",
    { "data-code": area.code, class: mark ? "chosen" : null },
    el("th", { scope: "row" }, mark?.sign ? signOf(mark.sign) : null, name),
    el("td", { class: "lk-number" }, valueCell(figure)),
    ranked && el("td", { class: "place-chart" }, rank && placeBar(rank, mark, figure, view)),
    ranked && el("td", { class: "place-words" }, rank ? placeWords(rank) : ""),
  );
}

/** A bar from the best to the worst place that an area can have, on a line of all places. */
function placeBar({ best, worst, n: count }, mark, figure, view) {
  const at = (place) => (count > 1 ? 3 + (94 * (place - 1)) / (count - 1) : 50);
  const fill = colourOf(figure, view);
  const drawing = svg("svg", { class: "place-bar", height: 20, "aria-hidden": "true" });
  drawing.append(svg("line", { class: "strip-axis", x1: `${at(1)}%`, x2: `${at(count)}%`, y1: 10, y2: 10 }));
  const outline = mark ? `place-band mark-${mark.sign}` : "place-band";
  // Two rectangles in one: the ends of a band reach half a dot beyond their places.
  const [from, to] = [at(best), at(worst)];
  drawing.append(svg("line", { class: `${outline} case`, x1: `${from}%`, x2: `${to + 0.001}%`, y1: 10, y2: 10 }));
  drawing.append(svg("line", { class: outline, x1: `${from}%`, x2: `${to + 0.001}%`, y1: 10, y2: 10, style: `stroke: ${fill}` }));
  return drawing;
}
