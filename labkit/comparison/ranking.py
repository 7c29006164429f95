"""All areas of a level in order, with places as bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.comparison.bands import place, rank_bands
from labkit.comparison.cells import Cell, band_shown, shown, strip
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike, default_within, notes_on, sources_of
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import t

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Ranking(Result):
    """The areas of a level in the order of one indicator; made by `city.rank`.

    Examples
    --------
    >>> import labkit as lk
    >>> ranking = lk.open_city("leiden").rank("lonely", year=2020)
    >>> ranking.table.loc[0, ["name", "place"]].tolist()
    ['Morsdistrict', '1st to 7th of 10']
    """

    def __init__(
        self, city: CityLike, indicator: Indicator, level: str, year: int, figures: list[Figure], where: Area | None
    ) -> None:
        self.indicator = indicator
        self.level = level
        self.year = year
        self.figures = sorted(figures, key=lambda one: (one.value is None, -(one.value or 0), one.area))
        self._city = city
        self._where = f", {where.name}" if where is not None else ""
        self._bands = rank_bands(figures)
        self.sources = sources_of(city, figures)
        self.notes = [
            t("A place is a band: rounding and estimation leave open which place exactly. 1st is the highest value.")
        ]
        self.notes += notes_on(city, figures)
        missing = sum(one.value is None for one in figures)
        if missing:
            self.notes.append(t("Areas without a figure, and so without a place: {count}.", count=missing))
        if indicator.kind == "count":
            self.notes.append(t("Counts also differ because areas differ in size; compare shares and rates."))

    @property
    def title(self) -> str:
        """What is ranked, when and where."""
        level = self._city.areas.level(self.level).plural()
        return f"{self.indicator.label()} ({self.indicator.unit_label()}), {level}{self._where}, {self.year}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area, highest first, without a value last.

        Columns area (code), name, value, unit, low, high (band of the value), best_place, worst_place, places
        (how many areas have one), place (in words), status, reason.
        """
        import pandas as pd

        rows = []
        for one in self.figures:
            best, worst, among = self._bands.get(one.area, (None, None, None))
            rows.append(
                {
                    "area": one.area,
                    "name": self._city.areas[one.area].name,
                    "value": one.value,
                    "unit": self.indicator.unit,
                    "low": one.low,
                    "high": one.high,
                    "best_place": best,
                    "worst_place": worst,
                    "places": among,
                    "place": self._place(one),
                    "status": one.status,
                    "reason": one.reason() if one.value is None else "",
                }
            )
        numbers = dict.fromkeys(("value", "low", "high"), "float64")
        return pd.DataFrame(rows).astype(numbers | dict.fromkeys(("best_place", "worst_place", "places"), "Int64"))

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar an area with its band; where there is no value, the reason stands in its place."""
        from labkit.charts import bars

        data = [
            {
                "area": self._city.areas[one.area].name,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "why": one.state.label() if one.value is None else "",
            }
            for one in self.figures
        ]
        return bars(data, title=self.title, unit=self.indicator.unit_label(), sources=self.sources)

    def _place(self, figure: Figure) -> str:
        return place(*self._bands[figure.area]) if figure.area in self._bands else ""

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", f"{t('Value')} ({self.indicator.unit_label()})", t("Band"), "", t("Place")]
        rows = []
        for one in self.figures:
            head = Cell(self._city.areas[one.area].name, "row")
            if one.value is None:
                rows.append([head, Cell(one.reason(), "why", span=4)])
                continue
            band = band_shown(one, self.indicator)
            dots = strip(self.figures, one.area, self._place(one))
            rows.append(
                [
                    head,
                    Cell(shown(one, self.indicator), "n"),
                    Cell(band, "n"),
                    Cell("", picture=dots),
                    Cell(self._place(one)),
                ]
            )
        return heads, rows


def rank(
    city: CityLike, indicator: str, level: str, year: int | None = None, within: str | Area | None = None
) -> Ranking:
    """Put the areas of a level in order; see `labkit.city.City.rank`."""
    one, wanted = city.indicators[indicator], city.areas.level(level).id
    scope = default_within(city, wanted) if within is None else city.areas.find(within)
    when = city.figures.demand_year(one.id, wanted, year, scope)
    return Ranking(city, one, wanted, when, city.figures.of(one.id, wanted, when, scope), scope)
