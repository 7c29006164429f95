"""A still picture of a map: for print, for a saved notebook, for whoever sees no scripts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labkit import look
from labkit.language import number, resolve, t
from labkit.maps.ground import Ground
from labkit.maps.layers import AreaLayer
from labkit.maps.stills.areas import drawn_areas, drawn_names, hatching
from labkit.maps.stills.frame import Frame
from labkit.maps.stills.furniture import north_arrow, scale_bar
from labkit.maps.stills.legend import drawn_legend
from labkit.maps.stills.picture import Still
from labkit.maps.stills.places import (
    drawn_badges,
    drawn_boxes,
    drawn_observation_rows,
    drawn_observations,
    room_of_signs,
)
from labkit.maps.stills.text import COLOURS, Type, escape, paragraph
from labkit.sources import credit_line

__all__ = ["Still", "description", "still"]

MARGIN, LEGEND, GAP, HEIGHT = 24, 240, 20, 560
#: Width of the whole picture with one map, and with two side by side.
ALONE, PAIR = 900, 1240
TITLE, SUBTITLE, CREDIT, HEAD = Type(22, 700), Type(14, 400, "soft"), Type(12, 400, "soft"), Type(13, 700)


@dataclass(frozen=True)
class _Panel:
    """One map of a picture: what it shows, and where it stands."""

    layer: AreaLayer | None
    left: float
    wide: float
    heading: str = ""


def still(
    layer: AreaLayer | None,
    title: str,
    subtitle: str = "",
    language: str | None = None,
    *,
    beside: AreaLayer | None = None,
    others: Sequence[Any] = (),
    ground: Ground | None = None,
) -> Still:
    """Draw a layer as a still picture; the same bytes for the same layer.

    Parameters
    ----------
    layer : AreaLayer or None
        What is shown; None for plain areas with only `others` on them.
    title, subtitle : str
        Written above the map.
    language : {"en", "nl"}, optional
        The current language if left out.
    beside : AreaLayer, optional
        A second layer, drawn beside it; where both have the same classes they share one legend.
    others : sequence of layers
        Projects and own observations that are drawn on the areas.
    ground : Ground, optional
        The areas; those of the layer if left out.

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
    if ground is None:
        assert layer is not None, "Plain areas need a ground."
        ground = Ground.under(layer)
    whole = PAIR if beside is not None else ALONE
    room = whole - 2 * MARGIN
    head, top = paragraph(title, MARGIN, MARGIN - 6, room, TITLE, 3)
    lines, top = paragraph(subtitle, MARGIN, top, room, SUBTITLE, 4)
    panels = _panels(layer, beside, language)
    top += 8
    maps, top = _maps(panels, ground, others, top, language)
    key, key_end = _key([one.layer for one in panels], others, MARGIN + room - LEGEND, top, language)
    below = max(top + HEIGHT, key_end) + 8
    foot, bottom = paragraph(_credit(panels, ground), MARGIN, below, room, CREDIT)
    said = " ".join([*(description(one.layer, language) for one in panels if one.layer), *_told(others, language)])
    return _picture(whole, math.ceil(bottom + MARGIN / 2), (title, said), language, [*head, *lines, *maps, *key, *foot])


def _panels(layer: AreaLayer | None, beside: AreaLayer | None, language: str) -> list[_Panel]:
    if layer is None or beside is None:
        return [_Panel(layer, MARGIN, ALONE - 2 * MARGIN - LEGEND - GAP)]
    wide = (PAIR - 2 * MARGIN - LEGEND - 2 * GAP) / 2
    names = [f"{one.about.label(language)}, {one.year}" for one in (layer, beside)]
    return [_Panel(layer, MARGIN, wide, names[0]), _Panel(beside, MARGIN + wide + GAP, wide, names[1])]


def _maps(
    panels: list[_Panel], ground: Ground, others: Sequence[Any], top: float, language: str
) -> tuple[list[str], float]:
    """Draw the maps; return them and where they begin, below their headings."""
    out: list[str] = []
    heads = [paragraph(one.heading, one.left, top, one.wide, HEAD, 2) for one in panels]
    top = max(end for _, end in heads) + (6 if panels[0].heading else 0)
    for one, (lines, _) in zip(panels, heads, strict=True):
        frame = Frame.around(ground.areas, one.wide, HEIGHT)
        marks, taken = _marks(others, ground, frame, language)
        size = f'x="{one.left:g}" y="{top:g}" width="{one.wide:g}" height="{HEIGHT}"'
        out += [
            *lines,
            f"<svg {size}>",
            *drawn_areas(ground, one.layer, frame, one.wide * HEIGHT),
            *marks,
            *drawn_names(ground, frame, one.wide, taken),
            *scale_bar(frame, one.wide, HEIGHT, language),
            *north_arrow(one.wide, language),
            "</svg>",
            f'<rect {size} fill="none" stroke="{COLOURS["line"]}"/>',
        ]
    return out, top


def _marks(others: Sequence[Any], ground: Ground, frame: Frame, language: str) -> tuple[list[str], list[Any]]:
    out: list[str] = []
    taken: list[Any] = []
    for one in others:
        if one.kind == "observations":
            out += drawn_observations(one, frame, language)
            taken += room_of_signs(one, frame)
        elif one.kind == "projects":
            badges, rooms = drawn_badges(ground, one, frame)
            out, taken = [*out, *badges], [*taken, *rooms]
    return out, taken


def _key(
    layers: list[AreaLayer | None], others: Sequence[Any], left: float, top: float, language: str
) -> tuple[list[str], float]:
    """Draw the legends: one for two layers with the same classes."""
    shown = [one for one in layers if one is not None]
    alike = len(shown) > 1 and shown[0].classes is not None and _key_of(shown[0]) == _key_of(shown[1])
    out: list[str] = []
    for several in [shown] if alike else [[one] for one in shown]:
        drawn, top = drawn_legend(several, left, top, LEGEND, language)
        out += drawn
        top += 14
    for one in others:
        rows = drawn_boxes if one.kind == "projects" else drawn_observation_rows
        if one.kind in ("projects", "observations"):
            drawn, top = rows(one, left, top - (0 if shown else 12), LEGEND, language)
            out += drawn
    return out, top


def _key_of(layer: AreaLayer) -> tuple[Any, ...]:
    classes = layer.classes
    return () if classes is None else (tuple(classes.lows), tuple(classes.highs), tuple(layer.colours))


def _credit(panels: list[_Panel], ground: Ground) -> str:
    shown = [one.layer for one in panels if one.layer is not None]
    sources = dict.fromkeys(source for layer in shown for source in layer.sources)
    if len(shown) > 1 and sources:
        return credit_line(sources)
    credits = [*(layer.credit for layer in shown), ground.credit]
    return "; ".join(one for at, one in enumerate(credits) if one and not any(one in other for other in credits[:at]))


def _told(others: Sequence[Any], language: str) -> list[str]:
    """Say in words what lies on the areas."""
    return [
        t("Projects: {count}.", language, count=len(one.projects))
        if one.kind == "projects"
        else f"{one.label} ({t('own observations', language)}): {len(one.table)}."
        for one in others
        if one.kind in ("projects", "observations")
    ]


def _picture(whole: int, height: int, said: tuple[str, str], language: str, parts: list[str]) -> Still:
    title, text = said
    return Still(
        "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{height}" '
                f'viewBox="0 0 {whole} {height}" lang="{language}" role="img" '
                f"aria-label=\"{escape(title)}\" font-family='{look.FONT}'>",
                f"<title>{escape(title)}</title>",
                f"<desc>{escape(text)}</desc>",
                hatching(),
                f'<rect width="{whole}" height="{height}" fill="{COLOURS["paper"]}"/>',
                *parts,
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
