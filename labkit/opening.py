"""Open a city: the first thing that anybody does."""

from __future__ import annotations

from pathlib import Path

from labkit.city import City
from labkit.datapackage import find_package, read_package

_kept: dict[Path, City] = {}


def open_city(name_or_path: str | Path = "leiden", register: str | Path | None = None) -> City:
    """Open a city: its areas, indicators and figures, with the source of each.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a city that comes with labkit, or the folder of a city package.
    register : str or Path, optional
        The folder of a register of your own; the register in the package if left out.

    Returns
    -------
    City
        The city; print it to see what is inside, and from whom.

    Raises
    ------
    UnknownNameError
        If there is no such city or folder; near names are suggested.
    PackageError
        If the package cannot be read; the text says which file, where, and what to do.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").home
    Leiden (municipality, GM0546)
    """
    if _kept and register is None:
        kept = _kept.get(find_package(name_or_path))
        if kept is not None:
            return kept
    return City(read_package(name_or_path), register)


def keep_open(name_or_path: str | Path) -> City:
    """Open a city once: who opens it again in this process, or in one forked from it, gets the same city.

    Its figures are read at once. For programs that run many notebooks about one city.

    Examples
    --------
    >>> keep_open("leiden") is open_city("leiden")
    True
    """
    city = open_city(name_or_path)
    len(city.figures)
    _kept[find_package(name_or_path)] = city
    return city
