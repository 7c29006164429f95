"""Run checking code in a namespace, and turn however it ends into a kind of wrong and a sentence."""

from __future__ import annotations

import ast
import contextlib
import io
import traceback
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from labkit.assignments import code_names
from labkit.assignments.answers.kinds import FunctionFailed
from labkit.assignments.expect.failing import CheckFailed
from labkit.assignments.expect.kinds import described
from labkit.assignments.patience import TooSlow, a_check
from labkit.assignments.results import Kind
from labkit.language import t

#: Of a text that is told, no more than this.
LONGEST = 400

#: Which kind of wrong an exception in a check tells of.
_OF_ERROR: tuple[tuple[type[Exception], Kind], ...] = (
    (KeyError, "columns"),
    (IndexError, "length"),
    (TypeError, "type"),
    (AttributeError, "type"),
    (ValueError, "type"),
)


@dataclass(frozen=True)
class Verdict:
    """How a piece of checking code ended.

    Attributes
    ----------
    kind : str
        What kind of wrong; "" if it passed.
    message : str
        One sentence about the answer, with what the code itself shows: for students only if they may see the code.
    detail : str
        The line that failed and the error, for the lecturer.
    advice : str
        What the lecturer wrote for this mistake; students may see it whatever else they may see.
    """

    kind: Kind = ""
    message: str = ""
    detail: str = ""
    advice: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return not self.kind


class Reference:
    """What the solution gives, as attributes: ``reference.residents``."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __repr__(self) -> str:
        return "reference"


@lru_cache(maxsize=512)
def used(code: str) -> frozenset[str]:
    """Return the names that a piece of code looks at; read once for all students."""
    return frozenset(code_names.used(code))


def judge(code: str, space: dict[str, Any], name: str = "check", answers: Mapping[str, Any] | None = None) -> Verdict:
    """Run checking code in a namespace, and say how it ended.

    Parameters
    ----------
    code : str
        Python that raises if something is wrong.
    space : dict
        The names that it sees; it may change them.
    name : str
        What the code is called.
    answers : dict, optional
        The names of these are told in a message about an error.

    Returns
    -------
    Verdict
        Warnings, and what the code prints, make no difference.

    Examples
    --------
    >>> found = judge("assert share < 100, 'Give it in per cent.'", {"share": 270})
    >>> found.kind, found.message
    ('value', 'Give it in per cent.')
    """
    file = f"<{name}>"
    space.setdefault("__name__", "check")
    try:
        tree = ast.parse(code, file)
        compiled = compile(tree, file, "exec")
    except (SyntaxError, ValueError) as error:
        return Verdict("error", _not_run(), f"{name}: {type(error).__name__}: {error}")
    silent = io.StringIO()
    try:
        quiet = contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent)
        with a_check(), warnings.catch_warnings(), quiet[0], quiet[1]:
            warnings.simplefilter("ignore")
            exec(compiled, space)
    except (Exception, SystemExit) as error:
        return _verdict(error, tree, code, name, answers or {})
    return Verdict()


def _verdict(error: BaseException, tree: ast.Module, code: str, name: str, answers: Mapping[str, Any]) -> Verdict:
    line = _line(error, f"<{name}>")
    statement = _statement(tree, line)
    source = short(ast.get_source_segment(code, statement) or "") if statement else ""
    detail = f"{name}, line {line}: {source}"
    if isinstance(error, CheckFailed):
        subject = _subject(statement)
        told = _safe(error)
        kind: Kind = error.kind if error.kind in get_args(Kind) and error.kind else "value"  # type: ignore[assignment]
        return Verdict(kind, f"{subject}: {told}" if subject else told, f"{detail}: {told}", short(error.advice))
    if isinstance(error, AssertionError):
        told = _safe(error)
        return Verdict("value", told or t("This does not hold: {line}", line=source), detail)
    detail = f"{detail}: {type(error).__name__}: {_safe(error)}"
    if isinstance(error, AttributeError) and isinstance(error.obj, Reference):
        return Verdict("error", _not_run(), detail)
    if isinstance(error, NameError) and error.name not in answers:
        return Verdict("missing", t("There is no {name} yet. Run the cells above it first.", name=error.name), detail)
    return _stopped(error, source, detail, answers)


def _stopped(error: BaseException, source: str, detail: str, answers: Mapping[str, Any]) -> Verdict:
    kind: Kind = next((kind for known, kind in _OF_ERROR if isinstance(error, known)), "error")
    if isinstance(error, FunctionFailed):
        kind = "time" if error.kind == "time" else "error"
    if isinstance(error, TooSlow):
        kind = "time"
    what = ", ".join(
        t("{name} is {what}", name=one, what=described(value)) for one, value in answers.items() if one in used(source)
    )
    told = short(f"{getattr(error, 'kind', '') or type(error).__name__}: {_safe(error)}".rstrip(": "))
    text = t("The check stops at your answer, with {error}.", error=told)
    return Verdict(kind, f"{text} {what}." if what else text, detail)


def _not_run() -> str:
    return t("This check cannot be run; tell your lecturer.")


def _safe(error: BaseException) -> str:
    """Return the text of an error, whatever it is made of."""
    try:
        return short(str(error))
    except Exception:
        return type(error).__name__


def short(text: str) -> str:
    """Return a text on one line, and not longer than is told."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def _line(error: BaseException, file: str) -> int:
    """Return the line of the check at which it stopped: the last one of the check itself."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else 1


def _statement(tree: ast.Module, line: int) -> ast.stmt | None:
    """Return the smallest statement around a line."""
    around = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


def _subject(statement: ast.stmt | None) -> str:
    """Return what a friendly check looked at, such as "share": the first argument of its call."""
    for node in ast.walk(statement) if statement else ():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.args
            and "expect" in ast.dump(node.func)
        ):
            text = ast.unparse(node.args[0])
            return (
                text if len(text) <= 40 and isinstance(node.args[0], ast.Name | ast.Attribute | ast.Subscript) else ""
            )
    return ""
