"""The environment of a student's process: nothing of the lecturer's, and the same on every machine."""

from __future__ import annotations

import os
import site
import sys
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


def environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment for a process whose home and temporary files lie in `folder`."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home, temporary = str(folder / "home"), str(folder / "tmp")
    return {
        **kept,
        "HOME": home,
        "USERPROFILE": home,
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
        "PYTHONUSERBASE": site.getuserbase() if site.ENABLE_USER_SITE else "",
        **({"PYTHONNOUSERSITE": "1"} if not site.ENABLE_USER_SITE else {}),
        **dict.fromkeys(
            (
                "OMP_NUM_THREADS",
                "OPENBLAS_NUM_THREADS",
                "MKL_NUM_THREADS",
                "NUMEXPR_NUM_THREADS",
                "VECLIB_MAXIMUM_THREADS",
            ),
            "1",
        ),
        "MALLOC_ARENA_MAX": "2",
        "VIRTUAL_ENV": sys.prefix,
        **more,
    }
