// Two maps that move together: side by side, or one over the other with a handle to swipe between them.

let mode = null;
let frame = null;
let handle = null;
let seen = 50; // how much of the left map is seen when swiping, in percent

/** Put a second map beside the first; both show the same part of the city. */
function startCompare() {
  frame = document.querySelector(".lk-map-frame");
  frame.classList.add("lk-compare");
  mode = page.spec.compare.mode;
  byId("credit").textContent = page.spec.compare.credit;
  const second = el("div", { class: "folium-map lk-second" });
  page.map.getContainer().after(second);
  page.shown.forEach((layer, at) => {
    const container = at ? second : page.map.getContainer();
    container.append(el("div", { class: `lk-side-name ${at ? "is-right" : "is-left"}` }, headOf(layer)));
  });
  handle = swipeHandle();
  second.after(handle);
  page.map._zoomAnimated = false; // Leaflet reads its option once; two maps would not animate in step
  const view = labkitAreas(second, { ...page.spec, layer: page.shown[1] }, { credit: null });
  view.map._zoomAnimated = false;
  page.views.push(view);
  together(page.map, view.map);
  together(view.map, page.map);
  page.views.forEach(keepTipInSight);
  setMode(mode);
}

/** Under the handle a map is cut off: what is told beside the pointer goes to the side where there is room for it. */
function keepTipInSight({ map }, at) {
  let tip = null;
  const aim = () => {
    if (!tip?.getElement()) return;
    const edge = (map.getSize().x * seen) / 100, x = map.latLngToContainerPoint(tip.getLatLng()).x;
    const room = at ? { left: x - edge, right: map.getSize().x - x } : { left: x, right: edge - x };
    const direction = mode !== "swipe" ? "auto" : room.left > room.right ? "left" : "right";
    if (direction === tip.options.direction) return;
    tip.options.direction = direction;
    tip.update();
  };
  map.on("tooltipopen", ({ tooltip }) => {
    tip = tooltip;
    aim();
  });
  map.on("mousemove", aim);
  map.on("tooltipclose", () => (tip = null));
}

let moving = false;

/** The other map follows this one. */
function together(one, other) {
  one.on("move zoomend", () => {
    if (moving) return;
    moving = true;
    other.setView(one.getCenter(), one.getZoom(), { animate: false });
    moving = false;
  });
}

function modes() {
  const { text } = page.spec;
  const choice = (value) =>
    el("label", {},
      el("input", { type: "radio", name: "labkit-mode", value, checked: value === page.spec.compare.mode, onchange: () => setMode(value) }),
      el("span", {}, text[value]));
  return el("fieldset", { class: "lk-choice" }, el("legend", {}, text.compare), el("div", { class: "lk-segments" }, choice("swipe"), choice("side")));
}

function setMode(value) {
  mode = value;
  frame.classList.toggle("lk-swipe", mode === "swipe");
  frame.classList.toggle("lk-side", mode === "side");
  handle.hidden = mode !== "swipe";
  setSeen(seen);
}

function setSeen(percent) {
  seen = Math.min(100, Math.max(0, percent));
  frame.style.setProperty("--seen", `${seen}%`);
  handle.setAttribute("aria-valuenow", String(Math.round(seen)));
  const [left, right] = page.shown.map(headOf);
  handle.setAttribute("aria-valuetext", `${left}: ${Math.round(seen)} %; ${right}: ${Math.round(100 - seen)} %`);
}

function swipeHandle() {
  const made = el("div", { class: "lk-handle", role: "slider", tabindex: "0", "aria-label": page.spec.text.swipe_handle,
                           "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal" });
  made.append(el("span", { class: "lk-knob", "aria-hidden": "true" }));
  const follow = (event) => {
    const { left, width } = frame.getBoundingClientRect();
    setSeen(((event.clientX - left) / width) * 100);
  };
  made.addEventListener("pointerdown", (event) => {
    made.setPointerCapture(event.pointerId);
    event.preventDefault();
    made.focus();
  });
  made.addEventListener("pointermove", (event) => made.hasPointerCapture(event.pointerId) && follow(event));
  made.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
    if (!(event.key in steps)) return;
    setSeen(seen + steps[event.key]);
    event.preventDefault();
  });
  return made;
}

/** The legend of two maps: one table with two columns of counts where the classes are the same, else two. */
function drawLegends() {
  const { text } = page.spec, [left, right] = page.shown;
  const limits = (layer) => JSON.stringify(layer.classes.map(({ high, colour }) => [high, colour]));
  const rows = page.views.map((view) => view.legendRows());
  const notes = (layer, other) => layer.notes.filter((note) => !other || !other.notes.includes(note));
  if (limits(left) === limits(right) && left.unit === right.unit) {
    const heads = { unit: left.unit, areas: indicatorsShown() > 1 ? [text.left, text.right] : [left.year, right.year].map(String) };
    byId("legend").replaceChildren(...labkitLegend(shownTitle(), heads, joined(rows), [...left.notes, ...notes(right, left)]));
    return;
  }
  [left, right].forEach((layer, at) => {
    const place = byId(at ? "legend-other" : "legend");
    const heads = { unit: layer.unit, areas: text.areas };
    const shown = rows[at].filter((row) => at === 1 || row.name !== "background");
    place.replaceChildren(...labkitLegend(titleOf(layer), heads, shown, at ? notes(layer, left) : layer.notes));
  });
}

/** The rows of two legends with the counts of both. */
function joined([left, right]) {
  const key = (row) => [row.name, row.label, row.reason ?? ""].join("|");
  const both = new Map();
  for (const [at, rows] of [left, right].entries()) {
    for (const row of rows) {
      const known = both.get(key(row)) ?? { ...row, count: row.count === undefined ? undefined : [0, 0] };
      if (known.count) known.count[at] = row.count;
      both.set(key(row), known);
    }
  }
  const place = (row) => (row.name === "background" ? Infinity : row.name === "none" ? 1000 : row.name);
  return [...both.values()].sort((a, b) => place(a) - place(b));
}
