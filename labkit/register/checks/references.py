"""Every reference leads to a record of the right kind, and every area and programme is known.

Source: the register is a set of records that name each other by id (domain model, link table: "a link must point
to a record that exists"). A name that leads nowhere is lost without a word in every count that follows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from labkit.errors import AmbiguousNameError, UnknownNameError
from labkit.language import t
from labkit.names import nearest
from labkit.register.checks.context import Context, Finding, error, quoted, suggestion, warning
from labkit.register.fields import PREFIXES
from labkit.register.links import references
from labkit.register.records import KINDS, Agreement, Project, Record


def check_references(context: Context) -> Iterator[Finding]:
    """Yield references to records, areas and commitments that do not exist."""
    for record in context.book:
        for path, other, ref, _ in references(record):
            if ref.kind == "area":
                if context.areas is not None and other not in context.areas:
                    yield error(
                        record,
                        path,
                        t("There is no area with the code {code}.", code=quoted(other)),
                        _area(context, other),
                    )
            elif other not in context.book:
                yield _missing(context, record, path, other, ref.kind)
            elif ref.kind != (kind := context.book[other].KIND):
                yield _wrong_kind(record, path, other, kind, ref.kind)
        yield from _commitments(context, record)


def check_programmes(context: Context) -> Iterator[Finding]:
    """Yield programmes that `register.yaml` does not list, as warnings."""
    settings = context.book.settings
    known = [*settings.programmes, "other", "unknown"]
    labels = {label: id for id, text in settings.programmes.items() for label in (text.nl, text.en) if label}
    for record in context.book.of(Project):
        if not settings.knows(record.programme):
            near = nearest(record.programme, [*known, *labels])
            ids = list(dict.fromkeys(labels.get(name, name) for name in near))
            message = t("The programme {id} is not in register.yaml.", id=quoted(record.programme))
            yield warning(record, "programme", message, suggestion(ids, t("Add it there, or choose other.")))


def _missing(context: Context, record: Record, path: str, other: str, kind: str) -> Finding:
    label = KINDS[kind].LABELS()
    message = t("There is no {kind} with the id {id}.", kind=label, id=quoted(other))
    advice = t("Make that record, or take the reference out.")
    return error(record, path, message, suggestion(context.near(kind, other), advice))


def _wrong_kind(record: Record, path: str, other: str, kind: str, wanted: str) -> Finding:
    labels = {"kind": KINDS[kind].LABELS(), "wanted": KINDS[wanted].LABELS()}
    message = t("{id} is of the kind {kind}; here belongs the kind {wanted}.", id=quoted(other), **labels)
    advice = t("Give an id that begins with {prefix}-.", prefix=PREFIXES[wanted])
    return error(record, path, message, advice)


def _area(context: Context, text: str) -> str:
    """Return what somebody meant who wrote a name, or a wrong code."""
    assert context.areas is not None
    try:
        area = context.areas.find(text)
        return t("Write its code: {code} ({name}).", code=area.code, name=area.name)
    except AmbiguousNameError as several:
        names = ", ".join(f"{code} ({context.areas[code].name})" for code in several.codes)
        return t("That name stands for several areas. Write the codes that you mean: {codes}.", codes=names)
    except UnknownNameError as unknown:
        codes = nearest(text, (area.code for area in context.areas)) if any(map(str.isdigit, text)) else []
        codes = codes or [context.areas.find(name).code for name in unknown.suggestions if _is_one(context, name)]
        named = [f"{code} ({context.areas[code].name})" for code in codes]
        return suggestion(named, t("The codes of all areas stand in the city package, in the folder areas."))


def _is_one(context: Context, name: str) -> bool:
    try:
        return context.areas is not None and bool(context.areas.find(name))
    except (AmbiguousNameError, UnknownNameError):
        return False


def _commitments(context: Context, record: Record) -> Iterator[Finding]:
    blocks: list[Any] = getattr(record, "under_agreement", [])
    for place, block in enumerate(blocks, start=1):
        agreement = context.book.records.get(block.agreement)
        if block.commitment is None or not isinstance(agreement, Agreement):
            continue
        known = [one.id for one in agreement.commitments]
        if block.commitment not in known:
            named = {"id": quoted(block.commitment), "agreement": agreement.id}
            message = t("There is no commitment {id} in {agreement}.", **named)
            otherwise = (
                t("Choose from {names}.", names=", ".join(known))
                if known
                else t("That agreement has no commitments: leave this field empty.")
            )
            advice = suggestion(nearest(block.commitment, known), otherwise)
            yield error(record, f"under_agreement[{place}].commitment", message, advice)
