"""Does a conclusion hold if one counts in another way: question 9 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

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
        periods = self._periods()
        self.variants = [self._counting(), *self._levels(), *periods, self._places()]
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            *(self._undated() if periods else []),
            t("Classes are 0, 1-2 and 3 or more projects."),
            t(
                "By another level: only projects count whose place is told so precisely. What changes class, and what has "
                "none, is looked at for the {where}.",
                where=selection.where,
            ),
            t(
                "Stays open: what is told less precisely, or has no known year, could decide it. Cannot be seen: no project "
                "can be placed there."
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
        most = top_of(counts)
        # Which projects may come to an area: in a period those without a known year.
        undated = kind == "period" and not other.period.is_open
        more = {one.key: len(one.undated) for one in other.in_areas} if undated else {}
        return Variant(
            kind,
            label,
            classes_of(counts),
            [self._names[code] for code in most],
            self._changed(counts),
            most_verdict(counts, more, set(self._most)),
            none_verdict(counts, more, set(self._none)),
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
        own = [areas[code] for code in self._most]
        alike = {
            code for code in counts if any(areas[code].is_within(one) or one.is_within(areas[code]) for one in own)
        }
        sees = bool(other.placed)
        # The areas as chosen, counted from what this level can place.
        seen = {one.id for one in other.placed}
        again = {tally.key: sum(one.id in seen for one in tally.projects) for tally in self.selection.in_areas}
        return Variant(
            "level",
            t("By {level}", level=other.level.label()),
            classes_of(counts),
            [area.name for area in most],
            self._changed(again) if finer else [],
            most_verdict(counts, self._coarser(other), alike, all_of_them=False) if own and sees else NOT_SEEN,
            # A project that this level cannot place still lies in its own area: nothing is lost but sight of it.
            (HOLDS if none_of(again) == self._none else OPEN_END) if finer and sees else NOT_SEEN,
        )

    def _coarser(self, other: Selection) -> dict[str, int]:
        """Return how many projects that another level cannot place so precisely may lie in each of its areas."""
        areas, own = self.selection.city.areas, self._counts
        above = {one.code: next((code for code in own if one.is_within(areas[code])), "") for one in other.areas}
        found: dict[str, int] = {}
        for one in other.groups["coarser"].projects:
            here = {above.get(key) for key in other.keys(one)}
            for key in self.selection.keys(one):
                if key not in here:
                    found[key] = found.get(key, 0) + 1
        anywhere = found.get("coarser", 0)
        if other.level.depth < self.selection.level.depth:
            anywhere = len(other.groups["coarser"].projects)
        return {one.code: anywhere + found.get(above[one.code], 0) for one in other.areas}

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


def most_verdict(counts: Counts, more: Counts, wanted: Set[str], *, all_of_them: bool = True) -> str:
    """Say whether certain areas have most, if each area may have some more than was counted.

    Parameters
    ----------
    counts, more : mapping
        Code of an area -> how many were counted, and how many more there may be.
    wanted : set of str
        The areas of which it is asked.
    all_of_them : bool
        Whether all of them must have most; else it is enough that no other area has as many.

    Examples
    --------
    >>> most_verdict({"A": 3, "B": 1}, {}, {"A"}), most_verdict({"A": 3, "B": 1}, {"B": 2}, {"A"})
    ('holds', 'open')
    >>> most_verdict({"A": 1, "B": 3}, {}, {"A"}), most_verdict({"A": 1, "B": 3}, {"A": 2}, {"A"})
    ('fails', 'open')
    """
    found = set(top_of(counts))
    top = max(counts.values(), default=0)
    reaches = {code for code, count in counts.items() if count + more.get(code, 0) >= top}
    if found == wanted if all_of_them else found and found <= wanted:
        rivals = any(more.get(code) for code in reaches - wanted)
        parted = all_of_them and len(wanted) > 1 and any(more.get(code) for code in wanted)
        return OPEN_END if rivals or parted else HOLDS
    can = wanted <= reaches if all_of_them else wanted & reaches
    return OPEN_END if can and any(more.get(code) for code in wanted & reaches) else FAILS


def none_verdict(counts: Counts, more: Counts, wanted: Set[str]) -> str:
    """Say whether certain areas, and no others, have none, if each area may have some more than was counted.

    Examples
    --------
    >>> none_verdict({"A": 0, "B": 1}, {}, {"A"}), none_verdict({"A": 0, "B": 1}, {"A": 2}, {"A"})
    ('holds', 'open')
    >>> none_verdict({"A": 0, "B": 0}, {}, {"A"}), none_verdict({"A": 0, "B": 0}, {"B": 2}, {"A"})
    ('fails', 'open')
    """
    found = set(none_of(counts))
    if wanted - found:
        return FAILS
    if all(more.get(code) for code in found - wanted):
        return OPEN_END if found != wanted or any(more.get(code) for code in wanted) else HOLDS
    return FAILS


def none_of(counts: Counts) -> list[str]:
    """Return the codes of the areas without any.

    Examples
    --------
    >>> none_of({"A": 2, "B": 0})
    ['B']
    """
    return [code for code, count in counts.items() if not count]
