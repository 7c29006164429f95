// In a notebook the view is in step with Python: the address is a trait of the widget (labkit/widgets/explorer.py),
// and so is the code that makes this view. Outside a notebook nothing happens here.

let heardAddress = null;

function startFrame() {
  if (!labkitFrame.framed) return;
  labkitFrame.hear("address", (address) => {
    heardAddress = address;
    if (address !== hashOf(state)) readAddress(`#${address}`);
    tellAddress();
  });
  labkitFrame.hear("code", (code) => (byId("code-text").textContent = code));
  watch(tellAddress);
  startCode();
}

/** What Python does not know yet; not before it has said with which view it opens. */
function tellAddress() {
  if (heardAddress === null || heardAddress === hashOf(state)) return;
  heardAddress = hashOf(state);
  labkitFrame.tell("address", heardAddress);
}

function startCode() {
  const button = byId("show-code");
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    byId("code").hidden = !open;
    if (open) byId("code-text").focus();
  });
  byId("copy-code").addEventListener("click", async () => {
    const done = await onClipboard(byId("code-text").textContent);
    if (!done) selectAll(byId("code-text"));
    byId("code-copied").textContent = done ? t("Copied: paste it in a cell.") : t("The code is selected: copy it with Ctrl+C.");
  });
  watch(() => (byId("code-copied").textContent = ""));
}

function selectAll(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
