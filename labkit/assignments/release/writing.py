"""Write a release in one step: whoever looks sees the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from labkit.assignments import companion
from labkit.errors import LabkitError
from labkit.language import t


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Put a folder with these files, and no others, in the place of what stood there.

    Parameters
    ----------
    folder : Path
        Its parent must exist.
    files : dict of str to bytes
        Path within the folder -> contents.

    Returns
    -------
    bool
        Whether anything changed; a folder that holds just this is not touched.
    """
    if folder.is_dir() and held(folder) == dict(files):
        return False
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
    old = new.with_suffix(".old")
    try:
        for name, data in files.items():
            file = new / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        new.chmod(0o755)
        if folder.exists():
            folder.replace(old)
        try:
            new.replace(folder)
        except OSError:
            if old.exists():
                old.replace(folder)
            raise
    except OSError as error:
        raise LabkitError(
            t(
                "{target} could not be written: {reason}. Nothing was changed; free it, or choose another place.",
                target=folder,
                reason=error.strerror or str(error),
            )
        ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return True


def held(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder: path -> contents."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def may_replace(folder: Path, assignment: str, source: Path) -> None:
    """Refuse to write over anything but an earlier release of the same assignment.

    Raises
    ------
    LabkitError
        If the source lies in the folder, or something that is no release does.
    """
    if source.resolve().is_relative_to(folder.resolve()):
        raise LabkitError(
            t("The assignment itself lies in {folder}, which would be replaced. Choose another place.", folder=folder)
        )
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise LabkitError(t("{folder} is no folder. Choose another place, or take it away.", folder=folder))
    if not any(folder.iterdir()):
        return
    found = None
    if (folder / companion.NAME).is_file() and not (folder / ".git").exists():
        with contextlib.suppress(LabkitError):
            found = companion.read_companion(folder / companion.NAME).assignment
    if found != assignment:
        raise LabkitError(
            t(
                "{folder} holds something else than an earlier release of {assignment}. "
                "Choose another place, or take it away.",
                folder=folder,
                assignment=assignment,
            )
        )
