"""The projects and questions of an area on a poster: public ones only, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.area import Area
from labkit.maps.scope import CityWithRegister
from labkit.register.book import Book
from labkit.register.exchange.audience import for_audience
from labkit.register.records import Outcome, Project, Question
from labkit.register.vocabularies import UNKNOWN, VISIBILITY

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
    coarser, whole_city, unknown, all : int
        Of how many projects only a wider area around this one is stated, of how many the place is the whole city, of
        how many it is not known, and how many there are.
    """

    book: Book
    projects: list[Project]
    questions: list[Question]
    coarser: int
    whole_city: int
    unknown: int
    all: int

    def outcome(self, project: Project) -> Outcome | None:
        """Return what came out of a project: a change before its use, and that before what was made."""
        found = self.book.outcomes_of(project.id)
        order = {"change": 0, "use": 1, "output": 2}
        return min(found, key=lambda one: (order.get(one.stage, 3), one.id)) if found else None


def records_of(city: CityWithRegister, area: Area) -> Records:
    """Return the public projects and open questions of an area, and how many have no known place.

    Raises
    ------
    MentionError
        If a public text holds the id of a record that is not public.
    """
    book = for_audience(city.register.book, VISIBILITY.ids[0], despite_names=True)
    projects = book.of(Project)

    def places(one: Project | Question) -> list[Area]:
        return [city.areas[code] for code in one.areas if code in city.areas] if one.scope == "areas" else []

    def here(one: Project | Question) -> bool:
        return any(place.is_within(area) for place in places(one))

    def around(one: Project) -> bool:
        return not here(one) and any(area.is_within(place) for place in places(one))

    inside = sorted(filter(here, projects), key=lambda one: one.id)
    inside.sort(key=lambda one: "" if one.start == UNKNOWN else one.start, reverse=True)
    return Records(
        book,
        inside,
        [one for one in book.of(Question) if one.status in _OPEN and here(one)],
        sum(map(around, projects)),
        sum(one.scope == "city" for one in projects),
        sum(one.scope in (None, UNKNOWN) or (one.scope == "areas" and not places(one)) for one in projects),
        len(projects),
    )
