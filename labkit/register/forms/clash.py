"""Somebody else changed the record meanwhile: what is told, field by field, and what becomes of the choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from labkit.language import t
from labkit.register.book import Book
from labkit.register.differences import Differences
from labkit.register.fields import Model
from labkit.register.forms.shapes import shape_of
from labkit.register.labels import field_label, value_shown
from labkit.register.records import Block, Record

if TYPE_CHECKING:
    from labkit.areas import Areas


def told(
    model: type[Record], found: Differences, book: Book, areas: Areas | None, language: str
) -> list[dict[str, Any]]:
    """Return the fields that somebody else changed, with what stands in each, in the current language.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> rows = told(Partner, Differences({"name": "A"}, {"name": "B"}, {"name": "C"}), Book([]), None, "en")
    >>> rows[0]["label"], rows[0]["theirs"], rows[0]["yours"], rows[0]["both"]
    ('Name', 'B', 'C', True)
    """
    return [
        {
            "name": one.field,
            "label": field_label(model, one.field, language),
            "opened": shown(model, one.field, one.opened, book, areas),
            "theirs": shown(model, one.field, one.theirs, book, areas),
            "yours": shown(model, one.field, one.yours, book, areas),
            "both": one.yours not in (one.opened, one.theirs),
        }
        for one in found
        if one.theirs not in (one.opened, one.yours)
    ]


def chosen(found: Differences, choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data after the choices: "mine" or "theirs" by field; your own change stays where nothing is chosen.

    Examples
    --------
    >>> found = Differences({"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 3, "b": 1})
    >>> chosen(found, {"a": "theirs"}), chosen(found, {"a": "mine", "b": "mine"})
    ({'a': 2, 'b': 2}, {'a': 3, 'b': 1})
    """
    _, theirs, yours = found.sides
    out = dict(yours)
    for one in found:
        usual = "mine" if one.yours != one.opened else "theirs"
        value = theirs.get(one.field) if choices.get(one.field, usual) == "theirs" else yours.get(one.field)
        if value is None:
            out.pop(one.field, None)
        else:
            out[one.field] = value
    return out


def shown(model: type[Record], name: str, value: Any, book: Book, areas: Areas | None) -> str:
    """Return a value of a record as people read it, one item a line."""
    return "\n".join(_lines(model, (name,), model, name, value, book, areas)) or t("(empty)")


def _lines(
    record: type[Record],
    path: tuple[str | int, ...],
    model: Model,
    name: str,
    value: Any,
    book: Book,
    areas: Areas | None,
) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _lines(record, (*path, place), model, name, one, book, areas)
    elif isinstance(value, dict):
        block = shape_of(model, name).block
        assert block is not None
        inner = (
            f"{field_label(cast(type[Block], block), one)}: "
            + ", ".join(_lines(record, (*path, one), block, one, held, book, areas))
            for one, held in value.items()
        )
        yield "; ".join(inner)
    else:
        yield value_shown(book, areas, record, path, value)
