"""What came of a question, in plain words, for the one who asked it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from labkit.areas import Areas
from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import current, resolve, t
from labkit.register.answers.shown import shown
from labkit.register.answers.standing import state
from labkit.register.book import Book
from labkit.register.records import Outcome, Partner, Project, Question
from labkit.register.today import day_of
from labkit.register.vocabularies import VISIBILITY
from labkit.register.wording import period, title_of
from labkit.saving import save_text

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")

#: Roles of partners that say who did the work.
_WORKING = ("executing", "supervisor")


@dataclass(frozen=True)
class Work:
    """A project that addresses the question, with what came of it.

    Attributes
    ----------
    project : Project
        The project.
    by : list of Partner
        Who did the work or guided it.
    outcomes : list of Outcome
        What came of it.
    raised : list of Question
        The new questions that it raised.
    """

    project: Project
    by: list[Partner]
    outcomes: list[Outcome]
    raised: list[Question]


class Answer:
    """What came of a question; made by `answer`.

    Attributes
    ----------
    question : Question
        The question.
    works : list of Work
        The projects that address it, oldest first.
    asker : Partner or None
        The organisation that asked, where that is recorded.
    today : datetime.date
        The day on which this is looked up.
    audience : str
        Who may read it.

    Examples
    --------
    >>> soup = Question(
    ...     id="q-soup", visibility="public", title_en="Who comes to the soup mornings?", asker_kind="resident",
    ...     themes=["loneliness"], scope="unknown", status="new", asked_on="2026-10", checked_on="2026-11-01",
    ... )
    >>> print(answer(Book([soup]), "q-soup", today="2026-11-23").state("en"))
    According to the register, checked on 1 November 2026: the question has come in, and nobody has taken it up yet.
    >>> print(answer(Book([soup]), "q-soup", today="2028-11-23").state("en"))
    The question came in. Whether anybody took it up since is not known.
    """

    def __init__(
        self, book: Book, question: Question, areas: Areas | None, today: datetime.date, audience: str
    ) -> None:
        self.book = book
        self.question = question
        self.areas = areas
        self.today = today
        self.audience = audience
        asker = book.records.get(question.asker or "")
        self.asker = asker if isinstance(asker, Partner) else None
        ids = sorted({link.subject for link in book.links_to(question.id, "addresses")})
        projects = [one for one in map(book.records.get, ids) if isinstance(one, Project)]
        self.works = [_work(book, one) for one in sorted(projects, key=lambda one: (one.start, one.id))]

    @property
    def outcomes(self) -> list[Outcome]:
        """What came of the projects, in their order."""
        return [one for work in self.works for one in work.outcomes]

    @property
    def contacts(self) -> list[str]:
        """The functions that can be asked: of the question, of the projects, and of who asked; never a name."""
        several = [self.question.contact_function]
        several += [one.project.handover.contact_function for one in self.works if one.project.handover]
        several += [self.asker.contact_function] if self.asker else []
        return list(dict.fromkeys(one for one in several if one))

    @property
    def open_ends(self) -> list[Project]:
        """The projects that say what is not yet answered."""
        return [one.project for one in self.works if one.project.handover and one.project.handover.text("open_ends")]

    @property
    def sources(self) -> list[str]:
        """The pages on which this stands."""
        several = [*self.question.sources, *(url for work in self.works for url in work.project.sources)]
        several += [url for one in self.outcomes for url in one.sources]
        return list(dict.fromkeys(several))

    def state(self, language: str | None = None) -> str:
        """Return in a sentence or two how it stands with the question."""
        return state(self, resolve(language))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row an outcome of a project that addresses the question; one for a project without any.

        Columns project, title, status, period, outcome, statement, stage, evidence (missing where there is none).
        """
        import pandas as pd

        rows = []
        for work in self.works:
            found: list[Outcome | None] = [*work.outcomes] or [None]
            about = (work.project.id, title_of(work.project, current()), work.project.status)
            when = period(work.project, current())
            for one in found:
                told = (one.id, one.text("statement"), one.stage, one.evidence) if one else (None,) * 4
                rows.append((*about, when, *told))
        heads = ["project", "title", "status", "period", "outcome", "statement", "stage", "evidence"]
        return pd.DataFrame(rows, columns=heads, dtype="object")

    def page(self, language: str | None = None) -> str:
        """Return a page for who asked: one file, to be read on a phone, printed or sent, without a network.

        Parameters
        ----------
        language : {"en", "nl"}, optional
            The current language if left out.
        """
        return shown(self, resolve(language)).page()

    def save(self, path: str | Path, language: str | None = None) -> Path:
        """Write the page to a file, whole or not at all."""
        return save_text(path, self.page(language))

    def _repr_html_(self) -> str:
        return shown(self, current()).html()

    def __str__(self) -> str:
        return shown(self, current()).text()

    def __repr__(self) -> str:
        return f"<Answer: {self.question.id}, {len(self.works)} projects, {len(self.outcomes)} outcomes>"


def answer(
    book: Book,
    id: str,
    audience: str = "public",
    areas: Areas | None = None,
    today: datetime.date | str | None = None,
) -> Answer:
    """Say what came of a question, for who asked it.

    Parameters
    ----------
    book : Book
        The register.
    id : str
        A question.
    audience : {"public", "partners", "private"}
        Who reads it: only what they may see is in it.
    areas : Areas, optional
        The areas of the city, for their names.
    today : datetime.date or str, optional
        The day on which this is looked up; today if left out.

    Returns
    -------
    Answer
        With `.page()`, `.save(path)`, `.table`.

    Raises
    ------
    UnknownNameError
        If there is no such question, or the audience may not see it.
    WrongUseError
        If it is another kind of record.

    Examples
    --------
    >>> import labkit as lk
    >>> found = answer(lk.open_city("leiden").register.book, "q-2019-city-phd-safety", today="2026-11-23")
    >>> found.state()
    'What came of this question is not known.'
    """
    record = book[id]
    if not isinstance(record, Question):
        kind = type(record).LABELS("en")
        raise WrongUseError(
            t(
                "Only a question has an answer; {id} is of the kind {kind}. Give the id of a question, q-...",
                id=id,
                kind=kind,
            )
        )
    seen = book.visible_to(audience)
    found = seen.records.get(id)
    if not isinstance(found, Question):
        near = VISIBILITY.label(record.visibility, "en")
        raise UnknownNameError(
            t(
                "The question {id} is {near}, so a page for the audience {audience} may not show it. Give audience={visibility}, or change who may see the question.",
                id=id,
                near=near,
                audience=repr(audience),
                visibility=repr(record.visibility),
            )
        )
    return Answer(seen, found, areas, day_of(today), audience)


def _work(book: Book, project: Project) -> Work:
    by = [one.partner for one in project.partners if one.role in _WORKING]
    raised = _known(book, project.raises, Question)
    return Work(project, _known(book, dict.fromkeys(by), Partner), book.outcomes_of(project.id), raised)


def _known(book: Book, ids: Iterable[str], kind: type[R]) -> list[R]:
    return [one for one in map(book.records.get, ids) if isinstance(one, kind)]
