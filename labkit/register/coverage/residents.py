"""Projects per 1,000 residents, as ranges: question 2 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.comparison.scope import sources_of
from labkit.errors import NoFiguresError, WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.register.coverage.charts import ranges
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import counted

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

#: With fewer projects than this, one more or less changes the figure by more than a tenth.
FEW = 10
#: The indicator that is taken where none is named.
USUAL = "population"


@dataclass(frozen=True, slots=True)
class Rate:
    """Projects per 1,000 residents of one area.

    Attributes
    ----------
    low, high : float or None
        The range that the rounding of the number of residents leaves; None if there is no such number.
    ceiling : float or None
        What it would be if all projects whose place is not known were here.
    one_more : float or None
        What one project more would add.
    """

    tally: Tally
    figure: Figure
    low: float | None = None
    high: float | None = None
    ceiling: float | None = None
    one_more: float | None = None

    @classmethod
    def of(cls, tally: Tally, figure: Figure, counting: str, more: int) -> Rate:
        """Compute it, with how many more there may be; where residents are not known or may be 0 there is none."""
        if not figure.low or not figure.high:
            return cls(tally, figure)
        count = float(tally.count(counting))
        return cls(
            tally,
            figure,
            1000 * count / figure.high,
            1000 * count / figure.low,
            1000 * (count + more) / figure.low,
            1000 / (figure.value or figure.low),
        )


class PerResidents(Finding):
    """Projects per 1,000 residents of each area, in the order of their codes: this is no ranking.

    Attributes
    ----------
    rates : list of Rate
        One an area.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> rates = PerResidents(Selection(leiden.register.book, leiden))
    >>> all(one.low <= one.high <= one.ceiling for one in rates.rates)
    True
    """

    def __init__(self, selection: Selection, residents: str | None = None, year: int | None = None) -> None:
        city = selection.city
        self.selection = selection
        self.indicator = residents_of(selection, residents)
        level, within = selection.level.id, selection.within
        self.year = city.figures.demand_year(self.indicator.id, level, year, within)
        figures = city.figures.of(self.indicator.id, level, self.year, within)
        self.rates = [
            Rate.of(tally, figure, selection.counting, selection.may_add(tally))
            for tally, figure in zip(selection.in_areas, figures, strict=True)
        ]
        self.sources = [
            register_source(selection.book, city),
            *sources_of(city, [one for one in figures if one.source]),
        ]
        self.sentences = [*self._few(), *self._order()]
        self.notes = [
            t(
                "The range comes from the rounding of the number of residents ({year}). It holds the projects with a "
                "stated place only.",
                year=self.year,
            ),
            t(
                "At most: as if all projects whose place is not known so precisely ({count}) lay in this one area. That is "
                "the furthest that the records allow, not what is likely.",
                count=selection.movable,
            ),
            *year_note(selection),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Projects per 1,000 residents: {about}", about=self.selection.about)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area.

        Columns code, name, projects, residents, year, low, high (per 1,000 residents, given the rounding of
        residents), ceiling (as if all projects whose place is not known were here), one_more (what one project
        more would add), few (whether it rests on fewer than ten projects), reason (why there is no figure).
        """
        import pandas as pd

        rows = [
            {
                "code": one.tally.key,
                "name": self.selection.label(one.tally),
                "projects": float(one.tally.count(self.selection.counting)),
                "residents": one.figure.value,
                "year": self.year,
                "low": one.low,
                "high": one.high,
                "ceiling": one.ceiling,
                "one_more": one.one_more,
                "few": one.tally.count(self.selection.counting) < FEW,
                "reason": self._reason(one),
            }
            for one in self.rates
        ]
        return pd.DataFrame(rows).astype(dict.fromkeys(("residents", "low", "high", "ceiling", "one_more"), "float64"))

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar an area, with a pale line to where it would end if all unknown projects were there."""
        rows = [
            {
                "area": self.selection.label(one.tally),
                "low": one.low,
                "high": one.high,
                "ceiling": one.ceiling,
                "why": self._reason(one),
            }
            for one in self.rates
        ]
        names = (t("with a stated place"), t("at most, if all with an unknown place were here"))
        unit = t("projects per 1,000 residents")
        return ranges(rows, title=self.title, unit=unit, sources=self.sources, names=names)

    def _reason(self, one: Rate) -> str:
        if one.high is not None:
            return ""
        return one.figure.reason() if one.figure.value is None else t("too few residents to say")

    def _few(self) -> list[str]:
        few = sum(one.tally.count(self.selection.counting) < FEW for one in self.rates)
        if not few:
            return []
        return [
            t(
                "Fewer than {limit} projects: {few} of the {areas} {where}. One more or less changes their figure by more "
                "than a tenth.",
                few=few,
                areas=len(self.rates),
                where=self.selection.where,
                limit=FEW,
            )
        ]

    def _order(self) -> list[str]:
        """Say whether the projects without a place leave any order of the areas."""
        known = [(one.low, one.ceiling) for one in self.rates if one.low is not None and one.ceiling is not None]
        if len(known) < 2 or not self.selection.loose:
            return []
        if min(ceiling for _, ceiling in known) >= max(low for low, _ in known):
            return [
                t(
                    "No order of these areas follows: {count} projects may lie in any of them, enough to make each of "
                    "them the highest.",
                    count=self.selection.loose,
                )
            ]
        return [t("An area is certainly above another only if its range lies above what the other is at most.")]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), self.indicator.label(), t("Per 1,000"), t("At most"), t("One more adds")]
        rows = []
        for one in self.rates:
            head = [
                Cell(self.selection.label(one.tally), "row"),
                Cell(counted(one.tally.count(self.selection.counting)), "n"),
            ]
            if one.low is None or one.high is None or one.ceiling is None or one.one_more is None:
                rows.append([*head, Cell(self._reason(one), "why", span=4)])
                continue
            rows.append(
                [
                    *head,
                    Cell(number(one.figure.value or 0), "n"),
                    Cell(range_shown(one.low, one.high), "n"),
                    Cell(number(one.ceiling, 2), "n"),
                    Cell(number(one.one_more, 2), "n"),
                ]
            )
        return heads, rows


def range_shown(low: float, high: float) -> str:
    """Return a range as text; one number where its ends are shown alike.

    Examples
    --------
    >>> range_shown(0.4501, 0.4504), range_shown(0.45, 4.41)
    ('0.45', '0.45 – 4.41')
    """
    ends = number(low, 2), number(high, 2)
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def year_note(selection: Selection) -> list[str]:
    """Say what the highest figure holds besides, if a period or themes are chosen."""
    notes = []
    if selection.undated and not selection.period.is_open:
        notes.append(t("At most also holds the projects without a known year that may lie here."))
    if selection.unthemed:
        notes.append(t("At most also holds the projects without a known theme that may lie here."))
    return notes


def residents_of(selection: Selection, name: str | None = None) -> Indicator:
    """Return the indicator that counts residents: the one named, or the usual one where the city has it.

    Raises
    ------
    NoFiguresError
        If none is named and the city has no such indicator, or none of its figures for these areas.
    WrongUseError
        If the one named is no count.
    """
    city, level = selection.city, selection.level
    if name is None and USUAL not in city.indicators:
        raise NoFiguresError(
            t('The city has no indicator "{id}". Name the one that counts its residents: residents="...".', id=USUAL)
        )
    indicator = city.indicators[name or USUAL]
    if indicator.kind != "count":
        raise WrongUseError(
            t(
                "{id} is no count ({kind}). Name an indicator that counts residents.",
                id=indicator.id,
                kind=indicator.kind,
            )
        )
    if not city.figures.years(indicator.id, level.id, selection.within):
        raise NoFiguresError(
            t(
                "{id} has no figures for {level}. Choose another level, or name another indicator.",
                id=indicator.id,
                level=level.plural(),
            )
        )
    return indicator
