"""The conditions of a search: on a theme, an area, a year, a partner, or any other field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from labkit.areas import Areas
from labkit.asked import several
from labkit.errors import AmbiguousNameError, UnknownNameError, WrongUseError
from labkit.language import t
from labkit.names import fold
from labkit.register.book import Book
from labkit.register.fields import Ref, marker_at
from labkit.register.nearby import Nearby
from labkit.register.records import KINDS, Outcome, Partner, Project, Record
from labkit.register.searching.asking import field_asked, field_label, kinds_with, values_asked, vocabularies_of
from labkit.register.searching.years import years_asked
from labkit.register.spans import years_of
from labkit.register.vocabularies import SECTORS, THEMES, UNKNOWN
from labkit.register.words import words_of

Test = Callable[[Record], bool]

#: Relations in which a partner has a part in another record.
_TAKES_PART = ("partner_in", "party_to", "committed_to", "offers", "publishes")


@dataclass(frozen=True)
class Condition:
    """One condition.

    Attributes
    ----------
    words : str
        The condition in words, for a reader.
    test : callable
        Whether a record meets it.
    kinds : tuple of str
        The kinds of record that it can be asked of.
    note : str
        What to know of how it was read; "" if there is nothing.
    """

    words: str
    test: Test
    kinds: tuple[str, ...]
    note: str = ""


def condition(book: Book, areas: Areas | None, name: str, value: Any, today: date) -> Condition:
    """Return the condition that a field and a value, or several values, mean."""
    field = field_asked(name)
    makers: dict[str, Callable[[Any], Condition]] = {
        "theme": _theme,
        "area": lambda one: _area(areas, one),
        "year": lambda one: _year(one, today),
        "partner": lambda one: _partner(book, one),
        "programme": lambda one: _programme(book, one),
        "agreement": lambda one: _reference(book, "agreement", "under_agreement", one, ("project", "agreement")),
    }
    make = makers.get(field, lambda one: _other(book, field, one))
    parts = [make(one) for one in several(value)]
    if not parts:
        raise WrongUseError(t("Give {field} a value.", field=field_label(field)))
    words = t(" or ").join(one.words for one in parts)
    note = " ".join(dict.fromkeys(one.note for one in parts if one.note))
    kinds = tuple(dict.fromkeys(kind for one in parts for kind in one.kinds))
    return Condition(
        f"{field_label(field)} {words}", lambda record: any(one.test(record) for one in parts), kinds, note
    )


def _theme(value: Any) -> Condition:
    kinds = _ids(kinds_with("themes"))
    try:
        wanted = {term.id for term in values_asked("theme", value, [THEMES])}
        label = THEMES.label(min(wanted))
    except UnknownNameError:
        sector = SECTORS.near(str(value))[:1]
        if not sector or fold(str(value)) not in map(fold, (sector[0], SECTORS[sector[0]].nl, SECTORS[sector[0]].en)):
            raise
        wanted, label = {term.id for term in THEMES if term.group == sector[0]}, SECTORS.label(sector[0])
    return Condition(label, lambda record: not wanted.isdisjoint(getattr(record, "themes", ())), kinds)


def _area(areas: Areas | None, value: Any) -> Condition:
    kinds = _ids(kinds_with("areas"))
    if isinstance(value, str) and fold(value) in (UNKNOWN, "onbekend"):
        return Condition(t("unknown"), lambda record: getattr(record, "scope", "") == UNKNOWN, kinds)
    note = ""
    if areas is None:
        codes, label = {str(value)}, str(value)
    else:
        try:
            found = [areas.find(value)]
        except AmbiguousNameError as many:
            found = [areas[code] for code in many.codes]
            names = ", ".join(area.name for area in found)
            note = t('"{name}" stands for several areas; all of them count: {names}.', name=value, names=names)
        label = str(value) if note else found[0].name
        codes = {one.code for one in areas if any(one.is_within(area) for area in found)}
    return Condition(label, lambda record: not codes.isdisjoint(getattr(record, "areas", ())), kinds, note)


def _year(value: Any, today: date) -> Condition:
    kinds = ("question", "offer", "project", "agreement", "outcome")
    asked = years_asked(value)
    if asked is None:
        return Condition(t("unknown"), lambda record: record.KIND in kinds and years_of(record, today) is None, kinds)
    first, last = asked
    words = str(first) if first == last else f"{first} – {last}"

    def test(record: Record) -> bool:
        found = years_of(record, today)
        return found is not None and found[0] <= last and first <= found[1]

    return Condition(words, test, kinds)


def _partner(book: Book, value: Any) -> Condition:
    named = {one.id: [one.id, one.name, one.name_en, one.short_name] for one in book.of(Partner)}
    wanted = _named(value, named, "partner", lambda id: book[id].title)
    label = book[wanted[0]].title
    todo = list(wanted)
    while todo:
        # What is part of a partner counts for it, as an area counts for the one that it lies in.
        parts = [link.subject for link in book.links_to(todo.pop(), "part_of") if link.subject not in wanted]
        wanted += parts
        todo += parts
    links = (link for id in wanted for link in book.links_from(id) if link.predicate in _TAKES_PART)
    holders = {link.holder for link in links}
    return Condition(label, lambda record: record.id in holders, ("question", "offer", "project", "agreement"))


def _programme(book: Book, value: Any) -> Condition:
    ids = [*book.settings.programmes, "other", UNKNOWN]
    named = {id: [id, book.settings.programme(id, "nl"), book.settings.programme(id, "en")] for id in ids}
    wanted = _named(value, named, "programme", book.settings.programme)
    label = book.settings.programme(wanted[0])
    return Condition(label, lambda record: getattr(record, "programme", None) in wanted, ("project",))


def _other(book: Book, field: str, value: Any) -> Condition:
    """Return a condition on a field by its own name: a value of a vocabulary, another record, or what stands there."""
    kinds = kinds_with(field)
    vocabularies = vocabularies_of(field, kinds)
    if vocabularies:
        terms = values_asked(field, value, vocabularies)
        ids = {term.id for term in terms}
        return Condition(terms[0].label(), lambda record: not ids.isdisjoint(_values(record, field)), _ids(kinds))
    refs = [mark for kind in kinds if (mark := marker_at(kind, (field,), Ref)) is not None]
    if refs:
        return _reference(book, refs[0].kind, field, value, _ids(kinds))
    wanted = tuple(words_of(str(value)))
    return Condition(str(value), lambda record: _has(record, field, value, wanted), _ids(kinds))


def _reference(book: Book, kind: str, field: str, value: Any, kinds: tuple[str, ...]) -> Condition:
    """Return a condition on the record that a field refers to, by its id or its title."""
    named = {one.id: [one.id, *_titles(one)] for one in book.of(KINDS[kind])}
    asked = kind if field == "under_agreement" else field
    wanted = set(_named(value, named, asked, lambda id: book[id].title))
    links = (link for link in book.links if link.field.partition("[")[0] == field)
    holders = {one.holder for one in links if {one.subject, one.object} & (wanted - {one.holder})}
    return Condition(book[min(wanted)].title, lambda record: record.id in holders, kinds)


def _named(value: Any, named: dict[str, list[Any]], field: str, shown: Callable[[str], str]) -> list[str]:
    """Return the ids that a name means; an UnknownNameError suggests the nearest names.

    `named` holds the names of each id; `shown` returns the one that a reader knows it by.
    """
    wanted = fold(str(value))
    found = [id for id, names in named.items() if wanted in (fold(name) for name in names if name)]
    if found:
        return found
    owners = {str(name): id for id, names in named.items() for name in names if name}
    near = list(dict.fromkeys(shown(owners[one]) for one in Nearby(owners).of(str(value))))
    if near:
        hint = t("Did you mean {names}?", names=t(" or ").join(near))
    elif 0 < len(named) <= 12:
        hint = t("Choose from {names}.", names=", ".join(map(shown, named)))
    else:
        hint = t("Search for a word of its name.")
    message = t('"{value}" is no value of {field}.', value=value, field=field_label(field))
    raise UnknownNameError(f"{message} {hint}", near)


def _titles(record: Record) -> list[str]:
    names = ("title_nl", "title_en", "name", "name_en", "short_name")
    return [text for name in names if (text := getattr(record, name, None))]


def _values(record: Record, field: str) -> list[Any]:
    value = getattr(record, field, None)
    return value if isinstance(value, list) else [value]


def _has(record: Record, field: str, value: Any, words: tuple[str, ...]) -> bool:
    """Say whether a field holds a value: the same, a date that begins so, or a text with these words."""
    for one in _values(record, field):
        if one is None:
            continue
        if isinstance(one, bool) or isinstance(value, bool):
            if one is value:
                return True
        elif isinstance(one, int | float):
            if str(one) == str(value):
                return True
        else:
            own = words_of(str(one))
            if words and all(any(word.startswith(start) for word in own) for start in words):
                return True
    return False


def _ids(kinds: Iterable[type[Record]]) -> tuple[str, ...]:
    return tuple(kind.KIND for kind in kinds)


def related(book: Book, record: Record) -> list[Record]:
    """Return the records that answer for one that lacks a field: its project for an outcome, its outcomes for a project."""
    if isinstance(record, Outcome):
        project = book.records.get(record.project)
        return [project] if project is not None else []
    return list(book.outcomes_of(record.id)) if isinstance(record, Project) else []
