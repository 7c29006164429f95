"""The pictures on a poster: where the area lies, its map, strips of its like, lines over the years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from labkit import look
from labkit.area import Area
from labkit.comparison.change import Line
from labkit.comparison.profile import ProfileRow
from labkit.comparison.scope import CityLike
from labkit.language import number, t
from labkit.maps.ground import Ground
from labkit.maps.layers import AreaLayer
from labkit.maps.stills.areas import drawn_areas, drawn_names, hatching
from labkit.maps.stills.frame import Frame
from labkit.maps.stills.furniture import north_arrow, scale_bar
from labkit.maps.stills.text import COLOURS, escape
from labkit.rounding import decimals_shown

WIDE, HIGH = 560, 380


def _svg(wide: float, high: float, label: str, parts: Iterable[str], kind: str) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {wide:g} {high:g}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def locator(city: CityLike, area: Area, language: str) -> str:
    """Return a small map of the city with the area in it."""
    around = city.areas.outlines(area.level, city.home if area.is_within(city.home) else None)
    frame = Frame.around(around, 200, 200)
    codes = [feature["properties"]["code"] for feature in around["features"]]
    own = [
        f'<path d="{path}" fill="{look.ACCENT if code == area.code else COLOURS["background"]}" '
        f'stroke="{COLOURS["paper"]}" stroke-width="1.5"/>'
        for code, path in zip(codes, frame.paths(around), strict=True)
    ]
    label = area.name
    if len(codes) > 1:
        wide = city.title(language) if area.is_within(city.home) else city.areas.level(area.level).plural(language)
        label = t("Where {name} lies in {city}", language, name=area.name, city=wide)
    return _svg(200, 200, label, own, "locator")


def main_map(layer: AreaLayer, area: Area, label: str, language: str) -> str:
    """Return the map of the poster, with names, scale bar and north."""
    ground = Ground.under(layer)
    frame = Frame.around(ground.areas, WIDE, HIGH)
    chosen = [one for one in ground.areas["features"] if one["properties"]["code"] == area.code]
    edge = f'fill="none" stroke="{look.ACCENT}" stroke-width="4" stroke-linejoin="round"'
    parts = [
        hatching(),
        *drawn_areas(ground, layer, frame, WIDE * HIGH),
        *(f'<path d="{path}" {edge}/>' for path in frame.paths({"type": "FeatureCollection", "features": chosen})),
        *drawn_names(ground, frame, WIDE),
        *scale_bar(frame, WIDE, HIGH, language),
        *north_arrow(WIDE, language),
    ]
    return _svg(WIDE, HIGH, label, parts, "map")


def strip(row: ProfileRow, label: str) -> str:
    """Return a line on which each area of the level is a ring, and this one a red dot; "" without its like."""
    values = {one.area: one.value for one in row.peers if one.value is not None}
    if len(values) < 2 or row.figure.area not in values:
        return ""
    low, high = min(values.values()), max(values.values())
    places = {code: 8 + 184 * (value - low) / ((high - low) or 1) for code, value in values.items()}
    dots = [f'<path d="M4 10H196" stroke="{COLOURS["line"]}" stroke-width="1.5"/>']
    dots += [
        f'<circle cx="{x:.1f}" cy="10" r="4.5" fill="{COLOURS["paper"]}" stroke="{COLOURS["soft"]}" stroke-width="1.3"/>'
        for code, x in sorted(places.items())
        if code != row.figure.area
    ]
    dots.append(f'<circle cx="{places[row.figure.area]:.1f}" cy="10" r="7" fill="{look.ACCENT}"/>')
    return _svg(200, 20, label, dots, "strip")


def years(line: Line, label: str, language: str) -> str:
    """Return a line over the years, broken where the years cannot be compared."""
    figures = [one for part in line.segments for one in part if one.value is not None]
    first, last = figures[0].year, figures[-1].year
    values = [float(one.value or 0) for one in figures]
    low, high = min(0.0, *values), max(0.0, *values)  # from zero, so that no rounding looks like a leap
    span = (high - low) or 1.0

    def high_up(value: float) -> float:
        return 100 - 72 * (value - low) / span

    def at(one: Any) -> tuple[float, float]:
        return 30 + 120 * (one.year - first) / ((last - first) or 1), high_up(float(one.value))

    parts = [f'<path d="M8 {high_up(0):.1f}H172" stroke="{COLOURS["line"]}" stroke-width="1.5"/>']
    for segment in line.segments:
        points = [at(one) for one in segment if one.value is not None]
        if len(points) > 1:
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
            parts.append(f'<path d="M{path}" fill="none" stroke="{COLOURS["ink"]}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{COLOURS["ink"]}"/>' for x, y in points]
    for before, after in zip(line.segments, line.segments[1:], strict=False):
        x = (at(before[-1])[0] + at(after[0])[0]) / 2
        parts.append(f'<path d="M{x:.1f} 24V100" stroke="{look.ACCENT}" stroke-width="1.5" stroke-dasharray="3 3"/>')
    decimals = max(decimals_shown(one.step, line.indicator) for one in figures)
    for one in {figures[0].year: figures[0], figures[-1].year: figures[-1]}.values():
        x, y = at(one)
        text = number(float(one.value or 0), decimals, language)
        parts.append(
            f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle" font-size="15" font-weight="700" '
            f'fill="{COLOURS["ink"]}">{escape(text)}</text><text x="{x:.1f}" y="117" text-anchor="middle" '
            f'font-size="13" fill="{COLOURS["soft"]}">{one.year}</text>'
        )
    return _svg(180, 122, label, parts, "years")
