// What folium's own elements ask of jQuery and of its marker icons, without fetching either:
// popups, and markers as a pin in the colour that was asked for.
(() => {
  "use strict";
  const COLOURS = { lightred: "#ff8e7f", darkpurple: "#5b396b" }; // folium's names that CSS does not know
  const PIN = "M12.5 1C6 1 1 6 1 12.4 1 20 12.5 39 12.5 39S24 20 24 12.4C24 6 19 1 12.5 1z";

  function pin(name) {
    const colour = COLOURS[name] || (CSS.supports("color", name) ? name : "#2a81cb");
    const box = document.createElement("div");
    box.innerHTML = `<svg width="25" height="40" viewBox="0 0 25 40"><path d="${PIN}" stroke="#fff" stroke-width="1.5"/>
      <circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>`;
    box.querySelector("path").setAttribute("fill", colour);
    // As text: a node can stand in one place only, and many markers share an icon.
    return L.divIcon({ className: "lk-pin", html: box.innerHTML, iconSize: [25, 40], iconAnchor: [12, 39],
                       popupAnchor: [1, -34], tooltipAnchor: [12, -24] });
  }

  L.Marker.mergeOptions({ icon: pin("#2a81cb") });
  L.AwesomeMarkers = { icon: (options) => pin(options.markerColor) };
  globalThis.$ = globalThis.$ || ((what) => {
    if (what === document) return { ready: (run) => run() };
    const box = document.createElement("template");
    box.innerHTML = what.trim();
    return [box.content.firstElementChild];
  });
})();
