// Chooses projects: by theme, year, level, institution, partner, status and words. No map in here.
//
// labkitProjectFilters(place, spec, onChange) -> {element, filters, matches(record), set(filters), update(spec)}
//   place     element into which the controls go        spec   as in projects.js        onChange(filters)
//
// Filters are a small plain object that can be kept in an address; what is not chosen has no key:
//   {themes: [id], from: 2019, until: 2021, undated: true, levels: [id], institutions: [id], partners: [id],
//    status: [id], text: "words"}
// Of several values of one kind one must hold; of several kinds all must. "unknown" is a value like the others.
globalThis.labkitProjectFilters = (() => {
  "use strict";
  const LISTS = [["themes", "theme"], ["levels", "level"], ["institutions", "institution"], ["partners", "partner"],
                 ["status", "status"]];
  const UNKNOWN = "unknown";

  // --- what holds, without a page ---

  function valuesOf(record, name) {
    const values = Array.isArray(record[name]) ? record[name] : [record[name]].filter(Boolean);
    return values.length ? values : [UNKNOWN];
  }

  function plain(text) {
    return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function wordsHold(record, text, labels) {
    const names = [...record.institutions, ...record.partners].map((id) => labels.institutions[id] || labels.partners[id]);
    const said = plain([record.title, ...names].join(" "));
    return plain(text).split(/\s+/).every((word) => said.includes(word));
  }

  function yearsHold(record, { from, until, undated }) {
    if (from === undefined && until === undefined && !undated) return true;
    if (!record.years) return Boolean(undated);
    if (from === undefined && until === undefined) return false; // only those without a year are asked for
    return (until === undefined || record.years[0] <= until) && (from === undefined || record.years[1] >= from);
  }

  // Whether a record has what is chosen; `except` names a kind of choice that is left out, to count its values.
  function matches(filters, record, labels, except) {
    for (const [name] of LISTS) {
      if (name === except || !filters[name]) continue;
      if (!valuesOf(record, name).some((value) => filters[name].includes(value))) return false;
    }
    if (except !== "years" && !yearsHold(record, filters)) return false;
    return except === "text" || !filters.text || wordsHold(record, filters.text, labels);
  }

  // What is left of filters from anywhere: known values only, and no key without a choice.
  function tidy(filters, spec) {
    const kept = {};
    for (const [name] of LISTS) {
      const known = new Set(spec.records.flatMap((record) => valuesOf(record, name)));
      const values = [filters?.[name] ?? []].flat().map(String).filter((value) => known.has(value));
      if (values.length) kept[name] = [...new Set(values)];
    }
    for (const name of ["from", "until"]) {
      const year = parseInt(filters?.[name], 10);
      if (Number.isInteger(year)) kept[name] = year;
    }
    if (kept.from > kept.until) [kept.from, kept.until] = [kept.until, kept.from];
    if (filters?.undated && String(filters.undated) !== "false") kept.undated = true;
    const text = String(filters?.text ?? "").trim();
    if (text) kept.text = text;
    return kept;
  }

  // --- the controls ---

  class Filters {
    constructor(place, spec, onChange) {
      Object.assign(this, { place, onChange, filters: {}, facets: [] });
      this.update(spec);
    }

    update(spec) {
      this.spec = spec;
      this.filters = tidy(this.filters, spec);
      const { text } = spec;
      this.tag = `labkit-filter-${++made}`;
      this.facets = [];
      const words = this.wordsField();
      const lists = LISTS.slice(1).map(([name, word]) => this.part(word, name, () => [this.options(name, this.valuesOf(name))]));
      const parts = [this.themesPart(), this.yearsPart(), ...lists];
      this.chosen = element("span", "lk-filter-chosen");
      const open = this.element?.open;
      this.element = element("details", "lk-filters", element("summary", "", text.filter, " ", this.chosen),
                             element("div", "lk-filters-body", words, ...parts.filter(Boolean)));
      this.element.open = Boolean(open);
      this.place.replaceChildren(this.element);
      this.refresh();
    }

    matches(record) {
      return matches(this.filters, record, this.spec.labels);
    }

    set(filters, quiet = false) {
      this.filters = tidy(filters, this.spec);
      this.refresh();
      if (!quiet) this.onChange({ ...this.filters });
    }

    // Takes over one choice; a key without a value goes.
    change(changes) {
      this.set({ ...this.filters, ...changes });
    }

    get active() {
      return Object.keys(this.filters).filter((name) => name !== "until" || !("from" in this.filters)).length;
    }

    // Counts are what a choice would show, given the other kinds of choices.
    refresh() {
      const { text } = this.spec;
      for (const facet of this.facets) facet();
      this.chosen.textContent = this.active ? fill(text.chosen, { count: this.active }) : "";
      if (document.activeElement !== this.words) this.words.value = this.filters.text || "";
    }

    left(except) {
      return this.spec.records.filter((record) => matches(this.filters, record, this.spec.labels, except));
    }

    wordsField() {
      this.words = element("input");
      Object.assign(this.words, { type: "search", id: `${this.tag}-words`, autocomplete: "off", spellcheck: false });
      this.words.addEventListener("input", () => this.change({ text: this.words.value }));
      const label = element("label", "", this.spec.text.words);
      label.htmlFor = this.words.id;
      return element("div", "lk-filter-words", label, this.words);
    }

    // The values of a kind in the order of their labels, those that are not known last.
    valuesOf(name) {
      const used = new Set(this.spec.records.flatMap((record) => valuesOf(record, name)));
      const known = Object.keys(this.spec.labels[name]).filter((id) => used.has(id) && id !== UNKNOWN);
      return used.has(UNKNOWN) ? [...known, UNKNOWN] : known;
    }

    themesPart() {
      const { labels, signs, text } = this.spec;
      const values = this.valuesOf("themes");
      const sectors = [...new Set(values.map((id) => signs[id]?.sector || ""))];
      return this.part("theme", "themes", () => sectors.map((sector) => {
        const own = values.filter((id) => (signs[id]?.sector || "") === sector);
        const list = this.options("themes", own);
        list.setAttribute("role", "group");
        list.setAttribute("aria-label", labels.sectors[sector] || labels.themes[UNKNOWN] || text.not_stated);
        return element("div", sector ? "lk-filter-group" : "lk-filter-group is-apart", sector ? element("p", "lk-filter-sector", labels.sectors[sector]) : "", list);
      }));
    }

    // One kind of choice, folded; its summary says how many of its values are chosen.
    part(word, name, content) {
      const { text } = this.spec;
      if (!this.spec.records.length) return null;
      const chosen = element("span", "lk-filter-chosen");
      this.facets.push(() => {
        const count = name === "years" ? ["from", "until", "undated"].filter((key) => key in this.filters).length
                                       : (this.filters[name] || []).length;
        chosen.textContent = count ? fill(text.chosen, { count }) : "";
      });
      return element("details", "lk-filter", element("summary", "", text[word], " ", chosen),
                     element("div", "lk-filter-options", ...content()));
    }

    options(name, values) {
      const rows = values.map((value) => {
        const box = element("input"), count = element("span", "lk-filter-count");
        box.type = "checkbox";
        box.addEventListener("change", () => {
          const others = (this.filters[name] || []).filter((one) => one !== value);
          this.change({ [name]: box.checked ? [...others, value] : others });
        });
        const row = element("label", "lk-filter-row", box, this.sign(name, value), this.word(name, value), count);
        return { value, box, count, row };
      });
      this.facets.push(() => {
        const tally = new Map();
        for (const record of this.left(name)) {
          for (const value of valuesOf(record, name)) tally.set(value, (tally.get(value) || 0) + 1);
        }
        for (const { value, box, count, row } of rows) {
          box.checked = (this.filters[name] || []).includes(value);
          count.textContent = String(tally.get(value) || 0);
          row.classList.toggle("is-empty", !tally.get(value));
        }
      });
      return element("div", "lk-filter-list", ...rows.map(({ row }) => row));
    }

    sign(name, value) {
      return name === "themes" ? labkitThemeSign(this.spec, value) : "";
    }

    word(name, value) {
      const label = this.spec.labels[name][value];
      return label === undefined || ((name === "institutions" || name === "partners") && value === UNKNOWN)
        ? element("span", "", this.spec.text.not_stated) : isolate(label);
    }

    yearsPart() {
      const { records, text } = this.spec;
      const known = records.filter((record) => record.years).flatMap((record) => record.years);
      if (!known.length) return null;
      const first = Math.min(...known), last = Math.max(...known);
      const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      return this.part("year", "years", () => [
        element("div", "lk-filter-years", this.yearChoice("from", years), this.yearChoice("until", years)), this.undated(),
      ]);
    }

    yearChoice(name, years) {
      const { text } = this.spec;
      const select = element("select"), label = element("label", "", text[name]);
      label.htmlFor = select.id = `${this.tag}-${name}`;
      select.append(new Option(name === "from" ? text.first : text.last, ""));
      const options = years.map((year) => new Option(String(year), String(year)));
      select.append(...options);
      select.addEventListener("change", () => this.change({ [name]: select.value || undefined }));
      this.facets.push(() => {
        const left = this.left("years");
        years.forEach((year, i) => {
          const count = left.filter(({ years: own }) => own && own[0] <= year && own[1] >= year).length;
          options[i].textContent = `${year} (${count})`;
        });
        select.value = String(this.filters[name] ?? "");
      });
      return element("div", "", label, select);
    }

    undated() {
      const box = element("input"), count = element("span", "lk-filter-count");
      box.type = "checkbox";
      box.addEventListener("change", () => this.change({ undated: box.checked || undefined }));
      const row = element("label", "lk-filter-row", box, element("span", "", this.spec.text.year_unknown), count);
      this.facets.push(() => {
        box.checked = Boolean(this.filters.undated);
        count.textContent = String(this.left("years").filter((record) => !record.years).length);
      });
      return row;
    }
  }

  let made = 0;

  function element(tag, className = "", ...children) {
    const one = document.createElement(tag);
    if (className) one.className = className;
    one.append(...children.filter((child) => child !== "")); // strings go in as text, never as HTML
    return one;
  }

  function isolate(text) {
    const one = element("bdi", "", text);
    one.dir = "auto";
    return one;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  const start = (place, spec, onChange = () => {}) => new Filters(place, spec, onChange);
  return Object.assign(start, { matches, tidy, element, isolate, fill });
})();

// The sign of a theme: two letters on the colour of its sector. Its word always stands beside it.
globalThis.labkitThemeSign = (spec, theme) => {
  const { colour, letters = "?" } = spec.signs[theme] || {};
  const sign = labkitProjectFilters.element("span", "lk-sign", letters);
  sign.setAttribute("aria-hidden", "true");
  if (colour) sign.style.backgroundColor = colour;
  return sign;
};
