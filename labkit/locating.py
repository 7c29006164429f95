"""In which areas points lie."""

from __future__ import annotations

import warnings
from numbers import Real
from typing import TYPE_CHECKING, Any, Protocol

from labkit.area import RD_NEW, WGS84, Area, Level
from labkit.errors import PointsError
from labkit.language import t

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

OUTSIDE = "outside"
UNKNOWN = "unknown"

_DEGREES = (("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("long", "lat"))
_METRES = (("x", "y"), ("rd_x", "rd_y"), ("x_rd", "y_rd"))


class Places(Protocol):
    """Areas, as far as a point needs to know of them."""

    levels: list[Level]

    def __contains__(self, code: object) -> bool:
        """Return whether there is an area with this code."""

    def __getitem__(self, code: str) -> Area:
        """Return the area with this code."""

    def borders(self, level: str) -> gpd.GeoDataFrame:
        """Return the outlines of a level in degrees, with their codes."""


def locate(areas: Places, points: Any, crs: int | str | None = None) -> pd.DataFrame | pd.Series[Any]:
    """Say for each point in which area of every level it lies.

    No point is lost: one that lies in no area of a level is "outside" there, one without a usable position
    is "unknown". A point on a shared border goes to the area with the lowest code.

    Parameters
    ----------
    areas : Places
        The city's areas.
    points : DataFrame, GeoDataFrame or pair of numbers
        A table with columns lon and lat in degrees (WGS84), or x and y in metres (RD New, EPSG:28992); a
        GeoDataFrame of points in any coordinate system; or one pair (lon, lat) or (x, y).
    crs : int or str, optional
        The coordinate system of the columns or the pair, if it is another one.

    Returns
    -------
    DataFrame or Series
        The table with two columns more for each level, such as district (name) and district_code; for one
        pair a Series with just these. The index and the other columns stay as they are.

    Raises
    ------
    PointsError
        If there are no coordinates to read, or longitude and latitude are swapped in all of them.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").areas.locate((4.4488, 52.1527))["district"]
    'Stevenshofdistrict'
    """
    import pandas as pd

    crs = None if crs is None else _system(crs)
    if isinstance(points, tuple | list) and len(points) == 2 and all(isinstance(one, Real) for one in points):
        points = [float(one) for one in points]
        table = pd.DataFrame([points], columns=["x", "y"])
        found: pd.Series[Any] = _located(areas, table, _points(areas, table, "x", "y", crs or _guess(*points))).iloc[0]
        return found.drop(["x", "y"])
    if not isinstance(points, pd.DataFrame):
        raise PointsError(
            t(
                "Give a table with columns lon and lat (degrees) or x and y (RD New, metres), a GeoDataFrame of points, or one pair (lon, lat); not a {name}.",
                name=type(points).__name__,
            )
        )
    return _located(areas, points, positions(areas, points, crs))


def positions(areas: Places, points: pd.DataFrame, crs: int | str | None = None) -> gpd.GeoSeries:
    """Return where the points of a table lie, in degrees (WGS84) and row by row; None where that cannot be read.

    Takes and refuses what `locate` does.

    Examples
    --------
    >>> import labkit as lk, pandas as pd
    >>> table = pd.DataFrame({"lon": [4.4488, None], "lat": [52.1527, 52.1]})
    >>> [None if one is None else round(one.x, 4) for one in positions(lk.open_city("leiden").areas, table)]
    [4.4488, None]
    """
    import geopandas as gpd

    crs = None if crs is None else _system(crs)
    if isinstance(points, gpd.GeoDataFrame):
        return _from_geometry(areas, points, crs)
    x, y, system = _columns(points)
    return _points(areas, points, x, y, crs or system)


def _system(crs: Any) -> Any:
    """Return a coordinate system, as its EPSG number where it has one."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        found = CRS.from_user_input(crs)
    except CRSError as error:
        raise PointsError(
            t("There is no coordinate system {crs}. Give 4326 for degrees or 28992 for RD New.", crs=repr(crs))
        ) from error
    return found.to_epsg() or found


def _guess(x: float, y: float) -> int:
    """Read a pair in the range of degrees as longitude/latitude, another one as RD New."""
    return WGS84 if abs(x) <= 180 and abs(y) <= 180 else RD_NEW


def _columns(table: pd.DataFrame) -> tuple[str, str, int]:
    by_name = {str(name).strip().lower(): name for name in table.columns}
    for pairs, system in ((_DEGREES, WGS84), (_METRES, RD_NEW)):
        for x, y in pairs:
            if x in by_name and y in by_name:
                return by_name[x], by_name[y], system
    raise PointsError(
        t(
            "No coordinates found. The table needs columns lon and lat (degrees) or x and y (RD New, metres); it has {names}.",
            names=", ".join(map(str, table.columns)) or t("no columns"),
        )
    )


def _from_geometry(areas: Places, points: gpd.GeoDataFrame, crs: int | str | None) -> gpd.GeoSeries:
    if points.crs is None and crs is None:
        raise PointsError(
            t("These points have no coordinate system. Set it: points.set_crs(4326) for degrees, 28992 for RD New.")
        )
    shapes = points.geometry if points.crs is not None else points.geometry.set_crs(crs)
    kinds = set(shapes.dropna().geom_type) - {"Point"}
    if kinds:
        raise PointsError(
            t(
                "Only points can be located; this table also holds {kinds}. "
                "Take a point of each first, with .representative_point().",
                kinds=", ".join(sorted(kinds)),
            )
        )
    shapes = shapes.to_crs(WGS84).reset_index(drop=True)
    known = shapes[~(shapes.isna() | shapes.is_empty)]
    _refuse_swapped(areas, known.x.to_numpy(), known.y.to_numpy(), "x", "y")
    return shapes


def _points(areas: Places, table: pd.DataFrame, x: str, y: str, crs: int | str) -> gpd.GeoSeries:
    """Return the points in WGS84, with None where no position can be read."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    columns = [pd.to_numeric(table[name], errors="coerce").to_numpy(dtype="float64") for name in (x, y)]
    easting, northing = columns
    usable = np.isfinite(easting) & np.isfinite(northing)
    if not usable.any() and any(table[name].astype(str).str.contains(r"\d,\d").any() for name in (x, y)):
        raise PointsError(
            t(
                "{x} and {y} have commas for decimals. Write them with a point, or read the file with decimal=','.",
                x=x,
                y=y,
            )
        )
    if crs == WGS84:
        _refuse_metres(easting[usable], northing[usable], x, y)
        usable &= (abs(easting) <= 180) & (abs(northing) <= 90)
        _refuse_swapped(areas, easting[usable], northing[usable], x, y)
    elif crs == RD_NEW and usable.any() and (easting[usable] > 300_000).all() and (northing[usable] < 300_000).all():
        # In RD New every x in the Netherlands lies below 300 km, and every y above.
        raise PointsError(t("{x} and {y} seem to be swapped: in RD New x is below 300,000 and y above it.", x=x, y=y))
    elif crs == RD_NEW and usable.any() and (np.abs(columns)[:, usable] <= 180).all():
        raise PointsError(
            t(
                "{x} and {y} look like degrees, not like RD New metres. Call them lon and lat, or give crs=4326.",
                x=x,
                y=y,
            )
        )
    shapes = gpd.GeoSeries(gpd.points_from_xy(np.where(usable, easting, 0), np.where(usable, northing, 0)), crs=crs)
    shapes = shapes.to_crs(WGS84)
    shapes[~usable] = None
    return shapes


def _refuse_metres(lon: Any, lat: Any, x: str, y: str) -> None:
    if len(lon) and (abs(lon) > 180).all() and (abs(lat) > 90).all():
        raise PointsError(
            t("{x} and {y} look like metres, not like degrees. Call them x and y, or give crs=28992.", x=x, y=y)
        )


def _refuse_swapped(areas: Places, lon: Any, lat: Any, x: str, y: str) -> None:
    """Refuse a table in which all points lie in the city only once lon and lat are exchanged; warn for some."""
    west, south, east, north = _bounds(areas)
    straight = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    swapped = (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north) & ~straight
    if len(lon) and swapped.any() and not straight.any():
        raise PointsError(
            t(
                "{x} and {y} seem to be swapped: read the other way round, {count} of {total} points lie in this city, "
                "as they stand none does. Longitude here is about {west} to {east}, latitude {south} to {north}.",
                x=x,
                y=y,
                count=int(swapped.sum()),
                total=len(lon),
                west=f"{west:.1f}",
                east=f"{east:.1f}",
                south=f"{south:.1f}",
                north=f"{north:.1f}",
            )
        )
    if swapped.any():
        warnings.warn(
            t(
                "{count} of {total} points have {x} and {y} swapped, it seems; they count as outside.",
                count=int(swapped.sum()),
                total=len(lon),
                x=x,
                y=y,
            ),
            stacklevel=4,
        )


def _bounds(areas: Places) -> tuple[float, float, float, float]:
    top = areas.borders(areas.levels[0].id).total_bounds
    return tuple(float(one) for one in top)  # type: ignore[return-value]


def _located(areas: Places, table: pd.DataFrame, shapes: gpd.GeoSeries) -> pd.DataFrame:
    """Return the table with the columns of every level, smallest areas first so that all levels agree."""
    taken = [name for level in areas.levels for name in (level.id, f"{level.id}_code") if name in table.columns]
    if taken:
        raise PointsError(
            t(
                'The table has a column "{taken}" already, which the answer would replace. Rename it first.',
                taken=taken[0],
            )
        )
    codes = _codes(areas, shapes)
    result = table.copy()
    for level in areas.levels:
        found = codes[level.id]
        names = [areas[code].name if code in areas else code for code in found]
        result[level.id], result[f"{level.id}_code"] = names, found
    return result


def _codes(areas: Places, shapes: gpd.GeoSeries) -> dict[str, list[str]]:
    """Return the codes per level: from the smallest area that holds a point, its parents follow."""
    import numpy as np

    missing = (shapes.isna() | shapes.is_empty).to_numpy()
    found = {level.id: np.where(missing, UNKNOWN, OUTSIDE).astype(object) for level in areas.levels}
    for level in reversed(areas.levels):
        open_places = np.flatnonzero(found[level.id] == OUTSIDE)
        matches = _join(areas, level.id, shapes.iloc[open_places])
        for place, code in matches.items():
            area = areas[code]
            for one in (area, *area.ancestors):
                found[one.level][place] = one.code
    return {name: list(codes) for name, codes in found.items()}


def _join(areas: Places, level: str, shapes: gpd.GeoSeries) -> dict[int, str]:
    """Return place -> code for the points that lie in an area of this level, or on its border."""
    import geopandas as gpd

    borders = areas.borders(level)[["code", "geometry"]]
    points = gpd.GeoDataFrame({"place": shapes.index.to_numpy()}, geometry=shapes.to_numpy(), crs=shapes.crs)
    # "within" is twice as fast as "intersects" and finds all but the points exactly on a border.
    inside = points.sjoin(borders, predicate="within")
    rest = points[~points["place"].isin(inside["place"])].sjoin(borders, predicate="intersects")
    matches: dict[int, str] = {}
    for joined in (inside, rest):
        for place, code in sorted(zip(joined["place"], joined["code"], strict=True)):
            matches.setdefault(int(place), str(code))
    return matches
