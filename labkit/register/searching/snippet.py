"""Where in a record the words were found: the field, and the text around them with the words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from labkit.language import current
from labkit.register.fields import field_at, label_of
from labkit.register.prose import texts_of
from labkit.register.records import Record
from labkit.register.searching.question import Term
from labkit.register.words import words_of

#: So many characters are shown, and so many of them before the first word that was found.
LONG, BEFORE = 170, 50

_SPAN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_PART = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text.

    Attributes
    ----------
    field : str
        The path of the field it stands in; "" if no words were asked for.
    text : str
        The piece.
    marks : tuple of (int, int)
        Where in it the words that were found stand.
    """

    field: str = ""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def html(self) -> str:
        """The piece as HTML, with the words in `<mark>`; its text is never read as markup."""
        parts, last = [], 0
        for start, end in self.marks:
            parts += [escape(self.text[last:start]), "<mark>", escape(self.text[start:end]), "</mark>"]
            last = end
        return "".join([*parts, escape(self.text[last:])])


def snippets_of(record: Record, terms: list[Term], labels: list[tuple[str, str]]) -> list[Snippet]:
    """Return the pieces of a record in which the words stand: as few as hold all of them.

    Titles come first, then texts in the current language, then the others, then the labels of values.

    Parameters
    ----------
    record : Record
        A record that was found.
    terms : list of Term
        What was asked for.
    labels : list of (str, str)
        Field and text of the labels of its values.
    """
    if not terms:
        return []
    named = list(texts_of(record))
    other = "_en" if current() == "nl" else "_nl"
    named.sort(key=lambda one: (not one[0].startswith(("title", "name", "statement")), one[0].endswith(other)))
    fields = [(path, text, _marks(text, terms)) for path, text in [*named, *labels]]
    found: list[Snippet] = []
    missing = set(terms)
    while missing:
        # Of fields with as many of the words the first one counts.
        path, text, marks = max(fields, key=lambda one: len(missing & one[2].keys()), default=("", "", {}))
        new = missing & marks.keys()
        if not new:
            break
        places = sorted({place for term in (new if found else marks) for place in marks[term]})
        found.append(_cut(path, text, places))
        missing -= new
    return found


def field_shown(record: Record, path: str) -> str:
    """Return the label of a field, without its language: "Summary" for `summary_nl`.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> field_shown(Partner(id="org-x", visibility="public", name="X", kind="other"), "note_nl")
    'Note'
    """
    parts: list[str] = _PART.findall(path)
    found = field_at(type(record), tuple(one for one in parts if not one.isdigit()))
    label = label_of(found.json_schema_extra)() if found is not None else path
    return re.sub(r" \([^)]*\)$", "", label) if path.endswith(("_nl", "_en")) else label


def _marks(text: str, terms: list[Term]) -> dict[Term, list[tuple[int, int]]]:
    """Return the terms that a text has, and where they stand in it."""
    spans = [(one.start(), one.end(), words_of(one.group())) for one in _SPAN.finditer(text)]
    found = ((term, _phrase(spans, term) if term.phrase else _beginnings(spans, term)) for term in terms)
    return {term: places for term, places in found if places}


def _beginnings(spans: list[tuple[int, int, list[str]]], term: Term) -> list[tuple[int, int]]:
    if term.joined and "".join(word for _, _, words in spans for word in words).startswith(term.joined):
        return [(spans[0][0], spans[-1][1])]  # an id
    wanted = (*term.words, term.joined) if term.joined else term.words
    return [(start, end) for start, end, words in spans if any(one.startswith(wanted) for one in words)]


def _phrase(spans: list[tuple[int, int, list[str]]], term: Term) -> list[tuple[int, int]]:
    words = [(word, place) for place, span in enumerate(spans) for word in span[2]]
    found, long = [], len(term.words)
    for first in range(len(words) - long + 1):
        if tuple(word for word, _ in words[first : first + long]) == term.words:
            places = {place for _, place in words[first : first + long]}
            found.append((spans[min(places)][0], spans[max(places)][1]))
    return found


def _cut(path: str, text: str, marks: list[tuple[int, int]]) -> Snippet:
    """Return the piece of a text around its first mark."""
    start, end = 0, len(text)
    if end > LONG:
        start = _word_start(text, max(0, marks[0][0] - BEFORE))
        end = _word_end(text, min(end, start + LONG), marks[0][1])
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    piece = text[start:end].replace("\n", " ")
    moved, last = [], 0
    for mark in marks:
        # Marks that overlap would be marked twice.
        one, other = max(mark[0], start, last), min(mark[1], end)
        if one < other:
            moved.append((one - start + len(lead), other - start + len(lead)))
            last = other
    return Snippet(path, f"{lead}{piece}{tail}", tuple(moved))


def _word_start(text: str, place: int) -> int:
    """Return the beginning of the first word from a place on."""
    if place == 0:
        return 0
    space = text.find(" ", place - 1)
    return space + 1 if 0 <= space < place + BEFORE // 2 else place


def _word_end(text: str, place: int, least: int) -> int:
    """Return the end of the last whole word before a place, but not before the first mark has ended."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place + 1)
    return max(space if space > place - BEFORE else place, least)
