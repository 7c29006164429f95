"""Two versions of a record, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from labkit.language import current, t
from labkit.look import TABLE_STYLE

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same everywhere.

    Attributes
    ----------
    field : str
        The field.
    opened, theirs, yours : object
        Its value when you opened the record, as it is now, and as you want it; None if it is empty.
    """

    field: str
    opened: Any
    theirs: Any
    yours: Any

    @property
    def clashes(self) -> bool:
        """Whether both of you changed this field in ways that do not go together."""
        both = self.opened not in (self.theirs, self.yours) and self.theirs != self.yours
        return bool(both and self._joined() is None)

    @property
    def merged(self) -> Any:
        """The value with the changes of both; only where they do not clash."""
        if self.theirs in (self.opened, self.yours):
            return self.yours
        return self.theirs if self.yours == self.opened else self._joined()

    def _joined(self) -> list[Any] | None:
        """Return a list with what both added and without what either took out; None if they changed the same item."""
        sides = [one if one is not None else [] for one in (self.opened, self.theirs, self.yours)]
        if not all(isinstance(one, list) for one in sides):
            return None
        opened, theirs, yours = sides
        gone = [one for one in opened if one not in theirs]
        if any(one not in yours for one in gone) and any(one not in opened for one in theirs):
            return None  # perhaps one item that both changed, each in another way
        added = [one for one in theirs if one not in opened and one not in yours]
        return [one for one in yours if one not in gone] + added


class Differences:
    """What two people did to one record since it was opened.

    Examples
    --------
    >>> found = Differences({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3})
    >>> [(one.field, one.clashes) for one in found], found.merged
    ([('a', False), ('b', False)], {'a': 2, 'b': 3})
    >>> Differences({"a": 1}, {"a": 2}, {"a": 3}).merged is None
    True
    """

    def __init__(self, opened: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        self._all = (dict(opened), dict(theirs), dict(yours))
        names = dict.fromkeys([*opened, *theirs, *yours])
        rows = [Difference(name, *(one.get(name) for one in self._all)) for name in names]
        self._differences = [one for one in rows if not one.opened == one.theirs == one.yours]

    def __iter__(self) -> Iterator[Difference]:
        return iter(self._differences)

    def __len__(self) -> int:
        return len(self._differences)

    @property
    def sides(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """The whole record as it was opened, as it is now, and as you want it."""
        return self._all

    @property
    def clashes(self) -> list[Difference]:
        """The fields that both changed, each in another way."""
        return [one for one in self if one.clashes]

    @property
    def merged(self) -> dict[str, Any] | None:
        """The record with the changes of both; None if a field was changed by both."""
        if self.clashes:
            return None
        opened, theirs, yours = self._all
        names = dict.fromkeys([*opened, *theirs, *yours])
        out = {name: Difference(name, *(one.get(name) for one in self._all)).merged for name in names}
        return {name: value for name, value in out.items() if value is not None}

    @property
    def table(self) -> pd.DataFrame:
        """One row a field: field, opened, theirs, yours, clashes."""
        import pandas as pd

        rows = [(one.field, one.opened, one.theirs, one.yours, one.clashes) for one in self]
        return pd.DataFrame(rows, columns=["field", "opened", "theirs", "yours", "clashes"], dtype=object)

    def __str__(self) -> str:
        lines = []
        for one in self:
            lines.append(f"{one.field}{'  <-- ' + t('changed by both') if one.clashes else ''}")
            for head, value in self._heads(one):
                lines.append(f"    {head}: {_shown(value)}")
        return "\n".join(lines)

    def _heads(self, one: Difference) -> list[tuple[str, Any]]:
        return [(t("when you opened it"), one.opened), (t("now"), one.theirs), (t("yours"), one.yours)]

    def __repr__(self) -> str:
        return f"<Differences: {len(self)} fields, {len(self.clashes)} changed by both>"

    def _repr_html_(self) -> str:
        heads = [t("Field"), t("When you opened it"), t("Now"), t("Yours")]
        head = "".join(f"<th scope='col'>{escape(one)}</th>" for one in heads)
        rows = "".join(
            f"<tr><th scope='row'>{escape(one.field)}{' *' if one.clashes else ''}</th>"
            + "".join(f"<td>{escape(_shown(value))}</td>" for _, value in self._heads(one))
            + "</tr>"
            for one in self
        )
        note = f"<p class='note'>* {escape(t('changed by both'))}</p>" if self.clashes else ""
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}</div>"


def _shown(value: Any) -> str:
    if value is None:
        return t("(empty)")
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return str(value)
