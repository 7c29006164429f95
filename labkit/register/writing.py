"""Write records as YAML that people read, edit and merge: a field a line, an item a line, comments kept."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from labkit.errors import LabkitError
from labkit.language import t
from labkit.register.reading import read_yaml
from labkit.register.records import Record
from labkit.register.validating import to_record

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


def new_text(record: Record) -> str:
    """Return the text of a new file.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> print(new_text(Partner(id="org-police", visibility="public", name="Politie", kind="police")), end="")
    # yaml-language-server: $schema=../schemas/partner.schema.json
    id: org-police
    visibility: public
    name: Politie
    kind: police
    """
    body = _dump(_mapping(record.as_dict()))
    return f"# yaml-language-server: $schema=../schemas/{record.KIND}.schema.json\n{body}"


def value_text(name: str, value: Any) -> str:
    r"""Return one field as it stands in a file.

    Examples
    --------
    >>> value_text("themes", ["safety", "ehealth"])
    'themes:\n  - safety\n  - ehealth'
    """
    return _dump(_mapping({name: value})).rstrip("\n")


def changed_text(text: str, record: Record) -> str:
    r"""Return a file's text with the fields of a record; what did not change keeps its place, form and comments.

    Parameters
    ----------
    text : str
        The file as it stands.
    record : Record
        What should stand in it.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> old = "# our own\nkind: police  # and fire\nid: org-x\nvisibility: public\nname: X\n"
    >>> print(changed_text(old, Partner(id="org-x", visibility="public", name="Y", kind="police")), end="")
    # our own
    kind: police  # and fire
    id: org-x
    visibility: public
    name: Y
    """
    wanted = record.as_dict()
    before = to_record(type(record), read_yaml(text)).as_dict()
    if before == wanted:
        return text
    machine = _machine(text)
    tree = machine.load(text)
    _change(tree, before, wanted, record.order())
    out = io.StringIO()
    machine.dump(tree, out)
    changed = out.getvalue()
    # What is saved must be what was meant, whatever the file looked like.
    if to_record(type(record), read_yaml(changed)).as_dict() != wanted:
        raise LabkitError(
            t("{id} could not be changed without harm to its file. Change it in an editor.", id=record.id)
        )
    return changed


def _change(tree: Any, before: Mapping[str, Any], wanted: Mapping[str, Any], order: list[str]) -> None:
    """Change a mapping in place: fields that go, fields that change, and new ones at their place in the order."""
    for name in [one for one in tree if one in before and one not in wanted]:
        del tree[name]
    for name, value in wanted.items():
        if name in tree:
            if before.get(name) != value:
                _set(tree, name, before.get(name), value)
            continue
        earlier = set(order[: order.index(name)]) if name in order else set(wanted)
        place = max((n for n, one in enumerate(tree, start=1) if one in earlier), default=0)
        tree.insert(place, name, _node(name, value))


def _set(tree: Any, name: Any, before: Any, value: Any) -> None:
    old = tree[name]
    if isinstance(value, dict) and isinstance(before, dict) and isinstance(old, dict):
        _change(old, before, value, list(value))
    elif isinstance(value, list) and isinstance(before, list) and isinstance(old, list) and len(old) == len(before):
        _change_list(old, before, value)
    else:
        tree[name] = _node(str(name), value)


def _change_list(items: Any, before: list[Any], wanted: list[Any]) -> None:
    """Change a list so that items that stay keep their comments."""
    kept = [n for n, one in enumerate(before) if one in wanted]
    if [before[n] for n in kept] == wanted[: len(kept)]:
        for n in reversed([n for n in range(len(before)) if n not in kept]):
            del items[n]
        items.extend(_node("", one) for one in wanted[len(kept) :])
        return
    items[:] = [_node("", one) for one in wanted]


def _mapping(data: Mapping[str, Any]) -> Any:
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap((name, _node(name, value)) for name, value in data.items())


def _node(name: str, value: Any) -> Any:  # noqa: PLR0911 - one line a case
    """Return a value in the form in which a person would write it."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

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
    return value


def _fits_a_block(value: str) -> bool:
    """Say whether a text can stand line by line: no line that only quotes could keep as it is."""
    lines = value.split("\n")
    return all(line.isprintable() and line == line.rstrip() for line in lines) and not value[:1].isspace()


def _dump(tree: Any) -> str:
    out = io.StringIO()
    _machine().dump(tree, out)
    return out.getvalue()


def _machine(text: str = "") -> Any:
    """Return ruamel's reader and writer; it keeps what it does not change, and folds no line."""
    from ruamel.yaml import YAML

    machine = YAML(typ="rt")
    machine.preserve_quotes = True
    machine.width = 1_000_000
    machine.allow_unicode = True
    # A file whose lists are not indented under their field stays so.
    flush = re.search(r"^- ", text, re.MULTILINE) is not None
    machine.indent(mapping=2, sequence=2 if flush else 4, offset=0 if flush else 2)
    return machine
