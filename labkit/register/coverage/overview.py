"""Coverage: all questions about where projects are, asked of one selection, and shown as one overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.comparison.cells import Cell, shown
from labkit.comparison.scope import CityLike
from labkit.errors import NoFiguresError, WrongUseError
from labkit.language import t
from labkit.register.book import Book
from labkit.register.coverage.charts import bar
from labkit.register.coverage.continuity import Continuity
from labkit.register.coverage.evidence import Evidence
from labkit.register.coverage.finding import Finding
from labkit.register.coverage.gaps import Gaps
from labkit.register.coverage.initiatives import Initiatives
from labkit.register.coverage.need import Need
from labkit.register.coverage.participants import Participants
from labkit.register.coverage.presence import Presence
from labkit.register.coverage.residents import PerResidents, range_shown, year_note
from labkit.register.coverage.rows import under_heads
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.sensitivity import Sensitivity
from labkit.register.coverage.visibility import Visibility
from labkit.register.coverage.waiting import Waiting
from labkit.register.coverage.words import capital, counted
from labkit.register.options import names_options

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


class Coverage(Finding):
    """Where projects are, where none is, and what is not known; made by `coverage`.

    Each question is an attribute or a method that gives a small result with `.table`, `.sentences`, `.notes` and,
    where a picture helps, `.chart()`: `presence`, `around`, `per_residents()`, `gaps()`, `against()`, `visibility`,
    `evidence`, `continuity`, `waiting`, `participants`, `sensitivity()`, `initiatives`.

    Attributes
    ----------
    selection : Selection
        Which projects count, and where.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> found = coverage(leiden.register.book, leiden)
    >>> found.table["group"].unique().tolist()
    ['areas', 'coarser', 'city', 'region', 'outside', 'elsewhere', 'unknown']
    >>> [tally.area.name for tally in found.presence.most]
    ['Leiden-Noord']
    """

    def __init__(self, selection: Selection, need: str | None = None, residents: str | None = None) -> None:
        self.selection = selection
        self._need = need
        self._residents = residents
        self.sources = list(self.presence.sources)
        self.notes = list(self.presence.notes)
        try:
            self._rates = {one.tally.key: one for one in self.per_residents().rates}
            self.sources = self.per_residents().sources
            self.notes[1:1] = [self._about_rates(), *year_note(selection)]
        except NoFiguresError as reason:
            self._rates = {}
            self.notes.insert(1, t("There is no column per 1,000 residents. {reason}", reason=reason))
        self.notes[-1:-1] = [*self.visibility.notes[:2], t("(4?) means: of 4 projects it is not known.")]
        if self._has_around:
            self.notes.append(t("A project in the whole city counts for {city}.", city=selection.city.home.name))
        if need is not None:
            beside = self.against()
            self.sources = list(dict.fromkeys([*self.sources, *beside.sources]))
            self.notes += [note for note in beside.figure_notes if note not in self.notes]
        self.notes.append(
            t(
                "Ask further with {names}.",
                names=".around, .per_residents(), .gaps(), .against(), .visibility, .evidence, .continuity, .waiting, "
                ".participants, .initiatives, .sensitivity()",
            )
        )

    @property
    def title(self) -> str:
        """What is covered."""
        return t("Where projects are: {about}", about=self.selection.about)

    @property
    def table(self) -> pd.DataFrame:
        """The main table, one row an area or group: see `Presence.table`."""
        return self.presence.table

    @cached_property
    def sentences(self) -> list[str]:  # type: ignore[override]
        """The headlines."""
        said = [*self.presence.sentences, self.evidence.sentences[0], self.continuity.sentences[0]]
        said.append(self.waiting.sentences[0])
        if self._need is not None:
            said.append(" ".join([f"{self.against().title}.", *self.against().sentences]))
        return said

    @cached_property
    def presence(self) -> Presence:
        """Question 1: which areas have none, one or two, three or more."""
        return Presence(self.selection)

    @cached_property
    def around(self) -> Presence | None:
        """Question 1, for the areas of the city's own level in its region: its municipality among the others."""
        home, region = self.selection.city.home, self.selection.city.region
        if region is None or not self.selection.city.areas.of_level(home.level, region):
            return None
        return Presence(self.selection.again(level=home.level, within=region))

    @names_options
    def per_residents(self, residents: str | None = None, year: int | None = None) -> PerResidents:
        """Question 2: projects per 1,000 residents, as ranges; no ranking.

        Parameters
        ----------
        residents : str, optional
            The indicator that counts residents; "population" if the city has it.
        year : int, optional
            The newest if left out.

        Raises
        ------
        NoFiguresError
            If there are no such figures for these areas.
        """
        return PerResidents(self.selection, residents or self._residents, year)

    @names_options
    def gaps(self, themes: str | Iterable[str] | None = None, need: str | None = None) -> Gaps:
        """Question 3: areas by theme, and the empty cells, set against an indicator of need if one is named.

        Parameters
        ----------
        themes : str or list of str, optional
            All of them if left out.
        need : str, optional
            Id of an indicator; the one that coverage was asked with if left out.
        """
        chosen = self.selection if themes is None else self.selection.again(themes=themes)
        wanted = need or self._need
        return Gaps(chosen, Need(chosen, wanted) if wanted else None)

    @names_options
    def against(
        self, need: str | None = None, themes: str | Iterable[str] | None = None, year: int | None = None
    ) -> Need:
        """Question 3: projects beside an indicator of need.

        Parameters
        ----------
        need : str, optional
            Id of an indicator; the one that coverage was asked with if left out.
        themes : str or list of str, optional
            Only projects on one of these themes.
        year : int, optional
            The newest if left out.
        """
        wanted = need or self._need
        if wanted is None:
            raise WrongUseError(t('Name the indicator that shows the need: need="...".'))
        return Need(self.selection if themes is None else self.selection.again(themes=themes), wanted, year)

    @cached_property
    def visibility(self) -> Visibility:
        """Question 4: what is visible and what is tangible."""
        return Visibility(self.selection)

    @cached_property
    def evidence(self) -> Evidence:
        """Question 5: what came of it, and on whose word."""
        return Evidence(self.selection)

    @cached_property
    def continuity(self) -> Continuity:
        """Question 6: what builds on what, and where the load is high."""
        return Continuity(self.selection)

    @cached_property
    def waiting(self) -> Waiting:
        """Question 7: which questions wait."""
        return Waiting(self.selection)

    @cached_property
    def participants(self) -> Participants:
        """Question 8: who takes part."""
        return Participants(self.selection)

    def sensitivity(self) -> Sensitivity:
        """Question 9: does it hold under another boundary, period or way of counting."""
        return Sensitivity(self.selection)

    @cached_property
    def initiatives(self) -> Initiatives:
        """Question 10: initiatives of associations, by agreement and commitment."""
        return Initiatives(self.selection)

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar an area and a bar a group."""
        return self.presence.chart()

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        dated = not self.selection.period.is_open
        heads = ["", t("Projects"), "", t("Shared out"), *([t("Year unknown")] if dated else [])]
        heads += [t("Visible"), t("Tangible"), *([t("Per 1,000 residents")] if self._rates else [])]
        need = self.against() if self._need else None
        heads += [f"{need.indicator.label()} ({need.indicator.unit_label()})"] if need else []
        figures = {one.area: shown(one, need.indicator) for one in need.figures} if need else {}
        top = max([1, *(len(one.projects) for one in self.selection.tallies)])

        def cells(one: Tally) -> list[Cell]:
            counts = self.visibility.counts[one.key]
            row = [
                Cell(counted(len(one.projects)), "n"),
                Cell("", picture=bar(len(one.projects), top, quiet=one.area is None)),
                Cell(counted(one.fractional), "n"),
                *([Cell(counted(len(one.undated)), "n")] if dated else []),
                *_judged(counts),
                *([Cell(self._rate(one.key), "n")] if self._rates else []),
            ]
            return [*row, *([Cell(figures.get(one.key, ""), "n")] if need else [])]

        rows = under_heads(self.selection, len(heads), cells)
        rows.append(self._total(len(heads)))
        return heads, [*rows, *self._around_rows(len(heads))]

    def _rate(self, key: str) -> str:
        """Return the rate of an area as a range: from the projects with a stated place to all that may be there."""
        one = self._rates.get(key)
        if one is None or one.low is None or one.ceiling is None:
            return ""
        return range_shown(one.low, one.ceiling)

    def _total(self, width: int) -> list[Cell]:
        """Return the row of all projects, each once; only the shares above add up to it."""
        total = counted(len(self.selection.projects))
        row = [Cell(t("All projects, each once"), "row"), Cell(total, "n"), Cell(""), Cell(total, "n")]
        row += [] if self.selection.period.is_open else [Cell(counted(len(self.selection.undated)), "n")]
        row += _judged(self.visibility.totals)
        return [*row, *(Cell("", "n") for _ in range(width - len(row)))]

    @property
    def _has_around(self) -> bool:
        """Whether the city's like is shown below, unless it is they that the table is about."""
        return self.around is not None and self.around.selection.level.id != self.selection.level.id

    def _about_rates(self) -> str:
        return t(
            "Per 1,000 residents ({year}): from the projects with a stated place to what it would be at most, if all "
            "projects whose place is not known so precisely ({count}) lay in this one area. This is no ranking.",
            year=self.per_residents().year,
            count=self.selection.movable,
        )

    def _around_rows(self, width: int) -> list[list[Cell]]:
        """Return the rows of the city and its like in the region."""
        around = self.around
        if around is None or not self._has_around:
            return []
        rows = [[Cell(capital(around.selection.where), "group", span=width)]]
        rest = [Cell("") for _ in range(width - 4)]
        for one in around.selection.in_areas:
            count, shared = Cell(counted(len(one.projects)), "n"), Cell(counted(one.fractional), "n")
            rows.append([Cell(around.selection.label(one), "row"), count, Cell(""), shared, *rest])
        return rows


def _judged(counts: Mapping[str, int]) -> list[Cell]:
    """Return how many projects are visible and tangible, with those of which it is not known beside them."""
    pairs = [(counts[name], counts[f"{name}_unknown"]) for name in ("visible", "tangible")]
    return [Cell(f"{yes} ({unknown}?)" if unknown else str(yes), "n") for yes, unknown in pairs]


@names_options
def coverage(
    book: Book,
    city: CityLike,
    level: str | None = None,
    within: str | Area | None = None,
    start: int | None = None,
    end: int | None = None,
    themes: str | Iterable[str] | None = None,
    counting: str = "whole",
    need: str | None = None,
    residents: str | None = None,
    today: date | str | None = None,
) -> Coverage:
    """Say where projects are, where none is, what is not known, and whether that holds.

    Parameters
    ----------
    book : Book
        The records of a register.
    city : CityLike
        Whose areas, figures and indicators they are set against.
    level : str, optional
        A level; the city's default level if left out.
    within : str or Area, optional
        The area whose parts are looked at; the city if left out.
    start, end : int, optional
        Years, both included. A project counts if it runs in any of them; those without a known year are shown apart.
    themes : str or list of str, optional
        Only projects on one of these themes: ids, or names in Dutch or English.
    counting : {"whole", "fractional"}
        A project in n areas counts in each of them whole, or for 1/n.
    need : str, optional
        An indicator of need, to set projects against.
    residents : str, optional
        The indicator that counts residents; "population" if the city has it.
    today : datetime.date or str, optional
        The day on which the age of questions is counted, and until which counts what still runs; today if left out.

    Returns
    -------
    Coverage
        Shows itself; has `.table`, `.sentences`, `.notes`, `.chart()`, and an attribute or method a question.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.records import Project
    >>> made_up = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                   status="unknown", start="2021", themes=["safety"], levels=["hbo"], scope="areas",
    ...                   areas=["WK054603"], involves_people=False)
    >>> found = coverage(Book([made_up]), lk.open_city("leiden"))
    >>> found.presence.sentences[0]
    '10 districts of Leiden: 9 without a project, 1 with one or two, 0 with three or more.'
    """
    selection = Selection(book, city, level, within, start, end, themes, counting, today)
    return Coverage(selection, need, residents)
