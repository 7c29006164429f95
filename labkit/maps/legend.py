"""The legend of a map as rows, for whatever draws it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from labkit.language import t
from labkit.maps.layers import AreaLayer


@dataclass(frozen=True)
class LegendRow:
    """One row of a legend.

    Attributes
    ----------
    label : str
        A class such as "47.8 – 49.9", or "No figure".
    count : int
        How many areas it stands for.
    colour : str or None
        None where the areas are hatched.
    reason : str
        Why there is no figure, or why it is not drawn.
    layer : str
        What the row belongs to: "lonely 2020" for figures, the label for own observations.

    Examples
    --------
    >>> LegendRow("47.8 – 49.9", 3, "#ffffcc").count
    3
    """

    label: str
    count: int
    colour: str | None
    reason: str = ""
    layer: str = ""


def legend_rows(layer: AreaLayer, language: str | None = None) -> list[LegendRow]:
    """Return the classes from low to high, then a row for each reason why areas are hatched.

    Every area is counted in exactly one row.

    Examples
    --------
    >>> import labkit as lk
    >>> city_map = lk.open_city("leiden").map("lonely", level="neighbourhood", year=2020)
    >>> sum(row.count for row in legend_rows(city_map.layers[0]))
    54
    """
    index, name = layer.index, f"{layer.indicator} {layer.year}"
    rows = []
    if layer.classes is not None:
        found = Counter(index)
        labelled = zip(layer.classes.labels(language), layer.colours, strict=True)
        rows = [LegendRow(label, found[at], colour, layer=name) for at, (label, colour) in enumerate(labelled)]
    hatched = Counter(
        (value is not None, layer.remark(code, language))
        for code, value, one in zip(layer.codes, layer.values, index, strict=True)
        if one is None
    )
    for (has_figure, reason), count in hatched.items():
        label = t("Not drawn", language) if has_figure else t("No figure", language)
        rows.append(LegendRow(label, count, None, reason, name))
    return rows
