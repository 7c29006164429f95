"""Numbers and addresses by which a person can be reached or recognised.

Sources: e-mail and telephone numbers, home addresses and the citizen service number (BSN) are personal data (GDPR
article 4; the BSN may only be used where a law says so: article 46 UAVG). A BSN has nine digits that pass the
"elfproef"; an IBAN passes ISO 7064 mod 97-10; Dutch numbers have ten digits, or +31 and nine; a Dutch postcode is
four digits, not beginning with 0, and two letters, never SA, SD or SS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.register.checks.personal.sighting import Sighting

_EMAIL = re.compile(r"[\w.+-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)31[\s.-]?(?:\(0\)[\s.-]?)?[1-9](?:[\s.-]?\d){8}|06[\s.-]?[1-9](?:[\s.-]?\d){7}"
    r"|\(?0[1-57]\d{1,2}\)?[\s.-]\d(?:[\s.-]?\d){5,6})(?![\w-])"
)
_STREETS = (
    r"(?:straat|laan|weg|plein|hof|kade|gracht|singel|plantsoen|steeg|pad|dijk|markt|haven|burg|rijn|dreef|erf|veld"
    r"|wal|baan|donk|akker|plaats|vaart|werf)"
)
#: What stands behind a number of things, not behind the number of a house.
_COUNTED = (
    r"(?:studenten|students|bewoners|residents|mensen|people|kinderen|children|huizen|houses|huishoudens|households|winkels"
    r"|shops|woningen|homes|bomen|trees|projecten|projects|jaar|years?|keer|times|uur|hours?|minuten|minutes|dagen|days|weken|weeks"
    r"|maanden|months|euro|procent|percent|groepen|groups|plekken|places|km|meter|m2|graden|deelnemers|participants|vrijwilligers"
    r"|volunteers|ondernemers|tuinen|gardens|interviews|gesprekken|enquêtes|surveys|panden|bedrijven|organisaties)"
)
_ADDRESS = re.compile(
    rf"\b(?:[A-Z][\w’'.-]*?(?:{_STREETS}|straatje|laantje|hofje)|(?:Oude|Nieuwe|Lange|Korte|Hoge|Lage|Witte) (?:Rijn|Singel|Vest|Gracht|Mare|Haven))"
    rf" (?!(?:19|20)\d\d\b)\d{{1,4}}(?!\d)(?:\s?[a-zA-Z]\b|-\d{{1,4}}\b|-[IVX]+\b)?(?![\d%,.]\d|%| {_COUNTED}\b)"
    r"|(?<![\w.])\d{1,4}[a-z]? (?:[A-Z]\w+ )+(?:Street|Road|Lane|Avenue|Close|Drive)\b"
)
_POSTCODE = re.compile(r"(?<![\w-])(?P<digits>[1-9]\d{3}) ?(?P<letters>[A-Z]{2})(?![\w-])(?P<place>,? [A-Z][a-z]+)?")
_NINE = re.compile(r"(?<![\w.,/-])\d{9}(?![\w-]|[.,]\d)|(?<![\w.,/-])\d{4}[. ]\d{2}[. ]\d{3}(?![\w-]|[.,]\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_NO_LETTERS = frozenset(("SA", "SD", "SS"))
#: Behind a round number or a year these are a unit or an organisation, not the letters of a postcode.
_UNITS = frozenset(
    "AD BC BV CO EC EN EU GB GM HL IS KB KM KW LU MB NL NV OM PO TB UK UL UN US UT UU UV VO VS WO".split()
)


def emails_in(text: str) -> Iterator[Sighting]:
    """Yield e-mail addresses, also written with (at)."""
    if "@" in text or "(at)" in text or "[at]" in text:
        yield from (Sighting("email", *one.span()) for one in _EMAIL.finditer(text))


def numbers_in(text: str) -> Iterator[Sighting]:
    """Yield phone numbers, IBANs and what passes for a BSN.

    Examples
    --------
    >>> [one.rule for one in numbers_in("Bel 06-12345678 of 071 527 2727; in 2021-2022 deden 120 mensen mee")]
    ['phone', 'phone']
    """
    accounts = [Sighting("iban", *one.span()) for one in _IBAN.finditer(text) if _is_iban(one.group())]
    yield from accounts
    for one in _PHONE.finditer(text):
        if not any(account.start < one.end() and one.start() < account.end for account in accounts):
            yield Sighting("phone", *one.span())
    for one in _NINE.finditer(text):
        before = text[max(0, one.start() - 12) : one.start()].casefold()
        if _is_bsn(one.group()) and not any(word in before for word in ("rsin", "kvk", "btw", "isbn", "doi")):
            yield Sighting("bsn", *one.span())


def addresses_in(text: str) -> Iterator[Sighting]:
    """Yield streets with the number of a house, and postcodes.

    Examples
    --------
    >>> text = "Haarlemmerstraat 12, 2312 DN Leiden. In de Haarlemmerstraat 12 winkels, in 2023 UL en HL."
    >>> [(one.rule, text[one.start : one.end]) for one in addresses_in(text)]
    [('address', 'Haarlemmerstraat 12'), ('postcode', '2312 DN')]
    """
    yield from (Sighting("address", *one.span()) for one in _ADDRESS.finditer(text))
    for one in _POSTCODE.finditer(text):
        digits, letters = one["digits"], one["letters"]
        if letters in _NO_LETTERS:
            continue
        year = 1900 <= int(digits) < 2100
        if (year or int(digits) % 100 == 0) and (letters in _UNITS or not one["place"]):
            continue
        yield Sighting("postcode", one.start(), one.end("letters"))


def _is_bsn(text: str) -> bool:
    """Say whether nine digits pass the test of eleven.

    Examples
    --------
    >>> _is_bsn("111222333"), _is_bsn("123456789")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return total % 11 == 0 and any(digits)


def _is_iban(text: str) -> bool:
    """Say whether an account number passes the test of 97."""
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(one, 36)) for one in plain[4:] + plain[:4])) % 97 == 1
