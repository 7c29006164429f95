"""`labkit assignment release`: make what students get of an assignment, and a copy with solutions for afterwards."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from labkit.assignments.release.release import Released


def release(
    source: Annotated[
        Path,
        typer.Argument(help="The assignment: a notebook (.ipynb, .py, .md), or a folder with one called exercise."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the folder and the zip for students go.")],
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: release only this one; all that the settings name if left out."),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="A CSV of the students: the districts are dealt over these.")
    ] = None,
    solutions: Annotated[
        Path | None, typer.Option("--solutions", help="Where a copy with the solutions goes; never in --out.")
    ] = None,
    with_hidden: Annotated[
        bool, typer.Option("--with-hidden", help="Put hidden checks and mark schemes into that copy too.")
    ] = False,
    run: Annotated[
        bool, typer.Option("--run", help="Try it first: the solution passes all checks, an untouched copy none.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say what was written as JSON, for programs.")] = False,
) -> None:
    """Release an assignment; the zip is read again, and nothing is written if it would give anything away.

    The same source gives the same bytes. An earlier release of it is replaced whole. Exit code 1 if something was
    written that needs a look.
    """
    from labkit.assignments.release.release import release as make
    from labkit.language import LANGUAGES, current, speaking

    with speaking(language if language in LANGUAGES else current()):
        with _progress(quiet=as_json) as tell:
            done = make(source, out, language, roster, solutions, with_hidden=with_hidden, run=run, progress=tell)
        if as_json:
            typer.echo(json.dumps(done.as_dict(), ensure_ascii=False, indent=2))
        else:
            _show(done)
    if done.notes:
        raise typer.Exit(1)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far it is, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from labkit.language import t

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("Releasing ..."), total=None)
        yield lambda number, of: bar.update(task, description=t("Checking the solution"), completed=number, total=of)


def _show(done: Released) -> None:
    from labkit.language import t

    typer.echo(f"{done.folder}" + ("" if done.changed else f" ({t('nothing changed')})"))
    for name, size in done.sizes.items():
        typer.echo(f"  {name}, {_size(size)}")
    typer.echo(f"{done.archive}, {_size(done.archive.stat().st_size)}, SHA-256 {done.digest[:16]}")
    if done.proved:
        typer.echo(t("The solution passes all checks, and an untouched copy none ({number} runs).", number=done.proved))
    if done.districts:
        typer.echo(t("{number} students and groups have a district.", number=done.districts))
    if done.solutions:
        typer.echo(t("Solutions, for afterwards: {folder}", folder=done.solutions))
    for note in done.notes:
        typer.echo(note)
    typer.echo(
        t(
            "For a link with nbgitpuller: put {folder} into a public git repository as it is, and link to "
            "git-pull?repo=ADDRESS&urlpath=lab/tree/REPOSITORY/{path}",
            folder=done.folder.parent,
            path=f"{done.folder.name}/{done.notebooks[0]}",
        )
    )


def _size(size: int) -> str:
    """Return a size in words."""
    from labkit.language import number

    return f"{number(size / 1e6, 1)} MB" if size >= 1e6 else f"{number(max(size / 1e3, 0.1), 1)} kB"
