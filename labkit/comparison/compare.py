"""Two or more areas side by side; a difference is one only where it is more than rounding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.asked import whole_year
from labkit.comparison.cells import Cell, difference_shown, shown
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike, figure_for, notes_on, sources_of
from labkit.errors import NoFiguresError, WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import t

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True)
class ComparisonRow:
    """One indicator and year, one figure an area (None if the package holds none)."""

    indicator: Indicator
    year: int
    figures: list[Figure | None]

    @property
    def extremes(self) -> tuple[Figure, Figure] | None:
        """The lowest and the highest figure, if their bands lie apart."""
        known = [one for one in self.figures if one is not None and one.value is not None]
        if len(known) < 2:
            return None
        lowest, highest = min(known, key=_value), max(known, key=_value)
        return (lowest, highest) if highest.differs_from(lowest) else None

    @property
    def difference(self) -> float | None:
        """Highest minus lowest where that is more than rounding, or None."""
        return None if self.extremes is None else _value(self.extremes[1]) - _value(self.extremes[0])

    @property
    def complete(self) -> bool:
        """Whether all areas have a value."""
        return all(one is not None and one.value is not None for one in self.figures)


class Comparison(Result):
    """Areas side by side; made by `city.compare`.

    Examples
    --------
    >>> import labkit as lk
    >>> both = lk.open_city("leiden").compare("Stevenshof", "Merenwijk", theme="wellbeing", year=2020)
    >>> both.table.set_index("indicator").loc["lonely", "conclusion"]
    'no clear difference'
    """

    def __init__(self, city: CityLike, areas: list[Area], rows: list[ComparisonRow]) -> None:
        self.areas = areas
        self.rows = rows
        self._city = city
        self.sources = sources_of(city, [one for row in rows for one in row.figures if one])
        self.notes = [t("A difference is named only where it is more than rounding or estimation can explain.")]
        self.notes += notes_on(city, [one for row in rows for one in row.figures])
        self._names = _columns(areas)
        if any(row.indicator.kind == "count" for row in rows):
            self.notes.append(t("Counts also differ because areas differ in size; compare shares and rates."))

    @property
    def title(self) -> str:
        """Which areas are compared."""
        *most, last = (area.name for area in self.areas)
        return t("{most} and {last}", most=", ".join(most), last=last)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an indicator, one column an area.

        Columns theme, indicator, label, year, unit, one an area (its name), difference, conclusion, derived (the
        areas whose value is not published as such).

        The difference is highest minus lowest, in the unit, and empty where it is not more than rounding.
        """
        import pandas as pd

        rows = []
        for row in self.rows:
            held = list(zip(self._names, row.figures, strict=True))
            values = {name: one.value if one else None for name, one in held}
            derived = [name for name, one in held if one is not None and one.status == "derived"]
            rows.append(
                {
                    "theme": row.indicator.theme,
                    "indicator": row.indicator.id,
                    "label": row.indicator.label(),
                    "year": row.year,
                    "unit": row.indicator.unit,
                    **values,
                    "difference": row.difference,
                    "conclusion": self._conclusion(row),
                    "derived": ", ".join(derived),
                }
            )
        return pd.DataFrame(rows).astype(dict.fromkeys(self._names, "float64") | {"difference": "float64"})

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return one dot an area for each indicator, with the band as a line."""
        from labkit.charts import dots

        data = [
            {
                "label": f"{row.indicator.label()} ({row.indicator.unit_label()}, {row.year})",
                "area": name,
                "value": one.value,
                "low": one.low,
                "high": one.high,
            }
            for row in self.rows
            for name, one in zip(self._names, row.figures, strict=True)
            if one is not None and one.value is not None
        ]
        return dots(data, title=self.title, sources=self.sources)

    def _conclusion(self, row: ComparisonRow) -> str:
        if not row.complete:
            reasons = [
                f"{area.name}: {one.reason() if one else t('not in the package')}"
                for area, one in zip(self.areas, row.figures, strict=True)
                if one is None or one.value is None
            ]
            return "; ".join(reasons)
        if row.extremes is None:
            return t("no clear difference")
        names = {area.code: name for area, name in zip(self.areas, self._names, strict=True)}
        low, high = (names[one.area] for one in row.extremes)
        difference = difference_shown(row.extremes[0], row.extremes[1], row.indicator)
        return t("{high} is {difference} above {low}", high=high, low=low, difference=difference)

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Year"), t("Unit"), *self._names, t("Difference")]
        rows = [
            [
                Cell(row.indicator.label(), "row"),
                Cell(str(row.year), "n"),
                Cell(row.indicator.unit_label()),
                *(Cell(shown(one, row.indicator) or "–", "n") for one in row.figures),
                Cell(self._conclusion(row), "" if row.complete else "why"),
            ]
            for row in self.rows
        ]
        return heads, rows


def compare(
    city: CityLike,
    areas: Iterable[str | Area],
    theme: str | None = None,
    indicator: str | None = None,
    year: int | None = None,
) -> Comparison:
    """Put areas side by side; see `labkit.city.City.compare`."""
    chosen = [city.areas.find(one) for one in areas]
    year = None if year is None else whole_year(year)
    if theme is not None and indicator is not None:
        raise WrongUseError(t("Give a theme or an indicator, not both."))
    if len(dict.fromkeys(chosen)) < 2:
        first, second = (f'"{area.name}"' for area in city.areas.of_level(city.areas.levels[-1].id)[:2])
        raise WrongUseError(
            t("Name at least two different areas, such as compare({first}, {second}).", first=first, second=second)
        )
    if len(dict.fromkeys(chosen)) < len(chosen):
        raise WrongUseError(t("An area is named twice. Name each area once."))
    if indicator is not None:
        indicators: Iterable[Indicator] = [city.indicators[indicator]]
    else:
        indicators = city.indicators.of_theme(theme) if theme else city.indicators
    rows = [row for one in indicators if (row := _row(city, one, chosen, year))]
    if not rows:
        names = ", ".join(area.name for area in chosen)
        raise NoFiguresError(
            t(
                "There is no year in which {names} all have figures for this choice. Leave out the theme or the year.",
                names=names,
            )
        )
    return Comparison(city, chosen, rows)


def _row(city: CityLike, indicator: Indicator, areas: list[Area], year: int | None) -> ComparisonRow | None:
    """Return the newest year in which the package speaks of all areas, each having a value if such a year exists."""
    years = {one for area in areas for one in city.figures.years(indicator.id, area.level)}
    rows = []
    for one in sorted(years if year is None else years & {year}):
        figures = [figure_for(city, indicator, area, one) for area in areas]
        if sum(figure is not None for figure in figures) >= 2:
            rows.append(ComparisonRow(indicator, one, figures))
    complete = [row for row in rows if row.complete]
    return complete[-1] if complete else rows[-1] if rows else None


def _value(figure: Figure) -> float:
    if figure.value is None:
        raise ValueError(figure.area)
    return figure.value


def _columns(areas: list[Area]) -> list[str]:
    """Return a name for each area's column: its own, with its code where another column has that name."""
    names = [area.name for area in areas]
    taken = {"theme", "indicator", "label", "year", "unit", "difference", "conclusion", "derived"}
    return [
        f"{area.name} ({area.code})" if names.count(area.name) > 1 or area.name in taken else area.name
        for area in areas
    ]
