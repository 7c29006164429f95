"""Texts that can be said again in another language: the lecturer reads them in one, a student perhaps in the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from labkit import language as spoken
from labkit.errors import LabkitError


class Told(str):
    """A text in the current language that knows how it was made.

    Attributes
    ----------
    text : str
        The English text, with ``{names}`` for what is filled in.
    values : dict
        What is filled in; another such text, or an error, is said in the other language too.

    Examples
    --------
    >>> one = t("{student} handed in no notebook.", student="s1")
    >>> one, said(one, "nl")
    ('s1 handed in no notebook.', 's1 heeft geen notebook ingeleverd.')
    """

    text: str
    values: dict[str, Any]

    def __new__(cls, text: str, language: str | None = None, **values: Any) -> Told:
        """Make it in a language; the current one if left out."""
        shown = {name: said(value, language) for name, value in values.items()}
        made = super().__new__(cls, spoken.t(text, language, **shown))
        made.text, made.values = text, values
        return made


def t(text: str, **values: Any) -> Told:
    """Translate one of the program's own texts, as `labkit.language.t` does, and remember how it was made."""
    return Told(text, **values)


def told_by(error: LabkitError) -> str:
    """Return the text of an error, such that it can be said in another language."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Told) else str(error)


def said(value: Any, language: str | None) -> Any:
    """Return a text in another language; what was not made here stays as it is."""
    if isinstance(value, LabkitError):
        value = told_by(value)
    return str(Told(value.text, language, **value.values)) if isinstance(value, Told) and language else value


def all_said(lines: Iterable[str], language: str | None) -> list[str]:
    """Return lines in another language, each once."""
    return list(dict.fromkeys(str(said(one, language)) for one in lines))
