"""Columns and cells of a spreadsheet that look as if they were about persons: they have no place in a register."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.language import t
from labkit.names import fold
from labkit.register.checks.personal.numbers import emails_in, numbers_in
from labkit.register.exchange.spreadsheet.mapping import Mapping
from labkit.register.exchange.spreadsheet.rows import RowFault
from labkit.register.exchange.spreadsheet.sheet import Sheet

#: Words in the name of a column that is about persons, in the form of `fold`.
_WORDS = frozenset(
    """
    achternaam voornaam voorletters roepnaam initialen surname firstname lastname email mail mailadres emailadres
    telefoon telefoonnummer tel phone mobiel mobile gsm adres address huisadres woonadres straat huisnummer postcode
    postcodes zip geboortedatum geboortejaar birthdate birthday birth geslacht gender bsn burgerservicenummer
    studentnummer studentnr studentnumber leerlingnummer personeelsnummer contactpersoon contactpersonen
    contactgegevens docent docenten lecturer teacher begeleider begeleiders supervisor auteur auteurs author authors
    naam namen name names student studente studentnaam onderzoeker researcher deelnemersnaam indiener invuller
    linkedin handtekening signature
    """.split()
)
#: Beside one of these the word is about something else.
_NOT_PERSONS = frozenset(
    "aantal number count project projectnaam organisatie organisation bestand file wijk district".split()
)
#: Fields that hold the name of something else than a person.
_NAMES_OF_THINGS = (
    "name",
    "name_en",
    "short_name",
    "title_nl",
    "title_en",
    "students",
    "students_text",
    "partners",
    "url",
)


def about_persons(sheet: Sheet, mapping: Mapping) -> Iterator[RowFault]:
    """Yield a warning for each column that seems to be about persons, and for cells with an e-mail address or number."""
    paths = {rule.name: rule.target.path for rule in mapping.rules}
    for name in sheet.columns:
        if not is_about_persons(name) or paths.get(name) in _NAMES_OF_THINGS:
            continue
        message = t("The column {name} seems to be about persons.", name=f'"{name}"')
        if name in paths:
            advice = t("A register holds functions, never names: leave the column out, or make sure of every cell.")
        else:
            advice = t("It is left out.")
        yield RowFault(0, name, paths.get(name, ""), message, advice, "warning")
    for row in sheet.rows:
        for name, path in paths.items():
            text = row.cells.get(name)
            if isinstance(text, str) and "://" not in text and any((*emails_in(text), *numbers_in(text))):
                message = t("This looks like an e-mail address, a phone number or another number of a person.")
                yield RowFault(
                    row.number, name, path, message, t("Take it out, or write a function instead."), "warning"
                )


def is_about_persons(name: str) -> bool:
    """Say whether a column seems to be about persons, by its name.

    Examples
    --------
    >>> [is_about_persons(name) for name in ("E-mail", "Naam student", "Aantal studenten", "Naam project", "Thema")]
    [True, True, False, False, False]
    """
    words = fold(name.replace("-", "")).split()
    return bool(_WORDS & set(words)) and not _NOT_PERSONS & set(words)
