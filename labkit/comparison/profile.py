"""A district by theme: its figures against the city and the region, and its place among its like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.asked import whole_year
from labkit.comparison.bands import place, rank_bands
from labkit.comparison.cells import Cell, shown, strip
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike, figure_for, notes_on, peer_scope, sources_of
from labkit.errors import NoFiguresError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import t

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True)
class ProfileRow:
    """One indicator in a profile: the area's figure, the city's, the region's, and those of its like."""

    indicator: Indicator
    figure: Figure
    city: Figure | None
    region: Figure | None
    peers: list[Figure]

    @cached_property
    def band(self) -> tuple[int, int, int] | None:
        """Best place, worst place, number of areas; None if the area has no value or stands alone."""
        found = rank_bands(self.peers).get(self.figure.area)
        return found if found is not None and found[2] > 1 else None

    @property
    def place(self) -> str:
        """The band in words; "" if there is none."""
        return place(*self.band) if self.band else ""

    @property
    def against_city(self) -> str:
        """Is the area "higher" or "lower" than the city, or is there "no clear difference"? "" if not known."""
        if self.figure.value is None or self.city is None or self.city.value is None or self.indicator.kind == "count":
            return ""
        if not self.figure.differs_from(self.city):
            return t("no clear difference")
        return t("higher") if self.figure.value > self.city.value else t("lower")


class Profile(Result):
    """The profile of one area; made by `city.profile`.

    Attributes
    ----------
    area : Area
        Whose profile it is.
    rows : list of ProfileRow
        One row an indicator, by theme.

    Examples
    --------
    >>> import labkit as lk
    >>> profile = lk.open_city("leiden").profile("Stevenshof", theme="wellbeing", year=2020)
    >>> row = profile.table.set_index("indicator").loc["lonely"]
    >>> row["value"].item(), row["city"].item(), row["against_city"]
    (47.8, 50.2, 'no clear difference')
    """

    def __init__(self, city: CityLike, area: Area, rows: list[ProfileRow]) -> None:
        self.area = area
        self.rows = rows
        self._city = city
        shown_figures = [one for row in rows for one in (row.figure, row.city, row.region) if one]
        self.sources = sources_of(city, shown_figures)
        self.notes = [
            t("A place is a band: rounding and estimation leave open which place exactly. 1st is the highest value."),
        ]
        self.notes += notes_on(city, shown_figures)

    @property
    def title(self) -> str:
        """Whose profile it is."""
        level = self._city.areas.level(self.area.level).label()
        return f"{self.area.name} ({level})"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an indicator.

        Columns theme, indicator, label, year, value, unit, status, low, high (the band of the value), city,
        city_status, region and region_status (their values for that year; "derived" if put together from
        their parts), against_city, best_place, worst_place, places, place, reason.
        """
        import pandas as pd

        rows = []
        for row in self.rows:
            best, worst, among = row.band or (None, None, None)
            rows.append(
                {
                    "theme": row.indicator.theme,
                    "indicator": row.indicator.id,
                    "label": row.indicator.label(),
                    "year": row.figure.year,
                    "value": row.figure.value,
                    "unit": row.indicator.unit,
                    "status": row.figure.status,
                    "low": row.figure.low,
                    "high": row.figure.high,
                    "city": row.city.value if row.city else None,
                    "city_status": row.city.status if row.city else "",
                    "region": row.region.value if row.region else None,
                    "region_status": row.region.status if row.region else "",
                    "against_city": row.against_city,
                    "best_place": best,
                    "worst_place": worst,
                    "places": among,
                    "place": row.place,
                    "reason": row.figure.reason() if row.figure.value is None else "",
                }
            )
        table = pd.DataFrame(rows)
        numbers = dict.fromkeys(("value", "low", "high", "city", "region"), "float64")
        return table.astype(numbers | dict.fromkeys(("best_place", "worst_place", "places"), "Int64"))

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return strips: every area of the level a dot, this one marked, one line an indicator."""
        from labkit.charts import strips

        data = [
            {
                "label": f"{row.indicator.label()} ({row.indicator.unit_label()}, {row.figure.year})",
                "area": self._city.areas[one.area].name,
                "value": one.value,
                "chosen": one.area == self.area.code,
            }
            for row in self.rows
            if row.figure.value is not None
            for one in row.peers
            if one.value is not None
        ]
        return strips(data, title=self.title, chosen=self.area.name, sources=self.sources)

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Year"), t("Value"), t("Among its like"), t("Place")]
        with_city = any(row.city for row in self.rows)
        if with_city:
            heads += [self._city.home.name, t("Against the city")]
        with_region = any(row.region and row.region.value is not None for row in self.rows)
        if with_region and self._city.region:
            heads.append(self._city.region.name)
        rows: list[list[Cell]] = []
        theme = ""
        for row in self.rows:
            if row.indicator.theme != theme:
                theme = row.indicator.theme
                rows.append([Cell(row.indicator.theme_label(), "group", span=len(heads))])
            cells = [Cell(row.indicator.label(), "row"), Cell(str(row.figure.year), "n")]
            if row.figure.value is None:
                cells.append(Cell(row.figure.reason(), "why", span=len(heads) - 2))
            else:
                cells += self._cells(row, with_city, with_region)
            rows.append(cells)
        return heads, rows

    def _cells(self, row: ProfileRow, with_city: bool, with_region: bool) -> list[Cell]:
        dots = strip(row.peers, self.area.code, row.place)
        cells = [Cell(shown(row.figure, row.indicator, unit=True), "n"), Cell("", picture=dots), Cell(row.place)]
        if with_city:
            cells += [Cell(shown(row.city, row.indicator), "n"), Cell(row.against_city)]
        if with_region:
            cells.append(Cell(shown(row.region, row.indicator), "n"))
        return cells


def profile(city: CityLike, area: str | Area, theme: str | None = None, year: int | None = None) -> Profile:
    """Show an area by theme, against the city and the region; see `labkit.city.City.profile`."""
    one, year = city.areas.find(area), None if year is None else whole_year(year)
    indicators = city.indicators.of_theme(theme) if theme else city.indicators
    order = list(city.indicators.themes)
    rows = [row for each in indicators if (row := _row(city, one, each, year))]
    if not rows:
        when = " " + t("in {year}", year=year) if year else ""
        about = " " + t("on the theme {theme}", theme=theme) if theme else ""
        advice = t("Look at another area, or at what it lies in.")
        if theme or year:
            advice = t("Leave out the theme or the year.")
        if one.children and not (theme or year):
            parts = ", ".join(part.name for part in one.children[:5])
            advice = t("Its parts may have figures: {parts}.", parts=parts)
        raise NoFiguresError(
            t(
                "There are no figures for {one}{about}{when}. {advice}",
                one=one.name,
                about=about,
                when=when,
                advice=advice,
            )
        )
    rows.sort(key=lambda row: order.index(row.indicator.theme))
    return Profile(city, one, rows)


def _row(city: CityLike, area: Area, indicator: Indicator, year: int | None) -> ProfileRow | None:
    """Return an indicator's row for the year asked for, or for the last year held for this area."""
    years = [one for one in city.figures.years(indicator.id, area.level) if year in (None, one)]
    held = [found for one in years if (found := city.figures.get(indicator.id, area, one))]
    if not held:
        return None
    # The newest figure, even if it has no value: an old value would look like a new one.
    figure = held[-1]
    peers = city.figures.of(indicator.id, area.level, figure.year, peer_scope(city, area))
    above = [one for one in area.ancestors if one is city.home]
    home = figure_for(city, indicator, city.home, figure.year) if above else None
    in_region = city.region is not None and area is not city.region and area.is_within(city.region)
    region = figure_for(city, indicator, city.region, figure.year) if in_region and city.region else None
    return ProfileRow(indicator, figure, home, region, peers)
