"""The report on likeness as a page: self-contained, printable, for the lecturer alone."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from labkit import look
from labkit.assignments.likeness.likeness import Likeness, Pair
from labkit.assignments.likeness.marked import marked
from labkit.assignments.likeness.normal import Piece
from labkit.assignments.likeness.pairs import Alike, few
from labkit.assignments.likeness.values import Same
from labkit.language import current, number, t
from labkit.maps.whole_page import icon
from labkit.register.wording import clean

#: A page runs no script and asks the network for nothing, whatever a student wrote.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

#: How many pairs are shown side by side; the JSON holds all.
MOST = 60
#: Below so many hand-ins, little is common to most of them.
SMALL = 10


def page(found: Likeness) -> str:
    """Return the report, in the current language."""
    title = clean(found.assignment.header.title() or found.assignment.id)
    shown = found.pairs[:MOST]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{current()}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<link rel="icon" href="{icon()}">',
            f"<title>{escape(t('Likeness: {title}', title=title))}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            '<body class="lk-page lk-document lk-wide lk-likeness"><main>',
            f"<p class='kicker'>{escape(t('Likeness of hand-ins'))}</p><h1 dir='auto'>{escape(title)}</h1>",
            *_lead(found),
            *(_table(found) if shown else ()),
            *(_pair(found, place, one) for place, one in enumerate(shown, start=1)),
            *_method(found),
            "</main></body>",
            "</html>\n",
        ]
    )


@cache
def _style() -> str:
    sheets = [(look.ASSETS / name).read_text(encoding="utf-8") for name in ("document.css", "likeness/likeness.css")]
    return "\n".join([look.css(), *sheets])


def _p(text: str, kind: str = "") -> str:
    return f"<p class='{kind}'>{escape(text)}</p>" if kind else f"<p>{escape(text)}</p>"


def _lead(found: Likeness) -> list[str]:
    parts = [_p(t("A place to look, no verdict."), "lead")]
    if found.pairs:
        parts.append(
            _p(
                t(
                    "Students who worked together, had the same example or asked the same tool write alike too. Read both "
                    "answers, and ask the students, before you think anything of it."
                )
            )
        )
    else:
        parts.append(
            _p(t("Nothing was found that only a few hand-ins have in common. That says nothing about who wrote them."))
        )
    said = t(
        "Hand-ins compared: {count}. Pairs with something in common that few others have: {pairs}.",
        count=number(len(found.pieces)),
        pairs=number(len(found.pairs)),
    )
    parts.append(_p(said))
    if len(found.pieces) < SMALL:
        text = t("With so few hand-ins, what anybody would write cannot be told from what only two have.")
        parts.append(_p(text, "note"))
    if found.unread:
        names = ", ".join(sorted(found.unread))
        parts.append(_p(t("Not compared, because they cannot be read: {names}.", names=clean(names)), "note"))
    return [*parts, _p(t("This page holds work of students with their names: keep it as you keep grades."), "note")]


def _table(found: Likeness) -> list[str]:
    heads = [t("Pair"), t("Answers alike"), t("Signs and words alike"), t("Same values, other areas")]
    cells = "".join(
        f"<th scope='col'{' class=n' if place > 1 else ''}>{escape(one)}</th>" for place, one in enumerate(heads)
    )
    rows = "".join(
        f"<tr><th scope='row'><a href='#pair-{place}'>{_names(one)}</a></th>"
        f"<td>{escape(', '.join(dict.fromkeys(_place(answer.question) for answer in one.answers)) or t('none'))}</td>"
        f"<td class='n'>{number(sum(answer.signs for answer in one.answers))}</td>"
        f"<td class='n'>{number(len(one.values))}</td></tr>"
        for place, one in enumerate(found.pairs[:MOST], start=1)
    )
    caption = escape(t("Pairs with most in common first"))
    table = (
        f"<div class='lk-scroll' tabindex='0' role='group' aria-label='{caption}'><table class='lk-table'>"
        f"<caption>{caption}</caption><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    more = len(found.pairs) - MOST
    return [table, *([_p(t("{count} more pairs are in the JSON.", count=number(more)), "note")] if more > 0 else [])]


def _names(pair: Pair) -> str:
    one, other = (f"<bdi>{escape(clean(name))}</bdi>" for name in pair.students)
    return t("{one} and {other}", one=one, other=other)


def _place(question: str) -> str:
    return clean(question) or t("cells of their own")


def _pair(found: Likeness, place: int, pair: Pair) -> str:
    areas = [clean(found.areas.get(code, code)) for code in pair.areas]
    parts = [f"<section id='pair-{place}' aria-labelledby='head-{place}'><h2 id='head-{place}'>{_names(pair)}</h2>"]
    if all(areas):
        text = (
            t("Both work on {one}.", one=areas[0])
            if areas[0] == areas[1]
            else t("They work on {one} and {other}.", one=areas[0], other=areas[1])
        )
        parts.append(_p(text, "note"))
    if pair.values:
        parts.append(_values(pair.values))
    shown = {one.question for one in pair.answers}
    more = [one for one in dict.fromkeys(one.question for one in pair.values) if one not in shown]
    answers = [*pair.answers, *(Alike(question, "code", 0, 0, 0) for question in more)]
    parts += [_answer(found, pair, answer) for answer in answers]
    return "".join([*parts, "</section>"])


def _values(values: tuple[Same, ...]) -> str:
    items = "".join(f"<li dir='auto'>{_value(one)}</li>" for one in values)
    return f"<p>{escape(t('The same value, though their areas differ:'))}</p><ul class='values'>{items}</ul>"


def _value(one: Same) -> str:
    text = t(
        "{name} = {value} (question {question}).",
        name=clean(one.name),
        value=_shown(one.value),
        question=clean(one.question),
    )
    if one.others:
        text += " " + t("Others with it: {count}.", count=number(one.others))
    return escape(text)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"\N{LEFT DOUBLE QUOTATION MARK}{clean(value)[:80]}\N{RIGHT DOUBLE QUOTATION MARK}"
    return number(value, next(digits for digits in (0, 1, 2, 3, 4, 6) if round(value, digits) == value or digits == 6))


def _answer(found: Likeness, pair: Pair, answer: Alike) -> str:
    pieces = [_piece(found, student, answer) for student in pair.students]
    if None in pieces:
        return ""
    one, other = (piece for piece in pieces if piece is not None)
    sides = marked(one, other)
    head = _place(answer.question)
    title = _title(found, answer.question)
    said = ""
    if answer.signs:
        said = t(
            "{share} % alike as a whole; {count} {signs} stand in stretches that few others have.",
            share=number(100 * answer.likeness),
            count=number(answer.signs),
            signs=t("signs") if answer.kind == "code" else t("words"),
        )
        if answer.others:
            said += " " + t("Others with much of it: {count}.", count=number(answer.others))
    columns = "".join(
        f"<figure><figcaption><bdi>{escape(clean(student))}</bdi></figcaption>"
        f"<pre class='{answer.kind}' dir='auto' tabindex='0'>{side}</pre></figure>"
        for student, side in zip(pair.students, sides, strict=True)
    )
    name = f"<bdi>{escape(head)}</bdi>" + (f" <span class='soft' dir='auto'>{escape(title)}</span>" if title else "")
    return f"<h3>{name}</h3>{_p(said, 'note') if said else ''}<div class='sides'>{columns}</div>"


def _piece(found: Likeness, student: str, answer: Alike) -> Piece | None:
    own = found.pieces.get(student, {})
    return own.get(answer.question or f" {answer.kind}")


def _title(found: Likeness, question: str) -> str:
    if not question:
        return ""
    titles = found.assignment.question(question).titles
    title = clean(titles.get(current(), ""))
    return "" if title == question else title


def _method(found: Likeness) -> list[str]:
    most = number(few(len(found.pieces)))
    items = [
        t("Answers to the same question are compared, and cells that students added."),
        t(
            "What all students got, what your own solution has, comments, spacing and the names that students chose do not count."
        ),
        t(
            "What more than {most} hand-ins have in common counts for nothing: most people write short answers alike.",
            most=most,
        ),
        t("Lines and words that are the same in both are marked; what is left out is in italics."),
        t("Areas can have the same figure by chance. A value that every check found right is not named."),
        t("Nothing left this computer. No line of the hand-ins was run for it."),
    ]
    points = "".join(f"<li>{escape(one)}</li>" for one in items)
    return [f"<h2>{escape(t('How this was compared'))}</h2><ul>{points}</ul>"]
