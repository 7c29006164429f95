"""Figures as arrays: one short block per indicator, level and year.

A block of the payload holds (what is empty is left out):

    n   decimals that are shown: those of the steps in which the figures were published; absent if the indicator's own
    m   scope in which all its areas lie: the arrays follow its members, else all areas of the level
    v   values; null where there is none
    s   the status that most values have;    sx  other statuses -> positions in v, gaps always
    o   the source that most figures have, or several with commas between;   ox  other sources -> positions in v
    h   half the width of most bands;        hx  position in v -> [low, high] of the others
    d   per area against the home area: "+" above, "-" below, "=" no clear difference, "." not to be said
    c   scope -> classes: {"b": [low, high, low, high, ...], "z": does the first hold only zeros}
    p   scope -> [best places, worst places] of its areas with a value; worst is left out where it is the same

A scope without classes or places of its own has those of the narrower one before it, as it holds no further
figures. A position with neither a value nor a status has no figure in the package at all. Classes and places
are made here, so that the page's script holds no statistics of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.rounding import decimals_shown

#: As many classes as a map of a city can show apart; `labkit.classes` makes fewer where values repeat.
CLASSES = 5


def block(
    figures: Sequence[Figure],
    order: Sequence[str],
    limits: tuple[float | None, float | None],
    home: Figure | None,
    decimals: int = 0,
) -> dict[str, Any]:
    """Return values, statuses, sources, bands and differences of one indicator, level and year.

    Parameters
    ----------
    figures : sequence of Figure
        What the package has, at most one an area.
    order : sequence of str
        Codes of the areas, in the order of the arrays.
    limits : tuple of float or None
        Where bands of this indicator are cut off: (0, 100) for a share.
    home : Figure or None
        The home area's figure of that year, if areas may be compared with it.
    decimals : int
        How many decimals are shown; bands keep four more.
    """
    by_code = {figure.area: figure for figure in figures if is_there(figure)}
    at = {place: by_code[code] for place, code in enumerate(order) if code in by_code}
    values = {place: figure for place, figure in at.items() if figure.value is not None}
    found: dict[str, Any] = {"v": [_value(values.get(place)) for place in range(len(order))]}
    found |= _split("s", {place: figure.status for place, figure in at.items()}, among=values)
    found |= _split("o", {place: figure.source for place, figure in at.items()}, among=at)
    found |= _bands(values, limits, decimals + 4)
    if home is not None and values:
        found["d"] = "".join(against(values[place], home) if place in values else "." for place in range(len(order)))
    return found


def decimals(figures: Iterable[Figure], indicator: Indicator) -> int:
    """Return with how many decimals the figures of one year are shown: no more than were published.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> income = leiden.indicators["income_per_inhabitant"]
    >>> [decimals(leiden.figures.of(income.id, "municipality", year), income) for year in (2012, 2022)]
    [1, 0]
    """
    shown = (decimals_shown(figure.step, indicator) for figure in figures if figure.value is not None)
    return max(shown, default=indicator.decimals)


def is_there(figure: Figure) -> bool:
    """Return whether the package holds this figure; one without a source only marks its absence."""
    return bool(figure.source)


def whole(value: float) -> float:
    """Return a number as it is written shortest: 12.0 as 12.

    Examples
    --------
    >>> whole(12.0), whole(12.5)
    (12, 12.5)
    """
    return int(value) if float(value).is_integer() else value


def _value(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else whole(figure.value)


def against(figure: Figure, other: Figure) -> str:
    """Say whether a figure lies above ("+") or below ("-") another, or not clearly so ("=").

    It does if their bands do not touch. An area is not compared with itself (".").
    """
    if figure.area == other.area:
        return "."
    if not figure.differs_from(other):
        return "="
    return "+" if (figure.value or 0) > (other.value or 0) else "-"


def places(figures: Sequence[Figure]) -> list[list[int]]:
    """Return the best and worst place of areas that have a value, counted from the highest value."""
    from labkit.comparison.bands import rank_bands

    bands = rank_bands(list(figures))
    pairs = [bands[figure.area] for figure in figures]
    best, worst = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [best] if best == worst else [best, worst]


def classes(values: Sequence[float], decimals: int) -> dict[str, Any]:
    """Return the classes of a map as [low, high, low, high, ...] of the values that lie in them."""
    from labkit.classes import classify

    if not values:
        return {"b": []}
    made = classify(values, scheme="quantiles", k=CLASSES, decimals=decimals, zero_class=True)
    ends = [whole(end) for pair in zip(made.lows, made.highs, strict=True) for end in pair]
    return {"b": ends, **({"z": 1} if made.zero else {})}


def _split(key: str, items: dict[int, str], among: Iterable[int]) -> dict[str, Any]:
    """Return under `key` what most of the positions `among` have, and under `key` + "x" what differs from it."""
    counts = Counter(items[place] for place in among)
    usual = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))[0] if counts else ""
    others: dict[str, list[int]] = {}
    for place, item in sorted(items.items()):
        if item != usual:
            others.setdefault(item, []).append(place)
    return {key: usual, **({f"{key}x": dict(sorted(others.items()))} if others else {})}


def _bands(figures: dict[int, Figure], limits: tuple[float | None, float | None], digits: int) -> dict[str, Any]:
    """Return the half width that most bands have, and the bands that do not follow from it."""
    ends = {
        place: (one.value, one.low, one.high)
        for place, one in sorted(figures.items())
        if one.value is not None and one.low is not None and one.high is not None
    }
    if not ends:
        return {}
    halves = Counter(round(high - value, 9) for value, _, high in ends.values())
    half = min(halves.items(), key=lambda pair: (-pair[1], pair[0]))[0]
    others = {
        str(place): [whole(round(low, digits)), whole(round(high, digits))]
        for place, (value, low, high) in ends.items()
        if [low, high] != band(value, half, limits)
    }
    return {**({"h": whole(half)} if half else {}), **({"hx": others} if others else {})}


def band(value: float, half: float, limits: tuple[float | None, float | None]) -> list[float]:
    """Return a band of which the ends are cut off at the limits; the page's script does the same.

    Examples
    --------
    >>> band(1.0, 2.5, (0, 100)), band(47.8, 2.5, (0, 100))
    ([0, 3.5], [45.3, 50.3])
    """
    low, high = value - half, value + half
    if limits[0] is not None:
        low = max(low, limits[0])
    if limits[1] is not None:
        high = min(high, limits[1])
    return [low, high]
