"""What a comparison needs to know of a city, and with whom an area is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from weakref import WeakKeyDictionary

from labkit.area import Area
from labkit.areas import Areas
from labkit.comparison.cells import DERIVED
from labkit.datapackage import Package
from labkit.errors import LabkitError
from labkit.figure import Figure
from labkit.figures import Figures
from labkit.indicators import Indicator, Indicators
from labkit.language import t
from labkit.sources import Source


class CityLike(Protocol):
    """A city, as far as a comparison looks at it."""

    @property
    def package(self) -> Package:
        """The package that it was read from."""

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

    @property
    def default_level(self) -> str:
        """The level that is meant when none is named."""

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
    """Return an area's figure: the published one, or one put together from its parts where that is honest.

    One that is put together has the status "derived". It is not made where the parts are known to differ from
    the whole by more than rounding: some things are counted for the whole only.
    """
    own = city.figures.get(indicator.id, area, year)
    if (own is not None and own.value is not None) or not _adds_up(city, indicator.id, area):
        return own
    return _together(city, indicator, area, year) or own


def _together(city: CityLike, indicator: Indicator, area: Area, year: int) -> Figure | None:
    if not area.children:
        return None
    try:
        whole = city.figures.combine(indicator.id, area.children, year)
    except LabkitError:
        return None
    used = [indicator.id, *([indicator.weight] if indicator.kind != "count" and indicator.weight else [])]
    parts = [city.figures.get(name, part, year) for part in area.children for name in used]
    sources = sorted({name for part in parts if part is not None for name in part.source.split(",")})
    state = city.figures.statuses["derived"]
    band = whole.value, whole.low, whole.high
    return Figure(area.code, indicator.id, year, *band, 0, ",".join(sources), state)


#: What was found of each city's parts, so that a profile asks it once.
_AGREEMENT: WeakKeyDictionary[Figures, dict[tuple[str, str], bool]] = WeakKeyDictionary()


def _adds_up(city: CityLike, indicator: str, area: Area) -> bool:
    """Return whether the parts agree with the whole in every year in which both are known."""
    known = _AGREEMENT.setdefault(city.figures, {})
    if (indicator, area.code) not in known:
        known[indicator, area.code] = _agree(city, indicator, area)
    return known[indicator, area.code]


def _agree(city: CityLike, indicator: str, area: Area) -> bool:
    one = city.indicators[indicator]
    for year in city.figures.years(indicator, area.level):
        own = city.figures.get(indicator, area, year)
        whole = _together(city, one, area, year) if own is not None and own.value is not None else None
        if own is not None and whole is not None and own.differs_from(whole):
            return False
    return True


def notes_on(city: CityLike, figures: Iterable[Figure | None]) -> list[str]:
    """Return what must be said of figures: how sure they are, and that the marked ones are not published."""
    known = [one for one in figures if one is not None]
    notes = city.figures.band_notes(known)
    if any(one.status == "derived" for one in known):
        notes.append(t("{mark} Not published as such, but derived from other figures.", mark=DERIVED))
    return notes


def sources_of(city: CityLike, figures: list[Figure]) -> list[Source]:
    """Return the sources of figures, each once, in the order of the package."""
    used = {name for one in figures for name in one.source.split(",")}
    return [source for name, source in city.sources.items() if name in used]
