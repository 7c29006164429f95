"""An agreement between partners, and what each of them promised in it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from labkit.register.fields import AgreementId, Count, OneOf, PartnerId, Ref, Url, When, Words, field
from labkit.register.records.base import Block, Record
from labkit.register.records.parts import UnderAgreement
from labkit.register.vocabularies import AGREEMENT_KINDS, AGREEMENT_STATUS, COMMITMENT_STATUS, PARTY_ROLES
from labkit.texts import Text


class Party(Block):
    """A partner that is party to an agreement."""

    partner: Annotated[PartnerId, Ref("partner", "party_to", inverse=True)] = field(
        "Partij", "Party", "De id van een partner.", "The id of a partner.", required=True
    )
    role: Annotated[str, OneOf(PARTY_ROLES)] = field("Rol", "Role", required=True)
    start: When | None = field("Vanaf", "From", "Als die later meedeed.", "If it joined later.")
    end: When | None = field("Tot en met", "Until")


class Commitment(Block):
    """One promise in an agreement: who does what, by when, and how that is seen."""

    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("text",)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = field(
        "Id", "Id", "Kort en vast, zoals buurtprojecten.", "Short and fixed, such as projects.", required=True
    )
    text_nl: Words | None = field("Toezegging (Nederlands)", "Commitment (Dutch)")
    text_en: Words | None = field("Toezegging (Engels)", "Commitment (English)")
    parties: Annotated[list[PartnerId], Ref("partner", "committed_to", inverse=True)] = field(
        "Door wie", "By whom", "Ids van partners.", "Ids of partners.", many=True
    )
    due: When | None = field("Uiterlijk", "Due")
    measure_nl: Words | None = field("Waaraan te zien (Nederlands)", "How it is seen (Dutch)")
    measure_en: Words | None = field("Waaraan te zien (Engels)", "How it is seen (English)")
    status: Annotated[str, OneOf(COMMITMENT_STATUS)] = field("Status", "Status", required=True)
    source: Url | None = field("Bron", "Source")


class Agreement(Record):
    """An agreement (afspraak).

    Examples
    --------
    >>> Agreement(
    ...     id="ag-grant", visibility="public", title_en="Grant", kind="grant", status="ended", start="2023", end="2025",
    ...     amount_eur=500000,
    ... ).end
    '2025'
    """

    KIND: ClassVar[str] = "agreement"
    FOLDER: ClassVar[str] = "agreements"
    LABELS: ClassVar[Text] = Text(nl="afspraak", en="agreement")
    PLURALS: ClassVar[Text] = Text(nl="afspraken", en="agreements")
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("title",)

    id: AgreementId = field("Id", "Id", required=True, standard="schema:identifier")
    title_nl: Words | None = field("Titel (Nederlands)", "Title (Dutch)", standard="schema:name")
    title_en: Words | None = field("Titel (Engels)", "Title (English)", standard="schema:name")
    text_nl: Words | None = field("Omschrijving (Nederlands)", "Description (Dutch)", standard="schema:description")
    text_en: Words | None = field("Omschrijving (Engels)", "Description (English)", standard="schema:description")
    kind: Annotated[str, OneOf(AGREEMENT_KINDS)] = field("Soort", "Kind", required=True)
    status: Annotated[str, OneOf(AGREEMENT_STATUS)] = field("Status", "Status", required=True)
    signed_on: When | None = field("Getekend op", "Signed on")
    start: When = field(
        "Begin",
        "Start",
        "Een datum, een jaar of unknown.",
        "A date, a year or unknown.",
        required=True,
        standard="schema:startDate",
    )
    end: When | None = field(
        "Einde",
        "End",
        "Leeg: nog open. Anders een datum, een jaar of unknown.",
        "Empty: still open. Else a date, a year or unknown.",
        standard="schema:endDate",
    )
    parties: list[Party] = field("Partijen", "Parties", many=True)
    commitments: list[Commitment] = field("Toezeggingen", "Commitments", many=True)
    renews: Annotated[AgreementId, Ref("agreement", "renews")] | None = field(
        "Vernieuwt", "Renews", standard="datacite:IsNewVersionOf"
    )
    under_agreement: list[UnderAgreement] = field("Valt onder", "Under agreement", many=True)
    amount_eur: Count | Literal["unknown"] | None = field(
        "Bedrag in euro",
        "Amount in euros",
        "Een geheel getal, of unknown.",
        "A whole number, or unknown.",
        standard="schema:amount",
    )
    text_url: Url | None = field("Tekst van de afspraak", "Text of the agreement", standard="schema:url")
    reporting_nl: Words | None = field(
        "Verslag (Nederlands)", "Reporting (Dutch)", "Hoe vaak, en aan wie?", "How often, and to whom?"
    )
    reporting_en: Words | None = field("Verslag (Engels)", "Reporting (English)")
