"""labkit: a Jupyter toolkit for a city that learns with its students.

    import labkit as lk

    leiden = lk.open_city("leiden")
    leiden.profile("Stevenshof")
    leiden.map("lonely", year=2020)

Heavy libraries (pandas, geopandas, folium, Altair) load when something first needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labkit.version import __version__

if TYPE_CHECKING:
    from labkit.assignments import expect
    from labkit.assignments.selfcheck import check
    from labkit.assignments.variants import my_district
    from labkit.city import City
    from labkit.errors import LabkitError
    from labkit.language import use as use_language
    from labkit.maps.of_table import table_map
    from labkit.opening import open_city

__all__ = [
    "City",
    "LabkitError",
    "__version__",
    "check",
    "expect",
    "my_district",
    "open_city",
    "table_map",
    "use_language",
]

_HOMES = {
    "City": ("labkit.city", "City"),
    "LabkitError": ("labkit.errors", "LabkitError"),
    "check": ("labkit.assignments.selfcheck", "check"),
    "expect": ("labkit.assignments.expect", ""),
    "my_district": ("labkit.assignments.variants", "my_district"),
    "open_city": ("labkit.opening", "open_city"),
    "table_map": ("labkit.maps.of_table", "table_map"),
    "use_language": ("labkit.language", "use"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"labkit has no {name!r}. It has: {', '.join(sorted(_HOMES))}.")
    from importlib import import_module

    module, attribute = _HOMES[name]
    found = import_module(module)
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    return __all__
