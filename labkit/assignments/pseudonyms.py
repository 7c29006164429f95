"""Names that hide who handed in, for marking without knowing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from labkit.assignments import sheets
from labkit.saving import save_bytes

#: It stands beside the results, not among the sheets: these can be given to a marker, this file stays.
FILE = "pseudonyms.csv"
COLUMNS = ("pseudonym", "student")

#: Letters and digits that are not taken for each other.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def read_pseudonyms(folder: str | Path) -> dict[str, str]:
    """Return pseudonym -> student or group; empty if there are none."""
    path = Path(folder) / FILE
    if not path.exists():
        return {}
    return {row["pseudonym"]: row["student"] for row in sheets.read(path, COLUMNS, COLUMNS).rows}


def give_pseudonyms(folder: str | Path, students: Iterable[str]) -> dict[str, str]:
    """Return student -> pseudonym, the same at each run; new ones are drawn by lot and kept in `pseudonyms.csv`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first = give_pseudonyms(folder, ["s1"])
    ...     first == give_pseudonyms(folder, ["s1"]), "s1" in first["s1"]
    (True, False)
    """
    known = read_pseudonyms(folder)
    named = {student: name for name, student in known.items()}
    for student in students:
        while student not in named:
            name = "P-" + "".join(secrets.choice(_LETTERS) for _ in range(5))
            if name not in known:
                known[name], named[student] = student, name
    rows = sorted(known.items())
    save_bytes(Path(folder) / FILE, ("\ufeff" + sheets.dumps(COLUMNS, rows)).encode("utf-8"))
    return named
