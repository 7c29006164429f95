// The parts of the page that take turns: figures, projects, coverage and so on. A part is an element of the template
// with data-show="name"; its own file calls addShow(name, label) and draws it when the view asks for it.

// A part that lies `under` another, such as the page of one area, has no button of its own.

function addShow(name, label, { under = null } = {}) {
  shows.set(name, { label, under });
}

addShow("figures", () => t("Figures"));

function startShows() {
  watch((view) => {
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
