"""What is wrong with the files of a register, where the records themselves cannot tell: strays, and text behind a #."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from labkit.language import t
from labkit.packagechecks.fault import Fault
from labkit.register import schemas, templates
from labkit.register.folder import TRASH, Folder
from labkit.register.records import KINDS
from labkit.register.settings import FILE

#: A text without quotes with a # in it: YAML takes what follows for a comment.
_CUT = re.compile(
    r"^\s*(?:- )?(?P<name>\w+_(?:nl|en|text)|name|venue|funding): +(?![\"'|>#&*\[{])(?P<text>[^#]*\S)\s#(?P<rest>.*)$"
)
_RECORDS = (".yaml", ".yml", ".txt")


def file_faults(folder: Folder) -> Iterator[Fault]:
    """Yield the faults of a register's files.

    Examples
    --------
    >>> import labkit as lk
    >>> list(file_faults(lk.open_city("leiden").register.folder))
    []
    """
    if not folder.path.is_dir():
        return
    yield from _strays(folder.path)
    yield from _edited_templates(folder.path / templates.FOLDER)
    for kind in KINDS.values():
        for path in sorted((folder.path / kind.FOLDER).glob("*.yaml")):
            yield from _cut_texts(path, f"{kind.FOLDER}/{path.name}")


def _strays(register: Path) -> Iterator[Fault]:
    """Yield files that look like records but stand where none is read."""
    folders = {kind.FOLDER for kind in KINDS.values()}
    known = {schemas.FOLDER, templates.FOLDER, TRASH}
    for path in sorted(register.rglob("*")):
        shown = path.relative_to(register)
        if not path.is_file() or path.suffix.lower() not in _RECORDS or any(one.startswith(".") for one in shown.parts):
            continue
        if shown.parts[0] in known or str(shown) == FILE:
            continue
        if len(shown.parts) == 2 and shown.parts[0] in folders and path.suffix.lower() != ".txt":
            continue  # read, or told of by the folder itself
        message = t("This file is not read: records stand in {folders}.", folders=", ".join(sorted(folders)))
        yield Fault(
            shown.as_posix(), 0, "", message, t("Move it there, with a name that ends in .yaml, or take it away.")
        )


def _edited_templates(folder: Path) -> Iterator[Fault]:
    for kind in KINDS:
        for language in ("nl", "en"):
            path = folder / f"{kind}.{language}.yaml"
            if path.is_file() and re.search(
                r"^id: *\S", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
            ):
                message = t("A template was filled in: it is not read as a record.")
                advice = t("Move it to {folder} under the name of its id.", folder=KINDS[kind].FOLDER)
                yield Fault(f"{templates.FOLDER}/{path.name}", 0, "id", message, advice)


def _cut_texts(path: Path, shown: str) -> Iterator[Fault]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return  # told of where it is read
    for number, line in enumerate(lines, start=1):
        found = _CUT.match(line) if " #" in line else None
        if found:
            message = t("What stands behind # does not count: {rest}.", rest=repr(f"#{found['rest']}"[:40]))
            advice = t("Put the text between quotes if it belongs to it.")
            yield Fault(shown, number, found["name"], message, advice, "warning")
