"""How records are named in a sentence: their title, period and place, and lists of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from labkit.areas import Areas
from labkit.language import t
from labkit.register import when
from labkit.register.records import Partner, Record
from labkit.register.vocabularies import SCOPES, UNKNOWN, Vocabulary
from labkit.texts import Text

# What no XML file can hold, and signs that turn the direction of all that follows.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    r"""Return a text without characters that a page or picture cannot hold or that garble its neighbours.

    Examples
    --------
    >>> clean("A\x0bB\u202eC")
    'ABC'
    """
    return _UNFIT.sub("", text)


def title_of(record: Record, language: str | None = None) -> str:
    """Return what a record is called in a language.

    Examples
    --------
    >>> title_of(Partner(id="org-x", visibility="public", name="Gemeente", name_en="Municipality", kind="other"), "nl")
    'Gemeente'
    """
    if isinstance(record, Partner):
        found = Text(nl=record.name, en=record.name_en or record.name)(language)
    else:
        found = record.text("title", language)
        if not found and hasattr(record, "statement_en"):
            found = record.text("statement", language)
    return clean(found or record.id)


@lru_cache(maxsize=4096)
def day(moment: str | None, language: str) -> str:
    """Return a date as people write it; "" if there is none."""
    return when.shown(moment, language)


def period(record: Any, language: str) -> str:
    """Return when a project or offer was or is, as far as that is known.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> period(SimpleNamespace(start="2021", end="2022-06", academic_year=None), "en")
    '2021 – June 2022'
    >>> period(SimpleNamespace(start="unknown", end=None, academic_year=None), "nl")
    'jaar onbekend'
    """
    start, end = (None if one == UNKNOWN else one for one in (record.start, record.end))
    if start is None and end is None:
        return getattr(record, "academic_year", None) or t("year unknown", language)
    if start is None:
        return t("until {end}, start unknown", language, end=day(end, language))
    if end is None or end.startswith(start):
        return day(start, language)
    return f"{day(start, language)} – {day(end, language)}"


def places(record: Any, areas: Areas | None, language: str) -> str:
    """Return where a record is, in words.

    Parameters
    ----------
    record : Question, Offer or Project
        What has a scope and areas.
    areas : Areas or None
        The areas of the city; without them the record's own words for the place are used, or else the codes.
    language : {"en", "nl"}
        The language.

    Examples
    --------
    >>> import labkit as lk
    >>> from types import SimpleNamespace
    >>> made = SimpleNamespace(scope="areas", areas=["WK054609", "BU05460800"], place_text=None)
    >>> places(made, lk.open_city("leiden").areas, "en")
    'Stevenshofdistrict and Slaaghwijk'
    """
    own = clean(getattr(record, "place_text", None) or "")
    nowhere = t("place unknown", language)
    if record.scope != "areas":
        label = nowhere if record.scope in (None, UNKNOWN) else SCOPES.label(record.scope, language)
        if own and record.scope in (None, UNKNOWN, "elsewhere"):
            return f"{own} ({label})"
        return label
    if areas is None and own:
        return own
    return listed(names_of(record.areas, areas), language) or own or nowhere


def status_of(record: Any, vocabulary: Vocabulary, language: str) -> str:
    """Return the status of a record in words; "status unknown" can stand among other facts."""
    if record.status == UNKNOWN:
        return t("status unknown", language)
    return vocabulary.label(record.status, language)


def names_of(codes: Iterable[str], areas: Areas | None) -> list[str]:
    """Return the names of areas; the code where the city does not know it."""
    return [clean(areas[code].name if areas is not None and code in areas else code) for code in codes]


def listed(items: Iterable[str], language: str) -> str:
    """Return texts as a list in a sentence.

    Examples
    --------
    >>> listed(["a", "b", "c"], "nl"), listed([], "en")
    ('a, b en c', '')
    """
    several = list(items)
    if len(several) < 2:
        return "".join(several)
    return t("{first} and {last}", language, first=", ".join(several[:-1]), last=several[-1])


def width(text: str) -> float:
    """Return about how wide a text is, in letters of middling width.

    Examples
    --------
    >>> width("minimum") > width("illicit"), width("漢字")
    (True, 4.2)
    """
    return sum(_width(char) for char in text)


@lru_cache(maxsize=2048)
def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 2.1
    for chars, wide in (("iljtfrI.,:;'!|()[] ", 0.6), ("mW@%—…", 1.65), ("MwŒÆOQGDHNU", 1.4)):
        if char in chars:
            return wide
    return 1.2 if char.isupper() else 1


def lines_of(text: str, wide: float, most: int) -> list[str]:
    """Return a text in lines of a width, cut off with "…" after the last one.

    Parameters
    ----------
    text : str
        The text.
    wide : float
        The width of a line, in letters of middling width.
    most : int
        How many lines at the most.

    Examples
    --------
    >>> lines_of("Research into loneliness in the city", 12, 2)
    ['Research into', 'loneliness i…']
    """
    found, words = [""], text.split()
    for word in words:
        rest = word
        while rest:
            line = f"{found[-1]} {rest}" if found[-1] else rest
            if width(line) <= wide:
                found[-1], rest = line, ""
            elif found[-1]:
                found.append("")
            else:  # one word that is wider than a line
                cut = _fitting(rest, wide)
                found[-1], rest = rest[:cut], rest[cut:]
                if rest:
                    found.append("")
    if len(found) <= most:
        return found
    last = " ".join(found[most - 1 :])
    return [*found[: most - 1], f"{last[: _fitting(last, wide - 1.65)].rstrip()}…"]


def _fitting(text: str, wide: float) -> int:
    """Return how many characters of a text fit in a width; one at least."""
    total = 0.0
    for place, char in enumerate(text):
        total += _width(char)
        if total > wide:
            return max(place, 1)
    return len(text)
