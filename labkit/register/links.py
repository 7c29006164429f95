"""How records hang together: every relation in its own direction, read from the fields that name another record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labkit.register.fields import Ref, block_in, marks_in
from labkit.register.records import Block, Record

#: What each relation is called: predicate -> Dutch, English, and the term of a standard.
PREDICATES: dict[str, tuple[str, str, str]] = {
    "addresses": ("beantwoordt", "addresses", "schema:about"),
    "raises": ("roept op", "raises", ""),
    "builds_on": ("bouwt voort op", "builds on", "datacite:Continues"),
    "reuses": ("hergebruikt", "reuses", "datacite:IsDerivedFrom"),
    "produces": ("levert op", "produces", "cerif:Project_ResultProduct"),
    "partner_in": ("partner in", "partner in", "cerif:Consortium"),
    "located_in": ("ligt in", "located in", "schema:areaServed"),
    "part_of_course": ("onderdeel van", "part of course", "schema:isPartOf"),
    "under_agreement": ("valt onder", "under agreement", ""),
    "party_to": ("partij bij", "party to", ""),
    "committed_to": ("zegt toe in", "committed to", ""),
    "renews": ("vernieuwt", "renews", "datacite:IsNewVersionOf"),
    "part_of": ("onderdeel van", "part of", "schema:parentOrganization"),
    "offers": ("biedt aan", "offers", "schema:provider"),
    "publishes": ("geeft uit", "publishes", "schema:publisher"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One relation between two records, or between a record and an area.

    Attributes
    ----------
    subject, predicate, object : str
        Who, what and whom: ids of records, or the code of an area.
    role : str
        The role of a partner or party, or the commitment of an agreement; else "".
    start, end : str or None
        From when until when, where that is stated.
    source : str
        The page that says so, or "".
    field : str
        The field that says so, in the record whose id is `holder`.
    holder : str
        The record that holds the relation.
    """

    subject: str
    predicate: str
    object: str
    role: str = ""
    start: str | None = None
    end: str | None = None
    source: str = ""
    field: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """Where in a class of records a relation stands."""

    name: str
    ref: Ref
    many: bool
    inner: tuple[Route, ...] = ()


_KNOWN: dict[type[Block], tuple[Route, ...]] = {}


def routes(kind: type[Block]) -> tuple[Route, ...]:
    """Return where in a class of records relations stand."""
    if kind not in _KNOWN:
        _KNOWN[kind] = tuple(_read_routes(kind))
    return _KNOWN[kind]


def _read_routes(kind: type[Block]) -> list[Route]:
    made = []
    for name, found in kind.model_fields.items():
        many = str(found.annotation).startswith("list") or "list[" in str(found.annotation)
        marks = [one for one in (*found.metadata, *marks_in(found.annotation)) if isinstance(one, Ref)]
        block = block_in(found.annotation)
        if block is not None and issubclass(block, Block):
            inner = routes(block)
            if inner:
                made.append(Route(name, inner[0].ref, many, inner))
        elif marks:
            made.append(Route(name, marks[0], many))
    return made


def references(record: Record) -> Iterator[tuple[str, str, Ref, Block | None]]:
    """Yield what a record refers to: the field's path, the id or code, the mark of the field, and its block.

    Examples
    --------
    >>> from labkit.register.records import Outcome
    >>> made = Outcome(id="out-x", visibility="public", project="p-x", stage="none", kind="report", statement_en="-",
    ...                direction="unknown", evidence="none")
    >>> [(path, other) for path, other, _, _ in references(made)]
    [('project', 'p-x')]
    """
    yield from _walk(record, "", None)


def _walk(block: Block, prefix: str, inside: Block | None) -> Iterator[tuple[str, str, Ref, Block | None]]:
    for route in routes(type(block)):
        value: Any = getattr(block, route.name)
        if not value:
            continue
        for place, one in enumerate(value if route.many else [value], start=1):
            path = f"{prefix}{route.name}[{place}]" if route.many else f"{prefix}{route.name}"
            if route.inner:
                yield from _walk(one, f"{path}.", one)
            else:
                yield path, one, route.ref, inside


def links_of(record: Record) -> Iterator[Link]:
    """Yield the relations that a record holds."""
    own = record.id
    for path, other, ref, block in references(record):
        subject, target = (other, own) if ref.inverse else (own, other)
        role = getattr(block, "role", None) or getattr(block, "commitment", None)
        if ref.predicate == "committed_to":
            role = getattr(block, "id", "")
        if path == "asker":
            role = "asker"
        yield Link(
            subject,
            ref.predicate,
            target,
            role or "",
            getattr(block, "start", None),
            getattr(block, "end", None),
            getattr(block, "source", None) or "",
            path,
            own,
        )


def without(record: Record, gone: Iterable[str]) -> Record | None:
    """Return a record without its references to some others; None if it cannot be without one of them.

    Parameters
    ----------
    record : Record
        The record.
    gone : iterable of str
        Ids that may not be named.
    """
    hidden = set(gone)
    data = record.as_dict()
    if not any(other in hidden for _, other, _, _ in references(record)):
        return record
    for route in routes(type(record)):
        if route.name not in data:
            continue
        kept = _stripped(data[route.name], route, hidden)
        if kept is None and type(record).model_fields[route.name].is_required():
            return None
        data[route.name] = kept
    return type(record).model_validate({name: value for name, value in data.items() if value is not None})


def _stripped(value: Any, route: Route, hidden: set[str]) -> Any:
    if route.many:
        kept = (_stripped(one, Route(route.name, route.ref, False, route.inner), hidden) for one in value)
        return [one for one in kept if one is not None]
    if not route.inner:
        return None if value in hidden else value
    out: Mapping[str, Any] = dict(value)
    for inner in route.inner:
        if inner.name not in out:
            continue
        kept = _stripped(out[inner.name], inner, hidden)
        if kept is None:
            return None  # the block says nothing without it
        out = {**out, inner.name: kept}
    return out
