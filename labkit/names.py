"""Names as people write them: compared without case, accents or punctuation, with near misses suggested."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Return a name in the form in which names are compared.

    Case, accents, hyphens, apostrophes and doubled spaces make no difference to a reader, so they make
    none here.

    Parameters
    ----------
    text : str
        A name, as typed.

    Returns
    -------
    str
        Lower case, without accents, words separated by one space.

    Examples
    --------
    >>> fold("  d'Oude  Morsch ")
    'd oude morsch'
    >>> fold("Leiden-Noord") == fold("leiden noord")
    True
    >>> fold("’t Heén")
    't heen'
    """
    # Twice, as the Unicode standard has it for caseless matching: taking letters apart can bring out capitals.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def nearest(text: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Return the candidates that look most like a text, best first.

    Parameters
    ----------
    text : str
        What was typed.
    candidates : iterable of str
        The names that exist.
    most : int
        How many suggestions at the most.

    Returns
    -------
    list of str
        Names of `candidates`; empty if nothing comes near.

    Examples
    --------
    >>> nearest("Merenwijck", ["Merenwijkdistrict", "Morsdistrict", "De Kooi"])
    ['Merenwijkdistrict']
    """
    wanted = fold(text)
    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    scored = [(_likeness(wanted, folded), folded) for folded in by_fold]
    # 0.6 is difflib's own default for a close match; what is much worse than the best would only distract.
    limit = max(0.6, max((score for score, _ in scored), default=0) - 0.1)
    good = sorted((item for item in scored if item[0] >= limit), key=lambda item: (-item[0], item[1]))
    return [by_fold[folded] for _, folded in good[:most]]


def _likeness(wanted: str, candidate: str) -> float:
    """Likeness of two folded names; a candidate that begins like the wanted name counts as near."""
    whole = difflib.SequenceMatcher(None, wanted, candidate).ratio()
    if len(wanted) < 4:
        return whole
    beginning = difflib.SequenceMatcher(None, wanted, candidate[: len(wanted)]).ratio()
    return max(whole, 0.95 * beginning)
