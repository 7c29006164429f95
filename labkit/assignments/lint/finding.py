"""One thing that was found in a source, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from labkit.language import t

if TYPE_CHECKING:
    from pandas import DataFrame

#: What must be put right before a release, what asks for a look, and what would be kind to do.
ERROR, WARNING, ADVICE = "error", "warning", "advice"
SEVERITIES = (ERROR, WARNING, ADVICE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes
    ----------
    file : str
        The file, as it was asked for.
    cell : int
        The cell, counted from 1; 0 if it holds for the whole file.
    line : int
        The line in the cell, counted from 1; 0 if it holds for the whole cell.
    file_line : int
        The line in the file, counted from 1; 0 if it cannot be told.
    rule : str
        The id of the rule, such as "id-double".
    severity : {"error", "warning", "advice"}
        An error spoils the release or the points; a warning asks for a look; advice is only that.
    message : str
        What is wrong.
    advice : str
        What to do.
    """

    file: str
    cell: int
    line: int
    file_line: int
    rule: str
    severity: str
    message: str
    advice: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.file_line}" if self.file_line else self.file
        place = t("cell {number}", number=self.cell) if self.cell else ""
        place += ", " + t("line {number}", number=self.line) if self.cell and self.line else ""
        severity = {ERROR: t("error"), WARNING: t("warning"), ADVICE: t("advice")}[self.severity]
        inside = f" ({place})" if place else ""
        return f"{where}: {severity} {self.rule}{inside}: {self.message} {self.advice}".rstrip()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return asdict(self)


class Findings:
    """All that was found, in the order of files and cells.

    Examples
    --------
    >>> findings = Findings([Finding("week1.py", 2, 1, 9, "points-zero", "error", "q1 has no points.", "Give some.")])
    >>> print(findings)
    week1.py:9: error points-zero (cell 2, line 1): q1 has no points. Give some.
    >>> findings.fine
    False
    """

    def __init__(self, findings: Iterable[Finding], files: int = 1) -> None:
        self._all = tuple(findings)
        #: How many files were looked at.
        self.files = files

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def of(self, severity: str) -> list[Finding]:
        """Return those of one severity: "error", "warning" or "advice"."""
        return [one for one in self if one.severity == severity]

    @property
    def fine(self) -> bool:
        """Whether there is nothing but advice."""
        return all(one.severity == ADVICE for one in self)

    @property
    def rules(self) -> Counter[str]:
        """How often each rule was broken."""
        return Counter(one.rule for one in self)

    @property
    def table(self) -> DataFrame:
        """One row a finding: `file, cell, line, file_line, rule, severity, message, advice`."""
        from pandas import DataFrame

        return DataFrame([one.as_dict() for one in self], columns=list(Finding.__dataclass_fields__))

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or t("No faults found.")

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.of(severity))} {severity}" for severity in SEVERITIES)
        return f"<Findings: {counts}>"

    def _repr_html_(self) -> str:
        if not self._all:
            return f"<p>{escape(t('No faults found.'))}</p>"
        return "<ul>" + "".join(f"<li>{escape(str(one))}</li>" for one in self) + "</ul>"
