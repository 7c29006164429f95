"""What the atlas says of coverage: the questions of `labkit.register.coverage`, answered in both languages.

Each answer is plain data, {id, title, sentences, heads, rows, notes}; a cell is a text, or [text, kind, span] where it
is more than that (see `labkit.comparison.cells.Cell`). The careful words are those of the analysis itself: the page
adds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from labkit.comparison.cells import Cell
from labkit.comparison.scope import CityLike
from labkit.errors import NoFiguresError
from labkit.language import LANGUAGES, speaking
from labkit.register.book import Book
from labkit.register.coverage.finding import Finding
from labkit.register.coverage.overview import Coverage, coverage
from labkit.register.records import Project
from labkit.register.wording import clean


def coverage_payload(book: Book, city: CityLike, today: date | str | None = None) -> dict[str, Any]:
    """Return the answers in both languages: language -> list of answers; empty if there is no project.

    Parameters
    ----------
    book : Book
        What everybody may see.
    city : CityLike
        The city.
    today : datetime.date or str, optional
        The day on which ages are counted; today if left out.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> found = coverage_payload(leiden.register.book.public(), leiden)
    >>> [one["id"] for one in found["en"]][:4]
    ['presence', 'around', 'per_residents', 'gaps']
    >>> coverage_payload(Book([]), leiden)
    {}
    """
    if not book.of(Project):
        return {}
    return {one: _in_language(book, city, one, today) for one in LANGUAGES}


def _in_language(book: Book, city: CityLike, chosen: str, today: date | str | None) -> list[dict[str, Any]]:
    with speaking(chosen):
        return [_answer(id, finding) for id, finding in _findings(coverage(book, city, today=today))]


def _findings(found: Coverage) -> Iterator[tuple[str, Finding]]:
    yield "presence", found.presence
    if found.around is not None and found.around.selection.level.id != found.selection.level.id:
        yield "around", found.around
    with suppress(NoFiguresError):  # without such figures the page does not ask the question
        yield "per_residents", found.per_residents()
    yield "gaps", found.gaps()
    yield "visibility", found.visibility
    yield "evidence", found.evidence
    yield "continuity", found.continuity
    yield "waiting", found.waiting
    yield "participants", found.participants
    yield "sensitivity", found.sensitivity()
    yield "initiatives", found.initiatives


def _answer(id: str, finding: Finding) -> dict[str, Any]:
    heads, rows = finding._body()
    return {
        "id": id,
        "title": clean(finding.title),
        "sentences": [clean(one) for one in finding.sentences],
        "heads": [clean(one) for one in heads],
        "rows": [[_cell(one) for one in row] for row in rows],
        "notes": [clean(one) for one in finding.notes],
    }


def _cell(cell: Cell) -> str | list[Any]:
    text = clean(cell.text)
    if cell.span > 1:
        return [text, cell.kind, cell.span]
    return [text, cell.kind] if cell.kind else text
