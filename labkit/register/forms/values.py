"""From a record to what stands in a form, and back, without loss.

In a form everything is text, a list, or a block of these: what is blank is left out of the record, never 0 or "";
"unknown" is a value like the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labkit.register.fields import Model
from labkit.register.forms.shapes import Shape, shape_of

Values = dict[str, Any]

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][+-]?[0-9]{1,3})?")
_ITEM = re.compile(r"\[(\d+)\]")


def values_of(model: Model, data: Mapping[str, Any]) -> Values:
    """Return what stands in a form for the data of a record.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> values_of(Project, {"ec": 7.5, "involves_people": True, "sdg": [3]})
    {'ec': '7.5', 'involves_people': 'true', 'sdg': ['3']}
    """
    return {name: _shown(shape_of(model, name), value) for name, value in data.items() if name in model.model_fields}


def _shown(shape: Shape, value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(shape, one) for one in value]
    if isinstance(value, dict):
        assert shape.block is not None
        return values_of(shape.block, value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


@dataclass
class Read:
    """The data that the values of a form make.

    Attributes
    ----------
    data : dict
        What is filled in, as plain data.
    rows : dict
        Path of a list -> the rows of the form that its items come from: a blank row is no item.
    """

    data: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def in_form(self, path: str) -> str:
        """Return the path in the form of a field in the data.

        Examples
        --------
        >>> Read(rows={"partners": [0, 2]}).in_form("partners[2].role")
        'partners[3].role'
        """
        out, done = "", 0
        for found in _ITEM.finditer(path):
            out += path[done : found.start()]
            rows = self.rows.get(path[: found.start()], [])
            place = int(found[1]) - 1
            out += f"[{(rows[place] if place < len(rows) else place) + 1}]"
            done = found.end()
        return out + path[done:]


def data_of(model: Model, values: Mapping[str, Any]) -> Read:
    """Return the data that the values of a form make; what is not right stays as it was typed, to be refused.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> data_of(Project, {"ec": "7,5", "students": " ", "title_en": "", "themes": ["safety", ""]}).data
    {'themes': ['safety'], 'ec': 7.5}
    """
    read = Read()
    read.data = _block(model, values, "", read)
    return read


def _block(model: Model, values: Mapping[str, Any], path: str, read: Read) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in model.model_fields:
        if name in values:
            value = _read(shape_of(model, name), values[name], f"{path}{name}", read)
            if not _blank(value):
                out[name] = value
    return out


def _read(shape: Shape, value: Any, path: str, read: Read) -> Any:
    if isinstance(value, list):
        rows: list[int] = []
        out: list[Any] = []
        for place, one in enumerate(value):
            if not _blank(_read(shape, one, f"{path}[{len(out) + 1}]", Read())):
                out.append(_read(shape, one, f"{path}[{len(out) + 1}]", read))
                rows.append(place)
        read.rows[path] = rows
        return out
    if isinstance(value, Mapping):
        return _block(shape.block, value, f"{path}.", read) if shape.block is not None else dict(value)
    return _converted(shape.kind, value)


def _converted(kind: str, value: Any) -> Any:
    """Return a value of the type that the field holds, or as it was typed if it is no such value."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if kind == "bool":
        return {"true": True, "false": False}.get(text, value)
    if kind == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if kind == "float" and _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    return value


def _blank(value: Any) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
