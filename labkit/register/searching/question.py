"""What somebody typed in the search box: words, and phrases between quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from labkit.register.words import words_of

_PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a record must have.

    Attributes
    ----------
    words : tuple of str
        Folded words; several stand together: a phrase, or a word with a hyphen.
    phrase : bool
        Whether they must stand in this order, as whole words; else each is the beginning of a word.
    joined : str
        A word with a hyphen, written without it ("ehealth"); else "".
    """

    words: tuple[str, ...]
    phrase: bool = False
    joined: str = ""


def terms_of(text: str) -> list[Term]:
    """Return what a record must have to be found.

    Examples
    --------
    >>> [term.words for term in terms_of('Eenzaamheid "in de wijk" e-health')]
    [('in', 'de', 'wijk'), ('eenzaamheid',), ('e', 'health')]
    """
    phrases = [Term(tuple(words_of(one)), phrase=True) for one in _PHRASE.findall(text)]
    terms = []
    for one in _PHRASE.sub(" ", text).split():
        words = tuple(words_of(one))
        terms.append(Term(words, joined="".join(words) if len(words) > 1 else ""))
    return [one for one in dict.fromkeys([*phrases, *terms]) if one.words]
