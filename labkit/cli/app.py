"""Put the subcommands together, and say what went wrong without a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from labkit.cli import atlas, data, lab, poster, register, serve
from labkit.cli.assignment import app as assignments
from labkit.errors import LabkitError
from labkit.version import __version__

#: Exit codes: all is well; something was found; the command was used wrongly or could not do its work.
FINE, FINDINGS, WRONG_USE = 0, 1, 2

app = typer.Typer(
    name="labkit",
    help="A city opened as a laboratory: explore its figures, document lab projects, map both.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)
app.command("atlas")(atlas.make_atlas)
app.command("lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(lab.open_lab)
app.command("serve")(serve.serve)
app.command("poster")(poster.make_poster)
app.add_typer(assignments, name="assignment")
app.add_typer(data.app, name="data")
app.add_typer(register.app, name="register")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"labkit {__version__}")
        raise typer.Exit(FINE)


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Take the options that stand before a subcommand; `--version` has done its work by now."""


def main() -> None:
    """Run the command; whatever goes wrong becomes one clear line, and never the exit code of findings.

    With `LABKIT_DEBUG` set in the environment, the traceback of an error that labkit does not know is shown too.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a letter should show another one, not stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except LabkitError as error:
        typer.echo(f"labkit: {error}", err=True)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        typer.echo("labkit: stopped.", err=True)
        sys.exit(130)
    except OSError as error:
        typer.echo(f"labkit: {_of_system(error)}", err=True)
        _show_traceback()
        sys.exit(WRONG_USE)
    except Exception as error:
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        typer.echo(
            f"labkit: this should not happen: {cause[:200]}. Please report it with the command that you gave; "
            "with LABKIT_DEBUG=1 before it, it shows where it went wrong.",
            err=True,
        )
        _show_traceback()
        sys.exit(WRONG_USE)


def _of_system(error: OSError) -> str:
    """Return in one line what the system refused, and for which file."""
    name = str(error.filename) if error.filename else ""
    shown = name if len(name) <= 80 else f"{name[:80]}..."
    where = f"{shown}: " if shown else ""
    return (
        f"{where}{error.strerror or error}. Choose another place or a shorter name, or make room and check the rights."
    )


def _show_traceback() -> None:
    if os.environ.get("LABKIT_DEBUG"):
        traceback.print_exc()
