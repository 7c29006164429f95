"""The folder with results: one JSON file a student, one CSV file for all; no database.

    OUT/results/<student>.json      what is known of a hand-in (`labkit.assignments.results.Result`)
    OUT/grades.csv                  student, question, points, max_points, matched_by, note
    OUT/summary.json, summary.md    the class at a glance, for programs and for people
    OUT/marks/, OUT/comments.csv    what persons give (`labkit.assignments.marks`); never written here
    OUT/pending/                    while grading again: new results that wait until all are there
    OUT/changes.csv, changes.md     who gained and who lost when it was last graded again
    OUT/earlier/<time>/             the results as they were before that

Every file is written whole or not at all, so that a run can be killed at any moment and started again.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from labkit.assignments import sheets
from labkit.assignments.marks import read_marks
from labkit.assignments.results import QuestionResult, Result
from labkit.assignments.results_folder import RESULTS, read_result
from labkit.errors import LabkitError
from labkit.language import number, t
from labkit.saving import save_text

#: The columns of `grades.csv`.
COLUMNS = ("student", "question", "points", "max_points", "matched_by", "note")

PENDING = "pending"

#: Names that Windows keeps for itself.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9._-]{0,58}[a-z0-9_]|[a-z0-9_]")


def file_name(student: str) -> str:
    """Return the name of a student's file, without its ending: safe on every system, and of this student alone.

    Examples
    --------
    >>> file_name("s1234567")
    's1234567'
    >>> file_name("../Zoë de Vries")
    'zo_de_vries-15cfff57'
    >>> file_name("S1234567") == file_name("s1234567")
    False
    """
    if _PLAIN.fullmatch(student) and not _RESERVED.fullmatch(student):
        return student
    slug = re.sub(r"[^a-z0-9-]+", "_", student.lower()).strip("_-")[:40] or "student"
    return f"{slug}-{hashlib.sha256(student.encode('utf-8', 'replace')).hexdigest()[:8]}"


class Gradebook:
    """What grading wrote in a folder; see the text of this module.

    Parameters
    ----------
    folder : str or Path
        Made when something is first written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.results = self.folder / RESULTS
        self.pending = self.folder / PENDING

    def make(self) -> None:
        """Make the folders.

        Raises
        ------
        LabkitError
            If the place is taken by a file, or nothing can be written there.
        """
        try:
            self.results.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LabkitError(
                t(
                    "{path} cannot be made: {reason}. Choose another folder for the results.",
                    path=self.results,
                    reason=error.strerror or error,
                )
            ) from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second run out of this folder.

        Raises
        ------
        LabkitError
            If another run is busy with it.
        """
        from filelock import FileLock, Timeout

        self.make()
        lock = FileLock(self.folder / ".grading.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise LabkitError(
                t("Another run is grading into {folder}. Wait until it is done, or stop it.", folder=self.folder)
            ) from None
        try:
            yield
        finally:
            lock.release()

    def read(self, student: str) -> Result | None:
        """Return the result of a student, or None; a file that cannot be read counts as none."""
        return self._read(self.results, student)

    def waiting(self, student: str) -> Result | None:
        """Return the new result of a student that waits to replace the one before, or None."""
        return self._read(self.pending, student)

    def _read(self, folder: Path, student: str) -> Result | None:
        file = folder / f"{file_name(student)}.json"
        if not file.exists():
            return None
        try:
            return read_result(file)
        except LabkitError:
            return None

    def has(self, student: str, key: str) -> bool:
        """Whether this very work was graded already: then there is nothing to do."""
        waits, done = self.waiting(student), self.read(student)
        if done is not None and done.key == key and waits is not None and waits.key != key:
            # What was to replace it was made from something that has been changed back since.
            (self.pending / f"{file_name(student)}.json").unlink()
        return any(one is not None and one.key == key for one in (waits, done))

    def write(self, result: Result, *, again: bool = False) -> Path:
        """Write a result; one that would replace another waits in `pending`, see `labkit.assignments.changes`.

        Parameters
        ----------
        result : Result
        again : bool
            Whether it was graded again on purpose: then it waits too if nothing it was made from changed.
        """
        before = self.read(result.student)
        takes_place = before is None or not before.key or (before.key == result.key and not again)
        folder = self.results if takes_place else self.pending
        folder.mkdir(exist_ok=True)
        return save_text(folder / f"{file_name(result.student)}.json", as_json(result))

    def replace(self) -> int:
        """Let the results that wait take the place of those before; return how many."""
        files = sorted(self.pending.glob("*.json")) if self.pending.is_dir() else []
        for file in files:
            file.replace(self.results / file.name)
        if self.pending.is_dir() and not any(self.pending.iterdir()):
            self.pending.rmdir()
        return len(files)

    def all(self, order: Iterable[str] = ()) -> list[Result]:
        """Return all results: those of a list of students first and in its order, then the others by student."""
        found = {}
        for file in sorted(self.results.glob("*.json")) if self.results.is_dir() else []:
            if not file.name.startswith("."):
                one = read_result(file)
                found[one.student] = one
        first = [name for name in dict.fromkeys(order) if name in found]
        return [found[name] for name in [*first, *sorted(set(found) - set(first))]]

    def take_marks_of(self, results: Iterable[Result]) -> list[Result]:
        """Return results with the points and comments of persons; a blank cell is no 0."""
        marks = read_marks(self.folder)
        made = [marks.apply(one) for one in results]
        for one in made:
            for question in one.questions:
                settle(question)
        return made

    def take_marks(self, results: Iterable[Result]) -> list[Result]:
        """Return results with what persons gave, and keep what changed."""
        before = list(results)
        made = self.take_marks_of(before)
        for old, new in zip(before, made, strict=True):
            if old != new:
                save_text(self.results / f"{file_name(new.student)}.json", as_json(new))
        return made

    def write_grades(
        self, results: Iterable[Result], missing: Iterable[str] = (), asked: Iterable[QuestionResult] = ()
    ) -> Path:
        """Write `grades.csv`; see `grades_text`."""
        return save_text(self.folder / "grades.csv", grades_text(results, missing, asked))


def settle(question: QuestionResult) -> None:
    """Give 0 of a person's points where nothing was written, unless a person gave something all the same."""
    if question.manual_max > 0 and question.manual_points is None and not question.answer.strip():
        question.manual_points = 0.0


def as_json(result: Result) -> str:
    """Return a result as the text of its file."""
    return result.model_dump_json(indent=1) + "\n"


def grades_text(results: Iterable[Result], missing: Iterable[str] = (), asked: Iterable[QuestionResult] = ()) -> str:
    """Return the text of `grades.csv`: one line a student and question.

    Points that are not known are blank, never 0: of who handed in nothing, of a notebook that cannot be read, and of
    what still waits for a person. The note says which.

    Parameters
    ----------
    results : iterable of Result
    missing : iterable of str
        Students of the roster who handed in nothing.
    asked : iterable of QuestionResult
        The questions, for students without a result.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    questions = list(asked)
    for result in results:
        for question in result.questions:
            writer.writerow(_row(result, question))
    for student in missing:
        for question in questions:
            writer.writerow(
                [sheets.harmless(student), question.id, "", f"{question.max_points:g}", "missing", t("No hand-in.")]
            )
    return out.getvalue()


def _row(result: Result, question: QuestionResult) -> list[str]:
    notes = list(question.notes)
    known = result.status == "graded" and not question.waits
    if result.status != "graded":
        notes = [*result.notes, *notes]
    elif question.waits:
        notes.insert(
            0,
            t(
                "{points} points wait for a person.",
                result.language,
                points=number(question.manual_max, 0 if question.manual_max == int(question.manual_max) else 2),
            ),
        )
    failed = [one.message for one in question.checks if not one.passed and one.message]
    return [
        sheets.harmless(result.student),
        question.id,
        f"{question.points:g}" if known else "",
        f"{question.max_points:g}",
        question.matched_by,
        sheets.harmless(" ".join(dict.fromkeys([*notes, *failed]))),
    ]
