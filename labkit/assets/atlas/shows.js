// The parts of the page that take turns: figures, projects, coverage and so on. A part is an element of the template
// with data-show="name"; its own file calls addShow(name, label) and draws it when the view asks for it.

function addShow(name, label) {
  shows.set(name, { label });
}

addShow("figures", () => t("Figures"));

function startShows() {
  watch((view) => {
    for (const part of document.querySelectorAll("[data-show]")) part.hidden = part.dataset.show !== view.show;
    const bar = document.querySelector("nav.shows");
    bar.hidden = shows.size < 2;
    whenChanged("shows", [[...shows.keys()], view.lang], () =>
      bar.replaceChildren(...[...shows].map(([name, { label }]) => showButton(name, label()))),
    );
    for (const button of bar.children) {
      if (button.dataset.goTo === view.show) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  });
}

const showButton = (name, label) =>
  el("button", { type: "button", "data-go-to": name, onclick: () => go({ show: name }) }, label);
