"""Check the areas: parents, codes, and outlines that are valid, apart from each other and inside their parent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from labkit.names import fold, nearest
from labkit.packagechecks.contents import Contents, Placed
from labkit.packagechecks.fault import Fault
from labkit.structure.outlines import relation_flaws

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Outlines are given to about a metre; a sliver of this part of an area is a matter of drawing.
SLIVER = 0.005


def check_areas(contents: Contents) -> Iterator[Fault]:
    """Yield areas without a parent, codes that stand twice, and names that do."""
    levels = [one["id"] for one in contents.package.settings["levels"]]
    above: set[str] = set()
    seen: dict[str, str] = {}
    for depth, level in enumerate(levels):
        file = contents.level_file(level)
        codes = set()
        for line, feature in contents.features[level]:
            properties = feature["properties"]
            code, source = properties["code"], properties["border_source"]
            for flaw in relation_flaws(properties, line, levels[max(depth - 1, 0) : depth + 1], above, seen):
                yield Fault.of(file, flaw)
            if source not in contents.sources:
                near = nearest(source, contents.sources)
                advice = f"Did you mean {near[0]}?" if near else "Name the source of its outline in datapackage.json."
                yield Fault(file, line, "border_source", f'{code}: there is no source "{source}".', advice)
            seen[code] = f"{file}, line {line}" if line else file
            codes.add(code)
        yield from _same_names(file, contents.features[level])
        above = codes


def _same_names(file: str, features: list[Placed]) -> Iterator[Fault]:
    """Yield areas of one level and parent with the same name, as a warning: a name cannot tell them apart."""
    first: dict[tuple[str, str | None], str] = {}
    for line, feature in features:
        properties = feature["properties"]
        code, name = properties["code"], properties["name"]
        other = first.setdefault((fold(name), properties["parent"]), code)
        if other != code:
            message = f"{other} and {code} lie in the same area and are both called {name}."
            yield Fault(file, line, "name", message, "Give each a name by which people know it apart.", "warning")


def check_outlines(contents: Contents) -> Iterator[Fault]:
    """Yield outlines that cross themselves, lie over each other, or outside their parent."""
    shapes: dict[str, BaseGeometry] = {}
    for level, features in contents.features.items():
        file = contents.level_file(level)
        lines = {feature["properties"]["code"]: line for line, feature in features}
        usable = {}
        for line, feature in features:
            code = feature["properties"]["code"]
            shape, wrong = _shape(feature["geometry"])
            if wrong:
                message = f"{code} is not a valid outline: {wrong}."
                yield Fault(file, line, "geometry", message, "Mend it, for example with shapely.make_valid.")
            elif shape is not None:
                usable[code] = shape
        yield from _check_overlaps(file, lines, usable)
        yield from _check_parents(file, features, usable, shapes)
        shapes |= usable


def _shape(geometry: dict[str, Any] | None) -> tuple[BaseGeometry | None, str]:
    """Return an outline as a shape, and what is wrong with it; None where its form is wrong, which is told already."""
    from shapely import is_valid_reason
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    if geometry is None:
        return None, ""
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError) as error:
        return None, str(error)
    if found.area == 0:
        return None, "it has no area"
    return found, "" if found.is_valid else is_valid_reason(found)


def _check_overlaps(file: str, lines: dict[str, int], shapes: dict[str, BaseGeometry]) -> Iterator[Fault]:
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
                yield Fault(file, lines[codes[other]], "geometry", message, "Draw their shared border once.")


def _check_parents(
    file: str, features: list[Placed], shapes: dict[str, BaseGeometry], above: dict[str, BaseGeometry]
) -> Iterator[Fault]:
    for line, feature in features:
        code, parent = feature["properties"]["code"], feature["properties"]["parent"]
        if code in shapes and parent in above:
            outside = shapes[code].difference(above[parent]).area / shapes[code].area
            if outside > SLIVER:
                message = f"{100 * outside:.1f}% of {code} lies outside its parent {parent}."
                yield Fault(file, line, "geometry", message, "Correct the parent, or fit the outline to it.")
