"""Read a map of folium, also one that `GeoDataFrame.explore` made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from labkit.assignments.objects.describing import cut, system_of
from labkit.assignments.objects.facts import MOST, Kind, LayerFacts, MapFacts

#: The names of fields that hold the code of an area.
CODES = ("code", "area", "statcode", "wk_code", "bu_code", "gm_code", "id")

_POINTS = ("Marker", "CircleMarker", "Circle", "MarkerCluster", "HeatMap", "FastMarkerCluster")
_LINES = ("PolyLine", "ColorLine", "AntPath")


def describe(value: Any) -> MapFacts | None:
    """Return what can be said of a map of folium; None for other things of folium."""
    from folium import Map
    from folium.raster_layers import TileLayer

    if not isinstance(value, Map):
        return None
    parts = list(_below(value))
    scales = [one for one in parts if type(one).__name__ in ("ColorMap", "LinearColormap", "StepColormap")]
    layers = [layer for one in parts for layer in _layers(one, scales, value)]
    tiles = [one for one in parts if isinstance(one, TileLayer)]
    page = [cut(text) for text in _texts(value)]
    return MapFacts(
        made_with="folium",
        title=next((text for text in page if text), ""),
        layers=(*layers, *(LayerFacts(kind="tiles", name=cut(one.tile_name)) for one in tiles)),
        legend=tuple(cut(scale.caption or "legend") for scale in scales) + _written_legend(page),
        texts=tuple(text for text in page + [cut(one.options.get("attribution") or "") for one in tiles] if text),
        hosts=tuple(dict.fromkeys(urlsplit(str(one.tiles)).netloc for one in tiles if "//" in str(one.tiles))),
    )


def _below(value: Any) -> Iterator[Any]:
    for child in value._children.values():
        yield child
        yield from _below(child)


def _layers(part: Any, scales: list[Any], of_map: Any) -> Iterator[LayerFacts]:
    kind = type(part).__name__
    if kind in ("GeoJson", "TopoJson"):
        yield _areas(part, scales, of_map)
    elif kind in _POINTS:
        place = getattr(part, "location", None)
        yield LayerFacts(kind="points", name=kind, features=1, crs=system_of(_around([place[::-1]])) if place else "")
    elif kind in _LINES:
        yield LayerFacts(kind="lines", name=kind, features=1)


def _areas(part: Any, scales: list[Any], of_map: Any) -> LayerFacts:
    features = [one for one in part.data.get("features", []) if isinstance(one, dict)]
    shapes = {str((one.get("geometry") or {}).get("type", "")) for one in features}
    kind: Kind = "points" if shapes and all("Point" in one for one in shapes) else "areas"
    choropleth = _choropleth_of(part, of_map)
    fills = [_fill(part, one) for one in features]
    tooltip = [str(one) for child in _below(part) for one in getattr(child, "fields", ())]
    values, empty = _values(features)
    scale = getattr(choropleth, "color_scale", None) or (scales[0] if scales else None)
    breaks = tuple(float(one) for one in getattr(scale, "index", ()) or ())
    classed = type(scale).__name__ == "StepColormap"
    drawn = dict.fromkeys(
        fill for fill, place in zip(fills, range(len(fills)), strict=True) if fill and place not in empty
    )
    pale = {fills[place] for place in empty}
    return LayerFacts(
        kind=kind,
        name=cut(getattr(part, "layer_name", "") or ""),
        features=len(features),
        values=values,
        missing=len(empty) if values or empty else None,
        missing_shown=bool(empty) and not pale & set(drawn) and None not in pale,
        classes=len(breaks) - 1 if classed else None,
        breaks=breaks if classed else (),
        colours=_colours(scale, list(drawn)),
        crs=system_of(_around(_corners(features))),
        tooltip=tuple(dict.fromkeys(tooltip)),
    )


def _colours(scale: Any, drawn: list[str]) -> tuple[str, ...]:
    """Return the colours of classes; of a scale without classes, five along it."""
    if scale is None:
        return tuple(drawn[:MOST])
    if type(scale).__name__ == "StepColormap":
        return tuple(dict.fromkeys(_hex(one) for one in scale.colors))
    low, high = float(scale.vmin), float(scale.vmax)
    return tuple(dict.fromkeys(scale.rgb_hex_str(low + (high - low) * one / 4)[:7] for one in range(5)))


def _hex(colour: Any) -> str:
    red, green, blue = (round(float(one) * 255) for one in colour[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


def _choropleth_of(part: Any, of_map: Any) -> Any:
    from folium import Choropleth

    return next((one for one in [of_map, *_below(of_map)] if isinstance(one, Choropleth) and one.geojson is part), None)


def _fill(part: Any, feature: dict[str, Any]) -> str | None:
    """Return the colour of an area as it is drawn; None if nothing is filled."""
    try:
        style = part.style_function(feature) if callable(part.style_function) else {}
        opacity = style.get("fillOpacity", 1)
        return None if opacity == 0 else str(style.get("fillColor") or style.get("color") or "#3388ff")
    except Exception:  # the style is code of the student
        return None


def _values(features: list[dict[str, Any]]) -> tuple[dict[str, float | None], set[int]]:
    """Return the value of each area as far as the object knows it, and the places of those without one."""
    key = _code_key(features)
    column = _value_key(features)
    if not column:
        return {}, set()
    values: dict[str, float | None] = {}
    empty = set()
    for place, feature in enumerate(features):
        found = _number((feature.get("properties") or {}).get(column))
        if found is None:
            empty.add(place)
        code = (feature.get("properties") or {}).get(key) if key else feature.get("id")
        values[str(code if code is not None else place)] = found
    return values, empty


def _code_key(features: list[dict[str, Any]]) -> str:
    names = list((features[0].get("properties") or {}) if features else {})
    return next((name for wanted in CODES for name in names if name.lower() == wanted), "")


def _value_key(features: list[dict[str, Any]]) -> str:
    """Return the field that holds the values: the only one with numbers, if there is one."""
    found = [
        name
        for name in (features[0].get("properties") or {} if features else {})
        if not name.startswith("__")
        and name.lower() not in (*CODES, "year", "border_year")
        and any(_number((one.get("properties") or {}).get(name)) is not None for one in features)
    ]
    named = [name for name in found if name.lower() in ("value", "waarde")]
    return (named or found)[0] if len(found) == 1 or named else ""


def _number(value: Any) -> float | None:
    import math

    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _corners(features: list[dict[str, Any]]) -> list[Any]:
    corners: list[Any] = []

    def look(coordinates: Any) -> None:
        if isinstance(coordinates, list | tuple) and coordinates:
            if isinstance(coordinates[0], int | float):
                corners.append(coordinates)
            else:
                for one in coordinates:
                    look(one)

    for feature in features[:MOST]:
        look((feature.get("geometry") or {}).get("coordinates"))
    return corners


def _around(corners: list[Any]) -> tuple[float, float, float, float] | None:
    if not corners:
        return None
    xs, ys = [float(one[0]) for one in corners], [float(one[1]) for one in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _texts(value: Any) -> Iterator[str]:
    """Yield what was written on the page by hand: titles, legends, credits."""
    figure = value.get_root()
    for one in [*figure.html._children.values(), *figure.header._children.values()]:
        template = getattr(one, "_template", None)
        text = getattr(one, "text", None) or getattr(one, "html", None)
        if isinstance(text, str):
            yield text
        elif template is not None and type(one).__name__ in ("Element", "MacroElement", "Html"):
            try:
                yield template.render(this=one)
            except Exception:  # a template of the student may be anything
                continue


def _written_legend(page: list[str]) -> tuple[str, ...]:
    return tuple(text for text in page if "legend" in text.lower() or "legenda" in text.lower())
