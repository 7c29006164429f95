"""`labkit assignment likeness`: which hand-ins are alike; a place to look, no verdict."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from labkit.language import t


def likeness(
    source: Annotated[Path, typer.Argument(help="The assignment with its solutions: a file, or its folder.")],
    submissions: Annotated[Path, typer.Argument(help="What collect wrote, or any folder that grade takes.")],
    out: Annotated[Path | None, typer.Option("--out", help="The page to write, such as likeness.html.")] = None,
    results: Annotated[
        Path | None, typer.Option("--results", help="What grade wrote: compares the values of answers too.")
    ] = None,
    roster: Annotated[Path | None, typer.Option("--roster", help="A CSV of the students, as for grade.")] = None,
    released: Annotated[
        Path | None, typer.Option("--released", help="What was released: it tells who got which area.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give all pairs as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Tell which hand-ins have something in common that few others have: a place to look, no verdict.

    All of it happens on this computer. Exit code 0, also if there are pairs: they are no faults.
    """
    from labkit.assignments.likeness.likeness import likeness as compare
    from labkit.assignments.likeness.page import page
    from labkit.errors import WrongUseError
    from labkit.language import resolve, speaking
    from labkit.saving import save_text

    with speaking(resolve(language)):
        if out is None and not as_json:
            raise WrongUseError(t("Say where the page goes: --out likeness.html; or ask for --json."))
        with _progress(quiet=as_json) as tell:
            found = compare(source, submissions, results=results, roster=roster, released=released, progress=tell)
        if out is not None:
            save_text(out, page(found))
        if as_json:
            typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        else:
            typer.echo(
                t(
                    "{count} hand-ins, {pairs} pairs to look at: {path}",
                    count=len(found.pieces),
                    pairs=len(found.pairs),
                    path=out,
                )
            )
            typer.echo(t("A place to look, no verdict."))


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far it is, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(t("Reading hand-ins"), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
