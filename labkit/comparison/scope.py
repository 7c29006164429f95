"""What a comparison needs to know of a city, and with whom an area is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from labkit.area import Area
from labkit.areas import Areas
from labkit.errors import LabkitError
from labkit.figure import Figure
from labkit.figures import Figures
from labkit.indicators import Indicator, Indicators
from labkit.sources import Source


class CityLike(Protocol):
    """A city, as far as a comparison looks at it."""

    @property
    def areas(self) -> Areas:
        """All areas."""

    @property
    def indicators(self) -> Indicators:
        """The catalogue."""

    @property
    def figures(self) -> Figures:
        """The figures."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Id -> source."""

    @property
    def home(self) -> Area:
        """The area that the city is."""

    @property
    def region(self) -> Area | None:
        """The region that it belongs to."""

    def title(self, language: str | None = None) -> str:
        """Return the city's name."""


def peer_scope(city: CityLike, area: Area) -> Area | None:
    """Return the area within which `area` is compared with others of its level.

    A district or neighbourhood is compared within its own municipality, a municipality within its region.
    None means: with all of its level.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> peer_scope(leiden, leiden.areas.find("Stevenshof")).name
    'Leiden'
    """
    home_depth = city.areas.level(city.home.level).depth
    if city.areas.level(area.level).depth > home_depth:
        return next((one for one in area.ancestors if one.level == city.home.level), None)
    return area.parent


def default_within(city: CityLike, level: str) -> Area | None:
    """Return the area whose parts are meant when only a level is named: the city itself, where it has them."""
    return city.home if city.areas.of_level(level, within=city.home) and level != city.home.level else None


def figure_for(city: CityLike, indicator: Indicator, area: Area, year: int) -> Figure | None:
    """Return an area's figure: the published one, or one put together from its parts where that is honest."""
    own = city.figures.get(indicator.id, area, year)
    if own is not None and own.value is not None:
        return own
    if not area.children:
        return own
    try:
        whole = city.figures.combine(indicator.id, area.children, year)
    except LabkitError:
        return own
    sources = {one.source for part in area.children if (one := city.figures.get(indicator.id, part, year))}
    return Figure(
        area.code,
        indicator.id,
        year,
        whole.value,
        whole.low,
        whole.high,
        0,
        ",".join(sorted(sources)),
        city.figures.statuses["derived"],
    )


def sources_of(city: CityLike, figures: list[Figure]) -> list[Source]:
    """Return the sources of figures, each once, in the order of the package."""
    used = {name for one in figures for name in one.source.split(",")}
    return [source for name, source in city.sources.items() if name in used]
