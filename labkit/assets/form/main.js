// Puts the page together, and draws it again in the other language; what was typed stays.

const LANGUAGES = { nl: "Nederlands", en: "English" };

function showTitle() {
  const title = say(python.new ? "new" : "change", { kind: said(form.label) });
  document.getElementById("title").textContent = title;
  document.title = title;
}

function showLanguages() {
  const place = document.getElementById("languages");
  place.setAttribute("aria-label", say("language"));
  place.replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
    el("button", {
      ...{ type: "button", lang: code, "aria-pressed": String(code === language) },
      onclick: () => {
        language = code;
        draw();
        send("check");
        place.querySelector(`[lang="${code}"]`).focus();
      },
    }, name)));
}

/** The bar below: how far the form is, when the draft was kept, and the button that saves. */
function showBar() {
  const bar = document.getElementById("bar");
  if (bar.dataset.language !== language) {
    bar.dataset.language = language;
    bar.replaceChildren(
      el("div", { id: "silence", role: "alert" }),
      el("div", { id: "progress" }, el("span", {}), el("span", { class: "line", "aria-hidden": "true" })),
      el("span", { id: "kept" }),
      el("button", { type: "button", id: "save", class: "button strong", onclick: () => ask("save") }, say("save")));
  }
  document.getElementById("kept").textContent = python.kept ? say("kept", { time: python.kept }) : "";
  showCounts();
}

function busy(now) {
  const save = document.getElementById("save");
  save.setAttribute("aria-disabled", String(now));
  save.textContent = say(now ? "saving" : "save");
}

function draw() {
  document.documentElement.lang = language;
  showTitle();
  showLanguages();
  showNotices();
  drawForm();
  showBar();
  showId();
  showRemarks();
}

// Leaving a field that must be filled and is not may be said; a field that was never visited stays quiet.
document.getElementById("form").addEventListener("focusout", (event) => {
  const own = event.target.closest("[data-paths]");
  if (!own || own.contains(event.relatedTarget)) return;
  for (const path of JSON.parse(own.dataset.paths)) touched.add(path);
  showRemarks();
});
document.getElementById("form").addEventListener("submit", (event) => event.preventDefault());
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    ask("save");
  }
});

draw();
