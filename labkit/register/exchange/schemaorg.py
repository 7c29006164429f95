"""Records as things of schema.org, linked to each other: the graph of a research object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from labkit.register.exchange.about import page_of
from labkit.register.fields import OneOf, marker_at
from labkit.register.records import Agreement, Offer, Outcome, Partner, Project, Question, Record
from labkit.register.vocabularies import UNKNOWN, Vocabulary

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

Entity = dict[str, Any]

#: A research object asks more of these than a register knows: files of its own, versions of software.
_ASKS_MORE = {"Dataset", "MediaObject", "SoftwareApplication"}
#: What may not stand in an address; a dangling percent sign is no escape of anything.
_UNSAFE = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})")


class Graph:
    """The entities of a book, each once, with references between them.

    Parameters
    ----------
    book : Book
        The records, as the audience may see them.
    areas : Areas or None
        The areas of the city, for the names of places.

    Examples
    --------
    >>> from labkit.register.book import Book
    >>> made = Book([Partner(id="org-police", visibility="public", name="Politie", kind="police")])
    >>> Graph(made, None).entities["#org-police"]["@type"]
    ['Organization', 'GovernmentOrganization']
    """

    def __init__(self, book: Book, areas: Areas | None) -> None:
        self.book, self.areas = book, areas
        self.entities: dict[str, Entity] = {}
        self._ids = _ids(book)
        for record in book:
            self.add(_DESCRIBE[type(record)](self, record))

    def add(self, entity: Entity) -> Entity:
        """Take an entity into the graph unless one with its id is there, and return a reference to it."""
        found = {name: value for name, value in entity.items() if value not in (None, "", [])}
        self.entities.setdefault(found["@id"], found)
        return {"@id": found["@id"]}

    def ref(self, id: str) -> Entity:
        """Return a reference to a record."""
        return {"@id": self._ids[id]}

    def refs(self, ids: Iterable[str]) -> list[Entity]:
        """Return references to the records that are there."""
        return [self.ref(id) for id in dict.fromkeys(ids) if id in self._ids]

    def records(self) -> list[Entity]:
        """Return references to all records."""
        return self.refs(one.id for one in self.book)

    def terms(self, record: Record, field: str) -> list[Entity]:
        """Return references to the values of a field."""
        return [self._term(vocabulary_of(record, field), id) for id in getattr(record, field)]

    def _term(self, vocabulary: Vocabulary, id: str) -> Entity:
        term = vocabulary[id]
        return self.add(
            {
                "@id": iri(f"#{vocabulary.name}-{id}".replace(" ", "-")),
                "@type": "DefinedTerm",
                "name": term.en,
                "alternateName": term.nl if term.nl != term.en else None,
                "termCode": id,
            }
        )

    def page(self, url: str) -> Entity:
        """Return a reference to a page on the web."""
        return self.add({"@id": iri(url), "@type": "WebPage", "name": url})

    def licence(self, name: str | None) -> Entity | None:
        """Return a reference to a licence."""
        if not name:
            return None
        page = page_of(name) or iri(f"#licence-{name}")
        return self.add({"@id": page, "@type": "CreativeWork", "name": name, "description": f"Licence {name}"})

    def places(self, record: Question | Offer | Project | Partner) -> Any:
        """Return where a record is: its areas, or else in words."""
        if record.areas:
            return compact([self.place(code) for code in record.areas])
        return None if getattr(record, "scope", "areas") == "areas" else _label(record, "scope")

    def place(self, code: str) -> Entity:
        """Return a reference to an area, with those in which it lies."""
        area = self.areas[code] if self.areas is not None and code in self.areas else None
        entity: Entity = {
            "@id": iri(f"#area-{code}"),
            "@type": "Place",
            "name": area.name if area else code,
            "identifier": code,
        }
        if area is not None:
            entity["description"] = area.level
            if area.parent is not None:
                entity["containedInPlace"] = self.place(area.parent.code)
        return self.add(entity)


def iri(text: str) -> str:
    """Return an address in which nothing stands that may not stand there.

    Examples
    --------
    >>> iri("https://example.org/a b?x=100%")
    'https://example.org/a%20b?x=100%25'
    """
    return _UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", text)


def compact(values: Iterable[Any]) -> Any:
    """Return nothing, the one value, or the list of values without doubles."""
    found: list[Any] = []
    for value in values:
        if value not in (None, "", []) and value not in found:
            found.append(value)
    return None if not found else found[0] if len(found) == 1 else found


def _ids(book: Book) -> dict[str, str]:
    """Return what each record is called in the graph: its id in the world, if no other record has it too."""
    worldly = {one.id: _worldly(one) for one in book}
    count = Counter(worldly.values())
    return {id: url if url and count[url] == 1 else f"#{id}" for id, url in worldly.items()}


def _worldly(record: Record) -> str:
    if isinstance(record, Partner):
        return record.ror or (f"https://www.wikidata.org/entity/{record.wikidata}" if record.wikidata else "")
    return iri(f"https://doi.org/{record.doi}") if isinstance(record, Outcome) and record.doi else ""


def _texts(record: Record, name: str) -> list[str]:
    return [text for language in ("en", "nl") if (text := getattr(record, f"{name}_{language}"))]


def _shared(graph: Graph, record: Record, kind: str, name: str, text: str) -> Entity:
    """Return what every record says: its names, its texts, where its facts come from, who may see it."""
    names = _texts(record, name) if name else []
    return {
        "@id": graph.ref(record.id)["@id"],
        "@type": kind,
        "identifier": record.id,
        "name": names[0] if names else record.id,
        "alternateName": compact(name for name in names[1:] if name != names[0]),
        "description": compact(_texts(record, text)) if text else None,
        "subjectOf": compact(graph.page(url) for url in record.sources),
        "conditionsOfAccess": _label(record, "visibility"),
    }


def vocabulary_of(record: Record, field: str) -> Vocabulary:
    """Return the vocabulary of a field.

    Examples
    --------
    >>> vocabulary_of(Partner(id="org-x", visibility="public", name="X", kind="other"), "kind").name
    'kind of partner'
    """
    mark = marker_at(type(record), (field,), OneOf)
    assert mark is not None
    return mark.vocabulary


def _label(record: Record, field: str) -> Any:
    """Return the label of a field's value, or of each of its values."""
    value, words = getattr(record, field), vocabulary_of(record, field)
    return compact(words[id].en for id in (value if isinstance(value, list) else [value]) if id is not None)


def _known(date: str | None) -> str | None:
    return None if date == UNKNOWN else date


def _type(record: Record) -> str:
    """Return what schema.org calls a record of this kind; "" where it has no word."""
    prefix, _, name = vocabulary_of(record, "kind")[record.kind].standard.partition(":")  # type: ignore[attr-defined]
    return name if prefix == "schema" and name else ""


def _question(graph: Graph, one: Question) -> Entity:
    texts = _texts(one, "answer")
    answer = {"@id": f"#{one.id}-answer", "@type": "Answer", "name": "Answer", "text": compact(texts)}
    return {
        **_shared(graph, one, "Question", "title", "text"),
        "about": compact(graph.terms(one, "themes")),
        "author": compact(graph.refs([one.asker or ""])),
        "audienceType": _label(one, "asker_kind"),
        "dateCreated": _known(one.asked_on),
        "spatialCoverage": graph.places(one),
        "educationalUse": _label(one, "fit"),
        "educationalLevel": _label(one, "levels"),
        "creativeWorkStatus": _label(one, "status"),
        "suggestedAnswer": graph.add(answer) if texts else None,
    }


def _offer(graph: Graph, one: Offer) -> Entity:
    return {
        **_shared(graph, one, "Course", "title", "text"),
        "provider": compact(graph.refs(one.institutions)),
        "about": compact(graph.terms(one, "themes")),
        "courseCode": one.course_code,
        "numberOfCredits": one.ec,
        "educationalUse": _label(one, "kind"),
        "educationalLevel": _label(one, "levels"),
        "startDate": _known(one.start),
        "endDate": _known(one.end),
        "spatialCoverage": graph.places(one),
        "url": one.website,
    }


def _project(graph: Graph, one: Project) -> Entity:
    book = graph.book
    funders = [two.partner for two in one.partners if two.role == "funder"]
    settings = book.settings
    programme = {"@id": iri(f"#programme-{one.programme}"), "@type": "Project"}
    programme |= {"name": settings.programme(one.programme, "en"), "identifier": one.programme}
    return {
        **_shared(graph, one, "Project", "title", "summary"),
        "additionalType": _label(one, "kind"),
        "url": one.pid,
        "isPartOf": compact([graph.add(programme), *graph.refs([one.offer or ""])]),
        "about": compact([*graph.terms(one, "themes"), *graph.refs(one.addresses)]),
        "mentions": compact(graph.refs(one.raises)),
        "isBasedOn": compact(graph.refs([*one.builds_on, *one.reuses])),
        "foundingDate": _known(one.start),
        "dissolutionDate": _known(one.end),
        "areaServed": graph.places(one),
        "member": compact(graph.refs(two.partner for two in one.partners if two.role != "funder")),
        "funder": compact(graph.refs(funders)),
        "educationalLevel": _label(one, "levels"),
        "measurementTechnique": _label(one, "methods"),
        "creativeWorkStatus": _label(one, "status"),
        "funding": compact(graph.refs(two.agreement for two in one.under_agreement)),
        "license": graph.licence(one.licence),
    }


def _partner(graph: Graph, one: Partner) -> Entity:
    same = [one.ror, f"https://www.wikidata.org/entity/{one.wikidata}" if one.wikidata else None]
    return {
        **_shared(graph, one, "", "", ""),
        # Programs that do not know that a school is an organisation are told so.
        "@type": compact(["Organization", _type(one)]),
        "name": one.name,
        "alternateName": compact([one.name_en, one.short_name]),
        "additionalType": _label(one, "kind"),
        "description": compact(_texts(one, "note")),
        "parentOrganization": compact(graph.refs([one.part_of or ""])),
        "sameAs": compact(same),
        "url": one.website,
        "areaServed": graph.places(one),
    }


def _agreement(graph: Graph, one: Agreement) -> Entity:
    grants = [two.partner for two in one.parties if two.role == "grantor"]
    years = [date for date in (one.start, one.end) if date and date != UNKNOWN]
    return {
        **_shared(graph, one, "Grant" if one.kind == "grant" else "CreativeWork", "title", "text"),
        "additionalType": _label(one, "kind"),
        "creativeWorkStatus": _label(one, "status"),
        "dateCreated": _known(one.signed_on),
        "temporalCoverage": "/".join(years) or None,
        "contributor": compact(graph.refs(two.partner for two in one.parties if two.role != "grantor")),
        "funder": compact(graph.refs(grants)),
        "isBasedOn": compact(graph.refs([one.renews or ""])),
        "isPartOf": compact(graph.refs(two.agreement for two in one.under_agreement)),
        "url": one.text_url,
    }


def _outcome(graph: Graph, one: Outcome) -> Entity:
    kind = _type(one) if one.stage == "output" else ""
    named = "title" if _texts(one, "title") else "statement"
    return {
        **_shared(graph, one, kind if kind and kind not in _ASKS_MORE else "CreativeWork", named, "statement"),
        "additionalType": compact([_label(one, "kind"), f"stage: {_label(one, 'stage')}"]),
        "producer": compact(graph.refs([one.project])),
        "publisher": compact(graph.refs([one.publisher or ""])),
        "audience": compact(graph.terms(one, "for_whom")),
        "dateCreated": _known(one.observed_on),
        "backstory": f"evidence: {_label(one, 'evidence')}",
        "sameAs": compact([iri(f"https://doi.org/{one.doi}") if one.doi else None]),
        "url": one.url,
        "license": graph.licence(one.licence),
    }


_DESCRIBE: dict[type[Record], Callable[[Graph, Any], Entity]] = {
    Question: _question,
    Offer: _offer,
    Project: _project,
    Partner: _partner,
    Agreement: _agreement,
    Outcome: _outcome,
}


def in_order(graph: Graph) -> Iterator[Entity]:
    """Yield the records of a graph as the book has them, then what they refer to, by id."""
    first = [one["@id"] for one in graph.records()]
    yield from (graph.entities[id] for id in dict.fromkeys(first))
    yield from (graph.entities[id] for id in sorted(graph.entities) if id not in set(first))
