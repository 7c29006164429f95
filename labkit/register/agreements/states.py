"""How an agreement stands on a day: what was promised in it, what falls under it, who is party to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labkit.areas import Areas
from labkit.register.book import Book
from labkit.register.placing import Placed, place
from labkit.register.records import Agreement, Commitment, Partner, Project
from labkit.register.vocabularies import UNKNOWN
from labkit.register.when import earliest, latest


@dataclass(frozen=True)
class Promise:
    """A commitment, with what was done for it.

    Attributes
    ----------
    commitment : Commitment
        What was promised.
    projects : list of Project
        What falls under it, as somebody recorded.
    overdue : bool or None
        Whether its day has certainly passed while it is not met; None if no day is known.
    """

    commitment: Commitment
    projects: Sequence[Project]
    overdue: bool | None


@dataclass(frozen=True)
class PartyShare:
    """A party, and what it promised and did under an agreement.

    Attributes
    ----------
    partner : str
        Its id.
    roles : tuple of str
        Its roles in the agreement; empty if it only promised something.
    promises : int
        How many commitments name it.
    projects : list of Project
        Those under the agreement in which it takes part.
    """

    partner: str
    roles: tuple[str, ...]
    promises: int
    projects: Sequence[Project]


@dataclass(frozen=True)
class AgreementState:
    """An agreement, as it stands on a day.

    Attributes
    ----------
    agreement : Agreement
        The agreement.
    timing : {"ended", "soon", "running", "ahead", "no_end", "unknown"}
        Whether its stated end has passed, it ends within some months, runs on, has yet to begin, has no end, or that this is not known.
    promises : list of Promise
        What was promised.
    projects : list of Project
        All that falls under it.
    loose : list of Project
        What falls under it, but under none of its commitments.
    parties : list of PartyShare
        Who is party to it.
    renewed_by : list of str
        The agreements that renew it.
    below : list of str
        The agreements that fall under it.
    """

    agreement: Agreement
    timing: str
    promises: Sequence[Promise]
    projects: Sequence[Project]
    loose: Sequence[Project]
    parties: Sequence[PartyShare]
    renewed_by: Sequence[str]
    below: Sequence[str]


def months_on(day: datetime.date, months: int) -> datetime.date:
    """Return the day so many months later; the last of its month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = latest(f"{year:04}-{month + 1:02}")
    return datetime.date(year, month + 1, min(day.day, last.day if last else 28))


def _timing(agreement: Agreement, today: datetime.date, soon: datetime.date) -> str:
    start, first, last = earliest(agreement.start), earliest(agreement.end), latest(agreement.end)
    if last is not None and last < today:
        return "ended"
    if start is not None and start > today:
        return "ahead"
    if first is not None:
        return "soon" if first <= soon else "running"
    return "no_end" if agreement.end is None else UNKNOWN


def state_of(book: Book, agreement: Agreement, today: datetime.date, soon: datetime.date) -> AgreementState:
    """Return how an agreement stands on a day, and which projects and agreements fall under it."""
    by_commitment: dict[str, list[Project]] = {}
    projects: dict[str, Project] = {}
    known = {one.id for one in agreement.commitments}
    below = []
    for link in book.links_to(agreement.id, "under_agreement"):
        under = book.records.get(link.subject)
        if isinstance(under, Project):
            projects[under.id] = under
            by_commitment.setdefault(link.role if link.role in known else "", []).append(under)
        elif isinstance(under, Agreement):
            below.append(under.id)
    promises = [Promise(one, by_commitment.get(one.id, []), _overdue(one, today)) for one in agreement.commitments]
    renewed_by = sorted(link.subject for link in book.links_to(agreement.id, "renews"))
    return AgreementState(
        agreement,
        _timing(agreement, today, soon),
        promises,
        list(projects.values()),
        by_commitment.get("", []),
        _parties(agreement, list(projects.values())),
        renewed_by,
        below,
    )


def _overdue(commitment: Commitment, today: datetime.date) -> bool | None:
    last = latest(commitment.due)
    if last is None:
        return None
    return last < today and commitment.status in ("open", "partly", "not_met", UNKNOWN)


def _parties(agreement: Agreement, projects: Iterable[Project]) -> list[PartyShare]:
    several = list(projects)
    roles: dict[str, list[str]] = {}
    for party in agreement.parties:
        roles.setdefault(party.partner, []).append(party.role)
    for commitment in agreement.commitments:
        for partner in commitment.parties:
            roles.setdefault(partner, [])
    return [
        PartyShare(
            partner,
            tuple(dict.fromkeys(own)),
            sum(partner in commitment.parties for commitment in agreement.commitments),
            [one for one in several if any(role.partner == partner for role in one.partners)],
        )
        for partner, own in roles.items()
    ]


def without_agreement(book: Book, id: str | None) -> list[Project]:
    """Return the initiatives of associations with no agreement recorded; for one agreement, those of its parties."""
    agreement = book.records.get(id or "")
    parties = {one.partner for one in agreement.parties} if isinstance(agreement, Agreement) else None
    associations = {
        one.id for one in book.of(Partner) if one.kind == "association" and (parties is None or one.id in parties)
    }
    return [
        one
        for one in book.of(Project)
        if one.kind == "initiative"
        and not one.under_agreement
        # One under an agreement that this audience may not see has an agreement all the same.
        and "under_agreement" not in book.withheld.get(one.id, ())
        and any(partner.partner in associations for partner in one.partners)
    ]


def placed(project: Project, areas: Areas | None, level: str | None) -> Placed:
    """Return where a project is; without the areas of the city, the codes that it names."""
    if areas is None or level is None:
        return Placed("areas", tuple(project.areas)) if project.scope == "areas" else Placed(project.scope)
    return place(project, areas, level)
