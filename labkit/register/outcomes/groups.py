"""The projects of a selection by theme, area, programme, year, level or partner, and how far each group reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from labkit.language import t
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.stages import SHOWN, is_confirmed, only_event
from labkit.register.records import Outcome, Partner, Project
from labkit.register.tables import furthest_stage
from labkit.register.vocabularies import LEVELS, PARTNER_KINDS, THEMES_OR_UNKNOWN, UNKNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """A theme, area, programme, year, level of education or kind of partner, and its projects."""

    id: str
    label: str
    projects: Sequence[Project]


@dataclass(frozen=True, slots=True)
class Group:
    """The projects of one theme, area, programme, year, level of education or kind of partner.

    Attributes
    ----------
    id, label : str
        Which one.
    projects : int
        How many projects.
    furthest : dict
        Stage -> how many of them reached it at the furthest; each counts once.
    confirmed : int
        How many have an outcome with evidence beyond the project's own word.
    outcomes : int
        How many outcomes are on record.
    events : int
        How many have results, all of which were only shown or held.
    """

    id: str
    label: str
    projects: int
    furthest: Mapping[str, int]
    confirmed: int
    outcomes: int
    events: int

    @classmethod
    def of(cls, row: Row, outcomes: Mapping[str, list[Outcome]]) -> Group:
        """Count the projects of a row by their outcomes, given by the id of the project."""
        furthest = dict.fromkeys(SHOWN, 0)
        confirmed = count = events = 0
        for project in row.projects:
            own = outcomes[project.id]
            furthest[furthest_stage(own)] += 1
            confirmed += any(map(is_confirmed, own))
            count += len(own)
            events += only_event(own)
        return cls(row.id, row.label, len(row.projects), furthest, confirmed, count, events)


def by_theme(selection: Selection) -> list[Row]:
    """Return the projects of each theme; one on several themes is in each of them."""
    found = _sorted(selection.projects, THEMES_OR_UNKNOWN.ids, lambda one: dict.fromkeys(one.themes))
    return [Row(id, THEMES_OR_UNKNOWN.label(id), several) for id, several in found.items()]


def by_area(selection: Selection) -> list[Row]:
    """Return the projects of each area, and of the groups that are in none of them."""
    return [Row(one.key, selection.label(one), one.projects) for one in selection.tallies]


def by_programme(selection: Selection) -> list[Row]:
    """Return the projects of each programme, in the order of the register's settings."""
    settings = selection.book.settings
    used = {one.programme for one in selection.projects} - {UNKNOWN}
    # A programme that the register does not list has its row too; what is not known comes last.
    ids = [*settings.programmes, "other", *sorted(used), UNKNOWN]
    found = _sorted(selection.projects, ids, lambda one: [one.programme])
    return [Row(id, settings.programme(id), several) for id, several in found.items()]


def by_year(selection: Selection) -> list[Row]:
    """Return the projects of each first year; a year without any between two others has its row."""
    years = selection.years
    first = {one.id: span[0] for one in selection.projects if (span := years[one.id])}
    known = range(min(first.values()), max(first.values()) + 1) if first else range(0)
    ids = [*map(str, known), UNKNOWN]
    found = _sorted(selection.projects, ids, lambda one: [str(first.get(one.id, UNKNOWN))])
    return [Row(id, t("Year unknown") if id == UNKNOWN else id, several) for id, several in found.items()]


def by_level(selection: Selection) -> list[Row]:
    """Return the projects of each level of education; one of several levels is in each of them."""
    found = _sorted(selection.projects, LEVELS.ids, lambda one: dict.fromkeys(one.levels))
    return [Row(id, LEVELS.label(id), several) for id, several in found.items()]


def by_partner(selection: Selection) -> list[Row]:
    """Return the projects with a partner of each kind; without a known partner a project is among the unknown."""
    records = selection.book.records

    def kinds(project: Project) -> Iterable[str]:
        known = (records.get(one.partner) for one in project.partners)
        return dict.fromkeys(one.kind if isinstance(one, Partner) else UNKNOWN for one in known) or (UNKNOWN,)

    found = _sorted(selection.projects, PARTNER_KINDS.ids, kinds)
    return [Row(id, PARTNER_KINDS.label(id), several) for id, several in found.items()]


#: By what the projects can be told apart.
BY: Mapping[str, Callable[[Selection], list[Row]]] = {
    "theme": by_theme,
    "area": by_area,
    "programme": by_programme,
    "year": by_year,
    "level": by_level,
    "partner": by_partner,
}


def _sorted(
    projects: Iterable[Project], ids: Iterable[str], ids_of: Callable[[Project], Iterable[str]]
) -> dict[str, list[Project]]:
    found: dict[str, list[Project]] = {id: [] for id in ids}
    for one in projects:
        for id in ids_of(one):
            found[id].append(one)
    return found
