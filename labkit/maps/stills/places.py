"""Projects and own observations on a still picture: badges with counts, signs, and what lies beside the map."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from labkit.language import number, t
from labkit.maps.ground import Ground
from labkit.maps.project_spec import group_labels
from labkit.maps.stills.frame import MOST_PLACES, Frame, middle
from labkit.maps.stills.legend import HEADING, LABEL, NOTE
from labkit.maps.stills.text import COLOURS, paragraph, width, written

if TYPE_CHECKING:
    from labkit.maps.observations import ObservationLayer
    from labkit.maps.projects import ProjectLayer

_RADIUS = 10


def drawn_badges(ground: Ground, layer: ProjectLayer, frame: Frame) -> tuple[list[str], list[Any]]:
    """Draw a badge with the number of projects on each area that has some; return them and the room they take."""
    from shapely.geometry import box

    counts = Counter(code for one in layer.projects for code in one.areas)
    codes = ground.codes
    out, taken = [], []
    for shape, index in frame.parts(ground.areas):
        count = counts[codes[index]]
        if not count:
            continue
        x, y = middle(shape)
        radius = _RADIUS if count < 100 else _RADIUS + 3
        taken.append(box(x - radius, y - radius, x + radius, y + radius))
        out.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{COLOURS["ink"]}" stroke="{COLOURS["halo"]}" '
            f'stroke-width="1.5"/><text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11.5" '
            f'font-weight="700" fill="{COLOURS["paper"]}">{count}</text>'
        )
    return out, taken


def drawn_boxes(layer: ProjectLayer, left: float, top: float, room: float, language: str) -> tuple[list[str], float]:
    """Say below the legend how many projects stand on the map, and how many belong to no single area."""
    areas = layer.scale.plural(language)
    groups = dict(layer.groups)
    labels = group_labels(layer, language)
    rows = [(t("In one or more {areas}", language, areas=areas), groups.pop("areas", 0))]
    rows += [(labels[group], count) for group, count in groups.items()]
    out, y = paragraph(t("Projects", language), left, top + 12, room, HEADING)
    for at, (label, count) in enumerate(rows):
        text = number(count, 0, language)
        if not at:
            out.append(f'<circle cx="{left + 8:g}" cy="{y + 12:.1f}" r="7" fill="{COLOURS["ink"]}"/>')
        lines, end = paragraph(label, left + 24, y + 1, room - 34 - width(text, LABEL.size), LABEL)
        out += [*lines, written(text, left + room, y + 1 + LABEL.leading - LABEL.size * 0.3, LABEL, end=True)]
        y = end
    if any(len(one.areas) > 1 for one in layer.projects):
        note = t("A project in several {areas} is counted in each of them on the map.", language, areas=areas)
        lines, y = paragraph(note, left, y + 4, room, NOTE)
        out += lines
    return out, y


def drawn_observations(layer: ObservationLayer, frame: Frame, language: str) -> list[str]:
    """Draw own observations: areas by their outline, points as signs."""
    from labkit.maps.observations import PLAIN

    shapes = [shape for shape in layer.shapes if shape is not None and not shape.is_empty]
    if layer.places:
        style = f'fill="{layer.colour}" fill-opacity="0.25" stroke="{layer.colour}" stroke-width="2"'
        return [f'<path d="{path}" {style}/>' for path in frame.paths_of_shapes(shapes) if path]
    sizes = layer.spec(language).get("radius") or [PLAIN] * len(shapes)
    return [drawn_sign(layer, *frame.point(shape.x, shape.y), size) for shape, size in zip(shapes, sizes, strict=True)]


def room_of_signs(layer: ObservationLayer, frame: Frame) -> list[Any]:
    """Return the room that the signs of points take, so that no name is written over them."""
    from shapely.geometry import box

    if layer.places:
        return []
    spots = [frame.point(one.x, one.y) for one in layer.shapes if one is not None and not one.is_empty]
    return [box(x - 6, y - 6, x + 6, y + 6) for x, y in spots[:MOST_PLACES]]


def drawn_sign(layer: ObservationLayer, x: float, y: float, size: float) -> str:
    """Return the sign of own observations around a point."""
    style = f'fill="{layer.colour}" stroke="{COLOURS["halo"]}" stroke-width="1.5"'
    if layer.sign == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" {style}/>'
    corners, start = {"square": (4, 45), "diamond": (4, 0)}.get(layer.sign, (3, -90))
    angles = [math.radians(start + 360 * at / corners) for at in range(corners)]
    points = " ".join(f"{x + size * math.cos(one):.1f},{y + size * math.sin(one):.1f}" for one in angles)
    return f'<polygon points="{points}" {style}/>'


def drawn_observation_rows(
    layer: ObservationLayer, left: float, top: float, room: float, language: str
) -> tuple[list[str], float]:
    """Write the row of own observations in the legend, with its notes."""
    out: list[str] = []
    y = top + 12
    for row in layer.legend(language):
        count = number(row.count, 0, language)
        out.append(drawn_sign(layer, left + 8, y + 12, 6))
        lines, end = paragraph(row.label, left + 24, y + 1, room - 34 - width(count, LABEL.size), LABEL)
        out += [*lines, written(count, left + room, y + 1 + LABEL.leading - LABEL.size * 0.3, LABEL, end=True)]
        reason, y = paragraph(row.reason, left + 24, end, room - 24, NOTE, 5)
        out += reason
    return out, y
