// Small drawings in SVG: the strip of all areas, and the line over the years.

const known = (figure) => (figure?.value ?? null) !== null;

/**
 * What stands on a strip, and from which value to which it runs. A count of a larger area, such as the whole
 * city among its districts, is not on it: it would push the others together.
 */
function stripOf(indicator, scope, year, area) {
  const fits = (one) => scope.areas.includes(one) || indicator.kind !== "count";
  const figures = scope.areas.map((one) => figureOf(indicator.id, one, year)).filter(known);
  const own = area && fits(area) ? figureOf(indicator.id, area, year) : null;
  const home = indicator.kind === "count" ? null : figureOf(indicator.id, areas.get(data.home), year);
  const all = [...figures, own, home].filter(known).sort((a, b) => a.value - b.value);
  return { figures, own, home, all, least: all[0], most: all.at(-1) };
}

/**
 * A strip of all areas of a scope from low to high, with the chosen area and the home area marked.
 * Positions are percentages, so that the drawing takes the width of its place.
 */
function strip(indicator, scope, year, area) {
  const { figures, own, home, all } = stripOf(indicator, scope, year, area);
  if (all.length < 2) return null;
  const [least, most] = [all[0].value, all.at(-1).value];
  const at = (value) => `${most > least ? 2 + (96 * (value - least)) / (most - least) : 50}%`;
  const middle = 11;
  const drawing = svg("svg", {
    class: "strip",
    height: 22,
    role: "img",
    "aria-label": stripWords(indicator, figures, own),
  });
  drawing.append(svg("line", { class: "strip-axis", x1: "2%", x2: "98%", y1: middle, y2: middle }));
  for (const figure of figures) {
    if (figure.area === area) continue;
    const dot = svg("circle", {
      class: "strip-dot",
      cx: at(figure.value),
      cy: middle,
      r: 4.5,
      "data-code": figure.area.code,
    });
    dot.append(svg("title", {}, `${figure.area.name}: ${amount(figure)}`));
    drawing.append(dot);
  }
  if (known(home) && home.area !== area) {
    const tick = svg("line", { class: "strip-home", x1: at(home.value), x2: at(home.value), y1: 1, y2: 21 });
    drawing.append(tick);
  }
  if (known(own)) drawing.append(ownMark(own, at, middle, least, most));
  return drawing;
}

function ownMark(own, at, middle, least, most) {
  const mark = svg("g", { class: "strip-own" });
  const [low, high] = [Math.max(own.low, least), Math.min(own.high, most)];
  if (high > low && isBanded(own))
    mark.append(svg("line", { class: "strip-band", x1: at(low), x2: at(high), y1: middle, y2: middle }));
  mark.append(svg("circle", { cx: at(own.value), cy: middle, r: 6.5 }));
  return mark;
}

function stripWords(indicator, figures, own) {
  const sorted = [...figures].sort((a, b) => a.value - b.value);
  if (!sorted.length) return say(indicator.label);
  const [low, high] = [sorted[0], sorted.at(-1)].map((one) => `${one.area.name} ${amount(one)}`);
  const words = t("{count} areas, from {low} to {high}", { count: sorted.length, low, high });
  return known(own) ? `${words}; ${own.area.name} ${amount(own)}` : words;
}

/** The years of an area's series in pieces that can be compared, and the breaks between the pieces. */
function pieces(indicator, area) {
  const years = Object.keys(data.figures[indicator.id]?.[area.level]?.y ?? {}).map(Number);
  const series = years.map((year) => figureOf(indicator.id, area, year)).filter(known);
  const found = [];
  const breaks = [];
  for (const figure of series) {
    // Against the first year of the piece: a break from 2020 to 2022 leaves both comparable with 2021.
    const piece = found.at(-1);
    const gap = piece && breakBetween(area, indicator.id, piece[0].year, figure.year);
    if (gap) breaks.push({ ...gap, at: (piece.at(-1).year + figure.year) / 2 });
    if (!piece || gap) found.push([]);
    found.at(-1).push(figure);
  }
  return { found, breaks, series };
}

/** A line over the years without any words, for a row of the profile. */
function spark(indicator, area) {
  const { found, breaks, series } = pieces(indicator, area);
  if (series.length < 2) return null;
  const scale = scaleOf(series, { left: 3, right: 61, top: 4, bottom: 18 });
  const words = series.map((one) => `${one.year}: ${amount(one)}`).join("; ");
  const drawing = svg("svg", {
    class: "spark",
    viewBox: "0 0 64 22",
    width: 64,
    height: 22,
    role: "img",
    "aria-label": words,
  });
  drawing.append(svg("title", {}, words));
  drawLine(drawing, found, breaks, scale, [4, 18]);
  const last = series.at(-1);
  drawing.append(svg("circle", { class: "line-dot", cx: scale.x(last.year), cy: scale.y(last.value), r: 2.5 }));
  return drawing;
}

/** The ends of an axis, so far apart that a difference within the band, or of a few percent, is no steep line. */
function withSpan(least, most, series) {
  const bands = series.map((one) => one.high - one.low);
  const lacking = Math.max(...bands, 0.05 * Math.max(Math.abs(least), Math.abs(most))) - (most - least);
  return lacking > 0 ? [least - lacking / 2, most + lacking / 2] : [least, most];
}

function scaleOf(series, box, banded = false) {
  const values = series.flatMap((one) => (banded ? [one.low, one.high] : [one.value]));
  const years = series.map((one) => one.year);
  const [least, most] = withSpan(Math.min(...values), Math.max(...values), series);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const span = (value, from, to, start, end) =>
    to > from ? start + ((end - start) * (value - from)) / (to - from) : (start + end) / 2;
  return {
    x: (year) => span(year, first, last, box.left, box.right),
    y: (value) => span(value, least, most, box.bottom, box.top),
  };
}

function drawLine(drawing, found, breaks, scale, [top, bottom], name = "line") {
  for (const piece of found) {
    const path = piece.map((one) => `${scale.x(one.year).toFixed(1)},${scale.y(one.value).toFixed(1)}`).join(" ");
    drawing.append(svg("polyline", { class: name, points: path }));
    const [only] = piece; // a line of one point is not to be seen
    if (piece.length === 1)
      drawing.append(svg("circle", { class: `${name}-single`, cx: scale.x(only.year), cy: scale.y(only.value), r: 3 }));
  }
  for (const gap of breaks) {
    const x = scale.x(gap.at);
    drawing.append(svg("line", { class: "line-break", x1: x, x2: x, y1: top, y2: bottom }));
  }
}

/** The line over the years with its values and bands, and the home area's line beside it. */
function trend(indicator, area) {
  const own = pieces(indicator, area);
  if (own.series.length < 2) return null;
  const home = area.code !== data.home && indicator.kind !== "count" ? homeLine(indicator, own.series) : [];
  const beside = home.flat();
  const scale = scaleOf([...own.series, ...beside], { left: 26, right: 334, top: 30, bottom: 98 }, true);
  const drawing = svg("svg", {
    class: "trend",
    viewBox: "0 0 360 140",
    role: "img",
    "aria-label": trendWords(indicator, own, area),
  });
  drawing.append(svg("line", { class: "trend-axis", x1: 10, x2: 350, y1: 120, y2: 120 }));
  drawLine(drawing, home, [], scale, [0, 0], "line-home");
  drawLine(drawing, own.found, own.breaks, scale, [12, 120]);
  const labelled = withRoom(own.series, scale);
  for (const figure of own.series) {
    const other = beside.find((one) => one.year === figure.year);
    drawing.append(...trendPoint(figure, scale, labelled.has(figure), other?.value > figure.value));
  }
  const end = beside.at(-1);
  if (end) {
    const below = end.value <= (own.series.find((one) => one.year === end.year)?.value ?? end.value);
    const words = `${areas.get(data.home).name} ${amount(end, false)}`;
    const place = {
      x: Math.max(Math.min(scale.x(end.year) + 16, 350), Math.min(words.length * 7, 350)), // stays in the drawing
      y: scale.y(end.value) + (below ? 17 : -9),
      "text-anchor": "end",
    };
    drawing.append(
      svg(
        "text",
        { class: "trend-home", ...place },
        words,
      ),
    );
  }
  return drawing;
}

/** The home area's pieces in the years of another area's series. */
function homeLine(indicator, series) {
  const [first, last] = [series[0].year, series.at(-1).year];
  const inside = (one) => one.year >= first && one.year <= last;
  return pieces(indicator, areas.get(data.home))
    .found.map((piece) => piece.filter(inside))
    .filter((piece) => piece.length);
}

/** The years whose value can be written without touching another: the last, the first, the one shown, then the rest. */
function withRoom(series, scale) {
  const letters = Math.max(4, ...series.map((one) => amount(one, false).length));
  const shown = series.filter((one) => one.year === state.year);
  const found = new Set();
  for (const one of [series.at(-1), series[0], ...shown, ...[...series].reverse()]) {
    if ([...found].every((other) => Math.abs(scale.x(other.year) - scale.x(one.year)) > letters * 7 + 6))
      found.add(one);
  }
  return found;
}

/** One year: its band, its dot and, where there is room, its value and the year. */
function trendPoint(figure, scale, labelled, under) {
  const [x, y] = [scale.x(figure.year), scale.y(figure.value)];
  const nodes = [];
  if (isBanded(figure)) {
    nodes.push(svg("line", { class: "line-band", x1: x, x2: x, y1: scale.y(figure.low), y2: scale.y(figure.high) }));
  }
  nodes.push(
    svg(
      "circle",
      { class: "line-dot", cx: x, cy: y, r: 3.5 },
      svg("title", {}, `${figure.year}: ${amount(figure)}`),
    ),
  );
  if (!labelled) return nodes;
  nodes.push(
    svg(
      "text",
      { class: "trend-value", x, y: under ? y + 17 : y - 9, "text-anchor": "middle" },
      amount(figure, false),
    ),
  );
  nodes.push(svg("text", { class: "trend-year", x, y: 135, "text-anchor": "middle" }, String(figure.year)));
  return nodes;
}

function trendWords(indicator, own, area) {
  const values = own.series.map((one) => `${one.year}: ${amount(one)}`).join("; ");
  const gaps = own.breaks.map((one) => say(one.note)).join(" ");
  return `${say(indicator.label)}, ${area.name}. ${values}. ${gaps}`;
}
