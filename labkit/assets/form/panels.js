// What stands above the form: drafts that were found, a register that stays as it is, silence of Python, a clash, what was saved.

const notices = new Map();

/** Shows a notice by name, or takes it away (null). */
function notice(name, content) {
  notices.delete(name);
  if (content) notices.set(name, content);
  document.getElementById("notices").replaceChildren(...notices.values());
}

function showPanel(content) {
  document.getElementById("panel").replaceChildren(...(content ? [content] : []));
}

const box = (kind, title, ...children) => el("section", { class: `notice ${kind}` }, el("h2", {}, title), children);
const button = (text, onclick, kind = "button") => el("button", { type: "button", class: kind, onclick }, text);

function showNotices() {
  const { found, unread } = python.drafts ?? { found: [], unread: [] };
  const drafts = found.map((one) =>
    el("li", {},
      el("span", { class: "what" }, el("strong", {}, say("draft", { time: one.time })), " ", one.title || say("untitled")),
      el("span", { class: "deeds" },
        button(say("continue"), () => ask("continue", { draft: one.key })),
        button(say("discard"), () => ask("discard", { draft: one.key }), "quiet"))));
  const anew = button(say("anew"), () => {
    python.drafts = { found: [], unread };
    showNotices();
    focusTitle();
  });
  notice("drafts", drafts.length ? box("", say("drafts"), el("ul", { class: "drafts" }, drafts), anew) : null);
  notice("unread", unread.length ? box("", say("unread", { path: unread.join(", ") })) : null);
  const own = python.protected;
  notice("protected", own && box("", say("protected"), el("p", {}, say("protected_help", { copy: own.copy })),
    button(say("make_copy"), () => ask("copy"))));
  notice("told", python.told ? box("wrong", python.told) : null);
  notice("unkept", python.unkept ? box("wrong", python.unkept) : null);
  notice("copied", python.copied && box("good", say("copied", { path: python.copied.path }),
    el("p", {}, say("copied_code")), el("pre", { tabindex: "0" }, python.copied.code)));
}

/** Python said nothing for some seconds. */
function showSilence(silent) {
  // In the bar, which is always in sight: the page does not move while somebody types.
  const place = document.getElementById("silence");
  if (silent === place.childElementCount > 0) return;
  const kept = python.kept ? say("silent_kept", { time: python.kept }) : say("silent_unkept");
  const copy = button(say("copy_text"), async () => {
    await navigator.clipboard.writeText(JSON.stringify(values, null, 1));
    copy.textContent = say("text_copied");
  });
  place.replaceChildren(...(silent ? [box("wrong", say("silent"), el("p", {}, kept), copy)] : []));
}

/** Somebody else changed the record: every field with both versions, and a choice. */
function showClash(rows) {
  const choices = {};
  const parts = rows.map((one, place) => {
    choices[one.name] = one.both ? "mine" : "theirs";
    const pick = (id, text, shown) => {
      const made = el("input", { type: "radio", name: `clash-${place}`, value: id, checked: choices[one.name] === id });
      made.addEventListener("change", () => (choices[one.name] = id));
      return el("label", { class: "version" }, el("span", { class: "tick" }, made, el("strong", {}, text)), el("span", { class: "text" }, shown));
    };
    const label = [one.label, one.both ? el("span", { class: "must" }, say("both_changed")) : null];
    return el("fieldset", { class: "clash" }, el("legend", {}, label),
      el("p", { class: "help" }, `${say("opened")}: ${one.opened}`),
      el("div", { class: "versions" }, pick("mine", say("keep_mine"), one.yours), pick("theirs", say("take_theirs"), one.theirs)));
  });
  const panel = box("wrong", say("conflict"), el("p", {}, say("conflict_help")), parts,
    el("p", { class: "deeds" }, button(say("resolve"), () => ask("resolve", { choices }), "button strong"),
      button(say("later"), () => { showPanel(null); focusTitle(); })));
  front(panel);
}

function showDeleted() {
  front(box("wrong", say("deleted"), el("p", {}, say("deleted_help")), button(say("save_anew"), () => ask("save_anew"), "button strong")));
}

/** What was saved, as it reads now, and where it is. */
function showSaved(one) {
  const rows = one.rows.map(([label, text]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, text)));
  const linked = one.linked.length ? [el("h3", {}, say("linked")), el("ul", {}, one.linked.map((text) => el("li", {}, text)))] : [];
  const where = [["file", one.path], ["in_python", one.code], ["git", one.git]].filter(([, text]) => text)
    .map(([name, text]) => [el("dt", {}, say(name)), el("dd", {}, el("code", {}, text))]);
  const kind = said(form.label);
  front(box("good", `${say("saved")}: ${one.title}`,
    el("dl", {}, where.flat()),
    el("details", { open: true }, el("summary", {}, `${kind[0].toUpperCase()}${kind.slice(1)} ${one.id}`), el("table", { class: "lk-table" }, el("tbody", {}, rows)), linked),
    el("p", { class: "deeds" },
      button(say("go_on"), () => { showPanel(null); focusTitle(); }),
      button(say("another", { kind }), () => { showPanel(null); ask("new"); }))));
}

/** Shows a panel and brings it to the reader. */
function front(panel) {
  showPanel(panel);
  const heading = panel.querySelector("h2");
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "start" });
}

function focusTitle() {
  document.querySelector("#form input, #form select, #form textarea")?.focus();
}
