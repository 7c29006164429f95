// Writes projects as a list: title, themes by sign and word, years; a chosen one tells all that the map knows of it.
// labkitProjectList(records, spec, {chosen, onChoose, href, nameOf}) -> an <ol> of entries
//   chosen    id that stands open            onChoose(id)           href(id) -> address of its page, or nothing
//   nameOf(code) -> name of an area
globalThis.labkitProjectList = (() => {
  "use strict";
  const { element, isolate, fill } = labkitProjectFilters;
  const UNKNOWN = "unknown";

  function title(record) {
    const made = isolate(record.title);
    if (record.lang) made.lang = record.lang;
    return made;
  }

  function years(record, text) {
    if (!record.years) return text.year_unknown;
    const [first, last] = record.years;
    return first === last ? String(first) : `${first}–${last}`;
  }

  function head(record, spec) {
    const { labels, text } = spec;
    const signs = element("span", "lk-project-signs", ...record.themes.map((id) => labkitThemeSign(spec, id)));
    const words = record.themes.map((id) => labels.themes[id] || id).join(", ");
    return [signs, element("span", "lk-project-title", title(record)),
            element("span", "lk-project-facts", [words, years(record, text)].join(" · "))];
  }

  function fact(label, values) {
    const cell = element("dd");
    values.forEach((value, i) => cell.append(...(i ? [", "] : []), isolate(value)));
    return element("div", "", element("dt", "", label), cell);
  }

  function facts(record, { labels, text }, nameOf) {
    const named = (name) => record[name].length ? record[name].map((id) => labels[name][id] || id) : [text.not_stated];
    const place = record.group === "areas" ? record.areas.map(nameOf) : [labels.groups[record.group]];
    return element("dl", "lk-project-more",
      fact(text.place, [...place, ...(record.also || []).map((group) => labels.groups[group])]),
      fact(text.level, record.levels.map((id) => labels.levels[id] || id)),
      fact(text.institution, named("institutions")), fact(text.partner, named("partners")),
      fact(text.kind, [labels.kinds[record.kind] || UNKNOWN]), fact(text.status, [labels.status[record.status] || UNKNOWN]));
  }

  function entry(record, spec, options) {
    const open = record.id === options.chosen, address = options.href?.(record.id);
    const choose = element(address ? "a" : "button", "lk-project-choose", ...head(record, spec));
    if (address) choose.href = address;
    else {
      choose.type = "button";
      choose.setAttribute("aria-expanded", String(open));
    }
    choose.addEventListener("click", () => options.onChoose(record.id));
    const item = element("li", "lk-project", choose, ...(open && !address ? [facts(record, spec, options.nameOf)] : []));
    item.dataset.project = record.id;
    item.classList.toggle("is-chosen", open);
    return item;
  }

  // A list that can mark another entry as chosen, without being written anew.
  return (records, spec, options) => {
    const list = element("ol", "lk-project-list", ...records.map((record) => entry(record, spec, options)));
    list.setAttribute("role", "list"); // a list without numbers is one for every screen reader
    list.choose = (id) => {
      for (const item of [...list.children]) {
        const own = item.dataset.project;
        if (own !== id && !item.classList.contains("is-chosen")) continue;
        const focused = item.contains(document.activeElement);
        const made = entry(records.find((record) => record.id === own), spec, { ...options, chosen: id });
        item.replaceWith(made);
        if (focused) made.firstElementChild.focus({ preventScroll: true });
      }
    };
    return list;
  };
})();
