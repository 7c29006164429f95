"""The environment of a student's process: nothing of the lecturer's, and the same on every machine."""

from __future__ import annotations

import os
import site
from collections.abc import Mapping
from pathlib import Path

#: What libraries need in order to find their own files; nothing that names or lets in a person.
_KEPT = (
    "SYSTEMROOT",
    "WINDIR",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "PROJ_DATA",
    "PROJ_LIB",
    "GDAL_DATA",
    "PATH",
)


#: One thread for the numerical libraries: hand-ins run beside each other.
_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "RAYON")


def environment(folder: Path, more: Mapping[str, str], *, contained: bool = False) -> dict[str, str]:
    """Return the whole environment of a process.

    Parameters
    ----------
    folder : Path
        In which its home and its temporary files lie.
    more : mapping of str to str
        What it is told besides.
    contained : bool
        Whether it runs in a container, where nothing of this machine's Python is.
    """
    home, temporary = (folder / "home").as_posix(), (folder / "tmp").as_posix()
    return {
        **({} if contained else _of_this_python()),
        "HOME": home,
        "USERPROFILE": home,
        "USER": "student",
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "IPYTHONDIR": home,
        "MPLCONFIGDIR": home,
        "TZ": "Europe/Amsterdam",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
        "VECLIB_MAXIMUM_THREADS": "1",
        **{f"{name}_NUM_THREADS": "1" for name in _THREADS},
        **more,
    }


def _of_this_python() -> dict[str, str]:
    """Return what this Python and its libraries need to be found."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Windows looks for libraries along PATH; elsewhere it would only tell how the lecturer's machine is laid out.
    kept["PATH"] = os.environ.get("PATH", "") if os.name == "nt" else "/usr/bin:/bin"
    if site.ENABLE_USER_SITE:
        return {**kept, "PYTHONUSERBASE": site.getuserbase()}
    return {**kept, "PYTHONNOUSERSITE": "1"}
