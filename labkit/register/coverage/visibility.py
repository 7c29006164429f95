"""Visible and tangible: what one can look up, and what was done on the spot or with residents; question 4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.charts import Bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.rows import drawn, under_heads
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.stages import REACHED
from labkit.register.coverage.words import counted, in_brackets, listed, share
from labkit.register.records import Outcome, Project
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

#: Residents took part, and were not only told.
TOOK_PART = ("consulted", "involved", "cocreated", "led")
NOT_TOOK_PART = ("none", "informed")
COLUMNS = ("visible", "not_visible", "visible_unknown", "tangible", "not_tangible", "tangible_unknown", "both")


def is_visible(project: Project, outcomes: Iterable[Outcome]) -> bool | None:
    """Say whether a project is visible; None if that is not known.

    It is if its record is public and has a public outcome at the stage output, use or change. It is not if its
    record is not public, or all its outcomes say that nothing came. Without an outcome on record, or with a stage
    that is not known, nobody knows.

    Examples
    --------
    >>> made = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                status="unknown", start="2021", themes=["safety"], levels=["hbo"], scope="unknown",
    ...                involves_people=False)
    >>> is_visible(made, []) is None, is_visible(made.with_(visibility="private"), [])
    (True, False)
    """
    if project.visibility != "public":
        return False
    stages = {one.stage for one in outcomes if one.visibility == "public"}
    if not stages.isdisjoint(REACHED):
        return True
    return False if stages == {"none"} else None


def is_tangible(project: Project) -> bool | None:
    """Say whether a project is tangible; None if that is not known.

    It is if it was done on site, or if residents were consulted or involved, made it together or led it. It is not if
    it was not done on site and residents took no part or were only told. Else nobody knows.

    Examples
    --------
    >>> made = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                status="unknown", start="2021", themes=["safety"], levels=["hbo"], scope="unknown",
    ...                involves_people=False, on_site=False)
    >>> is_tangible(made) is None, is_tangible(made.with_(participation="led"))
    (True, True)
    """
    if project.on_site is True or project.participation in TOOK_PART:
        return True
    return False if project.on_site is False and project.participation in NOT_TOOK_PART else None


class Visibility(Finding):
    """How many projects of each area are visible, and how many tangible.

    Attributes
    ----------
    counts : dict
        Code of an area or name of a group -> column -> number of projects.
    totals : dict
        Column -> number of projects, each once.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Visibility(Selection(Book([]), lk.open_city("leiden"))).totals["visible"]
    0
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        book = selection.book
        self._judged = {
            one.id: (is_visible(one, book.outcomes_of(one.id)), is_tangible(one)) for one in selection.projects
        }
        self.counts = {one.key: self._count(one.projects) for one in selection.tallies}
        self.totals = self._count(selection.projects)
        self.sources = [register_source(book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t(
                "Visible: the record is public, and has a public outcome that is an output, a use or a change. Without "
                "an outcome on record it is not known."
            ),
            t(
                "Tangible: done on site, or residents were consulted, involved, made it together or led it. Not tangible: "
                "not on site, and residents took no part or were only told. Else it is not known."
            ),
            t("A project in several areas counts in each of them."),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Visible and tangible projects: {about}", about=self.selection.about)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area or group.

        Columns code ("" for a group), name, group, projects (whole count), visible, not_visible, visible_unknown
        (these three add up to projects), tangible, not_tangible, tangible_unknown (so do these), both.
        """
        import pandas as pd

        rows = [
            {
                "code": one.area.code if one.area else "",
                "name": self.selection.label(one),
                "group": one.group,
                "projects": len(one.projects),
                **self.counts[one.key],
            }
            for one in self.selection.tallies
        ]
        return pd.DataFrame(rows)

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return bars of what is, what is not, and what is not known: first visible, then tangible."""
        series = {t("yes"): "data", t("no"): "none", t("unknown"): UNKNOWN}
        parts = {t("Visible"): COLUMNS[:3], t("Tangible"): COLUMNS[3:6]}
        tallies, left = drawn(self.selection)
        bars = [
            Bar(part, self.selection.label(one), name, self.counts[one.key][column])
            for part, columns in parts.items()
            for one in tallies
            for name, column in zip(series, columns, strict=True)
        ]
        return stacked(bars, series, title=self.title, unit=t("projects"), sources=self.sources, subtitle=left)

    def _count(self, found: Iterable[Project]) -> dict[str, int]:
        judged = [self._judged[one.id] for one in found]
        visible, tangible = [one[0] for one in judged], [one[1] for one in judged]
        counts = [side.count(value) for side in (visible, tangible) for value in (True, False, None)]
        return dict(zip(COLUMNS, [*counts, judged.count((True, True))], strict=True))

    def _sentences(self) -> list[str]:
        total, counts = len(self.selection.projects), self.totals
        text = [
            t(
                "Visible: {yes} of the {total} projects{share}; not: {no}; not known: {unknown}.",
                yes=counts["visible"],
                total=total,
                share=in_brackets(share(counts["visible"], total)),
                no=counts["not_visible"],
                unknown=counts["visible_unknown"],
            ),
            t(
                "Tangible: {yes} of the {total} projects{share}; not: {no}; not known: {unknown}.",
                yes=counts["tangible"],
                total=total,
                share=in_brackets(share(counts["tangible"], total)),
                no=counts["not_tangible"],
                unknown=counts["tangible_unknown"],
            ),
            t("Both visible and tangible: {both}.", both=counts["both"]),
        ]
        bare = [
            one.area.name
            for one in self.selection.in_areas
            if one.area and one.projects and not self.counts[one.key]["tangible"]
        ]
        if bare:
            text.append(t("With projects, of which none is known to be tangible: {names}.", names=listed(bare)))
        return text

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), t("Visible"), t("Not visible"), t("Not known")]
        heads += [t("Tangible"), t("Not tangible"), t("Not known"), t("Both")]

        def cells(one: Tally) -> list[Cell]:
            counts = self.counts[one.key]
            return [Cell(counted(len(one.projects)), "n"), *(Cell(counted(counts[name]), "n") for name in COLUMNS)]

        return heads, under_heads(self.selection, len(heads), cells)
