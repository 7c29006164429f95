"""Colours and signs of themes: the sector gives the colour, two letters the theme."""

from __future__ import annotations

from collections.abc import Iterable

from labkit.look import OKABE_ITO
from labkit.register.vocabularies import THEMES, Term

#: Sector of a theme -> its colour; dark letters can be read on each of them.
SECTOR_COLOURS = {
    "care_welfare": OKABE_ITO["sky blue"],
    "safety": OKABE_ITO["orange"],
    "sustainability": OKABE_ITO["bluish green"],
}


def themes_of(ids: Iterable[str]) -> list[Term]:
    """Return the themes with these ids, in the order in which they are given."""
    return [THEMES[id] for id in ids if id in THEMES]


def colour_of(theme: Term) -> str:
    """Return the colour of a theme.

    Examples
    --------
    >>> colour_of(THEMES["loneliness"]) == colour_of(THEMES["social_cohesion"])
    True
    """
    return SECTOR_COLOURS[theme.group]
