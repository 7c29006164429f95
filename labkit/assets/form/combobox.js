// A field in which one types to search and chooses from a list: an ARIA combobox with a listbox below it.
// combobox({id, label, options, describedby, onChoose, other}) -> element. An option is {id, text, more}; `other(text)` may
// return one more option for a text that is in no list. With `keep`, the chosen text stays in the field.

const MOST_SHOWN = 30;

function combobox({ id, label, options, describedby, onChoose, onClear, other, keep = "" }) {
  const list = el("ul", { role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const input = el("input", {
    ...{ id, type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", value: keep },
    ...{ "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-describedby": describedby },
    placeholder: keep ? null : say("search"),
  });
  let shown = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open() {
    const words = fold(input.value === keep ? "" : input.value).split(" ").filter(Boolean);
    const fits = options().filter((one) => words.every((word) => fold(`${one.text} ${one.more ?? ""} ${one.id}`).includes(word)));
    shown = fits.slice(0, MOST_SHOWN);
    const extra = other?.(input.value.trim());
    if (extra && !fits.some((one) => one.id === extra.id)) shown.push(extra);
    list.replaceChildren(...shown.map(item));
    if (fits.length > MOST_SHOWN) list.append(note(say("more_found", { count: fits.length - MOST_SHOWN })));
    if (!shown.length) list.append(note(say("nothing_found")));
    list.hidden = false;
    active = -1;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    announce(say("found", { count: fits.length }));
  }

  const note = (text) => el("li", { class: "note", role: "option", "aria-disabled": "true" }, text);

  function item(option, place) {
    return el(
      "li",
      {
        ...{ role: "option", id: `${id}-${place}`, "aria-selected": "false" },
        onmousedown: (event) => event.preventDefault(),
        onclick: () => choose(place),
      },
      el("span", {}, option.text),
      option.more ? el("span", { class: "more" }, option.more) : null,
    );
  }

  function move(step) {
    if (list.hidden) open();
    if (!shown.length) return;
    active = (active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  function choose(place) {
    const option = shown[place];
    if (!option) return;
    close();
    input.value = keep ? option.text : "";
    onChoose(option.id);
  }

  input.addEventListener("input", () => {
    if (!input.value && onClear) onClear();
    open();
  });
  input.addEventListener("click", () => list.hidden && open());
  input.addEventListener("blur", () => {
    close();
    input.value = keep;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") {
      if (list.hidden) return event.preventDefault();
      choose(active < 0 && shown.length === 1 ? 0 : active);
    } else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return el("div", { class: "combobox" }, input, list);
}
