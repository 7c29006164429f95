"""A question: what somebody in the city wants to know or to see done."""

from __future__ import annotations

from typing import Annotated, ClassVar

from labkit.register.fields import (
    AreaCode,
    OneOf,
    PartnerId,
    QuestionId,
    Ref,
    When,
    Words,
    field,
)
from labkit.register.records.base import Record
from labkit.register.vocabularies import ASKERS, FORMS, LEVELS, QUESTION_STATUS, SCOPES, THEMES_OR_UNKNOWN
from labkit.texts import Text


class Question(Record):
    """A question (vraag).

    Examples
    --------
    >>> Question(
    ...     id="q-2026-soup", visibility="public", title_en="Who comes to the soup mornings?", asker_kind="resident",
    ...     themes=["social_cohesion"], scope="unknown", status="new",
    ... ).title
    'Who comes to the soup mornings?'
    """

    KIND: ClassVar[str] = "question"
    FOLDER: ClassVar[str] = "questions"
    LABELS: ClassVar[Text] = Text(nl="vraag", en="question")
    PLURALS: ClassVar[Text] = Text(nl="vragen", en="questions")
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("title",)

    id: QuestionId = field("Id", "Id", required=True, standard="schema:identifier")
    title_nl: Words | None = field("Titel (Nederlands)", "Title (Dutch)", standard="schema:name")
    title_en: Words | None = field("Titel (Engels)", "Title (English)", standard="schema:name")
    text_nl: Words | None = field("Vraag (Nederlands)", "Question (Dutch)", standard="schema:description")
    text_en: Words | None = field("Vraag (Engels)", "Question (English)", standard="schema:description")
    asked_on: When | None = field("Gesteld op", "Asked on", standard="schema:dateCreated")
    asker_kind: Annotated[str, OneOf(ASKERS)] = field(
        "Wie vraagt het",
        "Who asks",
        "Welk soort vrager?",
        "Which kind of asker?",
        required=True,
        standard="schema:audienceType",
    )
    asker: Annotated[PartnerId, Ref("partner", "partner_in", inverse=True)] | None = field(
        "Vragende organisatie",
        "Asking organisation",
        "De id van een partner; nooit een persoon.",
        "The id of a partner; never a person.",
    )
    status: Annotated[str, OneOf(QUESTION_STATUS)] = field("Status", "Status", required=True, standard="cerif:Status")
    themes: list[Annotated[str, OneOf(THEMES_OR_UNKNOWN)]] = field(
        "Thema's", "Themes", required=True, many=True, standard="schema:about"
    )
    scope: Annotated[str, OneOf(SCOPES)] = field(
        "Waar",
        "Where",
        "Gaat het over een gebied, de hele stad of de regio?",
        "About an area, the whole city or the region?",
        required=True,
    )
    areas: Annotated[list[AreaCode], Ref("area", "located_in")] = field(
        "Gebieden",
        "Areas",
        "Codes van wijken of buurten.",
        "Codes of districts or neighbourhoods.",
        many=True,
        standard="schema:areaServed",
    )
    place_text: Words | None = field(
        "Plaats in woorden", "Place in words", "Zoals de bron het zegt.", "As the source says it."
    )
    fit: list[Annotated[str, OneOf(FORMS)]] = field(
        "Past in",
        "Fits",
        "Welke vormen van onderwijs?",
        "Which forms of education?",
        many=True,
        standard="schema:educationalUse",
    )
    levels: list[Annotated[str, OneOf(LEVELS)]] = field(
        "Niveaus", "Levels", many=True, standard="schema:educationalLevel"
    )
    intended_use_nl: Words | None = field(
        "Waarvoor (Nederlands)",
        "Intended use (Dutch)",
        "Wie gaat wat doen met het antwoord?",
        "Who will do what with the answer?",
    )
    intended_use_en: Words | None = field("Waarvoor (Engels)", "Intended use (English)")
    answer_by: When | None = field("Antwoord uiterlijk", "Answer by")
    answer_nl: Words | None = field(
        "Antwoord (Nederlands)",
        "Answer (Dutch)",
        "Wat ervan kwam, in gewone woorden.",
        "What came of it, in plain words.",
    )
    answer_en: Words | None = field("Antwoord (Engels)", "Answer (English)")
    contact_function: Words | None = field(
        "Aanspreekpunt", "Contact", "Een functie, nooit een naam.", "A function, never a name."
    )
