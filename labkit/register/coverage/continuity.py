"""Does work build on work, and where is the load high: question 6 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.period import Period, Years
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import counted, in_brackets, listed, projects, share
from labkit.register.records import Project
from labkit.register.spans import MANY, WITHIN_YEARS, busiest
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

ALL_YEARS = Period()


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
    at_most : int
        The most that it may be, with the projects of which people or year are not known.
    years : tuple of int or None
        The first and last of the years in which these projects lie.
    """

    tally: Tally
    with_people: int
    people_unknown: int
    undated: int
    most: int
    at_most: int
    years: tuple[int, int] | None

    @property
    def is_high(self) -> bool:
        """Whether it is a repeat load for certain."""
        return self.most >= MANY

    @property
    def verdict(self) -> str:
        """Whether it is a repeat load: "yes", "perhaps" if the projects not known could make it one, or "no"."""
        return "yes" if self.is_high else "perhaps" if self.at_most >= MANY else "no"


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
    placeless : int
        Projects in which people are, or may be, involved, and whose place is not known so precisely.

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
        self.loads = [load_of(one, selection.years, selection.period) for one in selection.in_areas]
        loose = [one for group in ("coarser", UNKNOWN) for one in selection.groups[group].projects]
        self.placeless = len({one.id for one in loose if one.involves_people is not False})
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
            t(
                "Perhaps: with the projects here of which it is not known whether people were involved, or in which year, "
                "it would be a repeat load."
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
        most (the most with people within three calendar years), at_most (with those not known), first_year, last_year
        (in which these projects lie), repeat_load ("yes", "perhaps", "no").
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
                "at_most": one.at_most,
                "first_year": one.years[0] if one.years else None,
                "last_year": one.years[1] if one.years else None,
                "repeat_load": one.verdict,
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
        return [*said, *self._about_load()]

    def _about_load(self) -> list[str]:
        """Say which areas have a repeat load, which may have one, and what is not looked at."""
        high, perhaps = (
            listed(self.selection.label(one.tally) for one in self.loads if one.verdict == verdict)
            for verdict in ("yes", "perhaps")
        )
        said = [t("Repeat load: {names}.", names=high) if high else t("No area has a repeat load on record.")]
        if perhaps:
            said.append(
                t(
                    "Perhaps a repeat load, if people were involved where that is not known, or in the same years: {names}.",
                    names=perhaps,
                )
            )
        if self.placeless:
            said.append(
                t(
                    "No place so precise: {count} with people, or of which that is not known. These may add to any area.",
                    count=projects(self.placeless),
                )
            )
        return [*said, *self._in_period()]

    def _in_period(self) -> list[str]:
        period = self.selection.period
        if period.is_open:
            return []
        return [t("For repeat load only this period is looked at ({period}).", period=period.label())]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), t("With people"), t("Not known"), t("Most in {years} years", years=WITHIN_YEARS)]
        heads += [t("Years"), t("Year unknown"), t("Repeat load")]
        words = {"yes": t("yes"), "perhaps": t("perhaps"), "no": t("no")}
        rows = []
        for one in self.loads:
            years = "–".join(map(str, dict.fromkeys(one.years or ())))
            numbers = (len(one.tally.projects), one.with_people, one.people_unknown, one.most)
            cells = [Cell(self.selection.label(one.tally), "row"), *(Cell(counted(each), "n") for each in numbers)]
            rows.append([*cells, Cell(years, "n"), Cell(counted(one.undated), "n"), Cell(words[one.verdict])])
        return heads, rows


def load_of(tally: Tally, years: Mapping[str, Years | None], period: Period = ALL_YEARS) -> Load:
    """Return the load of an area: the most projects with people within three calendar years.

    Parameters
    ----------
    tally : Tally
        The area and its projects.
    years : mapping
        Id of a project -> its first and last year; None if they are not known.
    period : Period
        The years that are looked at: what a project did before and after them is left out.
    """
    people = [one for one in tally.projects if one.involves_people is True]
    unknown = [one for one in tally.projects if one.involves_people == "unknown"]
    most, *found = busiest(_spans(people, years, period)) or (0,)
    undated = [one for one in tally.undated if one.involves_people is not False]
    # Of what may be on the chosen themes it is not known whether it counts at all.
    perhaps = [*people, *unknown, *(one for one in tally.unthemed if one.involves_people is not False)]
    loose = {one.id for one in (*undated, *perhaps) if years[one.id] is None}
    at_most = (busiest(_spans(perhaps, years, period)) or (0,))[0] + len(loose)
    sure = sum(one.involves_people is True for one in undated)
    return Load(tally, len(people), len(unknown), sure, most, at_most, (found[0], found[1]) if found else None)


def _spans(projects: Iterable[Project], years: Mapping[str, Years | None], period: Period) -> list[Years]:
    return [period.clipped(span) for one in projects if (span := years[one.id]) is not None]


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
