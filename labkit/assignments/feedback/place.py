"""Where the district of a student lies: its name, and a small map for the head of the page."""

from __future__ import annotations

from collections.abc import Callable

from labkit.errors import LabkitError

Finder = Callable[[str, str], tuple[str, str]]


def places(city: str) -> Finder:
    """Return what gives the name and a map (SVG) of an area, from its code and a language; each is drawn once.

    Parameters
    ----------
    city : str
        As `open_city` knows it; "" gives the code alone, without a map.

    Examples
    --------
    >>> name, svg = places("leiden")("WK054606", "en")
    >>> name, svg[:4]
    ('Morsdistrict', '<svg')
    >>> places("")("WK054606", "en")
    ('WK054606', '')
    """
    drawn: dict[tuple[str, str], tuple[str, str]] = {}

    def find(code: str, language: str) -> tuple[str, str]:
        if not city or not code:
            return code, ""
        if (code, language) not in drawn:
            drawn[code, language] = _drawn(city, code, language)
        return drawn[code, language]

    return find


def _drawn(city: str, code: str, language: str) -> tuple[str, str]:
    from labkit.maps.poster.drawing import locator
    from labkit.opening import open_city

    try:
        opened = open_city(city)
        area = opened.areas.find(code)
    except LabkitError:
        return code, ""  # feedback does not wait for a map
    return area.name, locator(opened, area, language)
