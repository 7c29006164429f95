"""A lineage as people read it: the drawing, the steps, the chains, and what was not taken up."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.register.document import Block, Document, Grid, Heading, Para, Picture, cell, more
from labkit.register.lineage.drawing import described, drawing
from labkit.register.wording import clean, period, title_of

if TYPE_CHECKING:
    from labkit.register.lineage.overview import DeadEnd, Lineage

#: How many rows of a table are shown in a notebook; `.table`, the lists and the page have all.
ROWS, LINES = 40, 15


def shown(lineage: Lineage, language: str, *, whole: bool = False) -> Document:
    """Return a lineage as a document; as a whole, with all rows of its tables."""
    title = t("What builds on what", language)
    if lineage.id is not None:
        title = f"{title}: {title_of(lineage.book[lineage.id], language)}"
    return Document(title, language, list(_blocks(lineage, whole, language)), wide=True)


def _blocks(lineage: Lineage, whole: bool, language: str) -> Iterator[Block]:
    rows, lines = (sys.maxsize, sys.maxsize) if whole else (ROWS, LINES)
    if lineage.steps:
        picture = drawing(lineage, language)
        yield Picture(picture.svg, described(lineage, picture.drawn, language))
        if len(picture.drawn) < len(lineage.projects):
            counts = {"drawn": len(picture.drawn), "total": len(lineage.projects)}
            yield Para(
                t("The drawing has room for {drawn} of the {total} projects with a step.", language, **counts), "note"
            )
    else:
        yield Para(t("No step from one project to another is recorded here.", language))
    yield from _notes(lineage, language)
    if lineage.steps:
        yield from _steps(lineage, rows, language)
        yield from _chains(lineage, lines, language)
    yield from _dead_ends(lineage, lines, language)
    yield from _load(lineage, language)


def _notes(lineage: Lineage, language: str) -> Iterator[Block]:
    if lineage.alone and lineage.id is None:
        text = t(
            "Projects without a step to or from another project, which are not drawn: {count}.",
            language,
            count=len(lineage.alone),
        )
        yield Para(text, "note")
    if any(found["relation"] == "question" for _, _, found in lineage.graph.edges(data=True)):
        text = t(
            "A dotted arrow is weaker: the later project addresses a question that the earlier one raised, "
            "but nobody says that it built on it.",
            language,
        )
        yield Para(text, "note")
    for ring in lineage.circles:
        text = t(
            "These projects build on each other in a circle, which cannot be right: {ids}.",
            language,
            ids=", ".join(ring),
        )
        yield Para(text, "note")
    if lineage.backward:
        text = t(
            "These steps go back in time, so that a date or the step cannot be right: {steps}.",
            language,
            steps=", ".join(f"{one.later} → {one.earlier}" for one in lineage.backward),
        )
        yield Para(text, "note")


def _relation(relation: str, language: str) -> str:
    if relation == "builds_on":
        return t("builds on", language)
    return t("reuses a result of", language) if relation == "reuses" else t("takes up a question of", language)


def _steps(lineage: Lineage, most: int, language: str) -> Iterator[Block]:
    names = lineage.names(language)
    rows = [
        [
            cell(names[one.later][0], "row"),
            cell(names[one.later][1]),
            cell(_relation(one.relation, language)),
            cell(names[one.earlier][0]),
            cell(names[one.earlier][1]),
        ]
        for one in lineage.steps[:most]
    ]
    when = t("When", language)
    heads = [t("Project", language), when, "", t("Earlier project", language), when]
    yield Grid(heads, rows, t("Steps", language))
    yield from more(most, len(lineage.steps), language)


def _chains(lineage: Lineage, most: int, language: str) -> Iterator[Block]:
    names = lineage.names(language)
    rows = []
    for one in lineage.chains[:most]:
        path = names[one.projects[0]][0]
        for id, relation in zip(one.projects[1:], one.relations, strict=True):
            path += (" ⇢ " if relation == "question" else " → ") + names[id][0]
        rows.append([cell(str(one.length), "n"), cell(path)])
    if rows:
        yield Grid([t("Projects in a row", language), t("From first to last", language)], rows, t("Chains", language))
        yield from more(most, len(lineage.chains), language)


def _dead_ends(lineage: Lineage, most: int, language: str) -> Iterator[Block]:
    ends = [one for one in lineage.dead_ends if not one.perhaps]
    doubtful = [one for one in lineage.dead_ends if one.perhaps]
    if ends:
        yield Heading(t("Results that nobody took up, as far as is recorded", language))
        text = t(
            "Finished projects with a result, without a later project that builds on it and without a recorded use. "
            "That nobody recorded it is all we know: somebody may well have used it.",
            language,
        )
        yield Para(text, "note")
        caption = t("Not taken up: {count}", language, count=len(ends))
        yield from _ends(lineage, ends, most, caption, language)
    if doubtful:
        yield Heading(t("Perhaps taken up, the register does not tell", language))
        text = t(
            "Here too nobody recorded a use, but something points to one: how far a result came is not known, "
            "other projects work on the same question, or the project left something for the next group.",
            language,
        )
        yield Para(text, "note")
        caption = t("Perhaps taken up: {count}", language, count=len(doubtful))
        yield from _ends(lineage, doubtful, most, caption, language)


def _ends(lineage: Lineage, ends: Sequence[DeadEnd], most: int, caption: str, language: str) -> Iterator[Block]:
    signs = {
        "stage": t("how far it came is not known", language),
        "question": t("other projects on its question", language),
        "handover": t("left something for the next group", language),
    }
    heads = [t("Project", language), t("When", language), t("Result", language)]
    doubtful = any(one.perhaps for one in ends)
    rows = []
    for one in ends[:most]:
        project = lineage.project(one.project)
        outcome = title_of(lineage.book[one.outcomes[0]], language)
        others = f" (+{len(one.outcomes) - 1})" if len(one.outcomes) > 1 else ""
        texts = [period(project, language), f"{outcome}{others}"]
        if doubtful:
            texts.append("; ".join(signs[sign] for sign in one.perhaps))
        rows.append([cell(title_of(project, language), "row"), *map(cell, texts)])
    yield Grid([*heads, t("What points to it", language)] if doubtful else heads, rows, caption)
    if len(ends) > most:
        counts = {"shown": most, "total": len(ends)}
        yield Para(t("The first {shown} of {total}; all of them are in .dead_ends.", language, **counts), "note")


def _load(lineage: Lineage, language: str) -> Iterator[Block]:
    load = lineage.load
    if load is None:
        return
    level = load.areas.level(load.level).label(language)
    yield Heading(t("Where people were asked often", language))
    text = t(
        "At least {least} projects with people within {span} years, level: {level}. It counts projects, not people; "
        "who is asked often may grow tired of it.",
        language,
        least=load.least,
        span=load.span,
        level=level,
    )
    yield Para(text, "note")
    rows = [
        [
            cell(clean(load.areas[one.area].name), "row"),
            cell(f"{one.first} – {one.last}" if one.last != one.first else str(one.first)),
            cell(str(len(one.projects)), "n"),
            cell(str(len(one.perhaps)), "n"),
            cell(str(len(one.undated)), "n"),
        ]
        for one in load.busy
    ]
    if rows:
        heads = [
            "",
            t("Years", language),
            t("Projects with people", language),
            t("Perhaps with people", language),
            t("Year unknown", language),
        ]
        yield Grid(heads, rows, t("Most projects with people in a short time", language))
    else:
        yield Para(t("None, as far as is recorded.", language))
    text = t(
        "Projects with people without a place on this level, so that they count nowhere: {count}.",
        language,
        count=load.placeless,
    )
    yield Para(text, "note")
