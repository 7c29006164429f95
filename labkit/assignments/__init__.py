"""Assignments: written once, released to students, varied by district, collected, graded and given back.

    from labkit import assignments as work

    work.open_assignment("course/week1")              # what is asked
    work.lint_assignment("course/week1")              # what is wrong with it
    work.release_assignment("course/week1", "release", roster="roster.csv")
    work.collect_handins("download.zip", "collected", roster="roster.csv")
    grades = work.grade_handins("course/week1", "collected", "graded", roster="roster.csv")
    grades.table, grades.by_question, grades.of("s1234567")

Each module is one small step: a notebook or a folder goes in, a notebook or a folder comes out. There is no
database: what is known of a hand-in stands in one JSON file beside it. The commands `labkit assignment ...` do the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from labkit.assignments.assignment import open_assignment
    from labkit.assignments.batch import grade as grade_handins
    from labkit.assignments.collect import collect as collect_handins
    from labkit.assignments.lint.lint import lint as lint_assignment
    from labkit.assignments.release.release import release as release_assignment

__all__ = ["collect_handins", "grade_handins", "lint_assignment", "open_assignment", "release_assignment"]

#: Loaded when first asked for. The names say of what, as `lint`, `release` and `collect` are modules here.
_HOMES = {
    "collect_handins": ("labkit.assignments.collect", "collect"),
    "grade_handins": ("labkit.assignments.batch", "grade"),
    "lint_assignment": ("labkit.assignments.lint.lint", "lint"),
    "open_assignment": ("labkit.assignments.assignment", "open_assignment"),
    "release_assignment": ("labkit.assignments.release.release", "release"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"labkit.assignments has no {name!r}. It has: {', '.join(sorted(_HOMES))}.")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
