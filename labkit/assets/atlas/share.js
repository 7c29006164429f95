// "Share": the address of this view on the clipboard; where a browser refuses that, in a field to copy it from.

function startShare() {
  const button = byId("share");
  button.hidden = labkitFrame.framed; // in a notebook the code is what one shares: see framed.js
  button.addEventListener("click", async () => {
    const address = location.href.split("#")[0] + `#${hashOf(state)}`;
    if (await onClipboard(address)) tellShared(t("Link copied."));
    else showLink(address);
  });
  watch(() => tellShared(""));
}

async function onClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // not every browser allows the clipboard to a page that was opened from a file
  }
}

function tellShared(...nodes) {
  byId("shared").replaceChildren(...nodes);
}

function showLink(address) {
  const field = el("input", { type: "text", readonly: true, value: address, "aria-label": t("Copy this link") });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    tellShared("");
    byId("share").focus();
  });
  tellShared(el("span", {}, t("Copy this link")), field);
  field.focus();
  field.select();
}
