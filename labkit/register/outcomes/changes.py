"""What changed and what is in use: for whom, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register import when
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.stages import SHOWN, is_confirmed
from labkit.register.records import Outcome
from labkit.register.vocabularies import AUDIENCES, DIRECTIONS, EVIDENCE, STAGES
from labkit.register.wording import clean, title_of

if TYPE_CHECKING:
    import pandas as pd


class Changes(Finding):
    """What changed and what is in use, one row an outcome.

    Attributes
    ----------
    records : list of Outcome
        Changes first, then uses; by the id of their project.
    """

    def __init__(self, selection: Selection, records: Iterable[Outcome]) -> None:
        self.selection = selection
        self.records = sorted(records, key=lambda one: (SHOWN.index(one.stage), one.project, one.id))
        self.sources = [register_source(selection.book, selection.city)]
        counts = [sum(one.stage == stage for one in self.records) for stage in ("change", "use")]
        sure = sum(map(is_confirmed, self.records))
        self.sentences = [
            t(
                "On record: changes: {changes}; uses: {uses}; confirmed by others: {sure}.",
                changes=counts[0],
                uses=counts[1],
                sure=sure,
            )
        ]
        self.notes = [
            t(
                "A use: somebody works with the result. A change: somebody acts, decides or works otherwise than before."
            ),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is shown."""
        return self.selection.titled(t("What changed, for whom, and on whose word"))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an outcome.

        Columns id, project (id), project_title, stage, kind, statement, for_whom, direction, evidence, evidence_url,
        observed_on; values as in the records, and texts in the current language.
        """
        import pandas as pd

        columns = ("id", "project", "project_title", "stage", "kind", "statement", "for_whom", "direction", "evidence")
        rows = [
            (
                one.id,
                one.project,
                self._project(one),
                one.stage,
                one.kind,
                clean(one.text("statement")),
                "; ".join(one.for_whom),
                one.direction,
                one.evidence,
                one.evidence_url or "",
                one.observed_on or "",
            )
            for one in self.records
        ]
        return pd.DataFrame(rows, columns=[*columns, "evidence_url", "observed_on"])

    def _project(self, one: Outcome) -> str:
        found = self.selection.book.records.get(one.project)
        return title_of(found) if found is not None else one.project

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = [t("Project"), t("What came"), t("For whom"), t("Direction"), t("Evidence"), t("When")]
        rows: list[list[Cell]] = []
        stage = ""
        for one in self.records:
            if one.stage != stage:
                stage = one.stage
                rows.append([Cell(STAGES.label(stage), "group", span=len(heads))])
            whom = ", ".join(AUDIENCES.label(each) for each in one.for_whom)
            rows.append(
                [
                    Cell(self._project(one), "row"),
                    Cell(clean(one.text("statement"))),
                    Cell(whom),
                    Cell(DIRECTIONS.label(one.direction)),
                    Cell(EVIDENCE.label(one.evidence)),
                    Cell(when.shown(one.observed_on)) if one.observed_on else Cell(t("not stated"), "why"),
                ]
            )
        return heads, rows
