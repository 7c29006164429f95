"""A city as one compact JSON object: what the atlas page holds.

    language    the language in which the page opens
    title, home, region
    levels      id, names, areas [code, name, parent, border year], outlines (see `shapes`), border sources
    scopes      which areas stand on one map: level, within, members (positions on the level), if it has figures
    start       the view with which the page opens
    headline    the count that says how large an area is
    themes, units, statuses, sources, aliases, breaks, bands: what the texts need, in Dutch and English
    indicators  the catalogue
    figures     indicator -> level -> {"y": year -> block}; see `series`; if there are several years also "c": scope -> classes
                over all of them, and "n": their decimals, the fewest of any year, where the indicator has more
    redrawn     level -> year -> positions whose outline may not carry that year's figures
    ramps       number of classes -> colours

Everything that is statistics is done here. The same city gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from labkit import look, rounding
from labkit.area import Level
from labkit.breaks import Break
from labkit.comparison.scope import CityLike
from labkit.errors import NoFiguresError
from labkit.figure import Figure
from labkit.indicators import Indicator, Indicators
from labkit.language import LANGUAGES, resolve, t
from labkit.maps.atlas import series, shapes
from labkit.maps.atlas.scopes import Scope, scopes
from labkit.maps.atlas.series import whole
from labkit.maps.atlas.start import FAIR_KINDS, first_view
from labkit.sources import Source
from labkit.statuses import Status

Pair = dict[str, str]

_ENDLESS = 1e12


def payload(city: CityLike, language: str | None = None) -> dict[str, Any]:
    """Return everything that the page shows, ready for JSON.

    Parameters
    ----------
    city : City
        The opened city.
    language : {"en", "nl"}, optional
        The language in which the page opens; the current one if left out.

    Raises
    ------
    NoFiguresError
        If the package holds no figure with a value.

    Examples
    --------
    >>> import labkit as lk
    >>> data = payload(lk.open_city("leiden"))
    >>> [len(level["areas"]) for level in data["levels"]]
    [2, 9, 51, 54]
    """
    settings = city.package.settings
    levels = {level for indicator in city.indicators for level in city.figures.levels(indicator.id)}
    views = [scope for scope in scopes(city.areas, city.home, city.region) if scope.level in levels]
    if not views:
        raise NoFiguresError(
            t("This city package holds no figures. An atlas needs at least one; add some to its table of figures.")
        )
    found = _figures(city, views)
    used = _used_sources(city, found)
    return {
        "language": resolve(language),
        "title": pair(city.title),
        "home": city.home.code,
        "region": city.region.code if city.region is not None else "",
        "levels": [_level(city, level, views) for level in city.areas.levels],
        "scopes": [_scope(scope) for scope in views],
        "start": first_view(city, views),
        "headline": _headline(city.indicators),
        "themes": _themes(city, settings),
        "statuses": {one.id: _status(one) for one in city.figures.statuses.values()},
        "bands": {name: _band(rule) for name, rule in (settings.get("bands") or {}).items()},
        "sources": {name: _source(source) for name, source in city.sources.items() if name in used},
        "aliases": {area.code: names for area in city.areas if (names := city.areas.names(area, shared=True))},
        "breaks": [_break(one) for one in city.areas.breaks],
        "indicators": [_indicator(one) for one in city.indicators if one.id in found],
        "figures": found,
        "redrawn": _redrawn(city, found),
        "ramps": _ramps(),
    }


def pair(text: Callable[[str], str]) -> Pair:
    """Return a text in both languages.

    Examples
    --------
    >>> from labkit.texts import Text
    >>> pair(Text(nl="wijk", en="district"))
    {'en': 'district', 'nl': 'wijk'}
    """
    return {language: text(language) for language in LANGUAGES}


def _level(city: CityLike, level: Level, views: Sequence[Scope]) -> dict[str, Any]:
    areas = city.areas.of_level(level.id)
    drawn = level.id in {scope.level for scope in views} | {city.home.level}
    return {
        "id": level.id,
        "one": pair(level.label),
        "many": pair(level.plural),
        "areas": [[area.code, area.name, area.parent.code if area.parent else "", area.border_year] for area in areas],
        "outlines": [shapes.encode(area.geometry) for area in areas] if drawn else [],
        "sources": sorted({area.border_source for area in areas}) if drawn else [],
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {"level": scope.level, "within": scope.within.code if scope.within else "", "members": list(scope.members)}


def _figures(city: CityLike, views: Sequence[Scope]) -> dict[str, Any]:
    """Return all figures of all indicators that have any."""
    found: dict[str, Any] = {}
    for indicator in city.indicators:
        levels = {}
        for level in city.figures.levels(indicator.id):
            own = [(index, scope) for index, scope in enumerate(views) if scope.level == level]
            levels[level] = _of_level(city, indicator, level, own)
        if levels:
            found[indicator.id] = levels
    return found


def _of_level(city: CityLike, indicator: Indicator, level: str, views: Sequence[tuple[int, Scope]]) -> dict[str, Any]:
    """Return the blocks of all years of an indicator on a level, and the classes over all years."""
    codes = [area.code for area in city.areas.of_level(level)]
    years: dict[str, Any] = {}
    every: dict[int, list[float]] = {index: [] for index, _ in views}
    coarsest = indicator.decimals
    for year in city.figures.years(indicator.id, level):
        figures = dict(zip(codes, city.figures.of(indicator.id, level, year), strict=True))
        decimals = series.decimals(figures.values(), indicator)
        coarsest = min(coarsest, decimals)
        block = _block(city, indicator, year, figures, views, decimals)
        shown: list[str] = []
        for index, scope in views:
            inside = [figures[codes[member]] for member in scope.members]
            valued = [figure for figure in inside if figure.value is not None]
            on_map = _drawn(city, valued, year)
            every[index] += on_map
            if [one.area for one in valued] != shown:
                shown = [one.area for one in valued]
                block.setdefault("p", {})[str(index)] = series.places(valued)
                block.setdefault("c", {})[str(index)] = series.classes(on_map, decimals)
        years[str(year)] = block
    if len(years) < 2:
        return {"y": years}
    shared = {str(index): series.classes(values, coarsest) for index, values in every.items()}
    return {"y": years, "c": shared, **({"n": coarsest} if coarsest != indicator.decimals else {})}


def _drawn(city: CityLike, figures: Iterable[Figure], year: int) -> list[float]:
    """Return the values of figures that belong to the outlines on the map."""
    return [
        one.value
        for one in figures
        if one.value is not None and not city.areas.break_for_border(city.areas[one.area], year)
    ]


def _block(
    city: CityLike,
    indicator: Indicator,
    year: int,
    figures: Mapping[str, Figure],
    views: Sequence[tuple[int, Scope]],
    decimals: int,
) -> dict[str, Any]:
    """Return the figures of one year, in the order of the narrowest scope that holds them all."""
    order, own = list(figures), {}
    there = {code for code, figure in figures.items() if series.is_there(figure)}
    for index, scope in views:
        inside = [order[member] for member in scope.members]
        if len(inside) < len(order) and there <= set(inside):
            order, own = inside, {"m": index}
            break
    if decimals != indicator.decimals:
        own["n"] = decimals
    home = _home_figure(city, indicator, year) if indicator.kind in FAIR_KINDS else None
    return {**own, **series.block(list(figures.values()), order, limits(indicator), home, decimals)}


def limits(indicator: Indicator) -> tuple[float | None, float | None]:
    """Return the values beyond which a band of this indicator does not reach, None where there is no such value.

    Examples
    --------
    >>> import labkit as lk
    >>> limits(lk.open_city("leiden").indicators["lonely"])
    (0, 100)
    """
    # The ends of a band that is wider than any other: labkit.rounding knows where it is cut off.
    low, high = rounding.band(0, "", _ENDLESS, indicator, {})
    return whole(low) if abs(low) < _ENDLESS / 4 else None, whole(high) if high < _ENDLESS / 4 else None


def _home_figure(city: CityLike, indicator: Indicator, year: int) -> Figure | None:
    """Return the home area's figure, if it has a value that year."""
    figure = city.figures.get(indicator.id, city.home, year)
    return figure if figure is not None and figure.value is not None else None


def _indicator(one: Indicator) -> dict[str, Any]:
    low, high = limits(one)
    return {
        "id": one.id,
        "theme": one.theme,
        "kind": one.kind,
        "decimals": one.decimals,
        "weight": one.weight,
        "numerator": one.numerator,
        "limits": [low, high],
        "label": pair(one.label),
        "unit": pair(one.unit_label),
        "definition": pair(one.definition),
        "reference": pair(one.reference),
    }


def _status(one: Status) -> dict[str, Any]:
    return {"has_value": one.has_value, "label": pair(one.label), "note": pair(one.note)}


def _source(one: Source) -> dict[str, str]:
    path = one.path if one.path.startswith(("https://", "http://")) else ""
    return {"title": one.title, "publisher": one.publisher, "licence": one.licence, "credit": one.credit, "path": path}


def _break(one: Break) -> dict[str, Any]:
    return {
        "area": one.area,
        "indicator": one.indicator,
        "from": one.from_year,
        "to": one.to_year,
        "kind": one.kind,
        "note": pair(one.note),
    }


def _band(rule: Mapping[str, Any]) -> Pair:
    return {language: str(rule.get(f"note_{language}") or "") for language in LANGUAGES}


def _themes(city: CityLike, settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the themes that have an indicator, in the order of the package."""
    names = {one.theme: one for one in city.indicators}
    order = [item["id"] for item in settings.get("themes", [])] or list(names)
    return [{"id": name, "label": pair(names[name].theme_label)} for name in order if name in names]


def _headline(indicators: Indicators) -> str:
    """Return the count that says how large an area is: its residents, else what most indicators are out of."""
    if "population" in indicators:
        return "population"
    counts = Counter(one.weight for one in indicators if one.weight)
    return min(counts.items(), key=lambda item: (-item[1], item[0]))[0] if counts else ""


def _redrawn(city: CityLike, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return where an outline belongs to another division than a year's figures."""
    years = sorted({int(year) for levels in figures.values() for level in levels.values() for year in level["y"]})
    found: dict[str, Any] = {}
    for level in city.areas.levels:
        areas = city.areas.of_level(level.id)
        for year in years:
            redrawn = [place for place, area in enumerate(areas) if city.areas.break_for_border(area, year) is not None]
            if redrawn:
                found.setdefault(level.id, {})[str(year)] = redrawn
    return found


def _used_sources(city: CityLike, figures: Mapping[str, Any]) -> set[str]:
    used = {area.border_source for area in city.areas}
    for levels in figures.values():
        for level in levels.values():
            for block in level["y"].values():
                used |= {name for names in (block["o"], *block.get("ox", {})) for name in names.split(",")}
    return used


def _ramps() -> dict[str, Any]:
    return {**{str(k): look.ramp(k) for k in range(1, series.CLASSES + 1)}, "zero": look.zero_colour()}
