"""Projects and questions by area as a GeoPackage, for QGIS and other geographic programs."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.area import WGS84
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register.exchange.audience import for_audience
from labkit.register.exchange.cells import join
from labkit.register.exchange.features import FIELDS, PLACED, features_of
from labkit.register.records import KINDS
from labkit.saving import save_bytes

if TYPE_CHECKING:
    import geopandas as gpd

    from labkit.areas import Areas
    from labkit.register.book import Book

#: GDAL notes when a layer was changed, and takes this instead: the same records should give the same bytes.
_NO_DATE = "2000-01-01T00:00:00.000Z"
_CLOCK = threading.Lock()
_NUMBERS = {"year": "Int64", "students": "Int64", "share": "float64"}


def export_geopackage(
    book: Book,
    areas: Areas,
    target: str | Path,
    audience: str = "public",
    *,
    crs: int = WGS84,
    despite_names: bool = False,
) -> Path:
    """Write projects and questions by area as a GeoPackage with a layer for each.

    One row a record and area, with the outline of the area. Records in the whole city, elsewhere or in an unknown
    place have no outline; the column `group` says which of the three. Several values stand in one cell, with a
    semicolon between them.

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
    crs : int
        Coordinate system: 4326 (WGS84 degrees) or 28992 (RD New metres), or any other that pyproj knows.
    despite_names : bool
        Write it although a text contains the name of a record that was left out.

    Returns
    -------
    Path
        The file. The same records give the same bytes as long as the same GDAL and SQLite write them.
    """
    import pyogrio  # type: ignore[import-untyped]

    visible = for_audience(book, audience, despite_names=despite_names)
    layers = {KINDS[kind].FOLDER: layer(visible, areas, kind, crs) for kind in FIELDS}
    with tempfile.TemporaryDirectory() as folder, _CLOCK:
        draft = Path(folder) / "draft.gpkg"
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_DATE})
        try:
            for name, table in layers.items():
                pyogrio.write_dataframe(
                    table, draft, layer=name, driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True
                )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
        return save_bytes(target, draft.read_bytes())


def layer(visible: Book, areas: Areas, kind: str, crs: int = WGS84) -> gpd.GeoDataFrame:
    """Return one kind of record by area. The book holds only what the audience may see.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> layer(Book([]), lk.open_city("leiden").areas, "project", 28992).crs.to_epsg()
    28992
    """
    import geopandas as gpd
    import pandas as pd
    from pyproj.exceptions import CRSError
    from shapely.geometry import shape

    features = list(features_of(visible, areas, kind))
    rows = [one.properties() for one in features]
    columns: dict[str, Any] = {}
    for name in dict.fromkeys((*PLACED, *FIELDS[kind])):
        values = [_cell(row[name]) for row in rows]
        columns[name] = pd.Series(values, dtype=_NUMBERS.get(name, "object"))
    shapes = {one.code: shape(one.area.geometry) for one in features if one.area is not None}
    outlines = [shapes.get(one.code) for one in features]
    table = gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(outlines, crs=WGS84), crs=WGS84)
    try:
        return table if crs == WGS84 else table.to_crs(crs)
    except CRSError as error:
        raise WrongUseError(
            t("There is no coordinate system {crs}. Give 4326 for degrees or 28992 for RD New.", crs=repr(crs))
        ) from error


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return join(map(str, value)) or None
    return str(value).lower() if isinstance(value, bool) else value
