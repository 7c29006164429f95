"""Values as YAML, in the form in which a person would write them: a field a line, an item a line."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from labkit.register.reading import plain

_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_YEAR = re.compile(r"\d{4}$")
#: The fields that hold a date: written without quotes, as people do.
_DATES = frozenset(
    [
        "start",
        "end",
        "asked_on",
        "answer_by",
        "questions_by",
        "signed_on",
        "due",
        "observed_on",
        "updated_on",
        "ethics_date",
        "keep_until",
        "checked_on",
    ]
)


def fields_text(data: Mapping[str, Any]) -> str:
    r"""Return fields as the lines of a file.

    Examples
    --------
    >>> fields_text({"id": "org-x", "kvk": "01234567", "start": "2021"})
    "id: org-x\nkvk: '01234567'\nstart: 2021\n"
    """
    return _dump(_mapping(data))


def value_text(name: str, value: Any) -> str:
    r"""Return one field as it stands in a file.

    Examples
    --------
    >>> value_text("themes", ["safety", "ehealth"])
    'themes:\n  - safety\n  - ehealth'
    """
    return fields_text({name: value}).rstrip("\n")


def _mapping(data: Mapping[str, Any]) -> Any:
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap((name, _node(name, value)) for name, value in data.items())


def _node(name: str, value: Any) -> Any:  # noqa: PLR0911 - one line a case
    """Return a value in the form in which a person would write it."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, list):
        return [_node("", one) for one in value]
    if not isinstance(value, str):
        return value
    if name in _DATES and _YEAR.match(value):
        return int(value)
    if name in _DATES and _DAY.match(value):
        return date.fromisoformat(value)
    if "\n" in value and _fits_a_block(value):
        return LiteralScalarString(value)
    if not value.isprintable():
        return DoubleQuotedScalarString(value)
    # What would be read as a number, a truth or nothing is a text here.
    return value if plain(value) == value else SingleQuotedScalarString(value)


def _fits_a_block(value: str) -> bool:
    """Say whether a text can stand line by line: no line that only quotes could keep as it is."""
    lines = value.split("\n")
    return all(line.isprintable() and line == line.rstrip() for line in lines) and not value[:1].isspace()


def _dump(tree: Any) -> str:
    out = io.StringIO()
    _machine().dump(tree, out)
    return out.getvalue()


def _machine() -> Any:
    """Return ruamel's writer; it folds no line."""
    from ruamel.yaml import YAML

    machine = YAML(typ="rt")
    machine.width = 1_000_000
    machine.allow_unicode = True
    machine.indent(mapping=2, sequence=4, offset=2)
    return machine
