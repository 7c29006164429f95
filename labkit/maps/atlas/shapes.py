"""Outlines as whole numbers: each point as the step from the one before it, in 1/100,000 degree.

City packages keep five decimals (about a metre), so nothing is lost, and a step takes a third of the
bytes of a full coordinate.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

#: Steps in one degree: the five decimals of a city package.
SCALE = 100_000


def encode(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return a Polygon or MultiPolygon as polygons of rings of [x, y, step x, step y, ...].

    The last point of a ring, which repeats the first, is left out.

    Examples
    --------
    >>> encode({"type": "Polygon", "coordinates": [[[4.5, 52.1], [4.50002, 52.1], [4.5, 52.10001], [4.5, 52.1]]]})
    [[[450000, 5210000, 2, 0, -2, 1]]]
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def decode(polygons: list[list[list[int]]]) -> dict[str, Any]:
    """Return the geometry that `encode` was given; the page's script does the same.

    Examples
    --------
    >>> shape = {"type": "Polygon", "coordinates": [[[4.5, 52.1], [4.50002, 52.1], [4.5, 52.10001], [4.5, 52.1]]]}
    >>> decode(encode(shape)) == shape
    True
    """
    whole = [[_points(ring) for ring in polygon] for polygon in polygons]
    if len(whole) == 1:
        return {"type": "Polygon", "coordinates": whole[0]}
    return {"type": "MultiPolygon", "coordinates": whole}


def _ring(points: Iterable[list[float]]) -> list[int]:
    flat: list[int] = []
    last_x = last_y = 0
    whole = [(round(point[0] * SCALE), round(point[1] * SCALE)) for point in points]
    for x, y in whole[:-1] if whole[0] == whole[-1] else whole:
        flat += (x - last_x, y - last_y)
        last_x, last_y = x, y
    return flat


def _points(steps: list[int]) -> list[list[float]]:
    x = y = 0
    points = []
    for index in range(0, len(steps), 2):
        x, y = x + steps[index], y + steps[index + 1]
        points.append([x / SCALE, y / SCALE])
    return [*points, points[0]]
