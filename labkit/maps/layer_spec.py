"""A layer of areas as plain data for the page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from labkit.classes import rounded_value

if TYPE_CHECKING:
    from labkit.maps.layers import AreaLayer


def layer_spec(layer: AreaLayer, language: str | None = None) -> dict[str, Any]:
    """Return a layer as plain data for `areas.js`: values as arrays in the order of the areas.

    Examples
    --------
    >>> import labkit as lk
    >>> spec = layer_spec(lk.open_city("leiden").map("lonely", year=2020).layers[0], "en")
    >>> spec["label"], spec["year"], len(spec["values"])
    ('Lonely adults', 2020, 10)
    """
    remarks: dict[str, int] = {"": 0}
    remark = [remarks.setdefault(layer.remark(code, language), len(remarks)) for code in layer.codes]
    spec: dict[str, Any] = {
        "indicator": layer.indicator,
        "label": layer.about.label(language),
        "unit": layer.about.unit_label(language),
        "year": layer.year,
        "decimals": layer.decimals,
        "values": [_short(value) for value in layer.values],
        "classes": _classes(layer),
        "remarks": list(remarks),
        "remark": remark,
        "undrawn": [at for at, code in enumerate(layer.codes) if code in layer.undrawn],
        "notes": layer.remarks_for_all(language),
        "credit": layer.credit,
    }
    if layer.classes is not None and layer.classes.decimals not in (None, layer.decimals):
        spec["class_decimals"] = layer.classes.decimals  # classes of several years can be finer than one of them
    bands = [_band(layer, code) for code in layer.codes]
    if any(low is not None for low, _ in bands):
        spec |= {"low": [low for low, _ in bands], "high": [high for _, high in bands]}
    return spec


def _classes(layer: AreaLayer) -> list[dict[str, Any]]:
    """Return the classes as plain data; an open lower limit is None."""
    if layer.classes is None:
        return []
    limits = zip(layer.classes.lows, layer.classes.highs, layer.colours, strict=True)
    return [
        {"low": None if math.isinf(low) else _short(low), "high": _short(high), "colour": colour}
        for low, high, colour in limits
    ]


def _band(layer: AreaLayer, code: str) -> tuple[float | None, float | None]:
    """Return the band of a figure where it is wider than the last decimal that is shown says anyway."""
    figure = layer.by_area.get(code)
    step = 10.0**-layer.decimals
    if figure is None or figure.low is None or figure.high is None or figure.high - figure.low < 1.5 * step:
        return None, None
    return _short(rounded_value(figure.low, layer.decimals)), _short(rounded_value(figure.high, layer.decimals))


def _short(value: float | None) -> float | None:
    """Return a whole number without its ".0": it is read the same and takes less room."""
    return int(value) if value is not None and value.is_integer() else value
