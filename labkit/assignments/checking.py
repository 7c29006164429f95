"""Run a check on answers, and turn however it ends into a kind of wrong and one sentence; never the answer."""

from __future__ import annotations

import copy
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from labkit.assignments.answers.kinds import Missing, Unreadable
from labkit.assignments.expect.kinds import is_open
from labkit.assignments.judging import Reference, Verdict, judge, short, used
from labkit.assignments.results import CheckResult, Kind
from labkit.language import resolve, speaking, t

#: Of what a lecturer sees besides, no more than this.
DETAIL = 2000

#: Libraries whose objects may be looked at as they are; an object of any other class is not asked what it is.
TRUSTED = (
    "builtins",
    "numpy",
    "pandas",
    "geopandas",
    "shapely",
    "datetime",
    "zoneinfo",
    "decimal",
    "fractions",
    "pathlib",
    "collections",
    "labkit",
    "folium",
    "matplotlib",
    "altair",
)
_NAMELESS = (type(None), type(...), types.FunctionType, types.MethodType, types.ModuleType)


class Checklike(Protocol):
    """What `run_check` needs to know of a check: a `Check` has it."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def points(self) -> float: ...  # noqa: D102
    @property
    def public(self) -> str: ...  # noqa: D102
    @property
    def hidden(self) -> str: ...  # noqa: D102


def run_check(
    check: Checklike,
    names: Mapping[str, Any],
    answers: Mapping[str, Any],
    reference: Mapping[str, Any] | None = None,
    language: str | None = None,
    asked: Iterable[str] = (),
) -> CheckResult:
    r"""Run a check on the answers of a student.

    The public code runs first, as students have it; then, if there is a reference, all of the code.

    Parameters
    ----------
    check : Check
        The check.
    names : dict
        What the solution has in its namespace: the city, the district, helper functions. It is not changed.
    answers : dict
        The answers of the student, as data. They take the place of what the solution has under their names, so a
        name that the student does not have must stand here as `Missing`, or in `asked`.
    reference : dict, optional
        What the solution gives for this student's district, for the hidden part.
    language : {"nl", "en"}, optional
        Of the message; the current one if left out.
    asked : iterable of str
        The names that the question asks for; those that are not in `answers` count as missing.

    Returns
    -------
    CheckResult
        Of a failed hidden part its message tells the kind of wrong and no more; `advice` has what the lecturer wrote
        for this mistake.

    Examples
    --------
    >>> from labkit.assignments.assignment import Check
    >>> check = Check("q1.1", 2, 0, "assert share > 0", "assert share > 0\nassert share == reference.share")
    >>> run_check(check, {}, {"share": 27.0}, {"share": 27.0}).points
    2.0
    >>> run_check(check, {}, {"share": -1}, {"share": 27.0}).message
    'This does not hold: assert share > 0'
    >>> run_check(check, {}, {"share": 12}, {"share": 27.0}).message
    'A check that you do not see finds another value than your figures give.'
    """
    given = {name: Missing(name) for name in asked} | dict(answers)
    with speaking(resolve(language)):
        hidden = False
        verdict = _unfit(check.public, given)
        if verdict.passed and check.public:
            verdict = _run(check, check.public, names, given, None)
        if verdict.passed and check.hidden and reference is not None:
            hidden = True
            verdict = _unfit(check.hidden, given)
            if verdict.passed:
                verdict = _run(check, check.hidden, names, given, reference)
        verdict = _empty(verdict, check.hidden if hidden else check.public, given, reference)
        message = _told(verdict.kind) if hidden and verdict.kind != "unanswered" else verdict.message
    return CheckResult(
        id=check.id,
        hidden=hidden,
        points=check.points if verdict.passed else 0.0,
        max_points=check.points,
        passed=verdict.passed,
        kind=verdict.kind,
        message=message,
        detail=verdict.detail[:DETAIL],
        advice=verdict.advice if hidden else "",
    )


def _run(
    check: Checklike,
    code: str,
    names: Mapping[str, Any],
    answers: Mapping[str, Any],
    reference: Mapping[str, Any] | None,
) -> Verdict:
    """Run code on copies, so that a check that changes something changes nothing for the next."""
    looked_at = used(code)
    space = {name: copied(value) if name in looked_at else value for name, value in names.items()}
    space |= {name: copied(value) for name, value in answers.items()}
    space.pop("reference", None)
    if reference is not None:
        space["reference"] = Reference(
            {one: copied(value) if one in looked_at else value for one, value in reference.items()}
        )
    return judge(code, space, f"check {check.id}", answers)


def _unfit(code: str, answers: Mapping[str, Any]) -> Verdict:
    """Say of answers that a check looks at whether they are there, and are data."""
    looked_at = {name: value for name, value in answers.items() if name in used(code)}
    empty = [name for name, value in looked_at.items() if is_open(value)]
    if empty:
        return Verdict("unanswered", t("There is no answer yet: {names}.", names=", ".join(empty)))
    for name, value in looked_at.items():
        if isinstance(value, Unreadable) or foreign(value):
            return Verdict("type", _foreign(name, value), f"{name}: {type(value).__name__}")
    return Verdict()


def _foreign(name: str, value: Any) -> str:
    if isinstance(value, Unreadable) and value.reason == "large":
        return t("{name} is too large to be looked at.", name=name)
    if isinstance(value, Unreadable) and not value.type:
        return t("{name} cannot be read: give a number, text, list or table.", name=name)
    kind = value.type if isinstance(value, Unreadable) else type.__getattribute__(type(value), "__name__")
    return t(
        "{name} is an object of the type {kind}: give a number, text, list or table.", name=name, kind=short(str(kind))
    )


def foreign(value: Any, depth: int = 0) -> bool:
    """Return whether a value is, or holds, an object of a class that is not of Python or a known library.

    Such an object could say of itself that it is equal to everything; it is not asked.

    Examples
    --------
    >>> foreign([1, "a", None])
    False
    >>> foreign(type("Yes", (), {"__eq__": lambda self, other: True})())
    True
    """
    if not _known(type(value)) or depth > 20:
        return True
    inside: Iterable[Any] = ()
    if type(value) in (list, tuple, set, frozenset):
        inside = value
    elif type(value) is dict:
        inside = [*value, *value.values()]
    elif type(value).__module__.startswith("pandas") and hasattr(value, "columns"):
        inside = [value.iloc[:, place] for place in range(value.shape[1])]
    elif str(getattr(value, "dtype", "")) == "object":
        return not all(_known(one) for one in {type(one) for one in value.tolist()})
    return any(foreign(one, depth + 1) for one in inside)


def _known(cls: type) -> bool:
    """Return whether a class is really the one that its library has under its name."""
    if cls in _NAMELESS or issubclass(cls, types.BuiltinFunctionType):
        return True
    try:
        module = type.__getattribute__(cls, "__module__")
        if not isinstance(module, str) or module.partition(".")[0] not in TRUSTED:
            return False
        found: Any = sys.modules.get(module)
        for piece in type.__getattribute__(cls, "__qualname__").split("."):
            found = getattr(found, piece, None)
        return found is cls
    except Exception:
        return False


def copied(value: Any) -> Any:
    """Return a copy of data; what belongs to labkit, and functions, are not copied."""
    root = type(value).__module__.partition(".")[0]
    if root not in ("builtins", "numpy", "pandas", "geopandas", "collections") or isinstance(value, _NAMELESS):
        return value
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _empty(verdict: Verdict, code: str, answers: Mapping[str, Any], reference: Mapping[str, Any] | None) -> Verdict:
    """Call a wrong answer of None unanswered, unless the solution gives None as well."""
    if verdict.passed or verdict.kind in ("unanswered", "missing"):
        return verdict
    names = [
        name
        for name, value in answers.items()
        if value is None and name in used(code) and (reference or {}).get(name, ...) is not None
    ]
    if not names:
        return verdict
    text = t("There is no answer yet: {names}.", names=", ".join(names))
    return Verdict("unanswered", text, verdict.detail)


def _told(kind: Kind) -> str:
    """Return what a student hears of a hidden check that failed: the kind of wrong, and no more."""
    return {
        "": "",
        "type": t("A check that you do not see finds another kind of thing than is asked."),
        "unit": t("A check that you do not see finds another unit than is asked."),
        "length": t("A check that you do not see finds more or fewer values than is asked."),
        "columns": t("A check that you do not see does not find all columns or keys."),
        "error": t("A check that you do not see stops at your answer."),
        "time": t("A check that you do not see waits too long for your answer."),
        "map": t("A check that you do not see finds something else on your map than is asked."),
        "chart": t("A check that you do not see finds something else in your chart than is asked."),
    }.get(kind, t("A check that you do not see finds another value than your figures give."))
