// Fields in which one chooses: one of a list, several of a list, or yes, no and unknown.

const termsOf = (control) => form.vocabularies[control.vocabulary] ?? [];

/** The label of a value; a value that is in no list stays as it is. */
function labelOf(control, id) {
  const term = termsOf(control).find((one) => one.id === id);
  return term ? [/^\d+$/.test(id) ? id : "", said(term)].filter(Boolean).join(" ") : id;
}

function choiceField(control, path) {
  const id = idOf(path);
  const value = get(path) ?? "";
  const ids = termsOf(control).map((one) => one.id);
  if (value && !ids.includes(value)) ids.push(value); // an older value stays until another one is chosen
  const made = el(
    "select",
    { id, "aria-describedby": describedBy(id), onchange: () => put(path, made.value) },
    el("option", { value: "" }, say("choose")),
    ids.map((one) => el("option", { value: one }, labelOf(control, one))),
  );
  made.value = value;
  return field(control, path, made);
}

/** Radio buttons; `options` are {id, text}. An optional field can be emptied again. */
function radios(control, path, options, onPick = () => {}) {
  const id = idOf(path);
  const box = el("div", { class: "radios" });
  function show() {
    const value = get(path) ?? "";
    for (const one of box.querySelectorAll("input")) one.checked = one.value === value;
    empty.hidden = control.required || !value;
  }
  const inputs = options.map((option) => {
    const made = el("input", { type: "radio", name: id, value: option.id, "aria-describedby": describedBy(id) });
    made.addEventListener("change", () => {
      put(path, option.id);
      show();
      onPick(option.id);
    });
    return el("label", { class: "tick" }, made, el("span", {}, option.text));
  });
  const empty = el("button", {
    ...{ type: "button", class: "quiet", "aria-label": `${said(control.label)}: ${say("clear")}` },
    onclick: () => {
      put(path, "");
      show();
      onPick("");
      box.querySelector("input").focus();
    },
  }, say("clear"));
  box.append(...inputs, empty);
  show();
  return box;
}

function yesNoField(control, path) {
  const options = [["true", "yes"], ["false", "no"], ...(control.unknown ? [["unknown", "unknown"]] : [])];
  const content = radios(control, path, options.map(([id, name]) => ({ id, text: say(name) })));
  return field(control, path, content, { group: true });
}

/** Boxes to tick. Values stay in the order in which they were chosen; "unknown" goes with no other. */
function severalField(control, path) {
  const id = idOf(path);
  const order = el("ol", { class: "chips", "aria-label": say("order") });
  const known = termsOf(control).map((one) => one.id);
  const extra = (get(path) ?? []).filter((one) => !known.includes(one));
  const boxes = [...known, ...extra].map((one) => {
    const made = el("input", { type: "checkbox", value: one, "aria-describedby": describedBy(id) });
    made.addEventListener("change", () => {
      const held = (get(path) ?? []).filter((other) => other !== one && (one === "unknown" || other !== "unknown"));
      put(path, made.checked ? (one === "unknown" ? ["unknown"] : [...held, one]) : held);
      show();
    });
    return el("label", { class: "tick" }, made, el("span", {}, labelOf(control, one)));
  });
  const grid = el("div", { class: "boxes" }, boxes);

  function show() {
    const held = get(path) ?? [];
    for (const one of grid.querySelectorAll("input")) one.checked = held.includes(one.value);
    order.hidden = !control.ordered || held.length < 2;
    order.replaceChildren(...(control.ordered ? held.map(chip) : []));
  }

  function chip(one, place) {
    const name = labelOf(control, one);
    const first = el("button", {
      ...{ type: "button", class: "quiet", "aria-label": say("first_one", { name }) },
      onclick: () => {
        put(path, [one, ...get(path).filter((other) => other !== one)]);
        show();
        (order.querySelector("button") ?? grid.querySelector("input")).focus();
      },
    }, say("first"));
    return el("li", {}, el("span", { class: "place" }, String(place + 1)), name, place ? first : null);
  }

  show();
  return field(control, path, el("div", {}, grid, order), { group: true, wide: true });
}
