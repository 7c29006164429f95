"""A layer of projects as plain data for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from labkit.language import resolve, t
from labkit.register.coverage.selection import GROUPS
from labkit.register.signs import SECTOR_COLOURS
from labkit.register.vocabularies import (
    LEVELS,
    PROJECT_KINDS,
    PROJECT_STATUS,
    SECTORS,
    THEMES_OR_UNKNOWN,
    UNKNOWN,
    Vocabulary,
)
from labkit.register.wording import title_of

if TYPE_CHECKING:
    from labkit.maps.projects import PlacedProject, ProjectLayer


def project_spec(layer: ProjectLayer, language: str | None = None) -> dict[str, Any]:
    """Return a layer of projects as plain data for `assets/projects.js`.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.maps.projects import project_layer
    >>> spec = project_spec(project_layer(lk.open_city("leiden")), "nl")
    >>> spec["labels"]["groups"]["unknown"], spec["signs"]["loneliness"]["letters"], len(spec["records"])
    ('Plaats onbekend', 'Ee', 92)
    """
    language = resolve(language)
    return {
        "language": language,
        "records": [_record(one, language) for one in layer.projects],
        "labels": _labels(layer, language),
        "signs": signs(),
        "text": project_texts(language, layer.scale.plural(language)),
        "notes": layer.notes(language),
    }


def _record(one: PlacedProject, language: str) -> dict[str, Any]:
    record = one.record
    made: dict[str, Any] = {
        "id": record.id,
        "title": title_of(record, language),
        "themes": list(one.themes),
        "years": list(one.years) if one.years else None,
        "levels": list(one.levels),
        "institutions": list(one.institutions),
        "partners": list(one.partners),
        "status": record.status,
        "kind": record.kind,
        "group": one.group,
        "areas": list(one.areas),
    }
    other = "en" if language == "nl" else "nl"
    if not getattr(record, f"title_{language}") and getattr(record, f"title_{other}"):
        made["lang"] = other
    if one.also:
        made["also"] = list(one.also)
    return made


def _labels(layer: ProjectLayer, language: str) -> dict[str, dict[str, str]]:
    """Return the words for what the records hold, in the order in which they are shown."""

    def used(vocabulary: Vocabulary, ids: Iterable[str]) -> dict[str, str]:
        found = set(ids)
        return {term.id: term.label(language) for term in vocabulary if term.id in found}

    def named(partners: Callable[[PlacedProject], Iterable[str]]) -> dict[str, str]:
        found = {id: layer.partner(id, language) for one in layer.projects for id in partners(one)}
        return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))

    every = layer.projects
    return {
        "themes": used(THEMES_OR_UNKNOWN, (id for one in every for id in one.themes)),
        "sectors": {term.id: term.label(language) for term in SECTORS},
        "levels": used(LEVELS, (id for one in every for id in one.levels)),
        "status": used(PROJECT_STATUS, (one.record.status for one in every)),
        "kinds": used(PROJECT_KINDS, (one.record.kind for one in every)),
        "institutions": named(lambda one: one.institutions),
        "partners": named(lambda one: one.partners),
        "groups": group_labels(layer, language),
    }


def signs() -> dict[str, dict[str, str]]:
    """Return the sign of each theme: two letters, the colour of its sector, and the sector.

    Examples
    --------
    >>> signs()["loneliness"]
    {'letters': 'Ee', 'colour': '#56b4e9', 'sector': 'care_welfare'}
    """
    made = {}
    for term in THEMES_OR_UNKNOWN:
        made[term.id] = {"letters": term.sign, "colour": SECTOR_COLOURS.get(term.group, ""), "sector": term.group}
    return made


def group_labels(layer: ProjectLayer, language: str | None = None) -> dict[str, str]:
    """Return what the boxes beside the map are called, in their order."""
    within = layer.selection.within
    labels = {
        "coarser": t("Place known, but not by {level}", language, level=layer.scale.label(language)),
        "city": t("The whole city", language),
        "region": t("The whole region", language),
        "outside": t("Outside {area}", language, area=within.name if within else ""),
        "elsewhere": t("Elsewhere", language),
        UNKNOWN: t("Place unknown", language),
    }
    return {group: labels[group] for group in GROUPS}


def project_texts(language: str | None = None, areas: str = "") -> dict[str, str]:
    """Return the words of `projects.js` and `project_filters.js`; {names} are filled in there.

    Examples
    --------
    >>> project_texts("nl")["shown"]
    '{count} van de {total} projecten'
    """
    places = {"count": "{count}", "total": "{total}", "name": "{name}"}

    return {
        "projects": t("Projects", language),
        "one": t("1 project", language),
        "many": t("{count} projects", language, **places),
        "shown": t("{count} of {total} projects", language, **places),
        "none": t("No project fits these choices.", language),
        "empty": t("The register holds no projects.", language),
        "on_map": t("Projects in the {level}", language, level=areas),
        "list": t("Show the list", language),
        "close": t("Close", language),
        "beside": t("Not on the map", language),
        "sum": t("{count} in areas of the map, {total} not on the map", language, **places),
        "more": t("And {count} more", language, **places),
        "place": t("Place", language),
        "theme": t("Theme", language),
        "year": t("Year", language),
        "level": t("Level", language),
        "institution": t("Institution", language),
        "partner": t("Partner", language),
        "status": t("Status", language),
        "kind": t("Kind", language),
        "words": t("Words in the title, or of a partner", language),
        "filter": t("Choose projects", language),
        "chosen": t("{count} chosen", language, **places),
        "reset": t("Show all", language),
        "from": t("From", language),
        "until": t("Up to and including", language),
        "first": t("the first", language),
        "last": t("the last", language),
        "year_unknown": t("Year unknown", language),
        "not_stated": t("not stated", language),
    }
