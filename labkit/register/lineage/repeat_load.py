"""Repeat load: areas in which many projects asked something of people in a short time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.areas import Areas
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register.book import Book
from labkit.register.placing import place
from labkit.register.records import Project
from labkit.register.spans import MANY, WITHIN_YEARS, years_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Busy:
    """The busiest years of an area.

    Attributes
    ----------
    area : str
        Its code.
    first, last : int
        The years.
    projects : tuple of str
        The projects in those years in which people were asked, watched or measured.
    perhaps : tuple of str
        Those of which the register does not say whether people took part.
    undated : tuple of str
        Projects with people in this area of which the year is not known: they count in no year.
    """

    area: str
    first: int
    last: int
    projects: tuple[str, ...]
    perhaps: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True)
class RepeatLoad:
    """The areas with many projects with people in a short time, busiest first.

    Attributes
    ----------
    level : str
        The level of the areas.
    span, least : int
        Within how many years, and from how many projects on an area is listed.
    busy : list of Busy
        The areas.
    placeless : int
        How many projects with people have no place on this level: they could be anywhere.
    """

    level: str
    span: int
    least: int
    busy: list[Busy]
    placeless: int
    areas: Areas

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area.

        Columns area (code), name, first, last (years), projects (how many), ids, perhaps (how many of which it is
        not known whether people took part), undated.
        """
        import pandas as pd

        rows = [
            {
                "area": one.area,
                "name": self.areas[one.area].name,
                "first": one.first,
                "last": one.last,
                "projects": len(one.projects),
                "ids": ", ".join(one.projects),
                "perhaps": len(one.perhaps),
                "undated": len(one.undated),
            }
            for one in self.busy
        ]
        return pd.DataFrame(rows, columns=["area", "name", "first", "last", "projects", "ids", "perhaps", "undated"])


def repeat_load(
    book: Book, areas: Areas, level: str | None = None, *, span: int = WITHIN_YEARS, least: int = MANY
) -> RepeatLoad:
    """List the areas in which many projects asked people in a short time.

    A project counts in every year from its start to its end; without an end, in its first year, or until today if
    it still runs: the rule of `labkit.register.spans.years_of`.

    Parameters
    ----------
    book : Book
        The register.
    areas : Areas
        The areas of the city.
    level : str, optional
        On which level; the last but one of the city if left out.
    span : int
        Within how many years in a row.
    least : int
        From how many projects on an area is listed.

    Examples
    --------
    >>> import labkit as lk
    >>> repeat_load(Book([]), lk.open_city("leiden").areas).level
    'district'
    """
    for name, number in (("span", span), ("least", least)):
        if not isinstance(number, int) or number < 1:
            raise WrongUseError(
                t("{name} is {number}. Give a whole number of 1 or more.", name=name, number=repr(number))
            )
    wanted = areas.level(level or areas.levels[-2:][0].id).id
    by_area: dict[str, list[Project]] = {}
    placeless = 0
    for one in book.of(Project):
        if one.involves_people is False:
            continue
        where = place(one, areas, wanted)
        for code in where.areas:
            by_area.setdefault(code, []).append(one)
        placeless += one.involves_people is True and not where.areas
    busiest = (_busiest(code, several, span) for code, several in by_area.items())
    listed = [one for one in busiest if one is not None and len(one.projects) >= least]
    listed.sort(key=lambda one: (-len(one.projects), -one.last, one.area))
    return RepeatLoad(wanted, span, least, listed, placeless, areas)


def _busiest(code: str, projects: Iterable[Project], span: int) -> Busy | None:
    """Return the years in a row with the most projects with people; the latest of them where several have as many."""
    dated: list[tuple[int, int, Project]] = []
    undated = []
    for one in projects:
        years = years_of(one, date.today())
        if years is not None:
            dated.append((*years, one))
        elif one.involves_people is True:
            undated.append(one.id)
    best: Busy | None = None
    for last in sorted({start for start, _, _ in dated}):
        # Any run of years can be moved back, without losing a project, until one of them begins in its last year.
        first = last - span + 1
        inside = [(start, one) for start, end, one in dated if start <= last and end >= first]
        sure = tuple(one.id for _, one in inside if one.involves_people is True)
        if best is None or len(sure) >= len(best.projects):
            perhaps = tuple(one.id for _, one in inside if one.involves_people is not True)
            begin = max(first, min(start for start, _ in inside))
            best = Busy(code, begin, last, sure, perhaps, tuple(undated))
    return best
