"""Questions that wait, and what became of the others: question 7 of coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import number, t
from labkit.register import when
from labkit.register.coverage.charts import Bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import GROUPS, Selection
from labkit.register.coverage.words import counted, in_brackets, questions, share
from labkit.register.records import Project, Question
from labkit.register.vocabularies import ASKERS, UNKNOWN
from labkit.register.wording import title_of

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

#: What became of a question, in the order of the columns.
STATES = ("waiting", "taken_up", "parked", "withdrawn", UNKNOWN)
TAKEN_UP = ("matched", "running", "answered")
WAITING = ("new", "refined")
#: So many whole years ago, and that or more for the last.
AGES = ("0", "1", "2", "3")
RESIDENT = "resident"


def state_of(question: Question, *, addressed: bool) -> str:
    """Return what became of a question.

    It was taken up if its status says so, or if a project addresses it, whatever its status says. It waits if it is
    new or refined.

    Examples
    --------
    >>> made = Question(id="q-x", visibility="public", title_en="X", asker_kind="resident", themes=["safety"],
    ...                 scope="unknown", status="new")
    >>> state_of(made, addressed=False), state_of(made, addressed=True)
    ('waiting', 'taken_up')
    """
    if addressed or question.status in TAKEN_UP:
        return "taken_up"
    if question.status in WAITING:
        return "waiting"
    return question.status if question.status in STATES else UNKNOWN


def age_of(question: Question, today: date) -> str:
    """Return how many whole years ago a question was asked at least; "unknown" if there is no date.

    Where only a year or month is known, its last day counts: it may have been asked earlier.

    Examples
    --------
    >>> made = Question(id="q-x", visibility="public", title_en="X", asker_kind="resident", themes=["safety"],
    ...                 scope="unknown", status="new", asked_on="2024")
    >>> age_of(made, date(2026, 11, 23)), age_of(made, date(2031, 1, 1))
    ('1', '3')
    """
    asked = when.latest(question.asked_on)
    if asked is None:
        return UNKNOWN
    years = today.year - asked.year - ((today.month, today.day) < (asked.month, asked.day))
    return AGES[min(max(years, 0), len(AGES) - 1)]


class Waiting(Finding):
    """Questions by age, by who asks and by area: how many wait, and how many were taken up.

    Attributes
    ----------
    states : dict
        Id of a question -> what became of it, one of `STATES`.
    counts : dict
        ("age", "asker" or "area", value) -> state -> number of questions.
    residents_taken_up, residents : int
        How many questions of residents were taken up, and how many there are.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Waiting(Selection(Book([]), lk.open_city("leiden"))).sentences
    ['The register holds no questions here.']
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.today = selection.today
        self._questions = [one for one in selection.book.of(Question) if self._is_meant(one)]
        self.unthemed = sum(self._may_be_meant(one) for one in selection.book.of(Question))
        self.undated = sum(when.latest(one.asked_on) is None for one in self._questions)
        addressed = {id for one in selection.book.of(Project) for id in one.addresses}
        self.states = {one.id: state_of(one, addressed=one.id in addressed) for one in self._questions}
        self.counts: dict[tuple[str, str], dict[str, int]] = {}
        self._count("age", [*AGES, UNKNOWN], lambda one: [age_of(one, self.today)])
        self._count("asker", ASKERS.ids, lambda one: [one.asker_kind])
        self._count("area", [*(area.code for area in selection.areas), *GROUPS], selection.keys)
        residents = self.counts["asker", RESIDENT]
        self.residents, self.residents_taken_up = sum(residents.values()), residents["taken_up"]
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t(
                "Taken up: the question was matched, is worked on or was answered, or a project addresses it. Waiting: it "
                "is new or refined, and no project addresses it."
            ),
            t(
                "Age on {day}. Where only the year or month is known, its last day counts: the question may be older.",
                day=when.shown(self.today.isoformat()),
            ),
            t("A question about several areas counts in each of them."),
        ]
        if not selection.period.is_open:
            self.notes.append(t("Questions asked outside the period are left out; those without a date are not."))
        if self.unthemed:
            self.notes.append(
                t(
                    "Questions without a known theme: {count}. They may be on these themes; they are not counted.",
                    count=self.unthemed,
                )
            )
        self.notes += selection.register_notes

    @property
    def title(self) -> str:
        """What is counted where."""
        return self.selection.titled(t("Questions that wait"))

    @property
    def waiting(self) -> list[Question]:
        """The questions that wait, the oldest first; those without a date last."""
        found = [one for one in self._questions if self.states[one.id] == "waiting"]
        return sorted(found, key=lambda one: (when.latest(one.asked_on) or date.max, one.id))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a value: first the ages, then who asks, then the areas and groups.

        Columns by ("age", "asker", "area"), id, label, questions, waiting, taken_up, parked, withdrawn, unknown
        (these five add up to questions). The ages are whole years since it was asked, at least.
        """
        import pandas as pd

        rows = [
            {"by": by, "id": id, "label": self._label(by, id), "questions": sum(found.values()), **found}
            for (by, id), found in self.counts.items()
        ]
        return pd.DataFrame(rows)

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return bars by age and by who asks, told apart by what became of the questions."""
        looks = dict(zip(STATES, ("high", "low", "middle", "none", UNKNOWN), strict=True))
        labels = {state: _state_label(state) for state in STATES}
        bars = [
            Bar(_by_label(by), self._label(by, id), labels[state], found[state])
            for (by, id), found in self.counts.items()
            if by != "area" and (any(found.values()) or by == "age")
            for state in STATES
        ]
        series = {labels[state]: looks[state] for state in STATES}
        return stacked(bars, series, title=self.title, unit=t("questions"), sources=self.sources)

    def _is_meant(self, one: Question) -> bool:
        themes = self.selection.themes
        return (themes is None or not set(themes).isdisjoint(one.themes)) and self._may_be_asked(one)

    def _may_be_meant(self, one: Question) -> bool:
        """Whether nothing says that a question is on other themes."""
        themes = self.selection.themes
        unknown = themes is not None and UNKNOWN in one.themes and set(themes).isdisjoint(one.themes)
        return unknown and self._may_be_asked(one)

    def _may_be_asked(self, one: Question) -> bool:
        """Whether a question was asked in the period, or nobody knows when."""
        year = when.year(one.asked_on)
        return self.selection.period.holds(None if year is None else (year, year)) is not False

    def _count(self, by: str, values: Iterable[str], where: Callable[[Question], Sequence[str]]) -> None:
        for value in values:
            self.counts[by, value] = dict.fromkeys(STATES, 0)
        for one in self._questions:
            for value in where(one):
                self.counts[by, value][self.states[one.id]] += 1

    def _label(self, by: str, id: str) -> str:
        if by == "asker":
            return ASKERS.label(id)
        if by == "area":
            areas = self.selection.city.areas
            return self.selection.group_label(id) if id in GROUPS else areas[id].name
        if id == UNKNOWN:
            return t("date unknown")
        if id == AGES[0]:
            return t("less than 1 year ago")
        if id == AGES[-1]:
            return t("{years} years ago or more", years=id)
        return t("1 year ago") if id == "1" else t("{years} years ago", years=id)

    def _sentences(self) -> list[str]:
        total = len(self._questions)
        if not total:
            return [t("The register holds no questions here.")]
        waiting = self.waiting
        said = [self._waiting_of(total)]
        dateless = sum(when.latest(one.asked_on) is None for one in waiting)
        if dateless:
            said.append(t("Waiting without a known date: {count}. How long is not known.", count=dateless))
        if waiting and when.latest(waiting[0].asked_on):
            oldest = waiting[0]
            said.append(
                t("The oldest of them is from {day}: {title}", day=when.shown(oldest.asked_on), title=title_of(oldest))
            )
        if self.residents:
            said.append(
                t(
                    "Asked by residents: {total}, of which taken up: {count}{share}.",
                    total=number(self.residents),
                    count=self.residents_taken_up,
                    share=in_brackets(share(self.residents_taken_up, self.residents)),
                )
            )
        else:
            said.append(t("None of the questions was asked by a resident."))
        return said

    def _waiting_of(self, total: int) -> str:
        count, whole = len(self.waiting), questions(total)
        if self.undated and not self.selection.period.is_open:
            return t(
                "Waiting: {count} of {total}, counting {undated} without a known date: these may be of another period.",
                count=count,
                total=whole,
                undated=self.undated,
            )
        return t("Waiting: {count} of {total}.", count=count, total=whole)

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Questions"), *(_state_label(state) for state in STATES)]
        rows: list[list[Cell]] = []
        head = ""
        for (by, id), found in self.counts.items():
            if by != head:
                head = by
                rows.append([Cell(_by_label(by), "group", span=len(heads))])
            if any(found.values()) or id == RESIDENT:
                cells = [Cell(counted(number), "n") for number in (sum(found.values()), *found.values())]
                rows.append([Cell(self._label(by, id), "row"), *cells])
        return heads, rows


def _state_label(state: str) -> str:
    return {
        "waiting": t("waiting"),
        "taken_up": t("taken up"),
        "parked": t("parked"),
        "withdrawn": t("withdrawn"),
        UNKNOWN: t("unknown"),
    }[state]


def _by_label(by: str) -> str:
    return {"age": t("When asked"), "asker": t("Who asks"), "area": t("Where")}[by]
