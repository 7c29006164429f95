"""Matches as people read them: each with what speaks for it, what against, and what is not known."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.register.document import Block, Bullets, Document, Heading, Item, Para, titled
from labkit.register.matching.reasons import FOR
from labkit.register.records import Offer, Project, Question
from labkit.register.vocabularies import (
    EVIDENCE,
    FORMS,
    LEVELS,
    OFFER_STATUS,
    PROJECT_STATUS,
    QUESTION_STATUS,
    UNKNOWN,
)
from labkit.register.wording import day, listed, period, status_of, title_of

if TYPE_CHECKING:
    from labkit.register.matching.matches import Candidate, Matches
    from labkit.register.matching.reasons import Reason

#: How many outcomes of an earlier project are shown.
OUTCOMES = 2


def shown(matches: Matches, language: str) -> Document:
    """Return matches as a document."""
    return Document(matches.title, language, list(_blocks(matches, language)))


def _blocks(matches: Matches, language: str) -> Iterator[Block]:
    if matches.at_work:
        names = listed((f"{title_of(one, language)} ({one.id})" for one in matches.at_work), language)
        yield Para(t("Somebody addresses this question already: {projects}.", language, projects=names))
    common = _common(matches)
    if common:
        told = " ".join(sorted(common, key=lambda text: (common[text].verdict == UNKNOWN, text)))
        yield Para(t("For all of these: {reasons}", language, reasons=told))
    now = [one for one in matches.candidates if not one.blocked]
    later = [one for one in matches.candidates if one.blocked]
    if now:
        yield Bullets([_item(one, common, language) for one in now], ordered=True)
    else:
        yield Para(_none(matches, language))
    if later:
        yield Heading(t("Fits, but not now", language))
        yield Bullets([_item(one, common, language) for one in later])
    yield from _before(matches, language)
    date = day(matches.today.isoformat(), language)
    text = t(
        "Deadlines are judged on {date}. Compared with {count} records; those for which nothing speaks are left out: "
        "{silent}. What is not known speaks neither for nor against.",
        language,
        date=date,
        count=matches.compared,
        silent=matches.silent,
    )
    yield Para(text, "note")


def _none(matches: Matches, language: str) -> str:
    """Say that nothing fits now, and whether that is because nothing speaks for any."""
    question = isinstance(matches.record, Question)
    if matches.candidates and question:
        return t("No offer fits now, as far as is recorded.", language)
    if matches.candidates:
        return t("No question fits now, as far as is recorded.", language)
    if question:
        return t("Nothing that is recorded speaks for any of the offers.", language)
    return t("Nothing that is recorded speaks for any of the questions.", language)


def _common(matches: Matches) -> dict[str, Reason]:
    """Return what holds for every candidate, and so is said once: text -> reason.

    That is what is said of the record for which is looked alone, and what is not known of any of them.
    """
    own = {one.text: one for each in matches.candidates for one in each.reasons if _is_own(one, matches)}
    if len(matches.candidates) < 2:
        return own
    first, *others = ({one.text: one for one in each.unknown} for each in matches.candidates)
    return own | {text: one for text, one in first.items() if all(text in each for each in others)}


def _before(matches: Matches, language: str) -> Iterator[Block]:
    if not matches.before:
        return
    if isinstance(matches.record, Question):
        yield Heading(t("Done before, on this subject", language))
    else:
        yield Heading(t("Done before, in this course", language))
    yield Bullets([_item(one, (), language) for one in matches.before])


def _is_own(reason: Reason, matches: Matches) -> bool:
    """Say whether a reason is about the record for which is looked alone, and so holds for every candidate."""
    return reason.side == matches.record.KIND and reason.verdict != FOR


def _item(candidate: Candidate, common: Container[str], language: str) -> Item:
    record = candidate.record
    title = titled(record, language, strong=True)
    under = [
        line
        for head, several in (
            (t("For", language), candidate.speaks_for),
            (t("Against", language), candidate.speaks_against),
            (t("Not known", language), candidate.unknown),
        )
        if (line := _line(head, [one for one in several if one.text not in common]))
    ]
    if isinstance(record, Project):
        under += _found(candidate, language)
    return Item([title, f" ({_about(record, language)}, {record.id})"], under)


def _line(head: str, several: Iterable[Reason]) -> str:
    texts = " ".join(one.text for one in several)
    return f"{head}: {texts}" if texts else ""


def _about(record: Offer | Question | Project, language: str) -> str:
    if isinstance(record, Offer):
        levels = listed((LEVELS.label(one, language) for one in record.levels), language)
        return ", ".join((FORMS.label(record.kind, language), levels, status_of(record, OFFER_STATUS, language)))
    if isinstance(record, Question):
        return status_of(record, QUESTION_STATUS, language)
    return f"{status_of(record, PROJECT_STATUS, language)}, {period(record, language)}"


def _found(candidate: Candidate, language: str) -> Iterator[str]:
    for one in candidate.found[:OUTCOMES]:
        proof = EVIDENCE.label(one.evidence, language)
        statement = one.text("statement", language)
        yield t("Found: {what} (who says so: {proof})", language, what=statement, proof=proof)
    if len(candidate.found) > OUTCOMES:
        yield t("And {count} more outcomes.", language, count=len(candidate.found) - OUTCOMES)
    if not candidate.found:
        yield t("What came of it is not recorded.", language)
