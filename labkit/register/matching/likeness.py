"""How alike two texts are, in a way that can be shown: the words that stand in both, rare ones first.

Each word weighs the more, the fewer records of the register have it (inverse document frequency, Spärck Jones
1972). Two texts are as alike as the weight of the words that they share, out of the weight that both have
(the cosine of the two texts). Nothing is learned and nothing is hidden: the words are part of the answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from labkit.language import LANGUAGES
from labkit.register.book import Book
from labkit.register.records import Offer, Project, Question, Record
from labkit.register.settings import Settings
from labkit.register.words import words_of as folded_words

#: Words that say nothing about a subject, Dutch and English, folded; the last lines are the words of any register
#: of this kind: that somebody asks, studies or teaches tells no question from another.
STOP_WORDS = frozenset(
    """
    aan al alle alleen als andere bij binnen daar dan dat de deze die dit doen door dus een eens elk elke en er gaan
    geen haar had hebben heeft hen het hier hij hoe hun iets ik in is ja je jij kan komen kunnen maar mee meer men met
    mij moet moeten na naar net niet nog nu of om omdat ons onze ook op over per samen te tegen tot tussen uit van
    vanuit veel via voor waar waarom wanneer was wat we welk welke wel werd wie wij wil willen wordt worden zal ze zich
    zij zijn zo zonder zou zoals waarin waarbij waarmee daarbij daarna krijgen maken maakt geven geeft staat gaat wordt eigen
    about after all also an and are as at be been but by can could did do does each for from had has have he her his
    how if in into is it its many may might more most much no not of on one or other our out own she should so some
    such than that the their them then there these they this those through to under up was we were what when where
    which who whose why will with within without would you your come comes came get gets give gives go goes make makes made take takes took use used using work works
    een twee drie vier vijf eerste tweede nieuw nieuwe verschillende one two three four five first second new several
    jaar jaren week weken maand dag year years week weeks month day pagina bron page source werk werken werkt werkte deden
    worked working together groep groepen group groups idee ideeen idea ideas beter better help helpen helps helped
    vraag vragen gevraagd question questions ask asked asks antwoord antwoorden answer answers
    onderzoek onderzoeken onderzoekt onderzocht onderzoeker onderzoekers research researcher researchers
    studie studies studeren study studying student students studenten masterstudent masterstudenten
    project projecten projects opdracht opdrachten assignment assignments opleiding vak course courses class
    scriptie thesis stage internship universiteit hogeschool university college master masters applied science sciences
    honoursstudent honoursstudenten leren leert learn learns learning kun kunt komt doet brengen brengt bring brings goed
    goede good well being become becomes among onder opening plan hoeveel zelf verder
    """.split()
)
_SHORTEST = 3
#: A word that stands in more than this share of the records tells nothing apart: it is left out.
COMMON = 0.1
_ENDINGS = ("en", "s", "e")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without the ending of a plural, where four letters are left: "ouderen" and "oudere" are one.

    Examples
    --------
    >>> stem("wijken"), stem("residents"), stem("gas")
    ('wijk', 'resident', 'gas')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_STOP_STEMS = frozenset(map(stem, STOP_WORDS))


def words_of(text: str) -> dict[str, str]:
    """Return the words of a text that say something: stem -> the word as it is written, folded.

    Examples
    --------
    >>> words_of("Wat helpt de bewoners van één wijk?")
    {'helpt': 'helpt', 'bewoner': 'bewoners', 'wijk': 'wijk'}
    """
    found: dict[str, str] = {}
    for word in folded_words(text):
        if len(word) >= _SHORTEST and not word.isdigit() and (root := stem(word)) not in _STOP_STEMS:
            found.setdefault(root, word)
    return found


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that stands in two texts.

    Attributes
    ----------
    word : str
        As it is written in the first of them.
    records : int
        In how many records of the register it stands.
    weight : float
        The more, the rarer.
    """

    word: str
    records: int
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are.

    Attributes
    ----------
    value : float
        From 0, no word shared, to 1, the same words.
    words : tuple of SharedWord
        The words that they share, the rarest first.
    """

    value: float
    words: tuple[SharedWord, ...]


class Words:
    """The words of the questions, offers and projects of a book, counted once.

    Parameters
    ----------
    texts : mapping
        Id of a record -> its text.
    names : str
        Names that say nothing about a subject, such as those of the programmes: their words are left out.

    Examples
    --------
    >>> made = {"q-a": "Eenzame ouderen in de wijk", "of-b": "Ouderen en eenzaamheid", "p-c": "Afval in de wijk"}
    >>> [one.word for one in Words(made).between("q-a", "of-b").words]
    ['ouderen']
    """

    def __init__(self, texts: Mapping[str, str], names: str = "") -> None:
        quiet = words_of(names).keys()
        every = {
            id: {root: word for root, word in words_of(text).items() if root not in quiet} for id, text in texts.items()
        }
        self._records = Counter(word for words in every.values() for word in words)
        most = max(COMMON * len(every), 3)
        self._words = {
            id: {word: shown for word, shown in words.items() if self._records[word] <= most}
            for id, words in every.items()
        }
        self._weights = {word: math.log((1 + len(self._words)) / count) for word, count in self._records.items()}
        self._lengths = {
            id: math.sqrt(sum(self._weights[word] ** 2 for word in words)) for id, words in self._words.items()
        }

    def __contains__(self, id: object) -> bool:
        return id in self._words

    def between(self, one: str, other: str) -> Likeness:
        """Return how alike the texts of two records are; the same in both directions, but for the spelling."""
        here, there = self._words[one], self._words[other]
        both = here.keys() & there.keys()
        if not both:
            return Likeness(0.0, ())
        ordered = sorted(both, key=lambda word: (self._records[word], word))
        found = [SharedWord(here[word], self._records[word], self._weights[word]) for word in ordered]
        dot = math.fsum(word.weight**2 for word in found)
        return Likeness(dot / (self._lengths[one] * self._lengths[other]), tuple(found))


_KNOWN: WeakKeyDictionary[Book, Words] = WeakKeyDictionary()


def words_in(book: Book) -> Words:
    """Return the words of a book; they are counted when they are first asked for, and kept as long as the book."""
    if book not in _KNOWN:
        kinds = (*book.of(Question), *book.of(Offer), *book.of(Project))
        _KNOWN[book] = Words({one.id: text_of(one) for one in kinds}, names_in(book.settings))
    return _KNOWN[book]


def names_in(settings: Settings) -> str:
    """Return what a register and its programmes are called, in both languages.

    That a text names the programme to which it belongs says nothing about its subject.
    """
    programmes = (settings.programme(id, language) for id in settings.programmes for language in LANGUAGES)
    return " ".join((*map(settings.title, LANGUAGES), *programmes))


#: The texts that say what a record is about.
_TEXTS = ("title", "text", "summary", "intended_use")


def text_of(record: Record) -> str:
    """Return what a record is about, in both languages."""
    found = (getattr(record, f"{name}_{language}", None) for name in _TEXTS for language in ("nl", "en"))
    return " ".join(filter(None, found))
