// Projects on a map: a badge with their number in each area, their list when it is asked for, and a box for each group
// that is in no area of the map. Badges are of one size: their size tells nothing. Needs project_filters.js,
// project_list.js and project_places.js.
//
// labkitProjects(view, spec, options) -> {filter, getFilters, setFilters, update, choose, mark, remove, shown}
//   view      what labkitAreas gives, or null where there is no map
//   spec      {language, records, labels, signs, text, notes}; see labkit/maps/project_spec.py. A record is {id, title,
//             lang?, themes, years: [from, to] or null, levels, institutions, partners, status, kind, group, areas, also?}
//   options   box: element for the filters and boxes; list: element for the list of an area (over the map if left out);
//             filters: where to begin; onChoose(id or null); onFilter(filters); href(id): address of a project's page;
//             onOpen(code): true if it shows the list of an area itself; heading: 2; nameOf(code): name of an area
//
// Everything from data goes in as text, in an element of its own direction.
globalThis.labkitProjects = (() => {
  "use strict";
  const { element, isolate, fill } = labkitProjectFilters;
  const GROUPS = ["coarser", "city", "region", "outside", "elsewhere", "unknown"];
  const PREVIEW = 6; // titles in a tooltip
  let layers = 0;

  class ProjectLayer {
    constructor(view, spec, options) {
      Object.assign(this, { view, options, spec, chosen: null, opened: null, predicate: null, badges: [], lists: new Set() });
      this.tag = `labkit-projects-${++layers}`;
      this.nameOf = options.nameOf || ((code) => this.areaName(code));
      if (view) this.startMap();
      this.build();
      this.filters = labkitProjectFilters(this.filterPlace, spec, (filters) => {
        this.show();
        options.onFilter?.(filters);
      });
      if (options.filters) this.filters.set(options.filters, true);
      this.show();
    }

    // --- what a page calls ---

    // A function of a record, filters, or null for all.
    filter(what) {
      this.predicate = typeof what === "function" ? what : null;
      if (what && typeof what === "object") this.filters.set(what);
      else this.show();
      return this;
    }

    getFilters() {
      return { ...this.filters.filters };
    }

    setFilters(filters) {
      this.filters.set(filters || {});
      return this;
    }

    update(spec) {
      this.close();
      this.spec = spec;
      this.build();
      this.filters.place = this.filterPlace;
      this.filters.update(spec);
      this.show();
      return this;
    }

    choose(id) {
      this.mark(id);
      const record = this.spec.records.find((one) => one.id === this.chosen);
      if (record && !this.isListed(record)) this.reveal(record);
      return this;
    }

    // Shows which project is chosen, and opens no list.
    mark(id) {
      this.chosen = this.spec.records.some((record) => record.id === id) ? id : null;
      for (const list of this.lists) list.choose?.(this.chosen);
      this.markBadges();
      return this;
    }

    remove() {
      this.close();
      this.view?.map.off("zoomend viewreset resize", this.onMove);
      this.pane?.remove();
      this.marks?.remove();
      this.options.box?.replaceChildren();
    }

    get shown() {
      return this.records;
    }

    // --- the box beside the map ---

    build() {
      const { text, notes = [] } = this.spec, level = this.options.heading || 2;
      const head = element(`h${level}`, "lk-projects-head", text.projects);
      head.id = `${this.tag}-head`;
      this.count = element("p", "lk-projects-shown");
      this.count.setAttribute("role", "status");
      this.reset = element("button", "lk-projects-reset", text.reset);
      this.reset.type = "button";
      this.reset.addEventListener("click", () => {
        this.predicate = null;
        this.filters.set({});
        this.element.querySelector("summary").focus();
      });
      this.sum = element("p", "lk-note");
      this.filterPlace = element("div", "lk-projects-filters");
      this.boxes = element("div", "lk-projects-boxes");
      this.element = element("section", "lk-projects", head, element("div", "lk-projects-line", this.count, this.reset),
                             this.filterPlace, this.sum, this.boxes, ...notes.map((note) => element("p", "lk-note", note)));
      this.element.lang = this.spec.language;
      this.element.setAttribute("aria-labelledby", head.id);
      this.options.box?.replaceChildren(this.element);
    }

    show() {
      if (!this.filters) return;
      const { records, text } = this.spec;
      this.records = records.filter((record) => this.filters.matches(record) && (!this.predicate || this.predicate(record)));
      const values = { count: this.records.length, total: records.length };
      const all = values.count === values.total;
      this.count.textContent = !records.length ? text.empty
        : !values.count ? `${fill(text.shown, values)}. ${text.none}` : fill(text.shown, values);
      this.reset.hidden = all;
      const placed = this.records.filter((record) => record.group === "areas").length;
      this.sum.textContent = fill(text.sum, { count: placed, total: values.count - placed });
      this.sum.hidden = !values.count;
      this.sortOut();
      this.drawBoxes();
      this.drawBadges();
      if (this.opened) this.refreshPanel();
    }

    // Which projects are where: a project in several areas stands in each.
    sortOut() {
      this.byPlace = new Map();
      for (const record of this.records) {
        for (const place of record.group === "areas" ? record.areas : [record.group]) {
          if (!this.byPlace.has(place)) this.byPlace.set(place, []);
          this.byPlace.get(place).push(record);
        }
      }
    }

    drawBoxes() {
      const open = new Set([...this.boxes.querySelectorAll("details[open]")].map((box) => box.dataset.place));
      const { labels, text } = this.spec;
      for (const list of this.lists) if (this.boxes.contains(list)) this.lists.delete(list);
      const groups = Object.keys(labels.groups).length ? Object.keys(labels.groups) : GROUPS;
      const beside = groups.filter((group) => this.byPlace.has(group));
      const areas = [...this.byPlace.keys()].filter((place) => !groups.includes(place));
      areas.sort((a, b) => this.nameOf(a).localeCompare(this.nameOf(b), this.spec.language));
      const level = `h${(this.options.heading || 2) + 1}`;
      const part = (label, places, nameOf) => places.length
        ? [element(level, "lk-projects-part", label), ...places.map((place) => this.box(place, nameOf(place), open.has(place)))] : [];
      this.boxes.replaceChildren(...part(text.beside, beside, (group) => labels.groups[group]),
                                 ...part(text.on_map, areas, this.nameOf));
    }

    box(place, name, open) {
      const records = this.byPlace.get(place);
      const summary = element("summary", "", isolate(name), " ", element("span", "lk-projects-number", String(records.length)));
      const box = element("details", "lk-projects-box", summary);
      box.dataset.place = place;
      // Written when it is opened: a long list costs nothing while nobody reads it.
      box.addEventListener("toggle", () => {
        if (box.open && !box.querySelector("ol")) box.append(this.list(records));
      });
      if (open) box.append(this.list(records));
      box.open = open;
      return box;
    }

    list(records) {
      const { chosen, options, nameOf } = this;
      const list = labkitProjectList(records, this.spec, { chosen, nameOf, href: options.href, onChoose: (id) => this.toggle(id) });
      this.lists.add(list);
      return list;
    }

    toggle(id) {
      this.choose(id === this.chosen ? null : id);
      this.options.onChoose?.(this.chosen);
    }

    isListed(record) {
      return [...this.lists].some((list) => list.isConnected && list.querySelector(`[data-project="${CSS.escape(record.id)}"]`)
                                         && list.getClientRects().length);
    }

    // Opens the list in which a chosen project stands.
    reveal(record) {
      if (!this.records.includes(record)) this.setFilters({});
      if (record.group === "areas" && this.view) return this.open(record.areas[0], false);
      const place = record.group === "areas" ? record.areas[0] : record.group;
      const box = this.boxes.querySelector(`[data-place="${CSS.escape(place)}"]`);
      if (!box) return undefined;
      if (!box.querySelector("ol")) box.append(this.list(this.byPlace.get(place)));
      box.open = true;
      box.querySelector(".is-chosen")?.scrollIntoView({ block: "nearest" });
      return undefined;
    }

    areaName(code) {
      return this.view?.features?.[this.view.indexOf(code)]?.properties.name ?? this.spec.labels.areas?.[code] ?? code;
    }

    // --- badges on the map ---

    startMap() {
      const { map } = this.view;
      this.pane = map.createPane(`${this.tag}-badges`);
      this.pane.classList.add("lk-badges");
      this.pane.style.zIndex = 460;
      this.pane.setAttribute("role", "group");
      this.marks = L.layerGroup().addTo(map);
      let waiting = 0;
      this.onMove = () => {
        cancelAnimationFrame(waiting);
        waiting = requestAnimationFrame(() => this.drawBadges()); // after the names have found their places
      };
      map.on("zoomend viewreset resize", this.onMove);
      if (document.fonts?.status === "loading") document.fonts.ready.then(this.onMove);
    }

    drawBadges() {
      if (!this.view || !this.byPlace) return;
      const focused = this.badges.find(({ button }) => button === document.activeElement)?.code;
      this.marks.clearLayers();
      this.pane.setAttribute("aria-label", this.spec.text.on_map);
      const codes = this.view.features.map((feature) => feature.properties.code).filter((code) => this.byPlace.has(code));
      const width = 12 + 8 * Math.max(1, ...codes.map((code) => String(this.byPlace.get(code).length).length)), height = 24;
      const places = labkitBadgePlaces(this.view, codes.map((code) => this.view.indexOf(code)), Math.max(width, 28), height);
      this.badges = codes.map((code, i) => this.badge(code, places[i], Math.max(width, 28), height)).filter(Boolean);
      const front = Math.max(0, this.badges.findIndex(({ code }) => code === (focused ?? this.opened)));
      this.badges.forEach(({ button }, i) => (button.tabIndex = i === front ? 0 : -1));
      if (focused) this.badges.find(({ code }) => code === focused)?.button.focus({ preventScroll: true });
      this.markBadges();
    }

    badge(code, spot, width, height) {
      if (!spot) return null;
      const records = this.byPlace.get(code), { text } = this.spec;
      const button = element("button", "lk-badge", String(records.length));
      button.type = "button";
      button.dataset.code = code;
      button.setAttribute("aria-label", `${this.nameOf(code)}: ${this.said(records.length)}. ${text.list}`);
      button.setAttribute("aria-expanded", String(this.opened === code));
      const icon = L.divIcon({ className: "lk-badge-place", html: button, iconSize: [width, height] });
      const marker = L.marker(this.view.map.layerPointToLatLng(spot),
                              { icon, pane: `${this.tag}-badges`, interactive: false, keyboard: false }).addTo(this.marks);
      L.DomEvent.disableClickPropagation(button);
      button.addEventListener("click", () => {
        if (this.options.onOpen?.(code)) return;
        if (this.opened === code) this.close(true);
        else this.open(code, true);
      });
      button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.preview(code, marker));
      button.addEventListener("pointerleave", () => this.endPreview());
      button.addEventListener("focus", () => button.matches(":focus-visible") && this.preview(code, marker));
      button.addEventListener("blur", () => this.endPreview());
      button.addEventListener("keydown", (event) => this.pressed(event, code));
      return { code, button, marker };
    }

    said(count) {
      return count === 1 ? this.spec.text.one : fill(this.spec.text.many, { count });
    }

    markBadges() {
      const record = this.spec.records.find((one) => one.id === this.chosen);
      for (const { code, button } of this.badges) {
        button.classList.toggle("is-chosen", Boolean(record?.areas.includes(code)));
        button.setAttribute("aria-expanded", String(this.opened === code));
      }
    }

    pressed(event, code) {
      const at = this.badges.findIndex((one) => one.code === code), last = this.badges.length - 1;
      const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
      if (event.key === "Escape") {
        this.endPreview();
        this.close(true);
      } else if (next === undefined) return;
      else {
        const to = (next + last + 1) % (last + 1);
        this.badges.forEach(({ button }, i) => (button.tabIndex = i === to ? 0 : -1));
        const { button, marker } = this.badges[to];
        if (!this.view.map.getBounds().contains(marker.getLatLng())) this.view.map.panTo(marker.getLatLng(), { animate: false });
        button.focus();
      }
      event.preventDefault();
      event.stopPropagation();
    }

    // --- a list over the map ---

    preview(code, marker) {
      this.endPreview();
      if (this.opened === code) return;
      const records = this.byPlace.get(code), left = records.length - PREVIEW;
      const rows = records.slice(0, left === 1 ? PREVIEW + 1 : PREVIEW).map((record) => element("li", "",
        ...record.themes.slice(0, 1).map((id) => labkitThemeSign(this.spec, id)), isolate(record.title)));
      const box = element("div", "", element("strong", "", isolate(this.nameOf(code))), ` (${records.length})`,
                          element("ul", "lk-preview", ...rows));
      if (left > 1) box.append(element("p", "lk-preview-more", fill(this.spec.text.more, { count: left })));
      this.hint = L.tooltip({ className: "lk-tooltip", opacity: 1, offset: [12, 0] }).setLatLng(marker.getLatLng())
        .setContent(box).addTo(this.view.map);
    }

    endPreview() {
      this.hint?.remove();
      this.hint = null;
    }

    open(code, focus) {
      this.endPreview();
      this.close();
      this.opened = code;
      const { text } = this.spec, place = this.options.list || this.view.map.getContainer();
      this.panelHead = element("h3", "lk-panel-head");
      this.panelHead.id = `${this.tag}-panel`;
      this.panelHead.tabIndex = -1;
      const close = element("button", "lk-panel-close", text.close);
      close.type = "button";
      close.addEventListener("click", () => this.close(true));
      this.panel = element("div", this.options.list ? "lk-projects-panel" : "lk-projects-panel is-over",
                           element("div", "lk-panel-top", this.panelHead, close));
      this.panel.setAttribute("role", "region");
      this.panel.setAttribute("aria-labelledby", this.panelHead.id);
      this.panel.lang = this.spec.language;
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.close(true);
        event.stopPropagation(); // arrow keys scroll the list, and do not move the map
      });
      if (!this.options.list) {
        L.DomEvent.disableClickPropagation(this.panel);
        L.DomEvent.disableScrollPropagation(this.panel);
      }
      if (!this.options.list) this.panel.classList.toggle("is-left", this.isRight(code));
      place.append(this.panel);
      this.refreshPanel();
      this.markBadges();
      if (focus) this.panelHead.focus({ preventScroll: !this.options.list });
      this.panel.querySelector(".is-chosen")?.scrollIntoView({ block: "nearest" });
    }

    // Whether an area lies in the right half of the map: its list then opens at the left, and leaves it in sight.
    isRight(code) {
      const { marker } = this.badges.find((one) => one.code === code) || {};
      return Boolean(marker) && this.view.map.latLngToContainerPoint(marker.getLatLng()).x > this.view.map.getSize().x / 2;
    }

    refreshPanel() {
      const records = this.byPlace.get(this.opened);
      if (!records) return this.close();
      const old = this.panel.querySelector("ol");
      if (old) this.lists.delete(old);
      old?.remove();
      this.panelHead.replaceChildren(isolate(this.nameOf(this.opened)), ` · ${this.said(records.length)}`);
      this.panel.append(this.list(records));
      return undefined;
    }

    close(back = false) {
      if (!this.opened) return;
      const badge = this.badges.find(({ code }) => code === this.opened);
      for (const list of this.lists) if (this.panel.contains(list)) this.lists.delete(list);
      this.panel.remove();
      this.opened = null;
      this.markBadges();
      if (back) badge?.button.focus({ preventScroll: true });
    }
  }

  return (view, spec, options = {}) => new ProjectLayer(view, spec, options);
})();
