"""What can go wrong with a record, said in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from labkit.errors import LabkitError
from labkit.language import t
from labkit.packagechecks.fault import Fault

if TYPE_CHECKING:
    from labkit.register.differences import Differences


class RecordError(LabkitError, ValueError):
    """A record is not right; `faults` says for each field what is wrong and what to do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(_line(one) for one in self.faults))


class RecordWarning(UserWarning):
    """A record was saved with something that is still to be mended."""


class ConflictError(LabkitError):
    """Somebody else changed the record since it was opened; nothing was overwritten.

    Attributes
    ----------
    differences : Differences
        Field by field: as it was opened, as it is now, and as you want it.
    """

    def __init__(self, message: str, differences: Differences) -> None:
        super().__init__(message)
        self.differences = differences


class BusyError(LabkitError):
    """Another program holds the register for too long."""


class ReadOnlyError(LabkitError):
    """The register is part of an installed labkit, or may not be written."""


def _line(fault: Fault) -> str:
    where = ", ".join(
        part for part in (fault.file, t("line {number}", number=fault.line) if fault.line else "", fault.column) if part
    )
    return f"{where}: {fault.message} {fault.advice}".strip(": ")
