"""Matching questions and offers: which fit, why, and what speaks against it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from labkit.area import Area
from labkit.areas import Areas
from labkit.errors import WrongUseError
from labkit.language import current, t
from labkit.register.book import Book
from labkit.register.matching.likeness import words_in
from labkit.register.matching.reasons import AGAINST, FOR, TELLING, Reason, Seen, reasons, reasons_before
from labkit.register.records import Offer, Outcome, Project, Question
from labkit.register.today import day_of
from labkit.register.vocabularies import UNKNOWN
from labkit.register.wording import title_of

if TYPE_CHECKING:
    import pandas as pd

#: An earlier project counts as "done before" on its words alone only if the texts are so alike.
ALIKE = 0.1


@dataclass(frozen=True)
class Candidate:
    """A record that perhaps fits, with the reasons.

    Attributes
    ----------
    record : Offer, Question or Project
        What fits, or not.
    reasons : list of Reason
        One or more for each aspect.
    found : list of Outcome
        What came of it, where it is an earlier project.
    """

    record: Offer | Question | Project
    reasons: Sequence[Reason]
    found: Sequence[Outcome] = ()

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.record.id

    @cached_property
    def speaks_for(self) -> list[Reason]:
        """What speaks for it, the strongest first."""
        return self._of(FOR)

    @cached_property
    def speaks_against(self) -> list[Reason]:
        """What speaks against it, the strongest first."""
        return self._of(AGAINST)

    @cached_property
    def unknown(self) -> list[Reason]:
        """What is not known: it speaks neither for nor against."""
        return self._of(UNKNOWN)

    @cached_property
    def blocked(self) -> bool:
        """Whether it cannot happen now: too late, full, closed, or answered already."""
        return any(one.blocks for one in self.reasons)

    @cached_property
    def fits(self) -> bool:
        """Whether something speaks for it: its theme, form, level, place or words, and not its dates alone."""
        return any(one.aspect in TELLING for one in self.speaks_for)

    @cached_property
    def score(self) -> float:
        """The sum of the weights of the reasons: for the order only, it measures nothing."""
        return sum(one.weight for one in self.reasons)

    def _of(self, verdict: str) -> list[Reason]:
        return sorted((one for one in self.reasons if one.verdict == verdict), key=lambda one: -abs(one.weight))


class Matches:
    """What fits a question or an offer; made by `match`.

    Attributes
    ----------
    record : Question or Offer
        For what is looked.
    today : datetime.date
        The day on which deadlines are judged.
    candidates : list of Candidate
        What fits best, first what can happen now.
    before : list of Candidate
        For a question, earlier projects on its theme or in its words, with what they found; for an offer, the
        projects that were done in it.
    at_work : list of Project
        The projects that address the question already.
    compared : int
        How many offers or questions were looked at.
    silent : int
        For how many of them nothing speaks, so that they are not among the candidates.

    Examples
    --------
    >>> soup = Question(
    ...     id="q-soup", visibility="public", title_en="Who comes to the soup mornings?", asker_kind="resident",
    ...     themes=["loneliness"], scope="city", fit=["minor"], status="new",
    ... )
    >>> minor = Offer(
    ...     id="of-minor", visibility="public", title_en="Healthy society", kind="minor", levels=["hbo"],
    ...     themes=["loneliness"], status="open", questions_by="2026-06-01",
    ... )
    >>> best = match(Book([soup, minor]), None, "q-soup", today="2026-11-23").candidates[0]
    >>> [one.text for one in best.speaks_for]
    ['Same theme: Loneliness.', 'Form fits: minor.']
    >>> best.speaks_against[0].text, best.blocked
    ('Questions had to be in by 1 June 2026: that has passed.', True)
    """

    def __init__(
        self,
        record: Question | Offer,
        today: datetime.date,
        candidates: list[Candidate],
        before: list[Candidate],
        at_work: list[Project],
        compared: int,
        silent: int,
    ) -> None:
        self.record = record
        self.today = today
        self.candidates = candidates
        self.before = before
        self.at_work = at_work
        self.compared = compared
        self.silent = silent

    @property
    def title(self) -> str:
        """What is matched, in one line."""
        name = title_of(self.record, current())
        if isinstance(self.record, Question):
            return t("Offers that fit: {title}", title=name)
        return t("Questions that fit: {title}", title=name)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a candidate, in order.

        Columns id, title, kind ("offer", "question" or "project"), status, blocked (it cannot happen now),
        speaks_for, speaks_against, unknown (in words), score (for the order only).
        """
        import pandas as pd

        rows = [
            {
                "id": one.id,
                "title": title_of(one.record, current()),
                "kind": one.record.KIND,
                "status": one.record.status,
                "blocked": one.blocked,
                "speaks_for": _joined(one.speaks_for),
                "speaks_against": _joined(one.speaks_against),
                "unknown": _joined(one.unknown),
                "score": round(one.score, 2),
            }
            for one in [*self.candidates, *self.before]
        ]
        heads = ["id", "title", "kind", "status", "blocked", "speaks_for", "speaks_against", "unknown", "score"]
        return pd.DataFrame(rows, columns=heads)

    def _repr_html_(self) -> str:
        from labkit.register.matching.shown import shown

        return shown(self, current()).html()

    def __str__(self) -> str:
        from labkit.register.matching.shown import shown

        return shown(self, current()).text()

    def __repr__(self) -> str:
        return f"<Matches: {self.title}; {len(self.candidates)} of {self.compared} in .candidates>"


def match(
    book: Book,
    areas: Areas | None,
    id: str,
    today: datetime.date | str | None = None,
    most: int = 10,
    *,
    home: Area | None = None,
) -> Matches:
    """Find the offers that fit a question, or the questions that fit an offer.

    Nothing is learned or guessed: theme, form, level, place, deadline, term, status and the words of the texts
    are compared one by one, and each gives a reason for or against, or says that it is not known.

    Parameters
    ----------
    book : Book
        The register.
    areas : Areas or None
        The areas of the city.
    id : str
        A question or an offer.
    today : datetime.date or str, optional
        The day on which deadlines are judged; today if left out.
    most : int
        How many are listed at the most.
    home : Area, optional
        The area that the city is, for what is about "the whole city".

    Returns
    -------
    Matches
        With `.candidates`, `.before`, `.table`.

    Raises
    ------
    UnknownNameError
        If there is no such record.
    WrongUseError
        If it is neither a question nor an offer.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> question = "q-slaaghwijk-ethnography"
    >>> found = match(leiden.register.book, leiden.areas, question, today="2026-11-23", home=leiden.home)
    >>> found.candidates[0].speaks_for[0].text
    'Form fits: internship.'
    """
    record = book[id]
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise WrongUseError(t("most is {most}. Give a whole number of 1 or more.", most=repr(most)))
    seen = Seen(day_of(today), current(), areas, home, words_in(book))
    if isinstance(record, Question):
        offers = book.of(Offer)
        found = [Candidate(one, reasons(record, one, seen)) for one in offers]
        at_work = _projects(book, id, "addresses")
        before = _earlier(book, record, seen, at_work)
        return Matches(
            record, seen.today, _best(found, most), _best(before, most), at_work, len(offers), _silent(found)
        )
    if isinstance(record, Offer):
        questions = book.of(Question)
        found = [Candidate(one, reasons(one, record, seen)) for one in questions]
        done = [Candidate(one, (), book.outcomes_of(one.id)) for one in _projects(book, id, "part_of_course")]
        return Matches(record, seen.today, _best(found, most), done[:most], [], len(questions), _silent(found))
    kind = type(record).LABELS("en")
    raise WrongUseError(
        t(
            "Only a question or an offer can be matched; {id} is of the kind {kind}. Give q-... or of-...",
            id=id,
            kind=kind,
        )
    )


def _best(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """Return those for which something speaks: what can happen now first, then by score."""
    fit = [one for one in candidates if one.fits]
    return sorted(fit, key=lambda one: (one.blocked, -round(one.score, 6), one.id))[:most]


def _silent(candidates: Iterable[Candidate]) -> int:
    return sum(not one.fits for one in candidates)


def _projects(book: Book, id: str, predicate: str) -> list[Project]:
    """Return the projects that have a relation to a record, by id."""
    found = (book.records.get(link.subject) for link in book.links_to(id, predicate))
    return sorted((one for one in found if isinstance(one, Project)), key=lambda one: one.id)


def _earlier(book: Book, question: Question, seen: Seen, at_work: Iterable[Project]) -> list[Candidate]:
    """Return the projects that share a theme with a question, or say the same words."""
    named = {one.id for one in at_work}
    found = []
    for one in book.of(Project):
        if one.id in named or one.status == "planned":
            continue
        found_before = book.outcomes_of(one.id)
        why = reasons_before(question, one, len(found_before), seen)
        if any(x.aspect == "theme" or (x.aspect == "words" and x.data["likeness"] >= ALIKE) for x in why):
            found.append(Candidate(one, why, found_before))
    return found


def _joined(several: Iterable[Reason]) -> str:
    return " ".join(one.text for one in several)
