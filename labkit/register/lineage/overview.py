"""What a project builds on and what was built on it: steps, chains, and results that nobody took up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.areas import Areas
from labkit.language import current, resolve
from labkit.register.book import Book
from labkit.register.lineage.drawing import drawing
from labkit.register.lineage.graph import circles, graph_of
from labkit.register.lineage.repeat_load import RepeatLoad, repeat_load
from labkit.register.lineage.shown import shown
from labkit.register.lineage.steps import RELATIONS, Chain, Step, chains_in, projects_at, reached, steps_of
from labkit.register.records import Outcome, Project
from labkit.register.spans import MANY, WITHIN_YEARS
from labkit.register.vocabularies import UNKNOWN
from labkit.register.when import certainly_before, latest
from labkit.register.wording import period, title_of
from labkit.saving import save_text

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A finished project with outcomes of which nobody recorded that they were taken up.

    Attributes
    ----------
    project : str
        Its id.
    outcomes : tuple of str
        The ids of its outcomes.
    question_taken_up : bool
        Whether another project addresses a question that it raised.
    perhaps : tuple of str
        Signs that they were perhaps taken up after all: "stage" (how far an outcome came is not known), "question"
        (another project addresses a question that it addressed or raised), "handover" (it says something to the next
        group). Empty if there is none.
    """

    project: str
    outcomes: tuple[str, ...]
    question_taken_up: bool
    perhaps: tuple[str, ...] = ()


class Lineage:
    """What was built on what; made by `lineage`.

    Attributes
    ----------
    id : str or None
        The record that it is about; None for the whole register.
    focus : list of str
        The projects that it is about; empty for the whole register.
    projects : list of str
        The projects that have a step, in order of id.
    alone : list of str
        The projects without any step: they are not drawn.
    steps : list of Step
        All steps.
    circles : list of list of str
        Projects that build on each other in a circle: a mistake in the register.
    backward : list of Step
        Steps to a project that certainly began before the one that it goes on from.
    load : RepeatLoad or None
        Areas with many projects with people in a short time; None without areas.

    Examples
    --------
    >>> first = Project(
    ...     id="p-2021-soup", visibility="public", title_en="Soup", summary_en="-", programme="other", kind="course",
    ...     status="finished", start="2021", themes=["loneliness"], levels=["hbo"], scope="city", involves_people=True,
    ... )
    >>> second = first.with_(id="p-2022-soup", start="2022", builds_on=["p-2021-soup"])
    >>> found = lineage(Book([first, second]))
    >>> found.chains[0].projects, found.roots
    (('p-2021-soup', 'p-2022-soup'), ['p-2021-soup'])
    """

    def __init__(self, book: Book, id: str | None, steps: Iterable[Step], load: RepeatLoad | None) -> None:
        self.book = book
        self.id = id
        every = list(steps)
        self.focus = [] if id is None else projects_at(book, id)
        self.steps = every if id is None else reached(every, self.focus)
        involved = {one for step in self.steps for one in (step.earlier, step.later)}
        self.projects = sorted(involved)
        inside = self.focus if id is not None else [one.id for one in book.of(Project)]
        self.alone = [one for one in inside if one not in involved]
        self.circles = circles(self.graph)
        self.backward = [one for one in self.steps if self._is_backward(one)]
        self.load = load

    def project(self, id: str) -> Project:
        """Return a project of the book."""
        found = self.book[id]
        assert isinstance(found, Project)
        return found

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The steps as a networkx graph; an arrow runs from the earlier to the later project."""
        found = graph_of([], self.projects)
        for step in sorted(self.steps, key=lambda one: -RELATIONS.index(one.relation)):
            found.add_edge(step.earlier, step.later, relation=step.relation)  # the strongest stays
        return found

    @cached_property
    def roots(self) -> list[str]:
        """The projects with which a line begins: others go on from them, they go on from none."""
        return sorted(one for one in self.graph if not self.graph.in_degree(one))

    @cached_property
    def chains(self) -> list[Chain]:
        """For every project with which a line ends, the longest way that leads to it; longest first.

        Steps inside a circle are left out, since they have no end.
        """
        return sorted(chains_in(self.graph, self.circles), key=lambda one: (-one.length, one.projects))

    @cached_property
    def dead_ends(self) -> list[DeadEnd]:
        """Finished projects with an outcome on which nothing builds, and of which no use is recorded; newest first.

        All that is known is that nobody recorded it; `perhaps` of each tells what makes one doubt it.
        """
        taken = {step.earlier for step in self.steps if step.relation != "question"}
        asked = {step.earlier for step in self.steps if step.relation == "question"}
        ids = sorted(self.projects + self.alone)
        newest = sorted(map(self.project, ids), key=lambda one: latest(one.start) or date.min, reverse=True)
        return [
            DeadEnd(one.id, tuple(x.id for x in outcomes), one.id in asked, tuple(self._perhaps(one, outcomes)))
            for one in newest
            if one.status == "finished"
            and one.id not in taken
            and not self._withheld(one)
            and (outcomes := [x for x in self.book.outcomes_of(one.id) if x.stage != "none"])
            and not any(x.stage in ("use", "change") for x in outcomes)
        ]

    def _withheld(self, project: Project) -> bool:
        """Say whether something built on it, or used it, that this audience may not see: then nothing can be said."""
        own = (project.id, *(one.id for one in self.book.outcomes_of(project.id)))
        return any(self.book.withheld.get(id, frozenset()) & {"builds_on", "reuses"} for id in own)

    def _perhaps(self, project: Project, outcomes: Iterable[Outcome]) -> Iterator[str]:
        """Yield the signs that the outcomes of a project were perhaps taken up, though nobody recorded it."""
        if any(one.stage == UNKNOWN for one in outcomes):
            yield "stage"
        around = (link for id in (*project.addresses, *project.raises) for link in self.book.links_to(id, "addresses"))
        if any(link.subject != project.id for link in around):
            yield "question"
        if project.handover is not None and project.handover.as_dict():
            yield "handover"

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a step.

        Columns earlier, earlier_title, earlier_period, relation, later, later_title, later_period, via (the id of
        the outcome or question that links the two, or missing).
        """
        import pandas as pd

        names = self.names(current())
        rows = [
            {
                "earlier": one.earlier,
                "earlier_title": names[one.earlier][0],
                "earlier_period": names[one.earlier][1],
                "relation": one.relation,
                "later": one.later,
                "later_title": names[one.later][0],
                "later_period": names[one.later][1],
                "via": one.via or None,
            }
            for one in self.steps
        ]
        heads = [
            "earlier",
            "earlier_title",
            "earlier_period",
            "relation",
            "later",
            "later_title",
            "later_period",
            "via",
        ]
        return pd.DataFrame(rows, columns=heads)

    def names(self, language: str) -> Mapping[str, tuple[str, str]]:
        """Return the title and the period of the projects that have a step."""
        found = ((one, self.project(one)) for one in self.projects)
        return {one: (title_of(project, language), period(project, language)) for one, project in found}

    @property
    def svg(self) -> str:
        """The drawing as an SVG that stands by itself, with its own background."""
        return drawing(self, current(), alone=True).svg

    def seen_by(self, audience: str) -> Lineage:
        """Return the same as an audience may see it: "public", "partners" or "private"."""
        book, load = self.book.visible_to(audience), self.load
        if load is None:
            return lineage(book, self.id)
        return lineage(book, self.id, load.areas, load.level, span=load.span, least=load.least)

    def page(self, language: str | None = None, audience: str = "public") -> str:
        """Return it as a page that needs nothing beside itself.

        Parameters
        ----------
        language : {"en", "nl"}, optional
            The current language if left out.
        audience : {"public", "partners", "private"}
            Who reads it: only what they may see is on it.
        """
        return shown(self.seen_by(audience), resolve(language), whole=True).page()

    def save(self, path: str | Path, language: str | None = None, audience: str = "public") -> Path:
        """Write the page to a file, whole or not at all; only the drawing if the file ends in .svg."""
        if str(path).lower().endswith(".svg"):
            return save_text(path, drawing(self.seen_by(audience), resolve(language), alone=True).svg)
        return save_text(path, self.page(language, audience))

    def _is_backward(self, step: Step) -> bool:
        return certainly_before(self.project(step.later).start, self.project(step.earlier).start)

    def _repr_html_(self) -> str:
        return shown(self, current()).html()

    def __str__(self) -> str:
        return shown(self, current()).text()

    def __repr__(self) -> str:
        return f"<Lineage: {len(self.steps)} steps between {len(self.projects)} projects; all of them in .table>"


def lineage(
    book: Book,
    id: str | None = None,
    areas: Areas | None = None,
    level: str | None = None,
    *,
    span: int = WITHIN_YEARS,
    least: int = MANY,
) -> Lineage:
    """Say what builds on what, in the whole register or around one record.

    A step is recorded in the later project: it builds on a project, reuses an outcome of it, or addresses a
    question that it raised. The last is weaker, for nobody says that the one project knew of the other.

    Parameters
    ----------
    book : Book
        The register.
    id : str, optional
        A project: all that it goes on from, and all that goes on from it. Of another record, the projects that it
        is linked with.
    areas : Areas, optional
        The areas of the city; with them, the areas are listed in which many projects asked people in a short time.
    level : str, optional
        On which level; the last but one of the city if left out.
    span, least : int
        Within how many years, and how many projects, so that an area is listed.

    Returns
    -------
    Lineage
        With `.table`, `.steps`, `.chains`, `.dead_ends`, `.roots`, `.load`, and a drawing.

    Raises
    ------
    UnknownNameError
        If there is no record with that id.

    Examples
    --------
    >>> import labkit as lk
    >>> lineage(lk.open_city("leiden").register.book, "p-2019-leren-met-de-stad").chains[0].projects
    ('p-2018-honours-pilot', 'p-2019-leren-met-de-stad')
    """
    if id is not None:
        id = book[id].id
    load = None if areas is None else repeat_load(book, areas, level, span=span, least=least)
    return Lineage(book, id, steps_of(book), load)
