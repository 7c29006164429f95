"""Who may see what: every export begins here, and nothing that was left out here can come back later.

`Book.visible_to` takes out records and references. What it cannot see is a text in which somebody wrote the id or
the name of a hidden record; such a text is found here, and keeps the export from being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from labkit.language import t
from labkit.packagechecks.fault import Fault, Faults
from labkit.register.book import Book
from labkit.register.errors import RecordError
from labkit.register.fields import PREFIXES
from labkit.register.records import Partner, Project, Record
from labkit.register.settings import FILE
from labkit.register.vocabularies import VISIBILITY

_ID = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(sorted(PREFIXES.values()))})(?:-[a-z0-9]+)+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
#: A single word as short as this is no name that can be told from a common word.
_SHORT = 4


class MentionError(RecordError):
    """A text names a record that the audience may not see; nothing was written."""


def for_audience(book: Book, audience: str = "public", *, despite_names: bool = False) -> Book:
    """Return the book as an audience may see it, ready to be written.

    Parameters
    ----------
    book : Book
        All records.
    audience : {"public", "partners", "private"}
        For whom.
    despite_names : bool
        Go on although texts contain the name of a hidden record; ids are refused all the same.

    Returns
    -------
    Book
        Records and references that they may see, and the programmes of those records alone.

    Raises
    ------
    UnknownNameError
        If there is no such audience.
    MentionError
        If a text names a hidden record; its `faults` say where.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> made = Partner(id="org-x", visibility="private", name="X", kind="other")
    >>> len(for_audience(Book([made])))
    0
    """
    visible = book.visible_to(VISIBILITY[audience].id)
    if visible is book:
        return book
    told = [one for one in _mentions(book, visible) if one.severity == "error" or not despite_names]
    if told:
        raise MentionError(told)
    used = {one.programme for one in visible.of(Project)}
    kept = {id: label for id, label in book.settings.programmes.items() if id in used}
    return Book(visible, replace(book.settings, programmes=kept))


def mentions(book: Book, audience: str = "public") -> Faults:
    """Return every text in which an audience could read of a record that it may not see.

    Parameters
    ----------
    book : Book
        All records.
    audience : {"public", "partners", "private"}
        For whom.

    Returns
    -------
    Faults
        Ids as errors; names as warnings, since two things may bear the same name. A name that a visible record bears
        too is no mention.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> hidden = Partner(id="org-x", visibility="private", name="Still Waters", kind="other")
    >>> shown = Partner(id="org-y", visibility="public", name="Y", kind="other", note_en="Works with org-x.")
    >>> [one.column for one in mentions(Book([hidden, shown]))]
    ['note_en']
    """
    return _mentions(book, book.visible_to(VISIBILITY[audience].id))


def _mentions(book: Book, visible: Book) -> Faults:
    hidden = [one for one in book if one.id not in visible]
    if not hidden:
        return Faults([])
    names = _Names(hidden, visible)
    found = []
    for file, said in _said(book, visible):
        for path, text in _texts(said):
            if path != "id":
                found += [_fault(file, path, id, severity) for id, severity in _named(text, book, visible, names)]
    return Faults(found)


def _said(book: Book, visible: Book) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all that an audience reads, with the file in which it stands."""
    settings = book.settings
    yield FILE, {"title_nl": settings.titles.nl, "title_en": settings.titles.en}
    yield FILE, {"note_nl": settings.note.nl, "note_en": settings.note.en}
    for record in visible:
        yield book.file(record.id), record.as_dict()


def _named(text: str, book: Book, visible: Book, names: _Names) -> Iterator[tuple[str, str]]:
    ids = dict.fromkeys(one.lower() for one in _ID.findall(text))
    hidden = [id for id in ids if id in book and id not in visible]
    yield from ((id, "error") for id in hidden)
    yield from ((id, "warning") for id in names.within(text) if id not in hidden)


def _fault(file: str, path: str, id: str, severity: str) -> Fault:
    message = t("This text names {id}, which is not for everyone who would read it.", id=id)
    advice = t("Take it out of the text, or change the visibility of {id}.", id=id)
    return Fault(file, 0, path, message, advice, severity)


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            yield from _texts(inner, f"{path}[{place}]")


def _names_of(record: Record) -> Iterator[str]:
    names = ("name", "name_en", "short_name") if isinstance(record, Partner) else ("title_nl", "title_en")
    yield from (getattr(record, name) for name in names if getattr(record, name))


class _Names:
    """The names of hidden records, to be found in a text in one pass."""

    def __init__(self, hidden: list[Record], visible: Book) -> None:
        shown = {_words(name) for record in visible for name in _names_of(record)}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._single: dict[str, str] = {}
        for record in hidden:
            for name in _names_of(record):
                words = _words(name)
                if not words or words in shown:
                    continue
                if len(words) > 1:
                    self._by_first.setdefault(words[0], []).append((words, record.id))
                elif len(name) >= _SHORT:
                    # One word may be a common one: only as it is written.
                    self._single[_WORD.findall(name)[0]] = record.id

    def within(self, text: str) -> list[str]:
        """Return the ids of the records whose names stand in a text."""
        written = _WORD.findall(text)
        found = [self._single[word] for word in written if word in self._single]
        if self._by_first:
            words = tuple(word.casefold() for word in written)
            for place, word in enumerate(words):
                for name, id in self._by_first.get(word, ()):
                    if words[place : place + len(name)] == name:
                        found.append(id)
        return list(dict.fromkeys(found))


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))
