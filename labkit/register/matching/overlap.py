"""Whether two records are about the same place, as far as that is known."""

from __future__ import annotations

from labkit.area import Area
from labkit.areas import Areas
from labkit.register.placing import HasPlace
from labkit.register.vocabularies import UNKNOWN

#: The region holds the city.
_WIDTH = {"city": 1, "region": 2}


def overlap(
    question: HasPlace, other: HasPlace, areas: Areas | None, home: Area | None = None
) -> tuple[str, tuple[str, ...]]:
    """Say how the place of a question and that of an offer or project lie.

    Parameters
    ----------
    question, other : records
        What have a scope and areas.
    areas : Areas or None
        The areas of the city; without them, only the same codes are known to be the same place.
    home : Area, optional
        The area that the city is; without it, nobody knows whether an area lies in "the whole city".

    Returns
    -------
    tuple
        "same" (one holds the other, or a part of it), "part" (the other covers a part of where the question is),
        "other" or "unknown"; and the codes of the areas that they share. A place that is not stated is unknown.

    Examples
    --------
    >>> import labkit as lk
    >>> from types import SimpleNamespace as Made
    >>> areas = lk.open_city("leiden").areas
    >>> slaaghwijk, merenwijk = (Made(scope="areas", areas=[code]) for code in ("BU05460800", "WK054608"))
    >>> overlap(slaaghwijk, merenwijk, areas)
    ('same', ('BU05460800',))
    >>> overlap(Made(scope="city", areas=[]), merenwijk, areas, areas.find("Leiden"))
    ('part', ('WK054608',))
    """
    here, there = (one.scope or ("areas" if one.areas else UNKNOWN) for one in (question, other))
    if {here, there} & {UNKNOWN, "elsewhere"} or "areas" not in (here, there):
        return _of_scopes(here, there), ()
    if here == there:
        return _of_areas(question.areas, other.areas, areas)
    if here == "areas":
        return _inside(question.areas, there, areas, home)
    case, codes = _inside(other.areas, here, areas, home)
    return ("part" if case == "same" else case), codes


def _of_scopes(here: str, there: str) -> str:
    if UNKNOWN in (here, there) or here == there == "elsewhere":
        return UNKNOWN  # elsewhere is not one place
    if "elsewhere" in (here, there):
        return "other"
    return "same" if _WIDTH[here] <= _WIDTH[there] else "part"


def _of_areas(one: list[str], other: list[str], areas: Areas | None) -> tuple[str, tuple[str, ...]]:
    shared = [code for code in one if code in other]
    unknown = not one or not other
    for a in one:
        for b in other:
            if areas is None or a not in areas or b not in areas:
                unknown = unknown or a != b
            elif areas[a].is_within(areas[b]):
                shared.append(a)
            elif areas[b].is_within(areas[a]):
                shared.append(b)
    if shared:
        return "same", tuple(dict.fromkeys(shared))
    return (UNKNOWN if unknown else "other"), ()


def _inside(codes: list[str], scope: str, areas: Areas | None, home: Area | None) -> tuple[str, tuple[str, ...]]:
    """Say whether areas lie in the whole city, or in the region that it belongs to."""
    whole = home.parent if home is not None and scope == "region" else home
    if areas is None or whole is None:
        return UNKNOWN, ()
    known = [areas[code] for code in codes if code in areas]
    inside = tuple(one.code for one in known if one.is_within(whole))
    if inside:
        return "same", inside
    return ("other" if known and len(known) == len(codes) else UNKNOWN), ()
