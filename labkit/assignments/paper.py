"""What travels to the process that grades: plain bytes and texts, so that it may be on another machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from labkit.assignments.assignment import Assignment, open_assignment
from labkit.assignments.results import Late
from labkit.version import __version__


@dataclass(frozen=True)
class Paper:
    """One hand-in, ready to be graded.

    Attributes
    ----------
    student : str
        Whose it is; of a group: who handed in.
    members : tuple of str
        All who get its result.
    group : str
    language : {"nl", "en"}
    area : str
        The code of the district; "" without variants.
    file, original, received, late
        As in `labkit.assignments.results.Result`.
    data : bytes
        The notebook.
    files : dict of str to bytes
        What was handed in beside it, by its path from the folder of the notebook on.
    others : dict of str to bytes
        What was handed in elsewhere, by its name: records may stand in a folder of their own.
    notes : tuple of str
        What collecting it already had to say.
    digest : str
        SHA-256 of the notebook.
    key : str
        What is graded with what; see `key_of`.
    """

    student: str
    members: tuple[str, ...]
    data: bytes = field(repr=False)
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    others: dict[str, bytes] = field(default_factory=dict, repr=False)
    group: str = ""
    language: Literal["nl", "en"] = "en"
    area: str = ""
    file: str = ""
    original: str = ""
    received: str = ""
    late: Late | None = None
    notes: tuple[str, ...] = ()
    digest: str = ""
    key: str = ""


@dataclass(frozen=True)
class Order:
    """How a class is graded: the assignment with all that goes with it.

    Attributes
    ----------
    name : str
        The name of the source file.
    source : bytes
        The source of the assignment, with solutions.
    files : dict of str to bytes
        Its data, and `assignment.json`: what stands in the folder of every hand-in.
    container : str
        The image in which hand-ins are run; "" for a process of their own.
    """

    name: str
    source: bytes = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    container: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides about points, the version of labkit too."""
        parts = [__version__, self.name, hashlib.sha256(self.source).hexdigest(), self.container]
        parts += [f"{name}:{hashlib.sha256(data).hexdigest()}" for name, data in sorted(self.files.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def open(self, folder: Path) -> Assignment:
        """Write the source into a folder, and read it as an assignment."""
        file = folder / self.name
        file.write_bytes(self.source)
        return open_assignment(file)


def key_of(order: Order, paper: Paper) -> str:
    """Return what was graded with what: a run that finds the same key has nothing to do.

    The source with its checks and limits, the data, the version of labkit, the hand-in with all its files, its
    district, its language, and who gets the result.
    """
    said: Any = [
        order.digest,
        hashlib.sha256(paper.data).hexdigest(),
        sorted(
            (name, hashlib.sha256(data).hexdigest()) for name, data in [*paper.files.items(), *paper.others.items()]
        ),
        [paper.student, paper.members, paper.group, paper.language, paper.area, paper.original, paper.received],
        paper.late.model_dump() if paper.late else None,
        paper.notes,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
