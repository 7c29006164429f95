"""What the checks look at, and how they say what they found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from labkit.areas import Areas
from labkit.language import t
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.nearby import Nearby
from labkit.register.records import KINDS, Record


@dataclass(frozen=True)
class Finding:
    """A fault of a record, before its file and line are looked up.

    Attributes
    ----------
    id : str
        The record.
    field : str
        The path of the field, such as "partners[1].role".
    message, advice : str
        What is wrong, and the way out.
    severity : {"error", "warning"}
        An error makes the register untrue or breaks a rule; a warning asks for a look and never blocks.
    """

    id: str
    field: str
    message: str
    advice: str
    severity: str = "error"


@dataclass
class Context:
    """The book, the areas of its city, and the day on which it is checked.

    Attributes
    ----------
    book : Book
        The records.
    areas : Areas or None
        The areas of the city; without them codes of areas are not checked.
    today : date
        The day; what lies after it is still to come.
    """

    book: Book
    areas: Areas | None = None
    today: date = field(default_factory=date.today)

    @cached_property
    def ids(self) -> dict[str, Nearby]:
        """Kind of record -> its ids, to find near misses."""
        return {name: Nearby(one.id for one in self.book.of(kind)) for name, kind in KINDS.items()}

    def near(self, kind: str, id: str) -> list[str]:
        """Return the ids of a kind that look most like one that does not exist."""
        return self.ids[kind].of(id)


def error(record: Record, field: str, message: str, advice: str) -> Finding:
    """Return a finding that makes the register untrue."""
    return Finding(record.id, field, message, advice)


def warning(record: Record, field: str, message: str, advice: str) -> Finding:
    """Return a finding that asks for a look."""
    return Finding(record.id, field, message, advice, "warning")


def suggestion(near: list[str], otherwise: str) -> str:
    """Return the near misses as advice, or another advice if there are none."""
    return t("Did you mean {names}?", names=t(" or ").join(near)) if near else otherwise


def quoted(value: object, most: int = 60) -> str:
    """Return a value between quotes, shortened if it is long."""
    text = str(value)
    return f'"{text if len(text) <= most else text[: most - 1] + "…"}"'


def fault_of(finding: Finding, file: str, line: int) -> Fault:
    """Return the fault, with its place."""
    return Fault(file, line, finding.field, finding.message, finding.advice, finding.severity)
