"""Read a map of labkit."""

from __future__ import annotations

from typing import Any

from labkit.assignments.objects.describing import cut
from labkit.assignments.objects.facts import Kind, LayerFacts, MapFacts


def describe(value: Any) -> MapFacts | None:
    """Return what can be said of a map of labkit; None for other things of labkit."""
    from labkit.maps.districts import DistrictMap

    value = getattr(value, "map", value) if type(value).__name__ == "MapView" else value
    if not isinstance(value, DistrictMap):
        return None
    layers = [_areas(layer) for layer in value.area_layers]
    layers += [_other(layer) for layer in value.layers if layer.kind != "areas"]
    return MapFacts(
        made_with="labkit",
        title=cut(value.title),
        layers=tuple(layers),
        legend=tuple(cut(f"{row.label} {row.reason}") for row in value.legend),
        texts=tuple(
            cut(text) for text in [value.subtitle, *value.notes, *(one.credit for one in value.drawn_layers)] if text
        ),
    )


def _areas(layer: Any) -> LayerFacts:
    classes = layer.classes
    return LayerFacts(
        name=layer.indicator,
        level=layer.level,
        year=layer.year,
        features=len(layer.codes),
        values=dict(zip(layer.codes, layer.values, strict=True)),
        missing=len(layer.missing),
        missing_shown=True,  # labkit hatches them, with the reason; it cannot be switched off
        classes=None if classes is None else len(layer.colours),
        breaks=() if classes is None else _limits(classes),
        colours=tuple(layer.colours),
        crs="EPSG:4326",  # the outlines of a city package are RFC 7946
        tooltip=("name", "value", "unit"),
    )


def _limits(classes: Any) -> tuple[float, ...]:
    """Return the limits of classes; the lowest may be open, and then has none."""
    return tuple(float(one) for one in (classes.lows[0], *classes.edges) if abs(one) != float("inf"))


def _other(layer: Any) -> LayerFacts:
    kind: Kind = "points" if layer.kind in ("projects", "observations") else "areas"
    return LayerFacts(kind=kind, name=layer.kind, features=len(layer.table), crs="EPSG:4326")
