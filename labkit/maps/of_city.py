"""The map of one indicator of a city: its figures, outlines and surroundings put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from labkit.area import Area
from labkit.comparison.scope import CityLike, default_within, sources_of
from labkit.language import resolve
from labkit.maps.districts import DistrictMap, district_map
from labkit.maps.layers import area_layer
from labkit.sources import credit_line


def city_map(
    city: CityLike,
    indicator: str,
    level: str,
    year: int | None = None,
    within: str | Area | None = None,
    *,
    scheme: str | None = None,
    k: int = 5,
    breaks: Sequence[float] | None = None,
    palette: str | None = None,
    middle: float | None = None,
    language: str | None = None,
) -> DistrictMap:
    """Make the map of one indicator and year; see `labkit.city.City.map`."""
    language = resolve(language)
    one, scale = city.indicators[indicator], city.areas.level(level)
    scope = default_within(city, scale.id) if within is None else city.areas.find(within)
    when = city.figures.demand_year(one.id, scale.id, year, scope)
    figures = city.figures.of(one.id, scale.id, when, scope)
    areas = city.areas.of_level(scale.id, scope)
    undrawn = {area.code: found.note(language) for area in areas if (found := city.areas.break_for_border(area, when))}
    borders = {area.border_source for area in areas}
    sources = [*sources_of(city, figures), *(city.sources[name] for name in sorted(borders) if name in city.sources)]
    layer = area_layer(
        one,
        scale,
        when,
        city.areas.outlines(scale.id, scope),
        figures,
        scheme=scheme,
        k=k,
        breaks=breaks,
        palette=palette,
        middle=middle,
        background=_surroundings(city, scale.depth, scope),
        undrawn=undrawn,
        credit=credit_line(sources),
        notes=[*city.figures.band_notes(figures, language), *filter(None, [one.reference(language)])],
    )
    place = f", {scope.name}" if scope is not None else ""
    title = f"{one.label(language)}, {scale.plural(language)}{place}, {when}"
    return district_map(layer, title=title, subtitle=one.definition(language), language=language)


def _surroundings(city: CityLike, depth: int, scope: Area | None) -> dict[str, Any] | None:
    """Return the city's neighbours, where they are not on the map themselves."""
    home = city.areas.level(city.home.level)
    if depth <= home.depth or scope is None:
        return None
    around = city.areas.outlines(home.id)
    inside = {area.code for area in city.areas.of_level(home.id) if area.is_within(scope) or scope.is_within(area)}
    features = [one for one in around["features"] if one["properties"]["code"] not in inside]
    if scope.level != home.id and scope.is_within(city.home):  # a part of the city: the rest of it is quiet too
        rest = city.areas.outlines(scope.level, city.home)["features"]
        features += [one for one in rest if one["properties"]["code"] != scope.code]
    return {**around, "features": features} if features else None
