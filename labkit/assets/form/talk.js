// The page's talk with Python: each change is sent after a moment's rest, each message is answered, and silence is told.
// A message that does something (save, continue ...) is never overtaken by one that only checks.

const REST = 250;
const PATIENCE = 6000;

const python = {
  id: data.start.id, new: !data.start.id, faults: [], warnings: [], kept: "", state: "editing",
  drafts: data.start.drafts, protected: data.start.protected,
};
let sent = 0;
let waiting = null; // {n, do} of the message that is not answered yet
let restTimer = 0;
let silenceTimer = 0;
let again = false; // something changed while a deed was waited for

function send(deed, more = {}) {
  clearTimeout(restTimer);
  waiting = { n: ++sent, deed };
  labkitFrame.tell("said", { n: sent, do: deed, language, values: structuredClone(values), ...more });
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => showSilence(true), PATIENCE);
}

/** Asks Python to do something. */
function ask(deed, more = {}) {
  if (waiting && waiting.deed !== "check") return;
  if (deed === "save" || deed === "resolve") busy(true);
  send(deed, more);
}

/** Lets Python look at the values after a moment's rest. */
function checkSoon() {
  clearTimeout(restTimer);
  restTimer = setTimeout(() => {
    if (waiting && waiting.deed !== "check") again = true;
    else send("check");
  }, REST);
}

function hear(answer) {
  if (!answer || answer.n === undefined || !waiting || answer.n !== waiting.n) return; // of older text
  const { deed } = waiting;
  waiting = null;
  clearTimeout(silenceTimer);
  showSilence(false);
  busy(false);
  const wasNew = python.new;
  for (const name of ["told", "unkept", "copied"]) if (deed !== "check" || name === "unkept") python[name] = answer[name];
  for (const name of ["state", "id", "new", "faults", "warnings", "kept", "protected", "drafts"])
    if (name in answer) python[name] = answer[name];
  if (answer.values) {
    values = answer.values;
    tried = false;
    touched.clear();
    drawForm();
  } else if (wasNew !== python.new) drawForm();
  showNotices();
  showId();
  showRemarks();
  showBar();
  showTitle();
  after(deed, answer);
  if (again) {
    again = false;
    checkSoon();
  }
}

/** What the reader gets to see after a deed. */
function after(deed, answer) {
  if (answer.saved) showSaved(answer.saved);
  else if (answer.conflict) showClash(answer.conflict);
  else if (answer.state === "deleted" && deed !== "check") showDeleted();
  else if (deed === "save" || deed === "save_anew" || deed === "resolve") {
    tried = true;
    showPanel(null);
    showSummary();
  } else if (deed === "continue" || deed === "new" || deed === "discard") focusTitle();
}

labkitFrame.hear("answer", hear);
// A page that is shown again (the notebook was scrolled away, or opened anew) goes on with the text that it had.
labkitFrame.hear("said", (message) => {
  if (sent || !message?.values) return;
  values = structuredClone(message.values);
  sent = message.n;
  if (message.language in data.texts) language = message.language;
  draw();
  send("check");
});
onChange.push(checkSoon, () => showCounts());
