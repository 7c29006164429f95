"""`lk.check("q1")`: the public checks, in the student's own notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labkit.assignments import companion
from labkit.assignments.checking import copied
from labkit.assignments.companion import Companion, PublicQuestion
from labkit.assignments.expect.kinds import unfilled
from labkit.assignments.judging import Verdict, judge, used
from labkit.assignments.self_report import Finding, Line, SelfReport, Status
from labkit.assignments.variants import ASSIGNMENT
from labkit.errors import UnknownNameError
from labkit.language import current, did_you_mean, speaking, t
from labkit.names import nearest


def check(*questions: str, language: str | None = None) -> SelfReport:
    """Check your answers, as far as the checks may be seen.

    Parameters
    ----------
    *questions : str
        Ids of questions, such as "q1"; all if left out.
    language : {"nl", "en"}, optional
        In which it is told; the current one if left out.

    Returns
    -------
    SelfReport
        Shows itself: what passes, what does not and what kind of wrong it is, and what is looked at only after you
        hand in. Has `.passed` and `.table`.

    Raises
    ------
    LabkitError
        If `assignment.json`, which came with the notebook, is not in its folder, or there is no such question.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.check("q1")                                                                # doctest: +SKIP
    q1: not right yet
          residents: This is a text, where a number is asked: take the quotes away.
    """
    place = os.environ.get(ASSIGNMENT)
    settings = companion.read_companion(Path(place) if place else None)
    return report(settings, sys._getframe(1).f_globals, questions, language)


def report(
    settings: Companion, names: Mapping[str, Any], questions: tuple[str, ...] = (), language: str | None = None
) -> SelfReport:
    """Run public checks on the names of a notebook.

    Parameters
    ----------
    settings : Companion
        The assignment, as students have it.
    names : dict
        The names of the notebook; they are not changed.
    questions : tuple of str
        Ids of questions; all if empty.
    language : {"nl", "en"}, optional
        In which it is told; the current one if left out, if the assignment was released in it.

    Examples
    --------
    >>> from labkit.assignments.companion import loads
    >>> week = loads('''{"assignment": "week1", "questions": [{"id": "q1", "answers": ["share"], "has_hidden": true,
    ...     "checks": [{"id": "q1.1", "points": 1, "public": "assert share < 100, 'Give it in per cent.'"}]}]}''')
    >>> print(report(week, {"share": 270}))
    q1: not right yet
          Give it in per cent.
    Hidden checks remain for q1: they run after you hand in. Passing here does not yet mean that the answer is right.
    """
    wanted = [_find(settings, name) for name in questions] or list(settings.questions)
    if language is None:
        language = current() if current() in settings.languages or not settings.languages else settings.languages[0]
    with speaking(language):
        lines = tuple(line_of(one, names, language) for one in wanted)
        return SelfReport(settings.title(language) or settings.assignment, language, lines)


def _find(settings: Companion, name: str) -> PublicQuestion:
    known = {one.id: one for one in settings.questions}
    if name in known:
        return known[name]
    near = nearest(str(name), known)
    raise UnknownNameError(
        t('{assignment} has no question "{name}".', assignment=settings.assignment, name=name)
        + " "
        + (did_you_mean(near) if near else t("It has {questions}.", questions=", ".join(known))),
        near,
    )


def line_of(question: PublicQuestion, names: Mapping[str, Any], language: str) -> Line:
    """Return how one question stands."""
    public = [one for one in question.checks if one.public.strip()]
    open_names = [name for name in question.answers if name not in names or unfilled(names[name])]
    findings: list[Finding] = []
    if question.kind == "text" or not (public or open_names):
        status: Status = "later"
    elif open_names:
        status = "unanswered"
        told = t("There is no answer yet: {names}.", names=", ".join(open_names))
        findings = [Finding(public[0].id if public else question.id, "unanswered", told)]
    else:
        for one in public:
            verdict = _judged(one.id, one.public, names, question.answers)
            if not verdict.passed:
                findings.append(Finding(one.id, verdict.kind, verdict.message))
        status = "failed" if findings else "passed" if public else "later"
    return Line(
        question.id,
        question.title(language),
        status,
        tuple(findings),
        len(public),
        question.has_hidden,
        question.manual_points,
    )


def _judged(name: str, code: str, names: Mapping[str, Any], answers: tuple[str, ...]) -> Verdict:
    space = {key: copied(value) if key in used(code) else value for key, value in names.items()}
    return judge(code, space, f"check {name}", {one: names.get(one) for one in answers})
