"""From hand-ins to papers: whose they are, in which language they are answered, and which district they are about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from labkit.assignments import companion
from labkit.assignments.assignment import Assignment
from labkit.assignments.companion import NAME as COMPANION
from labkit.assignments.companion import Companion
from labkit.assignments.glance import Wanted
from labkit.assignments.handins import Collected, HandIn, read_collected
from labkit.assignments.paper import Order, Paper, key_of
from labkit.assignments.release.datafiles import collect as data_of
from labkit.assignments.release.districts import of_roster
from labkit.assignments.release.public import companion as public_companion
from labkit.assignments.roster import Roster
from labkit.assignments.safe_files import read_file
from labkit.assignments.variants import areas_dealt, district_of
from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest

#: What is taken along of the files beside a notebook, bytes together, and how many.
MOST_BYTES, MOST_FILES = 50_000_000, 200


@dataclass(frozen=True)
class Submissions:
    """All work to be graded.

    Attributes
    ----------
    order : Order
        The assignment, with its data.
    papers : tuple of Paper
        One for each notebook that was handed in.
    without : tuple of HandIn
        Hand-ins in which there is no notebook.
    missing : tuple of str
        Students of the roster who handed in nothing.
    unknown : tuple of str
        Students who are not in the roster.
    dealt : str
        How the districts were told, in words; "" without variants.
    """

    order: Order
    papers: tuple[Paper, ...]
    without: tuple[HandIn, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    dealt: str = ""


@dataclass(frozen=True)
class _Areas:
    """Who has which district: what the roster says, or else what was released."""

    settings: Companion | None
    chosen: Mapping[str, str] = field(default_factory=dict)

    def of(self, handin: HandIn, who: str) -> str:
        if self.settings is None:
            return ""
        for said in (handin.area, self.chosen.get(who, ""), self.chosen.get(handin.student, "")):
            if said:
                return _code(self.settings, said)
        return district_of(self.settings, who)


def submissions(
    assignment: Assignment,
    path: str | Path,
    *,
    roster: Roster | None = None,
    released: str | Path | None = None,
    container: str = "",
) -> Submissions:
    """Return all work to be graded.

    Parameters
    ----------
    assignment : Assignment
    path : str or Path
        Any folder that `labkit.assignments.handins.read_collected` reads.
    roster : Roster, optional
        Gives language, group and district; and tells who handed in nothing.
    released : str or Path, optional
        What was released: its folder, or the `assignment.json` in it. It says who got which district. Without it
        these are the districts that a release with this roster, or with none, gives.
    container : str
        An image to run hand-ins in.

    Raises
    ------
    LabkitError
        If there are no hand-ins, or the roster names a district that there is not.
    """
    collected = read_collected(path, Wanted.of(assignment))
    if not collected.handins:
        raise LabkitError(t("There are no hand-ins in {path}. Give the folder that holds the notebooks.", path=path))
    settings, dealt = _settings(assignment, collected, roster, released)
    public = public_companion(assignment, assignment.header.languages, settings.districts if settings else {})
    files = {**data_of(assignment), COMPANION: public.model_copy(update={"districts": {}}).as_json().encode()}
    order = Order(assignment.path.name, assignment.path.read_bytes(), files, container)
    areas = _Areas(settings, {one.group or one.student: one.district for one in roster or () if one.district})
    papers = [_paper(one, assignment, order, roster, areas) for one in _grouped(collected.handins, roster) if one.file]
    graded = {name for one in papers for name in one.members}
    without = tuple(one for one in collected.handins if not one.file)
    known = {one.student for one in roster} if roster else set()
    there = graded | {name for one in without for name in (one.members or [one.student])}
    return Submissions(
        order,
        tuple(papers),
        without,
        tuple(one.student for one in roster if one.student not in there) if roster else tuple(collected.missing),
        tuple(sorted(graded - known)) if roster else (),
        dealt,
    )


def _settings(
    assignment: Assignment, collected: Collected, roster: Roster | None, released: str | Path | None
) -> tuple[Companion | None, str]:
    """Return what tells the districts, and in words what that is."""
    if not assignment.header.variants:
        return None, ""
    made = public_companion(assignment, assignment.header.languages)
    if released is not None:
        given = companion.read_companion(released)
        if given.assignment != assignment.id:
            raise LabkitError(
                t(
                    "{path} is of assignment {other}, not of {assignment}. Give the release of this one.",
                    path=released,
                    other=given.assignment,
                    assignment=assignment.id,
                )
            )
        return made.model_copy(update={"districts": given.districts}), t(
            "Districts as {path} tells them.", path=released
        )
    if roster is not None and _were_dealt(assignment, collected):
        return made.model_copy(update={"districts": of_roster(assignment.header, roster)}), t(
            "Districts as a release with this roster deals them; if it was another roster, give --released FOLDER."
        )
    return made, t("Districts as a release without a roster gives them, from each student's number.")


def _were_dealt(assignment: Assignment, collected: Collected) -> bool:
    """Whether the release was made with a roster: the `assignment.json` beside the hand-ins tells, if it is there."""
    said: Counter[bool] = Counter()
    for one in collected.handins:
        for name in one.files:
            if name.rpartition("/")[2] == COMPANION:
                try:
                    found = companion.loads(read_file(one.root / name, 10_000_000))
                except LabkitError:
                    continue
                if found.assignment == assignment.id:
                    said[bool(found.districts)] += 1
    return said[True] >= said[False]


def _code(settings: Companion, said: str) -> str:
    """Return the code of a district that was given by name or code."""
    areas = areas_dealt(settings)
    for area in areas:
        if fold(said) in (fold(area.name), fold(area.code)):
            return area.code
    near = nearest(said, [area.name for area in areas])
    raise LabkitError(
        t('There is no district "{name}" to work on.', name=said) + (" " + did_you_mean(near) if near else "")
    )


def _grouped(handins: Iterable[HandIn], roster: Roster | None) -> list[HandIn]:
    """Give hand-ins that were not collected the ids, groups and languages of the roster."""
    if roster is None:
        return list(handins)
    found = []
    for one in handins:
        known = roster.get(one.student)
        if known is None or one.group:
            found.append(one)
            continue
        update: dict[str, Any] = {"student": known.student, "language": known.language or one.language}
        members = list(roster.members(known.student))
        if len(one.members) <= 1:
            update |= {"members": members, "group": known.group}
        found.append(one.model_copy(update=update))
    several = Counter(one.group for one in found if one.group)
    return [
        one.model_copy(
            update={
                "members": [one.student],
                "notes": [*one.notes, t("More members of {group} handed in; each was graded alone.", group=one.group)],
            }
        )
        if several[one.group] > 1
        else one
        for one in found
    ]


def _paper(one: HandIn, assignment: Assignment, order: Order, roster: Roster | None, areas: _Areas) -> Paper:
    data = one.read()
    known = roster.get(one.student) if roster else None
    language: Literal["nl", "en"] = (
        (known.language if known else None) or one.language or assignment.header.languages[0]
    )
    files, others, told = _beside(one)
    paper = Paper(
        student=one.student,
        members=tuple(one.members or [one.student]),
        data=data,
        files=files,
        others=others,
        group=one.group,
        language=language,
        area=areas.of(one, one.group or one.student),
        file=one.file,
        original=one.original,
        received=one.received,
        late=one.late,
        notes=(*one.notes, *told),
        digest=hashlib.sha256(data).hexdigest(),
    )
    return replace(paper, key=key_of(order, paper))


def _beside(one: HandIn) -> tuple[dict[str, bytes], dict[str, bytes], list[str]]:
    """Return the files beside the notebook by their path from its folder on, the others, and what is to be told."""
    files: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    size, told = 0, []
    home = one.file.rpartition("/")[0]
    for number, name in enumerate(one.files if one.folder else ()):
        if name.endswith(".ipynb"):
            continue
        try:
            data = read_file(one.root / name)
        except LabkitError as error:
            told.append(str(error))
            continue
        size += len(data)
        if size > MOST_BYTES or len(files) + len(others) == MOST_FILES:
            told.append(
                t("Not all files beside the notebook were taken along: there are too many, or they are too large.")
            )
            break
        if name.startswith(f"{home}/"):
            files[name.removeprefix(f"{home}/")] = data
        else:
            others[f"{number}-{name.rpartition('/')[2]}"] = data
    return files, others, told
