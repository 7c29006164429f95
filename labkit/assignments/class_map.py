"""The class map: it fills as hand-ins come in, one district after the other; without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.area import Area
from labkit.assignments.class_answers import Answers, Found, answers_of, asked, found_in, results_of
from labkit.assignments.class_settings import ClassSettings
from labkit.assignments.results import Result
from labkit.city import City
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import resolve, speaking, t
from labkit.maps.districts import DistrictMap
from labkit.maps.ground import Ground, border_sources, surroundings
from labkit.maps.layers import AreaLayer, area_layer
from labkit.sources import credit_line
from labkit.statuses import Status
from labkit.texts import Text

if TYPE_CHECKING:
    from pandas import DataFrame

#: More decimals than this nobody reads on a map.
MOST_DECIMALS = 4

#: What the layer of hand-ins is called in code.
HAND_INS = "hand_ins"

_GIVEN = Status("observed", True, Text("gegeven", "given"), Text())


def class_map(
    results: str | Path | Iterable[Result],
    question: str | None = None,
    *,
    assignment: Any = None,
    at_least: int = 1,
    right_only: bool = False,
    language: str | None = None,
) -> DistrictMap:
    """Map what the class found, each student or group in a district of their own.

    The first layer shows how many hand-ins there are; then there is one for each number that was asked. No name and
    no student number is on the map; a group counts once.

    Parameters
    ----------
    results : str, Path or iterable of Result
        The folder that grading wrote, or results.
    question : str, optional
        One question only, without the layer of hand-ins.
    assignment : str, Path, Assignment or Companion, optional
        The source or its `assignment.json`: for the city, the titles and the units. The city that comes with labkit
        if left out.
    at_least : int
        A district shows a value only if so many hand-ins agree on it.
    right_only : bool
        Whether only answers count that pass all their checks.
    language : {"nl", "en"}, optional
        The current one if left out.

    Returns
    -------
    DistrictMap
        Where several hand-ins of a district give different values, it shows the one that most of them give, and how
        many that are. A district without a value is hatched, with the reason.

    Raises
    ------
    LabkitError
        If nobody has a district, no answer is a number, or there is no such question.

    Examples
    --------
    >>> from labkit.assignments.results import QuestionResult
    >>> one = Result(assignment="w", student="s1", area="WK054609", received="2026-11-27T12:00:00+01:00",
    ...              questions=[QuestionResult(id="q1", title="Residents", values={"residents": 10665})])
    >>> class_map([one])
    <DistrictMap hand_ins 2026; q1.residents 2026: 10 x district, 2 layers>
    """
    given = results_of(results)
    answers = answers_of(given)
    settings = ClassSettings.of(assignment)
    language = resolve(language)
    with speaking(language):
        wanted = asked(answers, question)
        city, areas, scope, left_out = settings.place(answers)
        year = settings.year or _year(given)
        drawing = _Drawing(_ground(city, areas, scope), areas, left_out, answers, year)
        layers = [] if question else [drawing.progress()]
        many = Counter(name for name, _ in wanted)
        for name, answer in wanted:
            label = settings.question(name, answers, language).rstrip("?")  # the year follows it
            label = f"{label} ({answer})" if many[name] > 1 else label
            found = {one.code: found_in(answers, one.code, name, answer, right_only=right_only) for one in areas}
            layers.append(
                drawing.answer(f"{name}.{answer}", label, settings.unit(name, answer) or answer, found, at_least)
            )
        return DistrictMap(
            layers,
            t("{title}: what the class found", title=settings.title(language) or given[0].assignment),
            t(
                "{count} hand-ins so far. Each student or group works on an area of their own.",
                count=sum(one.there for one in answers),
            ),
            language,
            ground=drawing.ground,
        )


def progress(results: str | Path | Iterable[Result], *, assignment: Any = None) -> DataFrame:
    """Return how many hand-ins each district has: `area, name, handed_in, expected`.

    `expected` counts the students and groups that have the district, as far as the results tell.

    Examples
    --------
    >>> one = Result(assignment="w", student="s1", area="WK054609")
    >>> progress([one])["handed_in"].tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    """
    from pandas import DataFrame

    answers = answers_of(results_of(results))
    _, areas, _, _ = ClassSettings.of(assignment).place(answers)
    rows = [[area.code, area.name, *_counts(answers, area.code)] for area in areas]
    return DataFrame(rows, columns=["area", "name", "handed_in", "expected"])


def _year(results: Sequence[Result]) -> int:
    years = [int(one.received[:4]) for one in results if one.received[:4].isdigit()]
    return max(years, default=date.today().year)


def _ground(city: City, areas: Sequence[Area], scope: Area) -> Ground:
    level = city.areas.level(areas[0].level)
    borders = border_sources(city, list(areas))
    around = surroundings(city, level.depth, scope)
    return Ground(level, city.areas.outlines(level.id, scope), around, credit_line(borders), tuple(borders), scope)


def _counts(answers: Sequence[Answers], area: str) -> tuple[int, int]:
    here = [one for one in answers if one.area == area]
    return sum(one.there for one in here), len(here)


def _both(make: Callable[[str], str]) -> Text:
    """Return a text in both languages."""
    return Text(make("nl"), make("en"))


def _none(name: str, make: Callable[[str], str]) -> Status:
    """Return why there is no value."""
    return Status(name, False, _both(make), _both(make))


@dataclass(frozen=True)
class _Drawing:
    """Makes the layers of one map."""

    ground: Ground
    areas: list[Area]
    left_out: set[str]
    answers: list[Answers]
    year: int

    def progress(self) -> AreaLayer:
        """Return the layer with how many hand-ins there are; none is a real 0 here."""
        figures: list[tuple[str, float | None, Status]] = []
        for area in self.areas:
            there, expected = _counts(self.answers, area.code)
            state = _GIVEN if there == expected else _waiting(there, expected)
            if area.code in self.left_out and not expected:
                figures.append((area.code, None, _nobody()))
            else:
                figures.append((area.code, float(there), state))
        return self.layer(HAND_INS, t("Hand-ins"), t("hand-ins"), 0, figures)

    def answer(self, name: str, label: str, unit: str, found: dict[str, Found], at_least: int) -> AreaLayer:
        """Return the layer of one number that was asked."""
        decimals = _decimals([one.value for one in found.values() if one.value is not None])
        figures = []
        for code, one in found.items():
            shown = one.value is not None and one.agree >= at_least
            state = self._state(code, one, at_least) if not shown else _agree(one)
            figures.append((code, one.value if shown else None, state))
        return self.layer(name, label, unit, decimals, figures)

    def _state(self, code: str, one: Found, at_least: int) -> Status:
        """Return why a district has no value."""
        if not one.handed_in:
            return _nobody() if code in self.left_out else _none("waiting", lambda to: t("No hand-in yet.", to))
        if not one.given:
            return _none("no_number", lambda to: t("Handed in, without a number that counts here.", to))
        if one.value is None:
            return _none("differ", lambda to: t("{count} gave different values.", to, count=one.given))
        return _none("few", lambda to: t("Fewer than {least} gave the same value.", to, least=at_least))

    def layer(
        self, name: str, label: str, unit: str, decimals: int, figures: Sequence[tuple[str, float | None, Status]]
    ) -> AreaLayer:
        """Return a layer of these figures: code, value, and how it came about."""
        step = 10.0**-decimals
        given = sorted({round(value, decimals) for _, value, _ in figures if value})
        # A class for each number of hand-ins, while there are few.
        breaks = given if name == HAND_INS and 0 < len(given) <= 5 else None
        return area_layer(
            _about(name, label, unit, decimals),
            self.ground.scale,
            self.year,
            self.ground.areas,
            [Figure(code, name, self.year, value, None, None, step, "", state) for code, value, state in figures],
            scheme="fixed" if breaks else None,
            breaks=breaks,
            k=max(1, min(5, len(given))),
            background=self.ground.background,
            credit=self.ground.credit,
            sources=self.ground.sources,
        )


def _nobody() -> Status:
    return _none("left_out", lambda to: t("Nobody works on this area.", to))


def _waiting(there: int, expected: int) -> Status:
    label = _both(lambda to: t("{there} of {expected} handed in", to, there=there, expected=expected))
    return Status("waiting", True, label, _both(lambda to: t("Not everybody has handed in yet.", to)))


def _agree(one: Found) -> Status:
    if one.agree == one.given == 1:
        return _GIVEN
    label = _both(lambda to: t("{agree} of {given} gave this value", to, agree=one.agree, given=one.given))
    note = _both(lambda to: t("Where an area has several hand-ins, the value that most of them give is shown.", to))
    return Status("agreed", True, label, note)


def _decimals(values: Sequence[float]) -> int:
    """Return the fewest decimals with which the values stay what they are."""
    for decimals in range(MOST_DECIMALS):
        if all(abs(round(one, decimals) - one) <= 1e-9 * max(1.0, abs(one)) for one in values):
            return decimals
    largest = max((abs(one) for one in values), default=0.0)
    return 1 if largest >= 10 else 2 if largest >= 1 else MOST_DECIMALS


def _about(name: str, label: str, unit: str, decimals: int) -> Indicator:
    """Return what a layer is about; its values are not added up over areas, so it counts as an index."""
    none = Text()
    return Indicator(
        id=name,
        theme="",
        unit=unit,
        kind="index",
        weight="",
        numerator="",
        part_of="",
        decimals=decimals,
        rounding="",
        source="",
        labels=Text(label, label),
        definitions=none,
        references=none,
        units=Text(unit, unit),
        themes=none,
    )
