"""Lists hold nothing twice, and do not mix "unknown" with values.

Source: domain model ("unknown" allowed in a list of levels, as a value of its own). A value that stands twice would
count twice. That a list is filled where one value at least is needed is part of its form: the records see to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from labkit.language import t
from labkit.register.checks.context import Context, Finding, error, quoted
from labkit.register.records import Record
from labkit.register.vocabularies import UNKNOWN


def check_lists(context: Context) -> Iterator[Finding]:
    """Yield values that stand twice, and "unknown" beside other values."""
    for record in context.book:
        for name in _lists(type(record)):
            values: list[Any] = getattr(record, name)
            if len(values) < 2:
                continue
            yield from _twice(record, name, values)
            if UNKNOWN in values:
                message = t("The value unknown stands beside other values.")
                place = f"{name}[{values.index(UNKNOWN) + 1}]"
                yield error(record, place, message, t("Take unknown out, or the others."))


@cache
def _lists(kind: type[Record]) -> list[str]:
    return [name for name, one in kind.model_fields.items() if "list[" in str(one.annotation)]


def _twice(record: Record, name: str, values: list[Any]) -> Iterator[Finding]:
    seen: list[Any] = []
    for place, value in enumerate(values, start=1):
        key = _key(name, value)
        if key in seen:
            message = t("{value} stands here twice.", value=quoted(_shown(key)))
            yield error(record, f"{name}[{place}]", message, t("Keep one of the two."))
        seen.append(key)


def _key(name: str, value: Any) -> Any:
    """Return what makes an item of a list the same as another one."""
    if name == "commitments":
        return value.id
    if name == "under_agreement":
        return (value.agreement, value.commitment)
    if name == "partners":
        return (value.partner, value.role, value.start, value.end)
    if name == "parties":
        return (value.partner, value.role)
    return value


def _shown(key: Any) -> str:
    return ", ".join(str(part) for part in key if part is not None) if isinstance(key, tuple) else str(key)
