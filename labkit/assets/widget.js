// The notebook's end of a labkit page: shows it in a frame of its own and keeps the shared traits in step.
// The page's end is frame.js. The frame has no access to the notebook: it may run its script, and no more.
export default {
  render({ model, el }) {
    const shared = model.get("_shared");
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-downloads allow-modals");
    frame.setAttribute("allow", "clipboard-write");
    frame.title = model.get("_title");
    frame.style.cssText = `display: block; width: 100%; border: 0; height: ${model.get("_height")}`;
    const known = new Map(); // what the page knows, so that its own changes do not come back to it

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
        known.clear();
        const light = document.body.dataset.jpThemeLight;
        if (light !== undefined) post("theme", light === "false" ? "dark" : "light");
        for (const one of shared) toPage(one);
      } else if (name === "height") {
        frame.style.height = `${Math.ceil(Number(value))}px`;
      } else if (shared.includes(name)) {
        known.set(name, JSON.stringify(value));
        model.set(name, value);
        model.save_changes();
      }
    }

    const changes = shared.map((name) => [`change:${name}`, () => toPage(name)]);
    const reload = () => (frame.srcdoc = model.get("_page"));
    for (const [event, run] of changes) model.on(event, run);
    model.on("change:_page", reload);
    window.addEventListener("message", fromPage);
    reload();
    el.append(frame);
    return () => {
      window.removeEventListener("message", fromPage);
      for (const [event, run] of changes) model.off(event, run);
      model.off("change:_page", reload);
    };
  },
};
