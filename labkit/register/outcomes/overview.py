"""What came of the projects: by stage, kind, direction and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.comparison.cells import Cell
from labkit.comparison.scope import CityLike
from labkit.errors import UnknownNameError
from labkit.language import t
from labkit.names import nearest
from labkit.register.book import Book
from labkit.register.coverage.charts import Bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.rows import MANY_AREAS, left_out
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.stages import SHOWN, nothing_known, result_on_record
from labkit.register.coverage.words import counted, projects
from labkit.register.options import names_options
from labkit.register.outcomes.changes import Changes
from labkit.register.outcomes.groups import BY, Group, Row
from labkit.register.vocabularies import DIRECTIONS, EVIDENCE, OUTCOME_KINDS, STAGES, UNKNOWN, Vocabulary

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

#: What an outcome says of itself, and its vocabulary.
SIDES: Mapping[str, Vocabulary] = {"kind": OUTCOME_KINDS, "direction": DIRECTIONS, "evidence": EVIDENCE}
_LOOKS = {"change": "high", "use": "middle", "output": "low", "none": "none", UNKNOWN: UNKNOWN}


class Outcomes(Finding):
    """How far projects reached, by theme, area, programme, year, level or partner; made by `outcomes`.

    Attributes
    ----------
    groups : list of Group
        One a theme, area, programme, year, level of education or kind of partner; those that are not known last.
    records : list of Outcome
        All outcomes of the projects that count.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> list(outcomes(leiden.register.book, leiden, by="area").table.columns)[2:8]
    ['projects', 'change', 'use', 'output', 'none', 'unknown']
    """

    def __init__(self, selection: Selection, by: str) -> None:
        self.selection, self.by = selection, by
        self._of = {one.id: selection.book.outcomes_of(one.id) for one in selection.projects}
        self.records = [each for found in self._of.values() for each in found]
        self.groups = [Group.of(row, self._of) for row in BY[by](selection)]
        self._all = Group.of(Row("", "", selection.projects), self._of)
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t(
                "Each project counts once, at the furthest stage of its outcomes: an output, then its use, then a change. A "
                "project without an outcome on record counts as unknown."
            ),
            t("Confirmed: an output, use or change with evidence from a partner, or established independently."),
            *_notes_on(by),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted by what."""
        by = {
            "theme": t("by theme"),
            "area": t("by area ({where})", where=self.selection.where),
            "programme": t("by programme"),
            "year": t("by year"),
            "level": t("by level of education"),
            "partner": t("by kind of partner"),
        }[self.by]
        return self.selection.titled(t("What came of the projects, {by}", by=by))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a theme, area, programme, year, level of education or kind of partner.

        Columns id, label, projects, change, use, output, none, unknown (projects of which it is the furthest stage;
        these five add up to projects), confirmed (projects with an output, use or change that others confirm), events
        (projects with results, all of which were only shown or held), outcomes (records).
        """
        import pandas as pd

        rows = [
            {
                "id": one.id,
                "label": one.label,
                "projects": one.projects,
                **one.furthest,
                "confirmed": one.confirmed,
                "events": one.events,
                "outcomes": one.outcomes,
            }
            for one in self.groups
        ]
        return pd.DataFrame(rows)

    def crossed(self, side: str) -> pd.DataFrame:
        """Count the outcomes themselves by stage and by their kind, direction or evidence.

        Parameters
        ----------
        side : {"kind", "direction", "evidence"}
            What the rows are.

        Returns
        -------
        DataFrame
            One row a value of the vocabulary, also without an outcome: id, label, then one column a stage, then
            `outcomes`. Every outcome counts once.

        Examples
        --------
        >>> import labkit as lk
        >>> outcomes(Book([]), lk.open_city("leiden")).crossed("evidence")["id"].tolist()
        ['none', 'self_reported', 'partner_confirmed', 'independent', 'unknown']
        """
        import pandas as pd

        vocabulary = SIDES[one_of(side, SIDES, "side")]
        counts = {id: dict.fromkeys(SHOWN, 0) for id in vocabulary.ids}
        for one in self.records:
            counts[getattr(one, side)][one.stage] += 1
        rows = [
            {"id": id, "label": vocabulary.label(id), **found, "outcomes": sum(found.values())}
            for id, found in counts.items()
        ]
        return pd.DataFrame(rows)

    @cached_property
    def changes(self) -> Changes:
        """What changed and what is in use: for whom, and on whose word."""
        return Changes(self.selection, [one for one in self.records if one.stage in ("change", "use")])

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar a group, told apart by the furthest stage; what is not known is always drawn."""
        series = {STAGES.label(stage): _LOOKS[stage] for stage in SHOWN}
        groups = self._shown()
        if self.by == "area" and len(self.selection.areas) > MANY_AREAS:
            groups = [one for one in groups if one.projects or one.id == UNKNOWN]
        bars = [Bar("", one.label, STAGES.label(stage), one.furthest[stage]) for one in groups for stage in SHOWN]
        left = left_out(len(self._shown()) - len(groups))
        return stacked(bars, series, title=self.title, unit=t("projects"), sources=self.sources, subtitle=left)

    def _shown(self) -> list[Group]:
        """Return the rows that are shown: an area always, anything else if it has projects or is what is not known."""
        codes = {area.code for area in self.selection.areas} if self.by == "area" else set()
        return [one for one in self.groups if one.projects or one.id in codes or one.id == UNKNOWN]

    def _sentences(self) -> list[str]:
        whole = self._all
        return [
            result_on_record(whole.furthest, whole.events),
            nothing_known(whole.furthest["none"], whole.furthest[UNKNOWN]),
            t("{count} with an output, use or change that others confirm.", count=projects(whole.confirmed)),
        ]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = [
            "",
            t("Projects"),
            *(STAGES.label(stage) for stage in SHOWN),
            t("Only shown or held"),
            t("Confirmed by others"),
        ]

        def row(name: str, one: Group) -> list[Cell]:
            numbers = (one.projects, *(one.furthest[stage] for stage in SHOWN), one.events, one.confirmed)
            return [Cell(name, "row"), *(Cell(counted(each), "n") for each in numbers)]

        rows = [row(one.label, one) for one in self._shown()]
        return heads, [*rows, row(t("All projects, each once"), self._all)]


def _notes_on(by: str) -> list[str]:
    """Say how a project counts in what the rows are."""
    if by in ("theme", "area"):
        return [t("A project on several themes, or in several areas, counts in each of them.")]
    if by in ("level", "partner"):
        return [t("A project with several levels, or with partners of several kinds, counts at each of them.")]
    return [t("The year is that of the start.")] if by == "year" else []


@names_options
def outcomes(
    book: Book,
    city: CityLike,
    by: str = "theme",
    level: str | None = None,
    within: str | Area | None = None,
    start: int | None = None,
    end: int | None = None,
    themes: str | Iterable[str] | None = None,
    today: date | str | None = None,
) -> Outcomes:
    """Say what came of the projects: by stage, kind, direction and evidence.

    Parameters
    ----------
    book : Book
        The records of a register.
    city : CityLike
        Whose areas they are set against.
    by : {"theme", "area", "programme", "year", "level", "partner"}
        What the rows are; "level" is that of education, "partner" the kind of partner.
    level, within, start, end, themes, today
        Which projects count, and where: see `labkit.register.coverage.coverage`.

    Returns
    -------
    Outcomes
        Shows itself; has `.table`, `.crossed(side)`, `.changes`, `.sentences`, `.notes` and `.chart()`.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.records import Project
    >>> made_up = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                   status="unknown", start="2021", themes=["safety"], levels=["hbo"], scope="unknown",
    ...                   involves_people=False)
    >>> outcomes(Book([made_up]), lk.open_city("leiden"), by="year").table[["label", "unknown"]].values.tolist()
    [['2021', 1], ['Year unknown', 0]]
    """
    return Outcomes(Selection(book, city, level, within, start, end, themes, today=today), one_of(by, BY, "by"))


def one_of(name: str, allowed: Iterable[str], what: str) -> str:
    """Return a choice, or say which there are."""
    several = list(allowed)
    if name in several:
        return name
    near = nearest(str(name), several, most=1)
    hint = t("Did you mean {names}?", names=near[0]) + " " if near else ""
    choices = t("Choose from {names}.", names=", ".join(several))
    raise UnknownNameError(t("{option} is {name}.", option=what, name=repr(name)) + f" {hint}{choices}", near)
