"""Where a register holds projects, as a layer of areas: how many there are in each, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from labkit import look
from labkit.area import Area
from labkit.classes import Classes, classify
from labkit.errors import WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.maps.layer_spec import layer_spec
from labkit.maps.layers import AreaLayer, area_layer
from labkit.register.coverage.overview import Coverage, coverage
from labkit.register.coverage.selection import Tally
from labkit.register.vocabularies import THEMES_OR_UNKNOWN, VISIBILITY
from labkit.statuses import Status
from labkit.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.comparison.scope import CityLike
    from labkit.maps.scope import CityWithRegister
    from labkit.register.book import Book

#: The upper ends of the classes: the same on every map, so that themes and periods can be laid side by side.
BREAKS = (2, 5, 10, 25, 100)
#: Marks that can be told beside the number of projects.
MARKS = ("visible", "tangible")

_COUNTED = Status("counted", True, Text(nl="geteld", en="counted"), Text())


@dataclass(frozen=True, repr=False)
class CoverageLayer(AreaLayer):
    """How many projects a register holds in each area; made by `coverage_layer`.

    It is a layer of areas like that of an indicator, so it can be drawn, compared and printed as one. Zero is a class
    of its own and means "none on record", never that nothing happens there.

    Attributes
    ----------
    coverage : Coverage
        What was counted, with its careful words.
    marks : tuple of str
        "visible" and "tangible", if these are told beside the number.
    audience : {"public", "partners", "private"}
        For whom the map is.

    Examples
    --------
    >>> import labkit as lk
    >>> layer = coverage_layer(lk.open_city("leiden"))
    >>> layer, layer.none
    (<CoverageLayer: 10 x district, 4 with none on record, place unknown of 58>, ['WK054600', 'WK054601', 'WK054606', 'WK054607'])
    """

    kind: ClassVar[str] = "coverage"

    coverage: Coverage | None = None
    marks: tuple[str, ...] = ()
    audience: str = "public"

    def __repr__(self) -> str:
        return (
            f"<CoverageLayer: {len(self.codes)} x {self.level}, {len(self.none)} with none on record, "
            f"place unknown of {self.unknown}>"
        )

    @property
    def found(self) -> Coverage:
        """The coverage that is drawn."""
        assert self.coverage is not None, "Made by coverage_layer."
        return self.coverage

    @property
    def none(self) -> list[str]:
        """Codes of the areas for which no project is on record."""
        return [code for code, value in zip(self.codes, self.values, strict=True) if not value]

    @property
    def unknown(self) -> int:
        """How many projects may lie in any of the areas: nothing says in which."""
        return self.found.selection.movable

    @property
    def colours(self) -> list[str]:
        """Colour of each class: that of zero, then from few to many."""
        if self.classes is None:
            return []
        zeros = 1 if 0 in self.drawn else 0
        shades = look.ramp(max(1, self.classes.k - zeros), self.palette)
        return [look.zero_colour(self.palette)] * zeros + shades[: self.classes.k - zeros]

    @property
    def table(self) -> pd.DataFrame:
        """One row an area, then one a group of projects that are in none: see `Presence.table`.

        With columns visible, visible_unknown, tangible and tangible_unknown.
        """
        table = self.found.table.copy()
        counts = self.found.visibility.counts
        keys = [code or group for code, group in zip(table["code"], table["group"], strict=True)]
        for mark in MARKS:
            for name in (mark, f"{mark}_unknown"):
                table[name] = [counts[key][name] for key in keys]
        return table

    def title(self, language: str | None = None) -> str:
        """Return what is shown, and when."""
        return ", ".join(filter(None, [self.about.label(language), self._when(language)]))

    def remark(self, code: str, language: str | None = None) -> str:
        """Return the careful words of an area: none on record, what is undated, what is visible and tangible."""
        tally = self._tallies[code]
        told = [] if tally.projects else [t("None on record. Something may still have been done here.", language)]
        perhaps = len(self.found.selection.perhaps(tally))
        if perhaps:
            text = t("Projects here of which year or theme is not known: {count}.", language, count=perhaps)
            told.append(text)
        if self.marks and tally.projects:
            counts = self.found.visibility.counts[code]
            told += [self._mark(mark, counts[mark], counts[f"{mark}_unknown"], language) for mark in self.marks]
        return " ".join(told)

    def remarks_for_all(self, language: str | None = None) -> list[str]:
        """Return what holds for the whole map: what zero means, and what is not known."""
        selection = self.found.selection
        told = [t("0 means: none on record. Something may still have been done there.", language)]
        told.append(t("A project in several areas counts in each of them.", language))
        if self.unknown:
            told.append(
                t(
                    "Of {count} the place is not known so precisely: any of them may lie in any of these areas.",
                    language,
                    count=number(self.unknown, 0, language),
                )
            )
        if not selection.period.is_open and selection.undated:
            undated = number(len(selection.undated), 0, language)
            told.append(t("Projects without a known year: {count}. They are not counted.", language, count=undated))
        if self.audience != VISIBILITY.ids[0]:
            label = VISIBILITY.label(self.audience, language)
            told.append(t("This map is not for everyone: it holds projects up to “{label}”.", language, label=label))
        return [*told, *self.notes]

    def spec(self, language: str | None = None) -> dict[str, Any]:
        """Return the layer as plain data, as `AreaLayer.spec` does; its year is that of the period, if it has one."""
        made = layer_spec(self, language)
        return {**made, "kind": self.kind, "year": self._when(language) or None, "credit": self._credit(language)}

    def _credit(self, language: str | None) -> str:
        """Return the name of the register in the language of the map, whatever is current."""
        return self.found.selection.book.settings.title(language) or self.credit

    @property
    def _tallies(self) -> dict[str, Tally]:
        return {tally.area.code: tally for tally in self.found.selection.in_areas if tally.area}

    def _when(self, language: str | None) -> str:
        period = self.found.selection.period
        if period.first is None:
            return "" if period.last is None else t("up to {year}", language, year=period.last)
        if period.last is None:
            return t("from {year} on", language, year=period.first)
        return str(period.first) if period.first == period.last else f"{period.first}–{period.last}"

    @staticmethod
    def _mark(mark: str, count: int, unknown: int, language: str | None) -> str:
        values = {"count": number(count, 0, language), "unknown": number(unknown, 0, language)}
        if mark == "visible":
            return t("Visible: {count}; not known: {unknown}.", language, **values)
        return t("Tangible: {count}; not known: {unknown}.", language, **values)


def coverage_layer(
    city: CityWithRegister | CityLike,
    level: str | None = None,
    within: str | Area | None = None,
    start: int | None = None,
    end: int | None = None,
    themes: str | Iterable[str] | None = None,
    *,
    marks: str | Iterable[str] = (),
    palette: str = "blues",
    audience: str = "public",
    today: date | str | None = None,
    book: Book | None = None,
) -> CoverageLayer:
    """Count projects in each area, as a layer of a map.

    Parameters
    ----------
    city : City
        Whose areas, and whose register.
    level, within, start, end, themes, today
        Which projects count, and where: see `labkit.register.coverage.overview.coverage`.
    marks : str or list of str
        "visible" and "tangible": tell these beside the number of projects.
    palette : {"blues", "sequential"}
        The colours.
    audience : {"public", "partners", "private"}
        For whom the map is; what they may not see does not count.
    book : Book, optional
        Other records than those of the city's own register.

    Examples
    --------
    >>> import labkit as lk
    >>> layer = coverage_layer(lk.open_city("leiden"), themes="safety", marks="visible")
    >>> layer.remark("WK054608", "en")
    'None on record. Something may still have been done here.'
    """
    chosen = (marks,) if isinstance(marks, str) else tuple(marks)
    wrong = [one for one in chosen if one not in MARKS]
    if wrong:
        raise WrongUseError(t("There is no mark {name}. Choose visible or tangible.", name=repr(wrong[0])))
    if book is None:
        if not hasattr(city, "register"):
            raise WrongUseError(t("Name the records to show: book=..."))
        book = city.register.book
    seen = book.visible_to(VISIBILITY[audience].id)
    found = coverage(seen, city, level, within, start, end, themes, today=today)
    selection = found.selection
    year = selection.period.last or selection.today.year
    figures = [_figure(one, year) for one in selection.in_areas]
    outlines = city.areas.outlines(selection.level.id, selection.within)
    base = area_layer(
        _indicator(selection.themes or []), selection.level, year, outlines, figures,
        classes=_classes([one.value for one in figures]), palette=palette, sources=found.presence.sources,
        credit="; ".join(dict.fromkeys(one.credit for one in found.presence.sources)),
    )  # fmt: skip
    known = {one.name: getattr(base, one.name) for one in fields(AreaLayer)}
    return CoverageLayer(**known, coverage=found, marks=chosen, audience=VISIBILITY[audience].id)


def _classes(values: list[float | None]) -> Classes:
    top = max((value or 0 for value in values), default=0)
    ends = [*(one for one in BREAKS if one < top), max(top, 1)]
    used = [high for low, high in pairwise([0, *ends]) if any(low < (value or 0) <= high for value in values)]
    return classify(values, breaks=used or [1], decimals=0, zero_class=True)


def _figure(tally: Tally, year: int) -> Figure:
    count = float(len(tally.projects))
    code = tally.area.code if tally.area else ""
    return Figure(code, "projects", year, count, None, None, 1, "register", _COUNTED)


def _indicator(themes: Iterable[str]) -> Indicator:
    """Return what is counted, as an indicator of its own."""

    def label(language: str) -> str:
        names = [THEMES_OR_UNKNOWN.label(one, language) for one in themes]
        return " · ".join([t("Projects on record", language), *([", ".join(names)] if names else [])])

    labels = Text(nl=label("nl"), en=label("en"))
    said = Text(
        nl=t("How many projects of the register lie in an area.", "nl"),
        en=t("How many projects of the register lie in an area.", "en"),
    )
    return Indicator(
        id="projects", theme="register", unit="projects", kind="count", weight="", numerator="", part_of="",
        decimals=0, rounding="nearest", source="register",
        labels=labels, definitions=said, references=Text(),
        units=Text(nl=t("projects", "nl"), en="projects"), themes=Text(nl=t("Register", "nl"), en="Register"),
    )  # fmt: skip
