"""Who gains and who loses when a class is graded again, told before the new results take the place of the old."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from labkit.assignments import sheets
from labkit.assignments.gradebook import Gradebook
from labkit.assignments.results import QuestionResult, Result
from labkit.assignments.results_folder import read_result
from labkit.errors import LabkitError
from labkit.language import t
from labkit.saving import save_text

COLUMNS = ("student", "question", "before", "after", "change", "note")

#: Says that a report was written and the replacing has begun: a run that was killed there only finishes it.
_BEGUN = ".replacing"


@dataclass(frozen=True)
class Change:
    """One question of one student that has other points now.

    Attributes
    ----------
    student, question : str
    before, after : float or None
        None while a person has to mark it, or if the question was not there.
    note : str
        Which checks end otherwise now.
    """

    student: str
    question: str
    before: float | None
    after: float | None
    note: str = ""

    @property
    def change(self) -> float:
        """How many points more; less than 0 for fewer. What is not known counts for nothing."""
        return round((self.after or 0.0) - (self.before or 0.0), 6)


@dataclass(frozen=True)
class Changes:
    """What grading again changes.

    Attributes
    ----------
    changes : tuple of Change
        Only questions with other points.
    compared : int
        How many results there were before, and are again.
    """

    changes: tuple[Change, ...]
    compared: int

    @property
    def lines(self) -> list[str]:
        """The report in sentences: the students, and the questions."""
        if not self.changes:
            return [t("Graded again: {count} results, and nobody's points changed.", count=self.compared)]
        sums: dict[str, float] = {}
        for one in self.changes:
            sums[one.student] = sums.get(one.student, 0.0) + one.change
        gain = [name for name, value in sums.items() if value > 1e-9]
        lose = [name for name, value in sums.items() if value < -1e-9]
        lines = [
            t(
                "Graded again: of {count} results, {gain} gain points and {lose} lose points.",
                count=self.compared,
                gain=len(gain),
                lose=len(lose),
            )
        ]
        for question in dict.fromkeys(one.question for one in self.changes):
            mine = [one.change for one in self.changes if one.question == question]
            lines.append(
                t(
                    "{question}: {gain} gain, {lose} lose; together {change} points.",
                    question=question,
                    gain=sum(one > 1e-9 for one in mine),
                    lose=sum(one < -1e-9 for one in mine),
                    change=f"{sum(mine):+g}",
                )
            )
        return lines

    def as_csv(self) -> str:
        """Return the text of `changes.csv`: student, question, before, after, change, note."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in self.changes:
            values = ["" if value is None else f"{value:g}" for value in (one.before, one.after)]
            row = [sheets.harmless(one.student), one.question, *values, f"{one.change:+g}", sheets.harmless(one.note)]
            writer.writerow(row)
        return out.getvalue()


def compare(before: Iterable[Result], after: Iterable[Result]) -> Changes:
    """Compare the results of the same students.

    Parameters
    ----------
    before, after : iterable of Result
        Who is in one of them only is left out.
    """
    new = {one.student: one for one in after}
    pairs = [(one, new[one.student]) for one in before if one.student in new]
    found = [change for old, made in pairs for change in _of_student(old, made)]
    return Changes(tuple(found), len(pairs))


def _of_student(old: Result, new: Result) -> Iterable[Change]:
    had, has = {one.id: one for one in old.questions}, {one.id: one for one in new.questions}
    for name in dict.fromkeys([*has, *had]):
        before, after = _known(old, had.get(name)), _known(new, has.get(name))
        if before != after:
            yield Change(new.student, name, before, after, _why(had.get(name), has.get(name)))


def _known(result: Result, question: QuestionResult | None) -> float | None:
    if question is None or question.waits or result.status != "graded":
        return None
    return round(question.points, 6)


def _why(old: QuestionResult | None, new: QuestionResult | None) -> str:
    if old is None:
        return t("This question is new.")
    if new is None:
        return t("This question is gone.")
    before, after = {one.id: one for one in old.checks}, {one.id: one for one in new.checks}
    passes = [name for name, one in after.items() if one.passed and name in before and not before[name].passed]
    fails = [name for name, one in after.items() if not one.passed and name in before and before[name].passed]
    worth = [name for name, one in after.items() if name in before and before[name].max_points != one.max_points]
    said = [
        t("now passed: {checks}.", checks=", ".join(passes)) if passes else "",
        t("no longer passed: {checks}.", checks=", ".join(fails)) if fails else "",
        t("other points: {checks}.", checks=", ".join(worth)) if worth else "",
    ]
    return " ".join(one for one in said if one)


def settle_changes(book: Gradebook, *, replace: bool = True) -> Changes | None:
    """Report what changes, keep the old results, and let the new ones take their place.

    Parameters
    ----------
    book : Gradebook
        With new results in `pending`.
    replace : bool
        False to write the report only; the new results keep waiting, and are not graded again.

    Returns
    -------
    Changes or None
        None if nothing was waiting.
    """
    files = sorted(book.pending.glob("*.json")) if book.pending.is_dir() else []
    if not files:
        return None
    # Marks that were given since then are in both: what is told is what grading again changes.
    old = book.take_marks_of([found for file in files if (found := _readable(book.results / file.name))])
    new = book.take_marks_of([read_result(file) for file in files])
    changes = compare(old, new)
    save_text(book.folder / "changes.csv", changes.as_csv())
    save_text(book.folder / "changes.md", "\n".join(f"- {line}" for line in changes.lines) + "\n")
    if replace:
        _keep(book, [file.name for file in files])
        save_text(book.folder / _BEGUN, "")
        finish_replacing(book)
    return changes


def finish_replacing(book: Gradebook) -> None:
    """Let the new results take their place, if that was begun; what was begun and killed is finished here."""
    begun = book.folder / _BEGUN
    if begun.exists():
        book.replace()
        begun.unlink()


def _readable(file: Path) -> Result | None:
    try:
        return read_result(file) if file.exists() else None
    except LabkitError:
        return None


def _keep(book: Gradebook, names: list[str]) -> None:
    """Copy the results that are about to be replaced, and the reports, to a folder with the time in its name."""
    earlier = book.folder / "earlier"
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    place = next(
        one
        for one in (earlier / f"{stamp}{more}" for more in ["", *(f"-{n}" for n in range(2, 999))])
        if not one.exists()
    )
    made = earlier / f".{place.name}.part"
    (made / book.results.name).mkdir(parents=True)
    for name in names:
        if (book.results / name).exists():
            shutil.copy2(book.results / name, made / book.results.name / name)
    for name in ("grades.csv", "changes.csv", "changes.md", "summary.json", "summary.md"):
        if (book.folder / name).exists():
            shutil.copy2(book.folder / name, made / name)
    made.replace(place)
