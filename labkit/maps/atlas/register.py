"""The register of a city as one compact JSON object: what the atlas says of projects, questions and partners.

    level                   the level on which records are placed first
    title, note, licence    what the register says of itself
    counts        kind -> how many records
    kinds         kind -> its names and its fields, in the order of the models; see `fields`
    terms         vocabulary -> terms in order: [id, English, Dutch], of themes also sector and sign
    sectors       sector of themes -> its colour
    programmes    id -> label
    records       kind -> records as plain fields, in the order of the models; what is empty is left out
    links         [from, relation, to, role]: every relation between two records, in its own direction
    places        id -> level -> codes of areas, or the group in which it falls; only where a record names areas
    years         id -> [first, last], where known;     order    id -> a text that sorts by time

Only what everybody may see goes in: a record that is not public leaves no name, no reference and no count behind.
Who wrote a record down, and who may see it, stays inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from labkit.areas import Areas
from labkit.language import LANGUAGES
from labkit.maps.scope import CityWithRegister
from labkit.register import when
from labkit.register.book import Book
from labkit.register.exchange.audience import for_audience
from labkit.register.fields import OneOf, Ref, block_in, label_of, marks_in
from labkit.register.placing import place
from labkit.register.records import KINDS, Agreement, Block, Offer, Project, Question, Record
from labkit.register.signs import SECTOR_COLOURS
from labkit.register.spans import when_of, years_of
from labkit.register.today import day_of
from labkit.register.vocabularies import PARTY_ROLES, ROLES, SECTORS, THEMES_OR_UNKNOWN, VISIBILITY, Vocabulary
from labkit.register.wording import clean

Pair = dict[str, str]

#: How a record is kept is no part of what it says.
INSIDE = frozenset(("visibility", "record_by"))


def public(city: CityWithRegister, *, despite_names: bool = False) -> Book:
    """Return the records that go into an atlas.

    Parameters
    ----------
    city : City
        The opened city.
    despite_names : bool
        Go on although a text holds the name of a hidden record; its id is refused all the same.

    Raises
    ------
    MentionError
        If a public text names a record that is not public.

    Examples
    --------
    >>> import labkit as lk
    >>> len(public(lk.open_city("leiden")))
    260
    """
    return for_audience(city.register.book, VISIBILITY.ids[0], despite_names=despite_names)


def register_payload(book: Book, city: CityWithRegister, today: date | str | None = None) -> dict[str, Any]:
    """Return everything that the page shows of a register, ready for JSON.

    Parameters
    ----------
    book : Book
        What everybody may see; see `public`.
    city : City
        The city, for its areas.
    today : datetime.date or str, optional
        Until when that counts which still runs; today if left out.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> found = register_payload(public(leiden), leiden)
    >>> found["counts"]["project"], found["records"]["project"][0]["id"]
    (92, 'p-2016-student-city-film')
    """
    day = day_of(today)
    settings = book.settings
    return {
        "day": day.isoformat(),
        "level": city.default_level,
        "title": cleaned(_pair(settings.titles)),
        "note": cleaned(_pair(settings.note)),
        "licence": clean(settings.licence),
        "counts": {kind: len(book.of(model)) for kind, model in KINDS.items()},
        "kinds": {kind: _kind(model) for kind, model in KINDS.items()},
        "terms": {one.name: _terms(one) for one in _vocabularies()},
        "sectors": SECTOR_COLOURS,
        "programmes": {id: cleaned(_pair(label)) for id, label in settings.programmes.items()},
        "records": {kind: [plain(one) for one in book.of(model)] for kind, model in KINDS.items()},
        "links": [[one.subject, one.predicate, one.object, one.role] for one in _links(book)],
        "places": {one.id: levels for one in book if (levels := _places(one, city.areas))},
        "years": {one.id: list(years) for one in book if (years := years_of(one, day))},
        "order": {one.id: moment for one in book if (moment := when_of(one, book))},
    }


def plain(record: Record) -> dict[str, Any]:
    """Return what a record says, without how it is kept.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> plain(Partner(id="org-x", visibility="public", name="X", kind="other", record_by="knowledge broker"))
    {'id': 'org-x', 'name': 'X', 'kind': 'other'}
    """
    return {name: cleaned(value) for name, value in record.as_dict().items() if name not in INSIDE}


def cleaned(value: Any) -> Any:
    """Return plain data of which the texts hold no sign that a page cannot hold or that turns its neighbours round."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: cleaned(one) for name, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list) else value


def fields(model: type[Block]) -> list[dict[str, Any]]:
    """Return the fields of a kind of record: name, label, type, and what belongs to the type.

    Two texts in Dutch and English are one field. Types: "text" (both languages), "words", "term" (of a vocabulary),
    "record" (the id of one), "area", "date", and "block" or "blocks" with fields of their own; else "plain".

    Examples
    --------
    >>> from labkit.register.records import Handover
    >>> [(one["name"], one["type"]) for one in fields(Handover)][:2]
    [('open_ends', 'text'), ('data_at', 'words')]
    """
    names = model.order() if issubclass(model, Record) else list(model.model_fields)
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        base = name.removesuffix("_nl").removesuffix("_en")
        paired = f"{base}_nl" in names and f"{base}_en" in names
        if name in INSIDE or base in found:
            continue
        info = model.model_fields[name]
        label = _pair(label_of(info.json_schema_extra))
        if paired:
            found[base] = {
                "name": base,
                "label": {key: one.split(" (")[0] for key, one in label.items()},
                "type": "text",
            }
        else:
            found[name] = {"name": name, "label": label, **_type(info)}
    return list(found.values())


def _type(info: FieldInfo) -> dict[str, Any]:
    marks = [*info.metadata, *marks_in(info.annotation)]
    block = block_in(info.annotation)
    if block is not None and issubclass(block, Block):
        return {"type": "blocks" if "list[" in str(info.annotation) else "block", "fields": fields(block)}
    for mark in marks:
        if isinstance(mark, OneOf):
            return {"type": "term", "terms": mark.vocabulary.name}
        if isinstance(mark, Ref):
            return {"type": "area"} if mark.kind == "area" else {"type": "record"}
        if isinstance(mark, BeforeValidator) and mark.func is when.parse:
            return {"type": "date"}
    return {"type": "words" if "strip_whitespace=True" in str(marks) else "plain"}


def _kind(model: type[Record]) -> dict[str, Any]:
    return {"one": _pair(model.LABELS), "many": _pair(model.PLURALS), "fields": fields(model)}


def _vocabularies() -> Iterator[Vocabulary]:
    """Yield every vocabulary that a field of a record takes its values from, each once."""
    seen: dict[str, Vocabulary] = {}

    def look(model: type[Block]) -> None:
        for info in model.model_fields.values():
            for mark in (*info.metadata, *marks_in(info.annotation)):
                if isinstance(mark, OneOf) and mark.vocabulary is not VISIBILITY:
                    # Of two lists with one name the longer one also knows "unknown".
                    known = seen.get(mark.vocabulary.name, mark.vocabulary)
                    seen[mark.vocabulary.name] = max(known, mark.vocabulary, key=len)
            block = block_in(info.annotation)
            if block is not None and issubclass(block, Block):
                look(block)

    for model in KINDS.values():
        look(model)
    # Roles stand in relations too, and sectors in themes.
    for one in (ROLES, PARTY_ROLES, SECTORS, THEMES_OR_UNKNOWN):
        seen.setdefault(one.name, one)
    yield from seen.values()


def _terms(vocabulary: Vocabulary) -> list[list[str]]:
    return [[one.id, one.en, one.nl, *([one.group, one.sign] if one.sign else [])] for one in vocabulary]


def _links(book: Book) -> Iterable[Any]:
    return (one for one in book.links if one.subject in book and one.object in book)


def _places(record: Record, areas: Areas) -> dict[str, Any]:
    """Return where a record that names areas is, level by level: codes, or the group in which it falls."""
    if not getattr(record, "areas", None) or isinstance(record, Agreement):
        return {}
    if not isinstance(record, Project | Question | Offer):
        return {}
    found = {level.id: place(record, areas, level.id) for level in areas.levels}
    return {level: list(one.areas) if one.group == "areas" else one.group for level, one in found.items()}


def _pair(text: Callable[[str], str]) -> Pair:
    return {language: text(language) for language in LANGUAGES}
