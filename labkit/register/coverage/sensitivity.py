"""Does a conclusion hold if one counts in another way: question 9 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.words import COUNTINGS, class_of, counted, listed

if TYPE_CHECKING:
    import pandas as pd

#: How many of the newest years in which projects began are looked at by themselves.
NEWEST_YEARS = 5
HOLDS, FAILS, OPEN_END, NOT_SEEN = "holds", "fails", "open", "not_seen"

Counts = Mapping[str, int | Fraction]


@dataclass(frozen=True, slots=True)
class Variant:
    """The same question, counted in another way.

    Attributes
    ----------
    kind : {"counting", "level", "period", "place"}
        What is done differently.
    label : str
        In words.
    classes : dict
        "0", "1-2", "3+" -> number of areas.
    most : list of str
        Names of the areas with most projects.
    changed : list of str
        Names of the areas that are, or may be, in another class.
    most_holds, none_holds : {"holds", "fails", "open", "not_seen"}
        Whether the same areas have most, and the same areas none. "open": the records leave both possible.
        "not_seen": this way of counting cannot tell.
    """

    kind: str
    label: str
    classes: Mapping[str, int]
    most: list[str]
    changed: list[str]
    most_holds: str
    none_holds: str


class Sensitivity(Finding):
    """What changes with another boundary, period or way of counting, and what the unknown places leave open.

    Two conclusions are tried: which areas have most projects, and which have none.

    Attributes
    ----------
    base : Variant
        The counts as chosen.
    variants : list of Variant
        Each of the other ways.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> sensitivity = Sensitivity(Selection(Book([]), lk.open_city("leiden")))
    >>> [one.kind for one in sensitivity.variants]
    ['counting', 'level', 'place']
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._counts = counts_of(selection)
        self._names = {area.code: area.name for area in selection.areas}
        self._most, self._none = top_of(self._counts), none_of(self._counts)
        most = [self._names[code] for code in self._most]
        self.base = Variant("", t("As chosen"), classes_of(self._counts), most, [], HOLDS, HOLDS)
        self.variants = [self._counting(), *self._levels(), *self._periods(), self._places()]
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            *self._undated(),
            t("Classes are 0, 1-2 and 3 or more projects."),
            t(
                "By another level: only projects count whose place is told so precisely. What changes class, and what has "
                "none, is looked at for the {where}.",
                where=selection.where,
            ),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is tried."""
        return t("Does it hold if counted in another way: {about}", about=self.selection.about)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a way of counting, the chosen one first.

        Columns kind, label, none, one_or_two, three_or_more (numbers of areas), most (names), changed (names of
        the areas that change class, or may), most_holds, none_holds ("holds", "fails", "open", "not_seen").
        """
        import pandas as pd

        rows = [
            {
                "kind": one.kind,
                "label": one.label,
                "none": one.classes["0"],
                "one_or_two": one.classes["1-2"],
                "three_or_more": one.classes["3+"],
                "most": "; ".join(one.most),
                "changed": "; ".join(one.changed),
                "most_holds": one.most_holds,
                "none_holds": one.none_holds,
            }
            for one in (self.base, *self.variants)
        ]
        return pd.DataFrame(rows)

    def _counting(self) -> Variant:
        other = next(one for one in COUNTINGS if one != self.selection.counting)
        label = {"whole": t("Whole count"), "fractional": t("Shared count")}[other]
        return self._same_areas("counting", label, self.selection.again(counting=other))

    def _periods(self) -> list[Variant]:
        selection = self.selection
        if not selection.period.is_open:
            return [self._same_areas("period", t("All years"), selection.again(start=None, end=None))]
        known = (selection.years[one.id] for one in selection.projects)
        years = [span[0] for span in known if span is not None]
        if not years or max(years) - min(years) < NEWEST_YEARS:
            return []
        split = max(years) - NEWEST_YEARS + 1
        return [
            self._same_areas("period", other.period.label(), other)
            for other in (selection.again(start=split), selection.again(end=split - 1))
        ]

    def _same_areas(self, kind: str, label: str, other: Selection) -> Variant:
        counts = counts_of(other)
        most, none = top_of(counts), none_of(counts)
        return Variant(
            kind,
            label,
            classes_of(counts),
            [self._names[code] for code in most],
            self._changed(counts),
            HOLDS if most == self._most else FAILS,
            HOLDS if none == self._none else FAILS,
        )

    def _levels(self) -> list[Variant]:
        """Count by every other level inside the city, the finer and the coarser ones."""
        selection, areas = self.selection, self.selection.city.areas
        inside = [
            level
            for level in areas.levels
            if level.id != selection.level.id
            and level.depth > areas.level(selection.city.home.level).depth
            and areas.of_level(level.id, selection.within)
        ]
        return [self._level(selection.again(level=level.id)) for level in inside]

    def _level(self, other: Selection) -> Variant:
        counts = counts_of(other)
        areas = self.selection.city.areas
        finer = other.level.depth > self.selection.level.depth
        most = [areas[code] for code in top_of(counts)]
        # The areas as chosen, counted from what this level can place.
        seen = {one.id for one in other.placed}
        again = {tally.key: sum(one.id in seen for one in tally.projects) for tally in self.selection.in_areas}
        return Variant(
            "level",
            t("By {level}", level=other.level.label()),
            classes_of(counts),
            [area.name for area in most],
            self._changed(again) if finer else [],
            HOLDS if self._agrees(most) else FAILS,
            (HOLDS if none_of(again) == self._none else FAILS) if finer else NOT_SEEN,
        )

    def _agrees(self, most: Sequence[Area]) -> bool:
        """Whether the areas with most, of another level, lie in those with most here, or these in them."""
        own = [self.selection.city.areas[code] for code in self._most]
        found = [any(one.is_within(other) or other.is_within(one) for other in own) for one in most]
        return bool(own) == bool(most) and all(found)

    def _places(self) -> Variant:
        """Ask what could be if the projects without a place lay in any one of the areas."""
        selection, counts = self.selection, self._counts
        most = {one.key: counts[one.key] + selection.may_add(one) for one in selection.in_areas}
        changed = [self._names[code] for code in counts if class_of(counts[code]) != class_of(most[code])]
        settled = most == counts
        others = [most[code] for code in counts if code not in self._most]
        # Two areas with equally many: a single project more can part them.
        alone = len(self._most) == 1 and counts[self._most[0]] > max(others, default=0)
        return Variant(
            "place",
            t("Wherever the {count} without a known place lie", count=selection.loose),
            self.base.classes,
            self.base.most,
            changed,
            HOLDS if settled or alone else OPEN_END,
            HOLDS if all(most[code] == 0 for code in self._none) else OPEN_END,
        )

    def _changed(self, counts: Counts) -> list[str]:
        return [self._names[code] for code, count in self._counts.items() if class_of(count) != class_of(counts[code])]

    def _sentences(self) -> list[str]:
        none = [self._names[code] for code in self._none]
        most = t("Most projects: {names}.", names=listed(self.base.most) or t("none"))
        empty = t("No projects: {names}.", names=listed(none) or t("no area"))
        return [
            f"{most} {self._verdict([one.most_holds for one in self.variants])}",
            f"{empty} {self._verdict([one.none_holds for one in self.variants])}",
        ]

    def _undated(self) -> list[str]:
        count = len(self.selection.undated)
        if not count or not self.selection.period.is_open:
            return []
        return [t("By period: the projects without a known year ({count}) count in none.", count=count)]

    def _verdict(self, found: Sequence[str]) -> str:
        return t(
            "This holds for {holds} of the {count} other ways of counting, not for {fails}; for {open} it stays open.",
            holds=found.count(HOLDS),
            count=len(found),
            fails=found.count(FAILS),
            open=found.count(OPEN_END) + found.count(NOT_SEEN),
        )

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = [
            "",
            "0",
            "1\u20112",
            "3+",
            t("Most projects"),
            t("Same areas most"),
            t("Same areas none"),
            t("Other class"),
        ]
        words = {HOLDS: t("holds"), FAILS: t("does not hold"), OPEN_END: t("stays open"), NOT_SEEN: t("cannot be seen")}
        rows = []
        for one in (self.base, *self.variants):
            numbers = [Cell(counted(one.classes[name]), "n") for name in ("0", "1-2", "3+")]
            verdicts = ["", ""] if one is self.base else [words[one.most_holds], words[one.none_holds]]
            rows.append(
                [
                    Cell(one.label, "row"),
                    *numbers,
                    Cell(listed(one.most, most=3)),
                    *map(Cell, verdicts),
                    Cell(listed(one.changed, most=5)),
                ]
            )
        return heads, rows


def counts_of(selection: Selection) -> dict[str, int | Fraction]:
    """Return the count of each area of a selection, by its code."""
    return {one.key: one.count(selection.counting) for one in selection.in_areas}


def classes_of(counts: Counts) -> dict[str, int]:
    """Return how many areas are in each class.

    Examples
    --------
    >>> classes_of({"A": 0, "B": 2, "C": 1})
    {'0': 1, '1-2': 2, '3+': 0}
    """
    found = [class_of(count) for count in counts.values()]
    return {name: found.count(name) for name in ("0", "1-2", "3+")}


def top_of(counts: Counts) -> list[str]:
    """Return the codes of the areas with most; none if nothing was counted.

    Examples
    --------
    >>> top_of({"A": 2, "B": 2, "C": 1}), top_of({"A": 0})
    (['A', 'B'], [])
    """
    top = max(counts.values(), default=0)
    return [code for code, count in counts.items() if top and count == top]


def none_of(counts: Counts) -> list[str]:
    """Return the codes of the areas without any.

    Examples
    --------
    >>> none_of({"A": 2, "B": 0})
    ['B']
    """
    return [code for code, count in counts.items() if not count]
