"""Projects and questions by area as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.register.exchange.audience import for_audience
from labkit.register.exchange.features import FIELDS, features_of
from labkit.saving import save_text

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

Ring = list[list[float]]


def export_geojson(
    book: Book, areas: Areas, target: str | Path, audience: str = "public", *, despite_names: bool = False
) -> Path:
    """Write projects and questions by area as GeoJSON, in longitude and latitude (WGS84).

    One feature a line: a record in an area, with the outline of that area. Records in the whole city, elsewhere or
    in an unknown place have no outline; `group` says which of the three.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas
        The areas of the city.
    target : str or Path
        The file.
    audience : {"public", "partners", "private"}
        For whom; what they may not see is left out.
    despite_names : bool
        Write it although a text contains the name of a record that was left out.

    Returns
    -------
    Path
        The file.
    """
    return save_text(target, geojson(for_audience(book, audience, despite_names=despite_names), areas))


def geojson(visible: Book, areas: Areas) -> str:
    """Return projects and questions by area as GeoJSON. The book holds only what the audience may see.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> json.loads(geojson(Book([]), lk.open_city("leiden").areas))["features"]
    []
    """
    outlines: dict[str, str] = {}
    lines = []
    for kind in FIELDS:
        for one in features_of(visible, areas, kind):
            if one.area is not None and one.code not in outlines:
                outlines[one.code] = _json(oriented(one.area.geometry))
            outline = outlines[one.code] if one.area is not None else "null"
            # The word "kind" is the field of a project; the kind of record is another thing.
            said = _json({"record_kind": kind, **one.properties()})
            lines.append(f'{{"type":"Feature","id":{_json(one.id)},"geometry":{outline},"properties":{said}}}')
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def oriented(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return an outline with its rings as the standard wants them: outer ones against the clock, holes with it.

    Examples
    --------
    >>> oriented({"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]})["coordinates"]
    [[[0, 0], [1, 1], [0, 1], [0, 0]]]
    """
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": _rings(coordinates)}
    return {"type": "MultiPolygon", "coordinates": [_rings(one) for one in coordinates]}


def _rings(polygon: list[Ring]) -> list[Ring]:
    return [ring if (_turn(ring) >= 0) == (place == 0) else ring[::-1] for place, ring in enumerate(polygon)]


def _turn(ring: Ring) -> float:
    """Return twice the area of a ring: positive if it runs against the clock."""
    x, y = ring[0]
    return sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(ring))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
