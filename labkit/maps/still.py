"""A still picture of a map as plain SVG: for print, for a saved notebook, for whoever sees no scripts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from html import escape as escaped
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from labkit import look
from labkit.language import number, resolve, t
from labkit.maps.layers import AreaLayer, Outlines
from labkit.maps.legend import legend_rows
from labkit.maps.outlines import rings_of
from labkit.maps.svg_paths import svg_paths
from labkit.saving import save_text

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WIDTH, MARGIN, LEGEND = 900, 24, 240
MAP_WIDTH, MAP_HEIGHT = WIDTH - 2 * MARGIN - LEGEND - 20, 560
#: Names that are tried at most, and the square pixels on which one could fit at all.
MOST_NAMES, SMALLEST_NAMED = 250, 150
EARTH = 6_371_008.8  # mean radius in metres
COLOURS = {**look.LIGHT, **look.ALWAYS}


#: What XML 1.0 allows nowhere, not even escaped: a picture with one of these would not open.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape(text: str) -> str:
    r"""Return a text as it stands in XML, without the characters that XML does not allow.

    Examples
    --------
    >>> escape("Q&A\x0b <1>")
    'Q&amp;A &lt;1&gt;'
    """
    return escaped(_NOT_IN_XML.sub("", text))


@dataclass(frozen=True)
class Still:
    """A map as a picture; shows itself in a notebook.

    Attributes
    ----------
    svg : str
        The picture as SVG: plain shapes and text, no script, nothing to fetch.

    Examples
    --------
    >>> import labkit as lk
    >>> "<title" in lk.open_city("leiden").map("lonely", year=2020).still().svg
    True
    """

    svg: str

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file that ends in .svg, whole or not at all."""
        return save_text(path, self.svg)

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Frame:
    """Places longitudes and latitudes on the picture: flat, which a city is at this scale."""

    west: float
    north: float
    shrink: float  # a degree of longitude, in degrees of latitude
    scale: float  # pixels for a degree of latitude
    left: float
    top: float

    @classmethod
    def around(cls, outlines: Outlines) -> Frame:
        """Return the frame in which these outlines fill the map."""
        corners = rings_of(outlines).points
        if not len(corners):
            west, south, east, north = 4.0, 52.0, 4.1, 52.1
        else:
            (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        shrink = math.cos(math.radians((south + north) / 2))
        wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
        scale = min((MAP_WIDTH - 16) / wide, (MAP_HEIGHT - 16) / high)
        return cls(west, north, shrink, scale, (MAP_WIDTH - wide * scale) / 2, (MAP_HEIGHT - high * scale) / 2)

    def point(self, corner: Any) -> tuple[float, float]:
        """Return the pixels of a longitude and latitude."""
        x = self.left + (corner[0] - self.west) * self.shrink * self.scale
        y = self.top + (self.north - corner[1]) * self.scale
        return round(x, 1), round(y, 1)

    def pixels(self, points: Any) -> tuple[Any, Any]:
        """Return where many points lie, as `point` does for one."""
        x, y = points[:, 0], points[:, 1]
        return self.left + (x - self.west) * self.shrink * self.scale, self.top + (self.north - y) * self.scale

    def metres(self, pixels: float) -> float:
        """Return how many metres so many pixels are."""
        return math.radians(pixels / self.scale) * EARTH


def rings(feature: Any) -> list[Any]:
    """Return all rings of a feature's outline: of each part the outer one and its holes."""
    geometry = feature["geometry"]
    if geometry is None:
        return []
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]


def still(layer: AreaLayer, title: str, subtitle: str = "", language: str | None = None) -> Still:
    """Draw a layer as a still picture; the same bytes for the same layer.

    Parameters
    ----------
    layer : AreaLayer
        What is shown.
    title, subtitle : str
        Written above the map.
    language : {"en", "nl"}, optional
        The current language if left out.

    Returns
    -------
    Still

    Examples
    --------
    >>> import labkit as lk
    >>> layer = lk.open_city("leiden").map("lonely", year=2020).layers[0]
    >>> still(layer, "Lonely adults").svg[:4]
    '<svg'
    """
    language = resolve(language)
    frame = Frame.around(layer.areas)
    name = f"labkit-{layer.indicator}-{layer.level}-{layer.year}"
    head, top = _lines([(title, 22, 650, "ink", 70), (subtitle, 14, 400, "soft", 110)], MARGIN, MARGIN)
    map_top = top + 8
    legend, legend_bottom = _legend(layer, MARGIN + MAP_WIDTH + 20, map_top, language)
    below = max(map_top + MAP_HEIGHT, legend_bottom) + 12
    credit, bottom = _lines([(layer.credit, 12, 400, "soft", 140)], MARGIN, below)
    height = math.ceil(bottom + MARGIN / 2)
    return Still(
        "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
                f'viewBox="0 0 {WIDTH} {height}" lang="{language}" role="img" '
                f"aria-labelledby=\"{escape(name)}-title {escape(name)}-desc\" font-family='{look.FONT}'>",
                f'<title id="{escape(name)}-title">{escape(title)}</title>',
                f'<desc id="{escape(name)}-desc">{escape(description(layer, language))}</desc>',
                _hatching(),
                f'<rect width="{WIDTH}" height="{height}" fill="{COLOURS["paper"]}"/>',
                *head,
                f'<svg x="{MARGIN}" y="{map_top}" width="{MAP_WIDTH}" height="{MAP_HEIGHT}">',
                *_areas(layer, frame),
                *_names(layer, frame),
                *_scale_bar(frame, language),
                "</svg>",
                f'<rect x="{MARGIN}" y="{map_top}" width="{MAP_WIDTH}" height="{MAP_HEIGHT}" fill="none" '
                f'stroke="{COLOURS["line"]}"/>',
                *legend,
                *credit,
                "</svg>\n",
            ]
        )
    )


def description(layer: AreaLayer, language: str | None = None) -> str:
    """Say in words what the map shows: lowest, highest, and how many areas have no figure.

    Examples
    --------
    >>> import labkit as lk
    >>> description(lk.open_city("leiden").map("lonely", year=2020).layers[0], "en")[:20]
    'Map of 10 districts.'
    """
    known = [(value, name) for value, name in zip(layer.values, layer.names, strict=True) if value is not None]
    areas = layer.scale.plural(language)
    words = [t("Map of {count} {areas}.", language, count=len(layer.codes), areas=areas)]
    if known:
        (low, low_name), (high, high_name) = min(known), max(known)
        words.append(
            t(
                "Lowest: {low} {unit} ({low_name}). Highest: {high} {unit} ({high_name}).",
                language,
                unit=layer.about.unit_label(language),
                low=number(low, layer.decimals, language),
                high=number(high, layer.decimals, language),
                low_name=low_name,
                high_name=high_name,
            )
        )
    if layer.missing:
        words.append(t("Without a figure: {count}.", language, count=len(layer.missing)))
    return " ".join(words)


def _hatching() -> str:
    step = look.HATCH_STEP
    return (
        f'<defs><pattern id="labkit-hatch" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{COLOURS["hatch"]}"/>'
        f'<path d="M0 0V{step}" stroke="{COLOURS["hatch-line"]}" stroke-width="{look.HATCH_WIDTH}"/>'
        "</pattern></defs>"
    )


def _areas(layer: AreaLayer, frame: Frame) -> list[str]:
    around = [
        f'<path d="{path}" fill="{COLOURS["background"]}" stroke="{COLOURS["background-line"]}" stroke-width="1.5"/>'
        for path in _paths(layer.background or {"features": []}, frame)
    ]
    # The borders of thousands of areas are hairlines, or they would hide the areas.
    line = min(1.0, math.sqrt(MAP_WIDTH * MAP_HEIGHT / max(len(layer.codes), 1)) / 40)
    own = [
        f'<path d="{path}" fill="{_fill(layer, one)}"><title>{escape(name)}</title></path>'
        for path, one, name in zip(_paths(layer.areas, frame), layer.index, layer.names, strict=True)
    ]
    group = f'<g fill-rule="evenodd" stroke="{COLOURS["area-line"]}" stroke-width="{line:.2g}" stroke-linejoin="round">'
    return [*around, group, *own, "</g>"]


def _fill(layer: AreaLayer, one: int | None) -> str:
    return "url(#labkit-hatch)" if one is None else layer.colours[one]


def _paths(outlines: Outlines, frame: Frame) -> list[str]:
    found = rings_of(outlines)
    return svg_paths(found, *frame.pixels(found.points))


def _names(layer: AreaLayer, frame: Frame) -> list[str]:
    """Write names on the areas where they fit, the largest area first; see `assets/names.js`."""
    from shapely.geometry import box

    placed: list[BaseGeometry] = []
    written = []
    for shape, index in _largest_parts(layer, frame):
        middle = shape.representative_point() if not shape.contains(shape.centroid) else shape.centroid
        for lines in _foldings(layer.names[index]):
            # 7 pixels for a bold letter of 11: a little more than most take in the usual fonts.
            half = max(map(len, lines)) * 3.5, len(lines) * 6.5
            room = box(middle.x - half[0], middle.y - half[1], middle.x + half[0], middle.y + half[1])
            if room.intersection(shape).area >= 0.8 * room.area and not any(room.intersects(o) for o in placed):
                placed.append(room)
                written += _name(lines, middle.x, middle.y)
                break
    return written


def _largest_parts(layer: AreaLayer, frame: Frame) -> list[tuple[BaseGeometry, int]]:
    """Return the outer outlines on which a name may fit, the largest first, with the number of their area."""
    import numpy as np
    import shapely

    found = rings_of(layer.areas)
    ring = np.repeat(np.arange(len(found.rings)), found.rings)
    kept = found.rings[ring] >= 3
    if not kept.any():
        return []
    pixels = np.column_stack(frame.pixels(found.points[kept]))
    numbers, indices = np.unique(ring[kept], return_inverse=True)
    shapes = shapely.polygons(shapely.linearrings(pixels, indices=indices))
    areas, sizes = found.area_of_ring[numbers], shapely.area(shapes)
    order = [at for at in np.argsort(-sizes, kind="stable").tolist() if sizes[at] >= SMALLEST_NAMED]
    largest = {int(areas[at]): at for at in reversed(order)}  # of each area its largest part
    chosen = sorted(largest.items(), key=lambda one: -sizes[one[1]])[:MOST_NAMES]
    return [(shapely.make_valid(shapes[at]), index) for index, at in chosen]


def _foldings(name: str) -> list[list[str]]:
    """Return a name on one line, and on two if it has a place to break."""
    cuts = [at + 1 for at, letter in enumerate(name) if letter in " -"]
    if not cuts:
        return [[name]]
    cut = min(cuts, key=lambda at: abs(at - len(name) / 2))
    return [[name], [name[:cut].strip(), name[cut:]]]


def _name(lines: list[str], x: float, y: float) -> list[str]:
    first = y + 4 - 6.5 * (len(lines) - 1)
    return [
        f'<text x="{x:.1f}" y="{first + 13 * at:.1f}" text-anchor="middle" font-size="11" font-weight="600" '
        f'fill="{COLOURS["on-area"]}" stroke="{COLOURS["halo"]}" stroke-width="3" paint-order="stroke" '
        f'stroke-linejoin="round" aria-hidden="true">{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]


def _scale_bar(frame: Frame, language: str) -> list[str]:
    """Draw a bar of a round length, about a fifth of the map wide."""
    most = frame.metres(MAP_WIDTH / 5)
    unit = 10 ** math.floor(math.log10(most))
    length = max(step * unit for step in (1, 2, 5) if step * unit <= most)
    wide = MAP_WIDTH / 5 * length / most
    text = f"{number(length / 1000, 0, language)} km" if length >= 1000 else f"{number(length, 0, language)} m"
    left, bottom = 10, MAP_HEIGHT - 10
    return [
        f'<path d="M{left} {bottom - 5}v5h{wide:.1f}v-5" fill="none" stroke="{COLOURS["ink"]}"/>',
        f'<text x="{left + 4}" y="{bottom - 5}" font-size="11" fill="{COLOURS["ink"]}">{escape(text)}</text>',
    ]


def _legend(layer: AreaLayer, left: float, top: float, language: str) -> tuple[list[str], float]:
    """Draw the legend; return it with the height at which it ends."""
    heading = f"{layer.about.label(language)}, {layer.year}"
    right = left + LEGEND
    count = layer.scale.plural(language)
    room = max(12, 36 - len(count))  # the head of the column of counts stands on the last line
    out, y = _lines(
        [(heading, 14, 650, "ink", 29), (layer.about.unit_label(language), 13, 400, "soft", room)], left, top
    )
    out.append(
        f'<text x="{right}" y="{y - 5:.1f}" text-anchor="end" font-size="13" fill="{COLOURS["soft"]}">'
        f"{escape(count)}</text>"
    )
    for row in legend_rows(layer, language):
        fill = row.colour or "url(#labkit-hatch)"
        out += [
            f'<rect x="{left}" y="{y + 3:.1f}" width="28" height="18" fill="{fill}" stroke="{COLOURS["control"]}"/>',
            f'<text x="{left + 38}" y="{y + 17:.1f}" font-size="14" fill="{COLOURS["ink"]}">{escape(row.label)}</text>',
            f'<text x="{right}" y="{y + 17:.1f}" text-anchor="end" font-size="14" fill="{COLOURS["ink"]}">'
            f"{row.count}</text>",
        ]
        reason, y = _lines([(row.reason, 12, 400, "soft", 34)], left + 38, y + 24)
        out += reason
    for note in layer.remarks_for_all(language):
        lines, y = _lines([(note, 12, 400, "soft", 42)], left, y + 6)
        out += lines
    return out, y


def _lines(texts: list[tuple[str, int, int, str, int]], left: float, top: float) -> tuple[list[str], float]:
    """Write texts (text, size, weight, colour, letters a line) below each other; return them and their end."""
    out = []
    for text, size, weight, colour, letters in texts:
        for line in wrap(text, letters):
            top += size * 1.35
            out.append(
                f'<text x="{left}" y="{top - size * 0.3:.1f}" font-size="{size}" font-weight="{weight}" '
                f'fill="{COLOURS[colour]}">{escape(line)}</text>'
            )
    return out, top
