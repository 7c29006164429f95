// Links a page that stands in a notebook with Python: labkitFrame.tell(name, value) sets a trait of the widget,
// labkitFrame.hear(name, run) runs when Python has set it, and with each shared trait once the page has loaded.
// labkitFrame.fit(element) keeps the frame as tall as that element. Outside a notebook all three do nothing.
// The other end is widget.js; messages are {labkit: name, value}.
globalThis.labkitFrame = (() => {
  "use strict";
  const framed = document.documentElement.hasAttribute("data-framed");
  const listeners = new Map();

  function tell(name, value) {
    if (framed) window.parent.postMessage({ labkit: name, value }, "*"); // a sandboxed page has no origin to name
  }

  function hear(name, run) {
    listeners.set(name, [...(listeners.get(name) ?? []), run]);
  }

  function fit(element = document.body) {
    if (!framed) return;
    let told = 0;
    new ResizeObserver(() => {
      const height = Math.ceil(element.getBoundingClientRect().bottom + window.scrollY);
      if (height > 0 && height !== told) tell("height", (told = height));
    }).observe(element);
  }

  if (framed) {
    addEventListener("message", (event) => {
      if (event.source !== window.parent) return;
      for (const run of listeners.get(event.data?.labkit) ?? []) run(event.data.value);
    });
    // The notebook's theme counts, not that of the system around it.
    hear("theme", (theme) => (document.documentElement.dataset.theme = theme));
    addEventListener("load", () => tell("ready", true));
  }
  return { framed, tell, hear, fit };
})();
