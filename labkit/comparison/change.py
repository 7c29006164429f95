"""One indicator over the years, broken where the years cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.breaks import Break
from labkit.comparison.cells import Cell, difference_shown, shown
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike, default_within, notes_on, sources_of
from labkit.errors import NoFiguresError, WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import t

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Line:
    """The figures of one area in the order of years, cut into segments that can be compared.

    Attributes
    ----------
    area : Area
        Whose figures they are.
    segments : list of list of Figure
        Within a segment years may be compared; between two there is a break.
    breaks : list of Break
        What lies between the segments.
    """

    def __init__(self, city: CityLike, area: Area, indicator: Indicator, figures: list[Figure]) -> None:
        self.area = area
        self.indicator = indicator
        self.segments: list[list[Figure]] = []
        self.breaks: list[Break] = []
        for one in figures:
            cut = None
            if self.segments:
                # A break may lie over several years: no year of a segment may be parted from another.
                breaks, name = city.areas.breaks, indicator.id
                parted = (breaks.between(f.year, one.year, area=area.code, indicator=name) for f in self.segments[-1])
                cut = next((found for found in parted if found is not None), None)
            if cut is not None:
                self.breaks.append(cut)
            if cut is not None or not self.segments:
                self.segments.append([])
            self.segments[-1].append(one)

    @property
    def ends(self) -> tuple[Figure, Figure] | None:
        """The first and last figure with a value of the newest segment that has two; None if there is none."""
        for segment in reversed(self.segments):
            known = [one for one in segment if one.value is not None]
            if len(known) > 1:
                return known[0], known[-1]
        return None

    @property
    def difference(self) -> float | None:
        """Last minus first of `ends`, where that is more than rounding; else None."""
        if self.ends is None or not self.ends[1].differs_from(self.ends[0]):
            return None
        return (self.ends[1].value or 0) - (self.ends[0].value or 0)

    def conclusion(self) -> str:
        """Say what changed, over which years, or why that cannot be said."""
        if self.ends is None:
            return t("too few comparable years")
        years = f"{self.ends[0].year}–{self.ends[1].year}"
        if self.difference is None:
            return t("{years}: no clear change", years=years)
        sign = "+" if self.difference > 0 else "−"
        return f"{years}: {sign}{difference_shown(*self.ends, self.indicator)}"


class Change(Result):
    """One indicator over the years for one or more areas; made by `city.change`.

    Examples
    --------
    >>> import labkit as lk
    >>> change = lk.open_city("leiden").change("population", area="WK054700")
    >>> change.table[["year", "value", "segment"]].values.tolist()
    [[2022.0, 16010.0, 1.0], [2024.0, 16375.0, 2.0]]
    >>> change.table["difference"].isna().all()
    np.True_
    """

    def __init__(self, city: CityLike, indicator: Indicator, lines: list[Line]) -> None:
        self.indicator = indicator
        self.lines = lines
        self._city = city
        self.sources = sources_of(city, [one for line in lines for part in line.segments for one in part])
        self.notes = [t("A change is named only where it is more than rounding or estimation can explain.")]
        self.notes += notes_on(city, [one for line in lines for part in line.segments for one in part])
        whose: dict[str, list[str]] = {}
        for line in lines:
            for one in line.breaks:
                whose.setdefault(one.note(), []).extend([line.area.name] if one.area else [])
        self.notes += [f"{'; '.join(names)}: {note}" if names else note for note, names in whose.items()]
        if indicator.reference():
            self.notes.append(indicator.reference())

    @property
    def title(self) -> str:
        """What is followed, and for whom."""
        names = "; ".join(line.area.name for line in self.lines[:3]) + ("; ..." if len(self.lines) > 3 else "")
        return f"{self.indicator.label()} ({self.indicator.unit_label()}), {names}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area and year.

        Columns area (code), name, year, value, unit, low, high, status, segment (years with the same number can be
        compared), break_before (what parts it from the year before), difference (last minus first of
        the newest years that can be compared, where that is more than rounding; on the row of the last).
        """
        import pandas as pd

        rows = []
        for line in self.lines:
            for position, part in enumerate(line.segments):
                for one in part:
                    last = line.ends is not None and one is line.ends[1]
                    rows.append(
                        {
                            "area": one.area,
                            "name": line.area.name,
                            "year": one.year,
                            "value": one.value,
                            "unit": self.indicator.unit,
                            "low": one.low,
                            "high": one.high,
                            "status": one.status,
                            "segment": position + 1,
                            "break_before": line.breaks[position - 1].note() if position and one is part[0] else "",
                            "difference": line.difference if last else None,
                        }
                    )
        return pd.DataFrame(rows).astype(dict.fromkeys(("value", "low", "high", "difference"), "float64"))

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a line an area, interrupted at every break."""
        from labkit.charts import lines

        return lines(
            [
                {str(name): cell for name, cell in row.items()}
                for row in self.table.to_dict("records")
                if row["value"] == row["value"]  # NaN is not equal to itself
            ],
            title=self.title,
            unit=self.indicator.unit_label(),
            sources=self.sources,
        )

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        years = sorted({one.year for line in self.lines for part in line.segments for one in part})
        heads = ["", *map(str, years), t("Change")]
        rows = []
        for line in self.lines:
            by_year = {one.year: one for part in line.segments for one in part}
            starts = {part[0].year for part in line.segments[1:]}
            cells = [
                Cell(("∥ " if year in starts else "") + (shown(by_year.get(year), self.indicator) or "–"), "n")
                for year in years
            ]
            rows.append([Cell(line.area.name, "row"), *cells, Cell(line.conclusion())])
        return heads, rows


def change(
    city: CityLike,
    indicator: str,
    area: str | Area | Iterable[str | Area] | None = None,
    level: str | None = None,
    within: str | Area | None = None,
) -> Change:
    """Follow an indicator over the years; see `labkit.city.City.change`."""
    one = city.indicators[indicator]
    if area is not None and level is not None:
        raise WrongUseError(t("Give areas or a level, not both; within= names the area whose parts are meant."))
    if area is not None:
        several = list(area) if isinstance(area, Iterable) and not isinstance(area, str) else [area]
        areas = [city.areas.find(each) for each in several]
        if not areas:
            raise WrongUseError(t("Name at least one area, or give a level."))
    elif level is not None:
        wanted = city.areas.level(level).id
        areas = city.areas.of_level(wanted, default_within(city, wanted) if within is None else within)
    else:
        areas = [city.home]
    lines = []
    for each in areas:
        held = [city.figures.get(one.id, each, year) for year in city.figures.years(one.id, each.level)]
        figures = [figure for figure in held if figure is not None]
        if figures:
            lines.append(Line(city, each, one, figures))
    if not lines:
        names = ", ".join(each.name for each in areas[:3])
        has = "; ".join(
            f"{name}: {', '.join(map(str, city.figures.years(one.id, name)))}" for name in city.figures.levels(one.id)
        )
        raise NoFiguresError(
            t(
                "There are no figures of {one} for {names}. {one} has {has}.",
                one=one.id,
                names=names,
                has=has or t("no figures at all"),
            )
        )
    return Change(city, one, lines)
