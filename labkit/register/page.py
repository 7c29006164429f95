"""One record as a page: what it says, and everything that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.packagechecks.fault import Fault
from labkit.register.labels import field_label, value_shown
from labkit.register.links import PREDICATES, Link
from labkit.register.records import Block, Record
from labkit.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.areas import Areas
    from labkit.register.book import Book

#: Fields that only say how the record is kept, or that the relations below show.
_QUIET = frozenset(("id", "visibility", "checked_on", "record_by", "sources"))


class RecordPage:
    """A record with its relations, ready to be read.

    Attributes
    ----------
    record : Record
        The record itself.
    faults : list of Fault
        What still asks for a look, where that was checked.

    Examples
    --------
    >>> import labkit as lk
    >>> page = lk.open_city("leiden").register["ag-subsidie-leren-met-de-stad-2023"]
    >>> page.record.kind
    'grant'
    """

    def __init__(self, book: Book, areas: Areas | None, id: str, faults: Iterable[Fault] = ()) -> None:
        self.record = book[id]
        self.faults = list(faults)
        self._book, self._areas = book, areas

    def __getattr__(self, name: str) -> Any:
        """Return a field of the record: `page.status` is `page.record.status`."""
        if name.startswith("_") or name == "record":
            raise AttributeError(name)
        return getattr(self.record, name)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Label and text of every field that is filled in, in the current language where there are two."""
        return list(self._rows(self.record, type(self.record), ()))

    def _rows(self, block: Block, model: type[Record], path: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
        names = self.record.order() if not path else list(type(block).model_fields)
        done = set()
        for name in names:
            base = name.removesuffix("_nl").removesuffix("_en")
            pair = f"{base}_nl" in names and f"{base}_en" in names
            if (name in _QUIET and not path) or base in done:
                continue
            value = block.text(base) if pair else getattr(block, name)
            done.add(base)
            if value is None or value in ([], "") or (not path and self._said_elsewhere(name)):
                continue
            label = field_label(type(block), name)
            if pair:
                label = label.rpartition(" (")[0] or label
            yield from self._shown(label, model, (*path, name), value)

    def _said_elsewhere(self, name: str) -> bool:
        """Say whether a field needs no row: the title stands above, and areas say more than that there are some."""
        return name in ("title_nl", "title_en") or (name == "scope" and bool(getattr(self.record, "areas", None)))

    def _shown(
        self, label: str, model: type[Record], path: tuple[str | int, ...], value: Any
    ) -> Iterator[tuple[str, str]]:
        if isinstance(value, Block):
            for inner, text in self._rows(value, model, path):
                yield f"{label}: {inner[:1].lower()}{inner[1:]}", text
        elif isinstance(value, list):
            if isinstance(value[0], Block):
                texts = [_in_a_line(self._rows(one, model, (*path, place))) for place, one in enumerate(value)]
                yield label, "\n".join(texts)
            else:
                yield label, ", ".join(value_shown(self._book, self._areas, model, path, one) for one in value)
        else:
            yield label, value_shown(self._book, self._areas, model, path, value)

    @property
    def relations(self) -> list[tuple[str, str, str]]:
        """What other records say about this one: relation, id, title."""
        own = self.record.id
        found = [link for link in self._book.links_to(own) if link.holder != own]
        found += [link for link in self._book.links_from(own) if link.holder != own]
        return [self._relation(link) for link in found]

    def _relation(self, link: Link) -> tuple[str, str, str]:
        nl, en, _ = PREDICATES[link.predicate]
        word = Text(nl=nl, en=en)()
        title = self._book[link.holder].title if link.holder in self._book else link.holder
        if link.object == self.record.id:
            shown = f"{title} {word} {t('this record')}"
        else:
            shown = f"{t('This record')} {word} {title}"
        return shown, link.holder, link.role

    @property
    def links(self) -> pd.DataFrame:
        """Every relation of this record, in both directions: subject, predicate, object, role, other, title."""
        import pandas as pd

        own, rows = self.record.id, []
        for link in [*self._book.links_from(own), *self._book.links_to(own)]:
            other = link.object if link.subject == own else link.subject
            title = self._book[other].title if other in self._book else self._area_name(other)
            rows.append((link.subject, link.predicate, link.object, link.role, other, title))
        return pd.DataFrame(rows, columns=["subject", "predicate", "object", "role", "other", "title"])

    def _area_name(self, code: str) -> str:
        return self._areas[code].name if self._areas is not None and code in self._areas else code

    def _head(self) -> str:
        return f"{type(self.record).LABELS().capitalize()} {self.record.id}"

    def __str__(self) -> str:
        lines = [self.record.title, self._head(), ""]
        lines += [f"{label}: {text}" for label, text in self.rows]
        if self.relations:
            lines += ["", t("Linked to it")] + [f"  {text}  ({id})" for text, id, _ in self.relations]
        if self.record.sources:
            lines += ["", f"{t('Source')}: {' '.join(self.record.sources)}"]
        if self.faults:
            lines += ["", t("Still to look at")] + [
                f"  {one.column}: {one.message} {one.advice}" for one in self.faults
            ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<{type(self.record).__name__} {self.record.id}: {self.record.title}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(label)}</th><td>{escape(text).replace(chr(10), '<br>')}</td></tr>"
            for label, text in self.rows
        )
        linked = "".join(f"<li>{escape(text)} <code>{escape(id)}</code></li>" for text, id, _ in self.relations)
        linked = f"<p><b>{escape(t('Linked to it'))}</b></p><ul>{linked}</ul>" if linked else ""
        return (
            f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table>"
            f"<caption>{escape(self.record.title)}<br><small>{escape(self._head())}, "
            f"{escape(self._visibility())}</small></caption><tbody>{rows}</tbody></table>{linked}{self._sources()}{self._still()}</div>"
        )

    def _still(self) -> str:
        """Return what still asks for a look."""
        items = "".join(
            f"<li><code>{escape(one.column)}</code> {escape(one.message)} {escape(one.advice)}</li>"
            for one in self.faults
        )
        return f"<p><b>{escape(t('Still to look at'))}</b></p><ul>{items}</ul>" if items else ""

    def _visibility(self) -> str:
        return value_shown(self._book, self._areas, type(self.record), ("visibility",), self.record.visibility)

    def _sources(self) -> str:
        links = ", ".join(
            f"<a href='{escape(one, quote=True)}' rel='noreferrer'>{escape(one.split('/')[2])}</a>"
            for one in self.record.sources
        )
        return f"<p class='note'><small>{escape(t('Source'))}: {links}</small></p>" if links else ""


def _in_a_line(rows: Iterable[tuple[str, str]]) -> str:
    """Return the fields of a block in one line: its first, and the others behind it."""
    (_, first), *rest = rows
    unknown = t("unknown")
    others = [f"{label[:1].lower()}{label[1:]} {text}" if text == unknown else text for label, text in rest]
    return f"{first} ({', '.join(others)})" if others else first
