"""What a class found, by district and without names: which numbers were given, and where several agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.assignments.results import QuestionResult, Result
from labkit.assignments.results_folder import read_results
from labkit.errors import LabkitError, UnknownNameError
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: Two answers that differ by less than this part of their size were rounded in another way.
CLOSE = 0.005

#: A number beyond this is no figure of a district.
LARGEST = 1e15


@dataclass(frozen=True)
class Answers:
    """What one student or group handed in: nobody's name.

    Attributes
    ----------
    area : str
        Code of the district.
    there : bool
        Whether anything was handed in.
    questions : tuple of QuestionResult
    """

    area: str
    there: bool
    questions: tuple[QuestionResult, ...]

    def number(self, question: str, name: str, *, right_only: bool = False) -> float | None:
        """Return the number that was given under a name; None if there is none, or it does not count."""
        for one in self.questions:
            if one.id == question and not (right_only and not all(check.passed for check in one.checks)):
                return number(one.values.get(name))
        return None


@dataclass(frozen=True)
class Found:
    """What was found for one district.

    Attributes
    ----------
    value : float or None
        None if nobody gave a number, or no value was given more often than the others.
    agree, given, handed_in : int
        How many gave that value, how many gave one at all, and how many handed in.
    """

    value: float | None
    agree: int
    given: int
    handed_in: int


def results_of(results: str | Path | Iterable[Result]) -> list[Result]:
    """Return results: those that are given, or those in a folder."""
    return list(read_results(results).values()) if isinstance(results, str | Path) else list(results)


def answers_of(results: Sequence[Result]) -> list[Answers]:
    """Return what each student or group handed in; the results of the members of a group are one.

    Raises
    ------
    LabkitError
        If no result says which district it is about.
    """
    by_who: dict[tuple[str, str], Result] = {}
    for one in results:
        who = ("group", one.group) if one.group else ("student", one.student)
        if who not in by_who or by_who[who].status == "no hand-in":
            by_who[who] = one
    found = [Answers(one.area, one.status != "no hand-in", tuple(one.questions)) for one in by_who.values() if one.area]
    if not found:
        raise LabkitError(t("No result says which district it is about: everybody had the same work."))
    return found


def number(value: Any) -> float | None:
    """Return a value that can be mapped; None if it is none.

    Examples
    --------
    >>> number(3), number(True), number("3"), number(float("nan"))
    (3.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < LARGEST and math.isfinite(value) else None


def asked(answers: Sequence[Answers], question: str | None = None) -> list[tuple[str, str]]:
    """Return the questions and names under which somebody gave a number, in the order of the assignment.

    Raises
    ------
    UnknownNameError
        If there is no such question.
    LabkitError
        If nobody gave a number.
    """
    known = list(dict.fromkeys(part.id for one in answers for part in one.questions))
    if question is not None and question not in known:
        near = nearest(question, known)
        raise UnknownNameError(
            t('There is no question "{question}" in these results.', question=question)
            + " "
            + (did_you_mean(near) if near else t("It has {questions}.", questions=", ".join(known))),
            near,
        )
    found: dict[tuple[str, str], None] = {}
    for one in answers:
        for part in one.questions:
            found |= {(part.id, name): None for name, value in part.values.items() if number(value) is not None}
    wanted = [one for one in sorted(found, key=lambda pair: known.index(pair[0])) if question in (None, one[0])]
    if question is not None and not wanted:
        raise LabkitError(t('No answer to "{question}" is a number yet: there is nothing to map.', question=question))
    return wanted


def found_in(answers: Sequence[Answers], area: str, question: str, name: str, *, right_only: bool = False) -> Found:
    """Return what was found for one district.

    Examples
    --------
    >>> from labkit.assignments.results import QuestionResult
    >>> said = [Answers("a", True, (QuestionResult(id="q", values={"x": value}),)) for value in (27.1, 27.12, 31)]
    >>> found_in(said, "a", "q", "x")
    Found(value=27.1, agree=2, given=3, handed_in=3)
    """
    here = [one for one in answers if one.area == area and one.there]
    numbers = [value for one in here if (value := one.number(question, name, right_only=right_only)) is not None]
    groups = sorted(_alike(numbers), key=len, reverse=True)
    first = groups[0] if groups else []
    tie = len(groups) > 1 and len(groups[1]) == len(first)
    value = None if tie or not first else first[(len(first) - 1) // 2]
    return Found(value, 0 if value is None else len(first), len(numbers), len(here))


def _alike(numbers: Sequence[float]) -> list[list[float]]:
    """Return numbers in groups of those that are the same but for rounding, each sorted."""
    groups: list[list[float]] = []
    for one in sorted(numbers):
        if groups and abs(one - groups[-1][0]) <= CLOSE * max(abs(one), abs(groups[-1][0])):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups
