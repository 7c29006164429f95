"""Put the figures of several areas together, where that can be done honestly, and refuse it where it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labkit.areas import Area
from labkit.derived import quotient
from labkit.errors import NoFiguresError, NotCombinableError, WrongUseError
from labkit.figures import Figure, Figures
from labkit.indicators import Indicator
from labkit.language import number

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Combined:
    """The figure of several areas together.

    Attributes
    ----------
    value, low, high : float
        The value in `unit`, and the band in which it lies given the rounding of its parts.
    unit : str
        Id of the unit.
    method : str
        How it was put together, in words.
    areas : list of str
        Codes of the areas that are in it.
    left_out : dict
        Code of each area that has no value -> the reason.
    """

    indicator: str
    year: int
    value: float
    low: float
    high: float
    unit: str
    method: str
    areas: list[str]
    left_out: dict[str, str]

    def __repr__(self) -> str:
        without = f", without {', '.join(self.left_out)}" if self.left_out else ""
        return f"<{self.indicator} {self.year}: {number(self.value, 1, 'en')} {self.unit} for {len(self.areas)} areas{without}; {self.method}>"


def combine(
    figures: Figures, indicator: str, areas: Iterable[str | Area], year: int, *, leave_out_missing: bool = False
) -> Combined:
    """Put the figures of several areas together.

    Counts are added. Shares, means and rates are weighted with the count that they are out of. Medians,
    indexes and anything without such a count are refused. So are areas that overlap, and areas without a
    value, unless these are left out knowingly.

    Parameters
    ----------
    figures : Figures
        The city's figures.
    indicator : str
        Id of an indicator.
    areas : iterable of str or Area
        Areas by name or code.
    year : int
        The year.
    leave_out_missing : bool
        Leave out areas that have no value, and say so in the result, instead of refusing.

    Returns
    -------
    Combined
        Value, band, unit, method, areas and what was left out.

    Raises
    ------
    NotCombinableError
        If it cannot be done honestly; the text gives the reason.

    Source
    ------
    A share over several areas is the sum of its numerators over the sum of its denominators, which is the
    mean of the shares weighted with the denominators.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> leiden.figures.combine("population", ["Binnenstad-Noord", "Binnenstad-Zuid"], 2024).value
    23355.0
    >>> leiden.figures.combine("median_wealth", ["Stevenshof", "Merenwijk"], 2023)
    Traceback (most recent call last):
        ...
    labkit.errors.NotCombinableError: median_wealth is a median: the median of two districts together cannot be known from theirs.
    """
    one = figures.indicators[indicator]
    chosen = _apart([figures.areas.find(area) for area in areas])
    _demand_method(one)
    found = {area.code: figures.get(one.id, area, year) for area in chosen}
    with_value = {code: f for code, f in found.items() if f is not None and f.value is not None}
    left_out = {code: f.reason() if f else "not in the package" for code, f in found.items() if code not in with_value}
    if not with_value:
        raise NoFiguresError(f"None of these areas has a value of {one.id} for {year}.")
    if left_out and not leave_out_missing:
        names = "; ".join(f"{figures.areas[code].name}: {reason}" for code, reason in left_out.items())
        raise NotCombinableError(
            f"{one.id} has no value in {year} for {names}. A missing value is not 0; leave_out_missing=True leaves "
            "these areas out and says so in the result."
        )
    value, low, high, method = _put_together(figures, one, list(with_value.values()), year)
    return Combined(one.id, year, value, low, high, one.unit, method, list(with_value), left_out)


def per_1000(figures: Figures, indicator: str, out_of: str = "population", **choice: Any) -> pd.DataFrame:
    """Return a count per 1,000 of another count, as a tidy table.

    Parameters
    ----------
    figures : Figures
        The city's figures.
    indicator : str
        A count, such as "crimes_total".
    out_of : str
        The count that it is set against.
    **choice
        level, year, area: as for `Figures.__call__`.

    Returns
    -------
    DataFrame
        The columns of `Figures.__call__`, with indicator "<id>_per_1000", unit "per 1000 <out_of>" and status
        "derived"; a row keeps its reason where it has no value.

    Raises
    ------
    NotCombinableError
        If one of the two is not a count.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> rates = leiden.figures.per_1000("crimes_total", level="municipality", year=2024, area="Leiden")
    >>> round(rates["value"].item(), 1)
    52.5
    """
    part, whole = figures.indicators[indicator], figures.indicators[out_of]
    for one in (part, whole):
        if one.kind != "count":
            raise NotCombinableError(f"{one.id} is a {one.kind}, not a count: only counts can be put per 1,000 of another count.")
    rows, statuses, sources = [], [], []
    for figure in figures.select(part.id, **choice):
        base = figures.get(whole.id, figure.area, figure.year)
        value = quotient(figure, base, 1000.0) if base else None
        rows.append(value[0] if value else None)
        if value:
            statuses.append("derived")
        elif figure.value is None:
            statuses.append(figure.status)
        else:
            statuses.append(base.status if base and base.value is None else "not_applicable" if base else "absent_in_source")
        sources.append(figure.source)
    table = figures.to_table(figures.select(part.id, **choice))
    return table.assign(
        indicator=f"{part.id}_per_1000",
        value=[float("nan") if row is None else row for row in rows],
        unit=f"per 1000 {whole.unit}",
        status=statuses,
        source=sources,
    )


def _apart(areas: list[Area]) -> list[Area]:
    """Return the areas, if none of them is given twice or lies inside another."""
    if not areas:
        raise WrongUseError("Name at least one area.")
    for position, area in enumerate(areas):
        for other in areas[position + 1 :]:
            if area is other:
                raise NotCombinableError(f"{area.name} is named twice; its people would count double. Name it once.")
            if area.is_within(other) or other.is_within(area):
                raise NotCombinableError(f"{area.name} and {other.name} overlap: who lives in both would count double. Name one of them.")
    return areas


def _demand_method(indicator: Indicator) -> None:
    name = indicator.id
    if indicator.kind == "median":
        raise NotCombinableError(f"{name} is a median: the median of two districts together cannot be known from theirs.")
    if indicator.kind == "index":
        raise NotCombinableError(f"{name} is an index: its values are ranks or scores that cannot be averaged.")
    if indicator.kind != "count" and not indicator.weight:
        raise NotCombinableError(
            f"{name} is a {indicator.kind}, and the package does not hold the count that it is out of. "
            "Without that weight an average over areas would be wrong."
        )


def _put_together(figures: Figures, indicator: Indicator, parts: list[Figure], year: int) -> tuple[float, float, float, str]:
    """Return value, low, high and the method in words."""
    if indicator.kind == "count":
        value, low, high = (sum(getattr(part, name) for part in parts) for name in ("value", "low", "high"))
        return value, low, high, "counts added"
    total = value = low = high = 0.0
    for part in parts:
        weight = figures.get(indicator.weight, part.area, year)
        if weight is None or weight.value is None:
            raise NotCombinableError(
                f"{indicator.id} is out of {indicator.weight}, which has no value for {figures.areas[part.area].name} in {year}. "
                "Without that weight an average over areas would be wrong."
            )
        total += weight.value
        value += weight.value * (part.value or 0.0)
        low += weight.value * (part.low or 0.0)
        high += weight.value * (part.high or 0.0)
    if total == 0:
        raise NotCombinableError(f"{indicator.weight} is 0 in all of these areas, so {indicator.id} is out of nothing.")
    return value / total, low / total, high / total, f"weighted with {indicator.weight}"
