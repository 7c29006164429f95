// Where records are: a small map drawn in SVG from the atlas's own outlines, and the lists that belong to an area.

const MAP_WIDTH = 600;
const [LETTER, LINE] = [8, 16]; // of the names on the map, in its own units

/**
 * A quiet map of areas. `about(area)` says how one is drawn: {look, label, words}; with `choose` each is a button.
 * `marked` are areas that are drawn on top of the others.
 */
function smallMap(list, { about, label, choose = null, marked = [] }) {
  const project = projection(list);
  const outline = (area, attributes) => svg("path", { d: pathOf(area, project), "fill-rule": "evenodd", ...attributes });
  const drawing = svg("svg", { viewBox: `0 0 ${MAP_WIDTH} ${Math.ceil(project.height)}`, class: "small-map", role: choose ? "group" : "img", "aria-label": label });
  const labels = [];
  for (const area of list) {
    const { look, label: text, words } = about(area);
    const shape = outline(area, { class: `small-area ${look}` });
    shape.append(svg("title", {}, words));
    if (choose) {
      const key = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), choose(area));
      const button = { role: "button", tabindex: "0", "aria-label": words, "data-code": area.code, onclick: () => choose(area), onkeydown: key };
      drawing.append(svg("g", { class: "small-button", ...button }, shape));
    } else drawing.append(shape);
    if (text) labels.push(smallLabel(area, text, project));
  }
  drawing.append(...marked.filter(hasOutline).map((area) => outline(area, { class: "small-marked" })), ...labels);
  return drawing;
}

/** A number in an area, and below it the area's name in short lines, if they fit. */
function smallLabel(area, text, project) {
  const { x, y, width } = middleOf(area, project);
  const lines = area.name.split(/\s+|(?<=-)/);
  const fits = Math.max(...lines.map((line) => line.length)) * LETTER < width;
  const top = fits ? y - (lines.length * LINE) / 2 : y;
  const label = svg("text", { x, y: top.toFixed(1), class: "small-label", "aria-hidden": "true" }, text);
  if (fits) label.append(...lines.map((line, at) => svg("tspan", { x, dy: at ? LINE : LINE + 4, class: "small-name" }, line)));
  return label;
}

const hasOutline = (area) => Boolean(levels.get(area.level).outlines[area.position]);
const outlineRings = (area) => levels.get(area.level).outlines[area.position].flatMap((rings) => rings.map(points));

/** Degrees to points of the drawing, so that all areas fit: north up, and as wide as they are there. */
function projection(list) {
  const all = list.flatMap((area) => outlineRings(area).flat());
  const [xs, ys] = [0, 1].map((at) => all.map((one) => one[at]));
  const [west, east] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [south, north] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (MAP_WIDTH - 8) / Math.max((east - west) * narrow, 1e-9);
  const found = ([x, y]) => [4 + (x - west) * narrow * scale, 4 + (north - y) * scale];
  found.height = 8 + (north - south) * scale;
  return found;
}

const pathOf = (area, project) =>
  outlineRings(area).map((ring) => `M${ring.map((one) => project(one).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");

/** A point well inside the largest part of an area: the middle of its widest stretch at half height. */
function middleOf(area, project) {
  const ring = outlineRings(area).map((one) => one.map(project)).sort((a, b) => b.length - a.length)[0];
  const ys = ring.map((one) => one[1]);
  const y = (Math.min(...ys) + Math.max(...ys)) / 2;
  const cuts = [];
  ring.forEach(([x1, y1], at) => {
    const [x2, y2] = ring[(at + 1) % ring.length];
    if (y1 > y !== y2 > y) cuts.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  });
  cuts.sort((a, b) => a - b);
  let [best, width] = [ring[0][0], -1];
  for (let at = 0; at + 1 < cuts.length; at += 2)
    if (cuts[at + 1] - cuts[at] > width) [best, width] = [(cuts[at] + cuts[at + 1]) / 2, cuts[at + 1] - cuts[at]];
  return { x: best.toFixed(1), y, width };
}

/** Where a record is: on a small map where it names areas here, and always in words. */
function placeOf(record) {
  if (!("scope" in record) && !record.areas?.length) return null;
  const words = record.scope ? placeWordsOf(record) : listed(record.areas.map((code) => areas.get(code)?.name ?? code));
  const unknown = isPlaceUnknown(record) && !record.areas?.length;
  const own = (record.areas ?? []).map((code) => areas.get(code)).filter(Boolean);
  const here = scopesOf(placeLevel)[0].areas;
  const inside = own.filter((area) => area.code === data.home || here.includes(area) || ancestors(area).some((one) => here.includes(one)));
  const whole = record.scope === "city" || own.some((area) => area.code === data.home);
  const label = t("Map of {place}: {where}", { place: placeName(scopesOf(placeLevel)[0]), where: words });
  const about = (area) => ({ look: whole ? "is-all" : "", words: area.name });
  const map = inside.length || whole ? smallMap(here, { about, label, marked: inside.filter((one) => one.code !== data.home) }) : null;
  const sign = unknown ? el("span", { class: "hatched", "aria-hidden": "true" }) : null;
  const links = own.flatMap((area, at) => [at ? ", " : null, placeLink(area.code)]);
  const parts = links.length ? links : [sign, words];
  return el("div", { class: "place" }, map, el("p", { class: unknown ? "place-words unsure" : "place-words" }, parts));
}

// How many projects an area has, in the three classes of the coverage.
const presenceOf = (count) => (count > 2 ? "has-many" : count ? "has-some" : "has-none");

/** All projects by place: a map with a count in each area, and beside it what lies in none. */
function presenceMap(found) {
  const here = scopesOf(placeLevel)[0].areas;
  const inArea = (area) => found.filter((one) => isIn(one, area)).length;
  const count = (n) => (n === 1 ? t("1 project") : t("{count} projects", { count: n }));
  const about = (area) => {
    const n = inArea(area);
    return { look: presenceOf(n), label: String(n), words: `${area.name}: ${count(n)}` };
  };
  const choose = (area) => go({ show: "projects", filters: { place: area.code } });
  const label = t("Projects per {area}: choose one to see its projects", { area: areasWord(placeLevel, 1) });
  return el(
    "div",
    { class: "place-sheet" },
    el("div", { class: "place-map" }, smallMap(here, { about, label, choose }), presenceLegend()),
    groupBoxes(found),
  );
}

const presenceLegend = () =>
  el(
    "ul",
    { class: "presence-legend" },
    ...[["has-none", t("None on record")], ["has-some", t("1 or 2")], ["has-many", t("3 or more")]].map(([look, text]) =>
      el("li", {}, el("span", { class: `swatch ${look}`, "aria-hidden": "true" }), text),
    ),
  );

/** Boxes for what lies in no single area of the map, with their counts; never left out. */
function groupBoxes(found) {
  const here = new Set(scopesOf(placeLevel)[0].areas.map((area) => area.code));
  const box = (id, label, count) => {
    const choose = () => go({ show: "projects", filters: { place: id } });
    const text = [el("strong", {}, number(count)), el("span", {}, label)];
    return el("li", { class: id === "unknown" ? "group-box is-unknown" : "group-box" }, count && id ? el("button", { type: "button", onclick: choose }, text) : el("p", {}, text));
  };
  const groups = Object.entries(groupLabels).map(([id, label]) => {
    const own = found.filter((one) => placeAt(one, placeLevel).group === id);
    return own.length || ["city", "unknown"].includes(id) ? box(id, label(), own.length) : null;
  });
  const beyond = found.filter((one) => {
    const { group, codes } = placeAt(one, placeLevel);
    return group === "areas" && !codes.some((code) => here.has(code));
  });
  const outside = beyond.length ? box("", t("Outside {place}", { place: placeName(scopesOf(placeLevel)[0]) }), beyond.length) : null;
  return el("div", { class: "groups" }, el("h3", {}, t("Not in one area")), el("ul", { class: "plain" }, groups, outside));
}

/** The projects of an area, for its profile and its page; null where the atlas has no project at all. */
function projectsHere(area) {
  const all = recordsOf("project");
  if (!all.length) return null;
  const found = all.filter((one) => isIn(one, area)).sort(newest[2]);
  const unknown = all.filter((one) => placeAt(one, area.level).group === "unknown").length;
  const row = (one) => el("li", {}, recordLink(one), ...titleNote(one), el("span", { class: "meta" }, periodOf(one)));
  const none = el("p", { class: "unsure" }, t("No project is on record here. Something may still have been done."));
  const seeAll = () => go({ show: "projects", filters: { place: area.code } });
  const seeUnknown = () => go({ show: "projects", filters: { place: "unknown" } });
  const about = t("Of {count} of all {all} projects the place is not known.", { count: number(unknown), all: number(all.length) });
  return el(
    "section",
    { class: "projects-here" },
    el("h3", { class: "themes-heading" }, t("Projects here"), el("span", { class: "hint" }, ` ${number(found.length)}`)),
    found.length ? el("ul", { class: "related" }, found.slice(0, 8).map(row)) : none,
    found.length > 8 ? el("p", {}, el("button", { type: "button", class: "link", onclick: seeAll }, t("All {count} in the list", { count: number(found.length) }))) : null,
    unknown ? el("p", { class: "hint" }, about, " ", el("button", { type: "button", class: "link", onclick: seeUnknown }, t("See them"))) : null,
  );
}
