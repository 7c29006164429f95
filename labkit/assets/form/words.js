// What the form's page says: its texts in the language that the reader chose.

const data = JSON.parse(document.getElementById("form-data").textContent);
const form = data.form;
let language = data.start.language;

/** A text of the page by its short name (see labkit/register/forms/texts.py), with {names} filled in. */
function say(name, values = {}) {
  return (data.texts[language][name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** A text that comes in both languages: {nl, en}. */
const said = (text) => text?.[language] || text?.en || text?.nl || "";

/** Tells whoever does not see the page what happened. */
const announce = (text) => (document.getElementById("status").textContent = text);
