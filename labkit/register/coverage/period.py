"""In which years a project runs, and whether these fall in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from labkit.asked import whole_year
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register.book import Book
from labkit.register.records import Project
from labkit.register.spans import years_of

Years = tuple[int, int]

#: The years of the projects of a book, so that counting in several ways asks for them once.
_YEARS: WeakKeyDictionary[Book, dict[date, Mapping[str, Years | None]]] = WeakKeyDictionary()


def years(book: Book, today: date) -> Mapping[str, Years | None]:
    """Return the first and the last year of every project of a book by its id; None if no year is known.

    The rule is that of `labkit.register.spans.years_of`: without a stated end a project counts in its first or
    academic year, and until today if it still runs.
    """
    known = _YEARS.setdefault(book, {})
    if today not in known:
        known[today] = {one.id: years_of(one, today) for one in book.of(Project)}
    return known[today]


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
            raise WrongUseError(
                t(
                    "The period {first} to {last} ends before it begins. Give the earlier year as start.",
                    first=first,
                    last=last,
                )
            )
        return cls(first, last)

    @property
    def is_open(self) -> bool:
        """Whether it holds all years, and also what has none."""
        return self.first is None and self.last is None

    def holds(self, years: Years | None) -> bool | None:
        """Say whether any of some years falls in it; None if the years are not known and it has an end."""
        if self.is_open:
            return True
        if years is None:
            return None
        return (self.last is None or years[0] <= self.last) and (self.first is None or years[1] >= self.first)

    def clipped(self, years: Years) -> Years:
        """Return the part of some years that falls in it; they must have one in common.

        Examples
        --------
        >>> Period(2022).clipped((2019, 2023)), Period(None, 2020).clipped((2019, 2023))
        ((2022, 2023), (2019, 2020))
        """
        first, last = years
        return max(first, self.first or first), min(last, self.last or last)

    def label(self) -> str:
        """Return it in words; "" if it holds all years."""
        if self.first is None:
            return "" if self.last is None else t("up to {year}", year=self.last)
        if self.last is None:
            return t("from {year} on", year=self.first)
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
