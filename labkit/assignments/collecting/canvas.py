"""The zip in which Canvas gives the hand-ins of an assignment.

All files stand side by side; before the name of each come the name of the person (last name first, small letters,
without blanks), `LATE` if it was, the number of the person, and that of the file:

    devriesjan_LATE_12345_67890_week1-2.ipynb

Canvas puts `-1`, `-2` behind the name of a file that is handed in again, and gives only the last hand-in of each
person. Of a group it gives one, under the name of the group. It does not say when: the times in the zip are those of
the download. A text typed into the page is `..._text.html`, an address `..._link.html`. This is how Canvas itself
makes the names (`content_zipper.rb` in its source).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from labkit.assignments.collecting.archives import Entry
from labkit.assignments.collecting.arrivals import Arrival

_NAME = re.compile(
    r"^(?:(?P<name>[^\W_][\w]*?)_)??(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_"
    r"(?:(?P<id>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))$"
)


def read_name(part: str) -> tuple[str, bool, str, int, str] | None:
    """Read the name of a file in a download of Canvas.

    Returns
    -------
    tuple or None
        The name of the person, whether it was late, the number of the person, that of the file, and the name of the
        file. None if the name is of another form.

    Examples
    --------
    >>> read_name("devriesjan_LATE_12345_67890_week1-2.ipynb")
    ('devriesjan', True, '12345', 67890, 'week1-2.ipynb')
    >>> read_name("anon_a1B2c_678_week_1.ipynb")
    ('', False, 'anon_a1B2c', 678, 'week_1.ipynb')
    >>> read_name("week_1_2026.ipynb") is None
    True
    """
    found = _NAME.match(part)
    if found is None or (found["name"] is None and not found["user"].startswith("anon_")):
        return None
    return (
        found["name"] or "",
        bool(found["late"]),
        found["user"],
        int(found["id"] or 0),
        found["file"] or found["typed"],
    )


def read(entries: Sequence[Entry]) -> tuple[list[Arrival], list[Entry]]:
    """Return the arrivals in a download of Canvas, and the entries that belong to none."""
    found: dict[tuple[str, ...], Arrival] = {}
    others = []
    for entry in entries:
        told = read_name(entry.file)
        if told is None:
            others.append(entry)
            continue
        name, late, user, number, file = told
        arrival = found.setdefault((*entry.parts[:-1], user), Arrival("canvas", user, name, entry.file))
        arrival.marked_late = arrival.marked_late or late
        arrival.order = max(arrival.order, (number,))
        arrival.files.append(replace(entry, parts=(file,), time=None))
    for arrival in found.values():
        arrival.files.sort(key=lambda one: (read_name(one.name.rpartition("/")[2]) or ("", False, "", 0, ""))[3])
    return list(found.values()), others
