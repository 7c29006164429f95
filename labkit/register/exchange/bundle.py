"""Save several files as one: a folder or a ZIP that is there whole, or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from labkit.errors import LabkitError, WrongUseError
from labkit.language import t
from labkit.saving import save_bytes

#: A ZIP notes when each file was made; the same records should give the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def save_bundle(target: str | Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a new folder, or into a ZIP if the name ends so.

    An earlier export of the same form is replaced. A folder in which anything else stands is left alone.

    Parameters
    ----------
    target : str or Path
        The folder, or a file whose name ends in .zip.
    files : mapping
        Path in the bundle -> contents; the first one tells what kind of bundle it is.

    Returns
    -------
    Path
        The folder or the file.

    Raises
    ------
    WrongUseError
        If the folder holds something else.
    LabkitError
        If nothing can be written there; nothing was changed.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     made = save_bundle(Path(place) / "made", {"a.txt": b"a", "b/c.txt": b"c"})
    ...     sorted(path.name for path in made.rglob("*.txt"))
    ['a.txt', 'c.txt']
    """
    path = Path(target)
    if path.suffix.lower() == ".zip":
        return save_bytes(path, zipped(files))
    path = path.absolute()
    if not path.parent.is_dir():
        raise LabkitError(t("The folder {folder} does not exist. Make it first.", folder=path.parent))
    _demand_free(path, files)
    draft: Path | None = None
    try:
        draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        _write(draft, files)
        _put(draft, path)
    except OSError as error:
        _remove(draft)
        reason = error.strerror or str(error)
        raise LabkitError(
            t("{path} could not be written: {reason}. Nothing was changed.", path=path, reason=reason)
        ) from error
    except BaseException:
        _remove(draft)
        raise
    return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP, the same bytes for the same files.

    Examples
    --------
    >>> zipped({"a.txt": b"a"}) == zipped({"a.txt": b"a"})
    True
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _demand_free(path: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to replace what is not an earlier export of this form."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise WrongUseError(t("{path} is a file. Give the name of a new folder.", path=path))
    if not path.exists():
        return
    there = [one.relative_to(path).as_posix() for one in path.rglob("*") if not one.is_dir() or one.is_symlink()]
    strange = sorted(set(there) - set(files))
    if strange or (there and next(iter(files)) not in there):
        name = strange[0] if strange else there[0]
        raise WrongUseError(
            t("The folder {path} holds something else, such as {name}. Choose a new folder.", path=path, name=name)
        )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    folder.chmod(0o755)  # mkdtemp makes folders for the owner alone


def _put(draft: Path, path: Path) -> None:
    """Give the draft its name; an earlier export stands aside until that has worked."""
    if not path.exists():
        draft.rename(path)
        return
    aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.before."))
    path.rename(aside / "it")
    try:
        draft.rename(path)
    except BaseException:
        (aside / "it").rename(path)
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _remove(draft: Path | None) -> None:
    if draft is not None:
        with contextlib.suppress(OSError):
            shutil.rmtree(draft, ignore_errors=True)
