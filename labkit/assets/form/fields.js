// Fields with one thing in them: a line, a text, both languages of a text, a date, a number. Each maker takes the control's
// description and its path, and returns an element with class "field" and data-path; remarks are put beside it.

/** The frame of a field: label or legend, help, the control itself, and a place for what is said of it. */
function field(control, path, content, { group = false, paths = null, wide = false } = {}) {
  const id = idOf(path);
  const heading = [said(control.label), control.required ? el("span", { class: "must" }, say("required")) : null];
  const parts = [
    group ? el("legend", {}, heading) : el("label", { for: id }, heading),
    el("p", { class: "help", id: `${id}-help` }, said(control.help) || null),
    content,
    el("div", { class: "remarks", id: `${id}-remarks` }),
  ];
  const shown = JSON.stringify((paths ?? [path]).map(shownPath));
  return el(group ? "fieldset" : "div", { class: `field ${wide ? "wide" : ""}`, "data-paths": shown, "data-id": id }, parts);
}

const describedBy = (id) => `${id}-help ${id}-remarks`;

function line(path, attributes = {}, tag = "input") {
  const id = attributes.id ?? idOf(path);
  const made = el(tag, {
    ...{ id, "aria-describedby": describedBy(id), maxlength: 20000, spellcheck: tag === "textarea" ? "true" : "false" },
    ...(tag === "input" ? { type: "text" } : { rows: 4 }),
    ...attributes,
    oninput: () => put(path, made.value),
  });
  made.value = get(path) ?? "";
  return made;
}

const textField = (control, path) => field(control, path, line(path));
const longField = (control, path) => field(control, path, line(path, {}, "textarea"), { wide: true });

function urlField(control, path) {
  const help = { ...control, help: filled(said(control.help)) ? control.help : both("url_help") };
  return field(help, path, line(path, { inputmode: "url", autocapitalize: "off" }));
}

/** A text of the page as a pair, for where a control has no help of its own. */
const both = (name) => ({ nl: data.texts.nl[name], en: data.texts.en[name] });

/** Both languages of a text, side by side. */
function pairField(control, path) {
  const base = idOf(path);
  const halves = ["nl", "en"].map((one) => {
    const own = twin(path, one);
    const id = idOf(own);
    const describedby = { "aria-describedby": describedBy(base) };
    const made = line(own, { id, lang: one, ...describedby }, control.long ? "textarea" : "input");
    return el("div", {}, el("label", { for: id, class: "sub" }, say(one === "nl" ? "dutch" : "english")), made);
  });
  const paths = [path, twin(path, "nl"), twin(path, "en")];
  const extra = control.required ? say("one_is_enough") : "";
  const help = { nl: [control.help.nl, extra].filter(Boolean).join(" "), en: [control.help.en, extra].filter(Boolean).join(" ") };
  return field({ ...control, help }, path, el("div", { class: "pair" }, halves), { group: true, paths, wide: true });
}

/** A line with a box to tick beside it, for what is not known. */
function maybeUnknown(control, path, made) {
  if (!control.unknown) return made;
  const tick = el("input", { type: "checkbox", id: `${idOf(path)}-unknown` });
  const show = () => {
    const unknown = get(path) === "unknown";
    tick.checked = unknown;
    made.disabled = unknown;
    made.value = unknown ? "" : (get(path) ?? "");
  };
  tick.addEventListener("change", () => {
    put(path, tick.checked ? "unknown" : "");
    show();
  });
  show();
  const hidden = el("span", { class: "unseen" }, `${said(control.label)}: `);
  return el("div", { class: "beside" }, made, el("label", { class: "tick" }, tick, el("span", {}, hidden, say("unknown"))));
}

function dateField(control, path) {
  const help = { nl: "", en: "" };
  for (const one of ["nl", "en"]) help[one] = [control.help[one], data.texts[one].date_help].filter(Boolean).join(" ");
  const made = line(path, { class: "short", inputmode: "text", maxlength: 20 });
  return field({ ...control, help }, path, maybeUnknown(control, path, made));
}

function numberField(control, path) {
  const made = line(path, { class: "short", inputmode: control.whole ? "numeric" : "decimal", maxlength: 30 });
  return field(control, path, maybeUnknown(control, path, made));
}

/** A list of lines, such as addresses of pages: a row each. */
function linesField(control, path) {
  const rows = el("div", { class: "rows" });
  const id = idOf(path);
  function show(focus = -1) {
    const held = get(path) ?? [];
    rows.replaceChildren(
      ...(held.length ? held : [""]).map((_, place) => {
        const own = [...path, place];
        const named = { "aria-label": `${said(control.label)} ${place + 1}`, "aria-describedby": describedBy(id) };
        const remove = el("button", { type: "button", class: "quiet", onclick: () => take(place) }, say("remove"));
        remove.setAttribute("aria-label", say("remove_one", { name: `${said(control.label)} ${place + 1}` }));
        return el("div", { class: "beside" }, line(own, { ...named, inputmode: "url" }), held.length ? remove : null);
      }),
    );
    if (focus >= 0) rows.querySelectorAll("input")[focus]?.focus();
  }
  function take(place) {
    put([...path, place], undefined);
    show(Math.max(place - 1, 0));
  }
  const add = el("button", {
    ...{ type: "button", class: "button" },
    onclick: () => {
      put([...path, Math.max((get(path) ?? []).length, 1)], "");
      if (get(path)[0] === undefined) put([...path, 0], "");
      show(get(path).length - 1);
    },
  }, say("add"));
  show();
  return field(control, path, el("div", {}, rows, add), { group: true, wide: true });
}
