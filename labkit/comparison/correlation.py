"""How two indicators go together over areas, with what must be known before saying more."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.comparison.cells import Cell, shown
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike, default_within, sources_of
from labkit.errors import NoFiguresError, WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Correlation(Result):
    """Two indicators over the areas of a level; made by `city.correlate`.

    Attributes
    ----------
    n : int
        Number of areas that have both figures.
    r : float or None
        Pearson's correlation; None with fewer than four areas, or if all values of one indicator are equal.
    interval : tuple of float or None
        95 % confidence interval of r; None with fewer than four areas.
    rho : float or None
        Spearman's rank correlation, which one far-off area moves less.

    Examples
    --------
    >>> import labkit as lk
    >>> both = lk.open_city("leiden").correlate("lonely", "hard_to_make_ends_meet", level="neighbourhood", year=2020)
    >>> both.n, both.interval[0] < both.r < both.interval[1]
    (53, True)
    """

    def __init__(
        self,
        city: CityLike,
        level: str,
        x: Indicator,
        y: Indicator,
        pairs: list[tuple[Figure, Figure]],
        left_out: int,
    ) -> None:
        self.x, self.y, self.level = x, y, level
        self._pairs = pairs
        self._city = city
        self.n = len(pairs)
        xs, ys = ([one.value or 0.0 for one in side] for side in zip(*pairs, strict=True))
        self.r = pearson(xs, ys)
        self.rho = pearson(_ranks(xs), _ranks(ys))
        self.interval = fisher_interval(self.r, self.n)
        self.sources = sources_of(city, [one for pair in pairs for one in pair])
        self.notes = self._warnings(left_out)

    @property
    def title(self) -> str:
        """What is set against what."""
        level = self._city.areas.level(self.level).plural()
        x_year, y_year = self._pairs[0][0].year, self._pairs[0][1].year
        return f"{self.x.label()} ({x_year}) × {self.y.label()} ({y_year}), {self.n} {level}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area: area (code), name, and one column an indicator (its id), in its unit."""
        import pandas as pd

        rows = [(a.area, self._city.areas[a.area].name, a.value, b.value) for a, b in self._pairs]
        return pd.DataFrame(rows, columns=["area", "name", self.x.id, self.y.id])

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a dot an area, without a line through them: a line would say more than the figures."""
        from labkit.charts import scatter

        data = [{"area": self._city.areas[a.area].name, "x": a.value, "y": b.value} for a, b in self._pairs]
        axes = [f"{one.label()} ({one.unit_label()})" for one in (self.x, self.y)]
        return scatter(data, axes[0], axes[1], title=self.title, subtitle=self.conclusion(), sources=self.sources)

    def conclusion(self) -> str:
        """Say the correlation with its interval, or why there is none."""
        if self.r is None:
            return t("No correlation can be computed: too few areas, or all values equal.")
        text = f"r = {number(self.r, 2)}"
        if self.interval is not None:
            low, high = (number(end, 2) for end in self.interval)
            text += " " + t("(95% interval {low} to {high}, n = {n})", low=low, high=high, n=self.n)
        return text

    def _warnings(self, left_out: int) -> list[str]:
        level = self._city.areas.level(self.level).plural()
        notes = [
            self.conclusion(),
            t(
                "This speaks of {level}, not of the people in them, and it does not show a cause.",
                level=level,
            ),
        ]
        if self.n < 20:
            notes.append(t("{n} areas are few: one more or less can change the picture.", n=self.n))
        if self.interval is not None and self.interval[0] < 0 < self.interval[1]:
            notes.append(t("The interval holds 0: these figures do not show that the two go together."))
        if left_out:
            notes.append(
                t(
                    "Areas left out, without one of the two figures or redrawn between the years: {count}.",
                    count=left_out,
                )
            )
        if any(one.status == "estimated" for pair in self._pairs for one in pair):
            notes.append(
                t(
                    "Model estimates are computed from other traits of an area, and go together with these by construction."
                )
            )
        if self._pairs[0][0].year != self._pairs[0][1].year:
            notes.append(t("The two are of different years: no year has figures of both."))
        if {self.x.kind, self.y.kind} & {"count"}:
            notes.append(t("Counts go together because large areas have more of everything; use shares or rates."))
        return notes

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", *(f"{one.label()} ({one.unit_label()})" for one in (self.x, self.y))]
        rows = [
            [
                Cell(self._city.areas[a.area].name, "row"),
                Cell(shown(a, self.x), "n"),
                Cell(shown(b, self.y), "n"),
            ]
            for a, b in self._pairs
        ]
        return heads, rows


def correlate(
    city: CityLike, x: str, y: str, level: str, year: int | None = None, within: str | Area | None = None
) -> Correlation:
    """Set two indicators against each other over areas; see `labkit.city.City.correlate`."""
    one, other = city.indicators[x], city.indicators[y]
    if one is other:
        raise WrongUseError(t("{one} is set against itself. Name two different indicators.", one=one.id))
    wanted = city.areas.level(level).id
    scope = default_within(city, wanted) if within is None else city.areas.find(within)
    years = _years(city, one, other, wanted, year, scope)
    sides = [city.figures.of(each.id, wanted, when, scope) for each, when in zip((one, other), years, strict=True)]
    both = [(a, b) for a, b in zip(*sides, strict=True) if a.value is not None and b.value is not None]
    # Of an area that was redrawn between the two years, the figures speak of two different areas.
    pairs = [pair for pair in both if city.areas.breaks.between(*years, area=pair[0].area) is None]
    if not pairs:
        raise NoFiguresError(
            t(
                "No {wanted} has a figure of both {one} ({years}) and {other} ({years_2}) within the same border.",
                wanted=wanted,
                one=one.id,
                years=years[0],
                other=other.id,
                years_2=years[1],
            )
        )
    return Correlation(city, wanted, one, other, pairs, len(sides[0]) - len(pairs))


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's correlation, or None with fewer than four pairs or if one side is constant.

    Examples
    --------
    >>> pearson([1, 2, 3, 4], [2, 4, 6, 8])
    1.0
    >>> pearson([1, 1, 1, 1], [2, 4, 6, 8]) is None
    True
    """
    n = len(xs)
    if n < 4 or len(set(xs)) < 2 or len(set(ys)) < 2:
        return None
    mean_x, mean_y = math.fsum(xs) / n, math.fsum(ys) / n
    dx, dy = [x - mean_x for x in xs], [y - mean_y for y in ys]
    spread = math.sqrt(math.fsum(a * a for a in dx) * math.fsum(b * b for b in dy))
    if spread == 0:
        return None
    return max(-1.0, min(1.0, math.fsum(a * b for a, b in zip(dx, dy, strict=True)) / spread))


def fisher_interval(r: float | None, n: int) -> tuple[float, float] | None:
    """Return the 95 % confidence interval of a correlation, or None with fewer than four pairs.

    Source
    ------
    R. A. Fisher (1921): atanh(r) is about normal with standard error 1 / sqrt(n - 3).

    Examples
    --------
    >>> [round(end, 2) for end in fisher_interval(0.5, 28)]
    [0.16, 0.74]
    """
    if r is None or n < 4:
        return None
    if abs(r) == 1:
        return r, r
    half = 1.959964 / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, equal values share the mean of their places."""
    order = sorted(values)
    first: dict[float, int] = {}
    for position, value in enumerate(order, start=1):
        first.setdefault(value, position)
    return [first[value] + (order.count(value) - 1) / 2 for value in values]


def _years(
    city: CityLike, x: Indicator, y: Indicator, level: str, year: int | None, within: Area | None
) -> tuple[int, int]:
    """Return the year of each side: the one asked for, the newest that both have, or else the newest of each."""
    if year is not None:
        return tuple(city.figures.demand_year(one.id, level, year, within) for one in (x, y))  # type: ignore[return-value]
    both = set(city.figures.years(x.id, level, within)) & set(city.figures.years(y.id, level, within))
    if both:
        areas = [area.code for area in city.areas.of_level(level, within)]
        known = {one: sum(_has(city, x, code, one) and _has(city, y, code, one) for code in areas) for one in both}
        best = max(both, key=lambda one: (known[one] > len(areas) / 2, one))
        return best, best
    return city.figures.latest(x.id, level, within), city.figures.latest(y.id, level, within)


def _has(city: CityLike, indicator: Indicator, area: str, year: int) -> bool:
    figure = city.figures.get(indicator.id, city.areas[area], year)
    return figure is not None and figure.value is not None
