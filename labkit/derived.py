"""Shares and rates that the package does not hold, but that follow from two counts that it does."""

from __future__ import annotations

from collections.abc import Iterable

from labkit.figure import Figure
from labkit.indicators import Indicator, Indicators
from labkit.statuses import Status


def derive(figures: Iterable[Figure], indicators: Indicators, state: Status) -> list[Figure]:
    """Return the figures that follow as factor * numerator / weight, where none is published.

    They have the status "derived" and a band that follows from those of both counts. A published figure
    is never replaced; where a count has no value, nothing is derived.

    Parameters
    ----------
    figures : iterable of Figure
        What is published.
    indicators : Indicators
        The catalogue, which says what follows from what.
    state : Status
        The status "derived".

    Returns
    -------
    list of Figure
        Only the new ones.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> share = leiden.figures.get("age_65plus_pct", "Stevenshof", 2025)
    >>> share.status, round(share.value, 1)
    ('derived', 22.6)
    """
    known = {(one.indicator, one.area, one.year): one for one in figures}
    by_numerator: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.numerator and indicator.weight:
            by_numerator.setdefault(indicator.numerator, []).append(indicator)
    new = []
    for (name, area, year), part in known.items():
        for indicator in by_numerator.get(name, ()):
            whole = known.get((indicator.weight, area, year))
            published = known.get((indicator.id, area, year))
            if whole is None or (published is not None and published.value is not None):
                continue
            value = quotient(part, whole, indicator.factor)
            if value is not None:
                new.append(Figure(area, indicator.id, year, *value, 0, part.source, state))
    return new


def quotient(part: Figure, whole: Figure, factor: float) -> tuple[float, float, float] | None:
    """Return factor * part / whole with its lowest and highest possible value, or None if it cannot be known.

    A whole whose band reaches 0 says nothing of a quotient.
    """
    if part.value is None or whole.value is None or part.low is None or part.high is None:
        return None
    if whole.low is None or whole.high is None or whole.low <= 0:
        return None
    high = factor * part.high / whole.low
    if factor == 100:
        high = min(high, 100.0)
    return (
        factor * part.value / whole.value,
        factor * part.low / whole.high,
        max(high, factor * part.value / whole.value),
    )
