"""Open a city: the first thing that anybody does."""

from __future__ import annotations

from pathlib import Path

from labkit.city import City
from labkit.datapackage import read_package


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
    return City(read_package(name_or_path), register)
