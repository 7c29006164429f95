"""What a person gives: points and comments in a sheet per question, read back without losing or inventing anything."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from labkit.assignments import comments, pseudonyms, sheets
from labkit.assignments.comments import Bank
from labkit.assignments.results import QuestionResult, Result
from labkit.errors import LabkitError
from labkit.language import t

#: The folder with the sheets, one a question, below the folder with the results.
MARKS = "marks"
COLUMNS = ("question", "student", "points", "max_points", "codes", "comment", "answer", "mark_scheme")
FILLED = ("points", "codes", "comment")
ENDINGS = (".csv", ".xlsx")

#: What stands behind points that were given for an earlier answer.
AGAIN = "?"

#: How many faults are told at once.
MOST = 12

_NUMBER = re.compile(r"\d+([.,]\d+)?|[.,]\d+")


@dataclass(frozen=True)
class Mark:
    """What stands in one row of a sheet.

    Attributes
    ----------
    question : str
    student : str
        The student or group.
    points : float or None
        None while nobody has marked it.
    limit : float or None
        The maximum that the sheet gives; a lecturer who raises it there allows more.
    codes : tuple of str
        Of the comment bank.
    comment : str
    where : str
        The file and its row, for errors.
    shown_as : str
        What stands in the column student: the id, or a pseudonym.
    answer : str or None
        What was marked; None if the sheet has no column with answers.
    """

    question: str
    student: str
    points: float | None = None
    limit: float | None = None
    codes: tuple[str, ...] = ()
    comment: str = ""
    where: str = ""
    shown_as: str = ""
    answer: str | None = None

    @property
    def filled(self) -> bool:
        """Whether a person gave anything."""
        return self.points is not None or bool(self.codes or self.comment)

    def is_of(self, result: Result, question: QuestionResult) -> bool:
        """Whether the answer is the one that was marked: who hands in again is marked again."""
        if self.answer is None or not self.filled:
            return True
        return core(self.answer) == core(as_shown(result, question.answer, self.shown_as))


@dataclass(frozen=True)
class Marks:
    """All that persons gave: by question and student or group, with the comment bank."""

    marks: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    bank: Bank = field(default_factory=dict)

    def of(self, result: Result, question: str) -> Mark | None:
        """Return what a student got for a question: the student's own row, or else that of the group."""
        return self.marks.get((question, result.student)) or self.marks.get((question, result.group))

    def unknown(self, results: Iterable[Result]) -> list[Mark]:
        """Return the rows that belong to nobody in the results."""
        known = {name for one in results for name in (one.student, one.group)}
        return [one for one in self.marks.values() if one.student not in known]

    def outdated(self, results: Iterable[Result]) -> list[Mark]:
        """Return the rows with marks for an answer that has been changed since; they do not count."""
        pairs = ((one, question) for one in results for question in one.questions)
        found = ((self.of(one, question.id), one, question) for one, question in pairs)
        return [mark for mark, one, question in found if mark is not None and not mark.is_of(one, question)]

    def apply(self, result: Result) -> Result:
        """Return a result with what persons gave; see `apply_marks`."""
        made = result.model_copy(deep=True)
        for question in made.questions:
            mark = self.of(result, question.id)
            if mark is not None and mark.is_of(result, question):
                self._apply(mark, question, result.language)
            elif mark is not None:
                self._apply(Mark(question.id, result.student), question, result.language)
        return made

    def _apply(self, mark: Mark, question: QuestionResult, language: str) -> None:
        limit = question.manual_max if mark.limit is None else max(mark.limit, question.manual_max)
        if mark.points is not None and mark.points > limit + 1e-9:
            raise LabkitError(_too_many(mark.where, mark.points, limit))
        by_checks = question.points - (question.manual_points or 0.0)
        given = mark.points
        if given is None and question.manual_max > 0 and question.manual_points == 0 and not question.answer.strip():
            given = 0.0  # as grading has it: there is nothing to mark
        if question.manual_max > 0 or given is not None:
            question.manual_points = given
        question.points = round(by_checks + (given or 0.0), 6)
        said = [self.bank[code](language) for code in mark.codes]
        question.comments = [*said, *([mark.comment] if mark.comment else [])]


def apply_marks(folder: str | Path, result: Result) -> Result:
    r"""Return a result with the points and comments that stand in the sheets.

    A blank cell is "not marked yet", never 0. Marks for an answer that was handed in anew since do not count: it
    waits again. Doing it twice changes nothing.

    Parameters
    ----------
    folder : str or Path
        The folder with the results; its sheets are `marks/<question>.csv` or `.xlsx`.
    result : Result

    Returns
    -------
    Result
        A copy: `points` and `comments` of questions that have a row for the student or the group.

    Raises
    ------
    LabkitError
        If a sheet holds something that is not a mark, with file, row and column.

    Examples
    --------
    >>> import tempfile
    >>> asked = Result(assignment="week1", student="s1", questions=[QuestionResult(id="q3", manual_max=4, max_points=4)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "marks").mkdir()
    ...     _ = (Path(folder) / "marks" / "q3.csv").write_text("student;points\ns1;3,5\n")
    ...     apply_marks(folder, asked).points
    3.5
    """
    return read_marks(folder).apply(result)


def read_marks(folder: str | Path) -> Marks:
    """Read all sheets of a folder with results, and its comment bank.

    Raises
    ------
    LabkitError
        With all that is wrong, up to twelve lines: file, row, column and what to do.
    """
    place = Path(folder)
    files = [*sheet_files(place).values()]
    watched = [*(one for several in files for one in several), place / comments.FILE, place / pseudonyms.FILE]
    return _read_marks(place, tuple((one, _digest(one)) for one in watched if one.exists()))


def _digest(file: Path) -> bytes:
    """Return what tells one state of a file from another: two saves can fall in the same tick of the clock."""
    try:
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError:
        return b""  # reading the sheet itself tells what is wrong


@lru_cache(maxsize=4)
def _read_marks(folder: Path, _stamp: tuple[object, ...]) -> Marks:
    bank, hidden = comments.read_bank(folder), pseudonyms.read_pseudonyms(folder)
    faults: list[str] = []
    found: dict[tuple[str, str], Mark] = {}
    for question, files in sheet_files(folder).items():
        for file in files:
            of_file = _of_sheet(sheets.read(file, COLUMNS, ("student", "points")), question, bank, hidden, faults)
            for key, mark in of_file.items():
                found[key] = _merged(found[key], mark, faults) if key in found else mark
    if faults:
        more = [t("... and {count} more.", count=len(faults) - MOST)] if len(faults) > MOST else []
        raise LabkitError("\n".join([*faults[:MOST], *more]))
    return Marks(found, bank)


def sheet_files(folder: Path) -> dict[str, list[Path]]:
    """Return the sheets by question; a question can have two, if one was saved in another form."""
    found: dict[str, list[Path]] = {}
    place = folder / MARKS
    for file in sorted(place.iterdir()) if place.is_dir() else []:
        if file.suffix.lower() in ENDINGS and not file.name.startswith((".", "~$")):
            found.setdefault(file.stem, []).append(file)
    return found


def _of_sheet(
    sheet: sheets.Sheet, question: str, bank: Bank, hidden: Mapping[str, str], faults: list[str]
) -> dict[tuple[str, str], Mark]:
    found: dict[tuple[str, str], Mark] = {}
    seen: set[str] = set()
    for row in sheet.rows:
        where = _where(sheet, row)
        student = row["student"].strip()
        student = hidden.get(student, student)
        if not student:
            if any(row[one].strip() for one in FILLED):
                faults.append(t("{where}, student: it is empty, but the row is filled in.", where=where))
            continue
        if student in seen:
            faults.append(t("{where}: {student} has two rows. Keep one.", where=where, student=student))
            continue
        seen.add(student)
        try:
            found[question, student] = _mark(question, student, row, where, bank)
        except LabkitError as fault:
            faults.append(str(fault))
    return found


def _where(sheet: sheets.Sheet, row: sheets.Row) -> str:
    return t("{file}, row {row}", file=f"{MARKS}/{sheet.path.name}", row=row.number)


def _mark(question: str, student: str, row: sheets.Row, where: str, bank: Bank) -> Mark:
    points = parsed(row, "points", where)
    limit = parsed(row, "max_points", where)
    if points is not None and limit is not None and points > limit + 1e-9:
        raise LabkitError(_too_many(where, points, limit))
    try:
        codes = tuple(comments.known_code(one, bank) for one in comments.codes_in(row["codes"]))
    except LabkitError as fault:
        raise LabkitError(f"{where}, codes: {fault}") from None
    answer = row["answer"] if "answer" in row.cells else None
    return Mark(question, student, points, limit, codes, row["comment"].strip(), where, row["student"].strip(), answer)


def parsed(row: sheets.Row, column: str, where: str) -> float | None:
    """Return the number in a cell, with a point or a comma; None if it is blank."""
    text = row[column].strip()
    if not text:
        return None
    place = f"{where}, {column}: "
    if column in row.dates or re.fullmatch(r"\d{1,2}-[A-Za-z]{3}|\d{4}-\d{2}-\d{2}( 00:00:00)?", text):
        raise LabkitError(
            place + t("{value} is a date that the spreadsheet made of it. Type the points anew.", value=repr(text))
        )
    if text.endswith(AGAIN):
        raise LabkitError(
            place
            + t(
                "{value}: the answer was changed after it was marked. Look again, and write the points without {sign}.",
                value=repr(text),
                sign=repr(AGAIN),
            )
        )
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    near = _NUMBER.search(text)
    if text.startswith("-") and near:
        raise LabkitError(place + t("{value} is less than 0.", value=text))
    hint = t(' Write "{number}", or leave it blank if it is not marked yet.', number=near[0] if near else "2.5")
    raise LabkitError(place + t("{value} is not a number.", value=repr(text[:40])) + hint)


def _too_many(where: str, points: float, limit: float) -> str:
    return t(
        "{where}, points: {points} is more than the maximum of {limit}. To allow it, raise max_points in this row.",
        where=where,
        points=f"{points:g}",
        limit=f"{limit:g}",
    )


def _merged(one: Mark, other: Mark, faults: list[str]) -> Mark:
    """Put two rows together that stand in two files for the same question; where both say something, it must agree."""
    for name in FILLED:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine not in (None, "", ()) and theirs not in (None, "", ()) and mine != theirs:
            faults.append(
                t(
                    "{one} and {other} do not say the same in the column {column}. Keep one of the two files.",
                    one=one.where,
                    other=other.where,
                    column=name,
                )
            )
    return Mark(
        one.question,
        one.student,
        other.points if one.points is None else one.points,
        max((limit for limit in (one.limit, other.limit) if limit is not None), default=None),
        one.codes or other.codes,
        one.comment or other.comment,
        one.where,
        one.shown_as,
        one.answer if one.filled else other.answer,
    )


def as_shown(result: Result, answer: str, shown_as: str) -> str:
    """Return an answer as a sheet shows it: where the student has a pseudonym, it stands in the answer too."""
    if shown_as in ("", result.student, result.group):
        return answer
    for name in {result.student, result.group} - {""}:
        answer = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", shown_as, answer)
    return answer


def core(answer: str) -> str:
    """Return what is compared of an answer: no spaces, signs and strange letters, which spreadsheets may change."""
    return re.sub(r"[^a-z0-9]", "", answer[: sheets.LONGEST].lower())[:10_000]


def rows_of(sheet: sheets.Sheet, hidden: Mapping[str, str]) -> Iterator[tuple[str, sheets.Row]]:
    """Return the rows of a sheet with the student or group that each is about, as they stand, right or wrong."""
    for row in sheet.rows:
        student = row["student"].strip()
        yield hidden.get(student, student), row
