"""What came of the projects, and on whose word: question 5 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.charts import Bar, bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.stages import (
    BEYOND,
    REACHED,
    SHOWN,
    is_confirmed,
    nothing_known,
    only_event,
    result_on_record,
)
from labkit.register.coverage.words import counted, in_brackets, projects, share
from labkit.register.records import Outcome
from labkit.register.tables import furthest_stage
from labkit.register.vocabularies import STAGES, UNKNOWN

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Evidence(Finding):
    """How many projects reached an output, a use or a change, and of how many others than the project say so.

    Attributes
    ----------
    furthest : dict
        Stage -> number of projects of which it is the furthest; each project counts once.
    any : dict
        Stage -> number of projects with an outcome at it; a project counts at each stage that it has.
    confirmed : dict
        Stage -> of these, how many with evidence of that outcome beyond the project's own word.
    no_record : int
        How many projects have no outcome on record; they are among those of which the stage is not known.
    confirmed_once : int
        How many projects have an output, use or change with evidence beyond their own word.
    confirmed_else : int
        How many others have such evidence, but only of an outcome that is none of these, or whose stage is not known.
    events : int
        How many projects have results, all of which were only shown or held.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Evidence(Selection(Book([]), lk.open_city("leiden"))).furthest
    {'change': 0, 'use': 0, 'output': 0, 'none': 0, 'unknown': 0}
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.furthest = dict.fromkeys(SHOWN, 0)
        self.any = dict.fromkeys(SHOWN, 0)
        self.confirmed = dict.fromkeys(REACHED, 0)
        self._furthest_confirmed = dict.fromkeys(REACHED, 0)
        self.no_record = self.confirmed_once = self.confirmed_else = self.events = 0
        for project in selection.projects:
            self._count(selection.book.outcomes_of(project.id))
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t(
                "Confirmed by others: of an output, use or change there is evidence beyond the project's own word: a "
                "partner confirmed it, or it was established independently."
            ),
            *self._else(),
            t("At this stage at all: also where another outcome of the project reached further."),
            t(
                "None: a record says that somebody looked and nothing came. A project without an outcome on record counts "
                "as unknown ({count}).",
                count=self.no_record,
            ),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted where."""
        return self.selection.titled(t("What came of the projects"))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a stage, the furthest first.

        Columns stage, label, furthest (projects of which it is the furthest stage: each counts once), share (of all
        projects, in percent), any (projects with an outcome at this stage), confirmed (of these, with evidence of it
        beyond the project's own word; missing for none and unknown).
        """
        import pandas as pd

        total = len(self.selection.projects)
        rows = [
            {
                "stage": stage,
                "label": STAGES.label(stage),
                "furthest": self.furthest[stage],
                "share": 100 * self.furthest[stage] / total if total else None,
                "any": self.any[stage],
                "confirmed": self.confirmed.get(stage),
            }
            for stage in SHOWN
        ]
        return pd.DataFrame(rows).astype({"share": "float64", "confirmed": "Int64"})

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar a stage: each project at its furthest, told apart by whose word there is."""
        series = {t("confirmed by others"): "high", t("own word only"): "low", t("unknown or none"): UNKNOWN}
        names = list(series)
        bars = []
        for stage in SHOWN:
            known = self._furthest_confirmed.get(stage, 0)
            rest = names[1] if stage in REACHED else names[2]
            if known:
                bars.append(Bar("", STAGES.label(stage), names[0], known))
            bars.append(Bar("", STAGES.label(stage), rest, self.furthest[stage] - known))
        return stacked(bars, series, title=self.title, unit=t("projects, each at its furthest"), sources=self.sources)

    def _count(self, outcomes: list[Outcome]) -> None:
        """Count one project."""
        stage = furthest_stage(outcomes)
        self.furthest[stage] += 1
        if not outcomes:
            self.no_record += 1
            self.any[UNKNOWN] += 1
            return
        for one in {each.stage for each in outcomes}:
            self.any[one] += 1
        confirmed = {each.stage for each in outcomes if is_confirmed(each)}
        for one in confirmed:
            self.confirmed[one] += 1
        if confirmed:
            self.confirmed_once += 1
            self._furthest_confirmed[stage] += 1
        else:
            self.confirmed_else += any(each.evidence in BEYOND for each in outcomes)
        self.events += only_event(outcomes)

    def _else(self) -> list[str]:
        if not self.confirmed_else:
            return []
        return [
            t(
                "Not in this count: {count} with such evidence only of an outcome whose stage is none or not known.",
                count=projects(self.confirmed_else),
            )
        ]

    def _sentences(self) -> list[str]:
        total = len(self.selection.projects)
        return [
            result_on_record(self.furthest, self.events),
            nothing_known(self.furthest["none"], self.furthest[UNKNOWN]),
            t(
                "With evidence beyond the project's own word of an output, use or change: {count}{share}.",
                count=self.confirmed_once,
                share=in_brackets(share(self.confirmed_once, total)),
            ),
        ]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = [t("Stage"), t("Furthest"), "", t("Share"), t("At this stage at all"), t("Confirmed by others")]
        total = len(self.selection.projects)
        rows = []
        for stage in SHOWN:
            found = self.furthest[stage]
            rows.append(
                [
                    Cell(STAGES.label(stage), "row"),
                    Cell(counted(found), "n"),
                    Cell("", picture=bar(found, max([1, *self.furthest.values()]), quiet=stage == UNKNOWN)),
                    Cell(share(found, total), "n"),
                    Cell(counted(self.any[stage]), "n"),
                    Cell(counted(self.confirmed[stage]) if stage in self.confirmed else "", "n"),
                ]
            )
        return heads, rows
