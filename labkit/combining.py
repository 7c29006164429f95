"""Put the figures of several areas together, where that can be done honestly, and refuse it where it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from labkit.area import Area
from labkit.derived import both_sources, quotient
from labkit.errors import NoFiguresError, NotCombinableError, WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.statuses import Status


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
        amount = f"{number(self.value, 0 if float(self.value).is_integer() else 1, 'en')} {self.unit}"
        return f"<{self.indicator} {self.year} of {', '.join(self.areas)}{without}: {amount}; {self.method}>"


def combine(
    indicator: Indicator,
    parts: Mapping[Area, Figure | None],
    weights: Mapping[Area, Figure | None],
    year: int,
    *,
    leave_out_missing: bool = False,
) -> Combined:
    """Put figures together; see `labkit.figures.Figures.combine`, which looks them up.

    Parameters
    ----------
    indicator : Indicator
        What is measured.
    parts : mapping
        Area -> its figure, or None if there is none. The areas do not overlap.
    weights : mapping
        Area -> the count that its figure is out of.
    year : int
        The year of all of these.
    leave_out_missing : bool
        Leave out areas that have no value instead of refusing.

    Source
    ------
    A share over several areas is the sum of its numerators over the sum of its denominators, which is the
    mean of the shares weighted with the denominators.
    """
    _demand_method(indicator)
    with_value = {area: one for area, one in parts.items() if one is not None and one.value is not None}
    missing = {
        area: one.reason() if one else "not in the package" for area, one in parts.items() if area not in with_value
    }
    if not with_value:
        raise NoFiguresError(
            t("None of these areas has a value of {indicator} for {year}.", indicator=indicator.id, year=year)
        )
    if missing and not leave_out_missing:
        names = "; ".join(f"{area.name} ({reason})" for area, reason in missing.items())
        raise NotCombinableError(
            t(
                "{indicator} has no value in {year} for {names}. A missing value is not 0; leave_out_missing=True leaves these areas out and says so in the result.",
                indicator=indicator.id,
                year=year,
                names=names,
            )
        )
    if indicator.kind == "count":
        value, low, high = _sum(with_value.values())
        method = "counts added"
    else:
        value, low, high = _mean(indicator, with_value, weights, year)
        method = f"weighted with {indicator.weight}"
    left_out = {area.code: reason for area, reason in missing.items()}
    return Combined(
        indicator.id,
        year,
        value,
        low,
        high,
        indicator.unit,
        method,
        [area.code for area in with_value],
        left_out,
    )


def per_1000(
    part: Indicator,
    whole: Indicator,
    pairs: Iterable[tuple[Figure, Figure | None]],
    statuses: Mapping[str, Status],
) -> list[Figure]:
    """Return each first figure per 1,000 of the second; see `labkit.figures.Figures.per_1000`."""
    for one in (part, whole):
        if one.kind != "count":
            raise NotCombinableError(
                t(
                    "{one} is a {kind}, not a count: only a count can be put per 1,000 of another.",
                    one=one.id,
                    kind=one.kind,
                )
            )
    rates = []
    for figure, base in pairs:
        found = quotient(figure, base, 1000.0) if base else None
        if found and base:
            value, low, high = found
            source = both_sources(figure, base)
            rates.append(
                replace(figure, value=value, low=low, high=high, step=0, source=source, state=statuses["derived"])
            )
            continue
        if figure.value is None:
            state = figure.state
        elif base is None:
            state = statuses["absent_in_source"]
        else:
            state = base.state if base.value is None else statuses["not_applicable"]
        rates.append(replace(figure, value=None, low=None, high=None, state=state))
    return rates


def apart(areas: list[Area]) -> list[Area]:
    """Return the areas, if none of them is given twice or lies inside another.

    Raises
    ------
    NotCombinableError
        If two of them overlap.
    WrongUseError
        If there are none.
    """
    if not areas:
        raise WrongUseError(t("Name at least one area."))
    for position, area in enumerate(areas):
        for other in areas[position + 1 :]:
            if area is other:
                raise NotCombinableError(
                    t("{area} is named twice; its people would count double. Name it once.", area=area.name)
                )
            if area.is_within(other) or other.is_within(area):
                raise NotCombinableError(
                    t(
                        "{area} and {other} overlap: who lives in both would count double. Name one of them.",
                        area=area.name,
                        other=other.name,
                    )
                )
    return areas


def _demand_method(indicator: Indicator) -> None:
    name = indicator.id
    if indicator.kind == "median":
        raise NotCombinableError(
            t(
                "{name} is a median, and the median of areas together cannot be known. compare() sets them side by side.",
                name=name,
            )
        )
    if indicator.kind == "index":
        raise NotCombinableError(
            t("{name} is an index: its values are classes or scores that cannot be averaged.", name=name)
        )
    if indicator.kind != "count" and not indicator.weight:
        raise NotCombinableError(
            t(
                "{name} is a {kind}, and the package does not hold the count that it is out of. Without that weight an average over areas would be wrong.",
                name=name,
                kind=indicator.kind,
            )
        )


def _sum(parts: Iterable[Figure]) -> tuple[float, float, float]:
    value = low = high = 0.0
    for part in parts:
        value, low, high = value + (part.value or 0), low + (part.low or 0), high + (part.high or 0)
    return value, low, high


def _mean(
    indicator: Indicator, parts: Mapping[Area, Figure], weights: Mapping[Area, Figure | None], year: int
) -> tuple[float, float, float]:
    found: list[tuple[Figure, Figure]] = []
    for area, part in parts.items():
        weight = weights.get(area)
        if weight is None or weight.value is None:
            raise NotCombinableError(
                t(
                    "{indicator} is out of {weight}, which has no value for {area} in {year}. Without that weight an average over areas would be wrong.",
                    indicator=indicator.id,
                    weight=indicator.weight,
                    area=area.name,
                    year=year,
                )
            )
        found.append((part, weight))
    total = sum(weight.value or 0 for _, weight in found)
    if total == 0:
        raise NotCombinableError(
            t(
                "{weight} is 0 in all of these areas, so {indicator} is out of nothing.",
                weight=indicator.weight,
                indicator=indicator.id,
            )
        )
    value = sum((weight.value or 0) * (part.value or 0) for part, weight in found) / total
    ranges = [(weight.low or 0.0, weight.high or 0.0) for _, weight in found]
    low = _lowest_mean([part.low or 0.0 for part, _ in found], ranges)
    high = -_lowest_mean([-(part.high or 0.0) for part, _ in found], ranges)
    return value, min(low, value), max(high, value)


def _lowest_mean(values: Sequence[float], weights: Sequence[tuple[float, float]]) -> float:
    """Return the lowest weighted mean that weights within their bands allow.

    It gives the lowest values their heaviest weights and the others their lightest; where the turn is, is tried.

    Examples
    --------
    >>> _lowest_mean([10.0, 20.0], [(1, 3), (1, 3)])
    12.5
    """
    ordered = sorted(zip(values, weights, strict=True))
    means = []
    for turn in range(len(ordered) + 1):
        taken = [(value, high if place < turn else low) for place, (value, (low, high)) in enumerate(ordered)]
        total = sum(weight for _, weight in taken)
        if total > 0:
            means.append(sum(value * weight for value, weight in taken) / total)
    return min(means)
