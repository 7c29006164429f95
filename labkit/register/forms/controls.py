"""The controls of a form: one for each field of a record, as plain JSON data."""

from __future__ import annotations

import re
from typing import Any

from pydantic.fields import FieldInfo

from labkit.register.fields import Model, help_of, label_of
from labkit.register.forms.sections import needed, units
from labkit.register.forms.shapes import Shape, shape_of
from labkit.register.vocabularies import Vocabulary
from labkit.texts import Text

#: Texts that take more than a line.
_LONG = re.compile(
    r"summary|text|statement|note|answer|open_ends|advice|contribution|significance|intended_use|measure"
)
#: What only somebody who writes the file needs to know: a form has choices instead.
_FOR_FILES = re.compile(r"\b([Ii]ds?|true|false|unknown|[Cc]odes?|register\.yaml|scope)\b|\bcity:|2021")
_QUOTES = re.compile(r" (between quotes|tussen aanhalingstekens)|, (one a line|een per regel)")
_LANGUAGE = re.compile(r" \((Nederlands|Engels|Dutch|English)\)$")
#: Fields where the order of the choices says something.
_ORDERED = ("themes",)

Control = dict[str, Any]
_NO_HELP: Control = {"help": {"nl": "", "en": ""}}


def controls_of(model: Model, names: list[str] | None = None) -> list[Control]:
    """Return the controls of a record or block.

    Each has `name`, `control`, `label`, `help` and `required`; more by kind of control: `vocabulary` (the name of a
    list of choices), `kind` (of the records that can be named), `fields` (of a block), `unknown`, `least`, `most`.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> [one["control"] for one in controls_of(Project, ["title", "kind", "start", "partners", "scope"])]
    ['pair', 'choice', 'date', 'blocks', 'place']
    """
    return [_control(model, name) for name in (units(model) if names is None else names)]


def _control(model: Model, name: str) -> Control:
    if name not in model.model_fields:
        return _pair(model, name)
    made = _named(model, name, model.model_fields[name])
    shape = shape_of(model, name)
    if name in ("scope", "areas") and "areas" in model.model_fields:
        has_scope = name == "scope"
        return made | {"control": "place", "scope": has_scope, **_words(shape)}
    return made | _by_shape(name, shape)


def _by_shape(name: str, shape: Shape) -> Control:  # noqa: PLR0911 - one line a kind of control
    if shape.kind == "block":
        assert shape.block is not None
        return {"control": "blocks" if shape.many else "block", "fields": controls_of(shape.block)}
    if shape.vocabulary is not None:
        return {"control": "several" if shape.many else "choice", "ordered": name in _ORDERED, **_words(shape)}
    if shape.ref is not None:
        return {"control": "references" if shape.many else "reference", "kind": shape.ref.kind}
    if shape.kind == "bool":
        return {"control": "yesno", "unknown": shape.unknown}
    if shape.least is not None and shape.most is not None:
        return {"control": "several" if shape.many else "choice", "vocabulary": numbers_name(name, shape), **_NO_HELP}
    if shape.many:
        return {"control": "lines", "of": shape.kind}
    if shape.kind in ("int", "float"):
        return {"control": "number", "whole": shape.kind == "int", "unknown": shape.unknown}
    if name == "programme":
        return {"control": "choice", "vocabulary": "programmes"}
    if shape.kind in ("date", "url"):
        return {"control": shape.kind, "unknown": shape.unknown}
    return {"control": "long" if _LONG.search(name) and not name.endswith("_text") else "text"}


def _pair(model: Model, base: str) -> Control:
    """Return the control of a text in two languages, of which one may be enough."""
    nl, en = (model.model_fields[f"{base}_{one}"] for one in ("nl", "en"))
    made = _named(model, base, nl)
    other = help_of(en.json_schema_extra)
    label = Text(nl=_LANGUAGE.sub("", made["label"]["nl"]), en=_LANGUAGE.sub("", made["label"]["en"]))
    return made | {
        "control": "pair",
        "label": _both(label),
        "help": made["help"] if any(made["help"].values()) else _both(_for_people(other)),
        "long": bool(_LONG.search(base)),
        "required": needed(model, base),
    }


def _named(model: Model, name: str, found: FieldInfo) -> Control:
    return {
        "name": name,
        "label": _both(label_of(found.json_schema_extra)),
        "help": _both(_for_people(help_of(found.json_schema_extra))),
        "required": needed(model, name),
    }


def _words(shape: Shape) -> Control:
    return {"vocabulary": vocabulary_name(shape.vocabulary)} if shape.vocabulary is not None else {}


def _for_people(help: Text) -> Text:
    """Return a help without what only matters in a file.

    Examples
    --------
    >>> _for_people(Text(en="Was it done there? true, false or unknown."))("en")
    'Was it done there?'
    """
    return Text(nl=_kept(help.nl), en=_kept(help.en))


def _kept(text: str) -> str:
    sentences = re.findall(r"[^.?]+[.?]+", f"{text}." if text and text[-1] not in ".?" else text)
    return _QUOTES.sub("", "".join(one for one in sentences if not _FOR_FILES.search(one)).strip())


def vocabulary_name(words: Vocabulary | None) -> str:
    """Return what a list of choices is called in a form: its name, and how many there are where two lists share one."""
    return f"{words.name} {len(words)}" if words is not None else ""


def numbers_name(name: str, shape: Shape) -> str:
    """Return what a list of numbers to choose from is called in a form."""
    return f"{name} {shape.least}-{shape.most}"


def vocabularies_of(model: Model) -> dict[str, list[dict[str, str]]]:
    """Return the choices that the controls of a record name: each with id, both labels, and its group.

    Examples
    --------
    >>> from labkit.register.records import Outcome
    >>> vocabularies_of(Outcome)["stage of an outcome 5"][0]
    {'id': 'output', 'nl': 'resultaat', 'en': 'output', 'group': ''}
    """
    out: dict[str, list[dict[str, str]]] = {}
    for name in model.model_fields:
        shape = shape_of(model, name)
        if shape.block is not None:
            out |= vocabularies_of(shape.block)
        elif shape.vocabulary is not None:
            terms = [{"id": one.id, "nl": one.nl, "en": one.en, "group": one.group} for one in shape.vocabulary]
            out[vocabulary_name(shape.vocabulary)] = terms
        elif shape.least is not None and shape.most is not None:
            labels = SDGS if name == "sdg" else {}
            out[numbers_name(name, shape)] = [
                {"id": str(one), "nl": labels.get(one, ("", ""))[0], "en": labels.get(one, ("", ""))[1], "group": ""}
                for one in range(shape.least, shape.most + 1)
            ]
    return out


def _both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


#: The Sustainable Development Goals as the United Nations and their Dutch office name them: Dutch, English.
SDGS = {
    1: ("geen armoede", "no poverty"),
    2: ("geen honger", "zero hunger"),
    3: ("goede gezondheid en welzijn", "good health and well-being"),
    4: ("kwaliteitsonderwijs", "quality education"),
    5: ("gendergelijkheid", "gender equality"),
    6: ("schoon water en sanitair", "clean water and sanitation"),
    7: ("betaalbare en duurzame energie", "affordable and clean energy"),
    8: ("waardig werk en economische groei", "decent work and economic growth"),
    9: ("industrie, innovatie en infrastructuur", "industry, innovation and infrastructure"),
    10: ("ongelijkheid verminderen", "reduced inequalities"),
    11: ("duurzame steden en gemeenschappen", "sustainable cities and communities"),
    12: ("verantwoorde consumptie en productie", "responsible consumption and production"),
    13: ("klimaatactie", "climate action"),
    14: ("leven in het water", "life below water"),
    15: ("leven op het land", "life on land"),
    16: ("vrede, justitie en sterke publieke diensten", "peace, justice and strong institutions"),
    17: ("partnerschap om doelstellingen te bereiken", "partnerships for the goals"),
}
