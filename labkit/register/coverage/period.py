"""In which years a project runs, and whether these fall in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from labkit.asked import whole_year
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register import when
from labkit.register.book import Book
from labkit.register.records import Project

#: Stands for the last year of what still runs.
OPEN = 9999


def years_of(project: Project) -> tuple[int, int] | None:
    """Return the first and the last year of a project; None if no year is known.

    The first year is that of its start, else of its academic year, else of its end. Where no end is known, the last
    year is `OPEN` if the project is said to run; else the second one of its academic year; else the first year:
    nothing says that it went on.

    Examples
    --------
    >>> common = dict(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...               themes=["safety"], levels=["hbo"], scope="unknown", involves_people=False)
    >>> years_of(Project(start="2021-09", end="2022-02", status="finished", **common))
    (2021, 2022)
    >>> years_of(Project(start="unknown", academic_year="2023-2024", status="finished", **common))
    (2023, 2024)
    >>> years_of(Project(start="unknown", status="unknown", **common)) is None
    True
    """
    first, last = when.year(project.start), when.year(project.end)
    academic = [int(one) for one in (project.academic_year or "").split("-") if one]
    if first is None and academic:
        first = academic[0]
    if first is None:
        return None if last is None else (last, last)
    if last is None:
        last = OPEN if project.status == "running" else max([first, *academic])
    return first, max(first, last)


#: The years of the projects of a book, so that counting in several ways asks for them once.
_SPANS: WeakKeyDictionary[Book, Mapping[str, tuple[int, int] | None]] = WeakKeyDictionary()


def spans(book: Book) -> Mapping[str, tuple[int, int] | None]:
    """Return the years of every project of a book by its id; see `years_of`."""
    if book not in _SPANS:
        _SPANS[book] = {one.id: years_of(one) for one in book.of(Project)}
    return _SPANS[book]


@dataclass(frozen=True, slots=True)
class Period:
    """Some years, both ends included; None leaves an end open.

    Examples
    --------
    >>> Period(2020, 2022).holds((2022, 2024)), Period(2020, 2022).holds((2023, 2024)), Period().holds(None)
    (True, False, True)
    """

    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, start: Any = None, end: Any = None) -> Period:
        """Return the period from one year to another; a `WrongUseError` says so if it is none."""
        first, last = (None if one is None else whole_year(one) for one in (start, end))
        if first is not None and last is not None and first > last:
            raise WrongUseError(f"The period {first} to {last} ends before it begins. Give the earlier year as start.")
        return cls(first, last)

    @property
    def is_open(self) -> bool:
        """Whether it holds all years, and also what has none."""
        return self.first is None and self.last is None

    def holds(self, years: tuple[int, int] | None) -> bool | None:
        """Say whether any of some years falls in it; None if the years are not known and it has an end."""
        if self.is_open:
            return True
        if years is None:
            return None
        return (self.last is None or years[0] <= self.last) and (self.first is None or years[1] >= self.first)

    def label(self) -> str:
        """Return it in words; "" if it holds all years."""
        if self.first is None:
            return "" if self.last is None else t("up to {year}", year=self.last)
        if self.last is None:
            return t("from {year} on", year=self.first)
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
