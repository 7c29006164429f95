"""Which areas stand on one map: a level, in the city, its region, or everywhere in the package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from labkit.area import Area
from labkit.areas import Areas


@dataclass(frozen=True)
class Scope:
    """Areas that are shown, classed and ranked together.

    Attributes
    ----------
    level : str
        Id of their level.
    within : Area or None
        The area that they lie in; None for all of the level.
    members : tuple of int
        Their positions among the areas of the level.
    """

    level: str
    within: Area | None
    members: tuple[int, ...]


def scopes(areas: Areas, home: Area, region: Area | None) -> list[Scope]:
    """Return the maps that a package can show: per level the city's areas, its region's, and all of them.

    A scope of one area is no map, and a wider scope without further areas is left out. Which levels there
    are, and what the city and region are, the package says.

    Parameters
    ----------
    areas : Areas
        The package's areas.
    home : Area
        The city.
    region : Area or None
        What it belongs to.

    Returns
    -------
    list of Scope
        From the largest areas to the smallest; within a level from near to far.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> for scope in scopes(leiden.areas, leiden.home, leiden.region):
    ...     print(scope.level, scope.within, len(scope.members))
    region None 2
    municipality Leidse regio (region, R-LEIDEN) 5
    municipality None 9
    district Leiden (municipality, GM0546) 10
    district Leidse regio (region, R-LEIDEN) 26
    district None 51
    neighbourhood Leiden (municipality, GM0546) 54
    """
    found = []
    for level in areas.levels:
        everything = areas.of_level(level.id)
        position = {area.code: index for index, area in enumerate(everything)}
        seen: set[tuple[int, ...]] = set()
        for within in _places(home, region):
            inside = everything if within is None else areas.of_level(level.id, within)
            members = tuple(position[area.code] for area in inside)
            if len(members) > 1 and members not in seen:
                seen.add(members)
                found.append(Scope(level.id, within, members))
    return found or [_only(areas)]


def _places(home: Area, region: Area | None) -> Iterable[Area | None]:
    yield home
    if region is not None and region is not home:
        yield region
    yield None


def _only(areas: Areas) -> Scope:
    """Return the scope of a package in which no level has more than one area."""
    level = areas.levels[-1]
    return Scope(level.id, None, tuple(range(len(areas.of_level(level.id)))))
