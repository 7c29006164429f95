"""The page that a student gets: one file, in their language, without a script, from their own result alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

from labkit import look
from labkit.assignments.feedback import words
from labkit.assignments.feedback.spread import Spread
from labkit.assignments.results import CheckResult, QuestionResult, Result
from labkit.language import speaking, t
from labkit.register.wording import clean

#: A page runs no script and asks the network for nothing, whatever a student wrote.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

#: How much of an answer and of one value is shown, characters.
LONGEST_ANSWER, LONGEST_VALUE = 20_000, 400


@dataclass(frozen=True)
class Around:
    """What a page says besides the result.

    Attributes
    ----------
    title : str
        Of the assignment; its id if left out.
    name : str
        Of the student; "" if the roster is not given.
    area, map : str
        The name of the district that the work is about, and a small map of where it lies (SVG); "" without.
    spread : Spread or None
        How the points of the class lie, if the lecturer wants that.
    withheld : bool
        Whether it was asked for, and the class is too small.
    """

    title: str = ""
    name: str = ""
    area: str = ""
    map: str = ""
    spread: Spread | None = None
    withheld: bool = False


def page(result: Result, around: Around | None = None) -> str:
    """Return the feedback on a hand-in as a page that needs nothing beside itself.

    Parameters
    ----------
    result : Result
        With what persons gave (`labkit.assignments.marks.apply_marks`).
    around : Around, optional
        What the page says besides.

    Examples
    --------
    >>> made = page(Result(assignment="week1", student="s1", status="no hand-in", language="nl"))
    >>> '<html lang="nl">' in made, "<script" in made
    (True, False)
    """
    around = around or Around()
    with speaking(result.language):
        title = clean(around.title or result.assignment)
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{result.language}">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{_safe(t('Feedback: {title}', title=title))}</title>",
                f"<style>\n{_style()}</style>",
                "</head>",
                '<body class="lk-page lk-document lk-feedback"><main>',
                *body(result, around),
                "</main></body>",
                "</html>\n",
            ]
        )


def body(result: Result, around: Around) -> list[str]:
    """Return what stands in the page, in the current language."""
    title = clean(around.title or result.assignment)
    parts = [
        f"<header><div><p class='kicker'>{escape(t('Feedback'))}</p>",
        f"<h1 dir='auto'>{_safe(title)}</h1>",
        _facts(result, around),
        f"</div>{around.map}</header>",
        *_total(result),
        *(f"<p class='note' dir='auto'>{_safe(one)}</p>" for one in result.notes),
    ]
    if result.questions and result.status == "graded":
        parts += [_table(result), *_next(result), *(_question(one) for one in result.questions)]
    if around.spread is not None and result.status == "graded":
        parts += [f"<h2>{escape(t('The class'))}</h2>", around.spread.html(result)]
    elif around.withheld:
        text = t("How the points of the class lie is not shown: there are too few hand-ins to hide in.")
        parts += [f"<h2>{escape(t('The class'))}</h2><p>{escape(text)}</p>"]
    return parts


@cache
def _style() -> str:
    sheets = [(look.ASSETS / name).read_text(encoding="utf-8") for name in ("document.css", "feedback/feedback.css")]
    return "\n".join([look.css(), *sheets])


def _safe(text: str) -> str:
    return escape(clean(text))


def _facts(result: Result, around: Around) -> str:
    student = f"{around.name} ({result.student})" if around.name else result.student
    facts = [
        (t("Student"), student),
        (t("Group"), result.group),
        (t("District"), around.area or result.area),
        (t("File"), result.original.replace("\\", "/").rpartition("/")[2]),
        (t("Handed in"), words.moment(result.received) if result.received else ""),
    ]
    rows = "".join(
        f"<div><dt>{escape(name)}</dt><dd><bdi>{_safe(value)}</bdi></dd></div>" for name, value in facts if value
    )
    return f"<dl>{rows}</dl>"


def _total(result: Result) -> list[str]:
    if result.status == "no hand-in":
        text = t("Nothing was handed in, so there is nothing to give points for. Did you hand in? Tell your lecturer.")
        return [f"<p class='lead'>{escape(text)}</p>"]
    if result.status == "unreadable":
        text = t("Your file could not be read, so nothing could be looked at. This is not a 0: talk to your lecturer.")
        return [f"<p class='lead'>{escape(text)}</p>"]
    rest = words.waiting(result.questions)
    total = words.of(result.points, result.max_points - rest)
    said = [f"<p class='lead'>{escape(t('Points so far') if rest else t('Points'))}: <strong>{total}</strong></p>"]
    if rest:
        text = t(
            "A person still looks at the rest. Points that can still be given: {points}.", points=words.points(rest)
        )
        said.append(f"<p>{escape(text)}</p>")
    if result.late is not None:
        said.append(f"<p dir='auto'>{_safe(words.late_sentence(result.late))}</p>")
    return said


def _table(result: Result) -> str:
    heads = "".join(
        f"<th scope='col'{kind}>{escape(name)}</th>"
        for name, kind in ((t("Question"), ""), (t("How it went"), ""), (t("Points"), " class='n'"))
    )
    rows = "".join(
        f"<tr><th scope='row' dir='auto'>{_link(one)}</th>"
        f"<td>{escape(words.state(one))}</td><td class='n'>{escape(words.given(one))}</td></tr>"
        for one in result.questions
    )
    total = words.of(result.points, result.max_points - words.waiting(result.questions))
    foot = f"<tr><th scope='row' colspan='2'>{escape(t('Together'))}</th><td class='n'>{total}</td></tr>"
    caption = escape(t("Points per question"))
    return (
        f"<table class='lk-table'><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"
    )


def _next(result: Result) -> list[str]:
    items = [
        f"<li dir='auto'>{', '.join(map(_link, several))}: {escape(tip)}</li>"
        for tip, several in words.advice(result.questions).items()
    ]
    checked = any(one.checks for one in result.questions)
    parts = [f"<h2>{escape(t('What to do next'))}</h2>"]
    if items:
        parts.append(f"<ul>{''.join(items)}</ul>")
        if checked:
            text = t("The checks that are in your notebook can be run again with lk.check; hidden ones look at more.")
            parts.append(f"<p class='note'>{escape(text)}</p>")
    elif any(one.waits for one in result.questions):
        parts.append(f"<p>{escape(t('Nothing now: wait for what your lecturer says.'))}</p>")
    else:
        text = t("Read what was said at each question, and use it for the next assignment.")
        parts.append(f"<p>{escape(text)}</p>")
    text = t("Is something not right here? Tell your lecturer which question and which check.")
    return [*parts, f"<p>{escape(text)}</p>"]


def _link(question: QuestionResult) -> str:
    return f"<a href='#{_id(question)}'>{_safe(question.title or question.id)}</a>"


def _id(question: QuestionResult) -> str:
    return "question-" + escape(question.id, quote=True)


def _question(one: QuestionResult) -> str:
    title = f"<bdi>{_safe(one.title or one.id)}</bdi>"
    given = escape(words.given(one) if one.waits else t("{points} points", points=words.given(one)))
    parts = [f"<section id='{_id(one)}'><h2>{title} <span class='given'>{given}</span></h2>"]
    if how := words.found_by(one.matched_by):
        parts.append(f"<p class='note'>{escape(how)}</p>")
    parts += [f"<p class='note' dir='auto'>{_safe(note)}</p>" for note in one.notes]
    if one.checks:
        parts.append(f"<ul class='checks'>{''.join(_check(check) for check in one.checks)}</ul>")
    parts += _by_person(one)
    parts.append(_answer(one))
    return "".join([*parts, "</section>"])


def _check(check: CheckResult) -> str:
    verdict = t("Right") if check.passed else t("Not answered") if check.kind == "unanswered" else t("Not right")
    sign = "\N{CHECK MARK}" if check.passed else "\N{EN DASH}" if check.kind == "unanswered" else "\N{MULTIPLICATION X}"
    name = t("Hidden check {id}", id=check.id) if check.hidden else t("Check {id}", id=check.id)
    worth = ""
    if check.max_points:
        worth = ", " + t("{points} points", points=words.of(check.points, check.max_points))
    said = words.check_sentence(check)
    return (
        f"<li><span class='sign' aria-hidden='true'>{sign}</span><div><strong>{escape(verdict)}</strong> "
        f"<span class='soft'>{_safe(name)}{escape(worth)}</span>"
        + (f"<br><span dir='auto'>{_safe(said)}</span>" if said else "")
        + "</div></li>"
    )


def _by_person(one: QuestionResult) -> list[str]:
    parts = []
    if one.waits:
        parts.append(
            "<p>"
            + escape(
                t(
                    "Your lecturer still looks at this answer. Points that can be given: {points}.",
                    points=words.points(one.manual_max),
                )
            )
            + "</p>"
        )
    elif not one.answer.strip() and one.manual_max > 0 and not one.manual_points:
        parts.append(f"<p>{escape(t('There is no answer, so there are no points for it.'))}</p>")
    elif one.manual_points is not None:
        given = words.of(one.manual_points, max(one.manual_max, one.manual_points))
        parts.append(f"<p>{escape(t('Your lecturer gave {points} points.', points=given))}</p>")
    if one.comments:
        said = "".join(f"<li dir='auto'>{_lines(comment)}</li>" for comment in one.comments)
        parts.append(f"<h3>{escape(t('What your lecturer says'))}</h3><ul class='said'>{said}</ul>")
    return parts


def _lines(text: str) -> str:
    return _safe(text).replace("\n", "<br>")


def _answer(one: QuestionResult) -> str:
    text = clean(one.answer)
    if not text.strip() and not one.shown:
        return ""
    cut = len(text) > LONGEST_ANSWER
    # Line ends as signs: inside a notebook cell a blank line would end the block.
    shown = escape(text[:LONGEST_ANSWER]).replace("\n", "&#10;")
    if cut:
        shown += "&#10;" + escape(t("... The rest is in your own notebook."))
    kind = " class='text'" if one.kind == "text" else ""
    inner = f"<pre{kind} dir='auto'>{shown}</pre>" if text.strip() else ""
    if one.shown:
        rows = "".join(
            f"<tr><th scope='row'>{_safe(name)}</th><td dir='auto'>{_safe(_short(value))}</td></tr>"
            for name, value in one.shown.items()
        )
        heads = f"<th scope='col'>{escape(t('Name'))}</th><th scope='col'>{escape(t('Value'))}</th>"
        caption = escape(t("What it gave when it was run"))
        inner += (
            f"<table class='lk-table'><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )
    opened = "" if one.points >= one.max_points else " open"
    return f"<details{opened}><summary>{escape(t('Your answer'))}</summary>{inner}</details>"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} ..."
