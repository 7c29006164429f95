// Where the areas lie: a dot an area along the values, in the colour of its class on the map.

addPanel("distribution", () => t("Distribution"), drawDistribution);

function drawDistribution(view, width) {
  const scope = scopeOf(view);
  const indicator = indicators.get(view.indicator);
  const { figures, home, all } = stripOf(indicator, scope, view.year, null);
  if (!figures.length) return [el("p", {}, t("No area has a figure here.")), ...missingList(view)];
  const lead = el("p", { class: "panel-lead" }, distributionWords(indicator, scope, view, home));
  return [lead, swarm(view, { indicator, scope, figures, home, all }, width), ...missingList(view)];
}

function distributionWords(indicator, scope, view, home) {
  const words = [t("Each dot is one of the {areas}, in the colour of its class on the map.", { areas: scopeWords(scope) })];
  if (known(home) && !scope.areas.includes(home.area))
    words.push(t("The line is {area} as a whole.", { area: home.area.name }));
  return words.join(" ");
}

/** The dots over an axis; those of one value stand on each other. */
function swarm(view, { indicator, scope, figures, home, all }, width) {
  const radius = figures.length > 30 ? 5.5 : 7;
  const margin = 18;
  const [least, most] = [all[0].value, all.at(-1).value];
  const x = (value) => (most > least ? margin + ((width - 2 * margin) * (value - least)) / (most - least) : width / 2);
  const dots = stacked(figures, x, radius);
  const marked = markedAreas(view);
  const labels = inRows(swarmLabels(marked, figures, home, x), width);
  const top = 24 * labels.rows + 10;
  const room = radius * 2 + Math.max(...dots.map((dot) => dot.rise));
  const base = top + room + radius;
  const drawing = svg("svg", {
    ...{ class: "swarm", viewBox: `0 0 ${width} ${base + 48}`, width, height: base + 48, tabindex: 0 },
    ...{ role: "listbox", "data-focus": "swarm", "aria-label": stripWords(indicator, figures, null) },
  });
  drawing.append(...swarmAxis(view, { indicator, scope, least, most }, x, base, width));
  for (const label of labels.placed) drawing.append(...swarmLabel(label, top, base));
  dots.forEach((dot, at) => drawing.append(swarmDot(dot, at, { base, radius, marked, view })));
  swarmKeys(drawing);
  return drawing;
}

/** Each figure with its place: as low as it can lie without touching the ones before it. */
function stacked(figures, x, radius) {
  const placed = [];
  const apart = 2 * radius + 1;
  for (const figure of [...figures].sort((a, b) => a.value - b.value)) {
    const here = x(figure.value);
    const near = placed.filter((dot) => Math.abs(dot.x - here) < apart);
    let rise = 0;
    const rises = near.map((dot) => dot.rise + Math.sqrt(apart ** 2 - (dot.x - here) ** 2)).sort((a, b) => a - b);
    const free = (at) => near.every((dot) => (dot.x - here) ** 2 + (dot.rise - at) ** 2 >= apart ** 2 - 0.01);
    for (const one of [0, ...rises]) {
      rise = one;
      if (free(one)) break;
    }
    placed.push({ figure, x: here, rise });
  }
  return placed;
}

function swarmLabels(marked, figures, home, x) {
  const own = figures.filter((one) => marked.has(one.area.code)).map((one) => ({ figure: one, ...marked.get(one.area.code) }));
  const labels = own.map((one) => ({ ...one, x: x(one.figure.value), text: `${one.area.name} ${amount(one.figure, false)}` }));
  if (known(home) && !marked.has(home.area.code))
    labels.push({ figure: home, x: x(home.value), text: `${home.area.name} ${amount(home, false)}`, home: true });
  return labels.sort((a, b) => a.x - b.x);
}

/** Labels beside each other where they fit, else in a row above. */
function inRows(labels, width) {
  const ends = [];
  const placed = labels.map((label) => {
    const half = label.text.length * 3.7 + 4;
    const middle = Math.min(Math.max(label.x, half), width - half);
    let row = ends.findIndex((end) => end < middle - half);
    if (row < 0) row = ends.length;
    ends[row] = middle + half + 8;
    return { ...label, middle, row };
  });
  return { placed, rows: ends.length };
}

function swarmLabel({ x, middle, row, text, home, sign, figure }, top, base) {
  const y = top - 14 - 24 * row;
  const name = home ? "swarm-home" : `mark-${sign}`;
  const line = svg("line", { class: `swarm-line ${name}`, x1: x, x2: x, y1: y + 5, y2: home ? base : base - 4 });
  return [line, svg("text", { class: "swarm-label", x: middle, y, "text-anchor": "middle", "data-code": figure.area.code }, text)];
}

/** The classes as a coloured bar, and round values below it. */
function swarmAxis(view, { indicator, scope, least, most }, x, base, width) {
  const classes = classesOf(indicator.id, scope, view.year, view.classes === "all");
  const inside = classes.filter((one) => one.high >= least && one.low <= most);
  const bars = inside.map((one, at) => {
    // From half way to the class before it to half way to the next, so that the bar has no holes.
    const from = at ? (inside[at - 1].high + one.low) / 2 : Math.max(one.low, least);
    const to = at < inside.length - 1 ? (one.high + inside[at + 1].low) / 2 : Math.min(one.high, most);
    const [start, end] = [x(from) - (at ? 0 : 8), x(to) + (at < inside.length - 1 ? 0 : 8)];
    return svg("rect", { class: "swarm-class", x: start, y: base, width: Math.max(end - start, 2), height: 8, fill: one.colour });
  });
  const ticks = ticksOf(least, most, width / 110).map((value) => [
    svg("line", { class: "trend-axis", x1: x(value), x2: x(value), y1: base + 8, y2: base + 13 }),
    svg("text", { class: "trend-year", x: x(value), y: base + 27, "text-anchor": "middle" }, tickText(value)),
  ]);
  const unit = svg("text", { class: "trend-year", x: width - 2, y: base + 44, "text-anchor": "end" }, say(indicator.unit));
  return [...bars, ...ticks.flat(), unit];
}

function swarmDot({ figure, x, rise }, at, { base, radius, marked, view }) {
  const mark = marked.get(figure.area.code);
  const dot = svg("circle", {
    ...{ id: `dot-${at}`, role: "option", "aria-selected": String(figure.area.code === view.area) },
    ...{ class: mark ? `swarm-dot mark-${mark.sign}` : "swarm-dot", fill: colourOf(figure, view) },
    ...{ cx: x, cy: base - radius - 2 - rise, r: radius, "data-code": figure.area.code },
    "aria-label": `${figure.area.name}: ${amount(figure)}`,
    onclick: () => go({ area: figure.area.code === state.area ? null : figure.area.code }),
  });
  dot.append(svg("title", {}, `${figure.area.name}: ${amount(figure)}`));
  return dot;
}

/** Arrow keys go from dot to dot in the order of the values, Enter chooses. */
function swarmKeys(drawing) {
  const dots = [...drawing.querySelectorAll("circle")];
  let at = Math.max(0, dots.findIndex((dot) => dot.dataset.code === state.area));
  const move = (to) => {
    at = Math.min(Math.max(to, 0), dots.length - 1);
    drawing.setAttribute("aria-activedescendant", dots[at].id);
    for (const dot of dots) dot.classList.toggle("is-active", dot === dots[at]);
    light(dots[at].dataset.code);
    byId("said").textContent = dots[at].getAttribute("aria-label");
  };
  drawing.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: dots.length };
    if (event.key in steps) move(steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") dots[at].dispatchEvent(new MouseEvent("click"));
    else return;
    event.preventDefault();
  });
  drawing.addEventListener("blur", () => dots.forEach((dot) => dot.classList.remove("is-active")));
}
