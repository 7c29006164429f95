"""`labkit assignment check`: what a student can know of a notebook before handing it in."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from labkit.language import t


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook; assignment.json must be in its folder.")],
    no_run: Annotated[bool, typer.Option("--no-run", help="Only look at what it holds, without running it.")] = False,
    who: Annotated[
        str | None, typer.Option("--who", help="Your student number or group, if the notebook asks for it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give what was found as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en; that of the notebook if left out.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Check a notebook before it is handed in: lost or double cells, open answers, and the checks that you see.

    It runs on a copy, in a process of its own. Exit code 1 if there is something to mend.
    """
    from labkit.assignments.own_check import check_notebook
    from labkit.language import resolve, speaking

    with speaking(resolve(language)), _progress(quiet=as_json or no_run) as tell:
        found = check_notebook(notebook, run=not no_run, who=who, language=language, progress=tell)
    if as_json:
        typer.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=2))
    else:
        typer.echo(str(found))
    if not found.passed:
        raise typer.Exit(1)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far it is, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("Running the notebook"), total=None)
        yield lambda number, of: bar.update(task, completed=number, total=of)
