// Several areas over the years in one drawing: lines that break where years cannot be compared, named at their ends.

addPanel("trend", () => t("Over the years"), drawTrends);

const TREND = { height: 300, top: 18, bottom: 264, left: 14, letter: 7.8, line: 17 };

/** The areas whose lines are drawn: the compared ones, else the chosen one; with them the city. */
function trendAreas(view) {
  const marked = [...markedAreas(view).values()];
  const chosen = view.compare.length ? marked.filter((one) => one.sign) : marked;
  const home = areas.get(data.home);
  const fits = indicators.get(view.indicator).kind !== "count" || !chosen.length || view.level === home.level;
  return fits && !chosen.some((one) => one.area === home) ? [...chosen, { area: home, home: true }] : chosen;
}

function drawTrends(view, width) {
  const indicator = indicators.get(view.indicator);
  const lines = trendAreas(view)
    .map((one) => ({ ...one, ...pieces(indicator, one.area) }))
    .filter((one) => one.series.length);
  if (!lines.some((one) => one.series.length > 1))
    return [el("p", {}, t("There are figures of one year only, so there is no line over the years."))];
  return [
    el("p", { class: "panel-lead" }, trendLead(view, lines)),
    trendsDrawing(view, indicator, lines, width),
    ...trendNotes(lines),
    trendTable(indicator, lines),
  ];
}

function trendLead(view, lines) {
  const words = [t("A line stops where the years after it cannot be compared with those before.")];
  if (!view.area && !view.compare.length)
    words.push(t("Choose an area, or compare several, to see their lines beside that of {area}.", { area: areas.get(data.home).name }));
  else if (!lines.some((one) => one.home) && !view.compare.includes(data.home))
    words.push(t("Counts of the whole city are not drawn beside those of its parts."));
  return words.join(" ");
}

/** All lines over the same axes; the other areas of the map lie quietly behind them. */
function trendsDrawing(view, indicator, lines, width) {
  const behind = othersBehind(view, indicator, lines);
  const series = [...lines, ...behind].flatMap((one) => one.series);
  const longest = Math.max(...lines.map((one) => endText(one).length));
  const room = Math.min(longest * TREND.letter + 18, width * 0.46);
  const gutter = Math.max(...valueTicks(series).map((value) => tickText(value).length)) * TREND.letter + 10;
  const box = { left: gutter + 8, right: width - room, top: TREND.top, bottom: TREND.bottom };
  const scale = scaleOf(series, box, true);
  const drawing = svg("svg", {
    ...{ class: "trends", viewBox: `0 0 ${width} ${TREND.height}`, width, height: TREND.height, role: "img" },
    "aria-label": lines.map((one) => trendWords(indicator, one, one.area)).join(" "),
  });
  drawing.append(...trendAxes(series, scale, box, gutter));
  for (const one of behind) drawLine(drawing, one.found, [], scale, [0, 0], "line-behind");
  for (const one of [...lines].reverse()) drawing.append(trendLine(one, scale, box));
  drawing.append(...endLabels(lines, scale, width - room));
  return drawing;
}

function othersBehind(view, indicator, lines) {
  const shown = new Set(lines.map((one) => one.area));
  const alone = lines.length === 1 && lines[0].home && indicator.kind === "count";
  if (alone && lines[0].area.level !== view.level) return [];
  const rest = scopeOf(view).areas.filter((area) => !shown.has(area));
  return rest.map((area) => ({ area, ...pieces(indicator, area) })).filter((one) => one.series.length);
}

function valueTicks(series) {
  const values = series.flatMap((one) => [one.low, one.high]);
  return ticksOf(Math.min(...values), Math.max(...values), 4);
}

function trendAxes(series, scale, box, gutter) {
  const years = [...new Set(series.map((one) => one.year))].sort((a, b) => a - b);
  const every = Math.ceil((years.length * 42) / Math.max(box.right - box.left, 1));
  const labels = years.filter((_, at) => (years.length - 1 - at) % Math.max(every, 1) === 0);
  const rules = valueTicks(series).map((value) => [
    svg("line", { class: "trend-axis", x1: gutter, x2: box.right + 6, y1: scale.y(value), y2: scale.y(value) }),
    svg("text", { class: "trend-year", x: gutter - 6, y: scale.y(value) + 4, "text-anchor": "end" }, tickText(value)),
  ]);
  const below = labels.map((year) =>
    svg("text", { class: "trend-year", x: scale.x(year), y: TREND.height - 10, "text-anchor": "middle" }, String(year)),
  );
  return [...rules.flat(), ...below];
}

/** One area: its pieces, where it breaks, its bands, and a sign on each year. */
function trendLine(one, scale, box) {
  const name = one.home ? "line-home" : `line-of mark-${one.sign}`;
  const group = svg("g", { class: `trend-of ${one.home ? "" : `mark-${one.sign}`}`, "data-code": one.area.code });
  drawLine(group, one.found, one.breaks, scale, [box.top, box.bottom], name);
  for (const figure of one.series) {
    const [x, y] = [scale.x(figure.year), scale.y(figure.value)];
    if (isBanded(figure) && !one.home)
      group.append(svg("line", { class: "line-of-band", x1: x, x2: x, y1: scale.y(figure.low), y2: scale.y(figure.high) }));
    const words = svg("title", {}, `${one.area.name}, ${figure.year}: ${amount(figure)}`);
    group.append(svg("path", { class: "sign-mark", d: signPath(one.home ? 1 : one.sign, x, y, one.home ? 2.5 : 4) }, words));
  }
  return group;
}

const endText = (one) => `${one.area.name} ${amount(one.series.at(-1), false)}`;

/** The names at the ends of the lines, moved apart where they would lie on each other. */
function endLabels(lines, scale, left) {
  const placed = lines
    .map((one) => ({ one, y: scale.y(one.series.at(-1).value), from: scale.x(one.series.at(-1).year) }))
    .sort((a, b) => a.y - b.y);
  placed.forEach((label, at) => (label.at = Math.max(label.y, at ? placed[at - 1].at + TREND.line : TREND.top)));
  for (let at = placed.length - 1, limit = TREND.bottom; at >= 0; at -= 1, limit -= TREND.line)
    placed[at].at = Math.min(placed[at].at, limit);
  return placed.flatMap(({ one, y, at, from }) => [
    svg("line", { class: "end-line", x1: from + 6, y1: y, x2: left + 10, y2: at }),
    svg("text", { class: `end-label ${one.home ? "" : `mark-${one.sign}`}`, x: left + 14, y: at + 4 }, endText(one)),
  ]);
}

function trendNotes(lines) {
  const whose = new Map();
  for (const { area, breaks } of lines)
    for (const one of breaks) whose.set(say(one.note), [...(whose.get(say(one.note)) ?? []), one.area ? area.name : ""]);
  return [...whose].map(([note, names]) => {
    const who = [...new Set(names.filter(Boolean))].join("; ");
    return el("p", { class: "small break-note" }, el("span", { class: "break-sign", "aria-hidden": "true" }), who && `${who}: `, note);
  });
}

/** The same as numbers, with what changed over the last years that can be compared. */
function trendTable(indicator, lines) {
  const years = [...new Set(lines.flatMap((one) => one.series.map((figure) => figure.year)))].sort((a, b) => a - b);
  const head = [el("td"), ...years.map((year) => el("th", { scope: "col", class: "lk-number" }, String(year)))];
  const rows = lines.map((one) => {
    const starts = new Set(one.found.slice(1).map((piece) => piece[0].year));
    const cells = years.map((year) => {
      const figure = one.series.find((other) => other.year === year);
      const text = figure ? amount(figure, false) : "–";
      return el("td", { class: "lk-number" }, starts.has(year) ? `∥ ${text}` : text);
    });
    return el("tr", {}, el("th", { scope: "row" }, one.area.name), ...cells, el("td", { class: "conclusion" }, changeWords(one, indicator)));
  });
  const caption = el("caption", {}, `${say(indicator.label)} (${say(indicator.unit)})`);
  const body = [caption, el("thead", {}, el("tr", {}, ...head, el("th", { scope: "col", class: "conclusion" }, t("Change")))), el("tbody", {}, ...rows)];
  const scroll = { class: "scroll", tabindex: 0, role: "region", "aria-label": t("Over the years") };
  return el("div", scroll, el("table", { class: "lk-table years-table" }, ...body));
}

/** What changed from the first to the last year of the newest piece; only where the bands of both lie apart. */
function changeWords({ found }, indicator) {
  const piece = [...found].reverse().find((one) => one.length > 1);
  if (!piece) return t("too few comparable years");
  const [first, last] = [piece[0], piece.at(-1)];
  const years = `${first.year}–${last.year}`;
  if (!apart(first, last)) return t("{years}: no clear change", { years });
  return `${years}: ${last.value > first.value ? "+" : "−"}${differenceText(first, last, indicator)}`;
}
