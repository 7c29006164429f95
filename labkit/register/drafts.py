"""Start a record as a file: complete, or to be filled in with any editor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.packagechecks.fault import Fault
from labkit.register.errors import RecordError
from labkit.register.records import KINDS
from labkit.register.rendering import value_text
from labkit.register.templates import template
from labkit.register.validating import to_record

if TYPE_CHECKING:
    from labkit.register.register import Register


@dataclass(frozen=True)
class Draft:
    """A new file in the register.

    Attributes
    ----------
    path : Path
        The file.
    missing : list of Fault
        What must still be filled in; empty if the record is complete.
    """

    path: Path
    missing: list[Fault]


def start(register: Register, kind: str, data: Mapping[str, Any], language: str = "nl") -> Draft:
    """Save a record if it is complete; else write a file with help at every field, filled in as far as it is known.

    Parameters
    ----------
    register : Register
        Where it goes.
    kind : str
        The kind of record.
    data : mapping
        What is known of it.
    language : {"nl", "en"}
        The language of the help in the file.
    """
    filled = register.prepared(kind, data)
    try:
        record = to_record(KINDS[kind], filled)
    except RecordError as error:
        faults = error.faults
    else:
        register.save(record)
        return Draft(register.folder.file(record.id), [])
    wrong = [one for one in faults if _top(one.column) in data]
    if wrong:
        raise RecordError(wrong)  # a value that was given and is not right: nothing is written
    id = str(filled["id"])
    path = register.folder.start(id, filled_in(template(kind, language), filled))
    return Draft(path, faults)


def _top(field: str) -> str:
    return field.split("[", maxsplit=1)[0].split(".", maxsplit=1)[0]


def filled_in(text: str, data: Mapping[str, Any]) -> str:
    """Return a template with some of its fields filled in.

    Examples
    --------
    >>> print(filled_in(template("partner", "en"), {"id": "org-x", "name": "X: y"}).splitlines()[7])
    id: org-x
    """
    for name, value in data.items():
        written = value_text(name, value).replace("\\", "\\\\")
        # The field as it stands in the template: open or behind a #, with the empty item below it if it is a list.
        pattern = re.compile(rf"^(?:# )?{re.escape(name)}:(?:\n(?:# )? +-?.*)*$", re.MULTILINE)
        text = pattern.sub(written, text, count=1)
    return text
