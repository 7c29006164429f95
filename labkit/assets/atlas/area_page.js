// The page of one area, with an address of its own: #district=CODE, with the id of any level as key.

const pageKeys = [...levels.keys()];

addShow("area", () => t("Area"), { under: "figures" });

keepInAddress({
  keys: pageKeys,
  standard: { page: null },
  opens: "area",
  wish: (key, value, wish) => Object.assign(wish, { show: "area", page: value }, areas.has(value) ? {} : { level: key }),
  mend: mendPage,
  write: (view, words) => words.set(areas.get(view.page).level, view.page),
});

function mendPage(view, notices) {
  if (view.show !== "area") view.page = null;
  else if (!areas.has(view.page)) {
    notices.push(t("This atlas has no area with the code {code}.", { code: view.page ?? "" }));
    Object.assign(view, { show: standard().show, page: null });
  }
}

/** The changes that open the page of an area, or that show it on the map. */
const pageOf = (area) => ({ show: "area", page: area.code });

function showOnMap(area, changes = {}) {
  const scope = scopeFor(area);
  const own = scope.level === area.level;
  const within = scope.level === state.level && scopeOf(state).areas.includes(area) ? state.within : scope.within;
  go({ show: "figures", level: scope.level, within, area: own ? area.code : null, ...changes });
  scrollTo(0, 0);
}

function startAreaPage() {
  let before = null;
  watch((view) => {
    const arrived = before && (before.show !== "area" || before.page !== view.page);
    before = view;
    if (view.show !== "area") return;
    document.title = `${areas.get(view.page).name} · ${say(data.title)}`;
    whenChanged("area", [view.page, view.compare, view.lang], () => showAreaPage(areas.get(view.page)));
    if (!arrived) return;
    byId("area-name").focus({ preventScroll: true });
    scrollTo(0, 0);
  });
}

function showAreaPage(area) {
  const page = byId("area-page");
  const scope = homeScope(area);
  page.dataset.code = area.code;
  page.replaceChildren(
    areaHead(area, scope),
    el("div", { class: "area-top" }, areaWords(area), locator(area, scope)),
    ...data.themes.map((theme) => areaTheme(theme, area, scope)).filter(Boolean),
    ...projectsIn(area),
    areaSources(area),
  );
  page.querySelector(".area-top").after(areaContents(page));
}

/** The parts of a long page, each a step away. */
function areaContents(page) {
  const jump = (head) => () => {
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    head.scrollIntoView();
  };
  const name = (head) => head.firstChild.textContent; // without the count behind it
  const links = [...page.querySelectorAll("h3")].map((head) =>
    el("li", {}, el("button", { type: "button", class: "link", onclick: jump(head) }, name(head))),
  );
  return el("nav", { class: "area-contents", "aria-label": t("On this page") }, el("ul", {}, ...links));
}

/** The map on which an area stands among its like; an area without one stands alone. */
const homeScope = (area) =>
  scopesOf(area.level).find((scope) => scope.areas.includes(area)) ?? { index: -1, level: area.level, areas: [area] };

function areaHead(area, scope) {
  const trail = ancestors(area).flatMap((one) => [" · ", trailLink(one)]);
  const at = scope.areas.indexOf(area);
  const beside = [
    [scope.areas[at - 1], "←", "previous"],
    [scope.areas[at + 1], "→", "next"],
  ].filter(([other]) => other);
  const steps = beside.map(([other, arrow, name]) => {
    const words = name === "next" ? [other.name, " ", arrow] : [arrow, " ", other.name];
    const onclick = () => go(pageOf(other));
    return el("button", { type: "button", class: `link step-${name}`, onclick }, ...words);
  });
  return el(
    "header",
    { class: "area-head" },
    el("nav", { class: "area-steps", "aria-label": t("Other areas of this level") }, ...steps),
    el("p", { class: "trail" }, capital(say(levels.get(area.level).one)), ...trail),
    el("h2", { tabindex: -1, id: "area-name" }, area.name),
    el("p", { class: "actions" }, ...areaActions(area, scope)),
  );
}

const trailLink = (area) =>
  el("button", { type: "button", class: "link", onclick: () => go(pageOf(area)) }, area.name);

function areaActions(area) {
  const map = el("button", { type: "button", onclick: () => showOnMap(area) }, t("On the map"));
  const paper = el("button", { type: "button", onclick: () => print() }, t("Print"));
  return [scopeFor(area) && map, compareButton(area), labkitFrame.framed ? null : paper].filter(Boolean);
}

/** How large the area is, its other names, and how many of the atlas' indicators speak of it. */
function areaWords(area) {
  const size = latest(indicators.get(data.headline), area, null);
  const lines = [];
  if (size && known(size)) {
    const note = [size.year, remark(size)].filter(Boolean).join(", ");
    const big = el("p", { class: "big" }, number(size.value, size.decimals), el("span", { class: "unit" }, ` ${say(indicators.get(data.headline).unit)}`));
    lines.push(big, el("p", { class: "small" }, note));
  }
  const names = (data.aliases[area.code] ?? []).filter((name) => name !== area.name && name !== area.code);
  if (names.length) lines.push(el("p", {}, t("Also called: {names}.", { names: names.join(", ") })));
  const own = data.indicators.map((one) => latest(one, area, null)).filter(Boolean);
  const valued = own.filter(known).length;
  lines.push(el("p", {}, t("{known} of {all} indicators have a figure for this area.", { known: valued, all: data.indicators.length })));
  lines.push(
    el("p", { class: "hint" }, t("A strip shows where this area lies among the areas of its level; a line shows the years.")),
    el("p", { class: "hint" }, `${t("Code")}: ${area.code}`),
  );
  return el("div", { class: "area-words" }, ...lines);
}

/** A small map: where the area lies among its like. */
function locator(area, scope) {
  const all = scope.areas.filter((one) => levels.get(one.level).outlines.length);
  if (!all.length || !levels.get(area.level).outlines.length) return null;
  const shapes = all.map((one) => ({ one, rings: locatorRings(feature(one)) }));
  const corners = shapes.flatMap(({ rings }) => rings.flat());
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [west, east, south, north] = [extreme(xs, -1), extreme(xs, 1), extreme(ys, -1), extreme(ys, 1)];
  const flat = Math.cos(((south + north) / 2) * (Math.PI / 180)); // a degree of longitude is shorter than one of latitude
  const [width, tall] = [300, (300 * (north - south)) / ((east - west) * flat || 1)];
  const at = ([x, y]) => `${((width * (x - west)) / (east - west || 1)).toFixed(1)} ${((tall * (north - y)) / (north - south || 1)).toFixed(1)}`;
  const words = t("Where {area} lies", { area: area.name });
  const drawing = svg("svg", { class: "locator", viewBox: `-4 -4 ${width + 8} ${tall + 8}`, role: "img", "aria-label": words });
  const last = (a) => Number(a.one === area);
  for (const { one, rings } of shapes.sort((a, b) => last(a) - last(b))) {
    const path = rings.map((ring) => `M${ring.map(at).join("L")}Z`).join("");
    const shape = svg("path", { class: one === area ? "locator-own" : "locator-area", d: path, "fill-rule": "evenodd" });
    shape.append(svg("title", {}, one.name));
    drawing.append(shape);
  }
  return drawing;
}

const extreme = (values, sign) => values.reduce((a, b) => (sign * b > sign * a ? b : a));
const locatorRings = ({ geometry }) => (geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat());

function areaTheme(theme, area, scope) {
  const own = data.indicators.filter((one) => one.theme === theme.id && latest(one, area, null));
  if (!own.length) return null;
  const follow = (indicator, year) => showOnMap(area, { indicator, year });
  const rows = ordered(own).map((one) => row(one, area, scope, { year: null, indicator: null }, follow));
  return el("section", { class: "area-theme" }, el("h3", {}, say(theme.label)), el("ul", {}, ...rows));
}

/** Who published the figures of this page. */
function areaSources(area) {
  const figures = data.indicators.map((one) => latest(one, area, null)).filter(Boolean);
  return el("section", { class: "area-sources" }, el("h3", {}, t("Source")), ...sourcesIn(figures).map(sourceLine));
}
