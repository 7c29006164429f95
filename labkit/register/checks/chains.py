"""What builds on what runs forward in time, and never in a circle.

Source: domain model, "no cycle in builds_on; builds_on target not later than subject". In a circle every project
would come before itself; continuity and lineage could not be told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from labkit.language import t
from labkit.register import when
from labkit.register.checks.context import Context, Finding, error, warning
from labkit.register.links import Link
from labkit.register.records import Agreement, Outcome, Project, Record
from labkit.register.spans import span_of

#: Relations that lead back in time, or up to a whole.
CHAINS = ("builds_on", "renews", "part_of", "under_agreement")


def check_chains(context: Context) -> Iterator[Finding]:
    """Yield records that come before themselves, directly or in a circle; each circle is told once."""
    for predicate in CHAINS:
        links = [one for one in context.book.links if one.predicate == predicate]
        for link in links:
            if link.subject == link.object:
                message = t("This record refers to itself.")
                yield error(context.book[link.holder], link.field, message, t("Take the reference out."))
        for circle in _circles([one for one in links if one.subject != one.object]):
            first = min(circle, key=lambda one: (_began(context.book.records.get(one.subject)), one.subject))
            at = circle.index(first)
            names = [one.subject for one in (*circle[at:], *circle[:at])]
            shown = " > ".join([*names, names[0]])
            message = t("These records go round in a circle: {names}.", names=shown)
            advice = t("Take out the reference that is not true: what came first cannot follow from what came later.")
            yield error(context.book[first.holder], first.field, message, advice)


def check_order(context: Context) -> Iterator[Finding]:
    """Yield projects that build on a later one, agreements that renew a later one, and reuse of one's own outcome."""
    for link in context.book.links:
        if link.predicate not in ("builds_on", "renews", "reuses") or link.subject == link.object:
            continue
        record, other = context.book[link.holder], context.book.records.get(link.object)
        if link.predicate == "reuses":
            if isinstance(other, Outcome) and other.project == record.id:
                message = t("{id} is an outcome of this project itself.", id=other.id)
                yield error(record, link.field, message, t("Name outcomes of other projects only."))
        elif isinstance(record, Project | Agreement) and isinstance(other, Project | Agreement):
            yield from _later(record, other, link)


def _later(record: Project | Agreement, other: Project | Agreement, link: Link) -> Iterator[Finding]:
    own, its = span_of(record), span_of(other)
    if not own.starts_before(its):
        return
    named = {"id": other.id, "when": when.shown(its.start), "own": when.shown(own.start)}
    if own.ends_before(its):
        message = t("{id} began later ({when}) than this one ({own}).", **named)
        yield error(record, link.field, message, t("Turn the reference round, or correct a date."))
    elif isinstance(record, Project):
        message = t("{id} began ({when}) while this one ({own}) was already running.", **named)
        yield warning(record, link.field, message, t("Look whether it is the other way round."))


def _began(record: Record | None) -> date:
    """Return the first day of a record; unknown comes last."""
    start = when.earliest(span_of(record).start) if isinstance(record, Project | Agreement) else None
    return start or date.max


def _circles(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Yield one circle, the shortest through its first record, of every group of records that reach each other."""
    onward: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda one: (one.subject, one.object)):
        onward.setdefault(link.subject, []).append(link)
    if not (left := _on_circles(onward)):
        return
    import networkx as nx

    graph = nx.DiGraph([(one, link.object) for one in left for link in onward[one] if link.object in left])
    groups = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    for group in sorted(groups, key=min):
        yield _shortest(min(group), group, onward)


def _on_circles(onward: dict[str, list[Link]]) -> set[str]:
    """Return the records that may be on a circle: ends are taken off until none is left, in nearly all registers all."""
    follows: dict[str, list[str]] = {}
    left = {one: len(links) for one, links in onward.items()}
    ends = deque[str]()
    for subject, links in onward.items():
        for link in links:
            follows.setdefault(link.object, []).append(subject)
            if link.object not in onward:
                left[link.object] = 0
    ends.extend(one for one, number in left.items() if not number)
    while ends:
        for subject in follows.get(ends.popleft(), ()):
            left[subject] -= 1
            if not left[subject]:
                ends.append(subject)
    return {one for one, number in left.items() if number}


def _shortest(start: str, group: set[str], onward: dict[str, list[Link]]) -> list[Link]:
    """Return the shortest way from a record back to itself within a group in which every record reaches every other."""
    ways: dict[str, list[Link]] = {start: []}
    todo = deque([start])
    while todo:
        here = todo.popleft()
        for link in onward[here]:
            if link.object == start:
                return [*ways[here], link]
            if link.object in group and link.object not in ways:
                ways[link.object] = [*ways[here], link]
                todo.append(link.object)
    raise AssertionError("a group of records that reach each other holds a circle")
