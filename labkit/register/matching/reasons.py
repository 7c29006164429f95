"""Why an offer fits a question, or why not: one reason for each aspect, in words and as data.

Every reason speaks for, speaks against, or says that something is not known. The weights only decide in which
order matches are shown; all of them stand in `WEIGHTS`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from labkit.area import Area
from labkit.areas import Areas
from labkit.language import t
from labkit.register.matching.likeness import Words
from labkit.register.matching.overlap import overlap
from labkit.register.records import Offer, Project, Question
from labkit.register.signs import themes_of
from labkit.register.vocabularies import FORMS, LEVELS, OFFER_STATUS, QUESTION_STATUS, THEMES, UNKNOWN, Vocabulary
from labkit.register.when import earliest, latest
from labkit.register.wording import clean, day, listed, names_of, places

#: What each reason adds to the score by which matches are put in order. What is not known adds nothing.
WEIGHTS: dict[str, float] = {
    "theme": 4.0,  # the same theme: the strongest sign that a course wants such a question
    "theme_other": -3.0,  # about something else
    "form": 2.0,  # the asker said that such a form of education fits
    "form_other": -2.0,
    "level": 2.0,  # the asker said that such a level fits
    "level_other": -2.0,
    "place": 2.0,  # the same area, or one inside the other
    "place_part": 1.0,  # the offer covers a part of where the question is
    "place_other": -2.0,
    "deadline": 1.0,  # a question can still be handed in
    "deadline_passed": -6.0,  # it cannot: sinks below all that still can
    "term": 1.0,  # ends before the answer is needed
    "term_late": -4.0,  # ends after it
    "term_over": -6.0,  # is over already
    "needed_passed": -2.0,  # the answer was needed by a day that has passed
    "offer_closed": -6.0,  # full or closed
    "question_done": -6.0,  # answered or withdrawn
    "question_taken": -2.0,  # somebody is at work on it, or it was put aside
    "found": 1.5,  # an earlier project of which the outcome is recorded can be built on
    "words": 6.0,  # times the likeness of the texts, which lies between 0 and 1
}
#: Reasons that keep a match from happening now, whatever speaks for it.
BLOCKING = frozenset(("deadline_passed", "term_over", "offer_closed", "question_done"))

#: The aspects on which a match can rest. That the days fit as well is welcome, but makes no match of it.
TELLING = frozenset(("theme", "form", "level", "place", "words"))

FOR, AGAINST = "for", "against"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Attributes
    ----------
    aspect : str
        "theme", "form", "level", "place", "deadline", "term", "status", "words" or "found".
    verdict : {"for", "against", "unknown"}
        What it says.
    case : str
        Which entry of `WEIGHTS` it is; "" if something is not known.
    text : str
        In words, in the language in which the match was made.
    weight : float
        What it adds to the score; 0 if something is not known.
    data : dict
        What it rests on: themes, dates, areas, words.
    side : {"question", "offer", "both"}
        Of which of the two it says something by itself; "both" if it compares them.
    """

    aspect: str
    verdict: str
    case: str
    text: str
    weight: float = 0.0
    data: Mapping[str, Any] = field(default_factory=dict)
    side: str = "both"

    @property
    def blocks(self) -> bool:
        """Whether it keeps the match from happening now."""
        return self.case in BLOCKING


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a match is looked at: the day, the language, the city, and the words of the register."""

    today: datetime.date
    language: str
    areas: Areas | None
    home: Area | None
    words: Words


def _weighed(
    aspect: str, case: str, text: str, data: Mapping[str, Any], factor: float = 1.0, side: str = "both"
) -> Reason:
    weight = WEIGHTS[case] * factor
    return Reason(aspect, FOR if weight >= 0 else AGAINST, case, text, weight, data, side)


def _unknown(aspect: str, text: str, data: Mapping[str, Any] | None = None, side: str = "both") -> Reason:
    return Reason(aspect, UNKNOWN, "", text, 0.0, data or {}, side)


def reasons(question: Question, offer: Offer, seen: Seen) -> list[Reason]:
    """Return what speaks for and against a question in an offer, the same from whichever side one looks."""
    found = [
        _theme(question, offer, seen),
        _one_of("form", FORMS, question.fit, [offer.kind], seen.language),
        _one_of("level", LEVELS, question.levels, offer.levels, seen.language),
        _place(question, offer, seen),
        _deadline(offer, seen),
        *_term(question, offer, seen),
        *_status(question, offer, seen.language),
        *_words(question.id, offer.id, seen),
    ]
    return [one for one in found if one is not None]


def reasons_before(question: Question, project: Project, outcomes: int, seen: Seen) -> list[Reason]:
    """Return what speaks for looking at an earlier project: theme, place, recorded outcomes and words."""
    shared = [one.id for one in themes_of(question.themes) if one.id in project.themes]
    found = [_same_themes(shared, seen.language)] if shared else []
    where = _place(question, project, seen)
    if where is not None and where.case in ("place", "place_part"):
        found.append(where)
    if outcomes:
        text = t("Recorded outcomes: {count}.", seen.language, count=outcomes)
        found.append(_weighed("found", "found", text, {"outcomes": outcomes}))
    return [*found, *_words(question.id, project.id, seen)]


def _labels(vocabulary: Vocabulary, ids: Iterable[str], language: str) -> str:
    return listed((vocabulary.label(one, language) for one in ids), language)


def _same_themes(shared: list[str], language: str) -> Reason:
    return _weighed(
        "theme",
        "theme",
        t("Same theme: {themes}.", language, themes=_labels(THEMES, shared, language)),
        {"themes": shared},
    )


def _theme(question: Question, offer: Offer, seen: Seen) -> Reason:
    if not offer.themes:
        return _unknown("theme", t("The themes of the offer are not stated.", seen.language), side="offer")
    here, there = themes_of(question.themes), themes_of(offer.themes)
    shared = [one.id for one in here if one in there]
    if shared:
        return _same_themes(shared, seen.language)
    if not here:
        return _unknown("theme", t("The theme of the question is not known.", seen.language), side="question")
    data = {"question": [one.id for one in here], "offer": [one.id for one in there]}
    both = {side: _labels(THEMES, ids, seen.language) for side, ids in data.items()}
    if UNKNOWN in question.themes:
        return _unknown(
            "theme", t("Theme: perhaps. Question: {question}; offer: {offer}.", seen.language, **both), data
        )
    text = t("Theme differs. Question: {question}; offer: {offer}.", seen.language, **both)
    return _weighed("theme", "theme_other", text, data)


def _one_of(aspect: str, vocabulary: Vocabulary, asked: list[str], given: list[str], language: str) -> Reason:
    """Compare the forms or levels that a question fits with those of an offer."""
    here, there = ([one for one in several if one != UNKNOWN] for several in (asked, given))
    shared = [one for one in here if one in there]
    word = t("Form", language) if aspect == "form" else t("Level", language)
    if shared:
        fits = t("{aspect} fits: {values}.", language, aspect=word, values=_labels(vocabulary, shared, language))
        return _weighed(aspect, aspect, fits, {"shared": shared})
    if not here:
        return _unknown(aspect, t("{aspect}: not stated in the question.", language, aspect=word), side="question")
    if not there:
        return _unknown(aspect, t("{aspect}: not known of the offer.", language, aspect=word), side="offer")
    both = {"question": _labels(vocabulary, here, language), "offer": _labels(vocabulary, there, language)}
    data = {"question": here, "offer": there}
    if UNKNOWN in (*asked, *given) or _both_university(here, there):
        text = t("{aspect}: perhaps. Question: {question}; offer: {offer}.", language, aspect=word, **both)
        return _unknown(aspect, text, data)
    text = t("{aspect} differs. Question: {question}; offer: {offer}.", language, aspect=word, **both)
    return _weighed(aspect, f"{aspect}_other", text, data)


def _both_university(here: list[str], there: list[str]) -> bool:
    """Say whether both are at a university, and one of them does not say at which level."""
    return ("wo" in here and any(one.startswith("wo") for one in there)) or (
        "wo" in there and any(one.startswith("wo") for one in here)
    )


def _place(question: Question, other: Offer | Project, seen: Seen) -> Reason | None:
    case, codes = overlap(question, other, seen.areas, seen.home)
    own, their = places(question, seen.areas, seen.language), places(other, seen.areas, seen.language)
    if case == "same":
        named = listed(names_of(codes, seen.areas), seen.language) or their
        text = t("Same place: {places}.", seen.language, places=named)
        return _weighed("place", "place", text, {"areas": list(codes)})
    if case == "part":
        text = t("Covers a part of where the question is: {places}.", seen.language, places=their)
        return _weighed("place", "place_part", text, {"areas": list(codes)})
    both = {"question": own, "offer": their}
    if case == "other":
        text = t("Place differs. Question: {question}; offer: {offer}.", seen.language, **both)
        return _weighed("place", "place_other", text, {"question": question.areas, "offer": other.areas})
    if other.scope in (None, UNKNOWN) and not other.areas:
        return _unknown("place", t("The place of the offer is not stated.", seen.language), side="offer")
    if question.scope == UNKNOWN:
        return _unknown("place", t("The place of the question is not known.", seen.language), side="question")
    return _unknown("place", t("Place: perhaps. Question: {question}; offer: {offer}.", seen.language, **both))


def _deadline(offer: Offer, seen: Seen) -> Reason:
    first, last = earliest(offer.questions_by), latest(offer.questions_by)
    if first is None or last is None:
        return _unknown(
            "deadline", t("Until when questions can be handed in is not known.", seen.language), side="offer"
        )
    by = {"date": day(offer.questions_by, seen.language)}
    data = {"questions_by": offer.questions_by}
    if last < seen.today:
        text = t("Questions had to be in by {date}: that has passed.", seen.language, **by)
        return _weighed("deadline", "deadline_passed", text, data)
    if first <= seen.today and first != last:
        text = t("Questions have to be in by {date}; on which day is not known.", seen.language, **by)
        return _unknown("deadline", text, data)
    return _weighed("deadline", "deadline", t("Questions can be handed in until {date}.", seen.language, **by), data)


def term_of(offer: Offer) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day that an offer can take, from its dates or else from its academic year.

    An academic year runs from 1 September to 31 August; the first semester is over at the end of February, and the
    second begins in February.
    """
    first, last = earliest(offer.start), latest(offer.end)
    if offer.academic_year is not None and (first is None or last is None):
        year = int(offer.academic_year[:4])
        begin = datetime.date(year, 9, 1) if offer.semester != 2 else datetime.date(year + 1, 2, 1)
        end = datetime.date(year + 1, 8, 31) if offer.semester != 1 else datetime.date(year + 1, 3, 1)
        return first or begin, last or end
    return first, last


def _term(question: Question, offer: Offer, seen: Seen) -> Iterator[Reason]:
    language = seen.language
    first, last = term_of(offer)
    end = day(offer.end if latest(offer.end) is not None else last.isoformat() if last else None, language)
    needed = latest(question.answer_by)
    by = {"needed": day(question.answer_by, language)}
    if needed is not None and needed < seen.today:
        text = t("The answer was needed by {needed}: that has passed.", language, **by)
        yield _weighed("term", "needed_passed", text, {"answer_by": question.answer_by}, side="question")
    if last is not None and last < seen.today:
        yield _weighed(
            "term", "term_over", t("The term is over: it ended {end}.", language, end=end), {"end": str(last)}
        )
        return
    if first is None and last is None:
        yield _unknown("term", t("When the offer takes place is not known.", language), side="offer")
    elif first is not None and first < seen.today and offer.questions_by is None:
        began = day(offer.start if earliest(offer.start) else first.isoformat(), language)
        text = t("It began in {start}: whether a question can still come in is not known.", language, start=began)
        yield _unknown("term", text, {"start": str(first)})
    if needed is None:
        yield _unknown("term", t("When the answer is needed is not stated.", language), side="question")
        return
    if last is None:
        return
    data = {"end": str(last), "answer_by": question.answer_by}
    ends = earliest(offer.end) or last
    if last <= needed:
        text = t("It ends in time: {end}, and the answer is needed by {needed}.", language, end=end, **by)
        yield _weighed("term", "term", text, data)
    elif ends > needed and latest(offer.end) is not None:
        text = t("It ends too late: {end}, while the answer is needed by {needed}.", language, end=end, **by)
        yield _weighed("term", "term_late", text, data)
    else:
        text = t("Whether it ends in time is not certain: {end}, needed by {needed}.", language, end=end, **by)
        yield _unknown("term", text, data)


def _status(question: Question, offer: Offer, language: str) -> Iterator[Reason]:
    if offer.status in ("full", "closed"):
        label = OFFER_STATUS.label(offer.status, language)
        yield _weighed(
            "status", "offer_closed", t("The offer is {status}.", language, status=label), {"offer": offer.status}
        )
    elif offer.status == UNKNOWN:
        yield _unknown("status", t("Whether the offer is open is not known.", language), side="offer")
    label = QUESTION_STATUS.label(question.status, language)
    text = t("The status of the question: {status}.", language, status=label)
    if question.status in ("answered", "withdrawn"):
        yield _weighed("status", "question_done", text, {"question": question.status}, side="question")
    elif question.status in ("matched", "running", "parked"):
        yield _weighed("status", "question_taken", text, {"question": question.status}, side="question")
    elif question.status == UNKNOWN:
        yield _unknown("status", text, side="question")


def _words(one: str, other: str, seen: Seen) -> Iterator[Reason]:
    alike = seen.words.between(one, other)
    if alike.words:
        shown = ", ".join(clean(word.word) for word in alike.words[:6])
        text = t("Words in both texts: {words}.", seen.language, words=shown)
        words = [{"word": x.word, "records": x.records} for x in alike.words]
        yield _weighed("words", "words", text, {"words": words, "likeness": alike.value}, alike.value)
