"""How the values of a record read: labels instead of ids, names instead of codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labkit.language import number, t
from labkit.register import when
from labkit.register.fields import OneOf, Ref, label_of, marker_at
from labkit.register.placing import HasPlace
from labkit.register.records import Block, Record
from labkit.register.vocabularies import SCOPES, UNKNOWN

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

_DATES = ("start", "end", "due", "keep_until", "ethics_date")


def field_label(record: type[Block], name: str, language: str | None = None) -> str:
    """Return the label of a field.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> field_label(Project, "themes", "nl")
    "Thema's"
    """
    return label_of(record.model_fields[name].json_schema_extra)(language) or name


def value_shown(  # noqa: PLR0911 - one line a kind of value
    book: Book, areas: Areas | None, record: type[Record], path: tuple[str | int, ...], value: Any
) -> str:
    """Return one value of a field as people read it.

    Parameters
    ----------
    book, areas : Book, Areas
        Where names of records and areas are looked up.
    record : type
        The kind of record.
    path : tuple
        The field.
    value : str, int, float or bool
        What stands in it.
    """
    name = next((one for one in reversed(path) if isinstance(one, str)), "")
    mark, ref = marker_at(record, path, OneOf), marker_at(record, path, Ref)
    if mark is not None and value in mark.vocabulary:
        return mark.vocabulary.label(value)
    if ref is not None:
        return _named(book, areas, ref, str(value))
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if value == UNKNOWN:
        return t("unknown")
    if name == "programme":
        return book.settings.programme(str(value))
    if name.endswith(("_on", "_by")) or name in _DATES:
        return _date(str(value))
    if isinstance(value, int):
        return number(value) if name in ("students", "places", "amount_eur") else str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def place_shown(record: HasPlace, areas: Areas | None) -> str:
    """Return where a record is, in words: names of areas, "the whole city", or "unknown".

    Examples
    --------
    >>> import labkit as lk
    >>> from types import SimpleNamespace
    >>> place_shown(SimpleNamespace(scope="areas", areas=["BU05460800"]), lk.open_city("leiden").areas)
    'Slaaghwijk'
    """
    if record.scope == "areas" and record.areas:
        return ", ".join(areas[code].name if areas and code in areas else code for code in record.areas)
    return SCOPES.label(record.scope or UNKNOWN)


def _named(book: Book, areas: Areas | None, ref: Ref, value: str) -> str:
    if ref.kind == "area":
        return areas[value].name if areas is not None and value in areas else value
    return book[value].title if value in book else value


def _date(value: str) -> str:
    try:
        return when.shown(when.parse(value))
    except ValueError:
        return value
