"""Change fields in the text of a record, line by line: what does not change keeps its place, form and comments.

A comment above a field, or above an item of a list, belongs to it; one behind a value stays behind the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from labkit.register.rendering import value_text

_FIELD = re.compile(r"""(["']?)(?P<name>[\w.-]+)\1\s*:(?=\s|$)""")
_ITEM = re.compile(r"-(?=\s|$)")
#: A text that goes on line by line below: what looks like a comment there is none.
_LITERAL = re.compile(r"""^(?P<lead>\s*(?:-\s+)*)(?:["']?[\w.-]+["']?\s*:|-)\s*[|>][-+0-9]*\s*(?:#.*)?$""")


@dataclass
class Part:
    """A field or an item: where its own lines begin and end, without the comments above it."""

    name: str
    start: int
    end: int


def patched(text: str, before: Mapping[str, Any], wanted: Mapping[str, Any], order: Sequence[str]) -> str | None:
    r"""Return the text with other values; None if it is in a form that cannot be changed line by line.

    Parameters
    ----------
    text : str
        The file.
    before, wanted : mapping
        The fields that it has and should have.
    order : sequence of str
        The order of fields, for those that are new.

    Examples
    --------
    >>> print(patched("a: 1  # one\n# of b\nb: 2\n", {"a": 1, "b": 2}, {"a": 3, "b": 2}, ["a", "b"]), end="")
    a: 3  # one
    # of b
    b: 2
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    changed = _mapping(lines, 0, before, wanted, order)
    return None if changed is None else end.join(changed).rstrip("\r\n") + end


def _parts(lines: Sequence[str], indent: int, pattern: re.Pattern[str]) -> list[Part] | None:
    """Return the fields or items that stand at an indent; None if something else stands there."""
    found: list[Part] = []
    literal: int | None = None
    for place, line in enumerate(lines):
        bare = line.strip()
        column = len(line) - len(line.lstrip())
        if literal is not None and (not bare or column > literal):
            if bare:
                found[-1].end = place + 1
            continue
        literal = None
        if not bare or bare.startswith("#") or (column == 0 and bare in ("---", "...")):
            continue
        match = pattern.match(line[indent:]) if column == indent else None
        if match:
            found.append(Part(match.groupdict().get("name") or "", place, place + 1))
        elif found and (column > indent or (pattern is _FIELD and column == indent and _ITEM.match(bare))):
            found[-1].end = place + 1
        else:
            return None
        inside = _LITERAL.match(line)
        literal = len(inside["lead"]) if inside else None
    return found


def _mapping(
    lines: list[str], indent: int, before: Mapping[str, Any], wanted: Mapping[str, Any], order: Iterable[str]
) -> list[str] | None:
    """Return the lines of a mapping with other values."""
    parts = _parts(lines, indent, _FIELD)
    if parts is None or not set(before) <= {one.name for one in parts}:
        return None
    out = list(lines)
    for part in reversed(parts):
        own = lines[part.start : part.end]
        if part.name not in wanted:
            out[part.start : part.end] = [] if part.name in before else own
        elif before.get(part.name) != wanted[part.name]:
            out[part.start : part.end] = _field(own, indent, part.name, before.get(part.name), wanted[part.name])
    names = {one.name for one in parts}
    for name in [one for one in wanted if one not in names]:
        out = _with_new(out, indent, name, wanted[name], list(order))
    return out


def _with_new(lines: list[str], indent: int, name: str, value: Any, order: list[str]) -> list[str]:
    """Return the lines with one more field: where a template left room for it, or after the fields before it."""
    new = _indented(value_text(name, value), indent)
    lead = " " * indent
    for place, line in enumerate(lines):
        if line.rstrip() == f"{lead}# {name}:":
            end = place + 1
            while end < len(lines) and re.match(rf"{lead}#  +(- ?)?([\w.]+:)?$", lines[end].rstrip()):
                end += 1
            return [*lines[:place], *new, *lines[end:]]
    parts = _parts(lines, indent, _FIELD) or []
    earlier = set(order[: order.index(name)]) if name in order else {one.name for one in parts}
    at = max((one.end for one in parts if one.name in earlier), default=parts[0].start if parts else len(lines))
    while at < len(lines) and re.match(rf"{lead}\s+#", lines[at]):
        at += 1  # a comment inside the field before it: below a text of several lines it would become text
    return [*lines[:at], *new, *lines[at:]]


def _field(own: list[str], indent: int, name: str, old: Any, new: Any) -> list[str]:
    """Return the lines of one field with another value."""
    key, inner = own[0], own[1:]
    opens = re.fullmatch(r"\s*(?:-\s+)?[^\s:]+\s*:\s*(#.*)?", key) is not None
    if opens and inner and isinstance(old, dict) and isinstance(new, dict):
        deeper = _first_column(inner)
        changed = _mapping(inner, deeper, old, new, list(new)) if deeper > indent else None
        if changed is not None:
            return [key, *changed]
    if opens and inner and isinstance(old, list) and isinstance(new, list):
        changed = _list(inner, old, new)
        if changed is not None:
            return [key, *changed]
    made = _indented(value_text(name, new), indent)
    behind = _comment_behind(own[0]) if len(own) == 1 or opens else ""
    return [f"{made[0]}{behind}", *made[1:]]


def _list(inner: list[str], old: list[Any], new: list[Any]) -> list[str] | None:
    """Return the lines of a list with other items; an item that stays keeps its lines and the comments above it."""
    indent = _first_column(inner)
    items = _parts(inner, indent, _ITEM)
    if items is None or len(items) != len(old):
        return None
    above = [inner[(items[n - 1].end if n else 0) : one.start] for n, one in enumerate(items)]
    own = [inner[one.start : one.end] for one in items]
    free = list(range(len(old)))
    out: list[str] = []
    for value in new:
        same = next((n for n in free if old[n] == value), None)
        like = (
            same if same is not None else next((n for n in free if _alike(old[n], value) and old[n] not in new), None)
        )
        if like is None:
            out += _item(value, indent)
            continue
        free.remove(like)
        out += above[like] + (own[like] if same is not None else _item(value, indent))
    return out + inner[items[-1].end :]


def _alike(one: Any, other: Any) -> bool:
    """Say whether two blocks are the same one with other values: they have the same first field."""
    return isinstance(one, dict) and isinstance(other, dict) and next(iter(one.items())) == next(iter(other.items()))


def _item(value: Any, indent: int) -> list[str]:
    lines = value_text("x", [value]).split("\n")[1:]
    return [f"{' ' * indent}{line[2:]}" if line else line for line in lines]


def _indented(text: str, indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else line for line in text.split("\n")]


def _first_column(lines: Iterable[str]) -> int:
    return next((len(one) - len(one.lstrip()) for one in lines if one.strip() and not one.strip().startswith("#")), 0)


def _comment_behind(line: str) -> str:
    """Return the comment behind the value on a line, with the room before it; "" if there is none."""
    try:
        scalars = [one for one in yaml.parse(line.strip()) if isinstance(one, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return ""
    mark = scalars[-1].end_mark if scalars else None
    at = mark.column if mark is not None else 0
    rest = line.strip()[at:].lstrip(":")
    return rest if rest.strip().startswith("#") else ""
