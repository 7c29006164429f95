"""A glance at a file: is it a notebook, of which assignment, in which language; nothing of it is run or kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labkit.assignments.collecting.wording import t

if TYPE_CHECKING:
    from labkit.assignments.assignment import Assignment


@dataclass(frozen=True)
class Glance:
    """What a notebook says of itself.

    Attributes
    ----------
    assignment : str
        The id of the assignment that it was released for; "" if it does not say.
    language : str
        "nl", "en", or "" if it does not say.
    ids : frozenset of str
        The ids of its cells, and those that nbgrader knows them by.
    cells : int
        How many cells it has; -1 if it is called a notebook and cannot be read as one.
    """

    assignment: str
    language: str
    ids: frozenset[str]
    cells: int


@dataclass(frozen=True)
class Wanted:
    """The notebook that is looked for.

    Attributes
    ----------
    assignment : str
        The id of the assignment; "" if any notebook will do.
    ids : frozenset of str
        The ids of its answer cells, as a release writes them.
    """

    assignment: str = ""
    ids: frozenset[str] = frozenset()

    @classmethod
    def of(cls, assignment: Assignment) -> Wanted:
        """Return what hand-ins for an assignment look like."""
        return cls(assignment.id, frozenset(f"{one.id}-answer" for one in assignment.questions))

    def fits(self, seen: Glance) -> float:
        """Return how well a notebook fits: 0 for not at all, 2 or more if it names the assignment."""
        if seen.cells < 0:
            return -1.0
        if not self.assignment:
            return 1.0 if seen.assignment or seen.ids else 0.5
        named = 2.0 if seen.assignment == self.assignment else 0.0
        return named + (len(self.ids & seen.ids) / len(self.ids) if self.ids else 0.0)


def glance(data: bytes) -> Glance | None:
    """Look at the contents of a file.

    Parameters
    ----------
    data : bytes
        All of it, whatever the name of the file.

    Returns
    -------
    Glance or None
        None if it is not a notebook.

    Examples
    --------
    >>> glance(b'{"cells": [], "metadata": {"labkit": {"assignment": "week1"}}, "nbformat": 4}').assignment
    'week1'
    >>> glance(b"residents = 12") is None
    True
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        read = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or not isinstance(read.get("nbformat", 4), int):
        return None
    cells = read.get("cells")
    if cells is None and isinstance(read.get("worksheets"), list):  # notebooks of before 2015
        sheets = [one for one in read["worksheets"] if isinstance(one, dict)]
        cells = [cell for one in sheets for cell in one.get("cells") or []]
    if not isinstance(cells, list):
        return None
    about = _part(_part(read, "metadata"), "labkit")
    return Glance(
        assignment=_word(about, "assignment"),
        language=_word(about, "language") if _word(about, "language") in ("nl", "en") else "",
        ids=frozenset(_ids(cells)),
        cells=len(cells),
    )


def choose(seen: Sequence[tuple[str, Glance]], wanted: Wanted) -> tuple[int, str]:
    """Choose the notebook that counts.

    Parameters
    ----------
    seen : sequence of (str, Glance)
        The names of the notebooks and what they say of themselves; at least one, the likeliest last.
    wanted : Wanted
        What is looked for.

    Returns
    -------
    tuple of int and str
        The place of the chosen one, and a note that says which was chosen and why; "" if there was no choice.
    """
    scores = [wanted.fits(one) for _, one in seen]
    best = max(scores)
    chosen = max(place for place, score in enumerate(scores) if score == best)
    if len(seen) == 1:
        return chosen, ""
    name = seen[chosen][0]
    others = ", ".join(other for place, (other, _) in enumerate(seen) if place != chosen)
    if scores.count(best) > 1:
        text = t(
            "{number} notebooks; {name} is the last of those that fit. Also there: {others}.",
            number=len(seen),
            name=name,
            others=others,
        )
    else:
        text = t(
            "{number} notebooks; {name} fits the assignment best. Also there: {others}.",
            number=len(seen),
            name=name,
            others=others,
        )
    return chosen, text


def _part(value: Any, name: str) -> dict[str, Any]:
    part = value.get(name) if isinstance(value, dict) else None
    return part if isinstance(part, dict) else {}


def _word(value: dict[str, Any], name: str) -> str:
    word = value.get(name)
    return word if isinstance(word, str) else ""


def _ids(cells: list[Any]) -> Iterable[str]:
    for cell in cells:
        if isinstance(cell, dict):
            yield from filter(None, (_word(cell, "id"), _word(_part(_part(cell, "metadata"), "nbgrader"), "grade_id")))
