"""The steps from one project to the next, and the chains that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from labkit.register.book import Book
from labkit.register.lineage.graph import graph_of
from labkit.register.records import Outcome, Project

if TYPE_CHECKING:
    import networkx as nx

#: From strong to weak: a question that one project raised and another addresses is the weakest.
RELATIONS = ("builds_on", "reuses", "question")


@dataclass(frozen=True, slots=True)
class Step:
    """One step from an earlier project to a later one.

    Attributes
    ----------
    earlier, later : str
        Ids of projects.
    relation : {"builds_on", "reuses", "question"}
        The later one builds on the earlier, reuses an outcome of it, or addresses a question that it raised.
    via : str
        The id of that outcome or question; else "".
    """

    earlier: str
    later: str
    relation: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Projects that follow each other.

    Attributes
    ----------
    projects : tuple of str
        Ids, from the first to the last.
    relations : tuple of str
        How each goes on from the one before; one fewer than the projects.
    """

    projects: tuple[str, ...]
    relations: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many projects it has."""
        return len(self.projects)


def steps_of(book: Book) -> list[Step]:
    """Return all steps between projects of a book, sorted; what is named and not there is left out."""
    found = set(_steps(book))
    projects = {one.id for one in book.of(Project)}
    kept = (one for one in found if one.earlier in projects and one.later in projects)
    return sorted(kept, key=lambda one: (one.earlier, one.later, RELATIONS.index(one.relation), one.via))


def _steps(book: Book) -> Iterator[Step]:
    for link in book.links:
        if link.predicate == "builds_on":
            yield Step(link.object, link.subject, "builds_on")
        elif link.predicate == "reuses":
            outcome = book.records.get(link.object)
            if isinstance(outcome, Outcome):
                yield Step(outcome.project, link.subject, "reuses", outcome.id)
        elif link.predicate == "raises":
            for other in book.links_to(link.object, "addresses"):
                if other.subject != link.subject:
                    yield Step(link.subject, other.subject, "question", link.object)


def projects_at(book: Book, id: str) -> list[str]:
    """Return the projects that a record stands for: itself, or those that it is linked with."""
    if isinstance(book[id], Project):
        return [id]
    linked = {link.subject for link in book.links_to(id)} | {link.object for link in book.links_from(id)}
    linked |= {link.subject for link in book.links_from(id)} | {link.object for link in book.links_to(id)}
    return sorted(one for one in linked if isinstance(book.records.get(one), Project))


def reached(steps: list[Step], focus: list[str]) -> list[Step]:
    """Return the steps on the ways that lead to some projects, and on those that lead away from them."""
    back: dict[str, set[str]] = {}
    forth: dict[str, set[str]] = {}
    for step in steps:
        back.setdefault(step.later, set()).add(step.earlier)
        forth.setdefault(step.earlier, set()).add(step.later)
    before, after = _all(back, focus), _all(forth, focus)
    return [
        one
        for one in steps
        if (one.earlier in before and one.later in before) or (one.earlier in after and one.later in after)
    ]


def _all(ways: Mapping[str, set[str]], start: Iterable[str]) -> set[str]:
    found, todo = set(start), list(start)
    while todo:
        new = ways.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def chains_in(graph: nx.DiGraph[str], rings: list[list[str]]) -> Iterator[Chain]:
    """Yield for every project with which a line ends the longest way that leads to it, without the circles."""
    import networkx as nx

    ring = {one: number for number, several in enumerate(rings) for one in several}
    open_ = graph_of(
        ((a, b) for a, b in graph.edges if a != b and (a not in ring or ring[a] != ring.get(b))), graph.nodes
    )
    best: dict[str, tuple[int, int]] = {}  # how long the longest way here is, and how many of its steps are strong
    came: dict[str, str] = {}
    for here in nx.lexicographical_topological_sort(open_):
        ways = {one: _longer(best[one], graph.edges[one, here]["relation"]) for one in open_.predecessors(here)}
        best[here] = max(ways.values(), default=(1, 0))
        if ways:
            came[here] = min(one for one, value in ways.items() if value == best[here])
    for end in open_:
        if end in came and not open_.out_degree(end):
            path = [end]
            while path[-1] in came:
                path.append(came[path[-1]])
            path.reverse()
            relations = (graph.edges[pair]["relation"] for pair in pairwise(path))
            yield Chain(tuple(path), tuple(relations))


def _longer(way: tuple[int, int], relation: str) -> tuple[int, int]:
    return way[0] + 1, way[1] + (relation != "question")
