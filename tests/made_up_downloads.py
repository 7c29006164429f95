"""Hand-ins as students and platforms really send them, made here: downloads, zips in zips, and every trap."""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

SOURCE = """# ---
# assignment: week1
# due: 2026-11-24T23:59:00+01:00
# late:
#   - {hours: 24, minus: 10}
#   - {hours: 72, minus: 50}
# ---

# %% [markdown]
# ## How many people live there?

# %%
# question: q1, 2 points
# BEGIN SOLUTION
residents = 14085
# END SOLUTION

# %%
# check: q1
assert residents > 0
"""


def source(folder: Path) -> Path:
    """Write the source of the assignment that all hand-ins here are for."""
    path = folder / "week1.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def notebook(answer: object = 1, assignment: str = "week1", language: str = "") -> bytes:
    """Return a notebook with an answer, as a release of the assignment looks like."""
    about = {"labkit": {"assignment": assignment, "schema_version": 1, "language": language}} if assignment else {}
    cell = {
        "cell_type": "code",
        "id": "q1-answer",
        "metadata": {"nbgrader": {"grade_id": "q1-answer"}},
        "source": f"# q1\nresidents = {answer}",
        "outputs": [],
        "execution_count": None,
    }
    return json.dumps({"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}).encode()


def other_notebook() -> bytes:
    """Return a notebook of no assignment."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "my notes"}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def packed(
    files: dict[str, bytes], when: tuple[int, ...] = (2026, 11, 24, 20, 0, 0), method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip; the names are written as they stand, also the unsafe ones."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo("x", when)
            info.filename = name  # as it stands: ZipInfo itself would cut it at a NUL
            info.compress_type = method
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
    return made.getvalue()


def with_kind(name: str, data: bytes, kind: int) -> bytes:
    """Return a zip with one entry that is a link, a pipe or a device."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(name, (2026, 11, 24, 20, 0, 0))
        info.create_system = 3
        info.external_attr = (kind | 0o777) << 16
        archive.writestr(info, data)
    return made.getvalue()


def _patched(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """Return a zip of one entry with some bytes of its two heads replaced."""
    made = bytearray(data)
    here, there = made.find(b"PK\x03\x04"), made.find(b"PK\x01\x02")
    made[here + local : here + local + len(value)] = value
    made[there + central : there + central + len(value)] = value
    return bytes(made)


def locked(name: str = "week1.ipynb") -> bytes:
    """Return a zip that says that its file is locked with a password."""
    return _patched(packed({name: notebook()}), 6, 8, struct.pack("<H", 1))


def old_names(files: dict[bytes, bytes]) -> bytes:
    """Return a zip whose names are bytes of an old code page, or of UTF-8 without saying so."""
    made = bytearray(packed({f"{number:0{len(name)}d}": data for number, (name, data) in enumerate(files.items())}))
    for number, name in enumerate(files):
        plain = f"{number:0{len(name)}d}".encode()
        place = made.find(plain)
        while place >= 0:
            made[place : place + len(plain)] = name
            place = made.find(plain, place + len(plain))
    return bytes(made)


def bomb() -> bytes:
    """Return a small zip that becomes 30 MB of blanks."""
    return packed({"week1.ipynb": b" " * 30_000_000})


def lying_bomb() -> bytes:
    """Return a zip that says its file is small, and is not."""
    return _patched(packed({"week1.ipynb": b" " * 3_000_000}), 22, 24, struct.pack("<I", 1000))


def cut_short() -> bytes:
    """Return a zip of which the last part is missing."""
    return packed({"week1.ipynb": notebook("1" * 2000)})[:-80]


def damaged() -> bytes:
    """Return a zip whose contents do not fit their checksum."""
    made = bytearray(packed({"week1.ipynb": notebook("1" * 50)}, method=zipfile.ZIP_STORED))
    place = made.find(b"residents")
    made[place : place + 4] = b"XXXX"
    return bytes(made)


def in_zips(depth: int) -> bytes:
    """Return a notebook in so many zips."""
    data, name = notebook(), "week1.ipynb"
    for _ in range(depth):
        data, name = packed({name: data}), "week1.zip"
    return data


def brightspace(sent: dict[str, bytes], index: bool = True) -> bytes:
    """Return a download of Brightspace: "name of the folder/name of the file" -> contents."""
    page = {"index.html": b"<html><body><table><tr><td>Comments</td></tr></table></body></html>"}
    return packed({**sent, **(page if index else {})})


ROSTER = """\ufeffOrgDefinedId;Username;Naam;Groep;Extra uren;Taal;ID
s1000001;vriesj;Jan de Vries;;;;501
s1000002;bakkern;Noor Bakker;;24;en;502
s1000003;yildize;José Yıldız;A;;nl;503
s1000004;smitm;"Smit, Mária";A;1,5;;504
s1000005;jansenp;Piet Jansen;;;;505
s1000006;jansenp2;Piet Jansen;;;;506
s1000007;obrient;Tess O'Brien-van 't Hoff;;;;507
"""


def roster(folder: Path, text: str = ROSTER) -> Path:
    """Write a roster as Excel saves it."""
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path
