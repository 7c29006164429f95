"""Initiatives of associations, by agreement and commitment: question 10 of coverage.

Nothing is put under an agreement by its looks: only what the records say counts as linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell
from labkit.language import t
from labkit.register.coverage.finding import Finding, register_source
from labkit.register.coverage.selection import Selection
from labkit.register.coverage.words import counted, projects
from labkit.register.records import Agreement, Partner, Project
from labkit.register.wording import title_of

if TYPE_CHECKING:
    import pandas as pd

ASSOCIATION = "association"
INITIATIVE = "initiative"
Key = tuple[str, str, str]


class Initiatives(Finding):
    """How many initiatives each association has under each agreement and commitment, and for which none is recorded.

    Attributes
    ----------
    found : dict
        (id of the agreement, id of the commitment, id of the association) -> projects. "" stands for no agreement
        or no commitment. An association that is party to an agreement is there also without a project.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> Initiatives(Selection(Book([]), lk.open_city("leiden"))).found
    {}
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        records = selection.book.records
        self._associations = {one.id for one in selection.book.of(Partner) if one.kind == ASSOCIATION}
        found: dict[Key, list[Project]] = {key: [] for key in self._promised()}
        for project in selection.projects:
            for key in self._keys(project):
                found.setdefault(key, []).append(project)
        # What is under an agreement first, in the order of ids; the rest last.
        self.found = dict(sorted(found.items(), key=lambda item: (not item[0][0], item[0])))
        self._titles = {
            id: title_of(records[id]) if id in records else id for key in self.found for id in (key[0], key[2]) if id
        }
        self.sources = [register_source(selection.book, selection.city)]
        self.sentences = self._sentences()
        self.notes = [
            t(
                "Counted are projects of associations that a record puts under an agreement, and initiatives of "
                "associations for which no agreement is recorded. A project of several associations counts for each of "
                "them. Other projects under an agreement are not counted here."
            ),
            t("No agreement recorded: there may be one that the register does not name."),
            *selection.all_notes,
        ]

    @property
    def title(self) -> str:
        """What is counted."""
        return self.selection.titled(t("Initiatives of associations, by agreement"))

    @property
    def linked(self) -> list[Project]:
        """The projects of associations that are under an agreement."""
        return _once(found for key, found in self.found.items() if key[0])

    @property
    def unlinked(self) -> list[Project]:
        """The initiatives of associations for which no agreement is recorded."""
        return _once(found for key, found in self.found.items() if not key[0])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an agreement, commitment and association.

        Columns agreement, commitment, association (ids; "" for none), agreement_title, association_name, projects,
        ids.
        """
        import pandas as pd

        columns = ("agreement", "commitment", "association", "agreement_title", "association_name", "projects", "ids")
        rows = [
            (
                *key,
                self._titles.get(key[0], ""),
                self._titles[key[2]],
                len(found),
                "; ".join(one.id for one in found),
            )
            for key, found in self.found.items()
        ]
        return pd.DataFrame(rows, columns=list(columns))

    def _promised(self) -> list[Key]:
        """Return every commitment of an association, and the agreements to which one is party without a commitment."""
        keys: list[Key] = []
        for one in self.selection.book.of(Agreement):
            found = [(one.id, promise.id, partner) for promise in one.commitments for partner in promise.parties]
            bound = {partner for _, _, partner in found}
            found += [(one.id, "", party.partner) for party in one.parties if party.partner not in bound]
            keys += [key for key in found if key[2] in self._associations]
        return keys

    def _keys(self, project: Project) -> list[Key]:
        if not project.under_agreement and project.kind != INITIATIVE:
            return []
        of = sorted({one.partner for one in project.partners} & self._associations)
        places = [(one.agreement, one.commitment or "") for one in project.under_agreement]
        return [(*place, partner) for place in dict.fromkeys(places or [("", "")]) for partner in of]

    def _sentences(self) -> list[str]:
        if not (self.linked or self.unlinked):
            return [t("No initiative of an association is on record here.")]
        return [
            t("Of associations, under an agreement: {count}.", count=projects(len(self.linked))),
            t("Initiatives of associations with no agreement recorded: {count}.", count=projects(len(self.unlinked))),
        ]

    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        heads = [t("Association"), t("Commitment"), t("Projects")]
        rows: list[list[Cell]] = []
        head = None
        for (agreement, commitment, association), found in self.found.items():
            if agreement != head:
                head = agreement
                name = self._titles[agreement] if agreement else t("No agreement recorded")
                rows.append([Cell(name, "group", span=len(heads))])
            cells = [Cell(self._promise(agreement, commitment)), Cell(counted(len(found)), "n")]
            rows.append([Cell(self._titles[association], "row"), *cells])
        return heads, rows

    def _promise(self, agreement: str, commitment: str) -> str:
        record = self.selection.book.records.get(agreement)
        promises = record.commitments if isinstance(record, Agreement) else []
        return next((one.text("text") for one in promises if one.id == commitment), commitment)


def _once(lists: Iterable[Sequence[Project]]) -> list[Project]:
    return list({one.id: one for found in lists for one in found}.values())
