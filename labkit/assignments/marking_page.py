"""A page to mark one question in: all answers under each other, the mark scheme beside them, a CSV file as result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from labkit import look
from labkit.assignments import sheets
from labkit.assignments.comments import Comment
from labkit.assignments.marks import COLUMNS
from labkit.language import current, speaking, t
from labkit.maps import whole_page
from labkit.register.wording import clean

if TYPE_CHECKING:
    from labkit.assignments.marking import Entry


def marking_page(
    question: str, title: str, entries: Sequence[Entry], bank: Mapping[str, Comment], language: str
) -> str:
    """Return a page to mark a question in; one file, nothing to fetch, nothing is sent.

    Parameters
    ----------
    question, title : str
    entries : sequence of Entry
        The answers with what was filled in.
    bank : mapping of str to Comment
        The comment bank.
    language : {"nl", "en"}
        Of the page, and of the CSV file that it saves.
    """
    with speaking(language):
        script = (look.ASSETS / "marking" / "marking.js").read_text(encoding="utf-8")
        parts = {
            "language": language,
            "policy": escape(whole_page.policy(script)),
            "icon": whole_page.icon(),
            "style": look.css() + (look.ASSETS / "marking" / "marking.css").read_text(encoding="utf-8"),
            "script": script,
            "title": escape(clean(f"{question}: {title}")),
            "kicker": escape(t("Mark a question")),
            "how": escape(
                t(
                    "Enter goes to the next answer, Alt with a digit adds a comment of the bank. Nothing is sent "
                    "anywhere: save the file when you are done. A blank field is not marked yet."
                )
            ),
            "save": escape(t("Save the marks as a file")),
            "only": escape(t("Only what is not marked yet")),
            "scheme": _scheme(entries),
            "bank": _bank(bank.values(), language),
            "answers": "\n".join(_answer(place, one) for place, one in enumerate(entries)),
            "data": _data(question, entries, bank, language),
        }
    template = (look.ASSETS / "marking" / "page.html").read_text(encoding="utf-8")
    return whole_page.filled(template, parts)


def _scheme(entries: Sequence[Entry]) -> str:
    scheme = next((one.scheme for one in entries if one.scheme), "")
    text = escape(scheme) if scheme else escape(t("There is none. Give it with --source, from the assignment."))
    return f"<h2>{escape(t('Mark scheme'))}</h2><div class='scheme'>{text}</div>"


def _bank(bank: Iterable[Comment], language: str) -> str:
    items = "".join(
        f"<li><button type='button' data-code='{escape(one.code)}'>{escape(one(language))}</button></li>"
        for one in bank
    )
    note = t("Comments that you type are offered here; labkit assignment marks keeps them in comments.csv.")
    head = escape(t("Comment bank"))
    return f"<h2>{head}</h2><p class='note' id='for' aria-live='polite'></p><ol>{items}</ol><p class='note'>{escape(note)}</p>"


def _answer(place: int, entry: Entry) -> str:
    points, comment = escape(t("Points")), escape(t("Comment"))
    limit = entry.limit
    out_of = "" if limit is None else escape(t("out of {points}", points=sheets.shown(limit, current())))
    shown = escape(clean(entry.answer)) if entry.answer.strip() else f"<em>{escape(t('No answer'))}</em>"
    return (
        f"<article id='a{place}' data-place='{place}' aria-labelledby='h{place}'>"
        f"<h2 id='h{place}' dir='auto'>{escape(clean(entry.shown_as))}</h2><pre class='{entry.kind}' dir='auto' tabindex='0' "
        f"aria-labelledby='h{place}'>{shown}</pre>"
        f"<div class='fields'><p><label for='p{place}'>{points}</label> <input id='p{place}' class='points' "
        f"inputmode='decimal' autocomplete='off' aria-describedby='m{place}'> <span class='soft'>{out_of}</span></p>"
        f"<p class='wrong' id='m{place}' aria-live='polite'></p>"
        f"<p class='codes' id='c{place}'></p>"
        f"<p><label for='t{place}'>{comment}</label><textarea id='t{place}' rows='2' dir='auto'></textarea></p></div>"
        "</article>"
    )


def _data(question: str, entries: Sequence[Entry], bank: Mapping[str, Comment], language: str) -> str:
    extra = list(dict.fromkeys(name for one in entries for name in one.others))
    data = {
        "question": question,
        "separator": ";" if language == "nl" else ",",
        "comma": language == "nl",
        "columns": [*COLUMNS, *extra],
        "bank": {one.code: one(language) for one in bank.values()},
        "words": _words(),
        "remove": t("Remove"),
        "entries": [
            {
                "student": one.shown_as,
                "points": one.points,
                "max": one.limit,
                "codes": one.codes,
                "comment": one.comment,
                "answer": one.answer,
                "scheme": one.scheme,
                "others": [one.others.get(name, "") for name in extra],
            }
            for one in entries
        ],
    }
    # A "<" could end the script element that holds this.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _words() -> dict[str, str]:
    """Return what the script says, beside what stands in the page."""
    return {
        "marked": t("{marked} of {all} marked"),
        "not_number": t("This is not a number. Write 2.5, or leave it blank if it is not marked yet."),
        "again": t("These points were for an earlier answer. Look again, and write them without the question mark."),
        "too_many": t("This is more than the maximum of {max}."),
        "saved": t(
            "Saved as {file}. Put it in the folder marks, or run: labkit assignment marks RESULTS --from {file}"
        ),
        "draft": t("What you filled in before in this browser is here again, and not yet in a file."),
        "wrong": t("First mend the points that are marked red: {count}."),
    }
