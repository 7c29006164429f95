"""Points for the gradebook of a learning platform: in points, never as grades, and never a 0 that nobody gave.

Brightspace reads a CSV with `OrgDefinedId` and/or `Username` first and one column `<item> Points Grade`
(community.d2l.com/brightspace/kb/articles/3538-importing-grades); its own exports and sample file end each row with
`End-of-Line Indicator` and `#`. Names, mail addresses and weighted grades do not belong in it. More than the maximum
is cut off there unless the grade item allows it. The grade import widget of Utrecht University warns of the scheme
1-10: points are calculated anew (brightspace-support.sites.uu.nl/en/manual/grades/grade-import-widget).

Canvas reads `Student, ID, SIS User ID, SIS Login ID, Section, <assignment>`, then a row "Points Possible"; the head of
the assignment ends with its number, `Week 1 (12345)`, or is its exact name; any other makes a new assignment
(lib/gradebook_importer.rb of instructure/canvas-lms; teaching.resources.osu.edu, "Import CSV File").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from labkit.assignments.results import Result
from labkit.assignments.roster import Roster, Student
from labkit.assignments.sheets import harmless, shown
from labkit.errors import LabkitError, WrongUseError
from labkit.language import did_you_mean, t
from labkit.names import fold
from labkit.saving import save_bytes

PLATFORMS = ("brightspace", "canvas")

#: The columns by which a platform knows a student, as it writes them; one with a value is enough.
IDS = {
    "brightspace": ("OrgDefinedId", "Username"),
    "canvas": ("ID", "SIS User ID", "SIS Login ID"),
}

END, END_SIGN = "End-of-Line Indicator", "#"


@dataclass(frozen=True)
class Export:
    """Points for a gradebook, not yet written.

    Attributes
    ----------
    rows : tuple of tuple of str
        The rows of the file, heads first.
    count : int
        How many students have points in it.
    blank : tuple of str
        Who is in it without points, with the reason.
    left_out : tuple of str
        Who is not in it, with the reason.
    notes : tuple of str
        What the lecturer should know, such as what was taken off for being late.
    """

    rows: tuple[tuple[str, ...], ...]
    count: int
    blank: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def dumps(self) -> str:
        """Return the CSV file: UTF-8, "," between columns, "." in numbers, as both platforms read it everywhere."""
        made = io.StringIO()
        csv.writer(made, lineterminator="\r\n").writerows(self.rows)
        return made.getvalue()

    def save(self, path: str | Path) -> Path:
        """Write the CSV file, whole or not at all."""
        return save_bytes(path, self.dumps().encode("utf-8"))


def export_grades(
    results: Iterable[Result],
    roster: Roster,
    platform: str,
    item: str,
    *,
    apply_late: bool = False,
    leave_blank: bool = False,
) -> Export:
    """Return the points of a class as a learning platform imports them.

    Parameters
    ----------
    results : iterable of Result
        With what persons gave (`labkit.assignments.marks.apply_marks`).
    roster : Roster
        With the columns by which the platform knows students, from its own export.
    platform : {"brightspace", "canvas"}
    item : str
        The grade item or assignment, as the platform calls it.
    apply_late : bool
        Whether what the policy says of late work is taken off. Only then; and the notes say from whom.
    leave_blank : bool
        Whether who cannot have points yet gets an empty cell. Otherwise the export is refused.

    Raises
    ------
    LabkitError
        If a person still has to mark something, or a hand-in could not be read, and `leave_blank` is not set;
        or the roster lacks the columns of the platform.

    Examples
    --------
    >>> from labkit.assignments.roster import Student
    >>> roster = Roster((Student("s1", ids={"OrgDefinedId": "1"}),), ("student", "OrgDefinedId"))
    >>> export_grades([Result(assignment="w", student="s1")], roster, "brightspace", "Week 1").dumps().splitlines()
    ['OrgDefinedId,Week 1 Points Grade,End-of-Line Indicator', '1,0,#']
    """
    if platform not in PLATFORMS:
        raise WrongUseError(
            t(
                "There is no export for {platform}; there is {names}.",
                platform=repr(platform),
                names=", ".join(PLATFORMS),
            )
        )
    item = " ".join(item.split())
    if not item:
        raise WrongUseError(t("Give the name of the grade item, as the platform writes it: --item NAME."))
    columns = _columns(roster, platform)
    several = sorted(results, key=lambda one: one.student)
    found, left_out = _found(several, roster, columns)
    notes: list[str] = []
    reasons = {one.student: why_blank(one) for one, _, _ in found}
    blank = tuple(f"{student}: {why}" for student, why in reasons.items() if why)
    if blank and not leave_blank:
        raise LabkitError(_refused(blank))
    rows = [
        (student, ids, None if reasons[one.student] else _points(one, apply_late, notes)) for one, student, ids in found
    ]
    if platform == "canvas" and not re.search(r"\(\d+\)$", item):
        notes.append(t("Canvas makes a new assignment of it, unless one is called exactly {item}.", item=repr(item)))
    most = max((one.max_points for one in several), default=0.0)
    made = _canvas(columns, rows, item, most) if platform == "canvas" else _brightspace(columns, rows, item)
    count = sum(points is not None for _, _, points in rows)
    return Export(tuple(made), count, blank, tuple(left_out), tuple(notes))


def _found(
    results: Sequence[Result], roster: Roster, columns: list[str]
) -> tuple[list[tuple[Result, Student, list[str]]], list[str]]:
    """Return the results of students whom the platform knows, and in words who is left out."""
    found: list[tuple[Result, Student, list[str]]] = []
    left_out: list[str] = []
    seen: dict[str, str] = {}
    for one in results:
        student = roster.get(one.student)
        if student is None:
            near = roster.near(one.student)
            why = t("{student}: is not in the roster.", student=one.student)
            left_out.append(why + (" " + did_you_mean(near) if near else ""))
            continue
        other = seen.setdefault(student.student, one.student)
        ids = [_value(student, name) for name in columns]
        if other != one.student:
            left_out.append(
                t("{student}: is the same person in the roster as {other}.", student=one.student, other=other)
            )
        elif not any(ids):
            left_out.append(t("{student}: the roster has no {ids} for them.", student=one.student, ids=_or(columns)))
        else:
            found.append((one, student, ids))
    left_out += [t("{student}: has no result.", student=each.student) for each in roster if each.student not in seen]
    return found, left_out


def why_blank(result: Result) -> str:
    """Return why a result has no points yet; "" if it has.

    Examples
    --------
    >>> why_blank(Result(assignment="week1", student="s1", status="unreadable"))
    'the hand-in could not be read'
    """
    if result.status == "unreadable":
        return t("the hand-in could not be read")
    if result.status == "no hand-in":
        return t("nothing was handed in")
    waits = [one.id for one in result.questions if one.waits]
    return t("not marked yet: {questions}", questions=", ".join(waits)) if waits else ""


def _refused(blank: Sequence[str]) -> str:
    most = 10
    shown_lines = [f"  {one}" for one in blank[:most]]
    more = [t("... and {count} more.", count=len(blank) - most)] if len(blank) > most else []
    head = t("Students who cannot have points yet: {count}. A blank is not a 0.", count=len(blank))
    way = t("Mark these first (labkit assignment marks), or leave them empty in the file with --leave-blank.")
    return "\n".join([head, *shown_lines, *more, way])


def _columns(roster: Roster, platform: str) -> list[str]:
    heads = {fold(one) for one in roster.columns}
    found = [name for name in IDS[platform] if fold(name) in heads]
    if not found:
        raise LabkitError(
            t(
                "{name} has none of the columns {ids}. Export the gradebook or class list of {platform}, and add them.",
                name=roster.path.name,
                ids=_or(IDS[platform]),
                platform=platform,
            )
        )
    return found


def _value(student: Student, column: str) -> str:
    return next((value.strip() for head, value in student.ids.items() if fold(head) == fold(column)), "")


def _points(result: Result, apply_late: bool, notes: list[str]) -> float:
    points = result.points
    if apply_late and result.late is not None and result.late.minus > 0:
        less = points * (1 - result.late.minus / 100)
        notes.append(
            t(
                "{student}: {minus}% off for being late: {before} became {after}.",
                student=result.student,
                minus=shown(result.late.minus, "en"),
                before=_number(points),
                after=_number(less),
            )
        )
        points = less
    return points


def _number(points: float | None) -> str:
    """Return points with at most two decimals and a point, as both platforms keep them; "" if there are none."""
    return "" if points is None else shown(round(points, 2), "en")


Found = Sequence[tuple[Student, list[str], float | None]]


def _brightspace(columns: list[str], found: Found, item: str) -> Iterable[tuple[str, ...]]:
    yield (*columns, f"{item} Points Grade", END)
    for _, ids, points in found:
        yield (*ids, _number(points), END_SIGN)


def _canvas(columns: list[str], found: Found, item: str, most: float) -> Iterable[tuple[str, ...]]:
    # Canvas looks for "Student" and "ID" in the first two columns, and for "Section" just before the assignments.
    yield ("Student", *IDS["canvas"], "Section", item)
    yield ("    Points Possible", "", "", "", "", _number(most))
    for student, ids, points in found:
        given = dict(zip(columns, ids, strict=True))
        name = harmless(student.name or student.student)
        yield (
            name,
            *(given.get(one, "").removeprefix("#") for one in IDS["canvas"]),
            _value(student, "Section"),
            _number(points),
        )


def _or(names: Sequence[str]) -> str:
    return f" {t('or')} ".join(names)
