"""Look at a map or a chart, whatever library made it."""

from __future__ import annotations

import re
from typing import Any

from labkit.assignments.objects.facts import LONGEST, ChartFacts, MapFacts

#: Library -> the module here that can read its objects; a module loads when the first such object comes by.
READERS = {
    "labkit": "of_labkit",
    "folium": "of_folium",
    "matplotlib": "of_matplotlib",
    "altair": "of_altair",
}


def describe(value: Any) -> MapFacts | ChartFacts | None:
    """Return what can be said of a map or a chart; None for anything else.

    Parameters
    ----------
    value : object
        A map of labkit or folium, axes or a figure of matplotlib (also those that geopandas draws on), a chart of
        Altair, or facts, which are given back.

    Examples
    --------
    >>> import labkit as lk
    >>> facts = describe(lk.open_city("leiden").map("lonely", year=2020))
    >>> facts.layers[0].name, facts.layers[0].features, facts.layers[0].crs
    ('lonely', 10, 'EPSG:4326')
    >>> describe(12) is None
    True
    """
    if isinstance(value, MapFacts | ChartFacts):
        return value
    from importlib import import_module

    for parent in type(value).__mro__:
        library = str(parent.__module__).partition(".")[0]
        if library in READERS:
            reader = import_module(f"labkit.assignments.objects.{READERS[library]}")
            found: MapFacts | ChartFacts | None = reader.describe(value)
            return found
    return None


def cut(text: Any) -> str:
    r"""Return a text without tags and needless blanks, no longer than a description may hold.

    Examples
    --------
    >>> cut(" <b>Lonely</b>\n adults ")
    'Lonely adults'
    """
    plain = re.sub(
        r"<(style|script)\b.*?</\1>|<[^>]*>", " ", str(text)[: 20 * LONGEST], flags=re.DOTALL | re.IGNORECASE
    )
    return " ".join(plain.split())[:LONGEST]


def system_of(bounds: tuple[float, float, float, float] | None) -> str:
    """Return the system that coordinates must be in, judged by where they lie; "" if that cannot be told.

    Parameters
    ----------
    bounds : tuple of float or None
        Least x, least y, greatest x, greatest y.

    Source
    ------
    RD New (EPSG:28992) is defined for x from 0 to 300 km and y from 289 to 629 km.

    Examples
    --------
    >>> system_of((4.4, 52.1, 4.6, 52.2)), system_of((88_000, 458_000, 98_000, 468_000)), system_of(None)
    ('EPSG:4326', 'EPSG:28992', '')
    """
    if bounds is None:
        return ""
    left, low, right, high = bounds
    if -180 <= left <= right <= 180 and -90 <= low <= high <= 90:
        return "EPSG:4326"
    if 0 <= left <= right <= 300_000 and 289_000 <= low <= high <= 629_000:
        return "EPSG:28992"
    if max(abs(left), abs(right)) <= 20_037_509 and max(abs(low), abs(high)) <= 20_048_967:
        return "EPSG:3857"
    return ""
