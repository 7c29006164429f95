"""What a class map takes from the assignment: its city, its areas, and what its questions are called."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from labkit.area import Area
from labkit.assignments import companion
from labkit.assignments.assignment import Assignment, open_assignment
from labkit.assignments.class_answers import Answers
from labkit.assignments.companion import Companion
from labkit.assignments.release import public
from labkit.city import City
from labkit.errors import LabkitError
from labkit.language import t
from labkit.opening import open_city


class ClassSettings:
    """The assignment that results belong to, as far as it is known.

    Parameters
    ----------
    told : Companion, optional
        Without it, the city that comes with labkit is meant, and titles are taken from the results.
    """

    def __init__(self, told: Companion | None = None) -> None:
        self.told = told

    @classmethod
    def of(cls, given: Any) -> ClassSettings:
        """Return the settings from an assignment, its source or its `assignment.json`; None is none of these."""
        if given is None or isinstance(given, Companion):
            return cls(given)
        if isinstance(given, str | Path) and Path(given).suffix == ".json":
            return cls(companion.read_companion(given))
        opened = given if isinstance(given, Assignment) else open_assignment(given)
        return cls(public.companion(opened, opened.header.languages))

    @property
    def year(self) -> int:
        """The course year; 0 if it is not known."""
        return self.told.year if self.told else 0

    def title(self, language: str) -> str:
        """Return the title of the assignment; "" if it is not known."""
        return self.told.title(language) or self.told.assignment if self.told else ""

    def place(self, answers: Sequence[Answers]) -> tuple[City, list[Area], Area, set[str]]:
        """Return the city, the areas of the map, what they lie in, and the codes of those that nobody gets.

        Raises
        ------
        LabkitError
            If the city does not have an area that the results name.
        """
        city = open_city(self.told.city) if self.told and self.told.city else open_city()
        strange = sorted({one.area for one in answers if one.area not in city.areas})
        if strange:
            raise LabkitError(
                t(
                    "{city} has no area {code}. Say to which assignment these results belong.",
                    city=city.title(),
                    code=strange[0],
                )
            )
        level = (self.told.variants if self.told else None) or city.areas[answers[0].area].level
        scope = city.areas.find(self.told.within) if self.told and self.told.within else city.home
        left_out = {city.areas.find(name, level).code for name in self.told.leave_out} if self.told else set()
        return city, city.areas.of_level(level, within=scope), scope, left_out

    def question(self, name: str, answers: Sequence[Answers], language: str) -> str:
        """Return what a question is called: in the assignment, else as most results have it."""
        if self.told:
            return next((one.title(language) for one in self.told.questions if one.id == name), "") or name
        titles = Counter(part.title for one in answers for part in one.questions if part.id == name and part.title)
        return titles.most_common(1)[0][0] if titles else name

    def unit(self, question: str, name: str) -> str:
        """Return the unit of an answer, as a public check names it: `lk.expect.number(share, unit="%")`."""
        for one in self.told.questions if self.told else ():
            for check in one.checks if one.id == question else ():
                found = _unit(check.public, name)
                if found:
                    return found
        return ""


def _unit(code: str, name: str) -> str:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name) and node.args[0].id == name:
            for keyword in node.keywords:
                if keyword.arg == "unit" and isinstance(keyword.value, ast.Constant):
                    return str(keyword.value.value)
    return ""
