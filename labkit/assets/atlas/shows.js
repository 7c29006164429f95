// The parts of the page that take turns: figures, projects, coverage and so on. A part is an element of the template
// with data-show="name"; its own file calls addShow(name, label) and draws it when the view asks for it.

// A part that lies `under` another, such as the page of one area, has no button of its own.

function addShow(name, label, { under = null } = {}) {
  shows.set(name, { label, under });
}

addShow("figures", () => t("Figures"));

/** Call `listener` only while figures are shown: what is hidden is drawn when it is opened. */
const watchFigures = (listener) =>
  watch((view, notices) => {
    if (view.show === "figures") listener(view, notices);
  });

/** Past the controls: to the table, which is the map in words, or to what another part begins with. */
function skipControls(event) {
  event.preventDefault(); // the address holds the view, so it cannot hold a place on the page
  const part = document.querySelector(`[data-show="${state.show}"]`);
  const target = state.show === "figures" ? byId("table") : (part.querySelector("h2[tabindex]") ?? part);
  target.focus();
  target.scrollIntoView();
}

/** The back button hides what had the focus: it goes to the link of the record that was left, or to the heading. */
function focusBack(left) {
  if (left.show === state.show) return;
  const part = document.querySelector(`[data-show="${state.show}"]`);
  const record = records.get(left.record);
  const link = record && part.querySelector(`a[href="${CSS.escape(addressOfRecord(record))}"]`);
  (link ?? part.querySelector("h2[tabindex]"))?.focus({ preventScroll: true });
}

function startShows() {
  let before = null;
  const skip = document.querySelector(".skip");
  skip.addEventListener("click", skipControls);
  watch((view) => {
    const opened = shows.get(view.show);
    if (before && before !== view.show && !opened.under) byId("said").textContent = opened.label();
    before = view.show;
    skip.textContent = view.show === "figures" ? t("Go to the table") : t("Go to the content");
    for (const part of document.querySelectorAll("[data-show]")) part.hidden = part.dataset.show !== view.show;
    const bar = document.querySelector("nav.shows");
    const named = [...shows].filter(([, one]) => !one.under);
    bar.hidden = named.length < 2;
    whenChanged("shows", [named.map(([name]) => name), view.lang], () =>
      bar.replaceChildren(...named.map(([name, { label }]) => showButton(name, label()))),
    );
    const current = shows.get(view.show).under ?? view.show;
    for (const button of bar.children) {
      if (button.dataset.goTo === current) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  });
}

const showButton = (name, label) =>
  el("button", { type: "button", "data-go-to": name, onclick: () => go({ show: name }) }, label);
