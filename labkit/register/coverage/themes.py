"""Themes as a reader asks for them."""

from __future__ import annotations

from labkit.names import fold
from labkit.register.vocabularies import THEMES_OR_UNKNOWN


def theme_of(text: str) -> str:
    """Return the id of a theme, asked for by its id or by its name in Dutch or English.

    Examples
    --------
    >>> theme_of("Eenzaamheid"), theme_of("poverty and debt"), theme_of("unknown")
    ('loneliness', 'poverty_debt', 'unknown')
    """
    wanted = fold(str(text))
    for term in THEMES_OR_UNKNOWN:
        if wanted in map(fold, (term.id, term.nl, term.en)):
            return term.id
    return THEMES_OR_UNKNOWN[text].id
