"""Drafts: what was typed in a form, kept outside the register until it is saved.

Not in the register's folder: a draft is unfinished and may hold what nobody else should see yet, and that folder is
shared, synchronised and under git. Each form has a file of its own, so that two forms never overwrite each other's text.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError
from labkit.language import t
from labkit.register import when
from labkit.saving import save_text

#: Names another folder for drafts, for instance on a server where home folders are not kept.
VARIABLE = "LABKIT_DRAFTS"
SCHEMA = 1


@dataclass(frozen=True)
class KeptDraft:
    """What was typed in a form, as it was kept.

    Attributes
    ----------
    path : Path
        Its file.
    kind, id : str
        The kind of record; the record that is being changed, or "".
    values : dict
        What stood in the form.
    opened : dict
        The record as it was when it was opened; empty for a new one.
    version : str
        The version of the record's file at that time.
    time : datetime
        When it was kept.
    """

    path: Path
    kind: str
    id: str
    values: dict[str, Any]
    opened: dict[str, Any] = field(default_factory=dict)
    version: str = ""
    time: datetime = field(default_factory=lambda: datetime.now().astimezone())

    @property
    def title(self) -> str:
        """What tells it apart: the first text that was typed."""
        names = ("title_nl", "title_en", "name", "statement_nl", "statement_en", "summary_nl", "summary_en", "id")
        found = (self.values.get(name) for name in names)
        return next((one.strip() for one in found if isinstance(one, str) and one.strip()), "")

    def shown_time(self, now: datetime | None = None) -> str:
        """Return when it was kept as people say it: "14:03", with the day if that was not today."""
        today = (now or datetime.now().astimezone()).date()
        own = self.time.astimezone()
        clock = f"{own:%H:%M}"
        if own.date() == today:
            return clock
        return t("{day} at {time}", day=when.shown(own.date().isoformat()), time=clock)


class Drafts:
    """The drafts of the forms of one register.

    Parameters
    ----------
    register : Path
        The folder of the register.
    folder : Path, optional
        Where drafts are kept: the user's own data folder if left out.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     drafts = Drafts(Path("register"), Path(place))
    ...     _ = drafts.keep(drafts.new_key("project", ""), "project", "", {"title_en": "Soup"})
    ...     drafts.found("project", "")[0][0].title
    'Soup'
    """

    def __init__(self, register: Path, folder: Path | None = None) -> None:
        self.register = Path(register).absolute()
        self.folder = folder or drafts_folder()

    def new_key(self, kind: str, id: str) -> str:
        """Return a name for the drafts of a form that no other form has."""
        return f"{self._start(kind, id)}{secrets.token_hex(4)}"

    def keep(
        self,
        key: str,
        kind: str,
        id: str,
        values: dict[str, Any],
        opened: dict[str, Any] | None = None,
        version: str = "",
    ) -> KeptDraft:
        """Write what stands in a form, whole or not at all.

        Raises
        ------
        LabkitError
            If it cannot be written.
        """
        made = KeptDraft(self.folder / f"{key}.json", kind, id, values, opened or {}, version)
        data = {
            "schema": SCHEMA,
            "register": str(self.register),
            "kind": kind,
            "id": id,
            "time": made.time.isoformat(timespec="seconds"),
            "version": version,
            "opened": made.opened,
            "values": values,
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise LabkitError(
                t(
                    "Drafts cannot be kept in {path}: {reason}. Save often, or name another folder in {variable}.",
                    path=self.folder,
                    reason=error.strerror or str(error),
                    variable=VARIABLE,
                )
            ) from None
        save_text(made.path, json.dumps(data, ensure_ascii=False, indent=1))
        return made

    def found(self, kind: str, id: str) -> tuple[list[KeptDraft], list[Path]]:
        """Return the drafts of a form, newest first, and the files that cannot be read; these stay as they are."""
        good: list[KeptDraft] = []
        bad: list[Path] = []
        for path in sorted(self.folder.glob(f"{self._start(kind, id)}*.json")):
            try:
                good.append(_read(path))
            except FileNotFoundError:
                continue
            except (OSError, ValueError, KeyError, TypeError):
                bad.append(path)
        return sorted(good, key=lambda one: one.time, reverse=True), bad

    def discard(self, key: str) -> None:
        """Take a draft away; one that is not there is no fault, and one that stays is only offered again."""
        with contextlib.suppress(OSError):
            (self.folder / f"{key}.json").unlink(missing_ok=True)

    def _start(self, kind: str, id: str) -> str:
        place = hashlib.sha1(str(self.register).encode("utf-8"), usedforsecurity=False).hexdigest()[:10]
        return f"{place}-{kind}-{id or 'new'}--"


def drafts_folder() -> Path:
    """Return the folder in which drafts are kept.

    Examples
    --------
    >>> drafts_folder().name
    'drafts'
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("labkit", appauthor=False) / "drafts"


def _read(path: Path) -> KeptDraft:
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["schema"] != SCHEMA or not isinstance(data["values"], dict) or not isinstance(data["opened"], dict):
        raise ValueError("no draft")
    return KeptDraft(
        path,
        str(data["kind"]),
        str(data["id"]),
        data["values"],
        data["opened"],
        str(data["version"]),
        datetime.fromisoformat(data["time"]),
    )
