"""Answers travel from the student's process to ours as data: written there, read here, never pickled.

What arrives was made by code that we do not trust. Reading it runs none of that code, allocates no more than the
bytes allow, and ends in a value or in an `AnswerError`.
"""

from __future__ import annotations

from labkit.assignments.answers.decoding import decode
from labkit.assignments.answers.encoding import encode
from labkit.assignments.answers.kinds import (
    AnswerError,
    FunctionFailed,
    FunctionProxy,
    Missing,
    Tabled,
    Unreadable,
)

__all__ = ["AnswerError", "FunctionFailed", "FunctionProxy", "Missing", "Tabled", "Unreadable", "decode", "encode"]
