// What stands in the form: `values`, plain data in the form of labkit/register/forms/values.py. A path is a list of
// names and numbers; shown it reads "partners[1].role", as in the faults that Python sends.

let values = structuredClone(data.start.values);
const onChange = [];

const shownPath = (path) =>
  path.reduce((text, part) => (typeof part === "number" ? `${text}[${part + 1}]` : text ? `${text}.${part}` : part), "");
const idOf = (path) => `f-${shownPath(path).replace(/\W+/g, "-")}`;

function get(path) {
  return path.reduce((here, part) => here?.[part], values);
}

/** Puts a value at a path; blocks and lists on the way are made. An undefined value takes it out. */
function put(path, value) {
  let here = values;
  path.slice(0, -1).forEach((part, place) => {
    here[part] ??= typeof path[place + 1] === "number" ? [] : {};
    here = here[part];
  });
  const last = path.at(-1);
  if (value === undefined) Array.isArray(here) ? here.splice(last, 1) : delete here[last];
  else here[last] = value;
  for (const run of onChange) run();
}

function filled(value) {
  if (Array.isArray(value)) return value.some(filled);
  if (value && typeof value === "object") return Object.values(value).some(filled);
  return typeof value === "string" && value.trim() !== "";
}

/** Whether a field of the form is filled in; a place is, when its areas are named where it says that there are some. */
function isFilled(control, path = [control.name]) {
  if (control.control === "pair") return ["nl", "en"].some((one) => filled(get(twin(path, one))));
  if (control.control === "place") {
    const areas = filled(get(sibling(path, "areas")));
    return control.scope ? filled(get(path)) && (get(path) !== "areas" || areas) : areas;
  }
  return filled(get(path));
}

const sibling = (path, name) => [...path.slice(0, -1), name];
const twin = (path, one) => sibling(path, `${path.at(-1)}_${one}`);
