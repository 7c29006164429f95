"""Which places a student's process may see: the libraries, the city's data, and its own folder."""

from __future__ import annotations

import contextlib
import site
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError

#: Of a system: its libraries, fonts, time zones and certificates, and what Linux tells of the processor.
_SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share",
    "/System/Library", "/Library/Fonts", "/etc/fonts", "/etc/localtime", "/etc/ld.so.cache", "/etc/mime.types",
    "/sys/devices/system/cpu",
)  # fmt: skip
#: In a Python installation: libraries and their data, not everything that lies beside them.
_INSTALLED = ("lib", "lib64", "Lib", "DLLs", "Library", "share", "etc/fonts")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Places:
    """What a student's process may see.

    Attributes
    ----------
    read : tuple of str
        Folders and files that may be read.
    write : tuple of str
        Folders in which everything is allowed.
    devices : tuple of str
        Devices that may be read and written.
    """

    read: tuple[str, ...]
    write: tuple[str, ...]
    devices: tuple[str, ...] = _DEVICES

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def readable(city: str = "") -> tuple[str, ...]:
    """Return the places that hand-ins read: of the system, of Python, of what is imported, of the cities."""
    found = [Path(one) for one in _SYSTEM]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        found += [Path(prefix) / one for one in _INSTALLED]
    found += [
        Path(one)
        for one in sysconfig.get_paths().values()
        if one.endswith(("-packages", "-dynload")) or "python" in Path(one).name
    ]
    if site.ENABLE_USER_SITE:
        found.append(Path(site.getusersitepackages()))
    found += _imported(found)
    found += _cities(city)
    real = {one.resolve() for one in found if one.exists()}
    return tuple(
        sorted(
            str(one)
            for one in real
            if one not in _too_much() and not any(one != other and one.is_relative_to(other) for other in real)
        )
    )


def _too_much() -> set[Path]:
    """Return the places that are never opened as a whole: the home of who grades, and what it lies in."""
    home = Path.home().resolve()
    return {home, *home.parents}


def _imported(known: Iterable[Path]) -> Iterable[Path]:
    """Return the folders of loaded packages that lie elsewhere, such as those in development."""
    covered = [one.resolve() for one in known if one.exists()]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if "." in name or not file or name == "__main__":
            continue
        place = Path(file).resolve()
        if not any(place.is_relative_to(one) for one in covered):
            yield place.parent if place.name == "__init__.py" else place


def _cities(city: str) -> Iterable[Path]:
    """Return the folders in which the cities that come with labkit lie, and that of the assignment's own city."""
    from labkit.datapackage import find_package, known_cities

    yield from {one.parent for one in known_cities().values()}
    if city:
        with contextlib.suppress(LabkitError):
            yield find_package(city)
