"""Put what counts in its place, unless the same, or something later, is there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.names import free, tidy
from labkit.assignments.collecting.run import Run
from labkit.assignments.collecting.settling import Settled
from labkit.assignments.collecting.wording import all_said, t
from labkit.assignments.collecting.writing import put, take_away
from labkit.assignments.handins import FILE, HandIn
from labkit.assignments.lateness import lateness
from labkit.assignments.results import Late
from labkit.language import current, speaking


def place(run: Run, settled: Settled, kept: dict[str, HandIn], chosen: bool) -> None:
    """Write a hand-in, unless the same, or a later one, is there already.

    Parameters
    ----------
    run : Run
    settled : Settled
        What counts of all that a student or group sent.
    kept : dict of str to HandIn
        What is in the folder, by student; it is brought up to date.
    chosen : bool
        Whether the lecturer chose it: then it counts, whenever it was handed in.
    """
    made = _handin(run, settled)
    _tell_wrong(run, settled, made)
    label = made.group or made.student
    old = [one for one in kept.values() if _replaces(made, one)]
    if len(old) == 1 and _is_same(run, old[0], made):
        now = {one: getattr(old[0], one) for one in ("folder", "file", "files")}
        notes = [*made.notes, *(old[0].notes if old[0].received == made.received else [])]
        kept.pop(old[0].student)
        attempt = max(made.attempt, old[0].attempt)
        kept[made.student] = made.model_copy(update={**now, "notes": list(dict.fromkeys(notes)), "attempt": attempt})
        run.states[label] = "unchanged"
        return
    later = next((one for one in old if not chosen and _is_later(one, made)), None)
    if later is not None:
        text = t("An earlier hand-in was collected too, and does not count: {where}.", where=settled.arrival.where)
        later.notes = all_said([*later.notes, text], later.language)
        run.states[label] = "kept"
        return
    for one in old:
        kept.pop(one.student)
        if one.folder != made.folder:
            take_away(run.out, one.folder)
        text = t("This replaces what was collected before: {where}.", where=one.original or one.folder)
        run.notes[made.student].append(str(text))
        made.notes += all_said([text], made.language)
        made.attempt = max(made.attempt, one.attempt + (one.received != made.received))
    made.folder = free(made.folder, {FILE, *(one.folder.casefold() for one in kept.values())})
    files = {one.name: one.data for one in settled.contents.files}
    put(run.out, made.folder, files)
    made.files = sorted(f"{made.folder}/{name}" for name in files)
    made.file = f"{made.folder}/{settled.contents.notebook.name}" if settled.contents.notebook else ""
    kept[made.student] = made
    run.states[label] = "replaced" if old else "new"


def _tell_wrong(run: Run, settled: Settled, made: HandIn) -> None:
    """Tell what was refused in a hand-in, and what to ask if there is no notebook in it."""
    found = settled.contents
    for name, text in found.refused:
        run.tell("refused", name, text, made.student)
        made.notes += all_said([text], made.language)
    asked = list(found.wrong)
    if not found.notebook and found.has_records and not asked and run.asks_for_more_than_records:
        asked = [t("There is a project record in it, and no notebook. Needed: the .ipynb file too.")]
    if asked:
        run.tell("unclear", settled.arrival.where, " ".join(asked), made.student)
        made.notes += all_said(asked, made.language)


def _replaces(made: HandIn, one: HandIn) -> bool:
    """Return whether a hand-in is of the same people, or is the same file, now that it is known whose it is."""
    return bool({one.student, *one.members} & {made.student, *made.members}) or one.original == made.original != ""


def _is_same(run: Run, old: HandIn, made: HandIn) -> bool:
    there = all((run.out / name).is_file() for name in old.files) and (run.out / old.folder).is_dir()
    return there and old.digest == made.digest and set(old.members) == set(made.members)


def _is_later(old: HandIn, made: HandIn) -> bool:
    return bool(old.received and made.received) and _moment(old) > _moment(made)


def _moment(one: HandIn) -> datetime:
    return datetime.fromisoformat(one.received)


def _handin(run: Run, settled: Settled) -> HandIn:
    arrival, owner, found = settled.arrival, settled.whose, settled.contents
    notes = [*([owner.note] if owner.note else []), *settled.notes, *found.notes]
    about = found.notebook.about if found.notebook else None
    language = (owner.line.language if owner.line else None) or (about.language if about else "")
    with speaking(language or current()):
        late = _late(run, arrival, owner.members)
    if arrival.received is None:
        notes.append(t("When it was handed in is not in the download."))
    run.notes[owner.student] = [str(one) for one in notes]
    return HandIn(
        student=owner.student,
        members=list(owner.members),
        group=owner.group,
        name=owner.name,
        folder=tidy(owner.group or owner.student),
        original=found.notebook.original if found.notebook else arrival.where,
        received=arrival.received.isoformat() if arrival.received else "",
        received_from=arrival.received_from,
        attempt=settled.attempt,
        language="nl" if language == "nl" else "en" if language == "en" else None,
        late=late,
        area=owner.line.district if owner.line else "",
        digest=found.digest,
        notes=all_said(notes, language),
        root=run.out,
    )


def _late(run: Run, arrival: Arrival, members: Sequence[str]) -> Late | None:
    lines = [line for one in members if run.roster and (line := run.roster.get(one))]
    extra = max((line.extra_hours for line in lines), default=0.0)
    if run.assignment is not None and arrival.received is not None:
        late = lateness(run.assignment.header, arrival.received, extra)
        if late is not None and arrival.received_from in ("zip", "file"):
            late.text += " " + t("That is by the clock of the file: ask before you count on it.")
        return late
    if arrival.marked_late:
        return Late(hours=0, minus=0, text=t("Marked as late by Canvas, which does not say how late."))
    return None
