"""Put a hand-in in its place, whole or not at all; never outside the folder for all of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from labkit.assignments.handins import FILE, Collected, dumps, read_collected
from labkit.errors import LabkitError
from labkit.language import t
from labkit.saving import save_text

#: Folders of a run that has not ended, or was cut short.
BESIDE = ".collecting-"


def opened(out: Path) -> Collected:
    """Return what was collected before into a folder; make the folder if it is not there.

    Raises
    ------
    LabkitError
        If it holds something else: that is never mixed with hand-ins, or overwritten.
    """
    if out.is_file():
        raise LabkitError(t("{path} is a file. Give a folder.", path=out))
    if out.is_dir():
        if (out / FILE).is_file():
            for one in out.glob(f"{BESIDE}*"):  # left by a run that was cut short
                shutil.rmtree(one, ignore_errors=True)
            return read_collected(out)
        if any(one for one in out.iterdir() if not one.name.startswith(BESIDE)):
            raise LabkitError(
                t("{path} is not empty, and not a folder of collected work. Give another folder with --out.", path=out)
            )
    out.mkdir(parents=True, exist_ok=True)
    return Collected()


def put(out: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Write the files of one hand-in; what stood there before is gone once all of it is written.

    Parameters
    ----------
    out : Path
        The folder for all hand-ins.
    folder : str
        The name of the folder of this one: a plain name.
    files : mapping of str to bytes
        Plain name -> contents.
    """
    for name in (folder, *files):
        if Path(name).name != name or name in ("", ".", ".."):
            raise AssertionError(name)
    beside = Path(tempfile.mkdtemp(dir=out, prefix=BESIDE))
    try:
        new = beside / "new"
        new.mkdir()
        for name, data in files.items():
            with (new / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        place = out / folder
        if place.is_symlink() or place.is_file():
            place.unlink()
        elif place.is_dir():
            place.rename(beside / "old")
        new.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def take_away(out: Path, folder: str) -> None:
    """Remove the folder of a hand-in that another one replaces."""
    place = out / folder
    if folder and Path(folder).name == folder and place.is_dir() and not place.is_symlink():
        with contextlib.suppress(OSError):
            shutil.rmtree(place)


def save(out: Path, collected: Collected) -> None:
    """Write `collected.json`."""
    save_text(out / FILE, dumps(collected))
