"""What a self-check found, shown so that a student knows what to do next, and what nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from labkit.language import number, speaking, t
from labkit.look import TABLE_STYLE

if TYPE_CHECKING:
    from pandas import DataFrame

#: How a question stands: its public checks pass, or one does not; nothing is filled in; nothing can be checked yet.
Status = Literal["passed", "failed", "unanswered", "later"]

SIGNS: dict[Status, str] = {"passed": "✓", "failed": "✗", "unanswered": "○", "later": "–"}


@dataclass(frozen=True)
class Finding:
    """One public check that did not pass.

    Attributes
    ----------
    check : str
        Its id, such as "q1.2".
    kind : str
        What kind of wrong: see `labkit.assignments.results.Kind`.
    message : str
    """

    check: str
    kind: str
    message: str


@dataclass(frozen=True)
class Line:
    """How one question stands.

    Attributes
    ----------
    id, title : str
    status : {"passed", "failed", "unanswered", "later"}
    findings : tuple of Finding
    checks : int
        How many public checks it has.
    has_hidden : bool
        Whether more is checked after handing in.
    manual_points : float
        What a person gives.
    """

    id: str
    title: str
    status: Status
    findings: tuple[Finding, ...] = ()
    checks: int = 0
    has_hidden: bool = False
    manual_points: float = 0.0


@dataclass(frozen=True)
class SelfReport:
    """What a self-check found; it shows itself.

    Attributes
    ----------
    title : str
        Of the assignment.
    language : {"nl", "en"}
    lines : tuple of Line
        One a question, in the order of the notebook.
    """

    title: str
    language: str
    lines: tuple[Line, ...]

    @property
    def passed(self) -> bool:
        """Whether every question that has public checks passes them."""
        return all(line.status in ("passed", "later") for line in self.lines)

    @property
    def table(self) -> DataFrame:
        """The questions: `question, title, status, checks, message`."""
        from pandas import DataFrame

        rows = [
            [one.id, one.title, one.status, one.checks, " ".join(f.message for f in one.findings)] for one in self.lines
        ]
        return DataFrame(rows, columns=["question", "title", "status", "checks", "message"])

    def as_data(self) -> dict[str, Any]:
        """Return it as plain dictionaries and lists."""
        return {**asdict(self), "lines": [asdict(line) for line in self.lines], "passed": self.passed}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SelfReport:
        """Return the report that `as_data` gave."""
        lines = [
            Line(**{**line, "findings": tuple(Finding(**finding) for finding in line["findings"])})
            for line in data["lines"]
        ]
        return cls(str(data["title"]), str(data["language"]), tuple(lines))

    def heading(self) -> str:
        """Return in one line how many questions pass."""
        checked = [line for line in self.lines if line.checks]
        good = sum(line.status == "passed" for line in checked)
        if len(self.lines) == 1:
            return f"{self.lines[0].id}: {_word(self.lines[0])}"
        return t(
            "{title}: {good} of {all} questions pass the checks that you see",
            title=self.title,
            good=good,
            all=len(checked),
        )

    def notes(self) -> list[str]:
        """Return what nobody has looked at yet: hidden checks, and what a person marks."""
        hidden = [line.id for line in self.lines if line.has_hidden]
        manual = [line for line in self.lines if line.manual_points]
        notes = []
        if hidden:
            notes.append(
                t(
                    "Hidden checks remain for {questions}: they run after you hand in. Passing here does not yet mean "
                    "that the answer is right.",
                    questions=", ".join(hidden),
                )
            )
        if manual:
            told = ", ".join(f"{line.id} ({points(line.manual_points)})" for line in manual)
            notes.append(t("A person marks {questions}.", questions=told))
        return notes

    def __str__(self) -> str:
        with speaking(self.language):
            rows = [self.heading()]
            for line in self.lines:
                name = f"{line.id}, {line.title}" if line.title and line.title != line.id else line.id
                if len(self.lines) > 1:
                    rows.append(f"  {SIGNS[line.status]} {name}: {_word(line)}")
                rows += [f"      {finding.message}" for finding in line.findings]
            return "\n".join([*rows, *self.notes()])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        with speaking(self.language):
            heads = "".join(
                f"<th scope='col'>{escape(text)}</th>" for text in (t("Question"), t("Checked"), t("What to do"))
            )
            rows = "".join(_row(line) for line in self.lines)
            notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self.notes())
            return (
                f"{TABLE_STYLE}<div class='lk-result' lang='{self.language}'><table><caption>{escape(self.heading())}</caption>"
                f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}</div>"
            )


def points(value: float) -> str:
    """Return a number of points in words.

    Examples
    --------
    >>> points(1), points(2.5)
    ('1 point', '2.5 points')
    """
    written = number(value, 0 if value == int(value) else 1)
    return t("1 point") if value == 1 else t("{number} points", number=written)


def _word(line: Line) -> str:
    """Return in words how a question stands."""
    if line.status == "passed":
        return t("the check that you see passes") if line.checks == 1 else t("all checks that you see pass")
    if line.status == "failed":
        return t("not right yet")
    if line.status == "unanswered":
        return t("not answered yet")
    return t("looked at after you hand in")


def _row(line: Line) -> str:
    title = f"<br><small>{escape(line.title)}</small>" if line.title and line.title != line.id else ""
    told = "<br>".join(escape(finding.message) for finding in line.findings)
    weight = "" if line.status in ("passed", "later") else " style='font-weight:600'"
    sign = f"<span aria-hidden='true'>{SIGNS[line.status]}</span>"
    return (
        f"<tr><th scope='row'>{escape(line.id)}{title}</th><td{weight}>{sign} {escape(_word(line))}</td>"
        f"<td>{told}</td></tr>"
    )
