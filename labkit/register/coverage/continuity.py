"""Does work build on work, and where is the load high: question 6 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.period import Years
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import counted, in_brackets, listed, share
from labkit.register.records import Project
from labkit.register.spans import MANY, WITHIN_YEARS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Load:
    """How often the people of one area were asked.

    Attributes
    ----------
    with_people : int
        Projects in which people are involved.
    people_unknown : int
        Projects of which that is not known.
    undated : int
        Projects with people involved of which no year is known: these may add to the load.
    most : int
        The most of them within three calendar years in a row.
    years : tuple of int or None
        The first and last of these years.
    """

    tally: Tally
    with_people: int
    people_unknown: int
    undated: int
    most: int
    years: tuple[int, int] | None

    @property
    def is_high(self) -> bool:
        """Whether it is a repeat load."""
        return self.most >= MANY


class Continuity(Finding):
    """What builds on what, how long the chains are, and which areas carry a repeat load.

    Attributes
    ----------
    builds_on, reuses, either : int
        Projects that build on an earlier project, that reuse an outcome of another, or one of the two.
    chains : list of list of str
        Ids of the longest line of each group of linked projects, earliest first, longest line first.
    loads : list of Load
        One an area.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Continuity(Selection(Book([]), lk.open_city("leiden"))).sentences[0]
    'Recorded as building on an earlier project: 0 of 0.'
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        chosen = selection.projects
        self.builds_on = sum(bool(one.builds_on) for one in chosen)
        self.reuses = sum(bool(one.reuses) for one in chosen)
        self.either = sum(bool(one.builds_on or one.reuses) for one in chosen)
        links = {one.id: one.builds_on for one in selection.book.of(Project)}
        ids = {one.id for one in chosen}
        self.chains = [one for one in chains(links) if not ids.isdisjoint(one)]
        self.loads = [load_of(one, selection.years) for one in selection.in_areas]
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t("Of a project that names no earlier one, it is not known whether it builds on one."),
            t(
                "Repeat load: {many} or more projects with people involved, that run within {years} calendar years in a "
                "row. People involved means that people are asked, watched or measured.",
                many=MANY,
                years=WITHIN_YEARS,
            ),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Building on each other, and repeat load: {about}", about=self.selection.about)

    @property
    def long_chains(self) -> list[list[str]]:
        """The chains of more than two projects."""
        return [one for one in self.chains if len(one) > 2]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area.

        Columns code, name, projects (whole count), with_people, people_unknown, undated (with people, year unknown),
        most (the most with people within three calendar years), first_year, last_year (of these years), repeat_load.
        """
        import pandas as pd

        rows = [
            {
                "code": one.tally.key,
                "name": self.selection.label(one.tally),
                "projects": len(one.tally.projects),
                "with_people": one.with_people,
                "people_unknown": one.people_unknown,
                "undated": one.undated,
                "most": one.most,
                "first_year": one.years[0] if one.years else None,
                "last_year": one.years[1] if one.years else None,
                "repeat_load": one.is_high,
            }
            for one in self.loads
        ]
        return pd.DataFrame(rows).astype({"first_year": "Int64", "last_year": "Int64"})

    def _sentences(self) -> list[str]:
        total = len(self.selection.projects)
        said = [
            t(
                "Recorded as building on an earlier project: {count} of {total}{share}.",
                count=self.builds_on,
                total=total,
                share=in_brackets(share(self.builds_on, total)),
            )
        ]
        if self.reuses:
            said.append(t("Reusing an outcome of another project: {count}.", count=self.reuses))
        longest = max(map(len, self.chains), default=0)
        if self.long_chains:
            said.append(
                t(
                    "Chains of more than two projects: {count}; the longest has {longest}.",
                    count=len(self.long_chains),
                    longest=longest,
                )
            )
        else:
            said.append(t("There is no chain of more than two projects."))
        high = [self.selection.label(one.tally) for one in self.loads if one.is_high]
        if high:
            said.append(t("Repeat load: {names}.", names=listed(high)))
        else:
            said.append(t("No area has a repeat load on record."))
        return said

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), t("With people"), t("Not known"), t("Most in {years} years", years=WITHIN_YEARS)]
        heads += [t("Years"), t("Year unknown"), t("Repeat load")]
        rows = []
        for one in self.loads:
            years = f"{one.years[0]}–{one.years[1]}" if one.years else ""
            numbers = (len(one.tally.projects), one.with_people, one.people_unknown, one.most)
            cells = [Cell(self.selection.label(one.tally), "row"), *(Cell(counted(each), "n") for each in numbers)]
            rows.append([*cells, Cell(years), Cell(counted(one.undated), "n"), Cell(t("yes") if one.is_high else "")])
        return heads, rows


def load_of(tally: Tally, years: Mapping[str, Years | None]) -> Load:
    """Return the load of an area: the most projects with people within three calendar years.

    Parameters
    ----------
    tally : Tally
        The area and its projects.
    years : mapping
        Id of a project -> its first and last year; None if they are not known.
    """
    people = [one for one in tally.projects if one.involves_people is True]
    unknown = sum(one.involves_people == "unknown" for one in tally.projects)
    known = [span for one in people if (span := years[one.id]) is not None]
    undated = sum(one.involves_people is True for one in tally.undated)
    most, found = 0, None
    # The best span of years can be moved until a project begins in its first or in its last year.
    for start in sorted({year for first, _ in known for year in (first, first - WITHIN_YEARS + 1)}):
        end = start + WITHIN_YEARS - 1
        count = sum(first <= end and last >= start for first, last in known)
        if count > most:
            most, found = count, (start, end)
    return Load(tally, len(people), unknown, undated, most, found)


def chains(links: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the longest line of each group of linked projects, earliest first; longest lines come first.

    A circle is a fault that the check tells; here none of its projects is in a line.

    Parameters
    ----------
    links : mapping
        Id -> the ids that it builds on.

    Examples
    --------
    >>> chains({"p-a": [], "p-b": ["p-a"], "p-c": ["p-b", "p-a"], "p-d": []})
    [['p-a', 'p-b', 'p-c']]
    >>> chains({"p-a": ["p-b"], "p-b": ["p-a"]})
    []
    """
    later: dict[str, list[str]] = {}
    for one, earlier in links.items():
        for other in dict.fromkeys(earlier):
            if other in links and other != one:
                later.setdefault(other, []).append(one)
    waiting = {
        one: len({other for other in earlier if other in links and other != one}) for one, earlier in links.items()
    }
    ready = sorted(one for one, count in waiting.items() if not count)
    length, before = dict.fromkeys(ready, 1), dict[str, str]()
    for one in ready:  # grows while it is read
        for other in later.get(one, ()):
            if length[one] + 1 > length.get(other, 0):
                length[other], before[other] = length[one] + 1, one
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    groups = _groups(links)
    ends: dict[str, str] = {}
    for one in ready:
        group = groups[one]
        if length[one] > 1 and length[one] > length.get(ends.get(group, ""), 0):
            ends[group] = one
    found = [_line(end, before) for end in ends.values()]
    return sorted(found, key=lambda line: (-len(line), line))


def _line(end: str, before: Mapping[str, str]) -> list[str]:
    line = [end]
    while line[-1] in before:
        line.append(before[line[-1]])
    return line[::-1]


def _groups(links: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each project one that stands for all that it is linked with, however far."""
    root = {one: one for one in links}

    def top(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, earlier in links.items():
        for other in earlier:
            if other in root:
                root[top(one)] = top(other)
    return {one: top(one) for one in root}
