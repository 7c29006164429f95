"""All records of a register, in memory and linked: what every analysis works on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from labkit.errors import UnknownNameError
from labkit.language import did_you_mean, t
from labkit.names import nearest
from labkit.packagechecks.fault import Fault
from labkit.register.links import Link, links_of, references, without
from labkit.register.records import KINDS, Outcome, Record
from labkit.register.settings import Settings
from labkit.register.vocabularies import VISIBILITY

R = TypeVar("R", bound=Record)


class Book:
    """The records of a register.

    Parameters
    ----------
    records : iterable of Record
        All of them, of all kinds.
    settings : Settings, optional
        Title and programmes.
    faults : iterable of Fault
        What could not be read.
    files : mapping, optional
        Id -> file of the record, from the register's folder.
    withheld : mapping, optional
        Id -> relations of which something was left out for an audience.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> book = Book([Partner(id="org-police", visibility="public", name="Politie", kind="police")])
    >>> book["org-police"].title, len(book), book.of(Partner)[0].kind
    ('Politie', 1, 'police')
    """

    def __init__(
        self,
        records: Iterable[Record],
        settings: Settings | None = None,
        faults: Iterable[Fault] = (),
        files: Mapping[str, str] | None = None,
        withheld: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        order = list(KINDS)
        ordered = sorted(records, key=lambda one: (order.index(one.KIND), one.id))
        self.records: dict[str, Record] = {one.id: one for one in ordered}
        self.settings = settings or Settings()
        self.faults = list(faults)
        self._files = dict(files or {})
        #: Id -> the relations of which something is not shown to this audience: of these, "none" cannot be said.
        self.withheld: dict[str, frozenset[str]] = dict(withheld or {})

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __contains__(self, id: object) -> bool:
        return id in self.records

    def __getitem__(self, id: str) -> Record:
        if id in self.records:
            return self.records[id]
        near = nearest(str(id), self.records)
        hint = did_you_mean(near) if near else t("Search the register for a word of its title.")
        raise UnknownNameError(t('There is no record "{id}". {hint}', id=id, hint=hint), near)

    def of(self, kind: type[R]) -> list[R]:
        """Return the records of a kind, by id."""
        return [one for one in self.records.values() if isinstance(one, kind)]

    def file(self, id: str) -> str:
        """Return the file of a record, from the register's folder: "projects/p-x.yaml"."""
        return self._files.get(id) or f"{self[id].FOLDER}/{id}.yaml"

    @cached_property
    def links(self) -> list[Link]:
        """Every relation that a record holds, in its own direction."""
        return [link for record in self for link in links_of(record)]

    @cached_property
    def _from(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.subject, []).append(link)
        return found

    @cached_property
    def _to(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.object, []).append(link)
        return found

    def unread(self) -> str:
        """Say how many files could not be read, so that what they hold is in no count; "" if all could be."""
        files = {one.file for one in self.faults if "/" in one.file}
        if not files:
            return ""
        return t(
            "Files that cannot be read, and are in no count: {count}. A check of the register tells which.",
            count=len(files),
        )

    def links_from(self, id: str, predicate: str | None = None) -> list[Link]:
        """Return the relations of which a record is the subject."""
        return [one for one in self._from.get(id, []) if predicate in (None, one.predicate)]

    def links_to(self, id: str, predicate: str | None = None) -> list[Link]:
        """Return the relations of which a record or area is the object."""
        return [one for one in self._to.get(id, []) if predicate in (None, one.predicate)]

    @cached_property
    def _outcomes(self) -> dict[str, list[Outcome]]:
        found: dict[str, list[Outcome]] = {}
        for one in self.of(Outcome):
            found.setdefault(one.project, []).append(one)
        return found

    def outcomes_of(self, project: str) -> list[Outcome]:
        """Return the outcomes of a project."""
        return list(self._outcomes.get(project, []))

    def changed(self, id: str, record: Record | None, faults: Iterable[Fault] = ()) -> Book:
        """Return the book with one record put in, replaced, or (None) taken out; quick in a large book.

        Examples
        --------
        >>> from labkit.register.records import Partner
        >>> made = Partner(id="org-x", visibility="public", name="X", kind="other")
        >>> len(Book([]).changed("org-x", made)), len(Book([made]).changed("org-x", None))
        (1, 0)
        """
        if record is not None and id not in self.records:
            return Book([*self.records.values(), record], self.settings, faults, self._files)
        new = Book([], self.settings, faults, self._files)
        new.records = dict(self.records)
        if record is None:
            new.records.pop(id, None)
        else:
            new.records[id] = record  # at its place in the order
        return new

    def visible_to(self, audience: str) -> Book:
        """Return the book as an audience may see it.

        What they may not see is left out, and so is every reference to it. An outcome of a project that
        they may not see goes with it.

        Parameters
        ----------
        audience : {"public", "partners", "private"}
            "private" sees all.

        Examples
        --------
        >>> from labkit.register.records import Partner
        >>> made = Partner(id="org-x", visibility="private", name="X", kind="other")
        >>> len(Book([made]).visible_to("partners"))
        0
        """
        allowed = VISIBILITY.ids[: VISIBILITY.ids.index(VISIBILITY[audience].id) + 1]
        if audience == VISIBILITY.ids[-1]:
            return self
        kept = {id: one for id, one in self.records.items() if one.visibility in allowed}
        while True:
            # What names a record that is not there names perhaps one that was hidden: it goes too.
            found = {id: without(one, self._hidden(one, kept)) for id, one in kept.items()}
            left = {id: one for id, one in found.items() if one is not None}
            if len(left) == len(kept):
                files = {id: name for id, name in self._files.items() if id in left}
                return Book(left.values(), self.settings, (), files, self._withheld(left))
            kept = left

    def _withheld(self, shown: Mapping[str, Record]) -> dict[str, frozenset[str]]:
        """Return of which relations of the records that are shown the other end is not."""
        found: dict[str, set[str]] = {}
        for link in self.links:
            for own, other in ((link.subject, link.object), (link.object, link.subject)):
                if own in shown and other in self and (other not in shown or link.holder not in shown):
                    found.setdefault(own, set()).add(link.predicate)
        return {id: frozenset(predicates) for id, predicates in found.items()}

    def public(self) -> Book:
        """Return what everybody may see."""
        return self.visible_to("public")

    @staticmethod
    def _hidden(record: Record, kept: Mapping[str, Record]) -> set[str]:
        return {other for _, other, ref, _ in references(record) if ref.kind != "area" and other not in kept}

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{number} {kind.PLURALS('en')}" for kind in KINDS.values() if (number := len(self.of(kind)))
        )
        return f"<Book: {counts or 'no records'}>"
