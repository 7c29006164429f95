"""Friendly checks: `lk.expect.number(residents, between=(0, 200_000))` says what kind of wrong an answer is.

Each of them returns the answer if it will do, and else raises `CheckFailed` with its kind and one sentence in the
language of the student. A sentence repeats at most the student's own value, never the one of the solution.
"""

from __future__ import annotations

from labkit.assignments.expect.compare import same
from labkit.assignments.expect.failing import CheckFailed
from labkit.assignments.expect.functions import function
from labkit.assignments.expect.kinds import answered
from labkit.assignments.expect.numeric import number
from labkit.assignments.expect.objects import chart
from labkit.assignments.expect.objects import map_of as map
from labkit.assignments.expect.tables import column, table, values
from labkit.assignments.expect.texts import one_of, text, unknown

__all__ = [
    "CheckFailed",
    "answered",
    "chart",
    "column",
    "function",
    "map",
    "number",
    "one_of",
    "same",
    "table",
    "text",
    "unknown",
    "values",
]
