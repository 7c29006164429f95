"""Areas by theme, and which cells are empty: question 3 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell, band_shown, shown
from labkit.language import t
from labkit.register.coverage.charts import matrix
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.need import Need
from labkit.register.coverage.rows import drawn, part, under_heads
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import listed, projects
from labkit.register.vocabularies import THEMES, THEMES_OR_UNKNOWN, UNKNOWN

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


#: What is told of a figure.
FIGURE = ("value", "low", "high")


class Gaps(Finding):
    """How many projects each area has on each theme, and where there is none.

    Attributes
    ----------
    themes, columns : list of str
        The themes in the order of the columns; as columns with "unknown" behind them.
    empty : list of tuple
        (code of the area, theme) of every cell without a project.
    need : Need or None
        The indicator of need that they are set against.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> gaps = Gaps(Selection(Book([]), lk.open_city("leiden"), themes=["safety", "ehealth"]))
    >>> len(gaps.empty), gaps.empty[0]
    (20, ('WK054600', 'safety'))
    """

    UPRIGHT = True

    def __init__(self, selection: Selection, need: Need | None = None) -> None:
        self.selection, self.need = selection, need
        self.themes = [one for one in selection.themes or THEMES.ids if one != UNKNOWN]
        self.columns = [*self.themes, UNKNOWN]
        self.counts = {one.key: self._by_theme(one) for one in selection.tallies}
        self.sources = [register_source(selection.book, selection.city)]
        self.empty = [
            (one.key, theme)
            for one in selection.in_areas
            for theme in self.themes
            if not self.counts[one.key].get(theme)
        ]
        self.sentences = self._sentences()
        self.notes = [t("A project on several themes, or in several areas, counts in each of them.")]
        self.notes += selection.all_notes
        if need is not None:
            self.sources = need.sources
            self.sentences.append(f"{need.indicator.label()} ({need.year}): {need.sentences[0]}")
            self.notes += [note for note in need.figure_notes if note not in self.notes]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Projects by area and theme: {about}", about=self.selection.about)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area or group, one column a theme (its id) and one `unknown`: projects, whole count.

        Before these the columns code ("" for a group), name and group; behind them, if they are set against a need,
        value, low and high: the area's figure and its band.
        """
        import pandas as pd

        figures = {one.area: one for one in self.need.figures} if self.need else {}
        rows = [
            {
                "code": one.area.code if one.area else "",
                "name": self.selection.label(one),
                "group": one.group,
                **{theme: self.counts[one.key].get(theme, 0) for theme in self.columns},
                **({name: getattr(figures.get(one.key), name, None) for name in FIGURE} if self.need else {}),
            }
            for one in self.selection.tallies
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys(FIGURE, "float64") if self.need else {})

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a table of squares; an empty one is a gap."""
        tallies, left = drawn(self.selection)
        rows = [
            {
                "part": part(self.selection, one),
                "line": self.selection.label(one),
                "column": THEMES_OR_UNKNOWN.label(theme),
                "count": self.counts[one.key].get(theme, 0),
            }
            for one in tallies
            for theme in self.columns
        ]
        # The figures of need are not drawn, so that they are not credited here.
        sources = [register_source(self.selection.book, self.selection.city)]
        return matrix(rows, title=self.title, unit=t("projects"), sources=sources, subtitle=left)

    def _by_theme(self, tally: Tally) -> dict[str, int]:
        counts: dict[str, int] = {}
        # Where only some themes are chosen, those without a known one may be on them.
        for one in (*tally.projects, *tally.unthemed):
            for theme in dict.fromkeys(one.themes):
                counts[theme] = counts.get(theme, 0) + 1
        return counts

    def _sentences(self) -> list[str]:
        cells = len(self.selection.areas) * len(self.themes)
        said = [
            t("{empty} of the {cells} cells of area and theme are empty.", empty=len(self.empty), cells=cells),
        ]
        missing = set(self.empty)
        bare = [
            THEMES_OR_UNKNOWN.label(theme)
            for theme in self.themes
            if all((one.key, theme) in missing for one in self.selection.in_areas)
        ]
        if bare and len(bare) < len(self.themes):
            said.append(t("Without a project in any of these areas: {themes}.", themes=listed(bare)))
        if self.selection.movable:
            said.append(
                t(
                    "Empty cells may be filled by {count} whose place is not known so precisely.",
                    count=projects(self.selection.movable),
                )
            )
        if self.selection.unthemed:
            said.append(self.selection.about_unthemed)
        return said

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", *(THEMES_OR_UNKNOWN.label(theme) for theme in self.columns)]
        need = self.need
        figures = {one.area: one for one in need.figures} if need else {}
        if need:
            heads += [f"{need.indicator.label()} ({need.indicator.unit_label()})", t("Band")]

        def cells(one: Tally) -> list[Cell]:
            found, figure = self.counts[one.key], figures.get(one.key)
            # An empty cell must not look like one that was forgotten.
            row = [Cell(str(found[theme]) if found.get(theme) else "·", "n") for theme in self.columns]
            if need and figure is not None:
                row += [Cell(shown(figure, need.indicator), "n"), Cell(band_shown(figure, need.indicator), "n")]
            return [*row, *([Cell("", "n")] * 2 if need and figure is None else [])]

        return heads, under_heads(self.selection, len(heads), cells)
