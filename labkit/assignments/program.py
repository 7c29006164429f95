"""Which cells of a hand-in are run, in which order, with our own put back in their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labkit.assignments.matching import Cell, Match
from labkit.assignments.resemblance import code_in
from labkit.assignments.skeleton import Place


@dataclass(frozen=True)
class Step:
    """One piece of code to run.

    Attributes
    ----------
    source : str
        The code.
    cell : int or None
        The cell of the hand-in, counted from 0; None for one of ours.
    questions : tuple of str
        The questions that it belongs to.
    finished : tuple of str
        The questions of which all cells have been run after it: then they are checked.
    """

    source: str
    cell: int | None
    questions: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()


def program(match: Match) -> tuple[Step, ...]:
    """Return the cells to run.

    A set-up cell is always ours: where the student changed it, theirs is run first, so that an import that they
    added is there, and then ours, which has the last word. An open cell is the student's; ours is run if it is
    gone. Checks are not run here at all. Of an answer that was
    copied, stubs are left out; one that was not touched is run once, as it may hold code that later cells need.

    Parameters
    ----------
    match : Match
        The hand-in; see `labkit.assignments.matching.match`.

    Returns
    -------
    tuple of Step
        A question without any cell is finished by none of them.
    """
    last = {name: found.cells[-1].number for name, found in match.questions.items() if found.cells}
    steps = []
    for cell, source in _sources(match):
        number = None if cell is None else cell.number
        questions = tuple(
            name for name, found in match.questions.items() if any(one.number == number for one in found.cells)
        )
        finished = tuple(name for name in questions if last[name] == number)
        if source.strip() or finished:
            steps.append(Step(source, number, questions, finished))
    return tuple(steps)


def _sources(match: Match) -> Iterator[tuple[Cell | None, str]]:
    """Yield what is run: the student's cell with its code, or None with ours."""
    present = {one.place.id for one in match.cells if one.place and one.code}
    waiting = [
        one
        for one in match.skeleton.places
        if one.role == "setup" or (one.role == "open" and one.id not in present and any(one.bare))
    ]
    for cell in match.cells:
        place = cell.place
        if place and place.role == "setup":
            if not place.same(cell.source) and cell.code:
                yield cell, cell.code
            yield from _up_to(waiting, place.number)
            continue
        if place and place.role in ("answer", "open"):
            yield from _up_to(waiting, place.number)
        yield cell, _runnable(match, cell)
    yield from _up_to(waiting, len(match.skeleton.places))


def _up_to(waiting: list[Place], number: int) -> Iterator[tuple[Cell | None, str]]:
    """Yield our own cells that stand up to a place of the assignment and were not yet run."""
    while waiting and waiting[0].number <= number:
        yield None, waiting.pop(0).source


def _runnable(match: Match, cell: Cell) -> str:
    """Return what is run of a cell of the student; "" if nothing."""
    place = cell.place
    counts = [name for name, found in match.questions.items() if cell in found.cells]
    if place and place.role == "check":
        # An answer that was written into a check is the student's work; the check itself is ours.
        return cell.code if counts or cell.names - place.given else ""
    if place and place.role == "text":
        return cell.code if counts else ""
    if place and place.role == "answer" and not counts:
        return ""
    texts = [name for name in counts if match.skeleton.question(name).kind == "text"]
    if counts and len(texts) == len(counts):
        return code_in(cell.source) if cell.kind == "code" else ""
    return cell.code if cell.kind == "code" or counts else ""
