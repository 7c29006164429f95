"""What was promised in agreements, what was done for it, by whom and where, and what ends soon."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.areas import Areas
from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import current, resolve, t
from labkit.register.agreements.shown import place_name, shown
from labkit.register.agreements.states import AgreementState, months_on, placed, state_of, without_agreement
from labkit.register.book import Book
from labkit.register.placing import GROUPS
from labkit.register.records import Agreement, Partner, Project
from labkit.register.today import day_of
from labkit.register.vocabularies import VISIBILITY
from labkit.register.wording import period, places, title_of
from labkit.saving import save_text

if TYPE_CHECKING:
    import pandas as pd


class AgreementReport:
    """What was promised and what was done; made by `agreement_report`.

    Attributes
    ----------
    id : str or None
        The agreement that it is about; None for all.
    today : datetime.date
        The day on which it is looked up.
    months : int
        How soon an end is "soon".
    states : list of AgreementState
        The agreements.
    apart : list of Project
        Initiatives of associations for which no agreement is recorded; for one agreement, those of its parties.
        Nothing is derived from a name.

    Examples
    --------
    >>> grant = Agreement(
    ...     id="ag-grant", visibility="public", title_en="Grant", kind="grant", status="in_force", start="2023", end="2025",
    ...     commitments=[{"id": "soup", "text_en": "Soup for all.", "status": "open", "due": "2024"}],
    ... )
    >>> report = agreement_report(Book([grant]), None, today="2026-11-23")
    >>> report.states[0].timing, report.states[0].promises[0].overdue
    ('ended', True)
    """

    def __init__(
        self,
        book: Book,
        areas: Areas | None,
        id: str | None,
        today: datetime.date,
        months: int,
        level: str | None,
        audience: str,
    ) -> None:
        self.book = book
        self.areas = areas
        self.id = id
        self.today = today
        self.months = months
        self.audience = audience
        self.level = areas.level(level or areas.levels[-2:][0].id).id if areas is not None else None
        chosen = [one for one in book.of(Agreement) if id in (None, one.id)]
        self.states = [state_of(book, one, today, months_on(today, months)) for one in chosen]
        self.apart = without_agreement(book, id)

    @cached_property
    def projects(self) -> list[Project]:
        """The projects under these agreements, each once."""
        return list({one.id: one for state in self.states for one in state.projects}.values())

    @property
    def ending(self) -> list[AgreementState]:
        """The agreements that end soon, and then those whose stated end has passed."""
        return [one for timing in ("soon", "ended") for one in self.states if one.timing == timing]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a commitment; one for an agreement without any.

        Columns agreement, title, kind, status, start, end, timing, commitment (id), text, parties (ids), due, overdue,
        commitment_status, projects (how many fall under it), ids. What is not recorded is missing.
        """
        import pandas as pd

        rows: list[tuple[object, ...]] = []
        for state in self.states:
            one = state.agreement
            head = (one.id, title_of(one, current()), one.kind, one.status, one.start, one.end, state.timing)
            for promise in state.promises:
                made = promise.commitment
                ids = [project.id for project in promise.projects]
                parties = ", ".join(made.parties) or None
                own = (made.id, made.text("text"), parties, made.due, promise.overdue, made.status)
                rows.append((*head, *own, len(ids), ", ".join(ids)))
            if not state.promises:
                ids = [project.id for project in state.projects]
                rows.append((*head, *[None] * 6, len(ids), ", ".join(ids)))
        heads = ["agreement", "title", "kind", "status", "start", "end", "timing", "commitment", "text", "parties"]
        heads += ["due", "overdue", "commitment_status", "projects", "ids"]
        return pd.DataFrame(rows, columns=heads, dtype="object").astype({"projects": "int64"})

    @cached_property
    def done(self) -> pd.DataFrame:
        """One row a project under an agreement or one of its commitments.

        Columns agreement, commitment (missing if none is named), project, title, period, status, place, partners
        (ids), outcomes (how many), says_so (the page or the function that says that it falls under the agreement).
        """
        import pandas as pd

        rows = []
        for state in self.states:
            for one in state.projects:
                ids = ", ".join(dict.fromkeys(partner.partner for partner in one.partners))
                told = (one.id, title_of(one, current()), period(one, current()), one.status)
                where = places(one, self.areas, current())
                for under in one.under_agreement:
                    if under.agreement == state.agreement.id:
                        says = under.source or under.confirmed_by
                        found = len(self.book.outcomes_of(one.id))
                        rows.append((under.agreement, under.commitment, *told, where, ids, found, says))
        heads = ["agreement", "commitment", "project", "title", "period", "status", "place", "partners", "outcomes"]
        return pd.DataFrame(rows, columns=[*heads, "says_so"], dtype="object").astype({"outcomes": "int64"})

    @cached_property
    def parties(self) -> pd.DataFrame:
        """One row a party to an agreement: agreement, partner, name, kind, roles, promises, projects, ids."""
        import pandas as pd

        rows = []
        for state in self.states:
            for one in state.parties:
                partner = self.book.records.get(one.partner)
                name = title_of(partner, current()) if partner is not None else one.partner
                kind = partner.kind if isinstance(partner, Partner) else None
                ids = ", ".join(project.id for project in one.projects)
                told = (one.partner, name, kind, ", ".join(one.roles), one.promises, len(one.projects), ids)
                rows.append((state.agreement.id, *told))
        heads = ["agreement", "partner", "name", "kind", "roles", "promises", "projects", "ids"]
        return pd.DataFrame(rows, columns=heads)

    @cached_property
    def where(self) -> list[tuple[str, int]]:
        """How many of the projects are in each area (by code) and in each of the other groups, such as "unknown".

        A project in several areas counts in each of them.
        """
        counts: Counter[str] = Counter()
        for one in self.projects:
            found = placed(one, self.areas, self.level)
            counts.update(found.areas or (found.group,))
        last = {group: place for place, group in enumerate(GROUPS)}
        return sorted(counts.items(), key=lambda item: (last.get(item[0], -1), -item[1], item[0]))

    @cached_property
    def places(self) -> pd.DataFrame:
        """One row an area or other group: area (code, or "city", "unknown" ...), name, projects."""
        import pandas as pd

        rows = [(code, place_name(self, code, current()), count) for code, count in self.where]
        return pd.DataFrame(rows, columns=["area", "name", "projects"])

    @cached_property
    def unlinked(self) -> pd.DataFrame:
        """One row an initiative of an association with no agreement recorded: project, title, period, partners, place."""
        import pandas as pd

        rows = []
        for one in self.apart:
            ids = ", ".join(dict.fromkeys(partner.partner for partner in one.partners))
            where = places(one, self.areas, current())
            rows.append((one.id, title_of(one, current()), period(one, current()), ids, where))
        return pd.DataFrame(rows, columns=["project", "title", "period", "partners", "place"], dtype="object")

    def page(self, language: str | None = None) -> str:
        """Return the report as a page: one file that needs nothing beside itself, in the current language if left out."""
        return shown(self, resolve(language)).page()

    def save(self, path: str | Path, language: str | None = None) -> Path:
        """Write the page to a file, whole or not at all."""
        return save_text(path, self.page(language))

    def _repr_html_(self) -> str:
        return shown(self, current()).html()

    def __str__(self) -> str:
        return shown(self, current()).text()

    def __repr__(self) -> str:
        return f"<AgreementReport: {len(self.states)} agreements, {len(self.projects)} projects under them>"


def agreement_report(
    book: Book,
    areas: Areas | None,
    id: str | None = None,
    today: datetime.date | str | None = None,
    *,
    months: int = 6,
    level: str | None = None,
    audience: str = "public",
) -> AgreementReport:
    """Say what was promised, what was done for it, by whom and where, and what ends soon.

    Parameters
    ----------
    book : Book
        The register.
    areas : Areas or None
        The areas of the city.
    id : str, optional
        One agreement; all of them if left out.
    today : datetime.date or str, optional
        The day on which it is looked up; today if left out.
    months : int
        An agreement that ends within so many months ends soon.
    level : str, optional
        On which level places are counted; the last but one of the city if left out.
    audience : {"public", "partners", "private"}
        Who reads it: only what they may see is in it.

    Returns
    -------
    AgreementReport
        With `.table`, `.done`, `.parties`, `.places`, `.unlinked`, `.page()`, `.save(path)`.

    Raises
    ------
    UnknownNameError
        If there is no such agreement, or the audience may not see it.
    WrongUseError
        If it is another kind of record.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> report = agreement_report(leiden.register.book, leiden.areas, "ag-kennisstad-2017", today="2026-11-23")
    >>> report.states[0].timing, list(report.states[0].renewed_by)
    ('ended', ['ag-kennisstad-2023'])
    """
    if isinstance(months, bool) or not isinstance(months, int) or months < 0:
        raise WrongUseError(t("months is {months}. Give a whole number, such as 6.", months=repr(months)))
    seen = book.visible_to(audience)
    if id is not None:
        record = book[id]
        if not isinstance(record, Agreement):
            kind = type(record).LABELS("en")
            raise WrongUseError(
                t("{id} is of the kind {kind}. Give the id of an agreement, ag-..., or none for all.", id=id, kind=kind)
            )
        if id not in seen:
            raise UnknownNameError(
                t(
                    "The agreement {id} is {value}, so a report for the audience {audience} may not show it. Give audience={visibility}.",
                    id=id,
                    value=VISIBILITY.label(record.visibility, "en"),
                    audience=repr(audience),
                    visibility=repr(record.visibility),
                )
            )
    return AgreementReport(seen, areas, id, day_of(today), months, level, audience)
