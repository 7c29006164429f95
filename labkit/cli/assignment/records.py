"""`labkit assignment records`: check the project records that students handed in, and save them with a yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labkit.cli.asked import DEFAULT_CITY, City
from labkit.language import t

if TYPE_CHECKING:
    from labkit.assignments.records import Proposal
    from labkit.register.register import Register


def records(
    submissions: Annotated[Path, typer.Argument(help="What was collected, or any folder of hand-ins.")],
    register: Annotated[Path, typer.Option("--register", help="The folder of the register that they go into.")],
    kind: Annotated[str, typer.Option("--kind", help="What a file is that does not say so itself.")] = "project",
    yes: Annotated[
        bool, typer.Option("--yes", help="Save all that are new and clean, without asking; the others are told.")
    ] = False,
    all_of_them: Annotated[
        bool, typer.Option("--all", help="With --yes: also those that change a record, or ask for a look.")
    ] = False,
    city: City = DEFAULT_CITY,
    as_json: Annotated[bool, typer.Option("--json", help="Give the proposals as JSON, and ask nothing.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Propose the records of hand-ins to a register; nothing is saved without your yes.

    Exit code 1 if a file is no record, or the checks of the register find errors.
    """
    from labkit.assignments.handins import read_handins
    from labkit.assignments.records import proposals, save
    from labkit.cli.asked import opened
    from labkit.language import resolve, speaking
    from labkit.register.asking import kind_of

    with speaking(resolve(language)):
        into = opened(city, register)
        found = proposals(read_handins(submissions), into, kind_of(kind))
        if not as_json:
            typer.echo(_head(found))
        wanted = [one for one in found if one.record and (one.clean or all_of_them)] if yes else []
        saved = save(wanted, into)
        if as_json:
            told = {"proposals": [one.as_dict() for one in found], "saved": saved}
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        elif yes:
            for one in found:
                _show(one, into)
        else:
            saved += _asked(found, into)
        if not as_json:
            typer.echo(t("Saved in {path}: {number}.", number=len(saved), path=register))
    if any(one.action == "faulty" or one.errors for one in found):
        raise typer.Exit(1)


def _head(found: list[Proposal]) -> str:
    counts = {
        t("new"): sum(one.action == "new" for one in found),
        t("changed"): sum(one.action == "changes" for one in found),
        t("faulty"): sum(one.action == "faulty" for one in found),
    }
    told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    return t("Records handed in: {number} ({told})", number=len(found), told=told or "-")


def _asked(found: list[Proposal], into: Register) -> list[str]:
    """Show each proposal and ask; what is answered with yes is saved at once."""
    from labkit.assignments.records import save

    saved: list[str] = []
    all_clean = False
    for one in found:
        _show(one, into)
        if one.record is None:
            continue
        answer = t("y") if all_clean and one.clean else _answer()
        if answer == t("q"):
            break
        if answer == t("a"):
            all_clean = True
        if answer == t("y") or (all_clean and one.clean):
            saved += save([one], into)
    return saved


def _answer() -> str:
    """Return the first letter of what the lecturer answers; whoever cannot be asked has not said yes."""
    letters = (t("y"), t("n"), t("a"), t("q"))
    question = t("Save it? y: yes, n: no, a: all that are new and clean, q: stop")
    while True:
        try:
            said = str(typer.prompt(question, default=t("n"))).strip().lower()[:1]
        except typer.Abort:
            return t("q")
        if said in letters:
            return said


def _show(one: Proposal, into: Register) -> None:
    names = {"new": t("NEW"), "changes": t("CHANGES"), "faulty": t("NO RECORD")}
    title = f"{one.record.id}: {one.record.title}" if one.record else one.file
    typer.echo("")
    _say(f"{names[one.action]}  {title}  ({', '.join(one.students)})")
    if one.record is not None:
        now = into.book.records.get(one.record.id) if one.action == "changes" else None
        after = one.record.as_dict()
        for name in one.changes:
            before = now.as_dict().get(name) if now else None
            _say(f"  {name}: {before!r} -> {after.get(name)!r}")
        if one.action == "new":
            for label, text in _rows(one, into):
                _say(f"  {label}: {text}")
    for note in one.notes:
        _say(f"  {note}")
    for fault in [*one.faults, *one.personal]:
        _say(f"  {fault}")


def _say(text: str) -> None:
    """Show a line of somebody else: without the signs that could write over what stands in the terminal."""
    typer.echo("".join(one if one.isprintable() else " " for one in text))


def _rows(one: Proposal, into: Register) -> list[tuple[str, str]]:
    """Return what a new record says, with codes and ids in words."""
    from labkit.register.book import Book
    from labkit.register.page import RecordPage

    assert one.record is not None
    others = [other for other in into.book if other.id != one.record.id]
    page = RecordPage(Book([*others, one.record], into.book.settings), into.areas, one.record.id)
    return [(label, text.replace("\n", "; ")) for label, text in page.rows]
