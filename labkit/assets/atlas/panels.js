// Below the map: the same selection seen in other ways. Each panel has a tab; which one is open stands in the address.
// A file adds its own with addPanel(name, label, draw); draw(view, box) fills an empty box.

const panels = new Map();

function addPanel(name, label, draw) {
  panels.set(name, { label, draw });
}

keepInAddress({
  keys: ["panel"],
  standard: { panel: "distribution" },
  mend: (view) => panels.has(view.panel) || (view.panel = standard().panel),
});

function startPanels() {
  watchFigures(showTabs);
  watchFigures((view) => {
    const { level, within, indicator, year, area, compare, classes, panel, lang } = view;
    const key = [level, within, indicator, year, area, compare, classes, panel, lang, panelWidth()];
    whenChanged("panel", key, () => drawPanel(view));
  });
  addEventListener("resize", () => state.show === "figures" && redrawPanel());
}

const panelWidth = () => byId("panel").clientWidth;

function redrawPanel() {
  drawn.delete("panel");
  drawPanel(state);
}

function drawPanel(view) {
  const box = byId("panel");
  const had = box.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  box.setAttribute("aria-labelledby", `tab-${view.panel}`);
  box.replaceChildren(...panels.get(view.panel).draw(view, Math.max(300, panelWidth())));
  if (had) box.querySelector(`[data-focus="${CSS.escape(had)}"]`)?.focus();
}

function showTabs(view) {
  whenChanged("tabs", view.lang, () => {
    const had = byId("tabs").contains(document.activeElement);
    byId("tabs").replaceChildren(...[...panels].map(([name, { label }]) => tab(name, label())));
    if (had) byId(`tab-${view.panel}`).focus();
  });
  for (const one of byId("tabs").children) {
    const chosen = one.dataset.panel === view.panel;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
  }
}

const tab = (name, label) =>
  el(
    "button",
    {
      ...{ type: "button", role: "tab", id: `tab-${name}`, "data-panel": name, "aria-controls": "panel" },
      onclick: () => go({ panel: name }),
      onkeydown: tabKeys,
    },
    label,
  );

/** Arrow keys move between the tabs and open them, as in the ARIA practices. */
function tabKeys(event) {
  const names = [...panels.keys()];
  const at = names.indexOf(event.target.dataset.panel);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const name = names[(to + names.length) % names.length];
  go({ panel: name });
  byId(`tab-${name}`).focus();
}

/** Areas without a figure, by reason: what a drawing cannot show stands below it. */
function missingList(view) {
  const reasons = new Map();
  for (const { area, figure } of rowsOf(view)) {
    if (known(figure)) continue;
    const why = remark(figure);
    reasons.set(why, [...(reasons.get(why) ?? []), { area, figure }]);
  }
  const lines = [...reasons].map(([why, rows]) => {
    const names = rows.flatMap(({ area }, at) => [at ? ", " : "", areaLink(area)]);
    const head = el("strong", {}, `${capital(why)} (${rows.length}): `);
    return el("p", { class: "missing" }, el("span", { class: "hatched", "aria-hidden": "true" }), head, ...names);
  });
  return lines.length ? [el("div", { class: "without" }, el("h3", {}, t("Without a figure")), ...lines)] : [];
}

/** The colour of a figure's class on the map; none where the map does not draw it. */
function colourOf(figure, view) {
  if (figure.redrawn) return "var(--lk-hatch)";
  const all = view.classes === "all";
  const scope = scopeOf(view);
  const rounded = Number(figure.value.toFixed(mapDecimals(indicators.get(figure.indicator), scope, figure.year, all)));
  const own = classesOf(figure.indicator, scope, figure.year, all).find((one) => rounded >= one.low && rounded <= one.high);
  return own?.colour ?? "var(--lk-hatch)";
}

/** The areas that stand out: those that are compared and the chosen one (0), each with its sign. */
function markedAreas(view) {
  const found = new Map(view.compare.map((code, at) => [code, { area: areas.get(code), sign: at + 1 }]));
  if (view.area && !found.has(view.area)) found.set(view.area, { area: areas.get(view.area), sign: 0 });
  return found;
}

/** Round numbers for an axis, about as many as there is room for. */
function ticksOf(least, most, about) {
  if (!(most > least)) return [least];
  const rough = (most - least) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const found = [];
  for (let at = Math.ceil(least / step - 1e-9) * step; at <= most + step * 1e-9; at += step) found.push(at);
  return found.map((value) => Number(value.toPrecision(12)));
}

const tickText = (value) => number(value, digitsOf(value));
