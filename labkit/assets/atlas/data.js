// The payload, opened: areas, scopes, figures, classes and places. Its form is described in
// labkit/maps/atlas/payload.py and series.py; everything that is statistics was done there.

const data = JSON.parse(document.getElementById("atlas-data").textContent);

const levels = new Map();
const areas = new Map();
for (const level of data.levels) {
  const own = level.areas.map(([code, name, parent, borderYear], position) => ({
    ...{ code, name, parent, borderYear, position, level: level.id },
  }));
  levels.set(level.id, { ...level, areas: own });
  for (const area of own) areas.set(area.code, area);
}

const indicators = new Map(data.indicators.map((one) => [one.id, one]));
const scopes = data.scopes.map((scope, index) => ({
  ...scope,
  index,
  areas: scope.members.map((member) => levels.get(scope.level).areas[member]),
}));
const scopesOf = (level) => scopes.filter((scope) => scope.level === level);

/** The areas that an area lies in, nearest first. */
function ancestors(area) {
  const above = [];
  for (let code = area.parent; areas.has(code); code = areas.get(code).parent) above.push(areas.get(code));
  return above;
}

const opened = new Map();

/** All figures of an indicator, level and year: area code -> figure. */
function figuresOf(indicator, level, year) {
  const block = data.figures[indicator]?.[level]?.y[year];
  if (!block) return new Map();
  const key = `${indicator} ${level} ${year}`;
  if (!opened.has(key)) opened.set(key, openBlock(block, indicators.get(indicator), level, Number(year)));
  return opened.get(key);
}

function openBlock(block, indicator, level, year) {
  const all = levels.get(level).areas;
  const order = "m" in block ? scopes[block.m].areas : all;
  const status = spread(block.sx, block.v.length);
  const source = spread(block.ox, block.v.length);
  const decimals = block.n ?? indicator.decimals;
  const redrawn = new Set(data.redrawn[level]?.[year] ?? []);
  const found = new Map();
  order.forEach((area, index) => {
    const value = block.v[index];
    const state = status[index] ?? (value === null ? null : block.s);
    if (!state) return;
    const [low, high] = value === null ? [null, null] : bandOf(value, block, index, indicator);
    found.set(area.code, {
      ...{ area, year, value, low, high, decimals, indicator: indicator.id, versus: block.d?.[index] ?? "." },
      ...{ status: state, source: source[index] ?? block.o, redrawn: redrawn.has(area.position) },
    });
  });
  return found;
}

function spread(others, length) {
  const list = new Array(length);
  for (const [name, positions] of Object.entries(others ?? {})) for (const at of positions) list[at] = name;
  return list;
}

function bandOf(value, block, index, indicator) {
  if (block.hx?.[index]) return block.hx[index];
  const half = block.h ?? 0;
  const [least, most] = indicator.limits;
  return [Math.max(value - half, least ?? -Infinity), Math.min(value + half, most ?? Infinity)];
}

const figureOf = (indicator, area, year) => figuresOf(indicator, area.level, year).get(area.code) ?? null;

/** A scope's own entry, or that of the narrower scope before it, which then holds all there is. */
function inherited(entries, scope) {
  for (let index = scope.index; scopes[index]?.level === scope.level; index -= 1) {
    if (entries?.[index]) return { entry: entries[index], owner: scopes[index] };
  }
  return null;
}

const ranked = new Map();

/** Places from high to low: area code -> {best, worst, n}. */
function placesOf(indicator, scope, year) {
  const key = `${indicator} ${scope.index} ${year}`;
  if (!ranked.has(key)) {
    const block = data.figures[indicator]?.[scope.level]?.y[year];
    const found = inherited(block?.p, scope);
    const figures = figuresOf(indicator, scope.level, year);
    const valued = found ? found.owner.areas.filter((area) => (figures.get(area.code)?.value ?? null) !== null) : [];
    const [best, worst = best] = found?.entry ?? [];
    ranked.set(
      key,
      new Map(valued.map((area, at) => [area.code, { best: best[at], worst: worst[at], n: valued.length }])),
    );
  }
  return ranked.get(key);
}

/** The classes of a map: [{low, high, colour, zero}], from low to high. */
function classesOf(indicator, scope, year, allYears) {
  const series = data.figures[indicator]?.[scope.level];
  const entry = (allYears && series?.c?.[scope.index]) || inherited(series?.y[year]?.c, scope)?.entry;
  const ends = entry?.b ?? [];
  const count = ends.length / 2;
  const zero = entry?.z ? 1 : 0;
  const colours = data.ramps[count - zero] ?? [];
  return Array.from({ length: count }, (_, at) => ({
    ...{ low: ends[2 * at], high: ends[2 * at + 1], zero: Boolean(zero && at === 0) },
    colour: zero && at === 0 ? data.ramps.zero : colours[at - zero],
  }));
}

const available = new Map();

/** The years in which an indicator has a figure for at least one area of a scope. */
function yearsOf(indicator, scope) {
  const key = `${indicator} ${scope.index}`;
  if (!available.has(key)) {
    const years = Object.keys(data.figures[indicator]?.[scope.level]?.y ?? {}).map(Number);
    const covered = (year) => scope.areas.some((area) => figuresOf(indicator, scope.level, year).has(area.code));
    available.set(key, years.filter(covered));
  }
  return available.get(key);
}

/** The first break between two years of an area's series, or null if they can be compared. */
function breakBetween(area, indicator, early, late) {
  const parts = (one) => early <= one.from && late >= one.to;
  const holds = (one) => (!one.area || one.area === area.code) && (!one.indicator || one.indicator === indicator);
  return data.breaks.find((one) => holds(one) && parts(one)) ?? null;
}

/** An area's outline as GeoJSON, from the whole numbers in which it is kept. */
function feature(area) {
  const polygons = levels.get(area.level).outlines[area.position].map((rings) => rings.map(points));
  const single = polygons.length === 1;
  return {
    type: "Feature",
    properties: { code: area.code, name: area.name },
    geometry: { type: single ? "Polygon" : "MultiPolygon", coordinates: single ? polygons[0] : polygons },
  };
}

function points(steps) {
  const found = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    found.push([x / 1e5, y / 1e5]);
  }
  return [...found, found[0]];
}

const collection = (list) => ({ type: "FeatureCollection", features: list.map(feature) });

/** The sources of figures, each once; a figure that was computed from others can have several. */
function sourcesIn(figures) {
  const names = figures.filter(Boolean).flatMap((figure) => figure.source.split(","));
  return [...new Set(names)].map((name) => data.sources[name]).filter(Boolean);
}

/** With how many decimals a map writes its values and classes: those that were published that year, or in all years. */
function mapDecimals(indicator, scope, year, allYears) {
  const series = data.figures[indicator.id]?.[scope.level];
  const least = allYears && series?.c ? series.n : series?.y[year]?.n;
  return least ?? indicator.decimals;
}

/** Whether a figure's band is wide enough to be told: more than the digits themselves say. */
function isBanded(figure) {
  return figure.high - figure.low > 1.5 * 10 ** -figure.decimals;
}
