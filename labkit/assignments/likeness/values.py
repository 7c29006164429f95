"""The same value where it should differ: two students with different areas who give the same number."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from labkit.assignments.code_names import tree

#: A name of a question, such as ("q1", "residents").
Asked = tuple[str, str]
#: Whole numbers up to this one are often the same by chance.
SMALL = 12
#: No figure of a city is as large as this; NaN is not smaller either.
HUGE = 1e18
#: A value that so many areas (as a part of all) have says nothing about two of them.
COMMON = 0.25


@dataclass(frozen=True)
class Same:
    """A value that two students with different areas both gave.

    Attributes
    ----------
    question, name : str
    value : object
        A number or a text.
    others : int
        How many further students gave it.
    """

    question: str
    name: str
    value: Any
    others: int


def typed(source: str, names: tuple[str, ...]) -> dict[str, Any]:
    r"""Return the values that were typed in, not worked out.

    Examples
    --------
    >>> typed("residents = 14_085\nshare = -2.5\ndensity = residents / 3", ("residents", "share", "density"))
    {'residents': 14085, 'share': -2.5}
    """
    found: dict[str, Any] = {}
    parsed = tree(source)
    for node in parsed.body if parsed else ():
        if not isinstance(node, ast.Assign):
            continue
        try:
            value = ast.literal_eval(node.value)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, int | float | str):
            found |= {one.id: value for one in node.targets if isinstance(one, ast.Name) and one.id in names}
    return found


def same(given: Mapping[str, Mapping[Asked, Any]], areas: Mapping[str, str]) -> dict[tuple[str, str], list[Same]]:
    """Return which pairs of students with different areas gave the same value.

    A value only counts where values differ by area: where at least half of the areas have one of their own, and no
    more than a quarter of them have this one.

    Parameters
    ----------
    given : mapping of str to mapping
        By student, the value of each name of each question.
    areas : mapping of str to str
        The code of the area of each student; "" if there is none.
    """
    by_name: dict[Asked, dict[str, Any]] = defaultdict(dict)
    for student, several in given.items():
        for asked, value in several.items():
            if areas.get(student) and telling(value):
                by_name[asked][student] = value
    found: dict[tuple[str, str], list[Same]] = defaultdict(list)
    for (question, name), values in by_name.items():
        for students in _rare(values, areas):
            for one, other in combinations(students, 2):
                if areas[one] != areas[other]:
                    found[one, other].append(Same(question, name, values[one], len(students) - 2))
    return dict(found)


def telling(value: Any) -> bool:
    """Return whether a value is one that two areas seldom share.

    Examples
    --------
    >>> [telling(value) for value in (14085, 47.8, 3, 0.0, True, "Stevenshof", "a")]
    [True, True, False, False, False, True, False]
    """
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int | float):
        return abs(value) < HUGE and not (float(value).is_integer() and abs(value) <= SMALL)
    return isinstance(value, str) and len(value.strip()) > 2


def _key(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else float(f"{value:.9g}")


def _rare(values: Mapping[str, Any], areas: Mapping[str, str]) -> list[list[str]]:
    """Return the students who share a value, where values differ by area."""
    by_value: dict[Any, list[str]] = defaultdict(list)
    for student, value in values.items():
        by_value[_key(value)].append(student)
    several = {areas[student] for student in values}
    usual = Counter(_usual(values, areas, area) for area in several)
    if 2 * len(usual) < len(several):
        return []
    most = max(2, COMMON * len(several))
    return [students for students in by_value.values() if 1 < len({areas[student] for student in students}) <= most]


def _usual(values: Mapping[str, Any], areas: Mapping[str, str], area: str) -> Any:
    """Return the value that most students of an area gave."""
    return Counter(_key(value) for student, value in values.items() if areas[student] == area).most_common(1)[0][0]
