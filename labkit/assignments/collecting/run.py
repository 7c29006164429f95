"""One run of collecting: what it was asked, and what it met."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.contents import Contents, contents
from labkit.assignments.collecting.names import shown
from labkit.assignments.collecting.whose import whose
from labkit.assignments.glance import Wanted
from labkit.assignments.handins import Problem, ProblemKind
from labkit.assignments.roster import Roster

if TYPE_CHECKING:
    from labkit.assignments.assignment import Assignment

State = Literal["new", "unchanged", "replaced", "kept"]


class Run:
    """One run: what it was asked, and what it met."""

    def __init__(self, out: Path, roster: Roster | None, assignment: Assignment | None, zone: tzinfo) -> None:
        self.out, self.roster, self.assignment, self.zone = out, roster, assignment, zone
        self.wanted = Wanted.of(assignment) if assignment else Wanted()
        self.stack = ExitStack()
        self.problems: list[Problem] = []
        self.states: dict[str, State] = {}
        #: By student, what the lecturer reads of a hand-in, in the language of the lecturer.
        self.notes: dict[str, list[str]] = {}

    @property
    def asks_for_more_than_records(self) -> bool:
        """Whether the assignment has questions that are answered in a notebook."""
        if self.assignment is None:
            return False
        return any("record" not in one.marker.values for one in self.assignment.questions)

    def tell(self, kind: ProblemKind, where: str, text: str, student: str = "") -> None:
        """Note what a lecturer should look at."""
        self.problems.append(Problem(kind=kind, where=shown(where, 200), student=student, text=text))

    def refused(self, where: str, text: str) -> None:
        """Note what was refused."""
        self.tell("refused", where, text)

    def known(self, name: str) -> bool:
        """Return whether a name is that of one student in the roster."""
        if self.roster is None:
            return False
        return not whose(Arrival("plain", name, "", name), self.roster).problem

    def read(self, arrival: Arrival) -> Contents:
        """Read all files of an arrival."""
        return contents(arrival, self.wanted, self.zone)
