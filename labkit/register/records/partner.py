"""A partner: an organisation, never a person."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from labkit.register.fields import AreaCode, OneOf, PartnerId, Ref, Url, Words, field
from labkit.register.records.base import Record
from labkit.register.vocabularies import PARTNER_KINDS, PARTNER_SECTORS
from labkit.texts import Text


class Partner(Record):
    """A partner.

    Examples
    --------
    >>> Partner(id="org-police", visibility="public", name="Politie", kind="police").title
    'Politie'
    """

    KIND: ClassVar[str] = "partner"
    FOLDER: ClassVar[str] = "partners"
    LABELS: ClassVar[Text] = Text(nl="partner", en="partner")
    PLURALS: ClassVar[Text] = Text(nl="partners", en="partners")

    id: PartnerId = field("Id", "Id", required=True, standard="schema:identifier")
    name: Words = field(
        "Naam",
        "Name",
        "De naam van de organisatie.",
        "The name of the organisation.",
        required=True,
        standard="schema:legalName",
    )
    name_en: Words | None = field("Naam (Engels)", "Name (English)", "Als die anders is.", "If it is another one.")
    short_name: Words | None = field("Korte naam", "Short name", standard="schema:alternateName")
    kind: Annotated[str, OneOf(PARTNER_KINDS)] = field("Soort", "Kind", required=True, standard="schema:additionalType")
    sector: Annotated[str, OneOf(PARTNER_SECTORS)] | None = field("Sector", "Sector")
    part_of: Annotated[PartnerId, Ref("partner", "part_of")] | None = field(
        "Onderdeel van",
        "Part of",
        "De id van een partner.",
        "The id of a partner.",
        standard="schema:parentOrganization",
    )
    ror: Annotated[str, StringConstraints(pattern=r"^https://ror\.org/0[a-z0-9]{8}$")] | None = field(
        "ROR", "ROR", standard="schema:sameAs"
    )
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q\d+$")] | None = field(
        "Wikidata", "Wikidata", standard="schema:sameAs"
    )
    kvk: Annotated[str, StringConstraints(pattern=r"^\d{8}$")] | None = field(
        "KvK-nummer",
        "Chamber of Commerce number",
        "Acht cijfers tussen aanhalingstekens.",
        "Eight figures between quotes.",
    )
    website: Url | None = field("Website", "Website", standard="schema:url")
    areas: Annotated[list[AreaCode], Ref("area", "located_in")] = field(
        "Gebieden", "Areas", many=True, standard="schema:areaServed"
    )
    contact_function: Words | None = field(
        "Aanspreekpunt", "Contact", "Een functie, nooit een naam.", "A function, never a name."
    )

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        return Text(nl=self.name, en=self.name_en or self.name)()
