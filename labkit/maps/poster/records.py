"""The projects and questions of an area on a poster: public ones only, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.area import Area
from labkit.maps.scope import CityWithRegister
from labkit.register.book import Book
from labkit.register.records import Outcome, Project, Question
from labkit.register.vocabularies import UNKNOWN

#: What of a question says that it still waits for an answer.
_OPEN = ("new", "refined", "matched", "running")


@dataclass(frozen=True)
class Records:
    """What the public register holds of an area.

    Attributes
    ----------
    book : Book
        All that everybody may see.
    projects, questions : list
        Those in the area: the newest projects first, open questions only.
    whole_city, unknown, all : int
        Of how many projects the place is the whole city, of how many it is not known, and how many there are.
    """

    book: Book
    projects: list[Project]
    questions: list[Question]
    whole_city: int
    unknown: int
    all: int

    def outcome(self, project: Project) -> Outcome | None:
        """Return what came out of a project: a change before its use, and that before what was made."""
        found = self.book.outcomes_of(project.id)
        order = {"change": 0, "use": 1, "output": 2}
        return min(found, key=lambda one: (order.get(one.stage, 3), one.id)) if found else None


def records_of(city: CityWithRegister, area: Area) -> Records:
    """Return the public projects and open questions of an area, and how many have no known place."""
    book = city.register.book.public()
    projects = book.of(Project)

    def here(one: Project | Question) -> bool:
        return one.scope == "areas" and any(
            code in city.areas and city.areas[code].is_within(area) for code in one.areas
        )

    inside = sorted(filter(here, projects), key=lambda one: one.id)
    inside.sort(key=lambda one: "" if one.start == UNKNOWN else one.start, reverse=True)
    return Records(
        book,
        inside,
        [one for one in book.of(Question) if one.status in _OPEN and here(one)],
        sum(one.scope == "city" for one in projects),
        sum(one.scope in (None, UNKNOWN) for one in projects),
        len(projects),
    )
