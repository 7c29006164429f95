"""What a released notebook holds, cell by cell: the frame in which the answers of a hand-in are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from labkit.assignments.assignment import Assignment, Question
from labkit.assignments.code_names import assigned
from labkit.assignments.release import roles
from labkit.assignments.release.notebooks import released
from labkit.assignments.resemblance import bare, first_line

#: What a released cell is for.
Role = Literal["answer", "check", "setup", "open", "text"]


@dataclass(frozen=True)
class Place:
    """One cell of a released notebook.

    Attributes
    ----------
    id : str
        The id that the release gives it.
    role : {"answer", "check", "setup", "open", "text"}
        What it is for: an answer is the student's, and so is an open cell, which has something to fill in or leaves
        room; all others are ours. A "setup" is any other cell with code.
    kind : {"code", "markdown"}
        Its type.
    question : str
        The id of the question of an answer or a check; "" for others.
    sources : tuple of str
        What stands in it as released, in each language.
    number : int
        Its place in the skeleton, counted from 0.
    """

    id: str
    role: Role
    kind: str
    question: str
    sources: tuple[str, ...]
    number: int

    @property
    def source(self) -> str:
        """What stands in it, in the first language of the assignment."""
        return self.sources[0]

    @cached_property
    def bare(self) -> frozenset[str]:
        """Its sources in the form in which they are compared."""
        return frozenset(bare(one, self.kind) for one in self.sources)

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The labels that its sources begin with, by which it is known when all else is gone."""
        lines = {first_line(one) for one in self.sources}
        return frozenset(one for one in lines if self.role == "answer" and self.question in one)

    @cached_property
    def given(self) -> frozenset[str]:
        """The names that the released code gives by itself."""
        return frozenset(name for one in self.sources for name in assigned(one)) if self.kind == "code" else frozenset()

    def same(self, source: str) -> bool:
        """Whether a cell holds what was released, comments and spacing apart."""
        return bare(source, self.kind) in self.bare


@dataclass(frozen=True)
class Skeleton:
    """All cells of an assignment as released, in order; made by `skeleton_of`.

    Attributes
    ----------
    assignment : str
        The id of the assignment.
    places : tuple of Place
    questions : tuple of Question
    """

    assignment: str
    places: tuple[Place, ...]
    questions: tuple[Question, ...] = field(repr=False)

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """The places by their id."""
        return {one.id: one for one in self.places}

    @cached_property
    def answers(self) -> dict[str, Place]:
        """The places of the answers, by question."""
        return {one.question: one for one in self.places if one.role == "answer"}

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """The names that more than one question asks for, or that a cell of ours gives: these tell nothing."""
        names = [name for one in self.questions for name in one.answers]
        ours = {name for one in self.places if one.role in ("setup", "open") for name in one.given}
        return frozenset(name for name in names if names.count(name) > 1) | ours

    def question(self, name: str) -> Question:
        """Return a question by its id."""
        return next(one for one in self.questions if one.id == name)


def skeleton_of(assignment: Assignment) -> Skeleton:
    """Return what the release of an assignment holds, in all its languages together.

    Parameters
    ----------
    assignment : Assignment
        As its lecturer wrote it.

    Returns
    -------
    Skeleton
        Cells that only one language has are in it once.
    """
    found: dict[str, dict[str, Any]] = {}
    order: dict[str, int] = {}
    questions = {roles.answer_id(one.id): one.id for one in assignment.questions}
    questions |= {
        roles.check_id(one.id, number): one.id
        for one in assignment.questions
        for number in range(1, len(one.checks) + 1)
    }
    for name, role, cell, number in _released(assignment):
        question = questions.get(name, "")
        one = found.setdefault(name, {"role": role, "kind": cell.cell_type, "question": question, "sources": []})
        order.setdefault(name, number)
        if cell.source not in one["sources"]:
            one["sources"].append(cell.source)
    places = [
        Place(name, one["role"], one["kind"], one["question"], tuple(one["sources"]), number)
        for number, (name, one) in enumerate(sorted(found.items(), key=lambda item: order[item[0]]))
    ]
    return Skeleton(assignment.id, tuple(places), assignment.questions)


def _released(assignment: Assignment) -> Iterator[tuple[str, Role, Any, int]]:
    """Yield the cells as each language has them: id, role, the cell itself, its place in the source."""
    order = {cell["id"]: number for number, cell in enumerate(roles.mark(assignment).cells)}
    answers = {roles.answer_id(one.id) for one in assignment.questions}
    checks = {
        roles.check_id(one.id, number) for one in assignment.questions for number in range(1, len(one.checks) + 1)
    }
    for language in assignment.header.languages:
        for cell in released(assignment, language).cells:
            name = cell["id"]
            role: Role = "answer" if name in answers else "check" if name in checks else "text"
            if role == "text" and cell.cell_type == "code":
                role = "open" if roles.is_open(cell.source) else "setup"
            yield name, role, cell, order.get(name, -1)  # what the release adds by itself stands at the top
