"""An outcome: what a project made, what was done with it, and what changed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from labkit.register.fields import OneOf, OutcomeId, PartnerId, ProjectId, Ref, Url, When, Words, field
from labkit.register.records.base import Record
from labkit.register.vocabularies import AUDIENCES, DIRECTIONS, EVIDENCE, OUTCOME_KINDS, STAGES
from labkit.texts import Text


class Outcome(Record):
    """An outcome (uitkomst).

    Examples
    --------
    >>> Outcome(
    ...     id="out-site", visibility="public", project="p-2023-site", stage="output", kind="website",
    ...     statement_en="The site went live.", direction="positive", evidence="self_reported",
    ... ).title
    'The site went live.'
    """

    KIND: ClassVar[str] = "outcome"
    FOLDER: ClassVar[str] = "outcomes"
    LABELS: ClassVar[Text] = Text(nl="uitkomst", en="outcome")
    PLURALS: ClassVar[Text] = Text(nl="uitkomsten", en="outcomes")
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ("statement",)

    id: OutcomeId = field("Id", "Id", required=True, standard="schema:identifier")
    project: Annotated[ProjectId, Ref("project", "produces", inverse=True)] = field(
        "Project",
        "Project",
        "De id van het project.",
        "The id of the project.",
        required=True,
        standard="cerif:Project_ResultProduct",
    )
    title_nl: Words | None = field(
        "Titel (Nederlands)", "Title (Dutch)", "Van een publicatie.", "Of a publication.", standard="schema:name"
    )
    title_en: Words | None = field("Titel (Engels)", "Title (English)", standard="schema:name")
    stage: Annotated[str, OneOf(STAGES)] = field(
        "Stadium",
        "Stage",
        "Een resultaat, gebruik ervan, of een verandering?",
        "An output, its use, or a change?",
        required=True,
    )
    kind: Annotated[str, OneOf(OUTCOME_KINDS)] = field("Soort", "Kind", required=True)
    statement_nl: Words | None = field(
        "Wat er kwam (Nederlands)",
        "What came (Dutch)",
        "Wie veranderde wat, wanneer en waar?",
        "Who changed what, when and where?",
        standard="schema:description",
    )
    statement_en: Words | None = field("Wat er kwam (Engels)", "What came (English)", standard="schema:description")
    for_whom: list[Annotated[str, OneOf(AUDIENCES)]] = field(
        "Voor wie", "For whom", many=True, standard="schema:audience"
    )
    direction: Annotated[str, OneOf(DIRECTIONS)] = field("Richting", "Direction", required=True)
    intended: bool | None = field(
        "Bedoeld", "Intended", "Was dit de bedoeling? true of false.", "Was this meant? true or false."
    )
    contribution_nl: Words | None = field(
        "Bijdrage (Nederlands)", "Contribution (Dutch)", "Wat droeg het project bij?", "What did the project add?"
    )
    contribution_en: Words | None = field("Bijdrage (Engels)", "Contribution (English)")
    significance_nl: Words | None = field(
        "Betekenis (Nederlands)", "Significance (Dutch)", "Waarom doet het ertoe?", "Why does it matter?"
    )
    significance_en: Words | None = field("Betekenis (Engels)", "Significance (English)")
    evidence: Annotated[str, OneOf(EVIDENCE)] = field(
        "Bewijs", "Evidence", "Wie zegt dat het zo is?", "Who says that it is so?", required=True
    )
    evidence_url: Url | None = field("Pagina met bewijs", "Page with evidence")
    observed_on: When | None = field("Gezien op", "Observed on")
    url: Url | None = field("Adres", "Address", standard="schema:url")
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = field(
        "DOI", "DOI", "Zoals 10.1000/182.", "Such as 10.1000/182."
    )
    publisher: Annotated[PartnerId, Ref("partner", "publishes", inverse=True)] | None = field(
        "Uitgever", "Publisher", standard="schema:publisher"
    )
    licence: Words | None = field(
        "Licentie",
        "Licence",
        "Een SPDX-naam, zoals CC-BY-4.0.",
        "An SPDX name, such as CC-BY-4.0.",
        standard="schema:license",
    )

    @property
    def title(self) -> str:
        """What it is called, or else what came, in the current language."""
        return self.text("title") or self.text("statement")
