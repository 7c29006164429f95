"""Outlines in few bytes: whole steps on a grid, from one point to the next, written as text.

A page needs the outlines of its areas once. As GeoJSON each coordinate takes seven to seventeen bytes; as a step
on a grid from the point before it, it takes one or two. The grid fits the extent: five decimals of a degree (about
a metre, what a city package keeps, so that nothing is lost) for a city, four for a country. Every point moves to the
grid by itself, so that a border that two areas share stays the same line; simplifying each outline would not do that.
`assets/outlines.js` reads the form back.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from labkit.errors import WrongUseError
from labkit.language import t

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

#: Decimals of a degree that are kept: from 5 for a city to 1 for the world, so that an extent has this many steps at most.
DECIMALS, MOST_STEPS = 5, 200_000


@dataclass(frozen=True, eq=False)
class Rings:
    """Outlines as arrays: all points in a row, and how they belong together.

    Attributes
    ----------
    points : array of shape (n, 2)
        Longitude and latitude; the last point of a ring, which repeats the first, is left out.
    rings : array of int
        How many points each ring has.
    parts : array of int
        How many rings each polygon has: its outer one and its holes.
    areas : array of int
        How many polygons each area has; 0 for an area without an outline.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> found = rings_of(leiden.areas.outlines("district", leiden.home))
    >>> len(found.areas), int(found.rings.sum()) == len(found.points)
    (10, True)
    """

    points: npt.NDArray[Any]
    rings: Whole
    parts: Whole
    areas: Whole

    @property
    def area_of_ring(self) -> Whole:
        """The number of the area that each ring belongs to."""
        import numpy as np

        polygons = np.repeat(np.arange(len(self.areas)), self.areas)
        return np.repeat(polygons, self.parts)

    def on_grid(self, decimals: int) -> Rings:
        """Return these outlines in whole steps of a grid, without points that fall on the one before them."""
        import numpy as np

        points = np.rint(self.points * 10**decimals).astype(np.int64)
        kept, rings = without_repeats(points, self.rings)
        return Rings(points[kept], rings, self.parts, self.areas)


def without_repeats(points: Whole, rings: Whole) -> tuple[npt.NDArray[np.bool_], Whole]:
    """Return which points differ from the one before them in their ring, and how many each ring then has.

    Examples
    --------
    >>> import numpy as np
    >>> kept, rings = without_repeats(np.array([[0, 0], [0, 0], [1, 0], [0, 1], [0, 0]]), np.array([5]))
    >>> kept.tolist(), rings.tolist()
    ([False, False, True, True, True], [3])
    """
    import numpy as np

    ring = np.repeat(np.arange(len(rings)), rings)
    ends = np.cumsum(rings)
    starts = ends - rings
    before = np.arange(len(points)) - 1
    whole = rings > 0
    before[starts[whole]] = ends[whole] - 1  # the point before the first one is the last one
    kept = (points != points[before]).any(axis=1)
    empty = whole & (np.bincount(ring[kept], minlength=len(rings)) == 0)  # all in one spot: the spot stays
    kept[starts[empty]] = True
    return kept, np.bincount(ring[kept], minlength=len(rings))


def outlines_spec(outlines: Any) -> dict[str, Any]:
    """Return outlines as plain data for a page: `{"encoded": ...}`, with code and name of each area.

    Parameters
    ----------
    outlines : dict or LazyOutlines
        A GeoJSON FeatureCollection in longitude and latitude whose features have a code and a name.

    Returns
    -------
    dict
        Codes, names, decimals of the grid, and two texts: `counts` (polygons of each area, rings of each
        polygon, points of each ring) and `steps` (x and y of each point, less those of the point before).

    Raises
    ------
    WrongUseError
        If the coordinates are no longitudes and latitudes.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> spec = outlines_spec(leiden.areas.outlines("district", leiden.home))["encoded"]
    >>> spec["decimals"], spec["codes"][0], spec["names"][0]
    (5, 'WK054600', 'Binnenstad-Zuid')
    """
    features = outlines["features"]
    return {
        "encoded": {
            "codes": [str(one["properties"].get("code", "")) for one in features],
            "names": [str(one["properties"].get("name", "")) for one in features],
            **encoded(rings_of(outlines)),
        }
    }


def encoded(found: Rings, decimals: int | None = None) -> dict[str, Any]:
    """Return outlines without codes and names as `{"decimals", "counts", "steps"}`."""
    import numpy as np

    if decimals is None:
        decimals = fitting_decimals(found)
    grid = found.on_grid(decimals)
    # From the last point of a ring to the first of the next one is a step like any other.
    steps = np.diff(grid.points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    signs_last = (steps << 1) ^ (steps >> 63)  # 0, -1, 1, -2 becomes 0, 1, 2, 3: a small step is a small number
    counts = np.concatenate([grid.areas, grid.parts, grid.rings])
    return {"decimals": decimals, "counts": _text(counts), "steps": _text(signs_last.ravel())}


def fitting_decimals(found: Rings) -> int:
    """Return how many decimals of a degree fit the extent of outlines.

    Examples
    --------
    >>> corners = [[4.0, 52.0], [7.0, 52.0], [7.0, 50.0], [4.0, 52.0]]
    >>> country = {"features": [{"geometry": {"type": "Polygon", "coordinates": [corners]}}]}
    >>> fitting_decimals(rings_of(country))
    4
    """
    import numpy as np

    if not len(found.points):
        return DECIMALS
    wide = float(np.ptp(found.points, axis=0).max())
    return next((d for d in range(DECIMALS, 1, -1) if wide * 10**d <= MOST_STEPS), 1)


def rings_of(outlines: Any) -> Rings:
    """Return outlines as arrays; coordinates that are no longitude and latitude are refused.

    Raises
    ------
    WrongUseError
        If a coordinate is no number, or lies outside the world.
    """
    import numpy as np

    found = outlines.rings if isinstance(outlines, LazyOutlines) else _of_geojson(outlines)
    x, y = found.points[:, 0], found.points[:, 1]
    wrong = ~((np.abs(x) <= 540) & (np.abs(y) <= 90))  # NaN is wrong too; beyond 180 lies the far side of the date line
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        ring = int(np.searchsorted(np.cumsum(found.rings), at, side="right"))
        feature = outlines["features"][int(found.area_of_ring[ring])]
        code = feature.get("properties", {}).get("code", "")
        raise WrongUseError(
            t(
                "The outline of area {code} has the point ({x}, {y}), which is no longitude and latitude. Is it in "
                "another system, such as Rijksdriehoek? Then give the table its crs, with set_crs(28992) for instance.",
                code=code,
                x=f"{x[at]:g}",
                y=f"{y[at]:g}",
            )
        )
    return found


def rings_of_shapes(shapes: Any) -> Rings:
    """Return polygons and multipolygons of shapely as arrays; anything else counts as no outline.

    Examples
    --------
    >>> import shapely
    >>> rings_of_shapes([shapely.box(0, 0, 1, 1), None]).areas.tolist()
    [1, 0]
    """
    import numpy as np
    import shapely

    shapes = np.asarray(shapes, dtype=object)
    kinds = shapely.get_type_id(shapes)
    polygonal = np.isin(kinds, (3, 6)) & ~shapely.is_empty(shapes)
    whole = np.where(polygonal, shapes, shapely.MultiPolygon())
    if not len(whole) or not polygonal.any():
        none = np.zeros(0, dtype=np.int64)
        return Rings(np.zeros((0, 2)), none, none, np.zeros(len(whole), dtype=np.int64))
    kind, points, offsets = shapely.to_ragged_array(whole, include_z=False)
    if kind == shapely.GeometryType.POLYGON:
        offsets = (*offsets, np.arange(len(whole) + 1))
    ends, part_ends, area_ends = (np.asarray(one, dtype=np.int64) for one in offsets)
    kept = np.ones(len(points), dtype=bool)
    kept[ends[1:] - 1] = False  # the last point of a ring repeats the first
    return Rings(points[kept], np.diff(ends) - 1, np.diff(part_ends), np.diff(area_ends))


class LazyOutlines(Mapping[str, Any]):
    """A FeatureCollection over shapely shapes that makes GeoJSON of a shape only when someone asks for it.

    Thousands of outlines as nested lists take a second and a gigabyte; what draws them needs arrays.

    Attributes
    ----------
    shapes : array of shapely shapes
        In longitude and latitude.

    Examples
    --------
    >>> import shapely
    >>> two = LazyOutlines([shapely.box(4, 52, 5, 53), None], ["A", "B"], ["First", "Second"])
    >>> two["features"][0]["geometry"]["type"], two["features"][1]["geometry"]
    ('Polygon', None)
    """

    def __init__(self, shapes: Any, codes: Sequence[str], names: Sequence[str]) -> None:
        self.shapes = shapes
        features = [LazyFeature(one, code, name) for one, code, name in zip(shapes, codes, names, strict=True)]
        self._parts: dict[str, Any] = {"type": "FeatureCollection", "features": features}

    @cached_property
    def rings(self) -> Rings:
        """The outlines as arrays, read once: a picture needs them three times."""
        return rings_of_shapes(self.shapes)

    def __getitem__(self, key: str) -> Any:
        return self._parts[key]

    def __iter__(self) -> Any:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


class LazyFeature(dict[str, Any]):
    """A GeoJSON feature whose geometry is made each time that it is asked for.

    Examples
    --------
    >>> LazyFeature(None, "A", "First")["properties"]
    {'code': 'A', 'name': 'First'}
    """

    def __init__(self, shape: Any, code: str, name: str) -> None:
        super().__init__(type="Feature", properties={"code": code, "name": name})
        self.shape = shape

    def __missing__(self, key: str) -> Any:
        if key != "geometry":
            raise KeyError(key)
        return None if self.shape is None or self.shape.is_empty else self.shape.__geo_interface__

    def get(self, key: str, default: Any = None) -> Any:
        """Return a part of the feature, its geometry too."""
        return self[key] if key == "geometry" or key in self else default


def _of_geojson(outlines: Mapping[str, Any]) -> Rings:
    import numpy as np

    areas, parts, rings, points = [], [], [], []
    for feature in outlines["features"]:
        polygons = _polygons(feature["geometry"])
        areas.append(len(polygons))
        for polygon in polygons:
            parts.append(len(polygon))
            for ring in polygon:
                open_ring = ring[:-1] if len(ring) > 1 and tuple(ring[0]) == tuple(ring[-1]) else ring
                rings.append(len(open_ring))
                points += [(corner[0], corner[1]) for corner in open_ring]
    return Rings(
        np.array(points, dtype=np.float64).reshape(-1, 2),
        *(np.array(one, dtype=np.int64) for one in (rings, parts, areas)),
    )


def _polygons(geometry: Any) -> list[Any]:
    """Return the polygons of a GeoJSON geometry that have an outer ring; none for what is no area."""
    if not geometry or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return []
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[ring for ring in polygon if len(ring)] for polygon in polygons if len(polygon) and len(polygon[0])]


def _text(numbers: Whole) -> str:
    """Return whole numbers from 0 as text: seven bits a byte, the eighth says that more follow; then base64."""
    import numpy as np

    values = numbers.astype(np.uint64)
    sizes = np.ones(len(values), dtype=np.int64)
    for bits in range(7, 64, 7):
        more = values >> np.uint64(bits) > 0
        if not more.any():
            break
        sizes += more
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), dtype=np.uint8)
    for at in range(int(sizes.max(initial=0))):
        has = sizes > at
        seven = (values[has] >> np.uint64(7 * at)) & np.uint64(127)
        out[starts[has] + at] = seven + (sizes[has] > at + 1) * np.uint64(128)
    return base64.b64encode(out.tobytes()).decode("ascii")
