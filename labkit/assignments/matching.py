"""Find each answer again in a hand-in: by id, by cell id, by heading and position, by likeness; and say how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from labkit.assignments import markers
from labkit.assignments.code_names import assigned
from labkit.assignments.resemblance import bare, code_in, first_line, ratio
from labkit.assignments.results import MatchedBy
from labkit.assignments.skeleton import Place, Skeleton
from labkit.errors import LabkitError
from labkit.names import fold

#: From this likeness on, a cell that lost its id is taken for one of ours (0 to 1).
OURS = 0.85

#: From this likeness to the stub or the solution on, a cell is taken for an answer.
ANSWER = 0.7


@dataclass
class Cell:
    """One cell of a hand-in, and what it was found to be.

    Attributes
    ----------
    number : int
        Its place in the hand-in, counted from 0.
    kind, source : str
        Its type and text.
    code : str
        What can be run of it; "" if nothing.
    names : frozenset of str
        The names that this code gives.
    place : Place or None
        The released cell that it is.
    matched_by : str
        How that was found; "" if it was not.
    also : dict of str to str
        Other questions that it answers besides, and how that was found: cells were merged.
    """

    number: int
    kind: str
    source: str
    code: str = ""
    names: frozenset[str] = frozenset()
    place: Place | None = None
    matched_by: MatchedBy | Literal[""] = ""
    also: dict[str, MatchedBy] = field(default_factory=dict)

    @property
    def bare(self) -> str:
        """Its source in the form in which cells are compared."""
        return bare(self.source, self.kind)

    @property
    def unchanged(self) -> bool:
        """Whether it holds what was released; a cell with nothing in it, or only its label, does too."""
        return self.place is not None and (self.place.same(self.source) or not bare(self.unlabelled, self.kind))

    @property
    def unlabelled(self) -> str:
        """Its source without the line that says which question it answers."""
        firsts = self.place.firsts if self.place else frozenset()
        lines = self.source.split("\n")
        return "\n".join(line for line in lines if " ".join(line.split()) not in firsts).strip("\n")


@dataclass
class Found:
    """Where the answer to one question stands.

    Attributes
    ----------
    question : str
    cells : list of Cell
        The cells that count, in their order; empty if there are none.
    copies : list of Cell
        Further cells with the same id: earlier ones that were run too, and stubs that were not.
    matched_by : {"id", "cell id", "heading", "likeness", "missing"}
    unchanged : bool
        Whether nothing was written.
    """

    question: str
    cells: list[Cell] = field(default_factory=list)
    copies: list[Cell] = field(default_factory=list)
    matched_by: MatchedBy = "missing"
    unchanged: bool = True


@dataclass
class Match:
    """A hand-in laid beside the assignment; made by `match`.

    Attributes
    ----------
    skeleton : Skeleton
    cells : list of Cell
        All cells of the hand-in.
    questions : dict of str to Found
        By question, in the order of the assignment.
    other : str
        The id of another assignment that the hand-in says to be of; "" if it does not.
    """

    skeleton: Skeleton
    cells: list[Cell]
    questions: dict[str, Found]
    other: str = ""


def match(skeleton: Skeleton, notebook: Any) -> Match:
    """Find the answers of a hand-in.

    Parameters
    ----------
    skeleton : Skeleton
        What was released; see `skeleton_of`.
    notebook : nbformat.NotebookNode
        The hand-in, as `labkit.assignments.notebook.read` gives it.

    Returns
    -------
    Match
    """
    cells = [_cell(number, one) for number, one in enumerate(notebook.cells)]
    said = str((notebook.metadata.get("labkit") or {}).get("assignment") or "")
    other = said if said and said != skeleton.assignment else ""
    _by_id(skeleton, cells, notebook.cells, doubted=bool(other))
    _misplaced(skeleton, cells)
    _ours(skeleton, cells)
    _by_heading(skeleton, cells)
    _by_likeness(skeleton, cells)
    _merged(skeleton, cells)
    questions = {one.id: _found(one.id, cells) for one in skeleton.questions}
    _between(skeleton, cells, questions)
    _elsewhere(skeleton, cells, questions)
    return Match(skeleton, cells, questions, other)


def _cell(number: int, raw: Any) -> Cell:
    source = raw.source.replace("\r\n", "\n").replace("\r", "\n")
    code = source if raw.cell_type == "code" else code_in(source)
    return Cell(number, raw.cell_type, source, code, frozenset(assigned(code)))


def _answered(cells: list[Cell], *, written: bool = False) -> set[str]:
    """Return the questions that have a cell; with `written` those that have one with something in it."""
    return {
        one.place.question
        for one in cells
        if one.place and one.place.role == "answer" and not (written and one.unchanged)
    }


def _by_id(skeleton: Skeleton, cells: list[Cell], raw: list[Any], *, doubted: bool) -> None:
    for cell, one in zip(cells, raw, strict=True):
        named = (one.metadata.get("nbgrader") or {}).get("grade_id")
        own = (one.get("id"), one.metadata.get("id"))  # Colab keeps the id among the metadata
        how: MatchedBy = "id"
        place = skeleton.by_id.get(str(named))
        if place is None:
            place = _by_comment(skeleton, cell.source)
        if place is None:
            place, how = next((skeleton.by_id[str(x)] for x in own if str(x) in skeleton.by_id), None), "cell id"
        if place and not (doubted and not _plausible(skeleton, cell, place)):
            cell.place, cell.matched_by = place, how


def _by_comment(skeleton: Skeleton, source: str) -> Place | None:
    """Return the place that the first line of a cell names."""
    line = first_line(source)
    try:
        marker = markers.read_marker(line)
    except LabkitError:
        marker = None
    if marker:
        return skeleton.answers.get(marker.question) if marker.what == "question" else None
    found = [one for one in skeleton.answers.values() if line in one.firsts]
    return found[0] if len(found) == 1 else None


def _plausible(skeleton: Skeleton, cell: Cell, place: Place) -> bool:
    """Whether a cell with an id of ours, in the notebook of another assignment, is ours indeed."""
    if place.same(cell.source):
        return True
    return place.role == "answer" and bool(cell.names & set(skeleton.question(place.question).answers))


def _misplaced(skeleton: Skeleton, cells: list[Cell]) -> None:
    """Give a copied answer cell in which another question was answered to that other question."""
    by_question: dict[str, list[Cell]] = {}
    for one in cells:
        if one.place and one.place.role == "answer" and not one.unchanged:
            by_question.setdefault(one.place.question, []).append(one)
    open_questions = {one.id for one in skeleton.questions} - _answered(cells, written=True)
    for name, group in by_question.items():
        asked = set(skeleton.question(name).answers)
        if len(group) < 2 or not asked:
            continue
        for one in group:
            meant = _meant(skeleton, one, open_questions)
            if meant and not one.names & asked and any(other.names & asked for other in group):
                one.place, one.matched_by = skeleton.answers[meant], "likeness"
                open_questions.discard(meant)


def _meant(skeleton: Skeleton, cell: Cell, questions: set[str]) -> str:
    """Return the question whose names a cell gives; "" if none or several."""
    found = [
        one.id for one in skeleton.questions if one.id in questions and cell.names & _telling(skeleton, one.answers)
    ]
    return found[0] if len(found) == 1 else ""


def _telling(skeleton: Skeleton, answers: tuple[str, ...]) -> set[str]:
    return set(answers) - skeleton.shared_names


def _ours(skeleton: Skeleton, cells: list[Cell]) -> None:
    """Know our own texts, checks and set-up again by what stands in them, copies of these too."""
    taken = {one.place.id for one in cells if one.place}
    for place in skeleton.places:
        if place.role == "answer":
            continue
        open_cells = [one for one in cells if one.place is None]
        # A cell that became another type still holds the same text; code of comments alone is compared as text.
        kind = place.kind if any(place.bare) else "markdown"
        texts = {text for one in place.sources if (text := bare(one, kind))}
        same = [one for one in open_cells if bare(one.source, kind) in texts]
        if not same and place.id not in taken and any(place.bare):
            same = _alike_ours(place, open_cells)
        for one in same:
            one.place, one.matched_by = place, "likeness"


def _alike_ours(place: Place, cells: list[Cell]) -> list[Cell]:
    """Return the cell that is most like one of ours, as a list; one in which names were added is the student's."""
    rated = [(max(ratio(one.bare, text) for text in place.bare), one) for one in cells]
    rated = [one for one in rated if one[0] >= OURS] or [(1.0, one) for one in cells if _same_heading(one, place)]
    best = max(rated, key=lambda one: one[0])[1] if rated else None
    return [best] if best is not None and not (place.role == "setup" and best.names - place.given) else []


def _same_heading(cell: Cell, place: Place) -> bool:
    if place.role != "text" or cell.kind != "markdown":
        return False
    ours = {fold(line) for one in place.sources for line in one.split("\n") if line.startswith("#")}
    return any(fold(line) in ours for line in cell.source.split("\n") if line.startswith("#"))


def _by_heading(skeleton: Skeleton, cells: list[Cell]) -> None:
    """Give what stands where an answer stood to that answer."""
    at: dict[str, int] = {}
    for one in cells:
        if one.place:
            at.setdefault(one.place.id, one.number)
    answered = _answered(cells)
    for gap, questions in _gaps(skeleton, cells, at, answered).items():
        open_cells = [one for one in cells if gap[0] < one.number < gap[1] and one.place is None and one.bare]
        for name, chosen in _shared(skeleton, questions, open_cells).items():
            for one in chosen:
                one.place, one.matched_by = skeleton.answers[name], "heading"


def _gaps(
    skeleton: Skeleton, cells: list[Cell], at: dict[str, int], answered: set[str]
) -> dict[tuple[int, int], list[str]]:
    """Return the stretches of the hand-in in which answers are looked for, and which these are."""
    gaps: dict[tuple[int, int], list[str]] = {}
    for name, place in skeleton.answers.items():
        if name in answered or not _anchored(skeleton, place, at):
            continue
        before = [at[one.id] for one in skeleton.places[: place.number] if one.id in at]
        start = before[-1] if before else -1
        after = [at[one.id] for one in skeleton.places[place.number + 1 :] if at.get(one.id, -1) > start]
        gaps.setdefault((start, after[0] if after else len(cells)), []).append(name)
    return gaps


def _anchored(skeleton: Skeleton, place: Place, at: dict[str, int]) -> bool:
    """Whether the text just above an answer, or a check below it, is in the hand-in."""
    for one in reversed(skeleton.places[: place.number]):
        if one.role not in ("text", "setup", "open"):
            break
        if one.id in at and one.role == "text":
            return True
    return any(one.role == "check" and one.question == place.question and one.id in at for one in skeleton.places)


def _shared(skeleton: Skeleton, questions: list[str], cells: list[Cell]) -> dict[str, list[Cell]]:
    """Share the cells of a stretch among the questions whose answers it may hold."""
    given: dict[str, list[Cell]] = {}
    rest = list(cells)
    for name in questions:
        asked = _telling(skeleton, skeleton.question(name).answers)
        chosen = [one for one in rest if one.names & asked]
        if chosen:
            given[name] = chosen
            rest = [one for one in rest if one not in chosen]
    left = [name for name in questions if name not in given]
    suited = [one for one in rest if any(_suits(skeleton, name, one) for name in left)] or rest
    if len(left) == 1 and suited:
        # What follows belongs to it too; see `_between`.
        given[left[0]] = suited[:1]
    elif left and len(left) == len(suited):
        given |= {name: [one] for name, one in zip(left, suited, strict=True)}
    return given


def _suits(skeleton: Skeleton, name: str, cell: Cell) -> bool:
    """Whether a cell is of the type in which a question is answered."""
    return (cell.kind == "code") == (skeleton.question(name).kind == "code")


def _by_likeness(skeleton: Skeleton, cells: list[Cell]) -> None:
    """Give the cells that are left to the questions whose names, stub or solution they resemble."""
    rated: list[tuple[float, int, str]] = []
    for name in (one.id for one in skeleton.questions if one.id not in _answered(cells)):
        rated += [
            (_alike(skeleton, name, cell), -cell.number, name) for cell in cells if cell.place is None and cell.bare
        ]
    for rate, number, name in sorted(rated, reverse=True):
        cell = cells[-number]
        if rate >= ANSWER and cell.place is None and name not in _answered(cells):
            cell.place, cell.matched_by = skeleton.answers[name], "likeness"


def _alike(skeleton: Skeleton, name: str, cell: Cell) -> float:
    question, place = skeleton.question(name), skeleton.answers[name]
    named = cell.names & _telling(skeleton, question.answers)
    if named:
        return 0.9 + 0.1 * len(named) / len(question.answers)
    looks = [text for text in (*place.bare, bare(question.solution, place.kind)) if len(text) >= 20]
    return max((ratio(bare(cell.source, place.kind), text) for text in looks), default=0.0)


def _merged(skeleton: Skeleton, cells: list[Cell]) -> None:
    """Find answers that were merged into the cell of another question: by their first comment, or by their names."""
    answered = _answered(cells)
    for cell in cells:
        lines = {" ".join(line.split()) for line in cell.source.split("\n") if line.strip()}
        for name, place in skeleton.answers.items():
            if name in answered or cell.place is place:
                continue
            if lines & place.firsts:
                cell.also[name] = "id"


def _found(name: str, cells: list[Cell]) -> Found:
    """Put together what counts for a question."""
    all_cells = [one for one in cells if (one.place and one.place.role == "answer" and one.place.question == name)]
    merged = [one for one in cells if name in one.also]
    written = [one for one in all_cells if not one.unchanged] + merged
    written.sort(key=lambda one: one.number)
    if not written:
        how = all_cells[0].matched_by if all_cells else ""
        return Found(name, all_cells[:1], all_cells[1:], how or "missing", unchanged=True)
    last = written[-1]
    how = last.also.get(name) or last.matched_by
    copies = [one for one in all_cells if one not in written]
    return Found(name, written, copies, how or "likeness", unchanged=False)


def _between(skeleton: Skeleton, cells: list[Cell], questions: dict[str, Found]) -> None:
    """Add the cells between an answer and what was released below it: there an answer was split."""
    current: Found | None = None
    for one in cells:
        if one.place is not None or one.also:
            current = questions[one.place.question] if one.place and one.place.role == "answer" else None
        elif current is not None and one.bare:
            asked = skeleton.question(current.question)
            if one.kind == "code" or asked.kind == "text" or asked.manual_points > 0:
                _add(current, one)


def _add(found: Found, cell: Cell) -> None:
    """Let a cell count for a question; a stub beside it does not count any more."""
    if found.unchanged:
        found.copies = found.cells + found.copies
        found.cells, found.unchanged = [], False
    found.cells = sorted([*found.cells, cell], key=lambda one: one.number)


def _elsewhere(skeleton: Skeleton, cells: list[Cell], questions: dict[str, Found]) -> None:
    """Find answers to questions that seem unanswered in any other cell that gives the names asked for."""
    for question in skeleton.questions:
        found = questions[question.id]
        asked = _telling(skeleton, question.answers)
        if not found.unchanged or not asked:
            continue
        giving = [
            one for one in cells if one.names & asked and one.code and not one.unchanged and one not in found.copies
        ]
        for one in giving:
            _add(found, one)
            one.also[question.id] = "likeness"
        if giving:
            found.matched_by = "likeness"
