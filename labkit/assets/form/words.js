// What the form's page says: its texts in the language that the reader chose, and elements made of text only.

const data = JSON.parse(document.getElementById("form-data").textContent);
const form = data.form;
let language = data.start.language;

/** A text of the page by its short name (see labkit/register/forms/texts.py), with {names} filled in. */
function say(name, values = {}) {
  return (data.texts[language][name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** A text that comes in both languages: {nl, en}. */
const said = (text) => text?.[language] || text?.en || text?.nl || "";

/** An HTML element; children are elements or texts, never markup. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
  return node;
}

/** A text as searching sees it: without case and accents. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Tells whoever does not see the page what happened. */
const announce = (text) => (document.getElementById("status").textContent = text);
