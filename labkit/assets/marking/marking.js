
"use strict";
(() => {
  // Marks one question: keeps what is filled in, and writes the sheet that labkit reads. Nothing leaves the page.
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (name, place) => document.getElementById(name + place);
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const codes = data.entries.map((one) => one.codes.split(/[\s;,]+/).filter(Boolean));
  const started = JSON.stringify(filled(true));
  const key = "labkit-marks " + data.question + " " + data.entries.map((one) => one.student).join(" ");
  let current = 0;
  let unsaved = false;

  function filled(first) {
    return data.entries.map((one, place) => first
      ? [one.points, codes[place], one.comment]
      : [at("p", place).value, codes[place], at("t", place).value]);
  }

  function number(text) {
    const plain = text.trim().replace(",", ".");
    return plain === "" ? null : /^(\d+(\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  }

  function fault(place) {
    const typed = at("p", place).value.trim();
    const points = number(typed);
    if (typed.endsWith("?")) return data.words.again;
    if (Number.isNaN(points)) return data.words.not_number;
    const { max } = data.entries[place];
    return points !== null && max !== null && points > max ? say(data.words.too_many, { max }) : "";
  }

  function show(place) {
    const wrong = fault(place);
    const field = at("p", place);
    at("m", place).textContent = wrong;
    if (wrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    const open = data.entries[place].answer.trim() !== "" && field.value.trim() === "";
    at("a", place).classList.toggle("done", !wrong && !open);
    at("c", place).replaceChildren(...codes[place].map((code) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.textContent = (data.bank[code] || code) + " ×";
      chip.setAttribute("aria-label", data.remove + ": " + (data.bank[code] || code));
      chip.addEventListener("click", () => { toggle(place, code); field.focus(); });
      return chip;
    }));
    const asked = data.entries.map((_, one) => one).filter((one) => data.entries[one].answer.trim());
    const marked = asked.filter((one) => at("a", one).classList.contains("done")).length;
    document.getElementById("count").textContent = say(data.words.marked, { marked, all: asked.length });
  }

  function changed(place) {
    show(place);
    unsaved = true;
    try { localStorage.setItem(key, JSON.stringify([started, filled(false)])); } catch { /* then without a draft */ }
  }

  function toggle(place, code) {
    const found = codes[place].indexOf(code);
    if (found < 0) codes[place].push(code); else codes[place].splice(found, 1);
    changed(place);
  }

  function offer(text) {
    const said = text.trim();
    const known = [...document.querySelectorAll("#bank button")].some((one) => one.textContent === said);
    if (!said || said.includes("\n") || said.length > 300 || known) return;
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = said;
    button.addEventListener("click", () => use(button));
    item.append(button);
    document.querySelector("#bank ol").append(item);
  }

  function use(button) {
    if (button.dataset.code) return toggle(current, button.dataset.code);
    const field = at("t", current);
    if (!field.value.includes(button.textContent)) field.value = (field.value.trim() + " " + button.textContent).trim();
    changed(current);
  }

  function go(place, step) {
    let next = place + step;
    while (data.entries[next] && at("a", next).hidden) next += step;
    if (!data.entries[next]) return;
    at("p", next).focus();
    at("a", next).scrollIntoView({ block: "nearest" });
  }

  function cell(value) {
    let text = String(value);
    if (/^'*[=+\-@\t\r\n＝＋－＠]/.test(text)) text = "'" + text; // as labkit writes it: no spreadsheet runs it
    return /["\r\n]/.test(text) || text.includes(data.separator) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }

  function points(value) {
    const text = value === null ? "" : String(value);
    return data.comma ? text.replace(".", ",") : text;
  }

  function sheet() {
    const rows = data.entries.map((one, place) => [
      data.question, one.student, points(number(at("p", place).value)), points(one.max), codes[place].join(" "),
      at("t", place).value.trim(), one.answer, one.scheme, ...one.others,
    ]);
    return "\ufeff" + [data.columns, ...rows].map((row) => row.map(cell).join(data.separator) + "\r\n").join("");
  }

  function save() {
    const wrong = data.entries.map((_, place) => place).filter(fault);
    const said = document.getElementById("said");
    if (wrong.length) {
      said.textContent = say(data.words.wrong, { count: wrong.length });
      at("p", wrong[0]).focus();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
    link.download = data.question + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    unsaved = false;
    said.textContent = say(data.words.saved, { file: link.download });
  }

  function restore() {
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(key)); } catch { /* none */ }
    const use = draft && draft[0] === started && JSON.stringify(draft[1]) !== started ? draft[1] : JSON.parse(started);
    use.forEach(([given, several, comment], place) => {
      at("p", place).value = given;
      codes[place] = several;
      at("t", place).value = comment;
      show(place);
    });
    if (draft && use === draft[1]) {
      unsaved = true;
      document.getElementById("said").textContent = data.words.draft;
    }
  }

  restore();
  data.entries.forEach((one, place) => {
    at("p", place).addEventListener("input", () => changed(place));
    at("t", place).addEventListener("input", () => changed(place));
    at("t", place).addEventListener("change", () => offer(at("t", place).value));
    at("p", place).addEventListener("keydown", (event) => {
      const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      go(place, step);
    });
    at("a", place).addEventListener("focusin", () => {
      current = place;
      document.getElementById("for").textContent = one.student;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const chosen = document.querySelectorAll("#bank button")[Number(event.code.slice(5)) - 1];
      if (chosen) { event.preventDefault(); use(chosen); }
    } else if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      save();
    }
  });
  document.querySelectorAll("#bank button").forEach((one) => one.addEventListener("click", () => use(one)));
  data.entries.forEach((one) => offer(one.comment));
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("only").addEventListener("change", (event) => data.entries.forEach((_, place) => {
    at("a", place).hidden = event.target.checked && at("a", place).classList.contains("done");
  }));
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
})();
