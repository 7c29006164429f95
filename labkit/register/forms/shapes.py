"""What kind of value a field of a record holds: read from its type, once for describing and for reading values."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from labkit.register import when
from labkit.register.fields import Model, OneOf, Ref, Url, block_in, marks_in
from labkit.register.vocabularies import UNKNOWN, Vocabulary


@dataclass(frozen=True)
class Shape:
    """What a field holds.

    Attributes
    ----------
    many : bool
        Whether it is a list.
    kind : {"text", "date", "url", "int", "float", "bool", "block"}
        What it holds, or what each item of it is.
    block : type or None
        The class of its blocks.
    vocabulary : Vocabulary or None
        The values that it may have.
    ref : Ref or None
        The kind of record that it names.
    unknown : bool
        Whether "unknown" is a value of it.
    least, most : int or None
        The limits of a whole number.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> shape_of(Project, "sdg").kind, shape_of(Project, "sdg").most, shape_of(Project, "start").unknown
    ('int', 17, True)
    """

    many: bool
    kind: str
    block: Model | None = None
    vocabulary: Vocabulary | None = None
    ref: Ref | None = None
    unknown: bool = False
    least: int | None = None
    most: int | None = None


@cache
def shape_of(model: Model, name: str) -> Shape:
    """Return what a field of a record or block holds."""
    found = model.model_fields[name]
    many = any(typing.get_origin(one) is list for one in _alternatives(found.annotation))
    block = block_in(found.annotation)
    if block is not None:
        return Shape(many, "block", block)
    marks = [*found.metadata, *marks_in(found.annotation)]
    words = next((one.vocabulary for one in marks if isinstance(one, OneOf)), None)
    kind = _kind(found, marks)
    return Shape(
        many,
        kind,
        vocabulary=words,
        ref=next((one for one in marks if isinstance(one, Ref)), None),
        unknown=kind == "date" or UNKNOWN in (words.ids if words is not None else _literals(found.annotation)),
        least=_limit(marks, Ge, "ge"),
        most=_limit(marks, Le, "le"),
    )


def _kind(found: FieldInfo, marks: list[Any]) -> str:
    plain = _plain_types(found.annotation)
    for one, kind in ((bool, "bool"), (float, "float"), (int, "int")):
        if one in plain:
            return kind
    before = [getattr(one, "func", None) for one in marks if isinstance(one, BeforeValidator)]
    if when.parse in before:
        return "date"
    return "url" if _url_check() in before else "text"


@cache
def _url_check() -> Any:
    return next(one.func for one in typing.get_args(Url)[1:] if isinstance(one, BeforeValidator))


def _alternatives(annotation: Any) -> list[Any]:
    """Return the types of which a value may be one."""
    if typing.get_origin(annotation) is Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return [inner for one in typing.get_args(annotation) for inner in _alternatives(one)]
    return [annotation]


def _plain_types(annotation: Any) -> set[Any]:
    """Return the plain types inside a type: those of the items of a list, and those of literal values."""
    out: set[Any] = set()
    for one in _alternatives(annotation):
        if typing.get_origin(one) is list:
            out |= _plain_types(typing.get_args(one)[0])
        elif typing.get_origin(one) is Literal:
            out |= {type(value) for value in typing.get_args(one)}
        else:
            out.add(one)
    return out


def _literals(annotation: Any) -> tuple[Any, ...]:
    return tuple(
        value
        for one in _alternatives(annotation)
        if typing.get_origin(one) is Literal
        for value in typing.get_args(one)
    )


def _limit(marks: list[Any], kind: type, name: str) -> int | None:
    """Return a limit of a number; pydantic keeps it apart, or inside its own description of the field."""
    for one in marks:
        inner = one.metadata if isinstance(one, FieldInfo) else [one]
        for mark in inner:
            if isinstance(mark, kind):
                return int(getattr(mark, name))
    return None
