"""Give questions and checks a quiet label that a student can read, where the lecturer had a marker."""

from __future__ import annotations

from typing import Any

from labkit.assignments.assignment import Assignment, Check, Question
from labkit.assignments.release import roles
from labkit.language import number, t


def write(notebook: Any, assignment: Assignment) -> Any:
    """Put a label on top of each question and check."""
    for cell in notebook.cells:
        if not roles.is_(cell, roles.ANSWER, roles.CHECK):
            continue
        role = roles.of(cell)
        question = assignment.question(role["question"])
        if roles.is_(cell, roles.ANSWER):
            label = of_question(question)
        elif cell.cell_type == "code":
            label = of_check(question, role["check"])
        else:
            continue
        body = cell.source.strip("\n")
        cell["source"] = f"# {label}\n{body}" if cell.cell_type == "code" else f"*{label}*\n\n{body}"
    return notebook


def of_question(question: Question) -> str:
    """Return the label of an answer cell, such as "q1 · 2 points · AI: allowed"."""
    use = question.marker.values.get("ai", "")
    pieces = [question.id, points(question.points), f"AI: {_ai(use)}" if use else ""]
    return " · ".join(piece for piece in pieces if piece)


def of_check(question: Question, place: int) -> str:
    """Return the label of a check cell, such as "q1 · check 1 of 2 · 1 point"."""
    check = question.checks[place - 1]
    if not check.public:  # only a copy with solutions shows it
        return " · ".join(filter(None, [question.id, t("hidden check"), points(check.points)]))
    shown = [number for number, one in enumerate(question.checks, 1) if one.public]
    said = t("check")
    if len(shown) > 1:
        said = t("check {number} of {total}", number=shown.index(place) + 1, total=len(shown))
    return " · ".join(filter(None, [question.id, said, points(released_points(question, check))]))


def released_points(question: Question, check: Check) -> float:
    """Return what a check is worth in other graders: the last one that students see has those of the hidden ones too."""
    shown = [one for one in question.checks if one.public]
    if not check.public:
        return 0.0
    more = sum(one.points for one in question.checks if not one.public) if check == shown[-1] else 0.0
    return round(check.points + more, 6)


def answer_points(question: Question) -> float:
    """Return what a person gives for the answer itself in other graders: all that their checks do not give."""
    return round(question.points - sum(released_points(question, check) for check in question.checks), 6)


def points(value: float) -> str:
    """Return a number of points in words; "" for none.

    Examples
    --------
    >>> points(1), points(2.5)
    ('1 point', '2.5 points')
    """
    if not value:
        return ""
    return t("1 point") if value == 1 else t("{number} points", number=amount(value))


def amount(value: float) -> str:
    """Return a number of points with as many decimals as it needs, in the form of the language.

    Examples
    --------
    >>> amount(2.0), amount(0.25)
    ('2', '0.25')
    """
    return number(value, next((digits for digits in (0, 1, 2) if round(value, digits) == round(value, 6)), 2))


def _ai(use: str) -> str:
    """Return in the current language what the marker says of the use of AI; as it stands if it says more."""
    known = {
        "allowed": t("allowed"),
        "yes": t("allowed"),
        "not allowed": t("not allowed"),
        "no": t("not allowed"),
        "none": t("none"),
        "explain": t("to explain only"),
    }
    return known.get(use.lower(), use)
