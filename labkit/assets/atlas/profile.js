// The profile of one area: the chosen indicator in full, then all others by theme.

const openThemes = new Set();

function startProfile() {
  watchFigures((view) => {
    const { level, within, indicator, year, area, compare, lang } = view;
    whenChanged("profile", [level, within, indicator, year, area, compare, lang], () => showProfile(view));
  });
}

function showProfile(view) {
  const scope = scopeOf(view);
  const area = areas.get(view.area ?? data.home);
  const indicator = indicators.get(view.indicator);
  const panel = byId("profile");
  const had = panel.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  panel.replaceChildren(
    profileHead(view, area, scope),
    card(indicator, area, scope, view.year),
    el("h3", { class: "themes-heading" }, t("{area} by theme", { area: area.name })),
    ...data.themes.map((theme) => themeBlock(theme, area, scope, view)).filter(Boolean),
    ...projectsIn(area),
  );
  if (drawn.has("said")) byId("said").textContent = t("Profile of {area}", { area: area.name });
  drawn.set("said", "");
  if (had) panel.querySelector(`[data-focus="${CSS.escape(had)}"]`)?.focus();
}

/** The projects in an area, from the register's part of the atlas (places.js), where there are any. */
function projectsIn(area) {
  const list = typeof projectsHere === "function" ? projectsHere(area) : null;
  return list ? [el("section", { class: "profile-projects" }, list)] : [];
}

function profileHead(view, area, scope) {
  const level = say(levels.get(area.level).one);
  const above = ancestors(area);
  const trail = above.map((one) => (scopesOf(one.level).length ? areaLink(one) : one.name));
  const line = el("p", { class: "trail" }, level, ...trail.flatMap((one) => [" · ", one]));
  const head = el("div", { class: "profile-head" }, el("h2", { id: "profile-name" }, area.name), line);
  const size = latest(indicators.get(data.headline), area, view.year);
  if (size && known(size)) {
    const note = [size.year, remark(size)].filter(Boolean).join(", ");
    head.append(el("p", { class: "size" }, `${amount(size)} (${note})`));
  }
  const open = { type: "button", class: "small-button", "data-focus": "page", onclick: () => go(pageOf(area)) };
  head.append(el("p", { class: "profile-actions" }, el("button", open, t("Page of this area")), compareButton(area)));
  if (view.area) {
    const close = el(
      "button",
      { type: "button", class: "close", onclick: () => closeProfile(), "aria-label": t("Close this profile") },
      "×",
    );
    head.append(close);
  } else {
    const many = say(levels.get(scope.level).many);
    head.append(
      el(
        "p",
        { class: "hint" },
        t("Choose one of the {areas} on the map, in the table or with the search box.", { areas: many }),
      ),
    );
  }
  return head;
}

function closeProfile() {
  go({ area: null });
  byId("profile").querySelector("h2").setAttribute("tabindex", "-1");
  byId("profile").querySelector("h2").focus();
}

const areaLink = (area) =>
  el("button", { type: "button", class: "link", "data-focus": area.code, onclick: () => goToArea(area) }, area.name);

/** The figure of the year that is shown, else the last one before or after it; null if there is none at all. */
function latest(indicator, area, year) {
  if (!indicator) return null;
  const years = Object.keys(data.figures[indicator.id]?.[area.level]?.y ?? {})
    .map(Number)
    .reverse();
  const figures = years.map((one) => figureOf(indicator.id, area, one)).filter(Boolean);
  const now = figures.find((figure) => figure.year === year);
  return (known(now) && now) || figures.find(known) || now || figures[0] || null;
}

/** The chosen indicator for this area: value, place, strip, what it is compared with, and the years. */
function card(indicator, area, scope, year) {
  const figure = figureOf(indicator.id, area, year);
  const box = el("section", { class: "card", "aria-label": say(indicator.label) });
  box.append(el("h3", { class: "card-title" }, `${say(indicator.label)}, ${year}`));
  if (known(figure)) {
    box.append(
      el(
        "p",
        { class: "big" },
        number(figure.value, figure.decimals),
        el("span", { class: "unit" }, ` ${say(indicator.unit)}`),
      ),
    );
    box.append(...cardWords(indicator, figure, scope));
  } else {
    box.append(missing(figure));
  }
  const drawing = strip(indicator, scope, year, area);
  if (drawing) box.append(drawing, stripLegend(indicator, scope, year, area));
  const others = comparisons(indicator, area, year);
  if (others) box.append(others);
  const line = trend(indicator, area);
  if (line) box.append(el("h4", {}, t("Over the years")), line, ...breakNotes(indicator, area));
  return box;
}

function missing(figure, full = true) {
  const swatch = el("span", { class: "hatched", "aria-hidden": "true" });
  return el(
    "p",
    { class: "missing" },
    swatch,
    el("strong", {}, capital(remark(figure))),
    full ? `. ${reason(figure)}` : "",
  );
}

/** An area's place; none for a class, which is no amount that one has more of. */
const rankOf = (indicator, scope, figure) =>
  indicator.kind === "index" ? null : placesOf(indicator.id, scope, figure.year).get(figure.area.code);

function cardWords(indicator, figure, scope) {
  const words = [];
  const rank = rankOf(indicator, scope, figure);
  if (indicator.kind === "index") words.push(el("p", { class: "small" }, say(indicator.definition)));
  if (placeWords(rank))
    words.push(
      el(
        "p",
        {},
        capital(
          isClear(rank) ? t("{place}, counted from the highest value", { place: placeWords(rank) }) : placeWords(rank),
        ),
      ),
    );
  const compared = indicator.kind === "index" ? "" : versus(figure);
  if (compared) words.push(el("p", { class: "versus" }, capital(compared)));
  const said = remark(figure);
  if (isBanded(figure)) {
    const ends = { low: number(figure.low, figure.decimals), high: number(figure.high, figure.decimals) };
    const margin = t("read as {low} to {high}", ends);
    words.push(
      el("div", { class: "small" }, said ? `${capital(said)}: ${margin}. ` : `${capital(margin)}. `, bandNote(figure)),
    );
  } else if (said) {
    words.push(el("p", { class: "small" }, `${capital(said)}. ${reason(figure)}`));
  }
  if (figure.redrawn)
    words.push(
      el(
        "p",
        { class: "missing" },
        el("span", { class: "hatched" }),
        t("The border of this area changed: this figure is not drawn on the map."),
      ),
    );
  return words;
}

/** The package's own words on the margin of a status, folded away because they are long. */
function bandNote(figure) {
  const step = 2 * Math.max(figure.high - figure.value, figure.value - figure.low);
  const steps = () => t("The source gives this figure in steps of {step}.", { step: number(step, digitsOf(step)) });
  const note = say(data.bands[figure.status]) || (figure.status === "observed" ? steps() : reason(figure));
  return note ? el("details", { class: "why" }, el("summary", {}, t("Why")), note) : null;
}

/** How many decimals a number needs to be written out. */
const digitsOf = (value) => String(Number(value.toFixed(6))).split(".")[1]?.length ?? 0;

/** The ends of a strip, and what its signs are. */
function stripLegend(indicator, scope, year, area) {
  const { figures, least, most } = stripOf(indicator, scope, year, area);
  if (!figures.length) return "";
  const home = areas.get(data.home);
  const key = (sign, text) =>
    el("span", { class: "strip-key" }, el("span", { class: sign, "aria-hidden": "true" }), text);
  const many = areasWord(scope.level, figures.length);
  const keys = [key("dot", t("{count} {areas}", { count: figures.length, areas: many }))];
  if (area !== home && indicator.kind !== "count" && known(figureOf(indicator.id, home, year)))
    keys.push(key("tick", home.name));
  const end = (figure) => el("span", {}, amount(figure, say(indicator.unit) === "%"));
  return el(
    "p",
    { class: "strip-ends" },
    end(least),
    el("span", { class: "strip-keys" }, keys),
    end(most),
  );
}

/** The same figure for the areas that this one lies in, and for the home area. */
function comparisons(indicator, area, year) {
  if (indicator.kind === "count") return null;
  const others = ancestors(area);
  const home = areas.get(data.home);
  if (area !== home && !others.includes(home)) others.push(home);
  const rows = others.map((one) => figureOf(indicator.id, one, year)).filter(known);
  if (!rows.length) return null;
  const pairs = rows.map((figure) => [
    el("dt", {}, figure.area.name, el("span", { class: "hint" }, ` ${say(levels.get(figure.area.level).one)}`)),
    el("dd", {}, toldAmount(figure)),
  ]);
  return el("dl", { class: "compare" }, pairs.flat());
}

function breakNotes(indicator, area) {
  const { breaks } = pieces(indicator, area);
  return breaks.map((one) =>
    el("p", { class: "small break-note" }, el("span", { class: "break-sign", "aria-hidden": "true" }), say(one.note)),
  );
}

/** One theme; its rows are drawn when it is opened. */
function themeBlock(theme, area, scope, view) {
  const own = data.indicators.filter((one) => one.theme === theme.id && latest(one, area, view.year));
  if (!own.length) return null;
  const chosen = Boolean(view.area) && indicators.get(view.indicator).theme === theme.id;
  const block = el("details", { class: "theme", open: chosen || openThemes.has(theme.id) });
  const summary = el(
    "summary",
    { "data-focus": `theme-${theme.id}` },
    say(theme.label),
    el("span", { class: "hint" }, ` ${own.length}`),
  );
  block.append(summary);
  const fill = () =>
    block.children.length > 1 ||
    block.append(
      el(
        "ul",
        {},
        ordered(own).map((one) => row(one, area, scope, view)),
      ),
    );
  if (block.open) fill();
  block.addEventListener("toggle", () => {
    if (block.open) fill();
    if (!chosen) openThemes[block.open ? "add" : "delete"](theme.id);
  });
  return block;
}

/** One indicator of an area; its name leads to it with `follow(id, year)`. */
function row(indicator, area, scope, view, follow = (id) => goToIndicator(id)) {
  const figure = latest(indicator, area, view.year);
  const name = el(
    "button",
    {
      type: "button",
      class: "link",
      "data-focus": indicator.id,
      onclick: () => follow(indicator.id, figure.year),
      "aria-current": indicator.id === view.indicator && "true",
    },
    say(indicator.label),
  );
  const year = figure.year === view.year ? null : el("span", { class: "hint" }, String(figure.year));
  if (!known(figure)) return el("li", {}, el("p", { class: "row-head" }, name, year), missing(figure, false));
  const head = el("p", { class: "row-head" }, name, el("span", { class: "value" }, amountParts(figure)));
  const home = figureOf(indicator.id, areas.get(data.home), figure.year);
  const rank = rankOf(indicator, scope, figure);
  const words = [
    figure.year === view.year ? "" : String(figure.year),
    remark(figure),
    known(home) && home.area !== area && indicator.kind !== "count"
      ? `${home.area.name} ${toldAmount(home)}`
      : "",
    placeWords(rank),
  ].filter(Boolean);
  const drawing = el(
    "div",
    { class: "row-marks" },
    strip(indicator, scope, figure.year, area) ?? el("span"),
    spark(indicator, area),
  );
  return el("li", {}, head, drawing, words.length ? el("p", { class: "row-words" }, words.join(" · ")) : null);
}
