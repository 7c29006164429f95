"""The legend of a still picture: classes with how many areas are in each, reasons, notes."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.language import number
from labkit.maps.layers import AreaLayer
from labkit.maps.legend import legend_rows
from labkit.maps.stills.areas import HATCHED
from labkit.maps.stills.text import COLOURS, Type, paragraph, width, written

HEADING, LABEL, UNIT, NOTE = Type(14, 700), Type(14), Type(13, 400, "soft"), Type(12, 400, "soft")
#: More reasons than this are a list that nobody reads beside a map; the table has them all.
_REASONS = 6


def drawn_legend(
    layers: list[AreaLayer], left: float, top: float, room: float, language: str
) -> tuple[list[str], float]:
    """Draw the legend of one layer, or of two that share their classes; return it and the height where it ends."""
    first = layers[0]
    years = " / ".join(dict.fromkeys(str(layer.year) for layer in layers))
    labels = " / ".join(dict.fromkeys(layer.about.label(language) for layer in layers))
    out, y = paragraph(f"{labels}, {years}", left, top, room, HEADING)
    areas = first.scale.plural(language)
    lines, y = paragraph(first.about.unit_label(language), left, y, room - width(areas, UNIT.size) - 12, UNIT)
    if not lines:
        y += UNIT.leading
    out += [*lines, written(areas, left + room, y - UNIT.size * 0.3, UNIT, end=True)]
    for row in rows_of(layers, language):
        drawn, y = _row(row, left, y, room, language)
        out += drawn
    for note in dict.fromkeys(note for layer in layers for note in layer.remarks_for_all(language)):
        lines, y = paragraph(note, left, y + 6, room, NOTE)
        out += lines
    return out, y


@dataclass(frozen=True)
class _Row:
    """A row of a legend: with one count for each map that it belongs to."""

    label: str
    colour: str | None
    reason: str
    counts: list[int]


def rows_of(layers: list[AreaLayer], language: str) -> list[_Row]:
    """Return the rows of the legend; of two layers that share their classes both counts stand in a row."""
    together: dict[tuple[str, str | None, str], list[int]] = {}
    for at, layer in enumerate(layers):
        for row in legend_rows(layer, language):
            together.setdefault((row.label, row.colour, row.reason), [0] * len(layers))[at] += row.count
    rows = [_Row(*key, counts) for key, counts in together.items()]
    classes, hatched = [row for row in rows if row.colour], [row for row in rows if not row.colour]
    if len(hatched) > _REASONS:
        rest = hatched[_REASONS - 1 :]
        sums = [sum(row.counts[at] for row in rest) for at in range(len(layers))]
        hatched = [*hatched[: _REASONS - 1], _Row("...", None, "", sums)]
    return [*classes, *hatched]


def _row(row: _Row, left: float, y: float, room: float, language: str) -> tuple[list[str], float]:
    count = " / ".join(number(one, 0, language) for one in row.counts)
    fill = row.colour or HATCHED
    out = [
        f'<rect x="{left:g}" y="{y + 3:.1f}" width="28" height="18" fill="{fill}" stroke="{COLOURS["control"]}"/>',
        written(count, left + room, y + 17, LABEL, end=True),
    ]
    labels, end = paragraph(row.label, left + 38, y + 2.3, room - 38 - width(count, LABEL.size) - 10, LABEL)
    reason, end = paragraph(row.reason, left + 38, max(end, y + 22) + 2, room - 38, NOTE, 4)
    return [*out, *labels, *reason], end
