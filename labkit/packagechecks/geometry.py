"""Check the areas: parents, codes, and outlines that are valid, apart from each other and inside their parent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from labkit.names import nearest
from labkit.packagechecks.contents import Contents
from labkit.packagechecks.fault import Fault

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Outlines are given to about a metre; a sliver of this part of an area is a matter of drawing.
SLIVER = 0.005


def check_areas(contents: Contents) -> Iterator[Fault]:
    """Yield areas without a code, name or parent, and codes that stand twice."""
    levels = [one["id"] for one in contents.package.settings["levels"]]
    above: set[str] = set()
    seen: set[str] = set()
    for depth, level in enumerate(levels):
        file = contents.level_file(level)
        codes = set()
        for position, feature in enumerate(contents.features[level], start=1):
            properties = feature["properties"]
            code, parent = properties["code"], properties["parent"]
            where = f"area {position} ({code})"
            if not code or not properties["name"]:
                yield Fault(file, 0, "code", f"{where} has no code or no name.", "Give it both.")
            if code in seen:
                yield Fault(file, 0, "code", f"The code {code} is used twice.", "Give each area its own.")
            if depth and not parent:
                yield Fault(file, 0, "parent", f"{where} has no parent.", f"Give the code of its {levels[depth - 1]}.")
            elif parent and parent not in above:
                near = nearest(parent, above)
                advice = f"Did you mean {near[0]}?" if near else f"Give the code of a {levels[depth - 1]}."
                yield Fault(file, 0, "parent", f'{where} has the parent "{parent}", which does not exist.', advice)
            if properties["border_source"] not in contents.sources:
                message = f'{where}: there is no source "{properties["border_source"]}".'
                yield Fault(file, 0, "border_source", message, "Name the source of its outline in datapackage.json.")
            if not isinstance(properties["border_year"], int):
                yield Fault(file, 0, "border_year", f"{where} has no year for its outline.", "Give it as a number.")
            seen.add(code)
            codes.add(code)
        above = codes


def check_outlines(contents: Contents) -> Iterator[Fault]:
    """Yield outlines that are broken, not in degrees, over each other, or outside their parent."""
    shapes: dict[str, BaseGeometry] = {}
    for level, features in contents.features.items():
        file = contents.level_file(level)
        usable = {}
        for feature in features:
            code = feature["properties"]["code"]
            shape, fault = _shape(file, code, feature.get("geometry"))
            if fault:
                yield fault
            if shape is not None:
                usable[code] = shape
        yield from _check_overlaps(file, usable)
        yield from _check_parents(file, features, usable, shapes)
        shapes |= usable


def _shape(file: str, code: str, geometry: Any) -> tuple[BaseGeometry | None, Fault | None]:
    from shapely import is_valid_reason
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        found = shape(geometry)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError):
        return None, Fault(
            file, 0, "geometry", f"{code} has no outline that can be read.", "Give a Polygon or MultiPolygon."
        )
    if found.is_empty or found.geom_type not in ("Polygon", "MultiPolygon"):
        return None, Fault(file, 0, "geometry", f"{code} is a {found.geom_type}.", "Give a Polygon or MultiPolygon.")
    west, south, east, north = found.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        message = f"{code} is not in degrees (it reaches {east:.0f}, {north:.0f})."
        return None, Fault(
            file, 0, "geometry", message, "Reproject the outlines to WGS84 (EPSG:4326), for example with .to_crs(4326)."
        )
    if not found.is_valid:
        reason = is_valid_reason(found)
        return None, Fault(
            file,
            0,
            "geometry",
            f"{code} is not a valid outline: {reason}.",
            "Mend it, for example with shapely.make_valid.",
        )
    return found, None


def _check_overlaps(file: str, shapes: dict[str, BaseGeometry]) -> Iterator[Fault]:
    from shapely import STRtree

    codes, outlines = list(shapes), list(shapes.values())
    if not outlines:
        return
    for one, other in STRtree(outlines).query(outlines, predicate="intersects").T:
        if one < other:
            shared = outlines[one].intersection(outlines[other]).area
            part = shared / min(outlines[one].area, outlines[other].area)
            if part > SLIVER:
                message = f"{codes[one]} and {codes[other]} overlap: {100 * part:.1f}% of the smaller one."
                yield Fault(file, 0, "geometry", message, "Draw their shared border once.")


def _check_parents(
    file: str, features: list[dict[str, Any]], shapes: dict[str, BaseGeometry], above: dict[str, BaseGeometry]
) -> Iterator[Fault]:
    for feature in features:
        code, parent = feature["properties"]["code"], feature["properties"]["parent"]
        if code in shapes and parent in above:
            outside = shapes[code].difference(above[parent]).area / shapes[code].area
            if outside > SLIVER:
                message = f"{100 * outside:.1f}% of {code} lies outside its parent {parent}."
                yield Fault(file, 0, "geometry", message, "Correct the parent, or fit the outline to it.")
