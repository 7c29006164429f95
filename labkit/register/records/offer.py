"""An offer: a course, minor, thesis round or honours class that can take a question up."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from labkit.register.fields import (
    AcademicYear,
    AreaCode,
    Count,
    OfferId,
    OneOf,
    PartnerId,
    Ref,
    Url,
    When,
    Words,
    field,
)
from labkit.register.records.base import Record
from labkit.register.vocabularies import FORMS, LEVELS, METHODS, OFFER_STATUS, SCOPES, THEMES
from labkit.texts import Text


class Offer(Record):
    """An offer (aanbod).

    Examples
    --------
    >>> Offer(
    ...     id="of-city-lab", visibility="public", title_en="City Lab", kind="honours", levels=["wo_bachelor"], status="unknown",
    ... ).kind
    'honours'
    """

    KIND: ClassVar[str] = "offer"
    FOLDER: ClassVar[str] = "offers"
    LABELS: ClassVar[Text] = Text(nl="aanbod", en="offer")
    PLURALS: ClassVar[Text] = Text(nl="aanbod", en="offers")
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("title",)

    id: OfferId = field("Id", "Id", required=True, standard="schema:identifier")
    title_nl: Words | None = field("Titel (Nederlands)", "Title (Dutch)", standard="schema:name")
    title_en: Words | None = field("Titel (Engels)", "Title (English)", standard="schema:name")
    text_nl: Words | None = field("Omschrijving (Nederlands)", "Description (Dutch)", standard="schema:description")
    text_en: Words | None = field("Omschrijving (Engels)", "Description (English)", standard="schema:description")
    institutions: Annotated[list[PartnerId], Ref("partner", "offers", inverse=True)] = field(
        "Instellingen",
        "Institutions",
        "Wie biedt het aan? Ids van partners.",
        "Who offers it? Ids of partners.",
        many=True,
        standard="schema:provider",
    )
    kind: Annotated[str, OneOf(FORMS)] = field("Vorm", "Form", required=True, standard="schema:educationalUse")
    status: Annotated[str, OneOf(OFFER_STATUS)] = field("Status", "Status", required=True)
    levels: list[Annotated[str, OneOf(LEVELS)]] = field(
        "Niveaus", "Levels", required=True, many=True, standard="schema:educationalLevel"
    )
    course_code: Words | None = field("Vakcode", "Course code", standard="schema:courseCode")
    ec: Annotated[float, Field(gt=0, le=120)] | None = field(
        "Studiepunten (EC)", "Credits (EC)", standard="schema:numberOfCredits"
    )
    academic_year: AcademicYear | None = field("Studiejaar", "Academic year", "Zoals 2025-2026.", "Such as 2025-2026.")
    semester: Annotated[int, Field(ge=1, le=2)] | None = field("Semester", "Semester", "1 of 2.", "1 or 2.")
    start: When | None = field("Begint", "Starts", standard="schema:startDate")
    end: When | None = field("Eindigt", "Ends", standard="schema:endDate")
    questions_by: When | None = field(
        "Vragen uiterlijk",
        "Questions by",
        "Tot wanneer kan een vraag worden aangemeld?",
        "Until when can a question be handed in?",
    )
    places: Count | None = field(
        "Plaatsen", "Places", "Voor hoeveel vragen of groepen?", "For how many questions or groups?"
    )
    themes: list[Annotated[str, OneOf(THEMES)]] = field(
        "Thema's", "Themes", "Leeg: niet genoemd.", "Empty: not stated.", many=True, standard="schema:about"
    )
    methods: list[Annotated[str, OneOf(METHODS)]] = field("Methoden", "Methods", many=True)
    scope: Annotated[str, OneOf(SCOPES)] | None = field(
        "Waar",
        "Where",
        "Leeg: niet genoemd. city: overal in de stad.",
        "Empty: not stated. city: anywhere in the city.",
    )
    areas: Annotated[list[AreaCode], Ref("area", "located_in")] = field("Gebieden", "Areas", many=True)
    contact_function: Words | None = field(
        "Aanspreekpunt", "Contact", "Een functie, nooit een naam.", "A function, never a name."
    )
    website: Url | None = field("Website", "Website", standard="schema:url")
