// Fields that name other records: one, or several as a list of chips; found by searching titles.

const recordsOf = (kind) => form.records[kind] ?? [];
const PREFIX = { question: "q", offer: "of", project: "p", partner: "org", agreement: "ag", outcome: "out" };

function recordName(kind, id) {
  const found = recordsOf(kind).find((one) => one.id === id);
  return found ? said(found) || id : id;
}

/** What can be chosen: the records of a kind without those that are chosen already. */
function recordOptions(kind, taken = []) {
  return recordsOf(kind)
    .filter((one) => !taken.includes(one.id))
    .map((one) => ({ id: one.id, text: said(one) || one.id, more: one.more || one.id }));
}

/** An id that is in no record yet can be named too; the checks of the register say that it is missing. */
function newId(kind) {
  const form = new RegExp(`^${PREFIX[kind]}(-[a-z0-9]+)+$`);
  return (text) => (form.test(text) ? { id: text, text: say("use_id", { id: text }) } : null);
}

function referenceField(control, path) {
  const id = idOf(path);
  const box = el("div", {});
  function show(focus = false) {
    const value = get(path) ?? "";
    const known = recordsOf(control.kind).some((one) => one.id === value);
    const made = combobox({
      ...{ id, label: said(control.label), describedby: describedBy(id), other: newId(control.kind) },
      ...{ options: () => recordOptions(control.kind), keep: value ? recordName(control.kind, value) : "" },
      onChoose: (chosen) => {
        put(path, chosen);
        show(true);
      },
      onClear: () => put(path, ""),
    });
    const empty = value && el("button", {
      ...{ type: "button", class: "cross", title: say("clear") },
      "aria-label": say("remove_one", { name: recordName(control.kind, value) }),
      onclick: () => {
        put(path, "");
        show(true);
      },
    }, "\u00d7");
    const missing = value && !known ? el("p", { class: "help" }, say("not_there")) : null;
    box.replaceChildren(el("div", { class: "named" }, made, empty || ""), ...(missing ? [missing] : []));
    if (focus) box.querySelector("input").focus();
  }
  show();
  return field(control, path, box);
}

function referencesField(control, path) {
  const id = idOf(path);
  const box = el("div", {});
  function show(focus = false) {
    const held = get(path) ?? [];
    const made = combobox({
      ...{ id, label: said(control.label), describedby: describedBy(id), other: newId(control.kind) },
      options: () => recordOptions(control.kind, held),
      onChoose: (chosen) => {
        if (!held.includes(chosen)) put(path, [...held, chosen]);
        show(true);
      },
    });
    const input = made.querySelector("input");
    input.setAttribute("aria-label", say("add_to", { label: said(control.label) }));
    box.replaceChildren(chips(held.map((one) => [one, recordName(control.kind, one)]), (one) => {
      put(path, held.filter((other) => other !== one));
      show(true);
    }), made);
    if (focus) input.focus();
  }
  show();
  return field(control, path, box, { group: true, wide: true });
}

/** Chosen things in a row, each with a button to take it out. */
function chips(items, onRemove) {
  if (!items.length) return "";
  return el("ul", { class: "chips" }, items.map(([id, name]) =>
    el("li", {}, el("span", {}, name),
      el("button", {
        ...{ type: "button", class: "cross", "aria-label": say("remove_one", { name }), title: say("remove") },
        onclick: () => onRemove(id),
      }, "\u00d7"))));
}
