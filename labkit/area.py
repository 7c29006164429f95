"""One area and one level: what they are called, and what lies above and below."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from labkit.texts import Text

#: Longitude/latitude, in which outlines are kept, and the grid in which Dutch distances are measured.
WGS84 = 4326
RD_NEW = 28992


@dataclass(frozen=True, slots=True)
class Level:
    """A layer of areas, such as all districts.

    Attributes
    ----------
    id : str
        Its name in code and tables ("district").
    resource : str
        The package's resource with its areas ("districts").
    depth : int
        0 for the largest areas, counting down.
    """

    id: str
    resource: str
    depth: int
    singular: Text
    plurals: Text

    def label(self, language: str | None = None) -> str:
        """Return its name for one area, in Dutch or English."""
        return self.singular(language)

    def plural(self, language: str | None = None) -> str:
        """Return its name for several areas, in Dutch or English."""
        return self.plurals(language)


@dataclass(eq=False, slots=True)
class Area:
    """One area: a region, municipality, district or neighbourhood.

    Attributes
    ----------
    code : str
        Its code, such as the CBS code WK054609.
    name : str
        Its name.
    level : str
        Id of its level ("district").
    parent : Area or None
        The area that it is part of.
    children : list of Area
        The areas that it consists of, one level down.
    border_year : int
        The year of the division that its outline belongs to.
    geometry : dict
        Its outline as GeoJSON, longitude/latitude in degrees (WGS84).

    Examples
    --------
    >>> import labkit as lk
    >>> area = lk.open_city("leiden").areas.find("Stevenshof")
    >>> area
    Stevenshofdistrict (district, WK054609)
    >>> area.parent
    Leiden (municipality, GM0546)
    """

    code: str
    name: str
    level: str
    border_year: int
    border_source: str
    geometry: dict[str, Any]
    parent: Area | None = None
    children: list[Area] = field(default_factory=list)

    @property
    def ancestors(self) -> list[Area]:
        """The areas that it lies in, nearest first."""
        above, area = [], self.parent
        while area is not None:
            above.append(area)
            area = area.parent
        return above

    def is_within(self, other: Area) -> bool:
        """Return whether it is `other`, or lies inside it."""
        return any(area.code == other.code for area in (self, *self.ancestors))

    def __repr__(self) -> str:
        return f"{self.name} ({self.level}, {self.code})"

    def _repr_html_(self) -> str:
        path = " › ".join(escape(area.name) for area in reversed(self.ancestors))
        inside = ", ".join(escape(area.name) for area in self.children)
        return (
            f"<p><strong>{escape(self.name)}</strong> {escape(self.level)} <code>{escape(self.code)}</code><br>"
            f"<small>{path}</small></p>" + (f"<p><small>{inside}</small></p>" if inside else "")
        )
