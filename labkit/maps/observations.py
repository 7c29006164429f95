"""Own observations on a map: points or areas that a student brought, with nothing of them lost."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

from labkit import look
from labkit.area import WGS84
from labkit.errors import PointsError, WrongUseError
from labkit.language import current, number, t
from labkit.locating import OUTSIDE, UNKNOWN, locate, positions
from labkit.maps.ground import Ground
from labkit.maps.legend import LegendRow
from labkit.maps.outlines import LazyOutlines, outlines_spec
from labkit.names import nearest

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

#: How each next layer of observations is drawn, so that several can be told apart without their colours too.
SIGNS = [
    ("circle", look.OKABE_ITO["black"]),
    ("square", look.OKABE_ITO["orange"]),
    ("diamond", look.OKABE_ITO["reddish purple"]),
    ("triangle", look.OKABE_ITO["vermillion"]),
]
SMALLEST, LARGEST, PLAIN = 4.0, 15.0, 6.0  # pixels from the middle of a sign to its edge

#: Below so many people a count says little, and may point at persons.
FEW = 10


@dataclass(frozen=True, repr=False, eq=False)
class ObservationLayer:
    """Points or areas that someone brought; made by `observation_layer`, or `map.add_observations`.

    Attributes
    ----------
    label : str
        What they are called.
    table : DataFrame
        The rows as they were given, with two columns more: `map_area` (the code of the area on the map, or
        "outside" or "unknown") and `map_area_name`.
    shapes : GeoSeries
        Where they lie, in degrees; None where that cannot be read.
    value, count, name : str or None
        Columns that are shown, that tell how many people a row speaks of, that name a row.
    sign, colour : str
        How they are drawn.
    places : bool
        Whether they are areas; else they are points.

    Examples
    --------
    >>> import labkit as lk, pandas as pd
    >>> seen = pd.DataFrame({"lon": [4.4488, 4.49], "lat": [52.1527, 52.16]})
    >>> layer = lk.open_city("leiden").map().add_observations(seen, "Benches").layers[0]
    >>> layer, layer.outside
    (<ObservationLayer Benches: 2 points>, 0)
    """

    kind: ClassVar[str] = "observations"

    label: str
    table: pd.DataFrame
    shapes: gpd.GeoSeries
    value: str | None
    count: str | None
    name: str | None
    sign: str
    colour: str
    places: bool

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        what = "areas" if self.places else "points"
        rest = f", {self.outside} outside the map" if self.outside else ""
        return f"<ObservationLayer {self.label}: {len(self.table)} {what}{rest}>"

    @property
    def outside(self) -> int:
        """How many lie in no area of the map."""
        return int((self.table["map_area"] == OUTSIDE).sum())

    @property
    def unknown(self) -> int:
        """How many have no usable position."""
        return int((self.table["map_area"] == UNKNOWN).sum())

    @property
    def few(self) -> list[str]:
        """Codes of the areas of the map in which fewer than ten people were counted."""
        if self.count is None:
            return []
        counts = _numbers(self.table[self.count]).groupby(self.table["map_area"]).sum()
        return sorted(str(code) for code, people in counts.items() if 0 < people < FEW)

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers."""
        return self.value is not None and _is_numeric(self.table[self.value])

    def notes(self, language: str | None = None) -> list[str]:
        """Return what a reader should know of them."""
        said, total = [], len(self.table)
        if self.outside:
            said.append(
                t(
                    "{count} of {total} lie outside the areas of this map; they are in the table.",
                    language,
                    count=self.outside,
                    total=total,
                )
            )
        if self.unknown:
            said.append(
                t(
                    "{count} of {total} have no usable position; they are in the table.",
                    language,
                    count=self.unknown,
                    total=total,
                )
            )
        if self.few:
            said.append(
                t(
                    "Fewer than {few} people in {count} areas: such numbers say little, and may point at persons.",
                    language,
                    few=FEW,
                    count=len(self.few),
                )
            )
        return said

    def legend(self, language: str | None = None) -> list[LegendRow]:
        """Return their row of the legend."""
        label = f"{self.label} ({t('own observations', language)})"
        return [LegendRow(label, len(self.table), self.colour, "; ".join(self.notes(language)), self.label)]

    def spec(self, language: str | None = None) -> dict[str, Any]:
        """Return the layer as plain data for the page."""
        drawn = [at for at, shape in enumerate(self.shapes) if shape is not None and not shape.is_empty]
        shapes = [self.shapes.iloc[at] for at in drawn]
        texts = self._texts(language)
        spec: dict[str, Any] = {
            "label": self.label,
            "sign": self.sign,
            "colour": self.colour,
            "count": len(self.table),
            "area": [_code(self.table["map_area"].iloc[at]) for at in drawn],
            "lines": [texts[at] for at in drawn],
            "notes": self.notes(language),
        }
        if self.places:
            names = [lines[0] if lines else "" for lines in spec["lines"]]
            return {**spec, "outlines": outlines_spec(LazyOutlines(shapes, [str(at) for at in drawn], names))}
        sizes, about = self._sizes(language)
        if sizes is not None:
            spec |= {"radius": [sizes[at] for at in drawn], "sizes": about}
        return {**spec, "at": [[round(shape.x, 5), round(shape.y, 5)] for shape in shapes]}

    def _texts(self, language: str | None) -> list[list[str]]:
        """Return what is said of each row: its name, its value, how many people."""
        count = len(self.table)
        names = [""] * count if self.name is None else [_word(one, language) for one in self.table[self.name]]
        lines = [[name or self.label] for name in names]
        for column in dict.fromkeys(filter(None, (self.value, self.count))):
            for row, one in zip(lines, self.table[column], strict=True):
                row.append(f"{column}: {_word(one, language) or t('unknown', language)}")
        return lines

    def _sizes(self, language: str | None) -> tuple[list[float] | None, list[list[Any]]]:
        """Return how large each sign is, by its area, and what the smallest and largest stand for."""
        if not self.numeric or self.value is None:
            return None, []
        values = _numbers(self.table[self.value])
        known = values.dropna()
        if known.empty or known.min() < 0 or known.max() == 0:
            return None, []  # the area of a sign cannot stand for less than nothing
        top = float(known.max())
        ends = sorted({float(known.min()), top})
        sizes = [SMALLEST if math.isnan(one) else _radius(one, top) for one in values]
        return sizes, [[_word(end, language), _radius(end, top)] for end in ends]


def observation_layer(
    table: Any,
    ground: Ground,
    *,
    label: str | None = None,
    value: str | None = None,
    count: str | None = None,
    name: str | None = None,
    crs: int | str | None = None,
    place: int = 0,
) -> ObservationLayer:
    """Make a layer of own observations; see `labkit.maps.districts.DistrictMap.add_observations`.

    Parameters
    ----------
    table : GeoDataFrame or DataFrame
        Points or areas.
    ground : Ground
        The areas of the map.
    label, value, count, name, crs
        What they are called, columns, and the coordinate system.
    place : int
        How many layers of observations the map has already.

    Returns
    -------
    ObservationLayer

    Raises
    ------
    PointsError
        If there are no coordinates to read, or no coordinate system is known.
    WrongUseError
        If it is no table, is empty, or has no such column.

    Examples
    --------
    >>> import labkit as lk, pandas as pd
    >>> ground = lk.open_city("leiden").map().ground
    >>> observation_layer(pd.DataFrame({"lon": [4.4488], "lat": [52.1527]}), ground).table["map_area"].item()
    'WK054609'
    """
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise WrongUseError(
            t(
                "Observations are a table: a GeoDataFrame, or a DataFrame with columns lon and lat; not a {name}.",
                name=type(table).__name__,
            )
        )
    if table.empty:
        raise WrongUseError(t("There are no observations in this table: it has no rows."))
    for column in filter(None, (value, count, name)):
        _demand_column(table, column)
    if count is not None and not _is_numeric(table[count]):
        raise WrongUseError(t('The column "{name}" holds no numbers, so it counts no people.', name=count))
    shapes, places = _shapes(table, ground, crs)
    sign, colour = SIGNS[place % len(SIGNS)]
    layer = ObservationLayer(
        label=str(label) if label else t("Own observations"),
        table=_with_areas(table, shapes, ground, places),
        shapes=shapes,
        value=value,
        count=count,
        name=name,
        sign="area" if places else sign,
        colour=colour,
        places=places,
    )
    for note in layer.notes():
        warnings.warn(f"{layer.label}: {note}", stacklevel=3)
    return layer


def _shapes(table: pd.DataFrame, ground: Ground, crs: int | str | None) -> tuple[gpd.GeoSeries, bool]:
    """Return the outlines or points of a table in degrees, and whether they are areas."""
    import geopandas as gpd

    kinds: set[str] = set()
    if isinstance(table, gpd.GeoDataFrame):
        known = table.geometry[~(table.geometry.isna() | table.geometry.is_empty)]
        kinds = set(known.geom_type)
    if not kinds & {"Polygon", "MultiPolygon"}:
        return positions(_Places(ground), table, crs), False
    if kinds - {"Polygon", "MultiPolygon"}:
        raise PointsError(
            t(
                "These observations are of several kinds ({kinds}). Add points and areas apart, each with add_observations.",
                kinds=", ".join(sorted(kinds)),
            )
        )
    own: Any = table.crs
    if own is None and crs is None:
        raise PointsError(
            t("These areas have no coordinate system. Set it: areas.set_crs(4326) for degrees, 28992 for RD New.")
        )
    shapes = table.geometry if own is not None else table.geometry.set_crs(crs)
    return shapes.to_crs(WGS84).reset_index(drop=True), True


def _with_areas(table: pd.DataFrame, shapes: gpd.GeoSeries, ground: Ground, places: bool) -> pd.DataFrame:
    """Return the table with the area of the map in which each row lies; of an area, a point inside it counts."""
    import geopandas as gpd

    points = shapes.representative_point() if places else shapes
    found = locate(_Places(ground), gpd.GeoDataFrame(geometry=points, crs=WGS84))
    codes = [str(one) for one in found["area_code"]]
    names = dict(zip(ground.codes, ground.names, strict=True))
    return table.assign(map_area=codes, map_area_name=[names.get(code, code) for code in codes])


class _Places:
    """The areas of a map as `labkit.locating` asks for them: one level, without what lies above it."""

    def __init__(self, ground: Ground) -> None:
        self.levels: list[Any] = [SimpleNamespace(id="area")]
        self._ground = ground
        self._names = dict(zip(ground.codes, ground.names, strict=True))

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def __getitem__(self, code: str) -> Any:
        return SimpleNamespace(code=code, name=self._names[code], level="area", ancestors=())

    def borders(self, level: str) -> gpd.GeoDataFrame:  # noqa: ARG002 - there is one level
        import geopandas as gpd
        from shapely.geometry import shape

        features = self._ground.areas["features"]
        outlines = [shape(one["geometry"]) if one["geometry"] else None for one in features]
        return gpd.GeoDataFrame({"code": self._ground.codes}, geometry=outlines, crs=WGS84)


def _demand_column(table: pd.DataFrame, column: str) -> None:
    if column not in table.columns:
        names = [str(one) for one in table.columns if one != "geometry"]
        near = nearest(str(column), names, most=1)
        hint = t(' Did you mean "{name}"?', name=near[0]) if near else ""
        raise WrongUseError(
            t(
                'The observations have no column "{name}".{hint} They have {names}.',
                name=column,
                hint=hint,
                names=", ".join(names),
            )
        )
    if Counter(table.columns)[column] > 1:
        raise WrongUseError(t('The observations have several columns "{name}". Rename them first.', name=column))


def _is_numeric(column: pd.Series[Any]) -> bool:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return bool(is_numeric_dtype(column) and not is_bool_dtype(column))


def _numbers(column: pd.Series[Any]) -> pd.Series[float]:
    """Return a column as floats, infinity as unknown."""
    import numpy as np
    import pandas as pd

    return pd.to_numeric(column, errors="coerce").astype("float64").replace([np.inf, -np.inf], np.nan)


def _radius(value: float, top: float) -> float:
    return round(max(SMALLEST, LARGEST * math.sqrt(value / top)), 1)


def _word(value: Any, language: str | None) -> str:
    """Return a value as it is read: a number in the form of the language, anything else as text."""
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return t("yes", language) if value else t("no", language)
    try:
        figure = float(value) if not isinstance(value, str) else math.nan
    except (TypeError, ValueError):
        return str(value)
    if not math.isfinite(figure):
        return str(value) if isinstance(value, str) else ""
    decimals = next((places for places in range(4) if math.isclose(round(figure, places), figure)), 3)
    return number(figure, decimals, language or current())


def _code(area: str) -> str | None:
    return None if area in (OUTSIDE, UNKNOWN) else area
