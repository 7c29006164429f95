"""Where longitudes and latitudes fall on a picture, and outlines as paths on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from labkit.maps.outlines import rings_of, rings_of_shapes
from labkit.maps.svg_paths import svg_paths

EARTH = 6_371_008.8  # mean radius in metres
#: Names and badges are tried on so many areas at most, and not on areas of fewer square pixels.
MOST_PLACES, SMALLEST_PLACE = 250, 150
_PADDING = 8


@dataclass(frozen=True)
class Frame:
    """Places longitudes and latitudes on a picture: flat, which a city is at this scale.

    Examples
    --------
    >>> square = [[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]
    >>> feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    >>> outlines = {"type": "FeatureCollection", "features": [feature]}
    >>> Frame.around(outlines, 400, 300).paths(outlines)[0][:1]
    'M'
    """

    west: float
    north: float
    shrink: float  # a degree of longitude, in degrees of latitude
    scale: float  # pixels for a degree of latitude
    left: float
    top: float

    @classmethod
    def around(cls, outlines: Any, wide: float, high: float) -> Frame:
        """Return the frame in which these outlines fill a map of so many pixels."""
        corners = rings_of(outlines).points
        if not len(corners):
            west, south, east, north = 4.0, 52.0, 4.1, 52.1
        else:
            (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        shrink = math.cos(math.radians((south + north) / 2))
        across, along = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
        scale = min((wide - 2 * _PADDING) / across, (high - 2 * _PADDING) / along)
        return cls(west, north, shrink, scale, (wide - across * scale) / 2, (high - along * scale) / 2)

    def pixels(self, points: Any) -> tuple[Any, Any]:
        """Return where many points lie."""
        x, y = points[:, 0], points[:, 1]
        return self.left + (x - self.west) * self.shrink * self.scale, self.top + (self.north - y) * self.scale

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where one longitude and latitude lies."""
        return self.left + (x - self.west) * self.shrink * self.scale, self.top + (self.north - y) * self.scale

    def paths(self, outlines: Any) -> list[str]:
        """Return the outline of each feature as the `d` of a path."""
        found = rings_of(outlines)
        return svg_paths(found, *self.pixels(found.points))

    def paths_of_shapes(self, shapes: Any) -> list[str]:
        """Return the outline of each shape as the `d` of a path."""
        found = rings_of_shapes(shapes)
        return svg_paths(found, *self.pixels(found.points))

    def metres(self, pixels: float) -> float:
        """Return how many metres so many pixels are."""
        return math.radians(pixels / self.scale) * EARTH

    def parts(self, outlines: Any) -> list[tuple[Any, int]]:
        """Return the largest part of each area that is large enough for a name, in pixels, with the area's number.

        The largest comes first.
        """
        import numpy as np
        import shapely

        found = rings_of(outlines)
        ring = np.repeat(np.arange(len(found.rings)), found.rings)
        kept = found.rings[ring] >= 3
        if not kept.any():
            return []
        pixels = np.column_stack(self.pixels(found.points[kept]))
        numbers, indices = np.unique(ring[kept], return_inverse=True)
        shapes = shapely.polygons(shapely.linearrings(pixels, indices=indices))
        areas, sizes = found.area_of_ring[numbers], shapely.area(shapes)
        order = [at for at in np.argsort(-sizes, kind="stable").tolist() if sizes[at] >= SMALLEST_PLACE]
        largest = {int(areas[at]): at for at in reversed(order)}
        chosen = sorted(largest.items(), key=lambda one: -sizes[one[1]])[:MOST_PLACES]
        return [(shapely.make_valid(shapes[at]), index) for index, at in chosen]


def middle(shape: Any) -> tuple[float, float]:
    """Return where something stands that belongs to a shape: in its middle, and inside it."""
    found = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return found.x, found.y
