"""A project: what students, lecturers and researchers did with the city."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from labkit.register.fields import (
    AcademicYear,
    AreaCode,
    Count,
    OfferId,
    OneOf,
    OutcomeId,
    ProjectId,
    QuestionId,
    Ref,
    Url,
    When,
    Words,
    YesNo,
    field,
)
from labkit.register.records.base import Block, Record
from labkit.register.records.parts import PartnerRole, UnderAgreement
from labkit.register.vocabularies import (
    CONSENT,
    DATA_CLASSES,
    DPIA,
    EHEALTH_PHASES,
    ETHICS,
    LEVELS,
    METHODS,
    PARTICIPATION,
    PROJECT_KINDS,
    PROJECT_STATUS,
    SCOPES,
    THEMES_OR_UNKNOWN,
)
from labkit.texts import Text


class Handover(Block):
    """What the next group needs, so that it can start where this one stopped."""

    open_ends_nl: Words | None = field(
        "Open einden (Nederlands)", "Open ends (Dutch)", "Wat is nog niet beantwoord?", "What is not yet answered?"
    )
    open_ends_en: Words | None = field("Open einden (Engels)", "Open ends (English)")
    data_at: Words | None = field(
        "Waar zijn de data",
        "Where the data are",
        "Een plek of adres; geen naam.",
        "A place or address of a page; no name.",
    )
    material_at: Words | None = field("Waar is het materiaal", "Where the material is")
    contact_function: Words | None = field(
        "Wie te vragen", "Whom to ask", "Een functie, nooit een naam.", "A function, never a name."
    )
    advice_nl: Words | None = field(
        "Raad (Nederlands)",
        "Advice (Dutch)",
        "Wat zou je de volgende groep aanraden?",
        "What would you advise the next group?",
    )
    advice_en: Words | None = field("Raad (Engels)", "Advice (English)")
    updated_on: When | None = field("Bijgewerkt op", "Updated on")


class EHealth(Block):
    """What must be known of a project on eHealth, after the project conditions of the National eHealth Living Lab."""

    application: Words = field(
        "Toepassing", "Application", "Wat is het, en wat doet het?", "What is it, and what does it do?", required=True
    )
    target_group: Words = field("Doelgroep", "Target group", required=True)
    needs_known: Words | None = field(
        "Behoefte", "Needs", "Hoe is bekend wat gebruikers nodig hebben?", "How is it known what users need?"
    )
    inclusion: Words = field(
        "Toegankelijkheid", "Inclusion", "Taal en digitale vaardigheid.", "Language and digital skill.", required=True
    )
    phase: Annotated[str, OneOf(EHEALTH_PHASES)] = field("Fase", "Phase", required=True)
    study_kind: Words | None = field("Soort studie", "Kind of study")
    device_state: Words | None = field(
        "Medisch hulpmiddel", "Medical device", "Valt het onder de MDR?", "Does it fall under the MDR?"
    )
    guideline: Words | None = field("Richtlijn of norm", "Guideline or norm")
    lab_role: Words | None = field("Rol van het lab", "Role of the lab")
    participants: Words | None = field(
        "Deelnemers", "Participants", "Een klasse, zoals 10-49.", "A band, such as 10-49."
    )
    negative_published: YesNo | None = field(
        "Ook negatieve uitkomsten openbaar",
        "Negative results published too",
        "true, false of unknown.",
        "true, false or unknown.",
    )
    scaling: Words | None = field("Opschaling", "Scaling")


class Project(Record):
    """A project.

    Examples
    --------
    >>> Project(
    ...     id="p-2021-tenants", visibility="public", title_en="Social capacity of tenants", summary_en="A survey.",
    ...     programme="own", kind="thesis", status="finished", start="2021", themes=["social_cohesion"],
    ...     levels=["unknown"], scope="unknown", involves_people=True,
    ... ).start
    '2021'
    """

    KIND: ClassVar[str] = "project"
    FOLDER: ClassVar[str] = "projects"
    LABELS: ClassVar[Text] = Text(nl="project", en="project")
    PLURALS: ClassVar[Text] = Text(nl="projecten", en="projects")
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("title", "summary")

    id: ProjectId = field("Id", "Id", required=True, standard="schema:identifier")
    pid: Url | None = field(
        "Blijvend adres",
        "Persistent identifier",
        "Een RAiD of DOI als adres.",
        "A RAiD or DOI as an address.",
        standard="cerif:Identifier",
    )
    title_nl: Words | None = field("Titel (Nederlands)", "Title (Dutch)", standard="cerif:Title")
    title_en: Words | None = field("Titel (Engels)", "Title (English)", standard="cerif:Title")
    summary_nl: Words | None = field(
        "Samenvatting (Nederlands)",
        "Summary (Dutch)",
        "Wat is gevraagd en gedaan?",
        "What was asked and done?",
        standard="cerif:Abstract",
    )
    summary_en: Words | None = field("Samenvatting (Engels)", "Summary (English)", standard="cerif:Abstract")
    programme: Words = field(
        "Programma",
        "Programme",
        "De id van een programma in register.yaml, of other of unknown.",
        "The id of a programme in register.yaml, or other or unknown.",
        required=True,
        standard="schema:isPartOf",
    )
    kind: Annotated[str, OneOf(PROJECT_KINDS)] = field("Soort", "Kind", required=True, standard="cerif:Type")
    status: Annotated[str, OneOf(PROJECT_STATUS)] = field("Status", "Status", required=True, standard="cerif:Status")
    start: When = field(
        "Begin",
        "Start",
        "2021, 2021-06, 2021-06-14 of unknown.",
        "2021, 2021-06, 2021-06-14 or unknown.",
        required=True,
        standard="cerif:StartDate",
    )
    end: When | None = field("Einde", "End", standard="cerif:EndDate")
    academic_year: AcademicYear | None = field("Studiejaar", "Academic year", "Zoals 2025-2026.", "Such as 2025-2026.")
    semester: Annotated[int, Field(ge=1, le=2)] | None = field("Semester", "Semester", "1 of 2.", "1 or 2.")
    themes: list[Annotated[str, OneOf(THEMES_OR_UNKNOWN)]] = field(
        "Thema's",
        "Themes",
        "Het belangrijkste eerst.",
        "The most important first.",
        required=True,
        many=True,
        standard="schema:about",
    )
    sdg: list[Annotated[int, Field(ge=1, le=17)]] = field(
        "SDG's", "SDGs", "Nummers van 1 tot en met 17.", "Numbers from 1 to 17.", many=True
    )
    levels: list[Annotated[str, OneOf(LEVELS)]] = field(
        "Niveaus",
        "Levels",
        "Wie deed mee? Of unknown.",
        "Who took part? Or unknown.",
        required=True,
        many=True,
        standard="schema:educationalLevel",
    )
    offer: Annotated[OfferId, Ref("offer", "part_of_course")] | None = field(
        "Vak of ronde",
        "Course or round",
        "De id van het aanbod waarin dit gebeurde.",
        "The id of the offer in which this was done.",
    )
    course_code: Words | None = field("Vakcode", "Course code", standard="schema:courseCode")
    course_name: Words | None = field("Vak", "Course")
    ec: Annotated[float, Field(gt=0, le=120)] | None = field("Studiepunten (EC)", "Credits (EC)")
    students: Count | None = field(
        "Aantal studenten",
        "Number of students",
        "Leeg: niet genoemd.",
        "Empty: not stated.",
        standard="schema:numberOfParticipants",
    )
    students_text: Words | None = field(
        "Studenten in woorden", "Students in words", "Zoals de bron het zegt.", "As the source says it."
    )
    methods: list[Annotated[str, OneOf(METHODS)]] = field(
        "Methoden", "Methods", many=True, standard="schema:measurementTechnique"
    )
    participation: Annotated[str, OneOf(PARTICIPATION)] | None = field(
        "Bewoners", "Residents", "Hoe deden bewoners mee?", "How did residents take part?", standard="IAP2"
    )
    on_site: YesNo | None = field(
        "In de wijk zelf",
        "On site",
        "Gebeurde het in de wijk zelf? true, false of unknown.",
        "Was it done in the neighbourhood itself? true, false or unknown.",
    )
    scope: Annotated[str, OneOf(SCOPES)] = field(
        "Waar",
        "Where",
        "Een gebied, de hele stad, de regio of unknown.",
        "An area, the whole city, the region or unknown.",
        required=True,
    )
    areas: Annotated[list[AreaCode], Ref("area", "located_in")] = field(
        "Gebieden",
        "Areas",
        "Codes van wijken of buurten; alleen bij scope areas.",
        "Codes of districts or neighbourhoods; only with scope areas.",
        many=True,
        standard="schema:areaServed",
    )
    place_text: Words | None = field(
        "Plaats in woorden", "Place in words", "Zoals de bron het zegt.", "As the source says it."
    )
    venue: Words | None = field(
        "Locatie",
        "Venue",
        "Alleen een openbare plek, zoals een buurthuis.",
        "A public place only, such as a community centre.",
        standard="schema:location",
    )
    involves_people: YesNo = field(
        "Doen mensen mee",
        "Involves people",
        "Worden mensen ondervraagd, bekeken of gemeten?",
        "Are people asked, watched or measured?",
        required=True,
    )
    ethics_route: Annotated[str, OneOf(ETHICS)] | None = field(
        "Ethische toets", "Ethics route", standard="schema:ethicsPolicy"
    )
    ethics_ref: Words | None = field("Kenmerk van de toets", "Ethics reference")
    ethics_date: When | None = field("Datum van de toets", "Date of the review")
    data_class: Annotated[str, OneOf(DATA_CLASSES)] | None = field("Persoonsgegevens", "Personal data")
    dpia: Annotated[str, OneOf(DPIA)] | None = field("DPIA", "DPIA")
    consent: Annotated[str, OneOf(CONSENT)] | None = field("Toestemming", "Consent")
    dmp_url: Url | None = field("Datamanagementplan", "Data management plan")
    storage: Words | None = field("Opslag", "Storage", "Waar liggen de data veilig?", "Where are the data kept safe?")
    keep_until: When | None = field("Bewaren tot", "Keep until")
    k_min: Annotated[int, Field(ge=2)] | None = field(
        "Kleinste aantal (k)",
        "Smallest number (k)",
        "Kleinere aantallen personen worden niet getoond.",
        "Smaller numbers of people are not shown.",
    )
    ehealth: EHealth | None = field("eHealth", "eHealth")
    funding: Words | None = field("Financiering", "Funding", standard="schema:funding")
    licence: Words | None = field(
        "Licentie",
        "Licence",
        "Een SPDX-naam, zoals CC-BY-4.0.",
        "An SPDX name, such as CC-BY-4.0.",
        standard="schema:license",
    )
    partners: list[PartnerRole] = field("Partners", "Partners", many=True, standard="cerif:Consortium")
    addresses: Annotated[list[QuestionId], Ref("question", "addresses")] = field(
        "Beantwoordt", "Addresses", "Ids van vragen.", "Ids of questions.", many=True
    )
    raises: Annotated[list[QuestionId], Ref("question", "raises")] = field(
        "Roept op", "Raises", "Ids van nieuwe vragen.", "Ids of new questions.", many=True
    )
    builds_on: Annotated[list[ProjectId], Ref("project", "builds_on")] = field(
        "Bouwt voort op",
        "Builds on",
        "Ids van eerdere projecten.",
        "Ids of earlier projects.",
        many=True,
        standard="datacite:Continues",
    )
    reuses: Annotated[list[OutcomeId], Ref("outcome", "reuses")] = field(
        "Hergebruikt",
        "Reuses",
        "Ids van uitkomsten van andere projecten.",
        "Ids of outcomes of other projects.",
        many=True,
        standard="datacite:IsDerivedFrom",
    )
    under_agreement: list[UnderAgreement] = field("Valt onder", "Under agreement", many=True)
    handover: Handover | None = field("Overdracht", "Handover")
