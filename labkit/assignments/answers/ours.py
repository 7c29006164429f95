"""labkit's own objects, and maps and charts, as data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from labkit.area import Area
from labkit.assignments.objects.describing import describe

if TYPE_CHECKING:
    from labkit.assignments.answers.encoding import Writer


def write(writer: Writer, value: Any, depth: int) -> Any:
    """Return one of labkit's objects, a map or a chart as JSON; None if it is none of these."""
    if isinstance(value, Area):
        return {"t": "area", "v": writer.many([area(value), *map(area, value.ancestors)], depth)}
    facts = describe(value)
    if facts is not None:
        return {"t": "facts", "v": facts.as_data()}
    if type(value).__module__.startswith("labkit."):
        table = getattr(value, "table", None)
        pandas = sys.modules.get("pandas")
        if pandas is not None and isinstance(table, pandas.DataFrame):
            return {"t": "tabled", "type": type(value).__name__, "v": writer.node(table, depth)}
    return None


def area(value: Area) -> dict[str, Any]:
    """Return what is known of an area, without those below it."""
    return {
        "code": value.code,
        "name": value.name,
        "level": value.level,
        "border_year": value.border_year,
        "border_source": value.border_source,
        "geometry": value.geometry,
    }
