"""One thing in a package that is not of the form that labkit reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from labkit.errors import PackageError


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw in one file.

    Attributes
    ----------
    message, advice : str
        What is wrong, and the way out.
    place : str
        The column, property or JSON path; "" if none is meant.
    line : int
        The line in the file, from 1; 0 if it is not known.
    """

    message: str
    advice: str
    place: str = ""
    line: int = 0


class FlawError(PackageError):
    """A city package cannot be opened because of a flaw in one of its files; `flaw` and `path` say which.

    Examples
    --------
    >>> raise FlawError("breaks.csv", Flaw("this is no year.", "Give four digits.", "to_year", 2))
    Traceback (most recent call last):
        ...
    labkit.structure.flaw.FlawError: breaks.csv, line 2, to_year: this is no year. Give four digits.
    """

    def __init__(self, path: str | Path, flaw: Flaw) -> None:
        self.path = Path(path)
        self.flaw = flaw
        where = (f", line {flaw.line}" if flaw.line else "") + (f", {flaw.place}" if flaw.place else "")
        super().__init__(f"{path}{where}: {flaw.message} {flaw.advice}")
