"""The form of areas: their properties, their outline in degrees, and their place under an area of the level above."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from labkit.names import nearest
from labkit.structure.flaw import Flaw
from labkit.structure.plain import is_name, is_year, short

AREA_PROPERTIES = ("code", "name", "parent", "border_year", "border_source")

_DEGREES = "Reproject the outlines to WGS84 (EPSG:4326), for example with .to_crs(4326)."


def feature_lines(text: str, features: Sequence[Any]) -> list[int]:
    r"""Return the line of each feature where the file has one feature a line; 0 for all where it has not.

    Examples
    --------
    >>> text = '{"features": [\n{"a": 1},\n{"a": 2}\n]}'
    >>> feature_lines(text, [{"a": 1}, {"a": 2}]), feature_lines('{"features": [{"a": 1}]}', [{"a": 1}])
    ([2, 3], [0])
    """
    lines = text.rstrip().split("\n")
    first = next((number for number, line in enumerate(lines, 1) if line.rstrip().endswith("[")), 0)
    body = lines[first:-1]
    if not first or len(body) != len(features) or not lines[-1].lstrip().startswith("]"):
        return [0] * len(features)
    return [
        number if code is None or json.dumps(code, ensure_ascii=False) in line or json.dumps(code) in line else 0
        for number, (line, code) in enumerate(zip(body, map(_code, features), strict=True), first + 1)
    ]


def _code(feature: Any) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get("code") if isinstance(properties, dict) else None
    return code if isinstance(code, str) else None


def feature_flaws(feature: Any, position: int, line: int) -> Iterator[Flaw]:
    """Yield what is wrong with the form of one area, the `position`-th in its file (from 1).

    Examples
    --------
    >>> [flaw.message for flaw in feature_flaws({"properties": None}, 3, 4)]
    ['area 3 has no properties.']
    """
    where = f"area {position}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        advice = f"Give a GeoJSON Feature with the properties {', '.join(AREA_PROPERTIES)}."
        yield Flaw(f"{where} has no properties.", advice, "properties", line)
        return
    missing = [name for name in AREA_PROPERTIES if name not in properties]
    for name in missing:
        yield Flaw(f'{where} has no property "{name}".', "Add it.", name, line)
    if _code(feature):
        where += f" ({properties['code']})"
    rules = {
        "code": (is_name, "a text without spaces around it"),
        "name": (is_name, "a text without spaces around it"),
        "parent": (lambda value: value is None or isinstance(value, str), "a code, or null on the first level"),
        "border_year": (is_year, "a year as a number, such as 2023"),
        "border_source": (lambda value: isinstance(value, str), 'the name of a source, or ""'),
    }
    for name, (fits, wanted) in rules.items():
        if name not in missing and not fits(properties[name]):
            yield Flaw(f"{where}: {name} is {short(properties[name])}.", f"Give {wanted}.", name, line)
    wrong = outline_flaw(feature.get("geometry"))
    if wrong is not None:
        yield Flaw(f"{where} {wrong[0]}.", wrong[1], "geometry", line)


def outline_flaw(geometry: Any) -> tuple[str, str] | None:
    """Return what is wrong with an outline, and the way out; None if it is one in degrees.

    Written in plain Python, because it runs whenever a city is opened.

    Examples
    --------
    >>> outline_flaw({"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 52]]]})
    >>> outline_flaw({"type": "Point", "coordinates": [4, 52]})[0]
    'is a Point'
    """
    if not isinstance(geometry, dict):
        return "has no outline", "Give a Polygon or MultiPolygon as its geometry."
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return f"is a {kind}" if isinstance(kind, str) else "has no outline", "Give a Polygon or MultiPolygon."
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        return "has an outline without coordinates", "Give its corners."
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return "has an outline without coordinates", "Give its corners."
        for ring in polygon:
            wrong = _ring_flaw(ring)
            if wrong is not None:
                return wrong
    return None


def _ring_flaw(ring: Any) -> tuple[str, str] | None:
    if not isinstance(ring, list) or len(ring) < 4:
        return "has a ring of fewer than four points", "Give all its corners, and the first one again at the end."
    for point in ring:
        wrong = _point_flaw(point)
        if wrong is not None:
            return wrong
    return None if ring[0] == ring[-1] else ("has a ring that does not close", "Give its first point again at the end.")


def _point_flaw(point: Any) -> tuple[str, str] | None:
    if not isinstance(point, list) or len(point) != 2:
        return f"has {short(point)} for a point", "Give each point as longitude and latitude: two numbers."
    for value, most in zip(point, (180, 90), strict=True):
        if type(value) not in (float, int) or (type(value) is float and not isfinite(value)):
            return f"has {short(value)} for a coordinate", "Give a number."
        if not -most <= value <= most:
            return f"is not in degrees (it has a point at {short(point)})", _DEGREES
    return None


def relation_flaws(
    properties: Mapping[str, Any], line: int, levels: Sequence[str], above: Collection[str], seen: Mapping[str, str]
) -> Iterator[Flaw]:
    """Yield an area's code that is used twice, and a parent that is not on the level directly above.

    Parameters
    ----------
    properties : mapping
        Those of the area, in the right form.
    line : int
        Its line.
    levels : sequence of str
        Ids of the level above it and of its own; of its own alone on the first level.
    above : collection of str
        Codes of the level directly above.
    seen : mapping
        Codes of the areas read before it -> where they stand.
    """
    code, parent = properties["code"], properties["parent"]
    if code in seen:
        where = f" (first in {seen[code]})" if seen[code] else ""
        yield Flaw(f"the code {code} is used twice{where}.", "Give each area its own.", "code", line)
    if len(levels) < 2:
        if parent is not None:
            message = f'{code} is of the first level and has the parent "{parent}".'
            yield Flaw(message, "Give null: nothing lies above it.", "parent", line)
    elif not parent:
        yield Flaw(f"{code} has no parent.", f"Give the code of its {levels[0]}.", "parent", line)
    elif parent not in above:
        near = nearest(parent, above)
        advice = f"Did you mean {near[0]}?" if near else f"Give the code of a {levels[0]}, the level directly above."
        yield Flaw(f'{code} has the parent "{parent}", which does not exist as a {levels[0]}.', advice, "parent", line)
