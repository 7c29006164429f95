"""What a city can be seen as: a map, the explorer, the atlas, a poster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.area import Area

if TYPE_CHECKING:
    from labkit.maps.districts import DistrictMap
    from labkit.maps.scope import CityWithRegister


class Showing:
    """The part of a `City` that shows it."""

    def map(
        self: CityWithRegister,
        indicator: str,
        level: str | None = None,
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
        """Draw one indicator and year as an interactive map that works without a network.

        Parameters
        ----------
        indicator : str
            Id of an indicator.
        level : str, optional
            A level; the city's default level if left out.
        year : int, optional
            The newest if left out.
        within : str or Area, optional
            The area whose parts are drawn; the city if left out.
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
        language : {"nl", "en"}, optional
            The current one if left out.

        Returns
        -------
        DistrictMap
            Shows itself; has `.table`, `.layers`, `.areas_missing`, `.legend`, `.to_html()`, `.save(path)`,
            `.still()` and `.folium`.

        Raises
        ------
        NoFiguresError
            If there are no figures for that level or year; the text names those that there are.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").map("lonely", level="neighbourhood", year=2020).areas_missing
        ['BU05460407']
        """
        from labkit.maps.of_city import city_map

        look: dict[str, Any] = {
            "scheme": scheme,
            "k": k,
            "breaks": breaks,
            "palette": palette,
            "middle": middle,
            "language": language,
        }
        return city_map(self, indicator, level or self.default_level, year, within, **look)

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
