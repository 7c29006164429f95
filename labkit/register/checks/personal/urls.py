"""Addresses of pages that tell who somebody is: a personal page, an e-mail address, a name in the path.

Source: of the pages found for the first register, one address held the name of a student; an address is copied into
every export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from labkit.register.checks.personal.given import GIVEN, SURNAMES, SURNAMES_AND_WORD
from labkit.register.checks.personal.known import is_famous, is_thing
from labkit.register.checks.personal.numbers import emails_in
from labkit.register.checks.personal.sighting import Sighting

#: What stands behind one of these in a path is mostly somebody's name.
_PEOPLE = (
    *(
        "in",
        "people",
        "person",
        "personen",
        "medewerker",
        "medewerkers",
        "staff",
        "staffmembers",
        "staff-members",
        "author",
    ),
    *(
        "authors",
        "auteur",
        "auteurs",
        "profile",
        "profiles",
        "profiel",
        "user",
        "users",
        "team",
        "wie-is-wie",
        "contact",
    ),
)
_PARTICLES = frozenset("van von de den der ten ter el al ben t".split())
_SEGMENT = re.compile(r"[^/?#&=]+")


@lru_cache(maxsize=4096)
def names_in_url(url: str) -> tuple[Sighting, ...]:
    """Return what looks like a person in the address of a page; many records name the same pages.

    Examples
    --------
    >>> [one.rule for one in names_in_url("https://www.example.org/medewerkers/anna-de-boer")]
    ['url_person']
    >>> names_in_url("https://www.example.org/nieuws/2023/anne-frankschool")
    ()
    """
    return tuple(_look(url))


def _look(url: str) -> Iterator[Sighting]:
    plain = unquote(url)
    if len(plain) != len(url):
        # Signs that were written as %40 and the like: the whole address is shown, its places do not fit.
        if names_in_url(plain):
            yield Sighting("url_person", 0, len(url))
        return
    for one in emails_in(url):
        yield Sighting("url_email", one.start, one.end)
        return
    start = url.find("/", url.find("//") + 2)
    if start < 0:
        return
    before = ""
    for segment in _SEGMENT.finditer(url, start):
        text = segment.group()
        if _is_person(text, before):
            yield Sighting("url_person", *segment.span())
        before = text.lower()


def _is_person(segment: str, before: str) -> bool:
    bare = segment.lower().removesuffix(".html").removesuffix(".htm").removesuffix(".php").removesuffix(".pdf")
    parts = [part for part in re.split(r"[-_.+ ]+", bare.lstrip("@~")) if part]
    if not parts:
        return False
    if segment.startswith("~") and len(bare) > 3:
        return True
    if before in _PEOPLE or segment.startswith("@"):
        return parts[0] in GIVEN and not any(map(is_thing, parts))
    return any(_name_at(parts, place) for place in range(len(parts) - 1))


def _name_at(parts: list[str], place: int) -> bool:
    """Say whether a first name with a surname behind it begins at a place of the words of a path."""
    first, rest = parts[place], parts[place + 1 :]
    if first not in GIVEN:
        return False
    particles = 0
    while particles < len(rest) and rest[particles] in _PARTICLES:
        particles += 1
    if particles == len(rest):
        return False
    last, after = rest[particles], rest[particles + 1 : particles + 2]
    beside = [*parts[max(0, place - 1) : place], last, *after]
    if any(map(is_thing, beside)) or is_famous(" ".join(parts[place : place + particles + 2])):
        return False
    # A particle alone is a preposition as often ("anna-van-leiden"): the surname must be a known one.
    return last in SURNAMES or (particles > 0 and last in SURNAMES_AND_WORD)
