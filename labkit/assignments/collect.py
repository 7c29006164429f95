"""Collect hand-ins: from a folder, zips, or the download of a learning platform, into one folder a student."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.gathering import arrivals_in
from labkit.assignments.collecting.moments import zone_called
from labkit.assignments.collecting.placing import place
from labkit.assignments.collecting.run import Run, State
from labkit.assignments.collecting.settling import Sent, settle
from labkit.assignments.collecting.whose import whose
from labkit.assignments.collecting.writing import opened, save
from labkit.assignments.handins import Collected, HandIn, Problem
from labkit.assignments.roster import Roster, read_roster
from labkit.errors import LabkitError
from labkit.language import t

if TYPE_CHECKING:
    from labkit.assignments.assignment import Assignment

#: The time zone of a platform that does not say in which zone its times are.
TIMEZONE = "Europe/Amsterdam"
#: What lies beside the hand-ins of a lecturer, such as the roster; of no student.
_ASIDE = (".csv", ".md")
#: What a lecturer has to do something about; the rest is for their information.
TO_SOLVE = ("refused", "unclear", "unknown")


@dataclass(frozen=True)
class Collection:
    """What a run of `collect` did.

    Attributes
    ----------
    collected : Collected
        All hand-ins in the folder, also those of earlier runs.
    states : dict of str to str
        For each student or group of this run: "new", "unchanged", "replaced", or "kept" where what was there
        already was handed in later.
    notes : dict of str to list of str
        For each student of this run: what there is to know of the hand-in, in the current language. The same stands
        in the hand-in itself, in the language of the student.
    out : Path
    """

    collected: Collected
    states: dict[str, State] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    out: Path = Path()

    @property
    def clear(self) -> bool:
        """Whether nothing was refused and nothing is unclear."""
        return not any(one.kind in TO_SOLVE for one in self.collected.problems)


def collect(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    roster: Roster | str | Path | None = None,
    assignment: Assignment | str | Path | None = None,
    timezone: str = TIMEZONE,
    choose: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Collection:
    r"""Collect hand-ins into a folder.

    Nothing of what students sent is run, and nothing is written outside `out`. Collecting again adds what is new; what
    somebody handed in again takes the place of what was there, if it is later.

    Parameters
    ----------
    inputs : path or list of paths
        Folders, notebooks and zips: also the download of Brightspace or Canvas, zips in zips, and nbgrader's
        `submitted` folder.
    out : str or Path
        A folder that is empty, not there yet, or was written by an earlier run.
    roster : Roster or path, optional
        Who is in the course; then hand-ins get the ids of the roster, groups are one hand-in, and who is missing is
        told.
    assignment : Assignment or path, optional
        What was asked: it decides which notebook counts where there are several, and what is late.
    timezone : str
        Of the times that stand in names and zips, which have none.
    choose : mapping of str to str, optional
        Student or group -> a part of the name of the hand-in that counts, or the member; otherwise the last counts.
    told : mapping of str to str, optional
        Whose something is, where its name does not tell: number, name, file or folder -> student.
    progress : callable, optional
        Called with how many of how many are done.

    Returns
    -------
    Collection

    Raises
    ------
    LabkitError
        If an input is not there, or `out` holds something else. What is wrong with a single hand-in is told in the
        problems instead, and the others go on.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     sent = Path(place) / "sent"
    ...     sent.mkdir()
    ...     _ = (sent / "s1234567.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    ...     done = collect(sent, Path(place) / "collected")
    >>> [(one.student, one.file) for one in done.collected.handins]
    [('s1234567', 's1234567/s1234567.ipynb')]
    """
    zone, target = zone_called(timezone), Path(out)
    known = roster if isinstance(roster, Roster) or roster is None else read_roster(roster)
    run = Run(target, known, _opened(assignment), zone)
    paths = [Path(one) for one in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    for path in paths:
        if not path.exists():
            raise LabkitError(t("There is no file or folder {path}. Check the name.", path=path))
    before = opened(target)
    with run.stack:
        arrivals = [one for path in paths for one in arrivals_in(run, path)]
        groups = _by_key(run, arrivals, dict(told or {}))
        collected = _all(run, groups, before, dict(choose or {}), progress)
    save(target, collected)
    return Collection(collected, run.states, run.notes, target)


def _opened(assignment: Assignment | str | Path | None) -> Assignment | None:
    from labkit.assignments.assignment import open_assignment

    return open_assignment(assignment) if isinstance(assignment, str | Path) else assignment


def _by_key(run: Run, arrivals: Iterable[Arrival], told: Mapping[str, str]) -> dict[str, list[Sent]]:
    """Put arrivals of the same student or group together, and tell those of nobody."""
    listed = list(arrivals)
    people: dict[str, set[str]] = {}
    for one in listed:
        if one.platform != "plain" and one.name:
            people.setdefault(one.name, set()).add(one.who)
    twins = frozenset(name for name, ids in people.items() if len(ids) > 1)
    found: dict[str, list[Sent]] = {}
    for arrival in listed:
        owner = whose(arrival, run.roster, twins, told)
        aside = owner.problem or arrival.where.lower().endswith(_ASIDE)
        if aside and arrival.platform == "plain" and not _can_be_work(arrival):
            run.tell("note", arrival.where, t("This is no notebook and nobody's; it is left alone."))
            continue
        if owner.problem:
            run.tell(owner.problem, arrival.where, owner.text, owner.student)
        found.setdefault(owner.key, []).append((arrival, owner))
    return found


def _can_be_work(arrival: Arrival) -> bool:
    return any(
        len(one.parts) > 1 or one.is_zip or ".ipynb" in one.file.lower() or one.file.lower().endswith(".json")
        for one in arrival.files
    )


def _all(
    run: Run,
    groups: Mapping[str, list[Sent]],
    before: Collected,
    choose: dict[str, str],
    progress: Callable[[int, int], None] | None,
) -> Collected:
    kept = {one.student: one for one in before.handins}
    save(run.out, before)  # from here on this is a folder of collected work, also if the run is cut short
    for number, (_, sent) in enumerate(sorted(groups.items())):
        if progress:
            progress(number, len(groups))
        owner = sent[0][1]
        chosen = choose.get(owner.group, "") if owner.group else choose.get(owner.student, "")
        settled = settle(sent, run.read, chosen)
        run.problems += settled.problems
        place(run, settled, kept, bool(chosen))
    if progress:
        progress(len(groups), len(groups))
    handins = sorted(kept.values(), key=lambda one: one.student.casefold())
    missing = _missing(run, handins)
    _tell_same(run, handins)
    return Collected(
        assignment=run.wanted.assignment or before.assignment,
        handins=handins,
        missing=missing,
        problems=_all_problems(run, before, handins),
    )


def _missing(run: Run, handins: Iterable[HandIn]) -> list[str]:
    if run.roster is None:
        return []
    there = {name for one in handins for name in (one.student, *one.members)}
    missing = [one for one in run.roster if one.student not in there]
    for one in missing:
        who = f"{one.name} ({one.student})" if one.name else one.student
        run.tell("missing", "", t("{student} has not handed in.", student=who), one.student)
    return [one.student for one in missing]


def _tell_same(run: Run, handins: Iterable[HandIn]) -> None:
    """Tell which notebooks are the same to the last byte."""
    found: dict[str, list[HandIn]] = {}
    for one in handins:
        if one.file:
            found.setdefault(hashlib.sha256(one.read()).hexdigest(), []).append(one)
    for ones in found.values():
        if len(ones) > 1:
            names = ", ".join(one.group or one.student for one in ones)
            text = t(
                "The same file to the last byte came from {students}. Look at it; it proves nothing by itself.",
                students=names,
            )
            run.tell("same", ones[0].original, text, ones[0].student)


def _all_problems(run: Run, before: Collected, handins: Iterable[HandIn]) -> list[Problem]:
    """Return the problems of this run, and those of earlier ones that this run did not look at again."""
    seen = {one.student for one in run.problems} | set(run.states)
    there = {one.student for one in handins}
    old = [
        one
        for one in before.problems
        if one.kind in TO_SOLVE and one.student and one.student in there and one.student not in seen
    ]
    return [*old, *run.problems]
