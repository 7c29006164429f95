"""What can go wrong, said in words: the cause, where it is, and the way out."""

from __future__ import annotations

from collections.abc import Iterable


class LabkitError(Exception):
    """Base of every error that labkit raises on purpose; its text is written for people.

    Examples
    --------
    >>> raise LabkitError("There is no such file: a.csv. Check the name.")
    Traceback (most recent call last):
        ...
    labkit.errors.LabkitError: There is no such file: a.csv. Check the name.
    """


class PackageError(LabkitError):
    """A city package cannot be opened: a file is missing, or cannot be read as what it should be."""


class UnknownNameError(LabkitError, KeyError):
    """A name that the city does not have; `suggestions` holds the nearest ones that it does."""

    def __init__(self, message: str, suggestions: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = list(suggestions)

    def __str__(self) -> str:
        # KeyError would show its text between quotes.
        return str(self.args[0])


class AmbiguousNameError(LabkitError, ValueError):
    """A name that fits several areas; `codes` holds all of them, so that one can be chosen."""

    def __init__(self, message: str, codes: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.codes = list(codes)


class NoFiguresError(LabkitError, LookupError):
    """An indicator has no figures for this level or year; the text names those that it has."""


class NotCombinableError(LabkitError, ValueError):
    """Figures that may not be added up or averaged, with the reason."""


class PointsError(LabkitError, ValueError):
    """A table of points from which no position can be read."""


class WrongUseError(LabkitError, ValueError):
    """A function was asked something that it cannot do, such as an option that does not exist."""
