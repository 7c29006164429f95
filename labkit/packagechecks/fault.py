"""One thing that is wrong in a city package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from labkit.language import t
from labkit.structure.flaw import Flaw

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    Attributes
    ----------
    file : str
        The file, from the package's folder.
    line : int
        The line in it, from 1; 0 if it holds for the whole file.
    column : str
        The column or property, in `datapackage.json` the path ("labkit.levels[0].id"); "" if none is meant.
    message : str
        What is wrong.
    advice : str
        The way out.
    severity : {"error", "warning"}
        An error makes figures untrue or unreadable; a warning asks for a look.
    """

    file: str
    line: int
    column: str
    message: str
    advice: str
    severity: str = "error"

    @classmethod
    def of(cls, file: str, flaw: Flaw) -> Fault:
        """Make a fault of a flaw in the form of a file.

        Examples
        --------
        >>> print(Fault.of("breaks.csv", Flaw("This is no year.", "Give four digits.", "to_year", 2)))
        error: breaks.csv, line 2, to_year: This is no year. Give four digits.
        """
        return cls(file, flaw.line, flaw.place, flaw.message, flaw.advice)

    def __str__(self) -> str:
        line = t("line {number}", number=self.line) if self.line else ""
        where = ", ".join(part for part in (self.file, line, self.column) if part)
        severity = t("error") if self.severity == "error" else t("warning")
        return f"{severity}: {where}: {self.message} {self.advice}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return asdict(self)


class Faults:
    """All faults of a package, errors first, in the order of files and lines.

    Examples
    --------
    >>> faults = Faults([Fault("figures.csv", 2, "value", "This share is 130.", "Give 0 to 100.")])
    >>> print(faults)
    error: figures.csv, line 2, value: This share is 130. Give 0 to 100.
    >>> bool(faults.errors)
    True
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = sorted(faults, key=lambda one: (one.severity, one.file, one.line, one.column))

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def __len__(self) -> int:
        return len(self._faults)

    @property
    def errors(self) -> list[Fault]:
        """Those that make figures untrue or unreadable."""
        return [one for one in self if one.severity == "error"]

    @property
    def warnings(self) -> list[Fault]:
        """Those that ask for a look."""
        return [one for one in self if one.severity == "warning"]

    @property
    def table(self) -> pd.DataFrame:
        """One row a fault: severity, file, line, column, message, advice."""
        import pandas as pd

        columns = ["severity", "file", "line", "column", "message", "advice"]
        return pd.DataFrame([one.as_dict() for one in self], columns=columns)

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or t("No faults found.")

    def __repr__(self) -> str:
        return f"<Faults: {len(self.errors)} errors, {len(self.warnings)} warnings>"

    def _repr_html_(self) -> str:
        if not self._faults:
            return f"<p>{escape(t('No faults found.'))}</p>"
        items = "".join(f"<li>{escape(str(one))}</li>" for one in self)
        return f"<ul>{items}</ul>"
