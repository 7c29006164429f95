"""Folders and zips that no learning platform named: a file, a folder or a zip for each person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from labkit.assignments.collecting.archives import Entry
from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.names import as_notebook, copy_number

#: Endings of files that can hold a notebook, or hand-ins.
_WORK = (".ipynb", ".zip", ".json", ".txt")


def read(
    entries: Sequence[Entry], known: Callable[[str], bool], label: str = "", assignment: str = ""
) -> list[Arrival]:
    """Return the arrivals in a folder or zip: each file, folder or zip at its top is one.

    Parameters
    ----------
    entries : sequence of Entry
    known : callable
        Whether a name is that of a student in the roster.
    label : str
        The name of the input without its ending: a folder of that name in it is no student.
    assignment : str
        The id of the assignment: a folder of that name is no student either.
    """
    entries = without_wrapper(list(entries), known, label, assignment)
    found: dict[str, Arrival] = {}
    for entry in entries:
        if len(entry.parts) > 1:
            who, where, rest = entry.parts[0], entry.parts[0], entry.without(1)
        else:
            stem = as_notebook(entry.file).removesuffix(".ipynb") if not entry.is_zip else entry.file[:-4]
            who, where, rest = stem, entry.file, entry
            if not entry.file.lower().endswith(_WORK):
                who = entry.file.rpartition(".")[0] or entry.file
        arrival = found.setdefault(where, Arrival("plain", who, "", where, order=(copy_number(who), len(found))))
        arrival.files.append(rest)
    for arrival in found.values():
        # Of nbgrader's <student>/<assignment>/ only the folder of this assignment.
        own = [one.without(1) for one in arrival.files if len(one.parts) > 1 and one.parts[0] == assignment]
        arrival.files = own or arrival.files
    return list(found.values())


def without_wrapper(
    entries: list[Entry], known: Callable[[str], bool], label: str = "", assignment: str = ""
) -> list[Entry]:
    """Return the entries without the folders around all of them, such as `submitted` or the name of the zip."""
    while entries:
        first = entries[0].parts[0]
        if any(len(one.parts) < 2 or one.parts[0] != first for one in entries) or known(first):
            return entries
        work = [one for one in entries if one.file.lower().endswith(_WORK)] or entries
        inside = {one.parts[1] if len(one.parts) > 2 else _stem(one.parts[1]) for one in work}
        deeper = all(len(one.parts) > 2 for one in work)
        if deeper and assignment in inside:
            return entries  # one student, as nbgrader puts it: <student>/<assignment>/
        flat = len(work) > 1 and first in (label, assignment, "submitted")
        if not (deeper or flat or any(known(one) for one in inside)):
            return entries
        entries = [one.without(1) for one in entries]
    return entries


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
