// What Python says of the values, beside the fields that it is about; and how far the form is filled in. What is only not
// filled in yet is said after the reader tried to save, or has been in the field: nobody wants to be scolded at the start.

let tried = false;
const touched = new Set();

/** The remarks that are shown now. */
function remarksNow() {
  const faults = python.faults.filter((one) => !one.blank || tried || touched.has(one.path));
  return [...faults.map((one) => ({ ...one, fault: true })), ...python.warnings];
}

/** The field of a remark: the one with the longest path that the remark's path begins with. */
function fieldOf(path) {
  let found = null;
  let longest = -1;
  for (const one of document.querySelectorAll("[data-paths]")) {
    for (const own of JSON.parse(one.dataset.paths)) {
      if ((path === own || path.startsWith(`${own}[`) || path.startsWith(`${own}.`)) && own.length > longest) {
        found = one;
        longest = own.length;
      }
    }
  }
  return found;
}

// While a finger or mouse button is down nothing moves: what is pressed must still be there when it is let go.
let pressed = false;
let postponed = false;
addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    pressed = false;
    setTimeout(() => {
      if (postponed && !pressed) showRemarks();
    }, 30);
  }, true);
}

function showRemarks() {
  postponed = pressed;
  if (pressed) return;
  const byField = new Map();
  for (const one of remarksNow()) {
    const box = fieldOf(one.path);
    if (box) byField.set(box, [...(byField.get(box) ?? []), one]);
  }
  for (const box of document.querySelectorAll("[data-paths]")) {
    const own = byField.get(box) ?? [];
    const wrong = own.some((one) => one.fault);
    const place = box.querySelector(`#${CSS.escape(box.dataset.id)}-remarks`);
    const text = JSON.stringify(own);
    if (place.dataset.text === text) continue;
    place.dataset.text = text;
    place.replaceChildren(...own.map(remark));
    box.classList.toggle("wrong", wrong);
    for (const input of inputsOf(box)) wrong ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  }
  showCounts();
}

/** The inputs of a field itself, without those of fields inside it. */
const inputsOf = (box) =>
  [...box.querySelectorAll("input, select, textarea")].filter((one) =>
    one.closest("[data-paths]") === box && !one.closest(".picker") && !/radio|checkbox/.test(one.type));

function remark(one) {
  const sign = el("span", { class: "sign" }, say(one.blank ? "needed" : one.fault ? "fault" : "look_at"), ": ");
  return el("p", { class: one.fault ? "fault" : "warning" }, sign, `${one.message} ${one.advice}`.trim());
}

/** How much is filled in: in all, and in each section. */
function showCounts() {
  const must = form.sections.flatMap((one) => one.controls).filter((one) => one.required);
  const done = must.filter((one) => isFilled(one)).length;
  const progress = document.getElementById("progress");
  if (progress) {
    progress.firstElementChild.textContent =
      done === must.length ? say("complete") : say("progress", { count: done, total: must.length });
    progress.lastElementChild.style.setProperty("--done", String(done / must.length));
  }
  const remarks = remarksNow();
  for (const section of form.sections) {
    const place = document.querySelector(`[data-section="${section.id}"] .count`);
    if (!place) continue;
    const count = section.controls.reduce((sum, one) => sum + countOf(one), 0);
    const look = remarks.filter((one) => section.controls.some((control) => covers(control, one.path.split(/[.[]/)[0])));
    place.replaceChildren(
      ...(count ? [el("span", {}, say("filled", { count }))] : []),
      ...(look.length ? [el("span", { class: look.some((one) => one.fault) ? "fault" : "warning" }, say("to_look_at", { count: look.length }))] : []),
    );
  }
}

/** A block counts the fields in it. */
function countOf(control) {
  if (control.control !== "block") return isFilled(control) ? 1 : 0;
  return control.fields.filter((one) => isFilled(one, [control.name, one.name])).length;
}

/** After an attempt to save: what keeps it from being saved, with links to the fields. Focus goes to the first one. */
function showSummary() {
  if (!python.faults.length) return;
  for (const one of python.faults) openSection(one.path.split(/[.[]/)[0]);
  showRemarks();
  const all = [...document.querySelectorAll("[data-paths]")];
  const faults = [...python.faults].sort((a, b) => all.indexOf(fieldOf(a.path)) - all.indexOf(fieldOf(b.path)));
  const links = faults.map((one) => {
    const go = el("a", { href: `#${idOfRemark(one)}`, onclick: (event) => {
      event.preventDefault();
      focusField(one);
    } }, labelAt(one.path));
    return el("li", {}, go, `: ${one.message}`);
  });
  showPanel(el("section", { class: "notice wrong", id: "summary" }, el("h2", {}, say("faults", { count: faults.length })), el("ul", {}, links)));
  focusField(faults[0]);
}

const idOfRemark = (one) => fieldOf(one.path)?.dataset.id ?? "form";

/** What a field is called, with the block in which it stands. */
function labelAt(path) {
  if (path === "id") return say("id");
  const parts = path.split(".");
  let controls = form.sections.flatMap((one) => one.controls);
  const names = [];
  for (const part of parts) {
    const [, name, place] = /^(\w+)(?:\[(\d+)\])?/.exec(part);
    const control = controls.find((one) => covers(one, name));
    names.push(control ? [said(control.label), control.fields && place].filter(Boolean).join(" ") : part);
    controls = control?.fields ?? [];
  }
  return names.join(", ");
}

/** Goes to the field of a remark; where one language of two is enough, to that of the reader. */
function focusField({ path: told, blank }) {
  const path = blank ? told.replace(/_(nl|en)$/, `_${language}`) : told;
  openSection(path.split(/[.[]/)[0]);
  const box = fieldOf(path);
  const exact = document.getElementById(`f-${path.replace(/\W+/g, "-")}`);
  const target = exact?.matches("input, select, textarea") ? exact : box?.querySelector("input, select, textarea, button");
  target?.focus();
  box?.scrollIntoView({ block: "center" });
}
