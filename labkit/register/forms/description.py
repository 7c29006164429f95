"""A form as plain JSON data: its sections and controls, and everything that can be chosen in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labkit.register.book import Book
from labkit.register.fields import PREFIXES
from labkit.register.forms.controls import controls_of, vocabularies_of
from labkit.register.forms.sections import sections_of
from labkit.register.records import KINDS, Partner, Record
from labkit.register.settings import Settings
from labkit.register.spans import span_of
from labkit.register.when import year
from labkit.texts import Text

if TYPE_CHECKING:
    from labkit.area import Area
    from labkit.areas import Areas

Described = dict[str, Any]


def describe(
    kind: str, book: Book, areas: Areas | None = None, home: Area | None = None, level: str | None = None
) -> Described:
    """Return the form of a kind of record.

    Parameters
    ----------
    kind : str
        The kind of record.
    book : Book
        The records that can be named in it, and the programmes.
    areas : Areas, optional
        The areas that can be picked.
    home : Area, optional
        The area that the city is: smaller areas are offered inside it only.
    level : str, optional
        The level whose areas are on the map at first.

    Returns
    -------
    dict
        `kind`, `label`, `sections` (each with `id`, `title`, `help` and `controls`), `vocabularies`, `records` and
        `places`; every text in both languages.

    Examples
    --------
    >>> form = describe("question", Book([]))
    >>> [one["name"] for one in form["sections"][0]["controls"]]
    ['title', 'status', 'asker_kind', 'themes', 'scope', 'visibility']
    """
    model = KINDS[kind]
    sections = [
        {
            "id": section.id,
            "title": _both(section.title),
            "help": _both(section.help),
            "controls": controls_of(model, names),
        }
        for section, names in sections_of(model)
    ]
    return {
        "kind": kind,
        "label": _both(model.LABELS),
        "prefix": PREFIXES[kind],
        "sections": sections,
        "vocabularies": vocabularies_of(model) | {"programmes": _programmes(book.settings)},
        "records": {name: _records(book, name) for name in sorted(_named_kinds(sections))},
        "places": places(areas, home, level) if areas is not None else None,
    }


def places(areas: Areas, home: Area | None, level: str | None = None) -> Described:
    """Return the areas that can be picked: those that the city is divided in, and larger ones around it."""
    depth = areas.level(home.level).depth if home is not None else -1
    levels = []
    for one in areas.levels:
        found = areas.of_level(one.id, home if one.depth > depth else None)
        if len(found) > 1:
            levels.append(
                {
                    "id": one.id,
                    "singular": _both(one.singular),
                    "plural": _both(one.plurals),
                    "areas": [area.code for area in found],
                }
            )
    named = [
        {"code": one.code, "name": one.name, "level": one.level, "in": one.parent.name if one.parent else ""}
        for one in areas
    ]
    ids = [one["id"] for one in levels]
    return {"levels": levels, "areas": named, "shown": level if level in ids else ids[-1] if ids else ""}


def _records(book: Book, kind: str) -> list[dict[str, str]]:
    """Return the records of a kind that can be named: id, title in both languages, and what tells two apart."""
    found = [{"id": one.id, **_titles(one), "more": _more(one)} for one in book.of(KINDS[kind])]
    return sorted(found, key=lambda one: (one["nl"].casefold(), one["id"]))


def _titles(record: Record) -> dict[str, str]:
    if isinstance(record, Partner):
        return _both(Text(nl=record.name, en=record.name_en or record.name))
    name = "title" if record.text("title") else "statement" if hasattr(record, "statement_nl") else "title"
    return {one: record.text(name, one) for one in ("nl", "en")}


def _more(record: Record) -> str:
    if isinstance(record, Partner):
        return record.short_name or ""
    if record.KIND in ("project", "agreement"):
        found = year(span_of(record).start)  # type: ignore[arg-type]
        return str(found) if found else ""
    return ""


def _programmes(settings: Settings) -> list[dict[str, str]]:
    known = {**settings.programmes, "other": None, "unknown": None}
    return [{"id": one, **{lang: settings.programme(one, lang) for lang in ("nl", "en")}, "group": ""} for one in known]


def _named_kinds(sections: list[dict[str, Any]]) -> set[str]:
    found: set[str] = set()

    def look(controls: list[dict[str, Any]]) -> None:
        for one in controls:
            if one["control"] in ("reference", "references"):
                found.add(one["kind"])
            look(one.get("fields", []))

    for section in sections:
        look(section["controls"])
    return found


def _both(text: Text) -> dict[str, str]:
    return {"nl": text("nl"), "en": text("en")}
