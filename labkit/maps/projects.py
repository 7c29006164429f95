"""The projects of a register as a layer of a map: each in its areas, or in a box beside the map, none left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from labkit.area import Area, Level
from labkit.asked import several
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.maps.project_spec import project_spec
from labkit.register.coverage.participants import EXECUTING
from labkit.register.coverage.selection import GROUPS, Selection
from labkit.register.exchange.audience import MentionError, mentions
from labkit.register.records import Partner, Project
from labkit.register.vocabularies import UNKNOWN, VISIBILITY
from labkit.register.wording import title_of

if TYPE_CHECKING:
    import pandas as pd

    from labkit.comparison.scope import CityLike
    from labkit.maps.scope import CityWithRegister
    from labkit.register.book import Book

#: The columns of a table in which ids are looked for.
_COLUMNS = ("record", "project", "id")
#: What of a record a map shows; in these no id of a hidden record may stand.
_SHOWN = ("title_nl", "title_en", "name", "name_en", "short_name")


@dataclass(frozen=True, slots=True)
class PlacedProject:
    """One project, and where a map shows it.

    Attributes
    ----------
    record : Project
        The project.
    group : str
        "areas", or the box beside the map: "coarser", "city", "region", "outside", "elsewhere", "unknown".
    areas : tuple of str
        Codes of the areas in which it is; empty unless the group is "areas".
    also : tuple of str
        Boxes to which other places of the same project belong: it is also outside the map, for instance.
    years : tuple of int or None
        The first and the last year; None if no year is known.
    institutions, partners : tuple of str
        Ids of the partners that carry it out, and of those with another role.
    """

    record: Project
    group: str
    areas: tuple[str, ...]
    also: tuple[str, ...]
    years: tuple[int, int] | None
    institutions: tuple[str, ...]
    partners: tuple[str, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """Ids of its themes; "unknown" if none is stated."""
        return tuple(dict.fromkeys(self.record.themes)) or (UNKNOWN,)

    @property
    def levels(self) -> tuple[str, ...]:
        """Ids of the levels of education; "unknown" if none is stated."""
        return tuple(dict.fromkeys(self.record.levels)) or (UNKNOWN,)

    @property
    def years_text(self) -> str:
        """Its years in short: "2021", "2019–2021" or "unknown"."""
        if self.years is None:
            return UNKNOWN
        first, last = self.years
        return str(first) if first == last else f"{first}–{last}"


class ProjectLayer:
    """Projects on a map; made by `project_layer`.

    A map is a page that goes to others: it shows what everybody may see, unless another audience is named.

    Attributes
    ----------
    kind : str
        "projects": what sort of layer this is.
    scale : Level
        Which areas.
    projects : list of PlacedProject
        All that are shown, each once.
    audience : {"public", "partners", "private"}
        For whom the map is.
    withheld : list of str
        Ids of projects that were asked for and are not for this audience.

    Examples
    --------
    >>> import labkit as lk
    >>> layer = project_layer(lk.open_city("leiden"))
    >>> layer
    <ProjectLayer: 92 projects, 27 in 6 of 10 x district, 65 beside the map>
    >>> layer.groups
    {'areas': 27, 'city': 5, 'region': 1, 'elsewhere': 1, 'unknown': 58}
    """

    kind: ClassVar[str] = "projects"

    def __init__(
        self, selection: Selection, chosen: Iterable[str], audience: str, withheld: Iterable[str] = ()
    ) -> None:
        self.selection = selection
        self.book: Book = selection.book
        self.audience = audience
        self.withheld = list(withheld)
        self.projects = [self._placed(one) for one in map(self.book.__getitem__, chosen) if isinstance(one, Project)]

    def __len__(self) -> int:
        return len(self.projects)

    def __repr__(self) -> str:
        held = f", {len(self.withheld)} withheld" if self.withheld else ""
        placed, areas = self.groups.get("areas", 0), sum(1 for code in self.codes if self.counts[code])
        return (
            f"<ProjectLayer: {len(self)} projects, {placed} in {areas} of {len(self.codes)} x {self.level}, "
            f"{len(self) - placed} beside the map{held}>"
        )

    @property
    def scale(self) -> Level:
        """Which areas."""
        return self.selection.level

    @property
    def level(self) -> str:
        """Id of the level."""
        return self.scale.id

    @property
    def codes(self) -> list[str]:
        """Codes of the areas on the map."""
        return [area.code for area in self.selection.areas]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many projects are in each area (all areas of the map), then in each box.

        A project in several areas counts in each of them; `groups` counts every project once.
        """
        found = Counter(key for one in self.projects for key in (one.areas or (one.group,)))
        return {key: found[key] for key in (*self.codes, *GROUPS)}

    @cached_property
    def groups(self) -> dict[str, int]:
        """How many projects are in areas of the map, and in each box beside it; their sum is the number of projects."""
        found = Counter(one.group for one in self.projects)
        return {group: found[group] for group in ("areas", *GROUPS) if found[group]}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a project and place.

        Columns record, title, group ("areas", or the box beside the map), area and name (None in a box), themes,
        years, levels, institutions, partners (ids, with "; " between them; "unknown" where none is stated), status,
        kind, also (boxes to which its other places belong).
        """
        import pandas as pd

        rows = [row for one in self.projects for row in self._rows(one)]
        names = ["record", "title", "group", "area", "name", "themes", "years", "levels", "institutions", "partners"]
        return pd.DataFrame(rows, columns=[*names, "status", "kind", "also"])

    def notes(self, language: str | None = None) -> list[str]:
        """Return what is to be known of this layer: how it counts, and what is not on it."""
        told = [
            t("A project in several areas stands in each of them, and counts once in the total.", language),
            t(
                "Shown is what the register holds. Where it holds nothing, something may still have been done.",
                language,
            ),
        ]
        if self.audience != VISIBILITY.ids[0]:
            label = VISIBILITY.label(self.audience, language)
            told.append(t("This map is not for everyone: it holds projects up to “{label}”.", language, label=label))
        return told

    def spec(self, language: str | None = None) -> dict[str, Any]:
        """Return the layer as plain data for `assets/projects.js`."""
        return project_spec(self, language)

    def for_audience(self, audience: str) -> ProjectLayer:
        """Return the layer as an audience may see it; never with more than this one shows.

        Examples
        --------
        >>> import labkit as lk
        >>> len(project_layer(lk.open_city("leiden"), audience="private").for_audience("public"))
        92
        """
        order = VISIBILITY.ids
        if order.index(VISIBILITY[audience].id) >= order.index(self.audience):
            return self
        return _for(self.selection, [one.record.id for one in self.projects], audience, self.withheld)

    def partner(self, id: str, language: str | None = None) -> str:
        """Return the name of a partner; its id where there is no record of it."""
        found = self.book.records.get(id)
        return title_of(found, language) if isinstance(found, Partner) else id

    def _placed(self, record: Project) -> PlacedProject:
        keys = self.selection.keys(record)
        boxes = tuple(group for group in GROUPS if group in keys)
        found = set(keys)
        areas = tuple(code for code in self.codes if code in found)
        executing = tuple(dict.fromkeys(one.partner for one in record.partners if one.role == EXECUTING))
        others = tuple(dict.fromkeys(one.partner for one in record.partners if one.partner not in executing))
        span = self.selection.years[record.id]
        if areas:
            return PlacedProject(record, "areas", areas, boxes, span, executing, others)
        return PlacedProject(record, boxes[0], (), boxes[1:], span, executing, others)

    def _rows(self, one: PlacedProject) -> list[tuple[object, ...]]:
        named: list[tuple[str | None, str | None]] = [
            (code, self.selection.city.areas[code].name) for code in one.areas
        ]
        lists = [one.themes, (one.years_text,), one.levels, one.institutions, one.partners]
        told = ["; ".join(ids) or UNKNOWN for ids in lists]
        last = (one.record.status, one.record.kind, "; ".join(one.also))
        return [
            (one.record.id, title_of(one.record), one.group, *place, *told, *last) for place in named or [(None, None)]
        ]


def project_layer(
    city: CityWithRegister | CityLike,
    projects: Any = True,
    level: str | None = None,
    within: str | Area | None = None,
    *,
    audience: str = "public",
    today: date | str | None = None,
    book: Book | None = None,
) -> ProjectLayer:
    """Put projects of a register on a map.

    Parameters
    ----------
    city : City
        Whose areas, and whose register.
    projects : bool, str, Found, DataFrame, or iterable of str or Record
        True for all of them; or an id, several ids or records, what `register.search` found, or a table with a
        column record, project or id. What else a search found is left out.
    level : str, optional
        A level; the city's default level if left out. A project in a neighbourhood counts for its district.
    within : str or Area, optional
        The area whose parts are on the map; the city if left out.
    audience : {"public", "partners", "private"}
        For whom the map is. A map is a page that goes to others, also inside a saved notebook; what is not public
        is left out, and named in `withheld`, unless you ask for it.
    today : datetime.date or str, optional
        The day until which counts what still runs; today if left out.
    book : Book, optional
        Other records than those of the city's own register.

    Raises
    ------
    UnknownNameError
        If there is no record with such an id; the nearest are named.
    MentionError
        If a title names the id of a record that the audience may not see.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> project_layer(leiden, leiden.register.search("energie", kind="project"), level="neighbourhood").groups["coarser"]
    3
    """
    if book is None:
        if not hasattr(city, "register"):
            raise WrongUseError(t("Name the records to show: book=..."))
        book = city.register.book
    assert book is not None
    chosen = _ids(projects, book)
    return _for(Selection(book, city, level, within, today=today), chosen, VISIBILITY[audience].id)


def _for(selection: Selection, chosen: list[str], audience: str, withheld: Iterable[str] = ()) -> ProjectLayer:
    """Leave out what an audience may not see, and refuse a title that tells of it."""
    book = selection.book
    visible = book.visible_to(audience)
    if visible is not book:
        faults = [one for one in mentions(book, audience) if one.severity == "error" and one.column in _SHOWN]
        if faults:
            raise MentionError(faults)
        selection = Selection(visible, selection.city, selection.level.id, selection.within, today=selection.today)
    held = [*withheld, *(id for id in chosen if id not in visible)]
    return ProjectLayer(selection, (id for id in chosen if id in visible), audience, held)


def _ids(asked: Any, book: Book) -> list[str]:
    """Return the ids of the projects that are asked for, each once, in the order of the register."""
    known = {one.id for one in book.of(Project)}
    if asked is True:
        return sorted(known)
    if asked is False or asked is None:
        return []
    if hasattr(asked, "snippets") or (hasattr(asked, "ids") and hasattr(asked, "conditions")):
        return sorted(known.intersection(asked.ids))  # a search finds other kinds of records too
    wanted = _column(asked) if hasattr(asked, "columns") else several(asked)
    found = {getattr(one, "id", None) or getattr(getattr(one, "record", None), "id", None) or one for one in wanted}
    for id in sorted(map(str, found)):
        if not isinstance(book[id], Project):
            label = type(book[id]).LABELS()
            raise WrongUseError(t("{id} is no project but a record of the kind “{label}”.", id=id, label=label))
    return sorted(map(str, found))


def _column(frame: pd.DataFrame) -> list[str]:
    """Return the ids in a table."""
    for name in _COLUMNS:
        if name in frame.columns:
            return list(frame[name].dropna().astype(str))
    raise WrongUseError(
        t(
            "This table has no column with ids of projects. Give one of its columns the name {names}.",
            names=t(" or ").join(_COLUMNS),
        )
    )
