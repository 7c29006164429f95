"""Areas on a still picture: their colours, the quiet ones around them, and names where they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from labkit import look
from labkit.maps.ground import Ground
from labkit.maps.layers import AreaLayer
from labkit.maps.stills.frame import Frame, middle
from labkit.maps.stills.text import COLOURS, Type, escape, width
from labkit.register.wording import clean

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NAME = Type(11, 600, "on-area")
HATCHED = "url(#labkit-hatch)"


def hatching() -> str:
    """Return the pattern of areas without a figure."""
    step = look.HATCH_STEP
    return (
        f'<defs><pattern id="labkit-hatch" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{COLOURS["hatch"]}"/>'
        f'<path d="M0 0V{step}" stroke="{COLOURS["hatch-line"]}" stroke-width="{look.HATCH_WIDTH}"/>'
        "</pattern></defs>"
    )


def drawn_areas(ground: Ground, layer: AreaLayer | None, frame: Frame, room: float) -> list[str]:
    """Return the areas around, then the map's own in the colours of a layer; without one they are plain."""
    around = [
        f'<path d="{path}" fill="{COLOURS["background"]}" stroke="{COLOURS["background-line"]}" stroke-width="1.5"/>'
        for path in frame.paths(ground.background or {"features": []})
    ]
    names = ground.names
    index = [] if layer is None else layer.index
    colours = [] if layer is None else layer.colours
    fills = [HATCHED if one is None else colours[one] for one in index] or [COLOURS["paper"]] * len(names)
    # The borders of thousands of areas are hairlines, or they would hide the areas.
    line = min(1.0, math.sqrt(room / max(len(names), 1)) / 40)
    own = [
        f'<path d="{path}" fill="{fill}"><title>{escape(name)}</title></path>'
        for path, fill, name in zip(frame.paths(ground.areas), fills, names, strict=True)
    ]
    group = f'<g fill-rule="evenodd" stroke="{COLOURS["area-line"]}" stroke-width="{line:.2g}" stroke-linejoin="round">'
    return [*around, group, *own, "</g>"]


def drawn_names(ground: Ground, frame: Frame, wide: float, taken: Sequence[BaseGeometry] = ()) -> list[str]:
    """Write names on the areas where they fit, the largest area first; see `assets/names.js`.

    Parameters
    ----------
    ground : Ground
        The areas.
    frame : Frame
        Where they lie on the picture.
    wide : float
        How wide the picture is: a name does not run off it.
    taken : sequence of shapely geometries
        Where something else stands already, in pixels.
    """
    placed: list[BaseGeometry] = list(taken)
    written: list[str] = []
    names = ground.names
    for shape, index in frame.parts(ground.areas):
        x, y = middle(shape)
        for lines in _foldings(clean(names[index])):
            found = _room(lines, x, y, shape, placed)
            if found is not None and found[0].bounds[0] >= 0 and found[0].bounds[2] <= wide:
                placed.append(found[0])
                written += _name(lines, x, found[1])
                break
    return written


def _room(
    lines: list[str], x: float, y: float, shape: Any, placed: list[BaseGeometry]
) -> tuple[BaseGeometry, float] | None:
    """Return where a name stands: in the middle of its area, or a little below or above it."""
    from shapely.geometry import box

    # Names are set in a common font: nine tenths of what the widest one takes.
    half, high = max(width(line, _NAME.size, _NAME.weight) for line in lines) * 0.45 + 1, len(lines) * 6.5
    for down in (0, 15, -15, 21, -21):
        room = box(x - half, y + down - high, x + half, y + down + high)
        if not any(room.intersects(one) for one in placed) and room.intersection(shape).area >= 0.8 * room.area:
            return room, y + down
    return None


def _foldings(name: str) -> list[list[str]]:
    """Return a name on one line, and on two if it has a place to break."""
    cuts = [at + 1 for at, letter in enumerate(name) if letter in " -"]
    if not cuts:
        return [[name]] if name.strip() else []
    cut = min(cuts, key=lambda at: abs(at - len(name) / 2))
    return [[name], [name[:cut].strip(), name[cut:].strip()]]


def _name(lines: list[str], x: float, y: float) -> list[str]:
    first = y + 4 - 6.5 * (len(lines) - 1)
    return [
        f'<text x="{x:.1f}" y="{first + 13 * at:.1f}" text-anchor="middle" font-size="{_NAME.size:g}" '
        f'font-weight="{_NAME.weight}" fill="{COLOURS["on-area"]}" stroke="{COLOURS["halo"]}" stroke-width="3" '
        f'paint-order="stroke" stroke-linejoin="round" aria-hidden="true">{escape(line)}</text>'
        for at, line in enumerate(lines)
    ]
