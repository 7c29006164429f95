"""Arrivals: what one person sent at one time, told from the names that a learning platform gives."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Literal

from labkit.assignments.collecting.archives import Entry
from labkit.assignments.collecting.moments import read_stamp
from labkit.errors import LabkitError

Platform = Literal["brightspace", "canvas", "plain"]


@dataclass
class Arrival:
    """What one person, or one group, sent at one time.

    Attributes
    ----------
    platform : {"brightspace", "canvas", "plain"}
    who : str
        What the platform calls the person: an id, or the name of a file or folder.
    name : str
        The name of the person; "" if it is not there.
    where : str
        The folder or file that it came from.
    received : datetime or None
    received_from : {"", "platform", "zip", "file", "nbgrader"}
    marked_late : bool
        Whether the platform says that it was late.
    order : tuple
        What tells two arrivals without a time apart: the later one is larger.
    files : list of Entry
        Without the folder of the platform in their `parts`.
    """

    platform: Platform
    who: str
    name: str
    where: str
    received: datetime | None = None
    received_from: Literal["", "platform", "zip", "file", "nbgrader"] = ""
    marked_late: bool = False
    order: tuple[int, ...] = ()
    files: list[Entry] = field(default_factory=list)

    @property
    def key(self) -> tuple[datetime, tuple[int, ...], str]:
        """By which arrivals are put in order: the last one counts."""
        return self.received or datetime.min.replace(tzinfo=UTC), self.order, self.where

    def take_time(self, zone: tzinfo) -> None:
        """Take the time of the files where the platform tells none; nbgrader's own `timestamp.txt` goes first."""
        if self.received is not None or self.platform != "plain":
            return
        for one in self.files:
            if one.file == "timestamp.txt" and one.size < 1000:
                with contextlib.suppress(LabkitError):
                    self.received = read_stamp(one.read().decode("utf-8", "replace"), zone)
        if self.received is not None:
            self.received_from = "nbgrader"
            return
        times = [(one.time, one.time_from) for one in self.files if one.time is not None]
        if times:
            moment, source = max(times)
            self.received, self.received_from = moment, "zip" if source == "zip" else "file"
