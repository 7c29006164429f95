"""A city: one opened package, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.area import Area, Level
from labkit.areas import Areas
from labkit.datapackage import Package, comes_with_labkit
from labkit.errors import PackageError
from labkit.figures import Figures
from labkit.indicators import Indicators
from labkit.language import t
from labkit.overview import overview, overview_html
from labkit.showing import Showing
from labkit.sources import Source
from labkit.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from labkit.comparison.change import Change
    from labkit.comparison.compare import Comparison
    from labkit.comparison.correlation import Correlation
    from labkit.comparison.profile import Profile
    from labkit.comparison.ranking import Ranking
    from labkit.packagechecks.fault import Faults
    from labkit.register.register import Register
    from labkit.widgets.record_form import RecordForm


class City(Showing):
    """A city, opened from its package.

    Attributes
    ----------
    name : str
        The package's name ("leiden").
    home : Area
        The area that the city is.
    region : Area or None
        The region that it belongs to.
    areas : Areas
        All areas of the package.
    indicators : Indicators
        What is measured.
    figures : Figures
        The figures; call it to select some.
    sources : dict
        Id -> Source.
    default_level : str
        The level that is meant when none is named.

    The plural of a level gives its borders: `leiden.districts`, `leiden.neighbourhoods`.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> list(leiden.districts["name"][:2])
    ['Binnenstad-Zuid', 'Binnenstad-Noord']
    """

    def __init__(self, package: Package, register: str | Path | None = None) -> None:
        self.package = package
        self._register = Path(register) if register is not None else package.path / "register"
        self._protected = register is None and comes_with_labkit(package.path)
        settings = package.settings
        self.name = str(package.descriptor.get("name") or package.path.name)
        self.titles = Text.of(settings["title"])
        self.sources = {
            item["name"]: Source.of(item) for item in package.descriptor.get("sources", []) if "name" in item
        }
        self.areas = Areas.read(package)
        self.indicators = Indicators.read(package)
        self.home = self._named("home")
        self.region = self._named("region") if settings.get("region") else None
        self.default_level = self.areas.level(settings["default_level"]).id

    @cached_property
    def figures(self) -> Figures:
        """The figures; read from the package when they are first asked for."""
        return Figures.read(self.package, self.areas, self.indicators)

    @cached_property
    def register(self) -> Register:
        """The register of questions, offers, projects, partners, agreements and outcomes."""
        from labkit.register.register import Register

        Register.form_maker = staticmethod(_form)
        return Register.at(self._register, self, protected=self._protected)

    def title(self, language: str | None = None) -> str:
        """Return the city's name in Dutch or English."""
        return self.titles(language)

    def __getattr__(self, name: str) -> gpd.GeoDataFrame:
        if hasattr(type(self), name):
            return object.__getattribute__(self, name)  # it failed inside: let its own error be seen
        if not name.startswith("_") and "areas" in self.__dict__:
            for level in self.areas.levels:
                if name == level.resource:
                    return self.borders(level.id)
        raise AttributeError(
            f"A city has no {name!r}. It has areas, indicators, figures, sources, profile, compare, rank, map and more."
        )

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *(level.resource for level in self.areas.levels)]

    def borders(self, level: str | None = None, crs: int | str = 4326) -> gpd.GeoDataFrame:
        """Return the borders of the city's own areas of a level; of all, where the level is not inside the city.

        Parameters
        ----------
        level : str, optional
            A level; the city's default level if left out.
        crs : int or str
            4326 for degrees (WGS84), 28992 for RD New metres.

        Returns
        -------
        GeoDataFrame
            Columns code, name, level, parent, border_year, geometry.
        """
        wanted = self.areas.level(level or self.default_level)
        return self.areas.borders(wanted.id, within=self._scope(wanted), crs=crs)

    def profile(self, area: str | Area, theme: str | None = None, year: int | None = None) -> Profile:
        """Show an area by theme: its figures against the city and the region, and its place among its like.

        Parameters
        ----------
        area : str or Area
            An area by name or code.
        theme : str, optional
            One theme only.
        year : int, optional
            One year only; the newest of each indicator if left out.

        Returns
        -------
        Profile
            Shows itself; has `.table`, `.chart()`, `.sources`, `.notes`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").profile("Stevenshof").title
        'Stevenshofdistrict (district)'
        """
        from labkit.comparison.profile import profile

        return profile(self, area, theme, year)

    def compare(
        self,
        *areas: str | Area,
        theme: str | None = None,
        indicator: str | None = None,
        year: int | None = None,
    ) -> Comparison:
        """Put two or more areas side by side; a difference is named only where it is more than rounding.

        Parameters
        ----------
        *areas : str or Area
            Areas by name or code, of one level or of several.
        theme, indicator : str, optional
            One theme or one indicator only.
        year : int, optional
            One year only; the newest that all areas have if left out.

        Returns
        -------
        Comparison
            Shows itself; has `.table`, `.chart()`, `.sources`, `.notes`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").compare("Stevenshof", "Merenwijk", indicator="gas_use").title
        'Stevenshofdistrict and Merenwijkdistrict'
        """
        from labkit.comparison.compare import compare

        return compare(self, areas, theme, indicator, year)

    def rank(
        self,
        indicator: str,
        level: str | None = None,
        year: int | None = None,
        within: str | Area | None = None,
    ) -> Ranking:
        """Put the areas of a level in order, with places as bands.

        Parameters
        ----------
        indicator : str
            Id of an indicator.
        level : str, optional
            A level; the city's default level if left out.
        year : int, optional
            The newest if left out.
        within : str or Area, optional
            The area whose parts are ranked; the city if left out.

        Returns
        -------
        Ranking
            Shows itself; has `.table`, `.chart()`, `.sources`, `.notes`.

        Examples
        --------
        >>> import labkit as lk
        >>> len(lk.open_city("leiden").rank("population", within="Leidse regio").table)
        26
        """
        from labkit.comparison.ranking import rank

        return rank(self, indicator, level or self.default_level, year, within)

    def change(
        self,
        indicator: str,
        area: str | Area | Iterable[str | Area] | None = None,
        level: str | None = None,
        within: str | Area | None = None,
    ) -> Change:
        """Follow an indicator over the years, broken where borders or definitions changed.

        Parameters
        ----------
        indicator : str
            Id of an indicator.
        area : str, Area or list of these, optional
            Whose figures; the city's if neither this nor `level` is given.
        level : str, optional
            All areas of a level instead.
        within : str or Area, optional
            With `level`: the area whose parts are meant; the city if left out.

        Returns
        -------
        Change
            Shows itself; has `.table`, `.chart()`, `.sources`, `.notes`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").change("population").lines[0].conclusion()
        '2012–2024: +11,358'
        """
        from labkit.comparison.change import change

        return change(self, indicator, area, level, within)

    def correlate(
        self,
        x: str,
        y: str,
        level: str | None = None,
        year: int | None = None,
        within: str | Area | None = None,
    ) -> Correlation:
        """Set two indicators against each other over the areas of a level, with a confidence interval.

        Parameters
        ----------
        x, y : str
            Ids of two indicators.
        level : str, optional
            A level; the city's default level if left out.
        year : int, optional
            The newest that both have if left out.
        within : str or Area, optional
            The area whose parts are used; the city if left out.

        Returns
        -------
        Correlation
            Shows itself; has `.r`, `.interval`, `.n`, `.table`, `.chart()`, `.sources`, `.notes`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").correlate("smoker", "good_health", level="neighbourhood").n
        53
        """
        from labkit.comparison.correlation import correlate

        return correlate(self, x, y, level or self.default_level, year, within)

    def check(self) -> Faults:
        """Check the city's package: every fault with file, line, column and what to do.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").check().errors
        []
        """
        from labkit.packagechecks.check import check_package

        return check_package(self.package.path)

    def _named(self, setting: str) -> Area:
        code = self.package.settings[setting]
        if code not in self.areas:
            raise PackageError(
                t(
                    '{path}: "{setting}" in the block "labkit" is {code}, which is the code of no area.',
                    path=self.package.path,
                    setting=setting,
                    code=repr(code),
                )
            )
        return self.areas[code]

    def _scope(self, level: Level) -> Area | None:
        return self.home if level.depth > self.areas.level(self.home.level).depth else None

    def __repr__(self) -> str:
        return "\n".join(f"{head}: {text}" for head, text in overview(self).items())

    def _repr_html_(self) -> str:
        return overview_html(self)


def _form(register: Register, kind: str, id: str) -> RecordForm:
    """Make the form of a register; what it needs of notebooks is loaded when a form is asked for."""
    from labkit.widgets.record_form import RecordForm

    return RecordForm(register, kind, id)
