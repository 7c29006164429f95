"""`labkit assignment grade`: grade the hand-ins of a class, and tell what happened with each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labkit.language import t

if TYPE_CHECKING:
    from rich.console import Console

    from labkit.assignments.grades import Grades


def grade(
    source: Annotated[Path, typer.Argument(help="The assignment with its solutions: a file, or its folder.")],
    submissions: Annotated[
        Path,
        typer.Argument(help="What collect wrote; or a folder of notebooks, a folder a student, submitted/, or a zip."),
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder for the results; an earlier run is gone on with.")],
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV of the students: student, name, group, language, ...")
    ] = None,
    released: Annotated[
        Path | None, typer.Option("--released", help="What was released: it tells who got which district.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="A student or group; may be given again.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade also what was graded already.")] = False,
    compare_only: Annotated[
        bool, typer.Option("--compare-only", help="Only tell who gains and who loses; replace no results.")
    ] = False,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="How many at the same time.")] = None,
    dask: Annotated[str, typer.Option("--dask", help="The address of a Dask cluster that does the work.")] = "",
    container: Annotated[str, typer.Option("--container", help="An image to run hand-ins in, for exams.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Give the summary as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Grade hand-ins; what is done already is kept, so a run that was stopped goes on.

    Each student's notes are in the student's language. Exit code 1 if something is unreadable, stopped, missing or not
    clear: every case is told.
    """
    from labkit.assignments.batch import Interrupted
    from labkit.assignments.batch import grade as grade_class
    from labkit.language import resolve, speaking

    with speaking(resolve(language)):
        try:
            with _progress(quiet=as_json) as tell:
                made = grade_class(
                    source,
                    submissions,
                    out,
                    roster=roster,
                    released=released,
                    only=only or (),
                    again=again,
                    compare_only=compare_only,
                    workers=workers,
                    dask=dask,
                    container=container,
                    progress=tell,
                )
        except Interrupted as stopped:
            typer.echo(f"labkit: {stopped}", err=True)
            raise typer.Exit(130) from None
        if as_json:
            typer.echo(json.dumps(_as_data(made), ensure_ascii=False, indent=2))
        else:
            _show(made)
    if made.findings:
        raise typer.Exit(1)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far it is, where somebody is looking; no names."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("Checking the solution"), total=None)
        yield lambda number, of: bar.update(task, description=t("Grading"), completed=number, total=of)


def _as_data(made: Grades) -> dict[str, Any]:
    from labkit.assignments.grades import summary

    changes = made.changes
    return {
        **summary(made),
        "folder": str(made.folder),
        "graded_now": made.graded,
        "kept": made.kept,
        "notes": list(made.notes),
        "changes": None if changes is None else [{**vars(one), "change": one.change} for one in changes.changes],
    }


def _show(made: Grades) -> None:
    from rich.console import Console
    from rich.text import Text

    from labkit.assignments.grades import overview
    from labkit.assignments.visible import visible

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160  # into a file or another program: no line is cut for a window that is not there
    for one in made.findings:
        where = " · ".join(piece for piece in (one.student, one.question) if piece)
        console.print(
            Text.assemble((f"{_kinds()[one.kind]}  ", "bold"), visible(f"{where}: {one.text}")), soft_wrap=True
        )
    if made.findings:
        console.print()
    _table(console, made)
    lines = [*overview(made), *(made.changes.lines if made.changes else ()), *made.notes]
    if made.changes:
        lines.append(t("Who gains and who loses is in {path}.", path=made.folder / "changes.csv"))
    lines.append(
        t(
            "{graded} hand-ins graded now, {kept} kept from before; the grades are in {path}.",
            graded=made.graded,
            kept=made.kept,
            path=made.folder / "grades.csv",
        )
    )
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _table(console: Console, made: Grades) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from labkit.assignments.grades import summary
    from labkit.language import number

    table = Table(box=SIMPLE_HEAD)
    for head in (t("Question"), t("Title")):
        table.add_column(head, overflow="fold")
    for head in (t("Points"), t("Answers"), t("Mean"), t("Median"), t("Spread"), t("Waiting")):
        table.add_column(head, justify="right")
    for one in summary(made)["questions"]:
        values = [(one["max_points"], 1), (one["answers"], 0)]
        values += [(one[name], 1) for name in ("mean", "median", "spread")] + [(one["waiting"] or None, 0)]
        cells = ["" if value is None else number(value, digits) for value, digits in values]
        table.add_row(Text(one["question"]), Text(one["title"]), *cells)
    console.print(table)


def _kinds() -> dict[str, str]:
    return {
        "unreadable": t("UNREADABLE"),
        "no hand-in": t("NO HAND-IN"),
        "missing": t("MISSING"),
        "stopped": t("STOPPED"),
        "unclear": t("UNCLEAR"),
        "unknown": t("NOT IN ROSTER"),
        "fault": t("NOT GRADED"),
    }
