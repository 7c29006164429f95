"""Search the register: words in Dutch or English, and conditions on fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from labkit.areas import Areas
from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import t
from labkit.names import fold, nearest
from labkit.register.book import Book
from labkit.register.records import KINDS, Record
from labkit.register.searching.asking import field_asked, kinds_with, values_asked, vocabularies_of
from labkit.register.searching.conditions import Condition, condition, related
from labkit.register.searching.found import Found, Hit
from labkit.register.searching.index import Index, index_of
from labkit.register.searching.question import Term, terms_of

__all__ = ["Found", "Hit", "search"]


def search(
    book: Book,
    text: str = "",
    /,
    kind: str | type[Record] | None = None,
    areas: Areas | None = None,
    today: date | None = None,
    **fields: Any,
) -> Found:
    """Find records by words and by fields.

    All words must occur, in the texts of a record or in the Dutch or English names of its themes, areas, partners and
    programme. Case and accents make no difference, and a word also finds longer ones that begin with it. Words
    between quotes must stand together. Records with the words in their title come first, then the newest.

    A condition holds for records that have the field. If a kind is asked for that lacks it, an outcome is judged
    by its project, and a project by its outcomes.

    Parameters
    ----------
    book : Book
        The records.
    text : str
        Words; may be left out.
    kind : str or type, optional
        A kind of record ("project", "vraag"), or a form of it ("scriptie", "police").
    areas : Areas, optional
        The areas of the city, to find areas by name.
    today : date, optional
        Until when something runs that is not finished; today if left out.
    **fields
        Conditions, in Dutch or English; of several values one must hold:

        - `theme`: a theme, or a sector of themes
        - `area`: an area; what lies inside it counts too
        - `year`: any time between start and end; also "2019-2021" or "unknown"
        - `partner`: a name or id; its parts count too
        - `programme`, `agreement`: a name or id
        - `level`, `status`, `stage`, `visibility`, and every other field of a record by its name

    Returns
    -------
    Found
        The records with the place where the words stand; `.ids`, `.records`, `.table`, and it shows itself.

    Raises
    ------
    UnknownNameError
        If there is no such field, value, area or partner; the nearest ones are suggested.

    Examples
    --------
    >>> from labkit.register.records import Question
    >>> made = Question(id="q-soup", visibility="public", title_en="Who comes to the soup mornings?", asker_kind="resident",
    ...                 themes=["loneliness"], scope="unknown", status="new")
    >>> book = Book([made])
    >>> search(book, "soup morn").ids, search(book, thema="eenzaamheid", status="new").ids
    (['q-soup'], ['q-soup'])
    >>> print(search(book, "soep"))
    "soep": 0 records found
    <BLANKLINE>
    Nothing was found. Did you mean "soup"?
    """
    _refuse(text, kind, areas, today)
    kind = next((value for name, value in fields.items() if field_asked(name) == "kind"), kind)
    terms, index = terms_of(text), index_of(book, areas)
    wanted, tests = _kinds(kind)
    asked = [
        condition(book, areas, name, value, today or date.today())
        for name, value in fields.items()
        if field_asked(name) != "kind"
    ]
    tests += [_test(book, one, wanted) for one in asked]
    hits = [index.find(term) for term in terms]
    places = set.intersection(*(one[2] for one in hits)) if hits else set(range(len(index.ids)))
    if text.strip() and not terms:
        places = set()  # nothing but signs: no record has such a word
    kept = {place for place in places if all(test(book[index.ids[place]]) for _, test in tests)} if tests else places
    found = Found(book, areas, text.strip(), terms, [words for words, _ in tests], index.rank(kept, hits, text))
    found.notes += [one.note for one in asked if one.note]
    if book.faults:
        found.notes.append(book.unread())
    if not kept:
        _tell_nothing(found, index, [one[2] for one in hits], len(places))
    return found


def _refuse(text: Any, kind: Any, areas: Any, today: Any) -> None:
    if not isinstance(text, str):
        raise WrongUseError(t("Give the words to search for as a text."))
    if not (kind is None or isinstance(kind, str) or (isinstance(kind, type) and issubclass(kind, Record))):
        raise WrongUseError(t('Give the kind of record as a text, such as "project".'))
    if areas is not None and not isinstance(areas, Areas):
        raise WrongUseError(t('Ask for an area with area="...".'))
    if today is not None and not isinstance(today, date):
        raise WrongUseError(t("Give the day of today as a date."))


def _kinds(kind: str | type[Record] | None) -> tuple[str, list[tuple[str, Any]]]:
    """Return the kind of record that is asked for ("" for any), and the test for it."""
    if kind is None:
        return "", []
    if isinstance(kind, type):
        return kind.KIND, [(kind.LABELS(), lambda record: isinstance(record, kind))]
    names = {
        name: one
        for one in KINDS.values()
        for name in (one.KIND, one.FOLDER, one.LABELS.nl, one.LABELS.en, one.PLURALS.nl, one.PLURALS.en)
    }
    fits = [one for name, one in names.items() if fold(name) == fold(kind)]
    if fits:
        return fits[0].KIND, [(fits[0].LABELS(), lambda record: isinstance(record, fits[0]))]
    try:
        terms = values_asked("kind", kind, vocabularies_of("kind", kinds_with("kind")))
    except UnknownNameError as unknown:
        near = list(dict.fromkeys([*(names[one].LABELS() for one in nearest(kind, names)), *unknown.suggestions]))
        hint = (
            t("Did you mean {names}?", names=t(" or ").join(near))
            if near
            else t("Choose from {names}.", names=", ".join(one.LABELS() for one in KINDS.values()))
        )
        message = t('There is no kind of record "{name}".', name=kind)
        raise UnknownNameError(f"{message} {hint}", near) from None
    ids = {term.id for term in terms}
    return "", [(terms[0].label(), lambda record: getattr(record, "kind", None) in ids)]


def _test(book: Book, asked: Condition, kind: str) -> tuple[str, Any]:
    """Return a condition as a test of records of a kind ("" for any)."""
    if not kind or kind in asked.kinds:
        return asked.words, asked.test
    if {"project": "outcome", "outcome": "project"}.get(kind) in asked.kinds:
        return asked.words, lambda record: asked.test(record) or any(map(asked.test, related(book, record)))
    names = ", ".join(KINDS[one].LABELS() for one in asked.kinds)
    message = t("The kind {kind} cannot be asked for {condition}.", kind=KINDS[kind].LABELS(), condition=asked.words)
    raise WrongUseError(f"{message} {t('Kinds that can: {names}.', names=names)}")


def _tell_nothing(found: Found, index: Index, hits: list[set[int]], by_words: int) -> None:
    """Say that nothing was found, and what would find something."""
    nothing, terms = t("Nothing was found."), found.terms
    if not len(index.ids):
        found.notes.append(t("The register is empty."))
    elif found.text and not terms:
        found.notes.append(f"{nothing} {t('There is no word in what you asked for.')}")
    elif by_words:
        message = t("Without the conditions there are {count}; leave one out.", count=by_words)
        found.notes.append(f"{nothing} {message}" if terms else f"{nothing} {t('Leave a condition out.')}")
    elif all(hits):
        found.notes.append(f"{nothing} {t('Each of the words occurs, but never all together: leave one out.')}")
    else:
        found.suggestions = _meant(index, terms, hits)
        if found.suggestions:
            names = t(" or ").join(f'"{one}"' for one in found.suggestions)
            found.notes.append(f"{nothing} {t('Did you mean {names}?', names=names)}")
        else:
            words = ", ".join(" ".join(term.words) for term, hit in zip(terms, hits, strict=True) if not hit)
            message = t("No record has: {words}.", words=words)
            found.notes.append(f"{nothing} {message} {t('Try another word, or only its beginning.')}")


def _meant(index: Index, terms: list[Term], hits: list[set[int]]) -> list[str]:
    """Return texts like the one that was asked for that do find something, nearest first; three at the most."""
    others: list[list[tuple[str, ...]]] = []
    for term, found in zip(terms, hits, strict=True):
        near = index.near.of(term.joined or " ".join(term.words), 3) if not found else []
        if not found and term.phrase:
            near = [" ".join((index.near.of(word, 1) or [word])[0] for word in term.words)]
        others.append([tuple(one.split()) for one in near] or ([term.words] if found else []))
    if not all(others):
        # One word is like nothing: what the others are like may still help.
        others = [one for one in others if one]
    texts = []
    for number in range(max(map(len, others), default=0)):
        chosen = [one[min(number, len(one) - 1)] for one in others]
        places = [index.find(Term(words))[2] for words in chosen]
        if set.intersection(*places):
            texts.append(" ".join(" ".join(words) for words in chosen))
    return list(dict.fromkeys(texts))
