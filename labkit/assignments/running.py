"""Run the cells of one hand-in in order, and go on after a cell that ended everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from labkit.assignments.program import Step
from labkit.assignments.runner import Outcome, Session, Warm
from labkit.language import number, t

#: How often a hand-in gets a new process after a cell that ended the one before.
MOST_RESTARTS = 4

#: How much of an error is told, characters.
LONGEST = 160


@dataclass
class Run:
    """What running a hand-in gave.

    Attributes
    ----------
    stopped : dict of int to (str, str)
        Step -> how it ended ("error", "time", "memory" or "died"), and a sentence in the language of the student.
    notes : list of (str, str)
        What concerns the whole hand-in: a sign and a sentence.
    protection : tuple of str
        What stood between the student's code and this machine.
    asked : tuple of str
        For whom a district was asked.
    seconds : float
    """

    stopped: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    protection: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    seconds: float = 0.0


class Runner:
    """Runs one hand-in; a cell that ends its process costs only the question that it belongs to.

    After such a cell the earlier ones are run again in a new process, without it.

    Parameters
    ----------
    warm : Warm
    files : dict of str to bytes
        What lies in the folder of the hand-in.
    area : str
        The code of the district; "" without variants.
    assignment_json : bytes or None
    language : {"nl", "en"}
        Of the student.
    """

    def __init__(
        self, warm: Warm, files: Mapping[str, bytes], area: str, assignment_json: bytes | None, language: str
    ) -> None:
        self.warm, self.files, self.area, self.language = warm, files, area, language
        self.assignment_json = assignment_json
        self.session: Session | None = None
        self.result = Run()
        self._bad: set[int] = set()
        self._restarts = 0
        self._over = False

    def run(
        self,
        steps: Sequence[Step],
        finished: Callable[[str, Session], None],
        at_end: Callable[[Session], None] | None = None,
    ) -> Run:
        """Run all steps.

        Parameters
        ----------
        steps : sequence of Step
        finished : function
            Is called with each question, as soon as its last cell was run, and the process to ask for its answers.
        at_end : function
            Is called with the process when all was run.
        """
        try:
            self._open()
            for place, step in enumerate(steps):
                if step.source.strip() and not self._over:
                    outcome = self._step(place, step)
                    self._tell(place, step, outcome)
                    self._go_on(steps, place)
                for question in step.finished:
                    finished(question, self._alive)
                    self._go_on(steps, place)
            if at_end:
                at_end(self._alive)
            asked = self._alive.facts().get("asked_district_for", [])
            self.result.asked = tuple(dict.fromkeys(str(one) for one in asked)) if isinstance(asked, list) else ()
        finally:
            if self.session:
                self.session.close()
        return self.result

    @property
    def _alive(self) -> Session:
        assert self.session is not None
        return self.session

    def _open(self) -> None:
        if self.session:
            self.session.close()
        self.session = self.warm.session(self.files, self.area, self.assignment_json, self.language)
        self.result.protection = self.session.protection

    def _step(self, place: int, step: Step) -> Outcome:
        name = f"cell {place + 1}" if step.cell is None else f"cell {step.cell + 1}"
        before = self._alive.seconds
        outcome = self._alive.run(step.source, name)
        self.result.seconds += self._alive.seconds - before
        if self.result.seconds > self.warm.limits.seconds:
            self._over = True
            told = t(
                "All together it ran longer than {seconds} seconds; the cells from cell {cell} on were not run.",
                self.language,
                seconds=number(self.warm.limits.seconds, 0, self.language),
                cell=place + 2 if step.cell is None else step.cell + 2,
            )
            self.result.notes.append(("time", told))
        return outcome

    def _go_on(self, steps: Sequence[Step], place: int) -> None:
        """If the process has ended, run what came before again in a new one, without the cell that ended it."""
        if self._alive.alive or self._over:
            return
        self._bad.add(place)
        for _ in range(MOST_RESTARTS):
            if self._restarts == MOST_RESTARTS:
                break
            self._restarts += 1
            self._open()
            if self._again(steps[:place]):
                return
        self._over = True
        told = t("Too many cells ended the whole process; the cells after them were not run.", self.language)
        self.result.notes.append(("died", told))

    def _again(self, steps: Sequence[Step]) -> bool:
        """Run steps again in a new process; False if one of them ended that too."""
        for place, step in enumerate(steps):
            if place not in self._bad and step.source.strip() and not self._over:
                self._step(place, step)
                if not self._alive.alive:
                    self._bad.add(place)
                    return False
        return True

    def _tell(self, place: int, step: Step, outcome: Outcome) -> None:
        """Keep what stopped a step: for its question, or for the whole hand-in if it has none."""
        if outcome.status == "ok":
            return
        told = stopped(step, outcome, self.warm.limits.cell_seconds, self.warm.limits.memory, self.language)
        self.result.stopped[place] = outcome.status, told
        if not step.questions and len(self.result.notes) < 6:
            self.result.notes.append((outcome.status, told))


def stopped(step: Step, outcome: Outcome, seconds: float, memory: int, language: str) -> str:
    """Return in one sentence what stopped a cell."""
    if step.cell is None:
        cell = t("A cell of the assignment itself", language)
    else:
        cell = t("Cell {cell}", language, cell=step.cell + 1)
    if outcome.status == "time":
        return t(
            "{cell} ran longer than {seconds} seconds, and was stopped.",
            language,
            cell=cell,
            seconds=number(seconds, 0 if seconds == int(seconds) else 1, language),
        )
    if outcome.status == "memory":
        return t(
            "{cell} asked for more memory than there is ({memory} MB), and was stopped.",
            language,
            cell=cell,
            memory=number(memory, 0, language),
        )
    if outcome.status == "died":
        return t("{cell} ended the whole process; all else was run again without it.", language, cell=cell)
    cause = " ".join(f"{outcome.kind}: {outcome.message}".split()).removesuffix(":").rstrip(".")
    if len(cause) > LONGEST:
        cause = f"{cause[:LONGEST]}..."
    return t("{cell} stopped with an error ({cause}).", language, cell=cell, cause=cause)


def value_text(value: Any) -> str:
    """Return an answer as short text, as data shows itself.

    Examples
    --------
    >>> value_text(14085), value_text("Stevenshof")
    ('14085', "'Stevenshof'")
    """
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"{type(value).__name__} ({' x '.join(str(one) for one in shape)})"
    try:
        text = " ".join(repr(value).split())
    except (ValueError, RecursionError, MemoryError):  # such as a whole number of more digits than Python writes
        return type(value).__name__
    return text if len(text) <= 200 else f"{text[:197]}..."
