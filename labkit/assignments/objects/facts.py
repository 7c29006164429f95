"""What can be said of a map or a chart, as plain data: it is the same whatever library made the object."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from labkit.errors import LabkitError
from labkit.language import t

#: No text, and no list, of a description is longer: it comes from a process that we do not trust.
LONGEST, MOST = 2000, 20_000

_Short = Annotated[str, Field(max_length=LONGEST)]
_Texts = Annotated[tuple[_Short, ...], Field(max_length=MOST)]
_Number = Annotated[float, Field(allow_inf_nan=False)]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Kind = Literal["areas", "points", "lines", "tiles", "other"]


class LayerFacts(_Facts):
    """One layer of a map.

    Attributes
    ----------
    kind : {"areas", "points", "lines", "tiles", "other"}
        What it draws.
    name, level : str
        The indicator or name of the layer, and the level of its areas; "" if the object does not say.
    year : int or None
    features : int
        How many areas, points or lines.
    values : dict of str to float or None
        Code of an area -> the value that is drawn; empty if the object does not say.
    missing : int or None
        How many areas have no value; None if the object does not say.
    missing_shown : bool
        Whether these are drawn in a way of their own.
    classes : int or None
        How many classes of values there are; None if colours run on without classes.
    breaks : tuple of float
        The limits of the classes, from low to high, the outer ones too; empty if the object does not say.
    colours : tuple of str
        The colours of the areas, as #rrggbb; for classes from low to high.
    crs : str
        The system of the coordinates, such as "EPSG:4326"; "" if it cannot be told.
    tooltip : tuple of str
        The fields that are shown at a point.
    """

    kind: Kind = "areas"
    name: _Short = ""
    level: _Short = ""
    year: int | None = None
    features: int = 0
    values: Annotated[dict[_Short, _Number | None], Field(max_length=MOST)] = {}
    missing: int | None = None
    missing_shown: bool = False
    classes: int | None = None
    breaks: Annotated[tuple[_Number, ...], Field(max_length=200)] = ()
    colours: _Texts = ()
    crs: _Short = ""
    tooltip: _Texts = ()


class MapFacts(_Facts):
    """A map.

    Attributes
    ----------
    made_with : str
        "labkit", "folium", "geopandas" or "altair".
    title : str
    layers : tuple of LayerFacts
    legend : tuple of str
        The texts of the legend; empty if there is none.
    texts : tuple of str
        What else stands on it, such as a credit line.
    hosts : tuple of str
        What it asks of the network when it is opened.
    """

    made_with: _Short
    title: _Short = ""
    layers: Annotated[tuple[LayerFacts, ...], Field(max_length=500)] = ()
    legend: _Texts = ()
    texts: _Texts = ()
    hosts: _Texts = ()

    @property
    def areas(self) -> tuple[LayerFacts, ...]:
        """The layers of areas."""
        return tuple(layer for layer in self.layers if layer.kind == "areas")

    def as_data(self) -> dict[str, Any]:
        """Return it as plain JSON data."""
        return {"map": self.model_dump(mode="json")}


class AxisFacts(_Facts):
    """One axis of a chart.

    Attributes
    ----------
    label : str
        What stands beside it; "" if nothing does.
    field : str
        The column that it shows, if the object says so.
    from_zero : bool or None
        Whether it begins at zero; None if that cannot be told, or it does not hold numbers.
    """

    label: _Short = ""
    field: _Short = ""
    from_zero: bool | None = None


class ChartFacts(_Facts):
    """A chart.

    Attributes
    ----------
    made_with : str
        "matplotlib" or "altair".
    title : str
    marks : tuple of str
        What it draws: "bar", "line", "point", "area", "text", "rule", "box", "other"; each once.
    x, y : AxisFacts
    bars_upright : bool or None
        Whether bars stand (their length is along y) or lie; None without bars.
    count : int
        How many bars, points or lines.
    colours : tuple of str
        Those that tell series apart.
    legend, texts : tuple of str
        The texts of the legend, and what else stands on it.
    """

    made_with: _Short
    title: _Short = ""
    marks: _Texts = ()
    x: AxisFacts = AxisFacts()
    y: AxisFacts = AxisFacts()
    bars_upright: bool | None = None
    count: int = 0
    colours: _Texts = ()
    legend: _Texts = ()
    texts: _Texts = ()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain JSON data."""
        return {"chart": self.model_dump(mode="json")}


def facts_from(data: Any) -> MapFacts | ChartFacts:
    """Read what `as_data` gave; whatever else it is given, it ends in a `LabkitError`.

    Examples
    --------
    >>> facts_from(MapFacts(made_with="folium").as_data())
    MapFacts(made_with='folium', title='', layers=(), legend=(), texts=(), hosts=())
    """
    try:
        if isinstance(data, dict) and len(data) == 1:
            if "map" in data:
                return MapFacts.model_validate(data["map"])
            if "chart" in data:
                return ChartFacts.model_validate(data["chart"])
    except (ValidationError, RecursionError):
        pass
    raise LabkitError(t("This is no description of a map or a chart."))
