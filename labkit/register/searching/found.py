"""What a search found: records in order, each with the place where the words stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from labkit.areas import Areas
from labkit.comparison.cells import Cell, text_table
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.register.book import Book
from labkit.register.records import Partner, Record
from labkit.register.searching.index import labels_of
from labkit.register.searching.question import Term
from labkit.register.searching.snippet import Snippet, field_shown, snippets_of
from labkit.register.spans import when_of
from labkit.register.when import shown

if TYPE_CHECKING:
    import pandas as pd

#: So many rows are shown; `.table` has all of them.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found.

    Attributes
    ----------
    record : Record
        The record.
    snippets : tuple of Snippet
        Where the words stand: as few pieces as hold all of them.
    when : str
        When it was: a partial date, or "".
    """

    record: Record
    snippets: tuple[Snippet, ...]
    when: str

    @property
    def time(self) -> str:
        """When it was, as people write it; a partner has no time."""
        if not self.when:
            return "" if isinstance(self.record, Partner) else t("unknown")
        return shown(self.when)

    @property
    def fields(self) -> list[str]:
        """The labels of the fields in which the words stand."""
        return [field_shown(self.record, one.field) for one in self.snippets]


@dataclass
class Found:
    """The records that a search found, best first.

    Attributes
    ----------
    ids : list of str
        Their ids.
    text : str
        The words that were asked for.
    conditions : list of str
        The other conditions, in words.
    notes : list of str
        What to know about the answer: how conditions were read, and what to try if nothing was found.
    suggestions : list of str
        Texts that would find something, if this one found nothing.
    """

    book: Book = field(repr=False)
    areas: Areas | None = field(repr=False)
    text: str
    terms: list[Term] = field(repr=False)
    conditions: list[str]
    ids: list[str]
    notes: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Hit]:
        return map(self.hit, self.ids)

    def __getitem__(self, place: int) -> Hit:
        return self.hit(self.ids[place])

    @property
    def records(self) -> list[Record]:
        """The records themselves, in the same order."""
        return [self.book[id] for id in self.ids]

    def hit(self, id: str) -> Hit:
        """Return a record that was found, with the place where the words stand."""
        record = self.book[id]
        labels = labels_of(record, self.book, self.areas) if self.terms else []
        return Hit(record, tuple(snippets_of(record, self.terms, labels)), when_of(record, self.book))

    @property
    def title(self) -> str:
        """What was asked for, and how many records were found."""
        quotes = "" if '"' in self.text else '"'
        asked = [f"{quotes}{self.text}{quotes}"] if self.text else []
        question = ", ".join([*asked, *self.conditions])
        number = t("{count} record found", count=1) if len(self) == 1 else t("{count} records found", count=len(self))
        return f"{question}: {number}" if question else number

    @property
    def table(self) -> pd.DataFrame:
        """One row a record, best first: id, kind, title, when, and the field and text of the first piece with the words."""
        import pandas as pd

        rows = []
        for one in self:
            first = one.snippets[0] if one.snippets else Snippet()
            rows.append((one.record.id, one.record.KIND, one.record.title, one.when, first.field, first.text))
        return pd.DataFrame(rows, columns=["id", "kind", "title", "when", "field", "text"])

    def _rest(self) -> list[str]:
        left = len(self) - SHOWN
        return [*self.notes, *([t("And {count} more; .table has all of them.", count=left)] if left > 0 else [])]

    def _heads(self) -> list[str]:
        place = [t("Found in")] if self.terms else []
        return [t("Title"), t("Kind"), t("When"), *place, t("Id")]

    def __str__(self) -> str:
        rows = []
        for id in self.ids[:SHOWN]:
            hit = self.hit(id)
            place = [Cell(_place(hit))] if self.terms else []
            kind = Cell(type(hit.record).LABELS())
            rows.append([Cell(_short(hit.record.title), "row"), kind, Cell(hit.time), *place, Cell(id)])
        body = ["", text_table(self._heads(), rows)] if rows else []
        rest = self._rest()
        return "\n".join([self.title, *body, *(["", *rest] if rest else [])])

    def __repr__(self) -> str:
        return f"<Found: {self.title}>"

    def _repr_html_(self) -> str:
        rows = "".join(self._html(self.hit(id)) for id in self.ids[:SHOWN])
        heads = "".join(f"<th scope='col'>{escape(text)}</th>" for text in self._heads()) if rows else ""
        notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self._rest())
        table = (
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
            if rows
            else f"<p><strong>{escape(self.title)}</strong></p>"
        )
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'>{table}{notes}</div>"

    def _html(self, hit: Hit) -> str:
        pieces = zip(hit.fields, hit.snippets, strict=True)
        place = "<br>".join(f"<small>{escape(field)}:</small> {one.html}" for field, one in pieces)
        cells = [
            Cell(_short(hit.record.title, 140), "row").html,
            Cell(type(hit.record).LABELS()).html,
            Cell(hit.time).html,
            *([f"<td>{place}</td>"] if self.terms else []),
            f"<td><code>{escape(hit.record.id)}</code></td>",
        ]
        return f"<tr>{''.join(cells)}</tr>"


def _place(hit: Hit) -> str:
    """Return where the words stand, in one line: of a title, which is shown already, only the label."""
    pieces = zip(hit.fields, hit.snippets, strict=True)
    return "; ".join(
        field if one.text == hit.record.title else f"{field}: {_short(one.text, 45)}" for field, one in pieces
    )


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
