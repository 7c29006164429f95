"""Check a student's notebook before it is handed in: what it holds, and the public checks, as the lecturer has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from labkit.assignments import companion
from labkit.assignments.companion import Companion
from labkit.assignments.own_notebook import OwnNotebook, grade_id, read_own
from labkit.assignments.runner import Session, Warm
from labkit.assignments.self_report import Finding, Line, SelfReport
from labkit.assignments.variants import district_of
from labkit.errors import LabkitError
from labkit.language import current, resolve, speaking, t

#: How often the notebook is begun again after a cell that ended its process.
MOST_RESTARTS = 3

#: What of the folder of the notebook a run gets: files up to this size, and together, bytes.
FILE, TOGETHER = 50_000_000, 300_000_000

_LEFT_OUT = {"__pycache__", "node_modules"}

#: Run in the student's process: the same as typing `lk.check("q1")` there.
_ASK = "import labkit.assignments.selfcheck as _lk_check\n_lk_report = _lk_check.check({question!r}, language={language!r}).as_data()"


@dataclass(frozen=True)
class OwnCheck:
    """What was found in a notebook.

    Attributes
    ----------
    path : Path
    report : SelfReport
        How each question stands.
    findings : tuple of str
        What should be mended besides: lost or double cells, cells that stop.
    run : bool
        Whether it was run.
    """

    path: Path
    report: SelfReport
    findings: tuple[str, ...]
    run: bool

    @property
    def passed(self) -> bool:
        """Whether there is nothing to mend."""
        return self.report.passed and not self.findings

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        told = self.report.as_data()
        return {
            "notebook": str(self.path),
            "title": told["title"],
            "passed": self.passed,
            "run": self.run,
            "findings": list(self.findings),
            "questions": told["lines"],
        }

    def __str__(self) -> str:
        with speaking(self.report.language):
            rows = [str(self.report)]
            if self.findings:
                rows += ["", t("Look at this before you hand in:"), *(f"  - {one}" for one in self.findings)]
            if not self.run:
                rows += ["", t("The notebook was not run: whether the answers are right was not looked at.")]
            return "\n".join(rows)


def check_notebook(
    path: str | Path,
    *,
    run: bool = True,
    who: str | None = None,
    language: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> OwnCheck:
    """Check a student's notebook; `assignment.json` must be in its folder.

    Parameters
    ----------
    path : str or Path
        The notebook.
    run : bool
        Whether it is run, in a process of its own on a copy; what it holds is looked at in any case.
    who : str, optional
        The student number, or the name of the group, if the notebook asks for it.
    language : {"nl", "en"}, optional
        In which it is told; that of the notebook if left out.
    progress : callable, optional
        Gets how many cells were run, and how many there are.

    Raises
    ------
    LabkitError
        If the notebook or `assignment.json` cannot be read, or nobody says who the student is.
    """
    file = Path(path)
    if not file.is_file():
        raise LabkitError(t("There is no notebook {path}. Check the name.", path=file))
    found = companion.find(file.parent)
    settings = companion.read_companion(found if found else file.parent)
    with speaking(resolve(language)):
        own = read_own(file, settings)
    language = language or own.language or current()
    with speaking(language):
        title = settings.title(language) or settings.assignment
        lines = {one.id: _unrun(one, own, language) for one in settings.questions}
        findings = list(own.findings)
        if run:
            if own.asks_who and settings.variants and not who:
                raise LabkitError(t("The notebook asks who you are. Give your student number with --who."))
            told, stops = _Run(own, settings, who, language, progress)()
            findings += stops
            for name, line in told.items():
                if lines[name].status != "unanswered" or line.status == "failed":
                    lines[name] = line
        return OwnCheck(file, SelfReport(title, language, tuple(lines.values())), tuple(findings), run)


def _unrun(question: companion.PublicQuestion, own: OwnNotebook, language: str) -> Line:
    """Return how a question stands as far as it can be seen without running it."""
    place = own.places[question.id]
    line = Line(
        question.id,
        question.title(language),
        "later",
        (),
        sum(bool(one.public.strip()) for one in question.checks),
        question.has_hidden,
        question.manual_points,
    )
    if place.answered:
        return line
    text = t("There is no answer yet: {names}.", names=", ".join(question.answers) or question.id)
    return replace(line, status="unanswered", findings=(Finding(question.id, "unanswered", text),))


class _Run:
    """One run of a notebook, begun again after a cell that ends its process."""

    def __init__(
        self,
        own: OwnNotebook,
        settings: Companion,
        who: str | None,
        language: str,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self.own, self.settings, self.language, self.progress = own, settings, language, progress
        self.district = district_of(settings, who) if who and settings.variants else ""
        self.finished = {place.cells[-1]: name for name, place in own.places.items() if place.cells}
        self.skipped: set[int] = set()
        self.lines: dict[str, Line] = {}
        self.stops: dict[int, str] = {}

    def __call__(self) -> tuple[dict[str, Line], list[str]]:
        """Return how the questions stand, and which cells stopped."""
        files = files_beside(self.own.path)
        with Warm() as warm:
            for _ in range(MOST_RESTARTS + 1):
                told = self.settings.as_json().encode()
                with warm.session(files, self.district, told, self.language) as session:
                    ended = self.cells(session)
                if ended is None:
                    break
                self.skipped.add(ended)
        return self.lines, [self.stops[number] for number in sorted(self.stops)]

    def cells(self, session: Session) -> int | None:
        """Run all cells; return the one that ended the process, or None."""
        for number, cell in enumerate(self.own.cells):
            if self.progress:
                self.progress(number, len(self.own.cells))
            if cell.cell_type == "code" and number not in self.skipped and "-check-" not in grade_id(cell):
                outcome = session.run(cell.source, t("cell {number}", number=number + 1))
                if outcome.status != "ok" and outcome.kind not in ("AssertionError", "CheckFailed"):
                    named = outcome.status == "error" and outcome.message
                    why = f"{outcome.kind}: {outcome.message}" if named else outcome.text or outcome.kind
                    told = " ".join(why.split())[:300]
                    self.stops[number] = t("Cell {number} stops: {error}", number=number + 1, error=told)
                if not session.alive:
                    return number
            if number in self.finished:
                self.ask(session, self.finished[number])
        return None

    def ask(self, session: Session, question: str) -> None:
        """Run the public checks of a question in the student's process."""
        outcome = session.run(_ASK.format(question=question, language=self.language), "check")
        told: Any = session.answer("_lk_report") if outcome.status == "ok" else None
        try:
            line = SelfReport.from_data(told).lines[0]
        except (TypeError, KeyError, IndexError, AttributeError):
            text = t("The checks of {question} could not be run: {error}", question=question, error=outcome.text)
            one = next(one for one in self.settings.questions if one.id == question)
            line = replace(
                _unrun(one, self.own, self.language),
                status="failed",
                findings=(Finding(question, "error", " ".join(text.split())[:400]),),
            )
        self.lines[question] = line


def files_beside(path: Path) -> Mapping[str, bytes]:
    """Return the files in the folder of a notebook, for a run on a copy: no notebooks, and nothing that is hidden.

    Raises
    ------
    LabkitError
        If there is more than a run can be given.
    """
    found: dict[str, bytes] = {}
    together = 0
    for file in sorted(path.parent.rglob("*")):
        pieces = file.relative_to(path.parent).parts
        if any(piece.startswith(".") or piece in _LEFT_OUT for piece in pieces) or file.suffix in (".ipynb", ".zip"):
            continue
        if file.is_symlink() or not file.is_file() or file.stat().st_size > FILE:
            continue
        together += file.stat().st_size
        if together > TOGETHER or len(found) > 5000:
            raise LabkitError(
                t(
                    "{folder} holds more than an assignment: put the notebook in a folder of its own.",
                    folder=path.parent,
                )
            )
        found["/".join(pieces)] = file.read_bytes()
    return found
