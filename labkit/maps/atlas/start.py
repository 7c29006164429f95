"""The view with which the atlas opens: a map that says something at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from labkit.comparison.scope import CityLike
from labkit.maps.atlas.scopes import Scope

#: Kinds that a map of areas of unequal size shows fairly; a count is not one of them.
FAIR_KINDS = ("share", "rate", "mean", "median", "index", "distance")


def first_view(city: CityLike, views: Sequence[Scope]) -> dict[str, Any]:
    """Return level, place, indicator and year of the first view.

    A package may choose it (`"default_view": {"indicator": "lonely", "year": 2020}` in its block "labkit").
    Else it is the city's default level, and the first share or rate that has a value for every area, in the
    last year in which it does; failing that, the one that comes nearest.

    Parameters
    ----------
    city : City
        The opened city.
    views : sequence of Scope
        The scopes that have figures.
    """
    wish = city.package.settings.get("default_view") or {}
    level = wish.get("level", city.default_level)
    scope = next((one for one in views if one.level == level), views[0])
    indicator, year = _fullest(city, scope, wish)
    within = scope.within.code if scope.within else ""
    return {"level": scope.level, "within": within, "indicator": indicator, "year": year}


def _fullest(city: CityLike, scope: Scope, wish: dict[str, Any]) -> tuple[str, int]:
    best = (-1, "", 0)
    for indicator in _candidates(city, wish):
        years = city.figures.years(indicator, scope.level, scope.within)
        if indicator == wish.get("indicator") and wish.get("year") in years:
            return indicator, wish["year"]
        for year in reversed(years):
            figures = city.figures.of(indicator, scope.level, year, scope.within)
            filled = sum(figure.value is not None for figure in figures)
            if filled == len(scope.members):
                return indicator, year
            best = max(best, (filled, indicator, year), key=lambda item: item[0])
    return best[1:]


def _candidates(city: CityLike, wish: dict[str, Any]) -> Iterator[str]:
    """Yield indicators, the most telling first: the package's choice, shares and rates, other averages, counts."""
    if wish.get("indicator") in city.indicators:
        yield wish["indicator"]
    rank = {"share": 0, "rate": 0, "count": 2}
    for one in sorted(city.indicators, key=lambda one: rank.get(one.kind, 1)):
        yield one.id
