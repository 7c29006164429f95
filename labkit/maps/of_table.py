"""A map of your own table of areas: any GeoDataFrame, from one area to a whole country."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from labkit.area import WGS84, Level
from labkit.errors import WrongUseError
from labkit.figure import Figure
from labkit.indicators import KINDS, Indicator
from labkit.language import resolve, t
from labkit.maps.districts import DistrictMap, district_map
from labkit.maps.layers import AreaLayer, area_layer
from labkit.maps.outlines import LazyOutlines
from labkit.names import nearest
from labkit.statuses import Status
from labkit.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

GIVEN = Status("observed", True, Text("gegeven", "given"), Text("Zo staat het in de tabel.", "As the table has it."))
EMPTY = Status("absent_in_source", False, Text("leeg", "empty"), Text("Leeg in de tabel.", "Empty in the table."))
INFINITE = Status(
    "infinite",
    False,
    Text("oneindig", "infinite"),
    Text("Oneindig in de tabel: is er door nul gedeeld?", "Infinite in the table: was something divided by zero?"),
)
#: More decimals than this nobody reads; the unit is then too large.
MOST_DECIMALS = 10


def table_map(
    table: gpd.GeoDataFrame,
    value: str,
    *,
    year: int,
    code: str | None = None,
    name: str | None = None,
    label: str | None = None,
    unit: str = "",
    kind: str = "index",
    decimals: int | None = None,
    areas: str | None = None,
    scheme: str | None = None,
    k: int = 5,
    breaks: Sequence[float] | None = None,
    palette: str | None = None,
    middle: float | None = None,
    title: str | None = None,
    subtitle: str = "",
    credit: str = "",
    language: str | None = None,
) -> DistrictMap:
    """Map a table of areas of your own, with the same legend, table and picture as the map of a city.

    Works offline, for fifteen thousand areas too: the page then draws on a canvas. Rows without a value are
    hatched and counted; rows without an outline stand in the table and are told below the map.

    Parameters
    ----------
    table : GeoDataFrame
        One row an area, in any coordinate system.
    value : str
        The column that is shown. Empty cells and infinite values count as missing.
    year : int
        The year of the values: a figure without one says little.
    code, name : str, optional
        Columns that identify an area and that name it; "code" and "name" if there are such columns, else the
        index, and the code. No two rows may have the same code.
    label : str, optional
        What the values are called; the column's name if left out.
    unit : str
        Their unit, such as "%".
    kind : {"count", "share", "mean", "median", "rate", "index", "distance"}
        How they behave; of "count" the map says that larger areas hold more.
    decimals : int, optional
        How many are shown; as many as it takes to tell the values apart if left out.
    areas : str, optional
        What the areas are called, in the plural ("municipalities").
    scheme, k, breaks, palette, middle
        Classes and colours: see `labkit.city.City.map`.
    title, subtitle : str
        What stands above the map.
    credit : str
        Whom to name for figures and outlines.
    language : {"en", "nl"}, optional
        Language of the map; the current one if left out.

    Returns
    -------
    DistrictMap

    Raises
    ------
    WrongUseError
        If a column is not there or holds no numbers, a code occurs twice, or nothing can be drawn.

    Examples
    --------
    >>> import labkit as lk
    >>> borders = lk.open_city("leiden").districts.assign(letters=lambda table: table["name"].str.len())
    >>> made = table_map(borders, "letters", year=2026, kind="count", label="Letters in the name")
    >>> made
    <DistrictMap letters 2026: 10 x area, 0 without a figure>
    """
    language = resolve(language)
    _demand_areas(table)
    numbers = _numbers(table, value)
    codes, names = _codes(table, code), _names(table, name, code)
    shown = _decimals(numbers, value) if decimals is None else decimals
    about = _indicator(value, label or value, unit, kind, shown)
    outlines = LazyOutlines(_in_degrees(table), codes, names)
    lost = int(_without_outline(outlines.shapes).sum())
    notes = [t("Without an outline, and so only in the table: {count}.", language, count=lost)] if lost else []
    layer: AreaLayer = area_layer(
        about,
        Level("area", "areas", 0, Text("gebied", "area"), Text(areas or "gebieden", areas or "areas")),
        year,
        outlines,
        [_figure(area, value, year, one, shown) for area, one in zip(codes, numbers.tolist(), strict=True)],
        scheme=scheme,
        k=k,
        breaks=breaks,
        palette=palette,
        middle=middle,
        credit=credit,
        notes=notes,
    )
    return district_map(layer, title=title or f"{label or value}, {year}", subtitle=subtitle, language=language)


def _figure(area: str, indicator: str, year: int, value: float, decimals: int) -> Figure:
    known = math.isfinite(value)
    state = GIVEN if known else INFINITE if math.isinf(value) else EMPTY
    step = 10.0**-decimals if decimals else 1.0
    return Figure(area, indicator, year, value if known else None, None, None, step, "", state)


def _indicator(name: str, label: str, unit: str, kind: str, decimals: int) -> Indicator:
    if kind not in KINDS:
        raise WrongUseError(t('"{kind}" is not a kind. Give one of: {names}.', kind=kind, names=", ".join(KINDS)))
    none = Text()
    return Indicator(
        id=name,
        theme="",
        unit=unit,
        kind=kind,
        weight="",
        numerator="",
        part_of="",
        decimals=decimals,
        rounding="",
        source="",
        labels=Text(label, label),
        definitions=none,
        references=none,
        units=Text(unit, unit),
        themes=none,
    )


def _demand_areas(table: Any) -> None:
    """Refuse what is no table of areas."""
    import geopandas as gpd

    if not isinstance(table, gpd.GeoDataFrame):
        raise WrongUseError(t("Give a GeoDataFrame, a table with outlines; not {what}.", what=type(table).__name__))
    if not len(table):
        raise WrongUseError(t("The table has no rows: there is nothing to map."))
    if _without_outline(table.geometry.to_numpy()).all():
        kinds = sorted(set(table.geometry.geom_type.dropna()))
        raise WrongUseError(
            t(
                "None of the rows has an outline of an area; there are: {kinds}. "
                "Points go on a map with map.add_observations(...).",
                kinds=", ".join(kinds) or t("none"),
            )
        )


def _without_outline(shapes: Any) -> Any:
    """Return for which shapes no area can be drawn: missing, empty, or points and lines."""
    import numpy as np
    import shapely

    return ~np.isin(shapely.get_type_id(shapes), (3, 6)) | shapely.is_empty(shapes)


def _in_degrees(table: gpd.GeoDataFrame) -> Any:
    """Return the shapes in longitude and latitude; without a coordinate system they are taken to be that already."""
    import numpy as np
    import pandas as pd
    import shapely
    from pyproj import Transformer

    shapes = table.geometry.to_numpy()
    if table.crs is None or table.crs == WGS84:
        return shapes
    if not np.isin(shapely.get_type_id(shapes), (3, 6)).all():
        return table.geometry.to_crs(WGS84).to_numpy()
    # Areas share their borders: each point is converted once, which takes half the time of converting them all.
    kind, points, offsets = shapely.to_ragged_array(shapes, include_z=False)
    place, corners = pd.factorize(np.ascontiguousarray(points).view(np.complex128).ravel())
    turned = Transformer.from_crs(table.crs, WGS84, always_xy=True).transform(corners.real, corners.imag)
    return shapely.from_ragged_array(kind, np.column_stack(turned)[place], offsets)


def _column(table: pd.DataFrame, name: str) -> Any:
    if name not in table.columns:
        near = nearest(str(name), [str(one) for one in table.columns])
        hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else ""
        raise WrongUseError(f"{t('The table has no column {name}.', name=repr(name))} {hint}".strip())
    return table[name]


def _numbers(table: pd.DataFrame, name: str) -> Any:
    import pandas as pd

    column = _column(table, name)
    try:
        return pd.to_numeric(column).to_numpy(dtype="float64", na_value=math.nan)
    except (TypeError, ValueError) as error:
        wrong = next((one for one in column.dropna() if pd.isna(pd.to_numeric(one, errors="coerce"))), column.iloc[0])
        raise WrongUseError(
            t(
                "The column {name} holds {value}, which is no number. "
                "Make numbers of it first, for instance with pandas.to_numeric.",
                name=repr(name),
                value=repr(wrong),
            )
        ) from error


def _codes(table: pd.DataFrame, name: str | None) -> list[str]:
    """Return the code of each row; two rows with one code would be one area with two figures."""
    column = _column(table, name) if name else table["code"] if "code" in table.columns else table.index.to_series()
    if column.isna().any():
        raise WrongUseError(t("{count} rows have no code.", count=int(column.isna().sum())))
    codes = column.astype(str)
    if codes.duplicated().any():
        twice = codes[codes.duplicated()].iloc[0]
        raise WrongUseError(
            t(
                "More than one row has the code {code}. Name another column with code=, or put these rows "
                "together first, for instance with dissolve.",
                code=repr(twice),
            )
        )
    return list(codes)


def _names(table: pd.DataFrame, name: str | None, code: str | None) -> list[str]:
    if not name and "name" not in table.columns:
        return _codes(table, code)
    codes = _codes(table, code)
    column = _column(table, name or "name")
    empty = column.isna()
    return [other if gone else str(one) for one, other, gone in zip(column, codes, empty, strict=True)]


def _decimals(numbers: Any, name: str) -> int:
    """Return the fewest decimals that tell the values apart well enough: about a thousand steps over their range."""
    import numpy as np

    known = np.unique(numbers[np.isfinite(numbers)])
    if not len(known):
        return 0
    wide = float(known[-1] - known[0]) or abs(float(known[0]))
    needed = 0 if wide == 0 else max(0, 3 - math.floor(math.log10(wide)))
    if needed > MOST_DECIMALS and wide * 10.0**MOST_DECIMALS < 1:
        raise WrongUseError(
            t(
                "The values of {name} lie less than 0.0000000001 apart. Give them in a smaller unit, "
                "such as per million.",
                name=repr(name),
            )
        )
    needed = min(needed, MOST_DECIMALS)
    return next((d for d in range(needed) if (np.round(known, d) == known).all()), needed)
