"""Dutch and English: one place that says which language is shown, and translates the program's own texts.

The English text is the key; `locale/nl.po` holds the Dutch ones. The catalogue is read as it stands, so
that a translator needs no build step. Texts that belong to a city (labels, definitions) are in its package.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from labkit.errors import WrongUseError

LANGUAGES = ("en", "nl")
CATALOGUES = Path(__file__).parent / "locale"

_chosen: str | None = None


def current() -> str:
    """Return the language in which results are shown: "en" or "nl".

    It is what `use` chose; else the environment variable ``LABKIT_LANGUAGE``; else English.

    Examples
    --------
    >>> current() in ("en", "nl")
    True
    """
    return _chosen or _known(os.environ.get("LABKIT_LANGUAGE") or "en")


def use(language: str) -> None:
    """Choose the language of everything that is shown from now on.

    Parameters
    ----------
    language : {"en", "nl"}
        English or Dutch.

    Raises
    ------
    WrongUseError
        If labkit does not speak it.

    Examples
    --------
    >>> use("nl"); t("District"); use("en")
    'District'
    """
    global _chosen  # noqa: PLW0603 - one choice for the whole session is what the reader wants
    _chosen = _known(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while: what is made in it is in that language, whatever the notebook speaks.

    Examples
    --------
    >>> with speaking("nl"):
    ...     current()
    'nl'
    """
    global _chosen  # noqa: PLW0603 - the same choice as that of `use`
    before = _chosen
    use(language)
    try:
        yield
    finally:
        _chosen = before


def resolve(language: str | None) -> str:
    """Return `language` if one is given, else the current one."""
    return current() if language is None else _known(language)


def t(text: str, language: str | None = None, **values: Any) -> str:
    """Translate one of the program's own texts.

    Parameters
    ----------
    text : str
        The English text, with ``{names}`` for what is filled in.
    language : {"en", "nl"}, optional
        The current language if left out.
    **values
        What to fill in.

    Returns
    -------
    str
        The text in that language; the English one where no translation exists.

    Examples
    --------
    >>> t("{count} areas", count=10)
    '10 areas'
    """
    if resolve(language) != "en":
        text = catalogue(resolve(language)).get(text) or text
    return text.format(**values) if values else text


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return all texts of a language: English text -> translation."""
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return {}
    from babel.messages.pofile import read_po

    with path.open(encoding="utf-8") as file:
        messages = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in messages if message.id and message.string}


def number(value: float, decimals: int = 0, language: str | None = None) -> str:
    """Write a number in the form of the language: 14,085.5 in English, 14.085,5 in Dutch.

    Parameters
    ----------
    value : float
        The number.
    decimals : int
        How many decimals are shown.
    language : {"en", "nl"}, optional
        The current language if left out.

    Examples
    --------
    >>> number(14085.46, 1, "en"), number(14085.46, 1, "nl")
    ('14,085.5', '14.085,5')
    """
    text = f"{value:,.{decimals}f}"
    if text.startswith("-") and not any(digit in text for digit in "123456789"):
        text = text[1:]  # no "-0.0"
    if resolve(language) == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return text


def _known(language: str) -> str:
    """Return the language's code, from "nl", "NL" or "nl_NL.UTF-8"."""
    code, _, rest = str(language).replace("-", "_").partition("_")
    code = code.lower()
    if code not in LANGUAGES or (rest and not rest[:1].isalpha()):
        raise WrongUseError(f'labkit speaks English ("en") and Dutch ("nl"), not {language!r}.')
    return code


def did_you_mean(near: Sequence[str]) -> str:
    """Ask whether one of the nearest names was meant.

    Examples
    --------
    >>> did_you_mean(["Merenwijkdistrict", "Morsdistrict"])
    'Did you mean Merenwijkdistrict or Morsdistrict?'
    """
    return t("Did you mean {names}?", names=f" {t('or')} ".join(near))
