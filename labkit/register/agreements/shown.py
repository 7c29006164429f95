"""The report on agreements as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from labkit.language import number, t
from labkit.register.document import (
    Block,
    Bullets,
    Document,
    Fold,
    Grid,
    Heading,
    Item,
    Para,
    Part,
    Span,
    cell,
    linked,
    said,
    titled,
)
from labkit.register.records import Agreement, Project
from labkit.register.vocabularies import (
    AGREEMENT_KINDS,
    AGREEMENT_STATUS,
    COMMITMENT_STATUS,
    PARTY_ROLES,
    PROJECT_STATUS,
    SCOPES,
    UNKNOWN,
)
from labkit.register.wording import clean, day, listed, period, places, status_of, title_of

if TYPE_CHECKING:
    from labkit.register.agreements.report import AgreementReport
    from labkit.register.agreements.states import AgreementState, PartyShare, Promise

#: How many projects are listed below one commitment; the table has all.
PROJECTS = 12


def shown(report: AgreementReport, language: str) -> Document:
    """Return a report as a document."""
    title: str | Span = t("Agreements: what was promised, and what was done", language)
    if report.id is not None:
        title = titled(report.states[0].agreement, language)
    return Document(title, language, list(_blocks(report, language)))


def _blocks(report: AgreementReport, language: str) -> Iterator[Block]:
    yield from _summary(report, language)
    if report.id is None:
        yield _overview(report, language)
        yield from _ending(report, language)
    for state in report.states:
        if report.id is None:
            inner = list(_agreement(report, state, language))
            yield Fold(titled(state.agreement, language), _about(report, state, language), inner)
        else:
            yield from _agreement(report, state, language)
    yield from _where(report, language)
    if report.id is None:
        yield from _apart(report, language)
    title = report.book.settings.title(language) or t("the register", language)
    date = day(report.today.isoformat(), language)
    text = t("Looked up on {date} in: {register}.", language, date=date, register=clean(title))
    yield Para(f"{text} {t('More may have happened than is recorded here.', language)}", "note")


def _summary(report: AgreementReport, language: str) -> Iterator[Block]:
    promises = [one for state in report.states for one in state.promises]
    open_ = sum(one.commitment.status != "met" for one in promises)
    facts = [t("Agreements: {count}", language, count=len(report.states))]
    if promises:
        made = {"count": len(promises), "open": open_}
        facts.append(t("Commitments: {count}, of which {open} are not recorded as met", language, **made))
    facts += [
        t("Projects recorded under an agreement: {count}", language, count=len(report.projects)),
        t("Initiatives of associations with no agreement recorded: {count}", language, count=len(report.apart)),
    ]
    yield Bullets(facts if report.id is None else facts[1:-1])


def _overview(report: AgreementReport, language: str) -> Grid:
    rows = []
    for one in report.states:
        counts = [cell(str(len(one.promises)), "n"), cell(str(len(one.projects)), "n")]
        rows.append([cell(title_of(one.agreement, language), "row"), cell(_until(one, language)), *counts])
    heads = [t("Agreement", language), t("Until", language), t("Commitments", language), t("Projects", language)]
    return Grid(heads, rows, t("All agreements", language))


def _about(report: AgreementReport, state: AgreementState, language: str) -> str:
    """Return in a line how an agreement stands, to survey many of them."""
    counts = {"promises": len(state.promises), "projects": len(state.projects)}
    told = t("Commitments: {promises}; projects: {projects}.", language, **counts)
    return f"{_timing(report, state, language)} {told}"


def _until(state: AgreementState, language: str) -> str:
    """Return until when an agreement holds, in as few words as a cell has room for."""
    if state.timing == "no_end" or state.agreement.end is None:
        return t("no end stated", language)
    if state.agreement.end == UNKNOWN:
        return t("not known", language)
    end = day(state.agreement.end, language)
    return t("{end}, passed", language, end=end) if state.timing == "ended" else end


def _ending(report: AgreementReport, language: str) -> Iterator[Block]:
    yield Heading(t("What ends soon, and whose stated end has passed", language))
    if not report.ending:
        yield Para(t("None, as far as is recorded.", language))
    items = []
    for one in report.ending:
        told = f": {_timing(report, one, language)} {_renewed(report, one, language)}"
        items.append(Item([titled(one.agreement, language, strong=True), told.rstrip()]))
    if items:
        yield Bullets(items)
    unknown = [one.agreement for one in report.states if one.timing == UNKNOWN]
    if unknown:
        names = listed((title_of(one, language) for one in unknown), language)
        yield Para(t("Of these it is not known until when they hold: {names}.", language, names=names), "note")


def _timing(report: AgreementReport, state: AgreementState, language: str) -> str:
    end = day(state.agreement.end, language)
    if state.timing == "soon":
        if len(state.agreement.end or "") == 10:
            return t("It ends within {months} months: {end}.", language, months=report.months, end=end)
        told = t("It ends in {end}, perhaps within {months} months.", language, months=report.months, end=end)
        return f"{told} {t('On which day is not known.', language)}"
    texts = {
        "ended": t("Its stated end ({end}) has passed.", language, end=end),
        "running": t("It holds until {end}.", language, end=end),
        "ahead": t("It has yet to begin: {start}.", language, start=day(state.agreement.start, language)),
        "no_end": t("No end is stated.", language),
    }
    return texts.get(state.timing, t("Until when it holds is not known.", language))


def _renewed(report: AgreementReport, state: AgreementState, language: str) -> str:
    names = [title_of(report.book[id], language) for id in state.renewed_by]
    return t("Renewed by: {names}.", language, names=listed(names, language)) if names else ""


def _agreement(report: AgreementReport, state: AgreementState, language: str) -> Iterator[Part]:
    one = state.agreement
    if one.text("text"):
        yield Para(said(one, "text", language))
    yield Bullets(list(_facts(report, state, language)))
    if one.text("note"):
        yield Para(said(one, "note", language), "note")
    if one.commitments:
        yield Heading(t("What was promised, and what was done", language), 3)
        yield Bullets([_promise(report, promise, language) for promise in state.promises])
    else:
        yield Para(t("What the parties promised is not recorded.", language))
    if state.loose and one.commitments:
        yield Para(t("Under this agreement, but under none of its commitments:", language))
    elif state.loose:
        yield Para(t("Recorded under this agreement:", language))
    if state.loose:
        yield Bullets(_projects(report, state.loose, language))
    elif not one.commitments:
        yield Para(t("No project is recorded under this agreement.", language))
    if state.parties:
        yield _parties(report, state.parties, language)
    else:
        yield Para(t("Who is party to it is not recorded.", language))


def _facts(report: AgreementReport, state: AgreementState, language: str) -> Iterator[str | list[str | Span]]:
    one = state.agreement
    kind = AGREEMENT_KINDS.label(one.kind, language)
    status = AGREEMENT_STATUS.label(one.status, language)
    yield t("{kind}; status in the register: {status}", language, kind=kind[:1].upper() + kind[1:], status=status)
    start = t("not known", language) if one.start == UNKNOWN else day(one.start, language)
    yield f"{t('Begin: {start}.', language, start=start)} {_timing(report, state, language)}"
    if state.timing == "ended" and one.status == "in_force":
        yield t("Its end has passed, but the register still says that it is in force.", language)
    if one.signed_on is not None:
        yield t("Signed: {date}", language, date=day(one.signed_on, language))
    if one.renews is not None:
        named = report.book.records.get(one.renews)
        name = title_of(named, language) if named is not None else one.renews
        yield t("Renews: {names}.", language, names=name)
    if renewed := _renewed(report, state, language):
        yield renewed
    above = [report.book.records.get(under.agreement) for under in one.under_agreement]
    names = [title_of(found, language) for found in above if isinstance(found, Agreement)]
    if names:
        yield t("Falls under: {names}.", language, names=listed(names, language))
    if one.amount_eur == UNKNOWN:
        yield t("Amount: not known", language)
    elif one.amount_eur is not None:
        yield t("Amount: {amount} euros", language, amount=number(float(one.amount_eur), 0, language))
    reporting = one.text("reporting", language)
    yield t("Reporting: {how}", language, how=clean(reporting) if reporting else t("not recorded", language))
    if one.text_url:
        yield [t("Text:", language), " ", linked(one.text_url)]
    else:
        yield t("Where the text stands is not recorded.", language)


def _promise(report: AgreementReport, promise: Promise, language: str) -> Item:
    one = promise.commitment
    status = COMMITMENT_STATUS.label(one.status, language)
    due = t("no date", language)
    if one.due is not None:
        due = day(one.due, language)
    facts = [
        t("By: {names}", language, names=_names(report, one.parties, language) or t("not recorded", language)),
        t("Due: {date}; status: {status}", language, date=due, status=status),
    ]
    if promise.overdue:
        facts.append(t("Its date has passed, and it is not recorded as met.", language))
    measure = one.text("measure", language)
    if measure:
        facts.append(t("How it is seen: {measure}", language, measure=clean(measure)))
    under: list[Item] = [Item(fact) for fact in facts]
    if promise.projects:
        head = t("Done for it, as recorded: {count}", language, count=len(promise.projects))
        under.append(Item(head, _projects(report, promise.projects, language)))
    else:
        under.append(Item(t("Nothing is recorded as done for it.", language)))
    return Item(said(one, "text", language, strong=True), under)


def _names(report: AgreementReport, ids: Iterable[str], language: str) -> str:
    found = (report.book.records.get(id) for id in ids)
    return listed((title_of(one, language) for one in found if one is not None), language)


def _projects(report: AgreementReport, projects: Iterable[Project], language: str) -> list[Item]:
    several = list(projects)
    items = []
    for one in several[:PROJECTS]:
        partners = _names(report, dict.fromkeys(x.partner for x in one.partners), language)
        facts = [period(one, language), status_of(one, PROJECT_STATUS, language), places(one, report.areas, language)]
        text = f" ({', '.join(facts)})" + (f": {partners}" if partners else "")
        items.append(Item([titled(one, language), text]))
    if len(several) > PROJECTS:
        items.append(Item(t("And {count} more; all of them are in .done.", language, count=len(several) - PROJECTS)))
    return items


def _parties(report: AgreementReport, parties: Iterable[PartyShare], language: str) -> Grid:
    heads = [
        t("Party", language),
        t("Role", language),
        t("Commitments", language),
        t("Projects under it", language),
    ]
    rows = []
    for one in parties:
        partner = report.book.records.get(one.partner)
        name = title_of(partner, language) if partner is not None else one.partner
        roles = listed((PARTY_ROLES.label(role, language) for role in one.roles), language)
        numbers = [cell(str(one.promises), "n"), cell(str(len(one.projects)), "n")]
        rows.append([cell(name, "row"), cell(roles), *numbers])
    return Grid(heads, rows, t("The parties", language))


def place_name(report: AgreementReport, code: str, language: str) -> str:
    """Return the name of an area, or of a group such as "unknown"."""
    if code == "coarser":
        return t("a place is stated, but not so finely", language)
    if code in SCOPES and (report.areas is None or code not in report.areas):
        return SCOPES.label(code, language)
    return clean(report.areas[code].name if report.areas is not None and code in report.areas else code)


def _where(report: AgreementReport, language: str) -> Iterator[Block]:
    if not report.projects:
        return
    yield Heading(t("Where it was done", language))
    rows = [[cell(place_name(report, code, language), "row"), cell(str(count), "n")] for code, count in report.where]
    yield Grid(["", t("Projects", language)], rows, t("Projects under an agreement, by place", language))
    yield Para(t("A project in several areas counts in each of them.", language), "note")


def _apart(report: AgreementReport, language: str) -> Iterator[Block]:
    yield Heading(t("Initiatives of associations with no agreement recorded", language))
    text = t(
        "Initiatives in which an association takes part, and of which nobody recorded that they fall under an agreement. "
        "Nothing is derived from the name of an association: somebody has to say so.",
        language,
    )
    yield Para(text, "note")
    if report.apart:
        yield Bullets(_projects(report, report.apart, language))
    else:
        yield Para(t("None, as far as is recorded.", language))
