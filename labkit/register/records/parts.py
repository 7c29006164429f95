"""Parts that records of several kinds have: a partner with a role, and a place under an agreement."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import model_validator

from labkit.language import t
from labkit.register.fields import AgreementId, OneOf, PartnerId, Ref, Url, When, Words, field
from labkit.register.records.base import Block
from labkit.register.vocabularies import ROLES


class PartnerRole(Block):
    """A partner, and what it does here."""

    partner: Annotated[PartnerId, Ref("partner", "partner_in", inverse=True)] = field(
        "Partner", "Partner", "De id van een partner.", "The id of a partner.", required=True
    )
    role: Annotated[str, OneOf(ROLES)] = field(
        "Rol", "Role", "Wat doet deze partner hier?", "What does this partner do here?", required=True
    )
    start: When | None = field("Vanaf", "From")
    end: When | None = field("Tot en met", "Until")


class UnderAgreement(Block):
    """A place under an agreement: it is never derived from a name, somebody has to say so."""

    agreement: Annotated[AgreementId, Ref("agreement", "under_agreement")] = field(
        "Afspraak", "Agreement", "De id van een afspraak.", "The id of an agreement.", required=True
    )
    commitment: Words | None = field(
        "Toezegging",
        "Commitment",
        "De id van een toezegging in die afspraak.",
        "The id of a commitment in that agreement.",
    )
    source: Url | None = field("Bron", "Source", "De pagina die dit zegt.", "The page that says so.")
    confirmed_by: Words | None = field(
        "Bevestigd door",
        "Confirmed by",
        "De functie van wie dit bevestigt, als geen pagina het zegt.",
        "The function of who confirms it, where no page says so.",
    )

    @model_validator(mode="after")
    def _somebody_says_so(self) -> Self:
        if not (self.source or self.confirmed_by):
            message = t("Nobody says that this falls under the agreement.")
            raise ValueError(f"source|{message} {t('Give source or confirmed_by.')}")
        return self
