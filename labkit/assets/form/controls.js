// The form itself: what must be filled stands first and open, the rest in sections that open, with how much is in each.

const MAKERS = {
  text: textField, long: longField, url: urlField, pair: pairField, date: dateField, number: numberField, lines: linesField,
  choice: choiceField, yesno: yesNoField, several: severalField, reference: referenceField, references: referencesField,
  blocks: blocksField, block: blockField, place: placeField,
};
const opened = new Set(); // sections that the reader opened

const controlElement = (control, path) => MAKERS[control.control](control, path);

function drawForm() {
  const own = form.sections.map((section) => (section.id === "basics" ? basics(section) : foldedSection(section)));
  document.getElementById("form").replaceChildren(...own);
}

function basics(section) {
  return el("section", { "aria-labelledby": "s-basics" },
    el("h2", { id: "s-basics" }, said(section.title)),
    el("p", { class: "help" }, said(section.help)),
    el("div", { class: "fields" }, section.controls.map((one) => controlElement(one, [one.name])), idField()));
}

function foldedSection(section) {
  const fields = el("div", { class: "fields" });
  const box = el("details", { class: "section", "data-section": section.id, open: opened.has(section.id) },
    el("summary", {}, el("h2", {}, said(section.title)), el("span", { class: "count" })),
    filled(said(section.help)) ? el("p", { class: "help" }, said(section.help)) : null,
    fields);
  // A closed section costs nothing: its fields are made when it opens.
  const fill = () => fields.childElementCount || fields.append(...section.controls.map((one) => controlElement(one, [one.name])));
  if (opened.has(section.id)) fill();
  box.addEventListener("toggle", () => {
    if (box.open) {
      opened.add(section.id);
      fill();
      showRemarks();
    } else opened.delete(section.id);
  });
  box.fill = fill;
  return box;
}

/** Opens the section in which a field stands. */
function openSection(name) {
  const section = form.sections.find((one) => one.controls.some((control) => covers(control, name)));
  const box = section && document.querySelector(`[data-section="${section.id}"]`);
  if (!box) return;
  box.fill();
  box.open = true;
}

/** Whether a field of a record stands in a control: both languages of a text, and areas beside a scope. */
const covers = (control, name) =>
  control.name === name || (control.control === "pair" && name.replace(/_(nl|en)$/, "") === control.name) ||
  (control.control === "place" && name === "areas");

/** The id: proposed until one is typed, and fixed once the record is saved. */
function idField() {
  const control = { name: "id", required: false, label: both("id"), help: both(python.new ? "id_help" : "id_fixed") };
  if (!python.new) return field(control, ["id"], el("p", { class: "fixed", id: "f-id" }, el("code", {}, python.id)), { group: false });
  const made = el("input", {
    ...{ id: "f-id", type: "text", class: "mono", spellcheck: "false", autocapitalize: "off", maxlength: 100 },
    ...{ "aria-describedby": describedBy("f-id"), placeholder: say("id_later") },
    oninput: () => put(["id"], made.value.trim()),
    onblur: () => showId(),
  });
  made.value = values.id ?? "";
  return field(control, ["id"], made, { wide: true });
}

/** Shows the id that Python proposes, where none was typed. */
function showId() {
  const made = document.getElementById("f-id");
  if (made?.tagName === "INPUT" && document.activeElement !== made) {
    made.value = values.id || (filled(titleTyped()) ? python.id : "");
  }
}

const titleTyped = () =>
  ["title_nl", "title_en", "name", "statement_nl", "statement_en", "project"].map((one) => values[one]).filter(filled);
