"""`labkit assignment`: write, release, collect, grade and give back assignments; one file a command."""

from __future__ import annotations

import typer

from labkit.cli.assignment import lint

app = typer.Typer(help="Write, release, collect, grade and give back assignments.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Write, release, collect, grade and give back assignments."""


app.command("lint")(lint.lint)
