// The notebook's end of a labkit page: shows it in a frame of its own and keeps the shared traits in step.
// The page's end is frame.js. The frame has no access to the notebook: it may run its script, and no more.
// No library and no address: the same in JupyterLab, Notebook 7, VS Code and Voila, with or without a network.

const MAY = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals";

/** "dark" or "light" as JupyterLab, Notebook 7 and Voila say it, or VS Code; null where nobody says. */
function theme() {
  const { dataset, classList } = document.body;
  if (dataset.jpThemeLight !== undefined) return dataset.jpThemeLight === "false" ? "dark" : "light";
  const kind = dataset.vscodeThemeKind ?? [...classList].find((name) => name.startsWith("vscode-"));
  if (kind === undefined) return null;
  return kind.includes("light") ? "light" : "dark";
}

export default {
  render({ model, el }) {
    const shared = model.get("_shared");
    const frame = document.createElement("iframe");
    const fault = document.createElement("pre"); // what went wrong in Python after something was chosen here
    frame.setAttribute("sandbox", MAY);
    frame.setAttribute("allow", "clipboard-write");
    frame.title = model.get("_title");
    frame.style.cssText = `display: block; width: 100%; border: 0; height: ${model.get("_height")}`;
    fault.setAttribute("role", "alert");
    fault.style.cssText = "margin: 0; padding: 0.5rem 0.75rem; white-space: pre-wrap; color: #1b1f24; " +
      "background: #fdecee; border-left: 4px solid #c8102e; font-size: 0.8125rem; line-height: 1.4";
    const known = new Map(); // what the page knows, so that its own changes do not come back to it
    let shownTheme = null;

    function post(name, value) {
      frame.contentWindow?.postMessage({ labkit: name, value }, "*");
    }

    function toPage(name) {
      const value = model.get(name);
      const text = JSON.stringify(value);
      if (known.get(name) === text) return;
      known.set(name, text);
      post(name, value);
    }

    function fromPage(event) {
      if (event.source !== frame.contentWindow || typeof event.data?.labkit !== "string") return;
      const { labkit: name, value } = event.data;
      if (name === "ready") {
        // A frame that is moved in the document starts anew, so this may come more than once.
        known.clear();
        shownTheme = null;
        showTheme();
        for (const one of shared) toPage(one);
      } else if (name === "height" && Number(value) > 0) {
        frame.style.height = `${Math.ceil(Number(value))}px`;
      } else if (shared.includes(name)) {
        known.set(name, JSON.stringify(value));
        model.set(name, value);
        model.save_changes();
      }
    }

    function showTheme() {
      const now = theme();
      if (now === null || now === shownTheme) return;
      shownTheme = now;
      post("theme", now);
    }

    function load() {
      if (model.get("_page")) show(model.get("_page"));
      else model.send("page"); // one that is not kept in a saved notebook
    }

    function show(page) {
      const now = theme();
      // Said in the page itself too: a dark notebook would flash white until the page hears its theme.
      const said = now ? `data-framed data-theme="${now}"` : "data-framed";
      frame.srcdoc = page.replace("data-framed", said);
    }

    // The same page can be asked for twice, where a widget stands in two cells: it starts once.
    function hear(message) {
      if (typeof message?.page === "string" && !frame.srcdoc) show(message.page);
    }

    function showFault() {
      fault.textContent = model.get("_fault");
      fault.hidden = !fault.textContent;
      fault.style.display = fault.hidden ? "none" : "block";
    }

    const changes = new Map(shared.map((name) => [`change:${name}`, () => toPage(name)]));
    changes.set("change:_page", load).set("change:_fault", showFault);
    changes.set("msg:custom", hear);
    for (const [event, run] of changes) model.on(event, run);
    window.addEventListener("message", fromPage);
    const themes = new MutationObserver(showTheme);
    const attributeFilter = ["data-jp-theme-light", "data-vscode-theme-kind", "class"];
    themes.observe(document.body, { attributes: true, attributeFilter });
    load();
    showFault();
    el.append(frame, fault);
    return () => {
      window.removeEventListener("message", fromPage);
      themes.disconnect();
      for (const [event, run] of changes) model.off(event, run);
      frame.remove();
      fault.remove();
    };
  },
};
