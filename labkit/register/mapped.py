"""Records with the outlines of the areas in which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labkit.area import WGS84
from labkit.register.placing import parts
from labkit.register.records import KINDS

if TYPE_CHECKING:
    import geopandas as gpd

    from labkit.comparison.scope import CityLike
    from labkit.register.book import Book


def places(book: Book, city: CityLike, kind: str, level: str | None = None) -> gpd.GeoDataFrame:
    """Return records with the outlines of the areas in which they are; see `Register.places`."""
    import geopandas as gpd
    from shapely.geometry import shape

    wanted = city.areas.level(level or city.default_level).id
    rows: list[dict[str, Any]] = []
    shapes = []
    for one in book.of(KINDS[kind]):
        found = parts(one, city.areas, wanted)  # type: ignore[arg-type]
        for group, code in found:
            area = city.areas[code] if code else None
            rows.append(
                {
                    "record": one.id,
                    "title": one.title,
                    "group": group,
                    "area": code,
                    "name": area.name if area else None,
                    "share": 1 / len(found),
                }
            )
            shapes.append(shape(area.geometry) if area else None)
    names = ["record", "title", "group", "area", "name", "share"]
    return gpd.GeoDataFrame({name: [row[name] for row in rows] for name in names}, geometry=shapes, crs=WGS84)
