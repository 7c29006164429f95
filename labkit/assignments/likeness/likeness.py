"""Compare the hand-ins of a class, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.assignments import notebook
from labkit.assignments.assignment import Assignment, open_assignment
from labkit.assignments.likeness import pairs, values
from labkit.assignments.likeness.normal import Line, Piece, code_lines, own_names, piece, text_lines
from labkit.assignments.likeness.pairs import Alike
from labkit.assignments.likeness.values import Asked, Same
from labkit.assignments.matching import Match, match
from labkit.assignments.results import Result
from labkit.assignments.skeleton import Skeleton, skeleton_of
from labkit.errors import LabkitError

if TYPE_CHECKING:
    from labkit.assignments.paper import Paper
    from labkit.assignments.roster import Roster

#: How much a same value weighs beside signs that are alike.
VALUE = 20


@dataclass(frozen=True)
class Pair:
    """Two hand-ins with something alike.

    Attributes
    ----------
    students : tuple of str
    areas : tuple of str
        The codes of their areas; "" without variants.
    answers : tuple of Alike
    values : tuple of Same
    """

    students: tuple[str, str]
    areas: tuple[str, str]
    answers: tuple[Alike, ...] = ()
    values: tuple[Same, ...] = ()

    @property
    def weight(self) -> int:
        """By what pairs are put in order: how much is alike that few others have."""
        return sum(one.signs for one in self.answers) + VALUE * len(self.values)


@dataclass(frozen=True)
class Likeness:
    """What is alike among the hand-ins of a class.

    Attributes
    ----------
    assignment : Assignment
    pairs : tuple of Pair
        Those with most in common first.
    pieces : dict of str to dict
        What each student wrote, by question.
    areas : dict of str to str
        The name of each area by its code.
    unread : dict of str to str
        The hand-ins that could not be read, and why.
    """

    assignment: Assignment = field(repr=False)
    pairs: tuple[Pair, ...]
    pieces: dict[str, dict[str, Piece]] = field(repr=False)
    areas: dict[str, str] = field(repr=False)
    unread: dict[str, str] = field(default_factory=dict, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "schema_version": 1,
            "assignment": self.assignment.id,
            "hand_ins": len(self.pieces),
            "unread": self.unread,
            "pairs": [{**asdict(one), "weight": one.weight} for one in self.pairs],
        }


def likeness(
    source: str | Path,
    submissions: str | Path,
    *,
    results: str | Path | None = None,
    roster: str | Path | None = None,
    released: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Likeness:
    """Compare the hand-ins of a class.

    Each answer is compared with the answers of all others to the same question, and so are cells that students added.
    Released text, comments, spacing and names that students chose do not count, and neither does what more than a few
    students have in common.

    Parameters
    ----------
    source : str or Path
        The assignment with its solutions.
    submissions : str or Path
        The hand-ins; see `labkit.assignments.handins.read_collected`.
    results : str or Path, optional
        What grading wrote: then the values that the answers gave are compared too, not only those typed in.
    roster, released : str or Path, optional
        What tells who got which area; as for grading.
    progress : callable, optional
        Called with how many hand-ins were read, and how many there are.

    Returns
    -------
    Likeness
        A place to look, no verdict.

    Raises
    ------
    LabkitError
        If the assignment or the results cannot be read, or there are no hand-ins.
    """
    from labkit.assignments.results_folder import read_results
    from labkit.assignments.roster import read_roster
    from labkit.assignments.submissions import submissions as found_in

    assignment = open_assignment(source)
    known: Roster | None = read_roster(roster) if roster else None
    papers = found_in(assignment, submissions, roster=known, released=released).papers
    graded = {one.student: one for one in read_results(results).values()} if results else {}
    skeleton, pieces, unread = skeleton_of(assignment), {}, {}
    ours = _Released(skeleton)
    for number, paper in enumerate(papers, start=1):
        try:
            pieces[_name(paper)] = _pieces(paper, skeleton, ours)
        except LabkitError as error:
            unread[_name(paper)] = str(error)
        if progress:
            progress(number, len(papers))
    areas = {_name(paper): paper.area for paper in papers}
    given = {_name(one): _values(one, pieces.get(_name(one), {}), assignment, graded) for one in papers}
    alike = pairs.alike({student: list(own.values()) for student, own in pieces.items()}, _solutions(assignment, ours))
    return Likeness(assignment, _paired(alike, values.same(given, areas), areas), pieces, _named(assignment), unread)


def _name(paper: Paper) -> str:
    return paper.group or paper.student


def _paired(
    alike: Mapping[tuple[str, str], list[Alike]], same: Mapping[tuple[str, str], list[Same]], areas: Mapping[str, str]
) -> tuple[Pair, ...]:
    found = [
        Pair(
            students=pair,
            areas=(areas.get(pair[0], ""), areas.get(pair[1], "")),
            answers=tuple(alike.get(pair, ())),
            values=tuple(same.get(pair, ())),
        )
        for pair in {**alike, **same}
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.students)))


class _Released:
    """The lines that all students got."""

    def __init__(self, skeleton: Skeleton) -> None:
        code = [text for one in skeleton.places if one.kind == "code" for text in one.sources]
        texts = [text for one in skeleton.places if one.kind != "code" for text in one.sources]
        self.names = own_names(code)
        self.code: set[Line] = {line for text in code for line in code_lines(text, self.names)}
        self.text: set[Line] = {line for text in texts for line in text_lines(text)}

    def of(self, kind: str) -> set[Line]:
        return self.code if kind == "code" else self.text


def _pieces(paper: Paper, skeleton: Skeleton, ours: _Released) -> dict[str, Piece]:
    """Return what a student wrote, by question; "" holds the code of cells that they added, "text" their texts."""
    read = notebook.loads(paper.data.decode("utf-8-sig", "replace"), ".ipynb", paper.file or paper.student)
    found = match(skeleton, read)
    names = own_names([one.source for one in found.cells if one.kind == "code"]) | ours.names
    return {key: piece(question, kind, source, names, ours.of(kind)) for key, question, kind, source in _written(found)}


def _solutions(assignment: Assignment, ours: _Released) -> Iterator[Piece]:
    """Yield the lecturer's own answers."""
    for one in assignment.questions:
        names = own_names([one.solution]) if one.kind == "code" else set()
        yield piece(one.id, one.kind, one.solution, names | ours.names, ours.of(one.kind))


def _written(found: Match) -> Iterator[tuple[str, str, str, str]]:
    """Yield what was written: a key, the question, the kind and the source."""
    answers = {id(cell) for one in found.questions.values() for cell in one.cells}
    for one in found.questions.values():
        source = "\n".join(cell.source for cell in one.cells)
        if source.strip():
            kind = "code" if found.skeleton.question(one.question).kind == "code" else "text"
            yield one.question, one.question, kind, source
    for kind in ("code", "text"):
        cells = [
            cell.source
            for cell in found.cells
            if id(cell) not in answers
            and (cell.kind == "code") == (kind == "code")
            and not cell.unchanged
            and (cell.place is None or cell.place.role == "open")
        ]
        if any(one.strip() for one in cells):
            yield f" {kind}", "", kind, "\n".join(cells)


def _values(
    paper: Paper, own: Mapping[str, Piece], assignment: Assignment, graded: Mapping[str, Result]
) -> dict[Asked, Any]:
    """Return the values that a student gave: typed in, or as grading found them; not those that are right."""
    found: dict[Asked, Any] = {}
    for question in assignment.questions:
        if question.id in own:
            typed_in = values.typed(own[question.id].source, question.answers)
            found |= {(question.id, name): value for name, value in typed_in.items()}
    result = next((graded[one] for one in (paper.student, *paper.members) if one in graded), None)
    for one in result.questions if result else ():
        found |= {(one.id, name): value for name, value in one.values.items()}
        # Two areas can have the same figure: who has all points gave the right one.
        if one.checks and all(check.passed for check in one.checks) and any(check.hidden for check in one.checks):
            found = {asked: value for asked, value in found.items() if asked[0] != one.id}
    return found


def _named(assignment: Assignment) -> dict[str, str]:
    """Return the names of the areas that were dealt, by code."""
    from labkit.assignments.variants import areas_dealt

    return {one.code: one.name for one in areas_dealt(assignment.header)} if assignment.header.variants else {}
