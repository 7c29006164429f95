// What the page shows, in one small object that stands in the address:
// #level=district&indicator=lonely&year=2020&area=CODE&lang=nl

let state = null;
const listeners = [];

/** What the page can show: name -> {label: () => text, hidden}; the first is where it opens. See shows.js. */
const shows = new Map();

// What other files keep in the address. A piece is {keys, standard, wish(key, value, wish), mend(view, notices),
// write(view, words), opens}: the keys that it reads, their values at the start, how a key becomes a wish (left out: as
// it stands), how a wish is mended, what goes into the address (left out: every key that differs from the start), and
// the part of the page that its keys open, which the address then need not name.
const kept = [];

function keepInAddress(piece) {
  kept.push(piece);
}

/** Call `listener(state)` now and after every change. */
function watch(listener) {
  listeners.push(listener);
}

/** Change the view; it becomes a new step for the back button, unless it only mends the address. */
function go(changes, { replace = false } = {}) {
  const { view, notices } = mended({ ...state, ...changes }, !("indicator" in changes));
  const address = `#${hashOf(view)}`;
  if (address !== `#${hashOf(state)}`) writeAddress(address, replace);
  show(view, notices);
}

function show(view, notices) {
  state = view;
  language = view.lang;
  for (const listener of listeners) listener(state, notices);
}

function writeAddress(address, replace) {
  if (labkitFrame.framed) return; // in a notebook the address is a trait of the widget: see framed.js
  try {
    history[replace ? "replaceState" : "pushState"](null, "", address);
  } catch {
    location.hash = address; // some viewers of local files forbid the other way
  }
}

/** Show what the address says, as at opening, with the back button, or after someone typed it. */
function readAddress(address = location.hash) {
  const wish = wishOf(address);
  const { view, notices } = mended({ ...standard(), ...wish }, "year" in wish);
  show(view, notices);
}

const standard = () => ({
  ...{ show: shows.keys().next().value, ...data.start, area: null, lang: data.language, classes: "year" },
  ...Object.assign({}, ...kept.map((piece) => piece.standard)),
});

/** The changes that an address asks for. */
function wishOf(hash) {
  const wish = {};
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const piece = kept.find((one) => one.keys.includes(key));
    if (piece?.wish) piece.wish(key, value, wish);
    else if (piece || key === "show") wish[key] = value;
    else if (["level", "within", "indicator", "area", "lang", "classes"].includes(key)) wish[key] = value;
    else if (key === "year") wish.year = Number(value);
  }
  if (wish.level && !("within" in wish)) wish.within = null;
  // An area says on which level it lies, whatever else the address says.
  if (areas.has(wish.area)) wish.level = areas.get(wish.area).level;
  else if (wish.area && !wish.level) wish.level = data.start.level;
  return wish;
}

/** The address of a view; where no figures are shown, it says of them only what differs from the start. */
function hashOf(view) {
  const words = new URLSearchParams();
  const start = standard();
  const full = view.show === start.show;
  for (const piece of kept.filter((one) => one.opens === view.show)) piece.write(view, words);
  if (!full && ![...words].length) words.set("show", view.show);
  if (full || view.level !== start.level) words.set("level", view.level);
  if (view.within !== scopesOf(view.level)[0].within) words.set("within", view.within || "all");
  if (full || view.indicator !== start.indicator) words.set("indicator", view.indicator);
  if (full || view.year !== start.year) words.set("year", view.year);
  if (view.area) words.set("area", view.area);
  if (view.classes !== "year") words.set("classes", view.classes);
  for (const piece of kept.filter((one) => !one.opens)) {
    if (piece.write) piece.write(view, words);
    else for (const key of piece.keys) if (view[key] !== start[key] && view[key] !== null) words.set(key, view[key]);
  }
  if (view.lang !== data.language) words.set("lang", view.lang);
  return words.toString().replaceAll("%2C", ","); // a list of codes stays readable
}

/** The nearest view that exists, and in words what was asked but is not there; `yearAsked`: by the reader. */
function mended(wish, yearAsked) {
  const notices = [];
  const view = { ...wish, lang: ["en", "nl"].includes(wish.lang) ? wish.lang : data.language };
  language = view.lang;
  view.classes = wish.classes === "all" ? "all" : "year";
  if (!shows.has(view.show)) view.show = standard().show;
  mendArea(view, notices);
  mendScope(view, notices);
  mendIndicator(view, notices);
  mendYear(view, notices, yearAsked && view.indicator === wish.indicator);
  for (const piece of kept) piece.mend?.(view, notices);
  return { view, notices };
}

function mendArea(view, notices) {
  if (!view.area) view.area = null;
  else if (!areas.has(view.area)) {
    notices.push(t("This atlas has no area with the code {code}.", { code: view.area }));
    view.area = null;
  }
}

function mendScope(view, notices) {
  if (!scopesOf(view.level).length) {
    if (view.level) notices.push(t("This atlas has no map of the level {level}.", { level: view.level }));
    view.level = scopesOf(data.start.level).length ? data.start.level : scopes[0].level;
    view.within = null;
  }
  const own = scopesOf(view.level);
  const within = view.within === "all" ? "" : view.within;
  let scope = own.find((one) => one.within === within) ?? own[0];
  const area = view.area && areas.get(view.area);
  // A chosen area stays only where it can be seen.
  if (area && area.level !== view.level) view.area = null;
  else if (area && !scope.areas.includes(area)) scope = own.find((one) => one.areas.includes(area)) ?? scope;
  view.within = scope.within;
}

function mendIndicator(view, notices) {
  const scope = scopeOf(view);
  const wanted = indicators.get(view.indicator);
  if (wanted && yearsOf(wanted.id, scope).length) return;
  const others = data.indicators.filter((one) => yearsOf(one.id, scope).length);
  const chosen = others.sort((a, b) => distanceTo(wanted, a) - distanceTo(wanted, b))[0];
  if (wanted) {
    const has = [...levels.values()]
      .filter((level) => data.figures[wanted.id]?.[level.id])
      .map((level) => say(level.many));
    const words = { asked: say(wanted.label), level: say(levels.get(scope.level).many), shown: say(chosen.label) };
    const text = t("{asked}: no figures for {level} here, only for {levels}. You now see: {shown}.", {
      ...words,
      levels: has.join(", "),
    });
    notices.push(text);
  } else if (view.indicator) {
    notices.push(t("This atlas has no indicator called {name}.", { name: view.indicator }));
  }
  view.indicator = chosen.id;
}

/** How far an indicator is from the wanted one: its theme first, then what the atlas opens with, then any share. */
function distanceTo(wanted, one) {
  const count = one.kind === "count" ? 1 : 0;
  if (wanted && one.theme === wanted.theme) return count;
  return one.id === data.start.indicator ? 2 : 3 + count;
}

/** Keep the year if it is there; else the nearest one, the later of two. */
function mendYear(view, notices, tell) {
  const years = yearsOf(view.indicator, scopeOf(view));
  if (years.includes(view.year)) return;
  const distance = (year) => Math.abs(year - (view.year || Infinity));
  const asked = view.year;
  view.year = asked ? [...years].reverse().sort((a, b) => distance(a) - distance(b))[0] : years.at(-1);
  if (asked && tell)
    notices.push(t("No figures for {asked}; you now see {year}.", { asked, year: view.year }));
}

const scopeOf = (view) => scopes.find((one) => one.level === view.level && one.within === view.within);
