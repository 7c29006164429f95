"""Where a record is, seen at one level: in an area, in the whole city, elsewhere, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from labkit.area import Area
from labkit.areas import Areas
from labkit.register.vocabularies import UNKNOWN

#: The groups beside the areas themselves, in the order in which they are shown.
GROUPS = ("areas", "coarser", "city", "region", "elsewhere", UNKNOWN)


class HasPlace(Protocol):
    """A record that has a place."""

    @property
    def scope(self) -> str | None:
        """One of the scopes."""

    @property
    def areas(self) -> list[str]:
        """Codes of areas."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record is, seen at a level.

    Attributes
    ----------
    group : {"areas", "coarser", "city", "region", "elsewhere", "unknown"}
        "coarser": a place is stated, but not as finely as this level.
    areas : tuple of str
        Codes at that level; empty unless the group is "areas".
    """

    group: str
    areas: tuple[str, ...] = ()


def place(record: HasPlace, areas: Areas, level: str) -> Placed:
    """Return where a record is, seen at a level.

    An area finer than the level counts for the area that it lies in. A coarser one is not spread out over its
    parts. What the package does not know counts as unknown.

    Parameters
    ----------
    record : Question, Offer, Project or Partner
        What has a scope and areas.
    areas : Areas
        The areas of the city.
    level : str
        A level.

    Examples
    --------
    >>> import labkit as lk
    >>> from types import SimpleNamespace
    >>> areas = lk.open_city("leiden").areas
    >>> slaaghwijk = SimpleNamespace(scope="areas", areas=["BU05460800"])
    >>> place(slaaghwijk, areas, "district"), place(slaaghwijk, areas, "neighbourhood").areas
    (Placed(group='areas', areas=('WK054608',)), ('BU05460800',))
    >>> place(SimpleNamespace(scope="areas", areas=["WK054603"]), areas, "neighbourhood")
    Placed(group='coarser', areas=())
    """
    scope = record.scope or UNKNOWN
    if scope != "areas":
        return Placed(scope)
    depth = areas.level(level).depth
    known = [areas[code] for code in record.areas if code in areas]
    found = [one for area in known if (one := _at(area, areas, depth)) is not None]
    if found:
        return Placed("areas", tuple(dict.fromkeys(one.code for one in found)))
    return Placed("coarser" if known else UNKNOWN)


def parts(record: HasPlace, areas: Areas, level: str) -> list[tuple[str, str | None]]:
    """Return every place that a record names, seen at a level: the group, and the code of an area or None.

    Unlike `place`, it keeps what does not fit the level beside what does: a record in one district and one other
    municipality has two parts, so that each counts for a half. A wider place that holds another named one is
    dropped.

    Examples
    --------
    >>> import labkit as lk
    >>> from types import SimpleNamespace
    >>> areas = lk.open_city("leiden").areas
    >>> parts(SimpleNamespace(scope="areas", areas=["WK054603", "GM0547"]), areas, "district")
    [('areas', 'WK054603'), ('coarser', None)]
    """
    if record.scope != "areas":
        return [(record.scope or UNKNOWN, None)]
    depth = areas.level(level).depth
    known = [areas[code] for code in record.areas if code in areas]
    found: dict[tuple[str, str | None], None] = {}
    for area in known:
        here = _at(area, areas, depth)
        if here is not None:
            found["areas", here.code] = None
        elif not any(other is not area and other.is_within(area) for other in known):
            found["coarser", None] = None
    if len(known) < len(record.areas) or not record.areas:
        found[UNKNOWN, None] = None
    return list(found)


def _at(area: Area, areas: Areas, depth: int) -> Area | None:
    """Return the area at a depth in which this one lies; None if it is coarser."""
    here: Area | None = area
    while here is not None and areas.level(here.level).depth > depth:
        here = here.parent
    return here if here is not None and areas.level(here.level).depth == depth else None
