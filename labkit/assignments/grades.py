"""The grades of a class, as a notebook shows them and as a lecturer reads them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from statistics import mean, median, pstdev
from typing import TYPE_CHECKING, Any

from labkit.assignments.changes import Changes
from labkit.assignments.gradebook import grades_text
from labkit.assignments.results import QuestionResult, Result
from labkit.language import number, t

if TYPE_CHECKING:
    from pandas import DataFrame

#: A check that fewer than this part of the answers pass is perhaps wrong itself.
FEW = 0.2


@dataclass(frozen=True)
class Finding:
    """Something that a lecturer should look at.

    Attributes
    ----------
    kind : {"unreadable", "no hand-in", "missing", "stopped", "unclear", "unknown", "fault"}
    student : str
    question : str
        "" if it concerns the whole hand-in.
    text : str
        One sentence: what it is, and what was done.
    """

    kind: str
    student: str
    question: str
    text: str


@dataclass(frozen=True)
class Grades:
    """What grading gave.

    Attributes
    ----------
    assignment : str
    folder : Path
        Where the results are.
    results : tuple of Result
        One a student.
    missing : tuple of str
        Students of the roster who handed in nothing.
    asked : tuple of QuestionResult
        The questions, without answers.
    findings : tuple of Finding
        What to look at.
    changes : Changes or None
        Who gained and who lost, if results were replaced.
    graded, kept : int
        How many hand-ins this run graded, and how many were done already.
    notes : tuple of str
        How the run was done.
    """

    assignment: str
    folder: Path
    results: tuple[Result, ...] = field(repr=False)
    missing: tuple[str, ...] = ()
    asked: tuple[QuestionResult, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    changes: Changes | None = field(default=None, repr=False)
    graded: int = 0
    kept: int = 0
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> DataFrame:
        """One row a student and question: student, question, points, max_points, matched_by, note."""
        from pandas import read_csv

        text = grades_text(self.results, self.missing, self.asked)
        return read_csv(io.StringIO(text), dtype={"student": str}, keep_default_na=False, na_values={"points": [""]})

    @property
    def by_question(self) -> DataFrame:
        """One row a question: question, title, max_points, answers, mean, median, spread, waiting."""
        from pandas import DataFrame

        rows = [[row[name] for name in _QUESTION] for row in summary(self)["questions"]]
        return DataFrame(rows, columns=list(_QUESTION))

    def of(self, student: str) -> Result:
        """Return the result of a student; a wrong id is answered with the nearest."""
        from labkit.errors import UnknownNameError
        from labkit.language import did_you_mean
        from labkit.names import nearest

        for one in self.results:
            if one.student == student:
                return one
        near = nearest(student, [one.student for one in self.results])
        raise UnknownNameError(
            t('There is no result of "{student}".', student=student) + (" " + did_you_mean(near) if near else ""), near
        )

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in overview(self))
        table = self.by_question.round(2).to_html(index=False, border=0, na_rep="")
        return f"<h4>{escape(self.assignment)}</h4>{table}<ul>{lines}</ul>"


_QUESTION = ("question", "title", "max_points", "answers", "mean", "median", "spread", "waiting")


def summary(grades: Grades) -> dict[str, Any]:
    """Return the class in numbers, as plain data.

    Unknown points are left out of means, and counted.
    """
    graded = [one for one in grades.results if one.status == "graded"]
    waits = any(q.waits for one in graded for q in one.questions)
    checked = [sum(check.points for q in one.questions for check in q.checks) for one in graded]
    return {
        "assignment": grades.assignment,
        "students": len(grades.results) + len(grades.missing),
        "graded": len(graded),
        "unreadable": sum(one.status == "unreadable" for one in grades.results),
        "no_hand_in": sum(one.status == "no hand-in" for one in grades.results) + len(grades.missing),
        "max_points": sum(one.max_points for one in grades.asked),
        "mean": _rounded(mean(one.points for one in graded)) if graded and not waits else None,
        "max_checked": sum(one.max_points - one.manual_max for one in grades.asked),
        "mean_checked": _rounded(mean(checked)) if graded else None,
        "questions": [_of_question(one, graded) for one in grades.asked],
        "checks": _checks(graded),
        "findings": [vars(one) for one in grades.findings],
    }


def _of_question(asked: QuestionResult, graded: list[Result]) -> dict[str, Any]:
    mine = [q for one in graded for q in one.questions if q.id == asked.id]
    waiting = sum(one.waits for one in mine)
    # While some wait, a mean would be one of those to whom nobody has to look: the empty ones.
    points = [] if waiting else [one.points for one in mine]
    return {
        "question": asked.id,
        "title": asked.title,
        "max_points": asked.max_points,
        "answers": sum(bool(one.answer.strip()) for one in mine),
        "mean": _rounded(mean(points)) if points else None,
        "median": _rounded(median(points)) if points else None,
        "spread": _rounded(pstdev(points)) if points else None,
        "waiting": waiting,
    }


def _checks(graded: list[Result]) -> list[dict[str, Any]]:
    """Return how many answers pass each check; what was not answered is not counted."""
    found: dict[str, list[bool]] = {}
    for one in graded:
        for question in one.questions:
            for check in question.checks if question.answer.strip() else ():
                found.setdefault(check.id, []).append(check.passed)
    return [{"check": name, "answers": len(ends), "passed": sum(ends)} for name, ends in found.items()]


def _rounded(value: float) -> float:
    return round(float(value), 3)


def overview(grades: Grades) -> list[str]:
    """Return the class in sentences, in the current language."""
    told = summary(grades)
    lines = [
        t(
            "{graded} of {students} students graded; {none} without a hand-in, {unreadable} unreadable.",
            graded=told["graded"],
            students=told["students"],
            none=told["no_hand_in"],
            unreadable=told["unreadable"],
        )
    ]
    if told["mean"] is not None:
        lines.append(_average(t("On average {mean} of {most} points."), told["mean"], told["max_points"]))
    elif told["mean_checked"] is not None and told["max_checked"]:
        text = t("The checks alone give {mean} of {most} points on average.")
        lines.append(_average(text, told["mean_checked"], told["max_checked"]))
    waiting = {one["question"]: one["waiting"] for one in told["questions"] if one["waiting"]}
    if waiting:
        lines.append(
            t(
                "Waiting for a person: {questions}.",
                questions=", ".join(f"{name} ({count})" for name, count in waiting.items()),
            )
        )
    lines += [_suspect(one) for one in told["checks"] if one["answers"] >= 5 and one["passed"] < FEW * one["answers"]]
    return lines


def _average(text: str, value: float, most: float) -> str:
    return text.format(mean=number(value, 1), most=number(most, 0 if most == int(most) else 1))


def _suspect(check: Mapping[str, Any]) -> str:
    return t(
        "Check {check} is passed by {passed} of {answers} answers. Is the check right?",
        check=check["check"],
        passed=check["passed"],
        answers=check["answers"],
    )


def as_markdown(grades: Grades) -> str:
    """Return the class as a text for people, in the current language."""
    told = summary(grades)
    heads = (t("Question"), t("Points"), t("Answers"), t("Mean"), t("Median"), t("Spread"), t("Waiting"))
    lines = [f"# {grades.assignment}", "", *(f"- {line}" for line in overview(grades)), ""]
    lines += ["| " + " | ".join(heads) + " |", "|---|" + "--:|" * 6]
    for one in told["questions"]:
        values = [one[name] for name in ("max_points", "answers", "mean", "median", "spread", "waiting")]
        cells = ["" if v is None else number(v, 0 if v == int(v) else 2) for v in values]
        lines.append("| " + " | ".join([one["question"], *cells]) + " |")
    if grades.findings:
        lines += ["", f"## {t('To look at')}", ""]
        lines += [f"- {' · '.join(p for p in (one.student, one.question) if p)}: {one.text}" for one in grades.findings]
    return "\n".join(lines) + "\n"
