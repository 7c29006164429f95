// The controls above the map: which indicator, which year.

const MOST_UNGROUPED = 6; // with more indicators than this, the list has its themes as heads
const STEP = 1300; // milliseconds that a year is seen when the years are played

function startControls() {
  const box = byId("controls");
  if (page.spec.compare) box.append(modes());
  else if (page.layers.length > 1) {
    if (indicators().length > 1) box.append(indicatorChoice());
    box.append(yearChoice());
  }
  box.hidden = !box.children.length;
  watch((what) => what === "layer" && showSubtitle());
  showSubtitle();
}

/** The definition of what is shown, where a reader can choose between several. */
function showSubtitle() {
  const definitions = [...new Set(page.shown.map((one) => one.definition).filter(Boolean))];
  if (definitions.length && indicators().length > 1) byId("subtitle").textContent = definitions.join(" · ");
}

function indicatorChoice() {
  const option = (one) => el("option", { value: one.indicator }, one.label);
  const all = indicators();
  const themes = [...new Set(all.map((one) => one.theme))];
  const grouped = all.length > MOST_UNGROUPED && themes.length > 1;
  const choice = el(
    "select",
    { id: "labkit-indicator", onchange: (event) => showIndicator(event.target.value) },
    grouped
      ? themes.map((theme) => el("optgroup", { label: theme }, all.filter((one) => one.theme === theme).map(option)))
      : all.map(option),
  );
  const follow = () => (choice.value = page.shown[0].indicator);
  watch((what) => what === "layer" && follow());
  follow();
  return el("div", { class: "lk-choice lk-wide" }, el("label", { for: "labkit-indicator" }, page.spec.text.indicator), choice);
}

/** The years as a slider with a mark at each; an indicator with one year has its year as text. */
function yearChoice() {
  const { text } = page.spec;
  const box = el("div", { class: "lk-choice lk-years" });
  const slider = el("input", { type: "range", id: "labkit-year", min: 0, step: 1 });
  const marks = el("div", { class: "lk-marks", "aria-hidden": "true" });
  const only = el("output", { class: "lk-only-year" });
  const player = playButton(slider);
  slider.addEventListener("input", () => show(yearsOf(page.shown[0].indicator)[Number(slider.value)]));
  let drawnFor = null;
  const follow = () => {
    const [layer] = page.shown;
    const years = yearsOf(layer.indicator);
    const several = years.length > 1;
    if (drawnFor !== layer.indicator) {
      drawnFor = layer.indicator;
      slider.max = years.length - 1;
      box.style.setProperty("--lk-stops", years.length);
      marks.replaceChildren(...years.map((one) => el("span", { onclick: () => show(one) }, String(one.year))));
    }
    for (const part of [slider, marks, player]) if (part) part.hidden = !several;
    box.hidden = !layer.year; // coverage can be of all years
    only.hidden = several;
    only.textContent = String(layer.year ?? "");
    slider.value = years.indexOf(layer);
    slider.setAttribute("aria-valuetext", String(layer.year ?? ""));
    [...marks.children].forEach((mark, at) => mark.classList.toggle("is-shown", years[at] === layer));
  };
  watch((what) => what === "layer" && follow());
  box.append(
    el("label", { for: "labkit-year" }, text.year),
    el("div", { class: "lk-slider" }, player, el("div", { class: "lk-track" }, slider, marks), only),
  );
  follow();
  return box;
}

/** A button that shows one year after the other, once; not there for a reader who asked for little motion. */
function playButton(slider) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return null;
  const { text } = page.spec;
  let timer = null;
  const label = (playing) => {
    button.setAttribute("aria-label", playing ? text.stop : text.play);
    button.title = playing ? text.stop : text.play;
    button.classList.toggle("is-playing", playing);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    label(false);
  };
  const next = () => {
    const years = yearsOf(page.shown[0].indicator);
    const at = years.indexOf(page.shown[0]) + 1;
    if (at < years.length) show(years[at]);
    if (at >= years.length - 1) stop();
  };
  const button = el("button", {
    type: "button",
    class: "lk-play",
    onclick: () => {
      if (timer !== null) return stop();
      const years = yearsOf(page.shown[0].indicator);
      if (page.shown[0] === years.at(-1)) show(years[0]);
      label(true);
      timer = setInterval(next, STEP);
    },
  });
  label(false);
  slider.addEventListener("input", stop);
  return button;
}
