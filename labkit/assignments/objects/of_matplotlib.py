"""Read axes or a figure of matplotlib, also a map that `GeoDataFrame.plot` drew."""

from __future__ import annotations

import math
import re
from typing import Any

from labkit.assignments.objects.describing import cut, system_of
from labkit.assignments.objects.facts import AxisFacts, ChartFacts, LayerFacts, MapFacts

#: How geopandas labels a class: its limits, with a comma between them.
_INTERVAL = re.compile(r"^\s*[\[(]?\s*(-?[\d.]+(?:e[+-]?\d+)?),\s+(-?[\d.]+(?:e[+-]?\d+)?)\s*[\])]?\s*$")


def describe(value: Any) -> MapFacts | ChartFacts | None:
    """Return what can be said of axes or a figure; None for other things of matplotlib."""
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    if isinstance(value, Figure):
        axes = next((one for one in value.axes if _drawn(one)), None)
    else:
        axes = value if isinstance(value, Axes) else None
    if axes is None:
        return None
    return _map(axes) if _outlines(axes) else _chart(axes)


def _drawn(axes: Any) -> bool:
    return bool(axes.patches or axes.lines or axes.collections)


def _outlines(axes: Any) -> list[Any]:
    """Return what draws areas: geopandas does so with collections of patches on axes of equal scale."""
    from matplotlib.collections import PatchCollection, PolyCollection

    found = [one for one in axes.collections if isinstance(one, PatchCollection | PolyCollection)]
    return found if found and axes.get_aspect() != "auto" else []


def _map(axes: Any) -> MapFacts:
    from matplotlib.collections import PathCollection

    layers = _layers(_outlines(axes))
    layers += [
        LayerFacts(kind="points", name=cut(one.get_label()), features=_count(one))
        for one in axes.collections
        if isinstance(one, PathCollection)
    ]
    return MapFacts(
        made_with="geopandas",
        title=_title(axes),
        layers=tuple(layers),
        legend=_legend(axes),
        texts=_texts(axes),
    )


def _layers(outlines: list[Any]) -> list[LayerFacts]:
    """Return the layers of areas: geopandas draws each class, and the areas without a value, apart."""
    scaled = [one for one in outlines if one.get_array() is not None]
    labelled = [one for one in outlines if one.get_array() is None and not str(one.get_label()).startswith("_")]
    classes = [one for one in labelled if _INTERVAL.match(str(one.get_label()))]
    others = [one for one in labelled if one not in classes]
    rest = [one for one in outlines if one not in (*scaled, *labelled)]
    if classes:
        whole = [_classed(classes)]
    elif scaled:
        whole = [_areas(one) for one in scaled]
    else:
        whole, others = [_areas(one) for one in others], []
    # What is hatched or named, and is no class, stands for areas without a value, as `missing_kwds` draws them.
    apart = [*others, *(one for one in rest if one.get_hatch())]
    if whole and apart and (classes or scaled):
        missing = sum(len(one.get_paths()) for one in apart)
        told = {"missing": missing, "missing_shown": True, "features": whole[0].features + missing}
        whole[0] = whole[0].model_copy(update=told)
    return [*whole, *(_areas(one) for one in rest if one not in apart)]


def _classed(classes: list[Any]) -> LayerFacts:
    """Return one layer of areas that are drawn class by class, each with its limits as label."""
    from matplotlib.colors import to_hex

    limits = [_limits(str(group.get_label())) for group in classes]
    corners = [around for around in map(_around, classes) if around is not None]
    low_x, low_y, high_x, high_y = zip(*corners, strict=True) if corners else ((0.0,), (0.0,), (0.0,), (0.0,))
    return LayerFacts(
        features=sum(len(one.get_paths()) for one in classes),
        classes=len(classes),
        breaks=tuple(dict.fromkeys(one for pair in limits for one in pair)),
        colours=tuple(to_hex(one.get_facecolor()[0]) for one in classes if len(one.get_facecolor())),
        crs=system_of((min(low_x), min(low_y), max(high_x), max(high_y))) if corners else "",
    )


def _limits(label: str) -> tuple[float, ...]:
    found = _INTERVAL.match(label)
    return tuple(float(one) for one in found.groups()) if found else ()


def _areas(outlines: Any) -> LayerFacts:
    array = outlines.get_array()
    values = (
        []
        if array is None
        else [float(one) for one in array.filled(math.nan).ravel()]
        if hasattr(array, "filled")
        else [float(one) for one in array]
    )
    empty = sum(not math.isfinite(one) for one in values)
    colours = _colours(outlines)
    classed = bool(values) and (len(_breaks(outlines)) > 1 or _is_counted(outlines))
    return LayerFacts(
        classes=len(colours) if classed else None,
        name=cut(outlines.get_label() if not str(outlines.get_label()).startswith("_") else ""),
        features=len(outlines.get_paths()),
        values={str(place): one if math.isfinite(one) else None for place, one in enumerate(values)},
        missing=empty if values else None,
        breaks=_breaks(outlines),
        colours=colours,
        crs=system_of(_around(outlines)),
    )


def _breaks(outlines: Any) -> tuple[float, ...]:
    return (
        tuple(float(one) for one in getattr(outlines.norm, "boundaries", None) or ())
        if outlines.get_array() is not None
        else ()
    )


def _colours(outlines: Any) -> tuple[str, ...]:
    """Return the colours of the classes; of a scale without classes, five along it."""
    from matplotlib.colors import to_hex

    if outlines.get_array() is None:
        return tuple(dict.fromkeys(to_hex(one) for one in outlines.get_facecolor()))
    if len(_breaks(outlines)) > 1 or _is_counted(outlines):
        shown = [
            to_hex(outlines.cmap(outlines.norm(one)))
            for one in sorted({float(one) for one in outlines.get_array() if math.isfinite(one)})
        ]
        return tuple(dict.fromkeys(shown))
    return tuple(to_hex(outlines.cmap(one / 4)) for one in range(5))


def _is_counted(outlines: Any) -> bool:
    """Return whether the values are numbers of classes, as geopandas gives with `scheme` or categories."""
    found = {float(one) for one in outlines.get_array() if math.isfinite(one)}
    return len(found) <= 12 and found <= {float(one) for one in range(13)}


def _around(outlines: Any) -> tuple[float, float, float, float] | None:
    corners = [path.get_extents() for path in outlines.get_paths() if len(path.vertices)]
    if not corners:
        return None
    return (
        float(min(one.x0 for one in corners)),
        float(min(one.y0 for one in corners)),
        float(max(one.x1 for one in corners)),
        float(max(one.y1 for one in corners)),
    )


def _count(points: Any) -> int:
    return len(points.get_offsets())


def _title(axes: Any) -> str:
    figure = axes.figure
    above = figure.get_suptitle() if figure is not None and hasattr(figure, "get_suptitle") else ""
    return cut(axes.get_title() or axes.get_title("left") or above)


def _legend(axes: Any) -> tuple[str, ...]:
    legend = axes.get_legend()
    found = [cut(one.get_text()) for one in [legend.get_title(), *legend.get_texts()]] if legend else []
    if not legend and axes.figure is not None:
        # geopandas puts a scale of colours beside the map, as axes of their own.
        beside = [one for one in axes.figure.axes if one is not axes and one.get_label() == "<colorbar>"]
        found += [cut(one.get_ylabel() or one.get_xlabel() or "colours") for one in beside]
    return tuple(text for text in found if text and text != "None")


def _texts(axes: Any) -> tuple[str, ...]:
    found = [*axes.texts, *(axes.figure.texts if axes.figure is not None else ())]
    title = _title(axes)
    return tuple(text for text in [title, cut(axes.get_xlabel()), *(cut(one.get_text()) for one in found)] if text)


def _chart(axes: Any) -> ChartFacts:
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_hex
    from matplotlib.container import BarContainer
    from matplotlib.patches import Rectangle

    bars = [one for group in axes.containers if isinstance(group, BarContainer) for one in group]
    bars = bars or [one for one in axes.patches if isinstance(one, Rectangle)]
    lines = [one for one in axes.lines if len(one.get_xdata()) > 1]
    points = [one for one in axes.collections if isinstance(one, PathCollection)]
    marks = [name for name, found in (("bar", bars), ("line", lines), ("point", points)) if found]
    upright = _upright(bars)
    count = len(bars) or sum(_count(one) for one in points) or len(lines)
    shades = [to_hex(one.get_facecolor()) for one in bars] + [to_hex(one.get_color()) for one in lines]
    return ChartFacts(
        made_with="matplotlib",
        title=_title(axes),
        marks=tuple(marks),
        x=AxisFacts(label=cut(axes.get_xlabel()), from_zero=_zero(axes.get_xlim(), bars, upright is False)),
        y=AxisFacts(label=cut(axes.get_ylabel()), from_zero=_zero(axes.get_ylim(), bars, upright is not False)),
        bars_upright=upright,
        count=count,
        colours=tuple(dict.fromkeys(shades)),
        legend=_legend(axes),
        texts=_texts(axes),
    )


def _upright(bars: list[Any]) -> bool | None:
    """Return whether bars stand: then they are all as wide as each other."""
    if not bars:
        return None
    widths = {round(float(one.get_width()), 9) for one in bars}
    heights = {round(float(one.get_height()), 9) for one in bars}
    return len(widths) <= len(heights)


def _zero(limits: tuple[float, float], bars: list[Any], along: bool) -> bool | None:
    """Return whether an axis begins at zero; None for the axis that bars stand side by side on."""
    if bars and not along:
        return None
    low, high = sorted(float(one) for one in limits)
    return low <= 0 <= high
