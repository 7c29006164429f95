"""Look through everything that others can see for what looks like personal data.

Only warnings: a rule cannot know a person. The value is shown shortened, so that a report does not spread it.
Private records are not looked through: they stay inside, and may hold what has yet to be cleaned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.language import t
from labkit.register.book import Book
from labkit.register.checks.context import Context, Finding, quoted, warning
from labkit.register.checks.personal.functions import FIELDS, is_name_of_one
from labkit.register.checks.personal.known import Known, names_of_places
from labkit.register.checks.personal.names import names_in
from labkit.register.checks.personal.numbers import addresses_in, emails_in, numbers_in
from labkit.register.checks.personal.sighting import Sighting, masked
from labkit.register.checks.personal.urls import names_in_url
from labkit.register.prose import texts_of, urls_of
from labkit.register.records import Partner, Project, Record
from labkit.register.words import words_of

_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_FIGURE = re.compile(r"\d")
#: A field that names a public place: an address belongs there.
_VENUE = "venue"


def check_personal(context: Context) -> Iterator[Finding]:
    """Yield what looks like personal data in public records and in those for partners, as warnings."""
    known = Known.of(context.book, context.areas)
    # A partner may not be taken for an organisation only because it stands among the partners.
    places = Known(names_of_places(context.areas))
    venues = _public_addresses(context.book)
    for record in context.book:
        if record.visibility == "private":
            continue
        for path, text in texts_of(record):
            own = places if isinstance(record, Partner) and path == "name" else known
            for one in _in_text(text, path, own, venues):
                yield _told(record, path, text, one)
        for path, url in urls_of(record):
            for one in names_in_url(url):
                yield _told(record, path, url, one)


def _in_text(text: str, path: str, known: Known, venues: set[str]) -> Iterator[Sighting]:
    found: list[Sighting] = [*emails_in(text)]
    if _FIGURE.search(text):
        found += numbers_in(text)
        if path != _VENUE:
            found += (one for one in addresses_in(text) if " ".join(words_of(text[one.start : one.end])) not in venues)
    bare = text
    if "://" in text:
        for url in _URL.finditer(text):
            found += (
                Sighting(one.rule, one.start + url.start(), one.end + url.start()) for one in names_in_url(url.group())
            )
        bare = _URL.sub(lambda url: " " * len(url.group()), text)
    if path.endswith(FIELDS) and is_name_of_one(text) and not known.covers(text, 0, len(text)):
        found.append(Sighting("function", 0, len(text)))
    else:
        found += names_in(bare, known, venue=path == _VENUE)
    yield from found


def _public_addresses(book: Book) -> set[str]:
    """Return the addresses and postcodes of public places that the register names in `venue`."""
    texts = {one.venue for one in book.of(Project) if one.venue}
    return {" ".join(words_of(text[one.start : one.end])) for text in texts for one in addresses_in(text)}


def _told(record: Record, path: str, text: str, one: Sighting) -> Finding:
    message, advice = _words(one.rule)
    shown = quoted(masked(text[one.start : one.end]))
    return warning(record, path, t("{what} {value} (rule: {rule}).", what=message, value=shown, rule=one.rule), advice)


def _words(rule: str) -> tuple[str, str]:
    website = t("Give the website of the organisation instead.")
    home = t("If it is a public place, put it in venue; if it is a home, name the neighbourhood instead.")
    away = t("Take it out: everybody who may see this record can read it.")
    page = t("Give another page that says so, or a shorter address.")
    function = t("Write a function, such as lecturer or knowledge broker.")
    said = {
        "email": (t("This looks like an e-mail address:"), website),
        "url_email": (t("This looks like an e-mail address:"), website),
        "phone": (t("This looks like a phone number:"), website),
        "address": (t("This looks like an address:"), home),
        "postcode": (t("This looks like an address:"), home),
        "bsn": (t("This looks like a citizen service number (BSN):"), away),
        "iban": (t("This looks like a bank account:"), away),
        "url_person": (t("This address seems to hold the name of a person:"), page),
        "function": (t("This field asks for a function, and this looks like a name:"), function),
    }
    name = (
        t("This looks like the name of a person:"),
        t("Write the function instead. If it is no person, it can stay."),
    )
    return said.get(rule, name)
