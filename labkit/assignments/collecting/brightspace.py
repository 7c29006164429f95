"""The zip in which Brightspace (D2L) gives the hand-ins of an assignment.

Each hand-in is a folder, named for the person and the moment; an `index.html` with comments stands beside them:

    12345-67890 - Jan de Vries - 24 November, 2026 1103 PM/week1.ipynb
    index.html

Without folders, and in older versions, the same stands before the name of each file. The two numbers are those
of the person and of the folder of the assignment; a group has its own name in place of that of a person. The time
is that of the platform, without a zone, in its language, and without the colon that a file name may not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from labkit.assignments.collecting.archives import Entry
from labkit.assignments.collecting.arrivals import Arrival
from labkit.assignments.collecting.moments import MOMENT, moment_of

_HEAD = re.compile(r"^(?P<id>[A-Za-z]{0,3}\d[\w-]*?)(?: - |_)(?P<name>.+?)(?: - |_)$")
_REST = re.compile(r"^(?:\s*(?: - |-|_)\s*(?P<file>.+))?$")


def read_name(part: str, zone: tzinfo) -> tuple[str, str, datetime | None, str] | None:
    """Read the name of a folder or file in a download of Brightspace.

    Parameters
    ----------
    part : str
        The name of the folder, or that of a file in a download without folders.
    zone : tzinfo
        The time zone of the platform.

    Returns
    -------
    tuple or None
        The ids of the person and the assignment as they stand there, the name of the person, the moment, and the
        name of the file ("" for a folder). None if the name is of another form.

    Examples
    --------
    >>> from datetime import timezone
    >>> read_name("12345-67890 - Jan de Vries - 24 November, 2026 1103 PM", timezone.utc)[:2]
    ('12345-67890', 'Jan de Vries')
    >>> read_name("12345-67890 - Anne-Fleur - Okt 3, 2026 905 AM - week1.ipynb", timezone.utc)[3]
    'week1.ipynb'
    >>> read_name("week1 - final.ipynb", timezone.utc) is None
    True
    """
    for moment in MOMENT.finditer(part):
        head, rest = _HEAD.match(part[: moment.start()]), _REST.match(part[moment.end() :])
        if head and rest:
            return head["id"], head["name"].replace("_", " ").strip(), moment_of(moment, zone), rest["file"] or ""
    return None


def read(entries: Sequence[Entry], zone: tzinfo) -> tuple[list[Arrival], list[Entry]]:
    """Return the arrivals in a download of Brightspace, and the entries that belong to none."""
    found: dict[tuple[str, ...], Arrival] = {}
    others = []
    for entry in entries:
        for depth, part in enumerate(entry.parts):
            told = read_name(part, zone)
            is_file = depth == len(entry.parts) - 1
            if told is None or is_file != bool(told[3]):
                continue
            who, name, moment, file = told
            where = entry.parts[: depth + 1] if not is_file else (*entry.parts[:depth], part.removesuffix(file))
            arrival = found.setdefault(
                where,
                Arrival(
                    "brightspace",
                    who,
                    name,
                    "/".join(where),
                    moment,
                    "platform" if moment else "",
                    order=(len(found),),
                ),
            )
            rest = Entry(
                entry.name, entry.parts[depth + 1 :] or (file,), entry.time, entry.time_from, entry.size, entry.read
            )
            arrival.files.append(rest)
            break
        else:
            others.append(entry)
    if found:  # the page with comments, which Brightspace adds
        others = [one for one in others if one.file.lower() not in ("index.html", "index.htm")]
    return list(found.values()), others
