"""Which of the arrivals of a student or group counts: the last one, unless the lecturer chose another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.contents import Content, Contents
from labkit.assignments.collecting.names import free, shown
from labkit.assignments.collecting.whose import Whose
from labkit.assignments.collecting.wording import t
from labkit.assignments.handins import Problem

Sent = tuple[Arrival, Whose]


@dataclass
class Settled:
    """What counts of all that a student or a group sent.

    Attributes
    ----------
    arrival, whose, contents
        Of the one that counts.
    attempt : int
        How many times this student handed in.
    notes : list of str
    problems : list of Problem
    """

    arrival: Arrival
    whose: Whose
    contents: Contents
    attempt: int
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def settle(sent: list[Sent], read: Callable[[Arrival], Contents], chosen: str = "") -> Settled:
    """Choose the arrival that counts.

    Parameters
    ----------
    sent : list
        All arrivals of one student or group, at least one, each with whose it is.
    read : callable
        Reads the contents of an arrival.
    chosen : str
        A part of the name of the one that the lecturer chose; "" for the last.
    """
    sent = sorted(sent, key=lambda one: one[0].key)
    problems: list[Problem] = []
    if chosen:
        fits = [one for one in sent if _is_chosen(one, chosen)]
        if fits:
            sent = [one for one in sent if one not in fits] + fits
        else:
            problems.append(
                Problem(
                    kind="unclear",
                    where=sent[-1][0].where,
                    student=sent[-1][1].student,
                    text=t("Nothing that was handed in is called {chosen}; the last counts.", chosen=chosen),
                )
            )
    arrival, owner = sent[-1]
    found, later = read(arrival), []
    # A last upload without a notebook adds to the one before: nobody means to take the notebook back.
    for before, who in reversed(sent[:-1]):
        if found.readable or chosen:
            break
        earlier = read(before)
        if earlier.readable:
            later = [found]
            arrival, owner, found = before, who, earlier
    settled = Settled(
        arrival, owner, found, 1 + sum(who.student == owner.student for _, who in sent[:-1]), [], problems
    )
    for one in later:
        _add_later(settled, one)
    _tell_others(settled, sent)
    _tell_members(settled, sent, read)
    return settled


def _is_chosen(one: Sent, chosen: str) -> bool:
    arrival, owner = one
    names = [arrival.where, *(entry.name for entry in arrival.files)]
    return chosen.casefold() == owner.student.casefold() or any(chosen.casefold() in name.casefold() for name in names)


def _add_later(settled: Settled, later: Contents) -> None:
    taken = {one.name.casefold() for one in settled.contents.files}
    for one in later.files:
        kept = Content(free(one.name, taken), one.original, one.data)
        settled.contents.files.append(kept)
    names = ", ".join(shown(one.original) for one in later.files) or t("nothing")
    settled.contents.refused += later.refused
    settled.notes.append(t("The last hand-in has no notebook ({names}); the one before it counts.", names=names))
    settled.problems.append(
        Problem(
            kind="unclear",
            where=settled.arrival.where,
            student=settled.whose.student,
            text=settled.notes[-1] + " " + " ".join(later.wrong),
        )
    )


def _tell_others(settled: Settled, sent: list[Sent]) -> None:
    others = [one for one, owner in sent if one is not settled.arrival and owner.student == settled.whose.student]
    if others:
        settled.notes.append(
            t(
                "Handed in {number} times; this one counts: {where}. The others: {others}.",
                number=len(others) + 1,
                where=_called(settled.arrival),
                others="; ".join(_called(one) for one in others),
            )
        )


def _tell_members(settled: Settled, sent: list[Sent], read: Callable[[Arrival], Contents]) -> None:
    """Tell that members of a group handed in different notebooks."""
    if not settled.whose.group:
        return
    last = {owner.student: one for one, owner in sent}
    others = {student: one for student, one in last.items() if student != settled.whose.student}
    own = _digest(settled.contents)
    differ = [(student, one) for student, one in others.items() if _digest(read(one)) not in ("", own)]
    if not differ:
        if others:
            settled.notes.append(t("Handed in by {students} too, the same file.", students=", ".join(others)))
        return
    text = t(
        "Members of group {group} handed in different notebooks. That of {student} counts ({where}), not {others}.",
        group=settled.whose.group,
        student=settled.whose.student,
        where=_called(settled.arrival),
        others=", ".join(f"{_called(one)} ({student})" for student, one in differ),
    )
    settled.notes.append(text)
    way_out = t("To choose another: --choose {group}=STUDENT.", group=settled.whose.group)
    settled.problems.append(
        Problem(kind="unclear", where=settled.arrival.where, student=settled.whose.student, text=f"{text} {way_out}")
    )


def _digest(found: Contents) -> str:
    return hashlib.sha256(found.notebook.data).hexdigest() if found.notebook else ""


def _called(arrival: Arrival) -> str:
    moment = f", {in_short(arrival.received)}" if arrival.received and arrival.platform != "brightspace" else ""
    return f"{shown(arrival.where)}{moment}"


def in_short(moment: datetime) -> str:
    """Return a moment as it stands in notes: 2026-11-24 23:03."""
    return moment.strftime("%Y-%m-%d %H:%M")
