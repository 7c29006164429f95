"""What is known of one graded hand-in: one JSON file, no database."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

#: How an answer was found in a hand-in; "missing" if it was not.
MatchedBy = Literal["id", "cell id", "heading", "likeness", "missing"]

#: What kind of wrong a check found; "" if it passed.
Kind = Literal[
    "", "unanswered", "missing", "error", "type", "unit", "length", "columns", "value", "map", "chart", "time"
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CheckResult(_Part):
    """How one check ended.

    Attributes
    ----------
    id : str
        Such as "q1.2".
    hidden : bool
        Whether students see what it looks at: then `message` never tells.
    points, max_points : float
    passed : bool
    kind : str
        What kind of wrong; "" if it passed.
    message : str
        One sentence for the student, in their language; never the answer.
    detail : str
        What the lecturer sees besides; never put into feedback.
    advice : str
        What the lecturer wrote for who makes this mistake; students may see it, of a hidden check too.
    """

    id: str
    hidden: bool = False
    points: float = 0.0
    max_points: float = 0.0
    passed: bool = False
    kind: Kind = ""
    message: str = ""
    detail: str = ""
    advice: str = ""


class QuestionResult(_Part):
    """How one question was answered.

    Attributes
    ----------
    id, title, kind : str
        As in the assignment.
    points : float
        What the checks gave, with what a person gave if it is there.
    max_points : float
    manual_points : float or None
        What a person gave; None while nobody has.
    manual_max : float
        What a person can give.
    matched_by : str
        How the answer was found.
    notes : list of str
        What student and lecturer should know: a copied cell, an error, a limit.
    signs : list of str
        The same for programs, such as "copied", "heading", "time"; see `labkit.assignments.findings`.
    checks : list of CheckResult
    answer : str
        The source of the answer cell (or cells) of the hand-in.
    shown : dict of str to str
        The names that were asked for, and their values as short text.
    values : dict of str to object
        Those of them that are plain numbers or texts, for the class map and the likeness report.
    comments : list of str
        What a person wrote for the student.
    """

    id: str
    title: str = ""
    kind: Literal["code", "text"] = "code"
    points: float = 0.0
    max_points: float = 0.0
    manual_points: float | None = None
    manual_max: float = 0.0
    matched_by: MatchedBy = "missing"
    notes: list[str] = []
    signs: list[str] = []
    checks: list[CheckResult] = []
    answer: str = ""
    shown: dict[str, str] = {}
    values: dict[str, Any] = {}
    comments: list[str] = []

    @property
    def waits(self) -> bool:
        """Whether a person still has to mark it."""
        return self.manual_max > 0 and self.manual_points is None


class Late(_Part):
    """How late a hand-in is, and what the policy says of it; nothing is taken off by itself.

    Attributes
    ----------
    hours : float
        After the time at which it was due, extra time taken off.
    minus : float
        What the policy says: per cent of the points.
    """

    hours: float
    minus: float
    text: str = ""


class Result(_Part):
    """What is known of one graded hand-in.

    Attributes
    ----------
    assignment, student : str
    group : str
        "" if the student handed in alone; all members have a result of their own.
    language : {"nl", "en"}
    area : str
        The code of the district that the work is about; "" without variants.
    file, digest : str
        The file that was graded, and its SHA-256.
    original : str
        The name under which it was handed in, with its folder, as the learning platform gave it.
    received : str
        When it was handed in (ISO 8601); "" if that is not known.
    late : Late or None
    key : str
        What was graded with what: a run that finds the same key has nothing to do.
    status : {"graded", "unreadable", "no hand-in"}
    questions : list of QuestionResult
    notes : list of str
        What concerns the whole hand-in.
    signs : list of str
        The same for programs, such as "other notebook".
    seconds : float
        How long it ran.
    protection : list of str
        What stood between the student's code and this machine.
    """

    schema_version: Literal[1] = 1
    assignment: str
    student: str
    group: str = ""
    language: Literal["nl", "en"] = "en"
    area: str = ""
    file: str = ""
    original: str = ""
    digest: str = ""
    received: str = ""
    late: Late | None = None
    key: str = ""
    status: Literal["graded", "unreadable", "no hand-in"] = "graded"
    questions: list[QuestionResult] = []
    notes: list[str] = []
    signs: list[str] = []
    seconds: float = 0.0
    protection: list[str] = []

    @property
    def points(self) -> float:
        """The points of all questions."""
        return sum(one.points for one in self.questions)

    @property
    def max_points(self) -> float:
        """All points that can be reached."""
        return sum(one.max_points for one in self.questions)
