"""What a poster tells of an area: chosen by fixed rules, so that no one picks the figures that suit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labkit.area import Area, Level
from labkit.comparison.change import Line
from labkit.comparison.profile import Profile, ProfileRow, profile
from labkit.comparison.scope import CityLike
from labkit.errors import NoFiguresError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import t

#: How many rows of figures and lines over the years fit on the page.
ROWS, LINES = 7, 3


@dataclass(frozen=True)
class Detail:
    """The indicator of the map: its areas, the level that they have, and the area within which they lie."""

    indicator: Indicator
    level: Level
    year: int
    within: Area


def profile_of(city: CityLike, area: Area) -> Profile | None:
    """Return the profile of an area; None if it has no figures at all."""
    try:
        return profile(city, area)
    except NoFiguresError:
        return None


def key_figures(rows: Sequence[ProfileRow], most: int = ROWS) -> list[ProfileRow]:
    """Return at most so many figures: of each theme in turn the one that says most, in the order of the profile.

    A figure that clearly differs from the city comes first, then one that has its like to compare with; a special
    case of another indicator ("x" and "x_65plus") comes last.
    """
    all_ = [row.indicator for row in rows]
    known = [row for row in rows if row.figure.value is not None and row.indicator.kind not in ("count", "index")]
    by_theme: dict[str, list[ProfileRow]] = {}
    for row in sorted(known, key=lambda one: _dullness(one, all_)):
        by_theme.setdefault(row.indicator.theme, []).append(row)
    chosen: list[ProfileRow] = []
    turn = 0
    while len(chosen) < most and any(len(one) > turn for one in by_theme.values()):
        for theme in dict.fromkeys(row.indicator.theme for row in rows):
            if len(by_theme.get(theme, ())) > turn and len(chosen) < most:
                chosen.append(by_theme[theme][turn])
        turn += 1
    return [row for row in rows if row in chosen]


def _dullness(row: ProfileRow, all_: list[Indicator]) -> tuple[bool, bool, bool]:
    special = is_special(row.indicator, all_)
    clear = row.city is not None and row.figure.differs_from(row.city)
    return special, not clear, len(row.peers) < 2


def is_special(one: Indicator, others: Iterable[Indicator]) -> bool:
    """Return whether an indicator is a special case of another of its kind: "lonely_65plus" of "lonely"."""
    return any(one.kind == other.kind and one.id.startswith(f"{other.id}_") for other in others)


def chosen_detail(city: CityLike, area: Area, indicator: str, year: int | None = None) -> Detail:
    """Return the map of an indicator that somebody chose: of the parts of the area, or else among its neighbours.

    Raises
    ------
    UnknownNameError
        If there is no such indicator.
    NoFiguresError
        If neither the parts of the area nor its neighbours have a figure, or none in that year.
    """
    one = city.indicators[indicator]
    held: set[int] = set()
    for level, within in _grounds(city, area):
        years = [
            when
            for when in city.figures.years(one.id, level.id)
            if any(figure.value is not None for figure in city.figures.of(one.id, level.id, when, within))
        ]
        if years and year in (None, *years):
            return Detail(one, level, years[-1] if year is None else year, within)
        held.update(years)
    if held:
        raise NoFiguresError(
            t(
                "There are no figures of {indicator} in {year} for a map of {area}. There are in: {years}.",
                indicator=one.id,
                year=year,
                area=area.name,
                years=", ".join(map(str, sorted(held))),
            )
        )
    raise NoFiguresError(
        t(
            "There are no figures of {indicator} for a map of {area}: its parts and its neighbours have none. "
            "Leave the indicator out, or choose another.",
            indicator=one.id,
            area=area.name,
        )
    )


def detail(city: CityLike, area: Area) -> Detail | None:
    """Return what the map shows: the share, rate or mean on which the parts of the area lie furthest apart.

    An area without parts is shown among its neighbours, and so is one whose parts have no figures.
    """
    all_ = list(city.indicators)
    for level, within in _grounds(city, area):
        found: list[tuple[float, int, Detail]] = []
        for at, one in enumerate(city.indicators):
            years = city.figures.years(one.id, level.id)
            if one.kind in ("count", "index") or is_special(one, all_) or not years:
                continue
            figures = city.figures.of(one.id, level.id, years[-1], within)
            values = [figure.value for figure in figures if figure.value is not None]
            areas = city.areas.of_level(level.id, within)
            if len(values) > 1 and 2 * len(values) >= len(areas):
                spread = (max(values) - min(values)) / (max(map(abs, values)) or 1)
                found.append((-spread * (one.kind == "share"), at, Detail(one, level, years[-1], within)))
        if found:
            return min(found, key=lambda one: one[:2])[2]
    return None


def _grounds(city: CityLike, area: Area) -> list[tuple[Level, Area]]:
    out = []
    if len(area.children) > 1:
        out.append((city.areas.level(area.children[0].level), area))
    out += [(city.areas.level(area.level), above) for above in area.ancestors]
    return out


def lines_of(city: CityLike, area: Area, rows: Sequence[ProfileRow]) -> list[Line]:
    """Return the lines with most years that can be compared: of the key figures first, then of the others."""
    all_ = [row.indicator for row in rows]
    shown = {row.indicator.id for row in key_figures(rows)}
    found: list[tuple[bool, int, int, Line]] = []
    for at, row in enumerate(rows):
        one = row.indicator
        if is_special(one, all_) or one.kind == "index":
            continue
        held: list[Figure] = []
        for year in city.figures.years(one.id, area.level):
            figure = city.figures.get(one.id, area, year)
            if figure is not None and figure.value is not None:
                held.append(figure)
        if len(held) > 2:
            found.append((one.id not in shown, -len(held), at, Line(city, area, one, held)))
    chosen: dict[str, Line] = {}
    for *_, line in sorted(found, key=lambda one: one[:3]):
        chosen.setdefault(line.indicator.theme, line)
    return list(chosen.values())[:LINES]
