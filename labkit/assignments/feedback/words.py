"""What feedback says: plain sentences about checks, answers and points; none of them holds a value or a line of code."""

from __future__ import annotations

from datetime import datetime

from labkit.assignments.results import CheckResult, Late, QuestionResult
from labkit.assignments.sheets import shown
from labkit.language import current, t


def kind_of_wrong(kind: str) -> str:
    """Return what a hidden check may say: the kind of wrong and nothing else, whatever stands in the result."""
    said = {
        "unanswered": t("There is no answer yet."),
        "missing": t("A name that the question asks for is not there."),
        "error": t("Your code stopped with an error."),
        "type": t("It is another kind of thing than was asked for, such as a text where a number was asked."),
        "unit": t("It seems to be in another unit than was asked for."),
        "length": t("It has more or fewer items or rows than was asked for."),
        "columns": t("A column is missing, or has another name."),
        "value": t("The value is not right."),
        "map": t("Something on the map is not as it was asked."),
        "chart": t("Something in the chart is not as it was asked."),
        "time": t("It took too long."),
    }
    return said.get(kind, "")


def found_by(kind: str) -> str:
    """Return how an answer was found, where its label was gone or changed; "" where it was not."""
    free = t("That costs no points.")
    ask = t("Is it another cell than you meant? Tell your lecturer.")
    said = {
        "cell id": t("The label of this answer was changed or gone; the answer was found by its cell.") + f" {free}",
        "heading": t("The label of this answer was gone; the answer was found under the heading of the question.")
        + f" {free} {ask}",
        "likeness": t("The label of this answer was gone; this cell looks most like an answer to the question.")
        + f" {free} {ask}",
        "missing": t("No answer to this question was found in your notebook.")
        + " "
        + t("Did you answer it? Tell your lecturer where."),
    }
    return said.get(kind, "")


def what_to_try(kind: str) -> str:
    """Return what to look at first, by the kind of wrong."""
    said = {
        "unanswered": t("Answer it, also when you are not sure: a part can be right."),
        "missing": t("Use exactly the names that the question gives."),
        "error": t("Restart the kernel, run all cells from the top, and read the last line of the error."),
        "type": t("Look at type(...) of your answer, and at what the question asks for."),
        "unit": t("Read in the data card in which unit the figures are."),
        "length": t("Count the rows of your answer, and think of what should be in it."),
        "columns": t("Print the columns of your table, and compare them with the question."),
        "value": t("Work it out by hand for one area, and find the step where it differs."),
        "map": t("Read the question again beside your map: classes, legend, missing areas, credit."),
        "chart": t("Read the question again beside your chart: title, unit, axes, credit."),
        "time": t("Look for a loop that does not end, or work that is done again and again."),
    }
    return said.get(kind, "")


def points(value: float) -> str:
    """Return points in the form of the current language."""
    return shown(value, current())


def of(given: float, most: float) -> str:
    """Return points out of a maximum.

    Examples
    --------
    >>> of(2.5, 4)
    '2.5 of 4'
    """
    return t("{points} of {max}", points=points(given), max=points(most))


def given(question: QuestionResult) -> str:
    """Return the points of a question; what a person still has to give is never shown as a 0."""
    if not question.waits:
        return of(question.points, question.max_points)
    by_checks = question.max_points - question.manual_max
    if by_checks <= 0:
        return t("not yet")
    return t("{points}, the rest later", points=of(question.points, by_checks))


def waiting(questions: list[QuestionResult]) -> float:
    """Return for how many points a person still has to look."""
    return sum(one.manual_max for one in questions if one.waits)


def check_sentence(check: CheckResult) -> str:
    """Return what to say about a check; of a hidden one no more than the kind of wrong, and the lecturer's advice."""
    if check.passed:
        return ""
    if check.hidden or not check.message:
        said = kind_of_wrong(check.kind) or t("It is not right yet.")
        return f"{said} {check.advice}" if check.advice else said
    return check.message


def state(question: QuestionResult) -> str:
    """Return in a few words how a question went."""
    if question.waits:
        return t("waits for your lecturer")
    if question.points >= question.max_points:
        return t("all right")
    if question.points > 0:
        return t("partly right")
    return t("not right") if question.answer.strip() else t("not answered")


def advice(questions: list[QuestionResult]) -> dict[str, list[QuestionResult]]:
    """Return what to do, each advice with its questions, the one about the most points first."""
    found: dict[str, list[QuestionResult]] = {}
    for one in questions:
        tips = [tip for check in one.checks if not check.passed and (tip := _tip(one, check))]
        if tips:
            found.setdefault(tips[0], []).append(one)

    def lost(tip: str) -> float:
        return sum(one.max_points - one.points for one in found[tip])

    return {tip: found[tip] for tip in sorted(found, key=lambda tip: -lost(tip))}


def _tip(question: QuestionResult, check: CheckResult) -> str:
    if check.kind == "unanswered" and question.answer.strip():
        return t("Run this cell on its own: it stopped, or did not give the names that the question asks for.")
    return what_to_try(check.kind)


def late_sentence(late: Late) -> str:
    """Return what is said of work that came late; nothing has been taken off."""
    said = late.text or t("Hours late: {hours}.", hours=points(round(late.hours, 1)))
    return said + " " + t("Nothing has been taken off for it here; your lecturer decides.")


def moment(text: str) -> str:
    """Return a time of handing in as people write it; the text itself if it is no time.

    Examples
    --------
    >>> moment("2026-11-27T16:11:00+01:00")
    '27 November 2026 at 16:11'
    """
    from babel.dates import format_datetime

    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = format_datetime(when, "d MMMM y", tzinfo=when.tzinfo, locale=current())
    return t("{day} at {time}", day=day, time=f"{when:%H:%M}")
