"""`labkit data`: look after a city package."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(help="Look after a city package.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Look after a city package."""


@app.command("check")
def check(
    path: Annotated[
        str, typer.Argument(help="A city that comes with labkit, or the folder of a city package.")
    ] = "leiden",
    as_json: Annotated[bool, typer.Option("--json", help="Give the faults as JSON, for programs.")] = False,
) -> None:
    """Tell every fault of a city package with file, line, column and what to do; exit code 1 if there are errors."""
    from labkit.packagechecks.check import check_package

    faults = check_package(path)
    if as_json:
        typer.echo(json.dumps([fault.as_dict() for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            typer.echo(str(fault))
        typer.echo(f"{path}: {len(faults.errors)} errors, {len(faults.warnings)} warnings.")
    if faults.errors:
        raise typer.Exit(1)
