"""Outcomes that are publications, as references: BibTeX and CSL-JSON.

The authors are the organisations that carried the project out; persons have no place in a register. A register does
not know when something was published, only when it was seen: without that, the year is that of the project, and the
reference says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.language import t
from labkit.register import when
from labkit.register.exchange.audience import for_audience
from labkit.register.records import Outcome, Partner, Project
from labkit.register.vocabularies import OUTCOME_KINDS, UNKNOWN
from labkit.saving import save_text

if TYPE_CHECKING:
    from labkit.register.book import Book

#: Kind of outcome -> entry of BibTeX, type of CSL, and the word that says what it is where the type does not.
KINDS: dict[str, tuple[str, str, str]] = {
    "report": ("techreport", "report", ""),
    "thesis": ("mastersthesis", "thesis", ""),
    "article": ("article", "article", ""),
    "poster": ("misc", "speech", "Poster"),
    "video": ("misc", "motion_picture", "Video"),
    "website": ("misc", "webpage", "Website"),
    "dataset": ("misc", "dataset", "Dataset"),
    "tool": ("misc", "software", "Tool"),
}
_THESES = {"wo_bachelor": "Bachelor's thesis", "wo_master": "Master's thesis", "phd": "Doctoral thesis"}
_ESCAPED = {
    **{sign: rf"\{sign}" for sign in "&%$#_"},
    # BibTeX counts braces, whatever stands before them.
    **{
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    },
}
#: Braces and backslashes would end the field; a browser reads these the same.
_IN_URL = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22", "<": "%3C", ">": "%3E"}


@dataclass(frozen=True)
class Reference:
    """One publication.

    Attributes
    ----------
    id : str
        The id of the outcome; the key of the reference.
    kind : str
        The kind of outcome.
    title : str
        What it is called; else a description between brackets.
    authors : tuple of str
        Names of organisations.
    date : str
        "2021", "2021-06", "2021-06-14", or "" if nothing is known.
    from_project : bool
        Whether the date is that of the project.
    note : str
        What a reader must know, in the language of the title.
    publisher, url, doi, language, genre : str
        "" where there is none.
    titled : bool
        Whether the title is its own.
    """

    id: str
    kind: str
    title: str
    authors: tuple[str, ...]
    date: str
    from_project: bool
    note: str
    publisher: str
    url: str
    doi: str
    language: str
    genre: str
    titled: bool = True


def export_bibtex(
    book: Book, areas: Any, target: str | Path, audience: str = "public", *, despite_names: bool = False
) -> Path:
    """Write the publications among the outcomes as BibTeX.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas or None
        Not used; every export takes it.
    target : str or Path
        The file.
    audience : {"public", "partners", "private"}
        For whom; what they may not see is left out.
    despite_names : bool
        Write it although a text contains the name of a record that was left out.

    Returns
    -------
    Path
        The file.
    """
    del areas
    return save_text(target, bibtex(for_audience(book, audience, despite_names=despite_names)))


def export_csl(
    book: Book, areas: Any, target: str | Path, audience: str = "public", *, despite_names: bool = False
) -> Path:
    """Write the publications among the outcomes as CSL-JSON, which Zotero and Pandoc read; see `export_bibtex`."""
    del areas
    items = csl(for_audience(book, audience, despite_names=despite_names))
    return save_text(target, json.dumps(items, ensure_ascii=False, indent=2) + "\n")


def references(visible: Book) -> Iterator[Reference]:
    """Yield the publications among the outcomes: what was made, not what was done with it or what changed.

    Examples
    --------
    >>> import labkit as lk
    >>> sorted({one.kind for one in references(lk.open_city("leiden").register.book)})
    ['article', 'poster', 'report', 'tool', 'video', 'website']
    """
    for one in visible.of(Outcome):
        if one.stage == "output" and one.kind in KINDS:
            yield _reference(visible, one)


def bibtex(visible: Book) -> str:
    r"""Return the publications as BibTeX, in UTF-8. The book holds only what the audience may see.

    Examples
    --------
    >>> escape_bibtex("Profit & loss: 50%")
    'Profit \\& loss: 50\\%'
    """
    return "\n".join(map(_entry, references(visible)))


def csl(visible: Book) -> list[dict[str, Any]]:
    """Return the publications as items of CSL-JSON. The book holds only what the audience may see.

    Examples
    --------
    >>> import labkit as lk
    >>> csl(lk.open_city("leiden").register.book)[0]["author"][0]
    {'literal': 'Universiteit Leiden'}
    """
    return [_item(one) for one in references(visible)]


def escape_bibtex(text: str) -> str:
    """Return a text of which BibTeX and LaTeX take every sign as it is."""
    return "".join(_ESCAPED.get(sign, sign) for sign in " ".join(text.split()))


def _reference(book: Book, one: Outcome) -> Reference:
    project = book[one.project] if one.project in book else None  # noqa: SIM401 - a book has no get
    partners = project.partners if isinstance(project, Project) else []
    executing = dict.fromkeys(two.partner for two in partners if two.role == "executing")
    seen = one.observed_on if one.observed_on != UNKNOWN else None
    date = seen or (_last_date(project) if isinstance(project, Project) else None)
    language = "nl" if one.title_nl or (not one.title_en and one.statement_nl) else "en"
    genre = KINDS[one.kind][2]
    if one.kind == "thesis" and isinstance(project, Project):
        genre = next((_THESES[level] for level in project.levels if level in _THESES), "Thesis")
    return Reference(
        id=one.id,
        kind=one.kind,
        title=one.text("title", language) or _untitled(one, project, language),
        authors=tuple(_name(book, id) for id in executing if id in book),
        date=date or "",
        from_project=date is not None and seen is None,
        note=_note(one, date is not None and seen is None, language),
        publisher=_name(book, one.publisher) if one.publisher in book else "",
        url=one.url or "",
        doi=one.doi or "",
        language=language,
        genre=genre,
        titled=bool(one.text("title", language)),
    )


def _untitled(one: Outcome, project: object, language: str) -> str:
    """Return what stands for a title where none is known: a description between brackets, as librarians do."""
    first = project.text("title", language) if isinstance(project, Project) else one.text("statement", language)
    kind = OUTCOME_KINDS.label(one.kind, language)
    kind = f"{kind[:1].upper()}{kind[1:]}"
    return t("[{kind} of {project}; title not known]", language, kind=kind, project=first)


def _note(one: Outcome, from_project: bool, language: str) -> str:
    said = [] if one.text("title", language) else [one.text("statement", language)]
    said += [t("The year is that of the project.", language)] if from_project else []
    if not (one.url or one.doi) and one.sources:
        said.append(t("Mentioned at {url}", language, url=one.sources[0]))
    return " ".join(said)


def _name(book: Book, id: str | None) -> str:
    partner = book[str(id)]
    assert isinstance(partner, Partner)
    return partner.name


def _last_date(project: Project) -> str | None:
    dates = [date for date in (project.end, project.start) if date and date != UNKNOWN]
    return dates[0] if dates else None


def _entry(one: Reference) -> str:
    kind = KINDS[one.kind][0]
    if one.kind == "thesis" and one.genre == _THESES["phd"]:
        kind = "phdthesis"
    if (kind == "article" and not one.publisher) or not one.titled:
        kind = "misc"  # an article has a journal, a report a title: this one has none that is known
    author = " and ".join(f"{{{escape_bibtex(name)}}}" for name in one.authors)
    year = when.year(one.date) if one.date else None
    maker = {"techreport": "institution", "mastersthesis": "school", "phdthesis": "school", "article": "journal"}
    first = next(iter(one.authors), "")
    house = one.publisher or (first if kind in ("techreport", "mastersthesis", "phdthesis") else "")
    fields = {
        "author": author,
        # Twice in braces: a style may not turn capitals of a Dutch title into small letters.
        "title": f"{{{escape_bibtex(one.title)}}}",
        "year": str(year or ""),
        "month": one.date[5:7].lstrip("0") if len(one.date) > 4 and not one.from_project else "",
        maker.get(kind, "publisher"): escape_bibtex(house),
        "type": escape_bibtex(one.genre) if kind == "mastersthesis" else "",
        "howpublished": escape_bibtex(one.genre) if kind == "misc" else "",
        "doi": _plain(one.doi),
        "url": _plain(one.url),
        "note": escape_bibtex(one.note),
        "langid": {"nl": "dutch", "en": "english"}[one.language],
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{one.id},", *lines, "}", ""])


def _plain(address: str) -> str:
    # A blank or control sign in an address would be lost, as BibTeX takes all blanks for one.
    coded = "".join(_IN_URL.get(sign, sign) for sign in address)
    return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"%{ord(found.group()):02X}", coded)


def _item(one: Reference) -> dict[str, Any]:
    date = [int(part) for part in one.date.split("-")] if one.date else []
    said: dict[str, Any] = {
        "id": one.id,
        "type": KINDS[one.kind][1] if one.titled else "document",
        "title": one.title,
        "author": [{"literal": name} for name in one.authors],
        "issued": {"date-parts": [date[:1] if one.from_project else date]} if date else None,
        "publisher": one.publisher,
        "genre": one.genre,
        "DOI": one.doi,
        "URL": one.url,
        "language": one.language,
        "note": one.note,
    }
    return {name: value for name, value in said.items() if value}
