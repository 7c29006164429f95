"""Make the fields of a record ready: names become ids and codes, and what follows by itself is filled in."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from labkit.names import fold
from labkit.register import when
from labkit.register.fields import Ref, id_pattern
from labkit.register.ids import make_id
from labkit.register.links import Route, routes
from labkit.register.records import KINDS, Partner

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

#: Fields that a new record has unless something else is said.
_STARTS_AS: dict[str, dict[str, Any]] = {
    "question": {"visibility": "private", "status": "new", "scope": "unknown", "asker_kind": "unknown"},
    "offer": {"visibility": "private", "status": "open", "levels": ["unknown"]},
    "project": {
        **{"visibility": "private", "status": "planned", "programme": "other", "start": "unknown"},
        **{"levels": ["unknown"], "scope": "unknown", "involves_people": "unknown"},
    },
    "partner": {"visibility": "private"},
    "agreement": {"visibility": "private", "status": "draft", "start": "unknown"},
    "outcome": {"visibility": "private", "direction": "unknown", "evidence": "none"},
}


_TITLES = ("title_nl", "title_en", "name", "statement_nl", "statement_en")


def prepare(
    book: Book, areas: Areas | None, kind: str, fields: Mapping[str, Any], taken: Container[str] | None = None
) -> dict[str, Any]:
    """Return the fields of a new record with what follows by itself.

    That is: its id, codes of areas and ids of records that are given by name, the scope where areas are given, and
    values to start with (a new record is private).

    Parameters
    ----------
    book, areas : Book, Areas
        Where names are looked up.
    kind : str
        The kind of record.
    fields : mapping
        What is said.
    taken : container of str, optional
        Ids that a new one must stay clear of; those of the book if left out.

    Examples
    --------
    >>> from labkit.register.book import Book
    >>> data = prepare(Book([]), None, "question", {"title_en": "Who comes?", "areas": ["BU05460302"]})
    >>> data["id"], data["scope"], data["visibility"]
    ('q-who-comes', 'areas', 'private')
    """
    said = with_names(book, areas, kind, fields)
    if said.get("areas") and "scope" in KINDS[kind].model_fields:
        said.setdefault("scope", "areas")
    data = {**_STARTS_AS[kind], **said}
    if "id" not in data:
        data["id"] = id_for(kind, data, book.records if taken is None else taken)
    return data


def id_for(kind: str, data: Mapping[str, Any], taken: Container[str] = ()) -> str:
    """Return the id that a new record gets from its title and year.

    Examples
    --------
    >>> id_for("project", {"title_en": "Soup on Tuesday", "start": "2026-02"})
    'p-2026-soup-on-tuesday'
    """
    title = next((str(data[one]) for one in _TITLES if data.get(one)), "")
    if kind == "outcome" and data.get("project"):
        title = f"{str(data['project']).removeprefix('p-')} {data.get('kind', '')}"
    return make_id(kind, title, _year(kind, data), taken)


def with_names(book: Book, areas: Areas | None, kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields in which names of areas, partners, programmes and other records are replaced by codes and ids.

    Only what is exactly a name (case and accents aside) is replaced; an area also by its other names. What is not known
    stays as it is, for the record itself to refuse.
    """
    data = dict(fields)
    for route in routes(KINDS[kind]):
        if route.name in data:
            data[route.name] = _named(book, areas, route, data[route.name])
    if isinstance(data.get("programme"), str):
        wanted = fold(data["programme"])
        for id, text in book.settings.programmes.items():
            if wanted in (fold(text.nl), fold(text.en)):
                data["programme"] = id
    return data


def onto(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return data with changes: None empties a field, and of a block only the fields that are named change.

    Examples
    --------
    >>> onto({"a": 1, "b": {"c": 1, "d": 2}}, {"a": None, "b": {"c": 3}})
    {'b': {'c': 3, 'd': 2}}
    """
    out = dict(data)
    for name, value in changes.items():
        old = out.get(name)
        if value is None:
            out.pop(name, None)
        elif isinstance(value, dict) and isinstance(old, dict):
            out[name] = onto(old, value)
        else:
            out[name] = value
    return out


def _named(book: Book, areas: Areas | None, route: Route, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_named(book, areas, route, one) for one in value]
    if isinstance(value, dict):
        return {
            name: next((_named(book, areas, inner, one) for inner in route.inner if inner.name == name), one)
            for name, one in value.items()
        }
    return _id_of(book, areas, route.ref, value) if isinstance(value, str) and not route.inner else value


def _id_of(book: Book, areas: Areas | None, ref: Ref, text: str) -> str:
    if ref.kind == "area":
        return areas.find(text).code if areas is not None else text
    if text in book or re.match(id_pattern(ref.kind), text):
        return text
    wanted = fold(text)
    found = [one.id for one in book.of(KINDS[ref.kind]) if wanted in map(fold, _names(one))]
    return found[0] if len(found) == 1 else text


def _names(record: Any) -> list[str]:
    if isinstance(record, Partner):
        return [one for one in (record.name, record.name_en, record.short_name) if one]
    return [text for name in ("title_nl", "title_en") if (text := getattr(record, name, None))]


def _year(kind: str, data: Mapping[str, Any]) -> int | None:
    try:
        return when.year(when.parse(data.get("start"))) if kind == "project" and data.get("start") else None
    except ValueError:
        return None  # the record itself will say what is wrong with it
