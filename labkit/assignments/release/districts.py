"""Deal the districts of a roster: in balance, and under hashes instead of names."""

from __future__ import annotations

from pathlib import Path

from labkit.assignments import companion
from labkit.assignments.header import Header
from labkit.assignments.roster import Roster, read_roster
from labkit.assignments.variants import areas_dealt, deal, listed, salted
from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest


def of_roster(header: Header, roster: str | Path | Roster, before: Path | None = None) -> dict[str, str]:
    """Return the district of each student and group of a roster, under their salted hashes.

    Who had a district in an earlier release keeps it, also in one of another week of the course in the same place,
    and so does who has one in the roster.

    Parameters
    ----------
    header : Header
        The settings, with variants.
    roster : str, Path or Roster
        A CSV with the column `student`, and `group` and `district` if there are any.
    before : Path, optional
        The folder of the earlier release; others of the course may stand beside it.

    Raises
    ------
    LabkitError
        If all students have the same work, or the roster names a district that there is not.
    """
    read = roster if isinstance(roster, Roster) else read_roster(roster)
    groups = {one.student: one.group for one in read if one.group}
    return listed(header, dealt_to(header, read, before), groups)


def dealt_to(header: Header, roster: Roster, before: Path | None = None) -> dict[str, str]:
    """Return the code of the district of each group, and of each student who works alone; see `of_roster`."""
    ids = list(dict.fromkeys(one.group or one.student for one in roster))
    return deal(header, ids, {**_earlier(header, ids, before), **_chosen(header, roster)})


def private(roster: str | Path | Roster) -> set[str]:
    """Return what of a roster may stand in no release: numbers, names and groups; short ones stand there by chance."""
    read = roster if isinstance(roster, Roster) else read_roster(roster)
    found = {text for one in read for text in (one.student, one.name, one.group)}
    return {text for text in found if len(text) >= 4}


def _earlier(header: Header, ids: list[str], before: Path | None) -> dict[str, str]:
    """Return what was dealt before: in this assignment, and in others of the course that were released beside it."""
    if before is None:
        return {}
    beside = sorted(before.parent.glob(f"*/{companion.NAME}")) if before.parent.is_dir() else []
    codes = {area.code for area in areas_dealt(header)}
    keys = {one: salted(header, one) for one in ids}
    found: dict[str, str] = {}
    for file in sorted(beside, key=lambda one: one.parent != before):
        try:
            had = companion.read_companion(file).districts
        except LabkitError:  # an old release that cannot be read is replaced
            continue
        # Course and year are in the hash, so another course cannot be mistaken for this one.
        found |= {one: had[key] for one, key in keys.items() if one not in found and had.get(key) in codes}
    return found


def _chosen(header: Header, roster: Roster) -> dict[str, str]:
    """Return the districts that the roster itself gives."""
    areas = {fold(text): area.code for area in areas_dealt(header) for text in (area.name, area.code)}
    found: dict[str, str] = {}
    for one in roster:
        if not one.district:
            continue
        code = areas.get(fold(one.district))
        if code is None:
            near = nearest(one.district, [area.name for area in areas_dealt(header)])
            raise LabkitError(
                t('The roster, line {line}: there is no district "{name}".', line=one.line, name=one.district)
                + (" " + did_you_mean(near) if near else "")
            )
        found[one.group or one.student] = code
    return found
