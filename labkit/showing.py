"""What a city can be seen as: a map, the explorer, the atlas, a poster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.area import Area

if TYPE_CHECKING:
    from labkit.maps.districts import DistrictMap
    from labkit.maps.poster.poster import Poster
    from labkit.maps.scope import CityWithRegister
    from labkit.maps.view import View
    from labkit.widgets.explorer import Explorer
    from labkit.widgets.map_view import MapView


class Showing:
    """The part of a `City` that shows it."""

    def map(
        self: CityWithRegister,
        indicator: str | Iterable[Any] | None = None,
        level: str | None = None,
        year: int | Iterable[int] | str | None = None,
        within: str | Area | None = None,
        *,
        projects: Any = None,
        coverage: bool = False,
        observations: Any = None,
        compare: str | None = None,
        classes: str | None = None,
        scheme: str | None = None,
        k: int = 5,
        breaks: Sequence[float] | None = None,
        palette: str | None = None,
        middle: float | None = None,
        title: str | None = None,
        language: str | None = None,
    ) -> DistrictMap:
        """Draw figures, projects and own observations as an interactive map that works without a network.

        Parameters
        ----------
        indicator : str or list of str, optional
            Ids of indicators; none for a map of places alone.
        level : str, optional
            A level; the city's default level if left out.
        year : int, list of int or "all", optional
            The newest if left out.
        within : str or Area, optional
            The area whose parts are drawn; the city if left out.
        projects : bool, list or DataFrame, optional
            Projects of the register: True for all, or what a search gave, ids, or a table with a column `id`.
        coverage : bool
            Whether to show where the register has projects, and where nothing is known.
        observations : GeoDataFrame, DataFrame or list of these, optional
            Your own points or areas; `map.add_observations` takes more choices.
        compare : {"swipe", "side"}, optional
            Lay two indicators, or two years, over each other with a slider between them, or side by side.
        classes : {"shared", "each"}, optional
            Years of one indicator share their classes, so that a colour means the same values in each, and so do
            two compared indicators of the same unit; "each" gives every layer its own. Indicators with
            different units cannot share classes.
        scheme : {"quantiles", "equal", "natural", "fixed"}, optional
            How the classes are made; "fixed" with `breaks`.
        k : int
            How many classes.
        breaks : list of float, optional
            The upper ends of the classes.
        palette : {"sequential", "blues", "diverging"}, optional
            The colours.
        middle : float, optional
            A value with a meaning, around which diverging colours part.
        title : str, optional
            What stands above the map; made from what it shows if left out.
        language : {"nl", "en"}, optional
            The current one if left out.

        Returns
        -------
        DistrictMap
            Shows itself; has `.table`, `.layers`, `.areas_missing`, `.legend`, `.sources`, `.to_html()`,
            `.save(path)`, `.still()`, `.folium`, and takes more with `.add_projects()`, `.add_coverage()` and
            `.add_observations()`.

        Raises
        ------
        NoFiguresError
            If there are no figures for that level or year; the text names those that there are. Of several
            indicators, those without figures are left out, with a warning.
        WrongUseError
            If two layers cannot be compared, or cannot share classes.

        Examples
        --------
        >>> import labkit as lk
        >>> leiden = lk.open_city("leiden")
        >>> leiden.map("lonely", level="neighbourhood", year=2020).areas_missing
        ['BU05460407']
        >>> leiden.map(["lonely", "severely_lonely"], year=2020, compare="swipe")
        <DistrictMap lonely 2020; severely_lonely 2020: 10 x district, 2 layers>
        """
        from labkit.maps.of_city import city_map

        look: dict[str, Any] = {"scheme": scheme, "k": k, "breaks": breaks, "palette": palette, "middle": middle}
        more: dict[str, Any] = {"projects": projects, "coverage": coverage, "observations": observations}
        more |= {"compare": compare, "classes": classes, "title": title, "language": language}
        return city_map(self, indicator, level or self.default_level, year, within, **more, **look)

    def map_view(
        self: CityWithRegister,
        indicator: str | Iterable[Any] | None = None,
        level: str | None = None,
        year: int | Iterable[int] | str | None = None,
        within: str | Area | None = None,
        *,
        selected: str | Area | None = None,
        **choices: Any,
    ) -> MapView:
        """Draw a map in a notebook whose clicks reach Python.

        Parameters
        ----------
        indicator, level, year, within, **choices
            What `map` takes, such as ``projects=True``.
        selected : str or Area, optional
            The area that is chosen at the start.

        Returns
        -------
        MapView
            Shows itself; `.selected` is the code of the chosen area and can be set, `.selected_area` the area,
            `.on_select(run)` calls something with it, `.map` is the map.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").map_view("lonely", year=2020, selected="Stevenshof").selected
        'WK054609'
        """
        from labkit.widgets.map_view import MapView

        return MapView(Showing.map(self, indicator, level, year, within, **choices), selected)

    def explore(self: CityWithRegister, view: View | str | Path | None = None, language: str | None = None) -> Explorer:
        """Look around in the city: maps, rankings, lines, comparisons, profiles and projects, in a notebook.

        Parameters
        ----------
        view : View, str or Path, optional
            With which view it opens: an address of the atlas ("#level=district&indicator=lonely"), a file that
            `explorer.save` wrote, or a `View`.
        language : {"nl", "en"}, optional
            The current one if left out.

        Returns
        -------
        Explorer
            Shows itself; has `.state`, `.address`, `.selected`, `.code`, `.table`, `.map` and `.save(path)`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").explore("#indicator=lonely&year=2020").table["name"][0]
        'Pieterswijk'
        """
        from labkit.widgets.explorer import Explorer

        return Explorer(self, view, language)

    def atlas(self: CityWithRegister, path: str | Path = "atlas.html", language: str | None = None) -> Path:
        """Write the atlas: one page with all figures, maps and profiles, for everyone who has no Python.

        Parameters
        ----------
        path : str or Path
            Where it is written, whole or not at all.
        language : {"nl", "en"}, optional
            The language in which it opens; the reader can switch.

        Returns
        -------
        Path
            The page; it works from a file, without a network.

        Examples
        --------
        >>> import labkit as lk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     lk.open_city("leiden").atlas(Path(folder) / "atlas.html").stat().st_size < 1_500_000
        True
        """
        from labkit.maps.atlas.page import save_atlas

        return save_atlas(self, path, language)

    def poster(
        self: CityWithRegister,
        area: str | Area,
        language: str | None = None,
        path: str | Path | None = None,
        *,
        indicator: str | None = None,
        year: int | None = None,
        made_on: str = "",
    ) -> Poster:
        """Make the poster of an area: its map, figures, projects and open questions on one page of A3.

        Parameters
        ----------
        area : str or Area
            An area by name or code.
        language : {"nl", "en"}, optional
            The current one if left out.
        path : str or Path, optional
            Where it is saved as well: a name that ends in .html. Printed from a browser it is one sheet.
        indicator : str, optional
            Id of the indicator on the map; the one on which the parts of the area lie furthest apart if left out.
        year : int, optional
            Its year; the newest if left out.
        made_on : str
            A day to print at the foot; none if left out, so that the same data give the same poster.

        Returns
        -------
        Poster
            Shows itself; has `.to_html()` and `.save(path)`. Only public records are on it.

        Examples
        --------
        >>> import labkit as lk
        >>> "Stevenshofdistrict" in lk.open_city("leiden").poster("Stevenshof").to_html()
        True
        """
        from labkit.maps.poster.poster import poster

        return poster(self, area, language, path, indicator, year, made_on)
