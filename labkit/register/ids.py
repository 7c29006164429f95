"""Ids of new records: made once from the title, and then kept for ever."""

from __future__ import annotations

from collections.abc import Container

from labkit.names import fold
from labkit.register.fields import PREFIXES

#: Long enough to be told apart by people, short enough for a file name on any system.
MOST_LETTERS = 60


def make_id(kind: str, title: str, year: int | None = None, taken: Container[str] = ()) -> str:
    """Return a new id for a record.

    Parameters
    ----------
    kind : str
        The kind of record.
    title : str
        What it is called.
    year : int, optional
        Stands in the ids of projects whose year is known.
    taken : container of str
        Ids that exist; a number is added to stay clear of them.

    Returns
    -------
    str
        Lower-case letters, figures and hyphens.

    Examples
    --------
    >>> make_id("project", "Soep op dinsdag: wie komt er?", 2026)
    'p-2026-soep-op-dinsdag-wie-komt-er'
    >>> make_id("partner", "Café 't Hoekje", taken={"org-cafe-t-hoekje"})
    'org-cafe-t-hoekje-2'
    """
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in fold(title)).split()
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) >= MOST_LETTERS:
            break
        slug = f"{slug}-{word}" if slug else word[:MOST_LETTERS]
    parts = [PREFIXES[kind], str(year) if year else "", slug or "x"]
    base = "-".join(part for part in parts if part)
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
