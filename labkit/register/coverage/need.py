"""Projects beside an indicator of need: do areas with higher figures have more of them? Question 3 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from labkit.comparison.bands import place, rank_bands
from labkit.comparison.cells import Cell, band_shown, shown
from labkit.comparison.scope import notes_on, sources_of
from labkit.language import t
from labkit.register.coverage.charts import set_against
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.words import counted, projects
from labkit.register.vocabularies import THEMES_OR_UNKNOWN

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Need(Finding):
    """The figure of each area beside its number of projects, in the order of their codes.

    Attributes
    ----------
    figure_notes : list of str
        What is to be known of the figures themselves.
    more, fewer, equal : int
        Of the pairs of areas of which one clearly has the higher figure: how often that one has more, fewer
        or equally many projects.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> need = Need(Selection(Book([]), lk.open_city("leiden"), themes=["loneliness"]), "lonely")
    >>> need.more, need.fewer, need.equal
    (0, 0, 6)
    """

    def __init__(self, selection: Selection, indicator: str, year: int | None = None) -> None:
        city = selection.city
        self.selection = selection
        self.indicator = city.indicators[indicator]
        level, within = selection.level.id, selection.within
        self.year = city.figures.demand_year(self.indicator.id, level, year, within)
        self.figures = city.figures.of(self.indicator.id, level, self.year, within)
        self.counts = {one.key: one.count(selection.counting) for one in selection.in_areas}
        self._bands = rank_bands(self.figures)
        self.more, self.fewer, self.equal = self._pairs()
        self.sources = [
            register_source(selection.book, city),
            *sources_of(city, [one for one in self.figures if one.source]),
        ]
        self.sentences = self._sentences()
        # What is said of the figures is also said where they stand in another table.
        self.figure_notes = [
            *notes_on(city, self.figures),
            t(
                "This speaks of {level}, not of the people in them, and it does not show a cause.",
                level=selection.level.plural(),
            ),
        ]
        if self.indicator.kind == "count":
            self.figure_notes.append(t("Counts also differ because areas differ in size; compare shares and rates."))
        self.notes = [
            t("A place is a band: rounding and estimation leave open which place exactly. 1st is the highest value."),
            *self.figure_notes,
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is set against what."""
        return t(
            "Projects beside {indicator} ({year}): {about}",
            indicator=self.indicator.label(),
            year=self.year,
            about=self.selection.about,
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area.

        Columns code, name, value, low, high (the indicator's figure and its band), unit, year, status, best_place,
        worst_place, place (in words), projects (by the selection's counting).
        """
        import pandas as pd

        rows = []
        for one in self.figures:
            best, worst, _ = self._bands.get(one.area, (None, None, None))
            rows.append(
                {
                    "code": one.area,
                    "name": self.selection.city.areas[one.area].name,
                    "value": one.value,
                    "low": one.low,
                    "high": one.high,
                    "unit": self.indicator.unit,
                    "year": self.year,
                    "status": one.status,
                    "best_place": best,
                    "worst_place": worst,
                    "place": self._place(one.area),
                    "projects": float(self.counts[one.area]),
                }
            )
        numbers = dict.fromkeys(("value", "low", "high"), "float64")
        return pd.DataFrame(rows).astype(numbers | dict.fromkeys(("best_place", "worst_place"), "Int64"))

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a line an area, the highest figure first: the figure with its band, and beside it the projects."""
        known = [one for one in self.figures if one.value is not None]
        rows = [
            {
                "area": self.selection.city.areas[one.area].name,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "count": float(self.counts[one.area]),
            }
            for one in sorted(known, key=lambda one: -(one.value or 0))
        ]
        x = f"{self.indicator.label()} ({self.indicator.unit_label()}, {self.year})"
        return set_against(
            rows, x, self._counted_what(), title=self.title, subtitle=" ".join(self.sentences), sources=self.sources
        )

    def _pairs(self) -> tuple[int, int, int]:
        more = fewer = equal = 0
        for one, other in combinations(self.figures, 2):
            if not one.differs_from(other):
                continue
            high, low = (one, other) if (one.value or 0) > (other.value or 0) else (other, one)
            difference = self.counts[high.area] - self.counts[low.area]
            more, fewer, equal = more + (difference > 0), fewer + (difference < 0), equal + (difference == 0)
        return more, fewer, equal

    def _sentences(self) -> list[str]:
        clear = self.more + self.fewer + self.equal
        if not clear:
            return [t("These figures do not tell the areas apart: nothing can be said of more or less need.")]
        said = [
            t(
                "In {clear} pairs of areas one clearly has the higher figure. That one has more projects in {more} of "
                "them, fewer in {fewer}, and as many in {equal}.",
                clear=clear,
                more=self.more,
                fewer=self.fewer,
                equal=self.equal,
            )
        ]
        if self.selection.movable:
            said.append(
                t(
                    "This can change by {count} whose place is not known so precisely.",
                    count=projects(self.selection.movable),
                )
            )
        return said

    def _counted_what(self) -> str:
        themes = ", ".join(THEMES_OR_UNKNOWN.label(one) for one in self.selection.themes or ())
        return t("Projects on {themes}", themes=themes) if themes else t("Projects")

    def _place(self, code: str) -> str:
        return place(*self._bands[code]) if code in self._bands else ""

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        value = f"{self.indicator.label()} ({self.indicator.unit_label()})"
        heads = ["", value, t("Band"), t("Place"), self._counted_what()]
        rows = []
        for one in self.figures:
            head, count = (
                Cell(self.selection.city.areas[one.area].name, "row"),
                Cell(counted(self.counts[one.area]), "n"),
            )
            if one.value is None:
                rows.append([head, Cell(one.reason(), "why", span=3), count])
                continue
            band = Cell(band_shown(one, self.indicator), "n")
            rows.append([head, Cell(shown(one, self.indicator), "n"), band, Cell(self._place(one.area)), count])
        return heads, rows
