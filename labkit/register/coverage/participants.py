"""Who takes part: levels of education, institutions and partners; question 8 of coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.charts import Bar, stacked
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.rows import under_heads
from labkit.register.coverage.selection import Selection, Tally
from labkit.register.coverage.words import counted, in_brackets, listed, share
from labkit.register.records import Project
from labkit.register.vocabularies import LEVELS, UNKNOWN
from labkit.register.wording import clean, title_of

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

#: The three kinds of student, and the levels that count for each.
STUDENTS = {"mbo": ("mbo",), "hbo": ("hbo",), "wo": ("wo_bachelor", "wo_master", "wo", "phd")}
_KIND = {level: name for name, levels in STUDENTS.items() for level in levels}
COLUMNS = (*STUDENTS, "mixed", "others", UNKNOWN)
EXECUTING = "executing"


def kinds_of(project: Project) -> set[str]:
    """Return which kinds of student take part: "mbo", "hbo", "wo"; "mixed" too if it is more than one.

    "others" if only pupils, staff or volunteers do; "unknown" if no level is known.

    Examples
    --------
    >>> made = Project(id="p-x", visibility="public", title_en="X", summary_en="X", programme="other", kind="thesis",
    ...                status="unknown", start="2021", themes=["safety"], levels=["mbo", "wo_master"], scope="unknown",
    ...                involves_people=False)
    >>> sorted(kinds_of(made)), kinds_of(made.with_(levels=["unknown"]))
    (['mbo', 'mixed', 'wo'], {'unknown'})
    """
    found = {_KIND[level] for level in project.levels if level in _KIND}
    if found:
        return found | {"mixed"} if len(found) > 1 else found
    return {"others"} if any(level != UNKNOWN for level in project.levels) else {UNKNOWN}


@dataclass(frozen=True, slots=True)
class _Who:
    """Who takes part in one project: kinds of student, and ids of partners."""

    kinds: set[str]
    executing: set[str]
    others: set[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part in the projects of one row.

    Attributes
    ----------
    kinds : dict
        A column of `COLUMNS` -> number of projects.
    institutions, partners : dict
        Id of a partner that carries projects out, or has another role in them -> in how many of them.
    """

    tally: Tally
    kinds: dict[str, int]
    institutions: dict[str, int]
    partners: dict[str, int]


class Participants(Finding):
    """Who takes part in the projects of each area.

    Attributes
    ----------
    parts : list of Part
        One an area or group.
    total : Part
        All projects, each once.
    levels : dict
        Level of education -> number of projects.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Participants(Selection(Book([]), lk.open_city("leiden"))).total.kinds["mbo"]
    0
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        who = {one.id: _who(one) for one in selection.projects}
        self.parts = [_part(one, (who[each.id] for each in one.projects)) for one in selection.tallies]
        self.total = _part(None, who.values())
        self.levels = dict.fromkeys(LEVELS.ids, 0)
        for project in selection.projects:
            for level in dict.fromkeys(project.levels):
                self.levels[level] += 1
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t("A project with several levels, or in several areas, counts at each of them."),
            t("wo: bachelor, master and doctoral students, also where only the university is named."),
            t("Carried out by: partners with the role executing. Other partners: all other roles."),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted where."""
        return t("Who takes part: {about}", about=self.selection.about)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an area or group.

        Columns code ("" for a group), name, group, projects (whole count), mbo, hbo, wo, mixed (more than one of the
        three), others (none of the three, but pupils, staff or volunteers), unknown, institutions and partners (how
        many different ones), institution_names, partner_names.
        """
        import pandas as pd

        return pd.DataFrame([self._row(one) for one in self.parts])

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return a bar a level of education, and one for the projects whose level is not known."""
        series = {t("projects"): "data", t("unknown"): UNKNOWN}
        names = list(series)
        bars = [
            Bar("", LEVELS.label(level), names[level == UNKNOWN], count)
            for level, count in self.levels.items()
            if count or level in ("mbo", "hbo", UNKNOWN)
        ]
        return stacked(bars, series, title=self.title, unit=t("projects"), sources=self.sources)

    def names(self, found: Iterable[str]) -> list[str]:
        """Return the names of partners by id, in the order of the alphabet; the id where there is no record."""
        records = self.selection.book.records
        return sorted(title_of(records[id]) if id in records else id for id in found)

    def _short(self, found: Mapping[str, int]) -> list[str]:
        """Return the short names of partners, those with most projects first."""
        records = self.selection.book.records
        ranked = sorted(found, key=lambda id: (-found[id], id))
        return [clean(getattr(records.get(id), "short_name", None) or "") or self.names([id])[0] for id in ranked]

    def _row(self, one: Part) -> dict[str, object]:
        tally = one.tally
        return {
            "code": tally.area.code if tally.area else "",
            "name": self.selection.label(tally),
            "group": tally.group,
            "projects": len(tally.projects),
            **one.kinds,
            "institutions": len(one.institutions),
            "partners": len(one.partners),
            "institution_names": "; ".join(self.names(one.institutions)),
            "partner_names": "; ".join(self.names(one.partners)),
        }

    def _sentences(self) -> list[str]:
        total, kinds = len(self.selection.projects), self.total.kinds
        said = [
            t(
                "Of the {total} projects mbo takes part in {mbo}, hbo in {hbo} and wo in {wo}; more than one of these in "
                "{mixed}. Of {unknown} it is not known{share}.",
                total=total,
                mbo=kinds["mbo"],
                hbo=kinds["hbo"],
                wo=kinds["wo"],
                mixed=kinds["mixed"],
                unknown=kinds[UNKNOWN],
                share=in_brackets(share(kinds[UNKNOWN], total)),
            )
        ]
        ranked = sorted(self.total.institutions.items(), key=lambda item: (-item[1], item[0]))
        if ranked:
            names = [f"{self.names([id])[0]} ({count})" for id, count in ranked]
            said.append(t("Carried out by: {names}.", names=listed(names, most=5)))
        said.append(t("Other partners: {count} different ones.", count=len(self.total.partners)))
        return said

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = ["", t("Projects"), "mbo", "hbo", "wo", t("more than one"), t("others"), t("unknown")]
        heads += [t("Other partners"), t("Carried out by")]
        parts = {one.tally.key: one for one in self.parts}

        def cells(tally: Tally) -> list[Cell]:
            one = parts[tally.key]
            numbers = (len(tally.projects), *one.kinds.values())
            named = Cell(listed(self._short(one.institutions), most=5))
            return [*(Cell(counted(each), "n") for each in (*numbers, len(one.partners))), named]

        return heads, under_heads(self.selection, len(heads), cells)


def _part(tally: Tally | None, found: Iterable[_Who]) -> Part:
    kinds = dict.fromkeys(COLUMNS, 0)
    institutions: dict[str, int] = {}
    partners: dict[str, int] = {}
    for who in found:
        for ids, counts in ((who.kinds, kinds), (who.executing, institutions), (who.others, partners)):
            for id in ids:
                counts[id] = counts.get(id, 0) + 1
    return Part(tally or Tally(None, "", [], Fraction(), [], []), kinds, institutions, partners)


def _who(project: Project) -> _Who:
    executing = {one.partner for one in project.partners if one.role == EXECUTING}
    return _Who(kinds_of(project), executing, {one.partner for one in project.partners} - executing)
