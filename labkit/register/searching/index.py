"""The words of all records of a book, so that a search need not read the records again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from weakref import WeakKeyDictionary

from labkit.areas import Areas
from labkit.register.book import Book
from labkit.register.nearby import Nearby
from labkit.register.prose import texts_of
from labkit.register.records import Offer, Outcome, Partner, Project, Question, Record
from labkit.register.searching.question import Term
from labkit.register.spans import when_of
from labkit.register.vocabularies import THEMES
from labkit.register.words import words_of

_TITLES = frozenset(
    ("title_nl", "title_en", "name", "name_en", "short_name", "statement_nl", "statement_en", "course_name")
)
_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
#: Stands between the fields of a record in the text that phrases are looked up in; no word looks like it.
_BREAK = " \n "

#: The records that have a term in their title, in their texts, and anywhere.
Hits = tuple[set[int], set[int], set[int]]


class Words:
    """Word -> the records that have it, by their place in the book."""

    def __init__(self) -> None:
        self.places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, place: int, words: Iterable[str]) -> None:
        """Note the words of a record."""
        places = self.places
        for word in words:
            places[word].append(place)

    @cached_property
    def order(self) -> list[str]:
        """All words, sorted."""
        return sorted(self.places)

    def beginning(self, start: str) -> set[int]:
        """Return the records that have a word which begins so."""
        first = bisect_left(self.order, start)
        last = bisect_left(self.order, f"{start}\U0010ffff")
        return set().union(*(self.places[word] for word in self.order[first:last]))

    def having(self, word: str) -> set[int]:
        """Return the records that have exactly this word."""
        return set(self.places.get(word, ()))


class Index:
    """The words of a book.

    Attributes
    ----------
    ids : list of str
        The records, newest first; the others give places in it.
    """

    def __init__(self, book: Book, areas: Areas | None) -> None:
        records = sorted(book, key=lambda one: one.id)
        records.sort(key=lambda one: when_of(one, book), reverse=True)
        self.ids = [one.id for one in records]
        self.titles, self.texts, self.labels = Words(), Words(), Words()
        self.whole: list[str] = []
        self.called: list[set[str]] = []
        for place, record in enumerate(records):
            self._add(place, record, labels_of(record, book, areas))

    def _add(self, place: int, record: Record, labels: list[tuple[str, str]]) -> None:
        title, words, lines, called = set[str](), set[str](), [], set[str]()
        for path, text in texts_of(record):
            found = words_of(text)
            words.update(found)
            if "-" in text:
                words.update("".join(words_of(one)) for one in _HYPHENED.findall(text))
            if path in _TITLES:
                title.update(found)
                called.add(" ".join(found))
            lines.append(" ".join(found))
        self.titles.add(place, title)
        self.texts.add(place, words)
        named = {word for field, text in labels if field != "id" for word in words_of(text)}
        # An id is found as a whole, or by its beginning: its words are those of the title, and of no language.
        self.labels.add(place, (named - words) | {"".join(words_of(record.id))})
        self.whole.append(f" {_BREAK.join(lines)} ")
        self.called.append(called)

    @cached_property
    def near(self) -> Nearby:
        """All words of three letters or more, to find near misses."""
        return Nearby([one for one in {**self.texts.places, **self.labels.places} if len(one) > 2], folded=True)

    def find(self, term: Term) -> Hits:
        """Return the records that have a term in their title, in their texts, and anywhere."""
        if term.phrase or term.joined:
            return self._in_order(term)
        word = term.words[0]
        texts = self.texts.beginning(word)
        return self.titles.beginning(word), texts, texts | self.labels.beginning(word)

    def _in_order(self, term: Term) -> Hits:
        """Return the records with words that stand together; of a word with a hyphen the last part may go on."""
        *first, last = term.words
        shown = f" {' '.join(term.words)}{' ' if term.phrase else ''}"
        may = self.texts.having(last) if term.phrase else self.texts.beginning(last)
        may = may.intersection(*(self.texts.having(one) for one in first))
        texts = {place for place in may if shown in self.whole[place]}
        titles = {place for place in texts if any(shown in f" {one} " for one in self.called[place])}
        if not term.joined:
            return titles, texts, texts
        texts |= self.texts.beginning(term.joined)
        return titles | self.titles.beginning(term.joined), texts, texts | self.labels.beginning(term.joined)

    def rank(self, places: Iterable[int], hits: list[Hits], asked: str) -> list[str]:
        """Return records in the order in which they are shown: title before text before labels, then newest."""
        titles, texts = (set.intersection(*(one[part] for one in hits)) if hits else set() for part in (0, 1))
        whole = " ".join(words_of(asked))

        def level(place: int) -> int:
            if place in titles:
                return 0 if whole in self.called[place] else 1
            return 2 if place in texts else 3

        return [self.ids[place] for place in sorted(places, key=lambda one: (level(one), one))]


_INDEXES: WeakKeyDictionary[Book, tuple[Areas | None, Index]] = WeakKeyDictionary()


def index_of(book: Book, areas: Areas | None) -> Index:
    """Return the index of a book; made once, kept as long as the book is."""
    if book not in _INDEXES or _INDEXES[book][0] is not areas:
        _INDEXES[book] = (areas, Index(book, areas))
    return _INDEXES[book][1]


def labels_of(record: Record, book: Book, areas: Areas | None) -> list[tuple[str, str]]:
    """Return the words that stand for values of a record, by field: its id, themes, areas, programme and partners."""
    found = [("id", record.id)]
    for theme in getattr(record, "themes", ()):
        if theme in THEMES:
            found += [("themes", THEMES[theme].nl), ("themes", THEMES[theme].en)]
    if areas is not None:
        found += [("areas", areas[code].name) for code in getattr(record, "areas", ()) if code in areas]
    if isinstance(record, Project):
        found += [("programme", book.settings.programme(record.programme, one)) for one in ("nl", "en")]
    for field, id in _partners(record):
        partner = book.records.get(id)
        if isinstance(partner, Partner):
            found += [(field, name) for name in (partner.name, partner.name_en, partner.short_name) if name]
    return found


def _partners(record: Record) -> list[tuple[str, str]]:
    if isinstance(record, Project):
        return [("partners", one.partner) for one in record.partners]
    if isinstance(record, Offer):
        return [("institutions", one) for one in record.institutions]
    if isinstance(record, Question):
        return [("asker", record.asker)] if record.asker else []
    if isinstance(record, Outcome):
        return [("publisher", record.publisher)] if record.publisher else []
    return [("parties", one.partner) for one in getattr(record, "parties", ())]
