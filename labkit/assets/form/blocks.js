// Blocks of fields: a list of them, such as partners with their roles, or one that is only there if it is asked for.

function blocksField(control, path) {
  const box = el("div", { class: "blocks" });
  const label = said(control.label);
  // A partner is called by what it is: "Partner 1" in the list "Partners".
  const one = said((control.fields.find((inner) => ["reference", "pair"].includes(inner.control)) ?? control).label);
  function show(focus = -1) {
    const held = get(path) ?? [];
    box.replaceChildren(...held.map((_, place) => block(place)), add);
    if (focus >= 0) (box.children[focus]?.querySelector("input, select, textarea") ?? add).focus();
    showRemarks();
  }
  function block(place) {
    const name = `${one} ${place + 1}`;
    const remove = el("button", {
      ...{ type: "button", class: "quiet" },
      onclick: () => {
        put([...path, place], undefined);
        show(Math.min(place, (get(path) ?? []).length));
      },
    }, say("remove_one", { name }));
    const fields = control.fields.map((inner) => controlElement(inner, [...path, place, inner.name]));
    return el("fieldset", { class: "block" }, el("legend", {}, name), el("div", { class: "fields" }, fields), remove);
  }
  const add = el("button", {
    ...{ type: "button", class: "button" },
    onclick: () => {
      const place = (get(path) ?? []).length;
      put([...path, place], {});
      show(place);
    },
  }, say("add_to", { label }));
  queueMicrotask(() => show());
  return field(control, path, box, { group: true, wide: true });
}

/** One block; eHealth only where it is asked for, the others always. */
function blockField(control, path) {
  const box = el("div", {});
  const asked = control.name === "ehealth";
  const label = said(control.label);
  function show(focus = false) {
    if (asked && get(path) === undefined && !(values.themes ?? []).includes("ehealth")) {
      const open = el("button", {
        ...{ type: "button", class: "button" },
        onclick: () => {
          put(path, {});
          show(true);
        },
      }, say("ask_block", { label }));
      box.replaceChildren(open);
      if (focus) open.focus();
      return;
    }
    const fields = control.fields.map((one) => controlElement(one, [...path, one.name]));
    const drop = el("button", {
      ...{ type: "button", class: "quiet" },
      onclick: () => {
        put(path, undefined);
        show(true);
      },
    }, say("drop_block", { label }));
    box.replaceChildren(el("div", { class: "fields" }, fields), ...(asked ? [drop] : []));
    if (focus) box.querySelector("input, select, textarea").focus();
    showRemarks();
  }
  queueMicrotask(() => show());
  return field({ ...control, required: false }, path, box, { group: true, wide: true });
}
