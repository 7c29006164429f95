"""Whose an arrival is: a student of the roster, a group, or somebody that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.names import without_copy_marks
from labkit.assignments.collecting.wording import t
from labkit.assignments.roster import Roster, Student, plain
from labkit.language import did_you_mean


@dataclass(frozen=True)
class Whose:
    """Whose an arrival is.

    Attributes
    ----------
    student : str
        The id of the one who handed in; the name of the platform if the roster does not have it.
    members : tuple of str
        All who get a result for it.
    group, name : str
    line : Student or None
        What the roster says.
    note : str
        How it was told, if not by an id.
    problem : {"", "unknown", "unclear"}
    text : str
        What a lecturer should do about it.
    """

    student: str
    members: tuple[str, ...]
    group: str = ""
    name: str = ""
    line: Student | None = None
    note: str = ""
    problem: Literal["", "unknown", "unclear"] = ""
    text: str = ""

    @property
    def key(self) -> str:
        """What all arrivals of the same student or group have in common."""
        return f"group {self.group}" if self.group else self.student.casefold()


def whose(
    arrival: Arrival,
    roster: Roster | None,
    twins: frozenset[str] = frozenset(),
    told: Mapping[str, str] = MappingProxyType({}),
) -> Whose:
    """Tell whose an arrival is.

    Parameters
    ----------
    arrival : Arrival
    roster : Roster, optional
    twins : frozenset of str
        Names that several persons in this download share: without a roster, their number tells them apart.
    told : mapping of str to str
        What the lecturer says: a number, a name, or that of a file or folder -> student.
    """
    said = _said(arrival, roster, told)
    if said is not None:
        return said
    if roster is None:
        return _without_roster(arrival, twins)
    group = _group(arrival, roster)
    found, how = _lines(arrival, roster)
    if len(found) == 1:
        line = found[0]
        return Whose(line.student, roster.members(line.student), line.group, line.name, line, how)
    if group:
        members = roster.groups[group]
        return Whose(members[0], members, group, group, roster.get(members[0]))
    return _nobody(arrival, roster, found)


def _nobody(arrival: Arrival, roster: Roster, found: list[Student]) -> Whose:
    """Say that nobody is known by that name, or that several are."""
    shown = arrival.name or arrival.who
    if found:
        text = t(
            '{name} can be {students}. Say whose it is: --whose "{who}=STUDENT".',
            name=shown,
            who=arrival.who,
            students=f" {t('or')} ".join(f"{one.student} ({one.name})" for one in found[:5]),
        )
        return _stranger(arrival, "unclear", text)
    near = roster.near(shown)
    missing = t("{name} is not in the roster.", name=shown) + (" " + did_you_mean(near) if near else "")
    advice = t('Add the student to the roster, or say whose it is: --whose "{who}=STUDENT".', who=arrival.who)
    return _stranger(arrival, "unknown", f"{missing} {advice}")


def _said(arrival: Arrival, roster: Roster | None, told: Mapping[str, str]) -> Whose | None:
    names = {one.casefold() for one in (arrival.who, arrival.name, arrival.where, arrival.where.rpartition("/")[2])}
    student = next((student for name, student in told.items() if name.casefold() in names), "")
    if not student:
        return None
    note = t("The lecturer said whose it is ({where}).", where=arrival.where)
    line = roster.get(student) if roster else None
    if line is None or roster is None:
        return Whose(student, (student,), name=arrival.name, note=note)
    return Whose(line.student, roster.members(line.student), line.group, line.name, line, note)


def _without_roster(arrival: Arrival, twins: frozenset[str]) -> Whose:
    student = arrival.name or arrival.who
    if arrival.platform != "plain" and student in twins:
        student = f"{student} ({arrival.who})"
    plain = without_copy_marks(arrival.who)
    if arrival.platform == "plain" and plain != arrival.who:
        text = t(
            'It is not clear whose {where} is: the name is that of a copy. Say it with --whose "{who}=STUDENT".',
            where=arrival.where,
            who=arrival.who,
        )
        return Whose(student, (student,), name=arrival.name, problem="unclear", text=text)
    return Whose(student, (student,), name=arrival.name)


def _stranger(arrival: Arrival, problem: Literal["unknown", "unclear"], text: str) -> Whose:
    student = arrival.who if arrival.platform == "plain" else f"{arrival.name or arrival.who} ({arrival.who})"
    if student == f"{arrival.who} ({arrival.who})":
        student = arrival.who
    return Whose(student, (student,), name=arrival.name, problem=problem, text=text)


def _group(arrival: Arrival, roster: Roster) -> str:
    """Return the group whose name an arrival carries; "" if none."""
    names = {_letters(arrival.name), _letters(without_copy_marks(arrival.who))} - {""}
    found = [group for group in roster.groups if _letters(group) in names]
    return found[0] if len(found) == 1 else ""


def _lines(arrival: Arrival, roster: Roster) -> tuple[list[Student], str]:
    """Return the students that an arrival can be of, and how that was told, if not by an id."""
    who = without_copy_marks(arrival.who)
    direct = roster.get(arrival.who) or roster.get(who)
    if direct is None and arrival.platform == "brightspace":
        direct = roster.get(who.partition("-")[0])
    if direct is not None:
        return [direct], ""
    if arrival.platform == "brightspace":
        return list(roster.named(arrival.name)), ""
    if arrival.platform == "canvas":
        return [one for one in roster if _letters(arrival.name) in _rotations(one.name)], ""
    pieces = [*re.split(r"[\s_()\[\],;]+", who), *re.findall(r"[A-Za-z]*\d+", who)]
    by_id = {line.student: line for piece in pieces if len(piece) > 2 and (line := roster.get(piece))}
    note = t("Told by its name, {where}.", where=arrival.where)
    if by_id:
        return list(by_id.values()), note
    words = set(plain(who.replace("_", " ")).split())
    named = [one for one in roster if len(own := set(plain(one.name).split())) > 1 and own <= words]
    most = max((len(plain(one.name).split()) for one in named), default=0)  # Jan de Vries is not Jan Vries
    named = [one for one in named if len(plain(one.name).split()) == most]
    joined = [one for one in roster if _letters(who) in _rotations(one.name)]
    return named or joined, note


def _letters(text: str) -> str:
    return plain(text).replace(" ", "").replace("_", "")


def _rotations(name: str) -> set[str]:
    """Return the ways in which a platform writes a name without blanks: jandevries, devriesjan, vriesjande."""
    words = plain(name).split()
    return {"".join(words[cut:] + words[:cut]) for cut in range(len(words))} if len(words) > 1 else set()
