"""Who gets which district, for the lecturer: dealt over a roster, shown with how balanced it is, kept in a CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.area import Area
from labkit.assignments.assignment import open_assignment
from labkit.assignments.header import Header
from labkit.assignments.release.districts import dealt_to
from labkit.assignments.roster import Roster, read_roster
from labkit.assignments.variants import areas_dealt
from labkit.language import t
from labkit.saving import save_text

if TYPE_CHECKING:
    from pandas import DataFrame

#: What the column with the district is called in the CSV.
COLUMN = "district"


@dataclass(frozen=True)
class Dealing:
    """Who gets which district.

    Attributes
    ----------
    roster : Roster
    areas : tuple of Area
        All that are dealt.
    dealt : dict of str to str
        Group, or student who works alone -> code.
    """

    roster: Roster
    areas: tuple[Area, ...]
    dealt: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Code -> how many students and groups have it; 0 is there too."""
        used = Counter(self.dealt.values())
        return {area.code: used[area.code] for area in self.areas}

    @property
    def balanced(self) -> bool:
        """Whether no district is used more than once more than another."""
        return max(self.counts.values()) - min(self.counts.values()) <= 1

    @property
    def table(self) -> DataFrame:
        """Who has what: `student, group, code, district`."""
        from pandas import DataFrame

        names = {area.code: area.name for area in self.areas}
        rows = [
            [one.student, one.group, code, names.get(code, code)]
            for one in self.roster
            for code in [self.dealt[one.group or one.student]]
        ]
        return DataFrame(rows, columns=["student", "group", "code", "district"])

    def who(self, code: str) -> list[str]:
        """Return the groups, and the students who work alone, that have an area."""
        return [one for one, got in self.dealt.items() if got == code]

    def sentence(self) -> str:
        """Return in words how balanced it is."""
        low, high = min(self.counts.values()), max(self.counts.values())
        if low == high:
            return t("Each of the {areas} areas is used {times} times.", areas=len(self.areas), times=low)
        text = t("Each of the {areas} areas is used {low} to {high} times.", areas=len(self.areas), low=low, high=high)
        if not self.balanced:
            text += " " + t("That is uneven, because districts that were given before are kept.")
        return text

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"balanced": self.balanced, "areas": self.counts, "students": self.table.to_dict("records")}

    def as_csv(self) -> str:
        """Return the roster with its column `district` filled in: it can be given wherever a roster is asked."""
        heads = [one for one in self.roster.columns if one.strip()]
        own = next((one for one in heads if one.strip().casefold() in (COLUMN, "wijk", "area", "gebied")), None)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(heads if own else [*heads, COLUMN])
        for one in self.roster:
            code = self.dealt[one.group or one.student]
            cells = [code if head == own else one.ids.get(head, "") for head in heads]
            writer.writerow(cells if own else [*cells, code])
        return text.getvalue()


def deal_roster(
    source: str | Path | Header,
    roster: str | Path | Roster,
    released: str | Path | None = None,
    kept: str | Path | None = None,
) -> Dealing:
    r"""Deal the districts over a roster; who has one already keeps it.

    Parameters
    ----------
    source : str, Path or Header
        The assignment, or its settings.
    roster : str, Path or Roster
        A CSV with the column `student`, and `group` and `district` if there are any: a group counts as one, and a
        district in the roster is kept.
    released : str or Path, optional
        The folder in which an assignment of the course was released: what was dealt there is kept.
    kept : str or Path, optional
        A CSV that was written before: what it gives is kept.

    Returns
    -------
    Dealing

    Examples
    --------
    >>> import tempfile
    >>> week = Header(assignment="week1", course="lab", year=2026, city="leiden", variants="district")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "roster.csv"
    ...     _ = file.write_text("student,group\ns1,A\ns2,A\ns3,\n")
    ...     dealing = deal_roster(week, file)
    >>> sorted(dealing.dealt), dealing.balanced
    (['A', 's3'], True)
    """
    header = source if isinstance(source, Header) else open_assignment(source).header
    read = roster if isinstance(roster, Roster) else read_roster(roster)
    if kept is not None and Path(kept).is_file():
        read = _with(read, read_roster(kept))
    before = Path(released) / header.assignment if released is not None else None
    return Dealing(read, tuple(areas_dealt(header)), dealt_to(header, read, before))


def _with(roster: Roster, earlier: Roster) -> Roster:
    """Return a roster with the districts of an earlier one, for who has none in it."""
    had = {one.group or one.student: one.district for one in earlier if one.district}
    students = tuple(
        one if one.district else replace(one, district=had.get(one.group or one.student, "")) for one in roster
    )
    return Roster(students, roster.columns, roster.path)


def save_dealing(dealing: Dealing, path: str | Path) -> Path:
    """Write the roster with its districts as CSV, whole or not at all."""
    return save_text(path, dealing.as_csv())
