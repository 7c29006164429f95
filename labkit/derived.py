"""Shares and rates that the package does not hold, but that follow from two counts that it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

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
                source = both_sources(part, whole)
                new.append(Figure(area, indicator.id, year, *value, 0, source, state))
    return new


def both_sources(part: Figure, whole: Figure) -> str:
    """Return the sources of two figures as a text, each once.

    Examples
    --------
    >>> import labkit as lk
    >>> figures = lk.open_city("leiden").figures
    >>> both_sources(*(figures.get(name, "Leiden", 2024) for name in ("crimes_total", "population")))
    'police-2024,cbs-2024'
    """
    return ",".join(dict.fromkeys((*part.source.split(","), *whole.source.split(","))))


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


def widen(figures: Iterable[Figure], indicators: Indicators) -> list[Figure]:
    """Return the figures, with wider bands for shares and rates that rest on rounded counts.

    A publisher that rounds counts at random computes its shares from the rounded counts: of 15 residents,
    33% can stand for 1 to 9 people. The band of such a share is the one that the band of its counts allows.

    Parameters
    ----------
    figures : iterable of Figure
        What is published.
    indicators : Indicators
        The catalogue, which says what a share is out of.

    Examples
    --------
    >>> import labkit as lk
    >>> share = lk.open_city("leiden").figures.get("age_15_25_pct", "'t Heen", 2022)
    >>> share.value, round(share.low), round(share.high)
    (33.0, 5, 81)
    """
    held = list(figures)
    known = {(one.indicator, one.area, one.year): one for one in held}
    return [_widened(one, indicators[one.indicator], known) for one in held]


def _widened(figure: Figure, indicator: Indicator, known: dict[tuple[str, str, int], Figure]) -> Figure:
    rests_on_counts = indicator.weight and (indicator.numerator or figure.status == "derived")
    whole = known.get((indicator.weight, figure.area, figure.year)) if rests_on_counts else None
    if figure.value is None or whole is None or whole.value is None or whole.status != "rounded":
        return figure
    if whole.low is None or whole.high is None or figure.low is None or figure.high is None:
        return figure
    part = figure.value * whole.value / indicator.factor
    half = whole.high - whole.value  # its counts are rounded in the same way as their whole
    low = indicator.factor * max(0.0, part - half) / whole.high
    high = indicator.factor * (part + half) / whole.low if whole.low > 0 else float("inf")
    ceiling = 100.0 if indicator.unit == "%" else float("inf")
    return replace(figure, low=min(low, figure.low), high=max(min(high, ceiling), figure.high))
