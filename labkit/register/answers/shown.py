"""What came of a question, as the one who asked reads it: short sentences, and what is not known said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.register.answers.standing import dates_of, is_current, is_fresh, state
from labkit.register.document import Block, Bullets, Document, Heading, Item, Para, Span, linked, said, titled
from labkit.register.records import Outcome
from labkit.register.vocabularies import (
    ASKERS,
    DIRECTIONS,
    EVIDENCE,
    PROJECT_STATUS,
    QUESTION_STATUS,
    THEMES_OR_UNKNOWN,
    UNKNOWN,
)
from labkit.register.wording import clean, day, listed, period, places, status_of, title_of

if TYPE_CHECKING:
    from labkit.register.answers.answer import Answer, Work


def shown(answer: Answer, language: str) -> Document:
    """Return an answer as a document."""
    return Document(titled(answer.question, language), language, list(_blocks(answer, language)))


def _blocks(answer: Answer, language: str) -> Iterator[Block]:
    yield Para(state(answer, language), "lead")
    yield from _question(answer, language)
    yield from _answer(answer, language)
    yield from _works(answer, language)
    yield from _open(answer, language)
    yield from _contacts(answer, language)
    yield from _sources(answer, language)


def _question(answer: Answer, language: str) -> Iterator[Block]:
    question = answer.question
    yield Heading(t("The question", language))
    text = question.text("text", language)
    if text and text != question.text("title", language):
        yield Para(said(question, "text", language))
    who = ASKERS.label(question.asker_kind, language)
    if answer.asker is not None:
        who = f"{title_of(answer.asker, language)} ({who})"
    when = t("date unknown", language)
    if question.asked_on not in (None, UNKNOWN):
        when = day(question.asked_on, language)
    facts = [
        t("Asked by: {who}", language, who=who),
        t("Asked on: {when}", language, when=when),
        t(
            "About: {themes}",
            language,
            themes=listed((THEMES_OR_UNKNOWN.label(x, language) for x in question.themes), language),
        ),
        t("Where: {place}", language, place=places(question, answer.areas, language)),
    ]
    if question.answer_by is not None:
        facts.append(t("Answer needed by: {date}", language, date=day(question.answer_by, language)))
    facts.append(
        t("Status in the register: {status}", language, status=QUESTION_STATUS.label(question.status, language))
    )
    use = question.text("intended_use", language)
    if use:
        facts.append(t("What the answer is for: {use}", language, use=clean(use)))
    yield Bullets(facts)
    if question.text("note"):
        yield Para(said(question, "note", language), "note")


def _answer(answer: Answer, language: str) -> Iterator[Block]:
    text = answer.question.text("answer", language)
    yield Heading(t("The answer", language))
    if text:
        yield Para(said(answer.question, "answer", language))
    elif answer.question.status == "answered" and answer.outcomes:
        yield Para(t("The answer itself is not written down here. Below you read what the projects found.", language))
    elif answer.question.status == "answered":
        yield Para(t("The answer itself is not written down here. You can ask for it.", language))
    elif answer.outcomes:
        yield Para(t("There is no answer in one text yet. Below you read what the projects found so far.", language))
    else:
        yield Para(t("No answer is recorded in the register.", language))


def _works(answer: Answer, language: str) -> Iterator[Block]:
    yield Heading(t("Who worked on it", language))
    if not answer.works:
        yield Para(t("No project that works on this question is recorded.", language))
    for work in answer.works:
        yield Heading(titled(work.project, language), 3)
        status = status_of(work.project, PROJECT_STATUS, language)
        line = f"{period(work.project, language)}, {status}."
        if work.by:
            line += " " + t("By {names}.", language, names=listed((title_of(x, language) for x in work.by), language))
        else:
            line += " " + t("By whom is not recorded.", language)
        lasts = work.project.status in ("planned", "running")
        fresh = lasts and is_fresh(answer.today, dates_of(work.project, work.outcomes))
        if lasts and not fresh:
            line += " " + t("Whether that is still so is not known.", language)
        yield Para(line)
        yield Para(said(work.project, "summary", language))
        yield from _outcomes(work, fresh, language)


def _outcomes(work: Work, fresh: bool, language: str) -> Iterator[Block]:
    if not work.outcomes:
        if fresh:
            yield Para(t("No results are recorded yet.", language))
        else:
            yield Para(t("What came of it is not recorded.", language))
        return
    yield Para(t("What came of it:", language))
    yield Bullets([_outcome(one, language) for one in work.outcomes])


def _outcome(outcome: Outcome, language: str) -> Item:
    texts: list[str | Span] = [said(outcome, "statement", language)]
    if outcome.direction in ("negative", "mixed"):
        label = DIRECTIONS.label(outcome.direction, language)
        texts.append(" " + t("(This turned out {direction}.)", language, direction=label))
    under: list[list[str | Span]] = [[_proof(outcome.evidence, language)]]
    if outcome.evidence_url:
        under[0] += [" ", linked(outcome.evidence_url)]
    address = outcome.url or (f"https://doi.org/{outcome.doi}" if outcome.doi else "")
    if address:
        under.append([t("To read or see:", language), " ", linked(address)])
    return Item(texts, under)


def _proof(evidence: str, language: str) -> str:
    if evidence == "none":
        return t("There is no proof of this.", language)
    if evidence == UNKNOWN:
        return t("Who says so is not recorded.", language)
    return t("How we know: {proof}.", language, proof=EVIDENCE.label(evidence, language))


def _open(answer: Answer, language: str) -> Iterator[Block]:
    points = [
        said(work.project.handover, "open_ends", language)
        for work in answer.works
        if work.project.handover and work.project.handover.text("open_ends")
    ]
    raised = [
        Item(
            [
                t("A new question:", language),
                " ",
                titled(one, language, strong=True),
                f" ({QUESTION_STATUS.label(one.status, language)})",
            ]
        )
        for work in answer.works
        for one in work.raised
        if one.id != answer.question.id
    ]
    yield Heading(t("What is still open", language))
    if points or raised:
        yield Bullets([*points, *raised])
    elif answer.question.status == "answered":
        yield Para(t("Nothing more is recorded.", language))
    elif answer.question.status == "withdrawn":
        yield Para(t("The question was withdrawn, so nobody works on it further.", language))
    elif answer.works:
        yield Para(t("The projects do not say what is still open.", language))
    elif answer.question.status == UNKNOWN or not is_current(answer):
        yield Para(t("What is still open is not known.", language))
    else:
        yield Para(t("As far as is recorded, the whole question is still open.", language))


def _contacts(answer: Answer, language: str) -> Iterator[Block]:
    yield Heading(t("Whom you can ask", language))
    if answer.contacts:
        yield Bullets([clean(one) for one in answer.contacts])
    else:
        yield Para(t("The register does not say whom you can ask.", language))


def _sources(answer: Answer, language: str) -> Iterator[Block]:
    if answer.sources:
        yield Heading(t("Where this comes from", language))
        yield Bullets([linked(one) for one in answer.sources])
    title = answer.book.settings.title(language)
    date = day(answer.today.isoformat(), language)
    checked = answer.question.checked_on
    text = t("Looked up on {date} in: {register}.", language, date=date, register=title or t("the register", language))
    if checked:
        text += " " + t("The question was last checked on {date}.", language, date=day(checked, language))
    text += " " + t("More may have happened than is recorded here.", language)
    yield Para(text, "note")
