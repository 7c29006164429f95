"""Fields typed on a command line, `themes=safety,ehealth`, as the values that a record holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from labkit.errors import WrongUseError
from labkit.language import t
from labkit.names import nearest
from labkit.register.fields import OneOf, Ref, block_in, field_at, fields_at, marker_at
from labkit.register.reading import plain
from labkit.register.records import KINDS, Record


def assign(kind: str, pairs: Iterable[str]) -> dict[str, Any]:
    """Return the fields that are typed as `name=value`.

    Parameters
    ----------
    kind : str
        The kind of record.
    pairs : iterable of str
        ``status=running``; ``themes=safety,ehealth`` or twice ``themes=...`` for a list; ``partners=org-x:client``
        for a partner with its role; ``handover.open_ends_nl=...`` for a field in a block; ``end=`` to empty a field.

    Returns
    -------
    dict
        Field -> value; None for a field that is emptied.

    Examples
    --------
    >>> assign("project", ["themes=safety,ehealth", "students=4", "partners=org-police:client", "end="])
    {'themes': ['safety', 'ehealth'], 'students': 4, 'partners': [{'partner': 'org-police', 'role': 'client'}], 'end': None}
    """
    model = KINDS[kind]
    out: dict[str, Any] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        path = tuple(name.strip().split("."))
        if not sign:
            raise WrongUseError(
                t("{pair} is no field. Write it as name=value, such as status=running.", pair=repr(pair))
            )
        _check(model, path)
        _put(out, path, _value(model, path, text.strip()))
    return out


def _check(model: type[Record], path: tuple[str, ...]) -> None:
    if field_at(model, path) is not None:
        return
    names = fields_at(model, path[:-1]) or fields_at(model, ())
    near = nearest(path[-1], names)
    hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else ", ".join(names)
    raise WrongUseError(f"{t('There is no field {name}.', name='.'.join(path))} {hint}")


def _value(model: type[Record], path: tuple[str, ...], text: str) -> Any:
    found = field_at(model, path)
    kind = str(found.annotation) if found is not None else ""
    if not text:
        return None
    if "list[" not in kind:
        return text if marker_at(model, path, OneOf) or _holds_text(kind) else plain(text)
    block = block_in(found.annotation) if found is not None else None
    if block is not None:
        first, second = [*block.model_fields][:2]
        pairs = (item.partition(":") for item in text.split(","))
        return [{first: one.strip(), **({second: other.strip()} if other else {})} for one, _, other in pairs]
    if marker_at(model, path, OneOf) or marker_at(model, path, Ref) or "int" in kind:
        items = [item.strip() for item in text.split(",")]
        return [plain(item) for item in items] if "int" in kind else items
    return [text]


def _holds_text(kind: str) -> bool:
    """Say whether a type is text: what looks like a number is text there too."""
    return "str" in kind and "int" not in kind and "bool" not in kind and "Literal" not in kind


def _put(out: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    here = out
    for name in path[:-1]:
        inner = here.setdefault(name, {})
        if not isinstance(inner, dict):
            raise WrongUseError(
                t("{name} is a block. Give its fields, such as {example}.", name=name, example=f"{name}.{path[-1]}=...")
            )
        here = inner
    old = here.get(path[-1])
    here[path[-1]] = [*old, *value] if isinstance(old, list) and isinstance(value, list) else value
