"""Which projects are counted, and where each of them counts.

A project in n areas counts whole in each of them, or for 1/n. What lies outside the areas looked at, what is told
less precisely, and what is told nowhere has a row of its own: it is never spread out over areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from labkit.area import Area
from labkit.asked import several
from labkit.comparison.scope import CityLike, default_within
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register.book import Book
from labkit.register.coverage.period import Period, Years, years
from labkit.register.coverage.themes import theme_of
from labkit.register.coverage.words import COUNTINGS
from labkit.register.placing import HasPlace
from labkit.register.records import Project
from labkit.register.today import day_of
from labkit.register.vocabularies import THEMES_OR_UNKNOWN, UNKNOWN

#: The rows beside those of areas, in the order in which they are shown.
GROUPS = ("coarser", "city", "region", "outside", "elsewhere", UNKNOWN)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted for one row: an area, or a group of projects that are in none of the areas.

    Attributes
    ----------
    area : Area or None
        The area; None for a group.
    group : str
        "areas", or one of `GROUPS`.
    projects : list of Project
        Those that count here, each whole.
    fractional : Fraction
        Their sum if a project in n areas counts for 1/n.
    undated : list of Project
        Those here without a known year. With a period they stand beside `projects`, without one they are in it.
    unthemed : list of Project
        Those here without a known theme, where only some themes are chosen: they stand beside `projects`.
    """

    area: Area | None
    group: str
    projects: list[Project]
    fractional: Fraction
    undated: list[Project]
    unthemed: list[Project]

    @property
    def key(self) -> str:
        """The code of the area, or the name of the group."""
        return self.area.code if self.area else self.group

    def count(self, counting: str) -> int | Fraction:
        """Return how many projects are here by a way of counting."""
        return len(self.projects) if counting == "whole" else self.fractional


class Selection:
    """The projects of a register that are counted, seen at a level.

    Parameters
    ----------
    book : Book
        The records.
    city : CityLike
        Whose areas they are set against.
    level : str, optional
        A level; the city's default level if left out.
    within : str or Area, optional
        The area whose parts are looked at; the city if left out, or its region for the level of the city itself.
    start, end : int, optional
        Years; a project counts if it runs in any of them.
    themes : str or list of str, optional
        Only projects on one of these themes: ids, or names in Dutch or English.
    counting : {"whole", "fractional"}
        How a project in several areas counts.
    today : datetime.date or str, optional
        The day until which counts what still runs; today if left out.

    Attributes
    ----------
    projects : list of Project
        Those that count.
    undated : list of Project
        Those without a known year; with a period they are not in `projects`.
    unthemed : list of Project
        Those whose theme is not known, where only some themes are chosen; they are not in `projects`. Their year is in
        the period or not known.
    areas : list of Area
        All areas that are looked at, also those without a project.

    Examples
    --------
    >>> import labkit as lk
    >>> made = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                status="unknown", start="2021", themes=["safety"], levels=["hbo"], scope="areas",
    ...                areas=["WK054603", "WK054608", "GM0547"], involves_people=False)
    >>> selection = Selection(Book([made]), lk.open_city("leiden"))
    >>> {one.key: str(one.fractional) for one in selection.tallies if one.projects}
    {'WK054603': '1/3', 'WK054608': '1/3', 'outside': '1/3'}
    """

    def __init__(
        self,
        book: Book,
        city: CityLike,
        level: str | None = None,
        within: str | Area | None = None,
        start: int | None = None,
        end: int | None = None,
        themes: str | Iterable[str] | None = None,
        counting: str = "whole",
        today: date | str | None = None,
    ) -> None:
        if counting not in COUNTINGS:
            raise WrongUseError(t("There is no counting {name}. Choose whole or fractional.", name=repr(counting)))
        self.book, self.city, self.counting = book, city, counting
        self.level = city.areas.level(level or city.default_level)
        self.within = city.areas.find(within) if within is not None else self._usual_scope()
        self.areas = city.areas.of_level(self.level.id, self.within)
        if not self.areas:
            raise WrongUseError(t("There are no {where}. Choose another level or area.", where=self.where))
        self.period = Period.of(start, end)
        self.today = day_of(today)
        self.themes = None if themes is None else [theme_of(one) for one in several(themes)]
        self._depths = {one.id: one.depth for one in city.areas.levels}
        self._codes = {area.code for area in self.areas}
        self._targets: dict[str, tuple[str, str]] = {}
        self._sort()

    def again(self, **changes: Any) -> Selection:
        """Return the same selection with some choices made differently."""
        choices: dict[str, Any] = {
            "level": self.level.id,
            "within": self.within,
            "start": self.period.first,
            "end": self.period.last,
            "themes": self.themes,
            "counting": self.counting,
            "today": self.today,
        }
        return Selection(self.book, self.city, **{**choices, **changes})

    @cached_property
    def tallies(self) -> list[Tally]:
        """One row an area, then one a group, also where nothing was counted."""
        members: dict[str, list[Project]] = {}
        parts: dict[str, dict[int, int]] = {}
        for one in self.projects:
            for key, (taken, whole) in self._parts(one).items():
                members.setdefault(key, []).append(one)
                # Whole numbers are added per denominator: adding thousands of fractions takes its time.
                found = parts.setdefault(key, {})
                found[whole] = found.get(whole, 0) + taken
        undated, unthemed = self._by_row(self.undated), self._by_row(self.unthemed)
        rows: list[tuple[Area | None, str, str]] = [(area, "areas", area.code) for area in self.areas]
        rows += [(None, group, group) for group in GROUPS]
        return [
            Tally(
                area,
                group,
                members.get(key, []),
                sum((Fraction(taken, whole) for whole, taken in parts.get(key, {}).items()), Fraction()),
                undated.get(key, []),
                unthemed.get(key, []),
            )
            for area, group, key in rows
        ]

    def _by_row(self, projects: Iterable[Project]) -> dict[str, list[Project]]:
        found: dict[str, list[Project]] = {}
        for one in projects:
            for key in self._parts(one):
                found.setdefault(key, []).append(one)
        return found

    @property
    def years(self) -> Mapping[str, Years | None]:
        """The first and the last year of every project of the book by its id."""
        return years(self.book, self.today)

    @property
    def in_areas(self) -> list[Tally]:
        """The rows of areas."""
        return self.tallies[: len(self.areas)]

    @property
    def groups(self) -> dict[str, Tally]:
        """The other rows, by the name of their group."""
        return {one.group: one for one in self.tallies[len(self.areas) :]}

    @cached_property
    def placed(self) -> list[Project]:
        """The projects that are in at least one of the areas."""
        return list({one.id: one for tally in self.in_areas for one in tally.projects}.values())

    @property
    def movable(self) -> int:
        """How many of the projects that count may lie in any of the areas: nothing says in which."""
        return len(self._loose([one.projects for one in self.groups.values()]) - {one.id for one in self.placed})

    @cached_property
    def loose(self) -> int:
        """How many projects may lie in any of the areas: also those of which year or theme is not known, if it counts."""
        return self.movable + len(self._perhaps_loose)

    def may_add(self, tally: Tally) -> int:
        """Return how many more projects an area may have: all that are loose, and those that may count here."""
        return self.loose + len({one.id for one in self.perhaps(tally)} - self._perhaps_loose)

    def perhaps(self, tally: Tally) -> list[Project]:
        """Return the projects in a row that may count: nothing says in which year, or on which theme, they are."""
        return tally.unthemed if self.period.is_open else [*tally.undated, *tally.unthemed]

    @cached_property
    def _perhaps_loose(self) -> set[str]:
        placed = {one.id for tally in self.in_areas for one in self.perhaps(tally)}
        return self._loose([self.perhaps(one) for one in self.groups.values()]) - placed

    def _loose(self, groups: Sequence[Sequence[Project]]) -> set[str]:
        """Return who is in a group of which nothing says in which area it is."""
        named = zip(GROUPS, groups, strict=True)
        return {one.id for group, found in named if group in ("coarser", UNKNOWN) for one in found}

    def keys(self, record: HasPlace) -> list[str]:
        """Return the rows in which a record counts: codes of areas, or names of groups."""
        return list(self._parts(record))

    def has_own(self, group: str) -> bool:
        """Whether a group is an area of this level, so that its row stays empty."""
        return group in self._whole

    def label(self, tally: Tally) -> str:
        """Return what a row is called."""
        return tally.area.name if tally.area else self.group_label(tally.group)

    def group_label(self, group: str) -> str:
        """Return what a group is called."""
        if group == "coarser":
            return t("Place known, but not by {level}", level=self.level.label())
        if group == "outside":
            return t("Outside {area}", area=self.within.name if self.within else "")
        return {
            "city": t("The whole city"),
            "region": t("The whole region"),
            "elsewhere": t("Elsewhere"),
            UNKNOWN: t("Place unknown"),
        }[group]

    @property
    def where(self) -> str:
        """Which areas are looked at, in words: "districts of Leiden"."""
        level = self.level.plural()
        return t("{level} of {area}", level=level, area=self.within.name) if self.within else level

    @property
    def about(self) -> str:
        """What is counted where and when, in words, for a title."""
        return " · ".join(part for part in (self.where, self.choice) if part)

    @property
    def choice(self) -> str:
        """Which projects are counted, in words; "" if it is all of them."""
        themes = ", ".join(THEMES_OR_UNKNOWN.label(one) for one in self.themes or ())
        return " · ".join(part for part in (themes, self.period.label()) if part)

    def titled(self, text: str) -> str:
        """Return a title for what counts all projects, wherever they are."""
        return f"{text}: {self.choice}" if self.choice else text

    @property
    def all_notes(self) -> list[str]:
        """What holds for every count of this selection."""
        notes = [t("Counted is what the register holds. Where it holds nothing, something may still have been done.")]
        notes += self.register_notes
        if not self.period.is_open:
            notes.append(
                t(
                    "A project counts in every year from its start to its end. Without a stated end it counts in its first "
                    "or academic year, or in all years since if it still runs. Projects without a known year: {count}. "
                    "They are not counted here.",
                    count=len(self.undated),
                )
            )
        elif self.undated:
            notes.append(t("Projects without a known year: {count}. They are counted here.", count=len(self.undated)))
        if self.unthemed:
            notes.append(self.about_unthemed)
        return notes

    @property
    def register_notes(self) -> list[str]:
        """What the register says of itself, such as how its records were found."""
        return [one for one in (self.book.unread(), self.book.settings.note()) if one]

    @property
    def about_unthemed(self) -> str:
        """Say how many projects may be on the chosen themes."""
        count = len(self.unthemed)
        return t(
            "Projects without a known theme: {count}. They may be on these themes; they are not counted.", count=count
        )

    def _usual_scope(self) -> Area | None:
        inside = default_within(self.city, self.level.id)
        if inside is not None or self.level.depth < self.city.areas.level(self.city.home.level).depth:
            return inside
        region = self.city.region
        return region if region is not None and self.city.areas.of_level(self.level.id, region) else None

    def _sort(self) -> None:
        self.projects: list[Project] = []
        self.undated: list[Project] = []
        self.unthemed: list[Project] = []
        wanted = None if self.themes is None else set(self.themes)
        for one in self.book.of(Project):
            span = self.years[one.id]
            if wanted is not None and wanted.isdisjoint(one.themes):
                if UNKNOWN in one.themes and self.period.holds(span) is not False:
                    self.unthemed.append(one)
                continue
            if span is None:
                self.undated.append(one)
            if self.period.holds(span):
                self.projects.append(one)

    @cached_property
    def _whole(self) -> dict[str, str]:
        """Scopes that lie in one area of this level: the whole city is one of the municipalities."""
        known = {"city": self.city.home, "region": self.city.region}
        found = {scope: self._target(area.code)[0] for scope, area in known.items() if area is not None}
        return {scope: key for scope, key in found.items() if key in self._codes}

    def _parts(self, record: HasPlace) -> dict[str, tuple[int, int]]:
        """Return in which rows a record counts, and for which part: how many of how many places."""
        if record.scope != "areas":
            scope = record.scope or UNKNOWN
            return {self._whole.get(scope, scope): (1, 1)}
        if len(record.areas) == 1:
            return {self._target(record.areas[0])[0]: (1, 1)}
        targets = {one for one in map(self._target, record.areas) if one[0] != UNKNOWN}
        if len(targets) > 1:
            # "The north of it, and one street there" is one place, told twice.
            targets = {one for one in targets if not self._holds_any(one[1], [code for _, code in targets])}
        taken: dict[str, int] = {}
        for key, _ in targets:
            taken[key] = taken.get(key, 0) + 1
        return {key: (taken[key], len(targets)) for key in sorted(taken)} or {UNKNOWN: (1, 1)}

    def _target(self, code: str) -> tuple[str, str]:
        """Return the row of one code, and the code at this level that it stands for."""
        if code not in self._targets:
            self._targets[code] = self._find_target(code)
        return self._targets[code]

    def _find_target(self, code: str) -> tuple[str, str]:
        """Look it up as `labkit.register.placing.place` does, and tell what lies outside the areas looked at."""
        if code not in self.city.areas:
            return UNKNOWN, code
        area, within = self.city.areas[code], self.within
        here: Area | None = area
        while here is not None and self._depths[here.level] > self.level.depth:
            here = here.parent
        if here is not None and here.level == self.level.id:
            return (here.code if here.code in self._codes else "outside"), here.code
        overlaps = within is None or area.is_within(within) or within.is_within(area)
        return ("coarser" if overlaps else "outside"), code

    def _holds_any(self, code: str, others: Iterable[str]) -> bool:
        area = self.city.areas[code]
        return any(other != code and self.city.areas[other].is_within(area) for other in others)
