"""What a map lies on: the areas of one level, and what is drawn around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labkit.area import Area, Level
from labkit.comparison.scope import CityLike
from labkit.sources import Source

if TYPE_CHECKING:
    from labkit.maps.layers import AreaLayer


@dataclass(frozen=True, repr=False)
class Ground:
    """The areas under all layers of a map; their outlines stand in the page once.

    Attributes
    ----------
    scale : Level
        Which areas.
    areas : dict
        Their outlines, as GeoJSON.
    background : dict or None
        Outlines of areas around them.
    credit : str
        Whom to name for the outlines.
    sources : tuple of Source
        Who published the outlines.
    within : Area or None
        The area whose parts they are; None where they are all of their level.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").map().ground
    <Ground: 10 x district>
    """

    scale: Level
    areas: Mapping[str, Any]
    background: Mapping[str, Any] | None = None
    credit: str = ""
    sources: tuple[Source, ...] = ()
    within: Area | None = None

    def __repr__(self) -> str:
        return f"<Ground: {len(self.codes)} x {self.level}>"

    @classmethod
    def under(cls, layer: AreaLayer) -> Ground:
        """Return what a layer lies on."""
        return cls(layer.scale, layer.areas, layer.background, layer.credit, layer.sources)

    @property
    def level(self) -> str:
        """Id of the level."""
        return self.scale.id

    @property
    def codes(self) -> list[str]:
        """Codes of the areas, in the order in which they are drawn."""
        return [str(feature["properties"]["code"]) for feature in self.areas["features"]]

    @property
    def names(self) -> list[str]:
        """Names of the areas, in the same order."""
        return [str(feature["properties"]["name"]) for feature in self.areas["features"]]


def border_sources(city: CityLike, areas: list[Area]) -> list[Source]:
    """Return who published the outlines of areas.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> len(border_sources(leiden, leiden.areas.of_level("district")))
    1
    """
    names = {area.border_source for area in areas}
    return [city.sources[name] for name in sorted(names) if name in city.sources]


def surroundings(city: CityLike, depth: int, scope: Area | None) -> dict[str, Any] | None:
    """Return the city's neighbours, where they are not on the map themselves.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> surroundings(leiden, 0, None) is None
    True
    """
    home = city.areas.level(city.home.level)
    if depth <= home.depth or scope is None:
        return None
    around = city.areas.outlines(home.id)
    inside = {area.code for area in city.areas.of_level(home.id) if area.is_within(scope) or scope.is_within(area)}
    features = [one for one in around["features"] if one["properties"]["code"] not in inside]
    if scope.level != home.id and scope.is_within(city.home):  # a part of the city: the rest of it is quiet too
        rest = city.areas.outlines(scope.level, city.home)["features"]
        features += [one for one in rest if one["properties"]["code"] != scope.code]
    return {**around, "features": features} if features else None
