"""One field of a record as one column of a table: its type, its rules, and its values as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from labkit.register import when
from labkit.register.exchange.cells import join, split
from labkit.register.fields import OneOf, Ref, help_of, id_pattern, label_of, marks_in
from labkit.register.records import Block
from labkit.register.vocabularies import Vocabulary
from labkit.texts import Text

_NO_TEXT = Text()
#: A pattern must fit the whole cell, whatever comes after the beginning.
_ADDRESS = r"^https?://[\s\S]*$"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        The field.
    kind : {"text", "choice", "date", "integer", "number", "flag", "mixed"}
        What its values are; "mixed" is a number, true or false, or else the word "unknown".
    many : bool
        Whether a cell holds several values.
    required : bool
        Whether a cell must be filled.
    allowed : tuple of str
        The values that may stand there; empty if any may.
    pattern : str
        What a value must look like; "" if anything goes.
    minimum, maximum : float or None
        The bounds of a number.
    vocabulary : Vocabulary or None
        Whose values they are.
    ref : Ref or None
        The kind of record or area that it names.
    label, help : Text
        What people call it, and what to write.
    standard : str
        Its name in a standard, such as "schema:name".

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> themes = Column.of(Project, "themes")
    >>> themes.many, themes.write(["safety", "ehealth"]), themes.read("safety;ehealth")
    (True, 'safety;ehealth', ['safety', 'ehealth'])
    """

    name: str
    kind: str = "text"
    many: bool = False
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    vocabulary: Vocabulary | None = None
    ref: Ref | None = None
    label: Text = _NO_TEXT
    help: Text = _NO_TEXT
    standard: str = ""

    @classmethod
    def of(cls, model: type[Block], name: str) -> Column:
        """Return the column of a field that holds no blocks."""
        field = model.model_fields[name]
        marks = [*field.metadata, *marks_in(field.annotation)]
        one_of = next((one for one in marks if isinstance(one, OneOf)), None)
        ref = next((one for one in marks if isinstance(one, Ref)), None)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        many, parts = _parts(_schema_of(model)["properties"][name])
        if name == "id" and hasattr(model, "KIND"):
            parts = [{**parts[0], "pattern": id_pattern(model.KIND)}]
        return cls(
            name=name,
            many=many,
            required=field.is_required(),
            vocabulary=one_of.vocabulary if one_of else None,
            ref=ref,
            label=label_of(extra),
            help=help_of(extra),
            standard=str(extra.get("standard", "")),
            **_rules(parts),
        )

    def write(self, value: Any) -> str:
        """Return a value as the text of a cell; "" for nothing."""
        if value is None:
            return ""
        return join(map(_text, value)) if self.many else _text(value)

    def read(self, text: str) -> Any:
        """Return the value that a cell says; a text that cannot be one stays a text, for the record to refuse."""
        if not self.many:
            return self._one(text)
        tidy = self.vocabulary is not None or self.kind != "text" or (self.ref is not None and self.ref.kind != "area")
        items = [item.strip() if tidy else item for item in split(text)]
        return [self._one(item) for item in items if item]

    def _one(self, text: str) -> Any:
        for read in _READERS[self.kind]:
            try:
                return read(text)
            except ValueError:
                continue
        return text


def _flag(text: str) -> bool:
    # Dutch and English spreadsheets write these in capitals of their own.
    words = {"true": True, "false": False, "waar": True, "onwaar": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def _integer(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


_READERS: dict[str, list[Callable[[str], Any]]] = {
    "text": [],
    "choice": [],
    "date": [],
    "integer": [_integer],
    "number": [float],
    "flag": [_flag],
    "mixed": [_flag, _integer],
}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


_SCHEMAS: dict[type[Block], dict[str, Any]] = {}


def _schema_of(model: type[Block]) -> dict[str, Any]:
    if model not in _SCHEMAS:
        _SCHEMAS[model] = model.model_json_schema()
    return _SCHEMAS[model]


def _parts(node: dict[str, Any]) -> tuple[bool, list[dict[str, Any]]]:
    """Return whether a field is a list, and the alternatives of one value, as its JSON Schema has them."""
    options = [one for one in node.get("anyOf", [node]) if one.get("type") != "null"]
    if options[0].get("type") == "array":
        return True, _parts(options[0]["items"])[1]
    flat: list[dict[str, Any]] = []
    for one in options:
        flat += _parts(one)[1] if "anyOf" in one else [one]
    return False, flat


def _rules(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the kind of a column and its limits, from the alternatives of its values."""
    first = parts[0]
    words = [value for part in parts for value in part.get("enum", [part["const"]] if "const" in part else [])]
    types = {part.get("type") for part in parts if "enum" not in part and "const" not in part}
    if any(part.get("pattern") == when.PATTERN for part in parts):
        return {"kind": "date", "pattern": when.PATTERN}
    if words and "integer" in types:
        return {"kind": "mixed", "pattern": rf"^({'|'.join(words)}|\d+)$"}
    if words:
        mixed = any(isinstance(value, bool) for value in words)
        return {"kind": "mixed" if mixed else "choice", "allowed": tuple(map(_text, words))}
    if types & {"integer", "number"}:
        low = first.get("minimum", first.get("exclusiveMinimum"))
        kind = "integer" if "integer" in types else "number"
        return {"kind": kind, "minimum": low, "maximum": first.get("maximum")}
    if "boolean" in types:
        return {"kind": "flag"}
    return {"pattern": _ADDRESS if first.get("format") == "uri" else first.get("pattern", "")}
