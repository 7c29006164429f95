"""The map of a city: its figures, outlines and surroundings put together."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from labkit.area import Area
from labkit.asked import several
from labkit.comparison.scope import default_within, sources_of
from labkit.errors import NoFiguresError, WrongUseError
from labkit.indicators import Indicator
from labkit.language import resolve, t
from labkit.maps.districts import DistrictMap
from labkit.maps.ground import Ground, border_sources, surroundings
from labkit.maps.layers import AreaLayer, area_layer
from labkit.maps.scope import CityWithRegister
from labkit.maps.sharing import shared
from labkit.maps.titles import title_of_areas, title_of_places
from labkit.sources import credit_line

COMPARE = ("swipe", "side")


@dataclass(frozen=True)
class Wish:
    """What was asked of a map, as far as its layers of areas go."""

    indicators: list[Indicator]
    years: list[Any] | str | None
    scheme: str | None
    k: int
    breaks: Sequence[float] | None
    palette: str | None
    middle: float | None
    language: str

    @property
    def how(self) -> dict[str, Any]:
        """How classes are made."""
        return {"scheme": self.scheme, "k": self.k, "breaks": self.breaks, "middle": self.middle}


def city_map(
    city: CityWithRegister,
    indicator: str | Iterable[Any] | None,
    level: str,
    year: int | Iterable[int] | str | None = None,
    within: str | Area | None = None,
    *,
    projects: Any = None,
    coverage: bool = False,
    observations: Any = None,
    compare: str | None = None,
    classes: str | None = None,
    title: str | None = None,
    language: str | None = None,
    **look: Any,
) -> DistrictMap:
    """Make a map of a city; see `labkit.showing.Showing.map`."""
    language = resolve(language)
    if compare is not None and compare not in COMPARE:
        raise WrongUseError(t('Maps are compared with "swipe" or "side"; not {given}.', given=repr(compare)))
    scale = city.areas.level(level)
    scope = default_within(city, scale.id) if within is None else city.areas.find(within)
    areas = city.areas.of_level(scale.id, scope)
    borders = border_sources(city, areas)
    ground = Ground(
        scale,
        city.areas.outlines(scale.id, scope),
        surroundings(city, scale.depth, scope),
        credit_line(borders),
        tuple(borders),
        scope,
    )
    wish = Wish(_indicators(city, indicator), _years(year), language=language, **look)
    pairs, notes = _pairs(city, wish, scale.id, scope)
    layers = [_layer(city, one, when, ground, scope, wish) for one, when in pairs]
    if compare is not None and len(layers) != 2:
        raise WrongUseError(
            t(
                "Two maps are compared: two indicators, or two years of one; this makes {count}.",
                count=len(layers),
            )
        )
    layers = shared(layers, classes, compared=compare is not None, language=language, how=wish.how)
    place = f", {scope.name}" if scope is not None else ""
    made = DistrictMap(
        layers,
        title or title_of_areas(layers, ground, language, place),
        wish.indicators[0].definition(language) if len(wish.indicators) == 1 else "",
        language,
        ground=ground,
        compare=compare,
        notes=notes,
        city=city,
    )
    _with_more(made, projects, coverage, observations)
    if not layers and made.layers and title is None:
        made.title = title_of_places(made, place)
    return made


def _with_more(made: DistrictMap, projects: Any, coverage: Any, observations: Any) -> None:
    """Add what does not consist of figures."""
    if projects is not None and projects is not False:
        made.add_projects(projects)
    if coverage:
        made.add_coverage()
    if observations is not None:
        for one in observations if isinstance(observations, list | tuple) else [observations]:
            made.add_observations(one)


def _indicators(city: CityWithRegister, given: Any) -> list[Indicator]:
    """Return the indicators that are meant, each once."""
    if given is None:
        return []
    names = [one.id if isinstance(one, Indicator) else one for one in several(given)]
    if not names:
        raise WrongUseError(
            t("This list of indicators is empty. Name at least one, or leave it out for a map of places alone.")
        )
    return list({city.indicators[one].id: city.indicators[one] for one in names}.values())


def _years(given: Any) -> list[Any] | str | None:
    if given is None or (isinstance(given, str) and given == "all"):
        return given
    years = several(given)
    if not years:
        raise WrongUseError(t('This list of years is empty. Name at least one, or write "all".'))
    return years


def _pairs(
    city: CityWithRegister, wish: Wish, level: str, scope: Area | None
) -> tuple[list[tuple[Indicator, int]], list[str]]:
    """Return which indicators and years are shown, and notes on what is not there.

    One indicator without figures is refused. Of several, what is not there is left out and said.
    """
    pairs: list[tuple[Indicator, int]] = []
    absent: dict[str, list[str]] = {}
    refused: NoFiguresError | None = None
    for one in wish.indicators:
        years = [None] if wish.years is None else wish.years
        if isinstance(years, str):
            years = list(city.figures.years(one.id, level, scope)) or [None]
        found = []
        for year in years:
            try:
                found.append(city.figures.demand_year(one.id, level, year, scope))
            except NoFiguresError as error:
                if len(wish.indicators) == 1:
                    raise
                refused = refused or error
                absent.setdefault(one.label(wish.language), []).append("" if year is None else str(year))
        pairs += [(one, year) for year in sorted(set(found))]
    if refused is not None and not pairs:
        raise refused
    notes = [_absence(label, years, wish.language) for label, years in absent.items()]
    for note in notes:
        warnings.warn(note, stacklevel=4)
    return pairs, notes


def _absence(label: str, years: list[str], language: str) -> str:
    named = ", ".join(filter(None, years))
    if not named:
        return t("Not on this map, for there are no figures on this level: {label}.", language, label=label)
    return t("Not on this map, for there are no figures: {label} ({years}).", language, label=label, years=named)


def _layer(
    city: CityWithRegister, one: Indicator, when: int, ground: Ground, scope: Area | None, wish: Wish
) -> AreaLayer:
    figures = city.figures.of(one.id, ground.level, when, scope)
    areas = city.areas.of_level(ground.level, scope)
    breaks = {area.code: city.areas.break_for_border(area, when) for area in areas}
    sources = [*sources_of(city, figures), *ground.sources]
    return area_layer(
        one,
        ground.scale,
        when,
        ground.areas,
        figures,
        **wish.how,
        palette=wish.palette,
        background=ground.background,
        undrawn={code: found.note(wish.language) for code, found in breaks.items() if found},
        credit=credit_line(sources),
        sources=sources,
        notes=[*city.figures.band_notes(figures, wish.language), *filter(None, [one.reference(wish.language)])],
    )
