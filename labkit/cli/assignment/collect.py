"""`labkit assignment collect`: bring hand-ins together in one folder, and tell what needs a look."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labkit.language import t

if TYPE_CHECKING:
    from labkit.assignments.collect import Collection
    from labkit.assignments.handins import HandIn


def collect(
    inputs: Annotated[list[Path], typer.Argument(help="Folders, zips and notebooks; the download of a platform too.")],
    out: Annotated[Path, typer.Option("--out", help="The folder for all of them: new, empty, or of an earlier run.")],
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV of the students: student, name, group, extra_hours, ...")
    ] = None,
    assignment: Annotated[
        Path | None, typer.Option("--assignment", help="The source of the assignment: what is asked, and when due.")
    ] = None,
    timezone: Annotated[str, typer.Option("--timezone", help="Of times that do not say theirs.")] = "Europe/Amsterdam",
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose", help="Which hand-in counts, if not the last: STUDENT=PART-OF-ITS-NAME or GROUP=STUDENT."
        ),
    ] = None,
    whose: Annotated[
        list[str] | None,
        typer.Option("--whose", help="Whose something is, if its name does not tell: NAME=STUDENT."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give what was collected as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Collect hand-ins; run it again with newer ones, and only what is new or changed is taken.

    Exit code 1 if something was refused, is not clear, or is of somebody who is not in the roster.
    """
    from labkit.assignments.collect import collect as gather
    from labkit.language import resolve, speaking

    with speaking(resolve(language)):
        chosen = _pairs(choose or [], str.partition)
        told = _pairs(whose or [], str.rpartition)  # the name of a file may hold a "="
        with _progress(quiet=as_json) as tell:
            done = gather(
                inputs,
                out,
                roster=roster,
                assignment=assignment,
                timezone=timezone,
                choose=chosen,
                told=told,
                progress=tell,
            )
        if as_json:
            found = {**done.collected.model_dump(mode="json"), "states": done.states}
            typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            _show(done)
    if not done.clear:
        raise typer.Exit(1)


def _pairs(given: list[str], cut: Callable[[str, str], tuple[str, str, str]]) -> dict[str, str]:
    from labkit.errors import WrongUseError

    pairs = [cut(one, "=") for one in given]
    wrong = [one for one, (name, _, value) in zip(given, pairs, strict=True) if not (name and value)]
    if wrong:
        raise WrongUseError(t("{wrong} does not say for whom. Write it as NAME=STUDENT.", wrong=repr(wrong[0])))
    return {name: value for name, _, value in pairs}


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far it is, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("Collecting"), total=None)
        yield lambda number, of: bar.update(task, completed=number, total=of)


def _show(done: Collection) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160  # into a file or another program: no line is cut for a window that is not there
    table = Table(box=SIMPLE_HEAD)
    heads = (t("Student"), t("Notebook"), t("Received"), t("Late"), t("State"), t("Notes"))
    for head in heads:
        table.add_column(head, overflow="fold")
    for one in done.collected.handins:
        notes = done.notes.get(one.student, one.notes)
        told = " ".join(problem.text for problem in done.collected.problems)  # said below, and not twice
        table.add_row(*(Text(cell) for cell in _row(one, done)), Text("\n".join(n for n in notes if n not in told)))
    console.print(table)
    problems = [one for one in done.collected.problems if one.kind != "missing"]
    for problem in problems:
        where = f"{problem.where}: " if problem.where and problem.where not in problem.text else ""
        console.print(Text(f"{_kinds()[problem.kind]}  {where}{problem.text}"), soft_wrap=True)
    if done.collected.missing:
        console.print(Text(f"{_kinds()['missing']}  {', '.join(done.collected.missing)}"), soft_wrap=True)
    waiting = sum(one.kind in ("refused", "unclear", "unknown") for one in done.collected.problems)
    console.print(
        t(
            "Handed in: {number}, in {path}. Nothing yet from: {missing}. To look at: {waiting}.",
            number=len(done.collected.handins),
            path=done.out,
            missing=len(done.collected.missing),
            waiting=waiting,
        ),
        soft_wrap=True,
        markup=False,
    )


def _row(one: HandIn, done: Collection) -> tuple[str, ...]:
    states = {
        "new": t("new"),
        "unchanged": t("unchanged"),
        "replaced": t("replaced"),
        "kept": t("kept"),
        "": t("from an earlier run"),
    }
    who = f"{one.group}: {', '.join(one.members)}" if one.group else one.student
    name = f"\n{one.name}" if one.name and not one.group and one.name != one.student else ""
    return (
        who + name,
        one.file.rpartition("/")[2] or t("none"),
        _when(one),
        _late(one),
        states[done.states.get(one.group or one.student, "")],
    )


def _late(one: HandIn) -> str:
    from labkit.assignments.lateness import in_words
    from labkit.language import number

    if one.late is None:
        return ""
    if not one.late.hours:
        return t("Marked as late by Canvas, which does not say how late.")
    minus = f"\n{t('the policy says {minus} % less', minus=number(one.late.minus))}" if one.late.minus else ""
    return t("{late} late", late=in_words(one.late.hours)) + minus


def _when(one: HandIn) -> str:
    if not one.received:
        return t("not known")
    try:
        moment = datetime.fromisoformat(one.received)
    except ValueError:
        return one.received
    sources = {
        "zip": t("clock of the zip"),
        "file": t("date of the file"),
        "platform": t("the platform"),
        "nbgrader": "nbgrader",
    }
    source = sources.get(one.received_from, "")
    return f"{moment:%Y-%m-%d %H:%M}" + (f"\n({source})" if source else "")


def _kinds() -> dict[str, str]:
    return {
        "refused": t("REFUSED"),
        "unclear": t("UNCLEAR"),
        "unknown": t("NOT IN ROSTER"),
        "missing": t("MISSING"),
        "same": t("THE SAME"),
        "note": t("NOTE"),
    }
