"""What tells the reader how far and which way: the scale bar and the arrow to the north."""

from __future__ import annotations

import math

from labkit.language import number, t
from labkit.maps.stills.frame import Frame
from labkit.maps.stills.text import COLOURS, Type, escape, written


def scale_bar(frame: Frame, wide: float, high: float, language: str) -> list[str]:
    """Return a bar of a round length, about a fifth of the map wide."""
    most = frame.metres(wide / 5)
    unit = 10.0 ** math.floor(math.log10(most))
    length = max(step * unit for step in (1, 2, 5) if step * unit <= most)
    long = wide / 5 * length / most
    decimals = max(0, -math.floor(math.log10(length)))
    text = f"{number(length / 1000, 0, language)} km" if length >= 1000 else f"{number(length, decimals, language)} m"
    left, bottom = 10, high - 10
    bar = f"M{left} {bottom - 5:g}v5h{long:.1f}v-5"
    edge = f'stroke="{COLOURS["halo"]}" stroke-width="4" stroke-linejoin="round"'
    return [
        f'<path d="{bar}" fill="none" {edge}/><path d="{bar}" fill="none" stroke="{COLOURS["ink"]}"/>',
        written(text, left + 4, bottom - 7, Type(11))
        .replace("<text", f"<text {edge}", 1)
        .replace(f'fill="{COLOURS["ink"]}"', f'fill="{COLOURS["halo"]}"'),
        written(text, left + 4, bottom - 7, Type(11)),
    ]


def north_arrow(wide: float, language: str) -> list[str]:
    """Return an arrow to the north for the upper right corner of the map."""
    x = wide - 20
    edge = f'stroke="{COLOURS["halo"]}" stroke-width="2" stroke-linejoin="round" paint-order="stroke"'
    return [
        f'<g role="img" aria-label="{escape(t("North is up", language))}">'
        f'<path d="M{x:g} 8l6 17l-6 -4.5l-6 4.5z" fill="{COLOURS["ink"]}" {edge}/>'
        f'<text x="{x:g}" y="38" text-anchor="middle" font-size="12" font-weight="700" '
        f'fill="{COLOURS["ink"]}" {edge}>N</text></g>'
    ]
