"""Run all checks on a package."""

from __future__ import annotations

from pathlib import Path

from labkit.datapackage import DESCRIPTOR, Package, find_package, read_descriptor
from labkit.packagechecks.catalogue import check_aliases, check_breaks, check_catalogue
from labkit.packagechecks.contents import Contents
from labkit.packagechecks.fault import Fault, Faults
from labkit.packagechecks.geometry import check_areas, check_outlines
from labkit.packagechecks.parts import check_parts, check_sums
from labkit.packagechecks.settings import check_settings, check_sources
from labkit.packagechecks.values import check_values
from labkit.structure.descriptor import descriptor_flaws
from labkit.structure.flaw import FlawError

CHECKS = (
    check_settings,
    check_sources,
    check_catalogue,
    check_aliases,
    check_breaks,
    check_values,
    check_parts,
    check_sums,
    check_areas,
    check_outlines,
)


def check_package(name_or_path: str | Path) -> Faults:
    """Check a city package.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a city that comes with labkit, or the folder of a package.

    Returns
    -------
    Faults
        Every fault with file, line, column and advice; shows itself, and has `.errors`, `.warnings`, `.table`.

    Raises
    ------
    UnknownNameError
        If there is no such folder or city.

    Examples
    --------
    >>> check_package("leiden").errors
    []
    """
    folder = find_package(name_or_path)
    try:
        descriptor = read_descriptor(folder)
    except FlawError as error:
        return Faults([Fault.of(DESCRIPTOR, error.flaw)])
    flaws = list(descriptor_flaws(descriptor))
    if flaws:
        # What the other files mean hangs on the descriptor: it comes first.
        return Faults(Fault.of(DESCRIPTOR, flaw) for flaw in flaws)
    contents = Contents.read(Package(folder, descriptor))
    return Faults([*contents.unreadable, *(fault for check in CHECKS for fault in check(contents))])
