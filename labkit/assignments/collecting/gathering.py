"""From inputs to arrivals: what each input holds, and which platform named it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from labkit.assignments.collecting import brightspace, canvas, plain
from labkit.assignments.collecting.archives import Entry, entries, inner
from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.run import Run
from labkit.assignments.handins import FILE
from labkit.errors import LabkitError
from labkit.language import t


def arrivals_in(run: Run, path: Path) -> list[Arrival]:
    """Return what one input holds; one that cannot be opened is told, and the others go on."""
    try:
        found = entries(path, run.zone, run.stack, run.refused, run.out.resolve())
    except LabkitError as error:
        run.refused(path.name, str(error))
        return []
    found = [one for one in found if one.parts != (FILE,)]  # of work that was collected before: no hand-in
    if path.suffix.lower() == ".zip" and run.known(path.stem):
        whole = Arrival("plain", path.stem, "", path.name, files=found)
        whole.take_time(run.zone)
        return [whole]
    arrivals = _told(run, found, path.stem if path.is_file() else path.name)
    if not arrivals and not any(one.kind == "refused" for one in run.problems):
        run.tell("unclear", path.name, t("There is nothing in it that can be a hand-in. Is it the right one?"))
    return arrivals


def _told(run: Run, found: list[Entry], label: str) -> list[Arrival]:
    """Return the arrivals among entries: by the names of a platform, else by the names of files and folders."""
    arrivals, rest = brightspace.read(found, run.zone)
    if not arrivals:
        by_canvas, unnamed = canvas.read(found)
        if by_canvas and len(unnamed) <= sum(len(one.files) for one in by_canvas):
            arrivals, rest = by_canvas, unnamed
    downloads: list[Arrival] = []
    plain_ones = []
    for entry in rest:
        inside = _download(run, entry) if entry.is_zip and len(entry.parts) <= 2 else []
        downloads += inside
        if not inside:
            plain_ones.append(entry)
    others = plain.read(plain_ones, run.known, label, run.wanted.assignment)
    for one in others:
        one.take_time(run.zone)
    return arrivals + downloads + others


def _download(run: Run, entry: Entry) -> list[Arrival]:
    """Return the arrivals in a zip that is itself the download of a platform; none if it is something else."""
    if run.known(entry.file[:-4]):
        return []
    with ExitStack() as stack:
        try:
            found = inner(entry.read(), entry.file, run.zone, stack)
        except LabkitError:
            return []  # told where it is read as a hand-in
        named = [replace(one, name=f"{entry.name}/{one.name}") for one in found]
        arrivals = brightspace.read(named, run.zone)[0] or canvas.read(named)[0]
        if arrivals:
            run.stack.push(stack.pop_all())
        return arrivals
