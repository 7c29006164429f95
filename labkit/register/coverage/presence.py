"""Where projects are and where none is: question 1 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.charts import Bar, bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.rows import drawn, part, under_heads
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import class_of, counted, ids, in_brackets, listed, projects, share, titles
from labkit.register.records import Project
from labkit.register.vocabularies import UNKNOWN
from labkit.register.wording import clean

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Presence(Finding):
    """How many projects there are in each area: none, one or two, or three and more.

    Attributes
    ----------
    most : list of Tally
        The areas with most projects; several if they have equally many, none if there are no projects in areas.
    placed : int
        How many projects are in at least one of the areas.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> presence = Presence(Selection(Book([]), lk.open_city("leiden")))
    >>> presence.sentences[0]
    '10 districts of Leiden: 10 without a project, 0 with one or two, 0 with three or more.'
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.sources = [register_source(selection.book, selection.city)]
        self.tallies = selection.tallies
        self.placed = len(selection.placed)
        counts = [one.count(selection.counting) for one in selection.in_areas]
        top = max(counts)
        self.most = [one for one, count in zip(selection.in_areas, counts, strict=True) if count == top and top]
        self.sentences = [self._classes(), *self._empty(), self._loose(), *self._concentration()]
        self.notes = [counting_note(selection), *selection.all_notes]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Projects by area: {about}", about=self.selection.about)

    def by_class(self, name: str) -> list[Tally]:
        """Return the areas of a class: "0", "1-2" or "3+"."""
        counting = self.selection.counting
        return [one for one in self.selection.in_areas if class_of(one.count(counting)) == name]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area, also without a project, then one row a group that lies in none of them.

        Columns code ("" for a group), name, level, group ("areas" for an area), projects (whole count),
        projects_fractional (their sum is the number of projects), class ("0", "1-2", "3+"; of areas only),
        undated (projects here without a known year; with a period they are not in `projects`), ids, titles.
        """
        import pandas as pd

        return pd.DataFrame([self._row(one) for one in self.tallies])

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar an area and a bar a group; projects without a known year are told apart in a period."""
        counting = self.selection.counting
        looks = {t("Projects"): "data", t("In none of these"): "quiet", t("Year unknown"): UNKNOWN}
        names = list(looks)
        bars = []
        tallies, left = drawn(self.selection)
        for one in tallies:
            head = (part(self.selection, one), self.selection.label(one))
            bars.append(Bar(*head, names[0] if one.area else names[1], float(one.count(counting))))
            if not self.selection.period.is_open:
                bars.append(Bar(*head, names[2], len(one.undated)))
        dated = not self.selection.period.is_open
        series = looks if dated else {name: looks[name] for name in names[:2]}
        return stacked(
            bars,
            series,
            title=self.title,
            unit=t("projects"),
            sources=self.sources,
            aside=names[2],
            legend=dated,
            subtitle=left,
        )

    def _row(self, one: Tally) -> dict[str, object]:
        return {
            "code": one.area.code if one.area else "",
            "name": self.selection.label(one),
            "level": one.area.level if one.area else "",
            "group": one.group,
            "projects": len(one.projects),
            "projects_fractional": float(one.fractional),
            "class": class_of(one.count(self.selection.counting)) if one.area else "",
            "undated": len(one.undated),
            "ids": ids(one.projects),
            "titles": titles(one.projects),
        }

    def _classes(self) -> str:
        none, few, many = (len(self.by_class(name)) for name in ("0", "1-2", "3+"))
        return t(
            "{areas} {where}: {none} without a project, {few} with one or two, {many} with three or more.",
            areas=len(self.selection.areas),
            where=self.selection.where,
            none=none,
            few=few,
            many=many,
        )

    def _empty(self) -> list[str]:
        none = self.by_class("0")
        if not none or len(none) == len(self.selection.areas):
            return []
        said = [t("No project is recorded for {names}.", names=listed(map(self.selection.label, none)))]
        perhaps = [f"{self.selection.label(one)} ({len(one.undated)})" for one in none if one.undated]
        if perhaps:
            said.append(t("Projects without a known year may fall in this period: {names}.", names=listed(perhaps)))
        unthemed = [f"{self.selection.label(one)} ({len(one.unthemed)})" for one in none if one.unthemed]
        if unthemed:
            said.append(t("Projects without a known theme may be on these themes: {names}.", names=listed(unthemed)))
        return [" ".join(said)]

    def _loose(self) -> str:
        selection, total = self.selection, len(self.selection.projects)
        text = t("{placed} of the {total} can be placed in these areas.", placed=self.placed, total=projects(total))
        if selection.movable:
            text += " " + t(
                "Of {count} the place is not known so precisely: any of them may lie in any of these areas.",
                count=selection.movable,
            )
        if selection.unthemed:
            text += " " + selection.about_unthemed
        return text

    def _concentration(self) -> list[str]:
        """Say how many of the placed projects lie in the area with most, and around which place."""
        if not self.most or len(self.selection.areas) < 2 or self.placed < 2:
            return []
        names = [one.area.name for one in self.most if one.area]
        found = self.most[0].count(self.selection.counting)
        if len(names) > 1:
            return [t("Most are in {names}: {count} in each.", names=listed(names), count=counted(found))]
        whole = self.selection.counting == "whole"
        placed = self.placed if whole else sum((one.fractional for one in self.selection.in_areas), Fraction())
        text = t(
            "Most are in {name}: {count} of the {placed} that can be placed{share}.",
            name=names[0],
            count=counted(found),
            placed=counted(placed),
            share=in_brackets(share(float(found), float(placed))),
        )
        venues = [venue for one in self.most[0].projects for venue in venues_of(one)]
        usual = max(sorted(set(venues)), key=venues.count, default="")
        if venues.count(usual) > 1:
            text += " " + t("{count} of these name {venue} as their place.", count=venues.count(usual), venue=usual)
        return [text]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), "", t("Shared out")]
        dated = self.selection.period.is_open
        heads += [] if dated else [t("Year unknown")]
        top = max([1, *(len(one.projects) for one in self.tallies)])

        def cells(one: Tally) -> list[Cell]:
            count = len(one.projects)
            return [
                Cell(counted(count), "n"),
                Cell("", picture=bar(count, top, quiet=one.area is None)),
                Cell(counted(one.fractional), "n"),
                *([] if dated else [Cell(counted(len(one.undated)), "n")]),
            ]

        total = [Cell(t("All projects, each once"), "row"), Cell(""), Cell("")]
        total.append(Cell(counted(len(self.selection.projects)), "n"))
        total += [] if dated else [Cell(counted(len(self.selection.undated)), "n")]
        return heads, [*under_heads(self.selection, len(heads), cells), total]


def venues_of(project: Project) -> list[str]:
    """Return the places that a project names, each once; several stand with ";" between them.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> venues_of(SimpleNamespace(venue="Het Gebouw; buurthuis De Kooi")), venues_of(SimpleNamespace(venue=None))
    (['Het Gebouw', 'buurthuis De Kooi'], [])
    """
    named = (part.strip() for part in clean(project.venue or "").split(";"))
    return list(dict.fromkeys(part for part in named if part))


def counting_note(selection: Selection) -> str:
    """Say how a project in several areas counts."""
    level = selection.level.plural()
    if selection.counting == "fractional":
        return t(
            "Classes and bars follow the shared count: a project in n {level} counts for 1/n in each.", level=level
        )
    return t(
        "A project in several {level} counts in each of them; shared out, it counts for an equal part in each. Only the "
        "shares add up to the number of projects.",
        level=level,
    )
