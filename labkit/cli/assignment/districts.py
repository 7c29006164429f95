"""`labkit assignment districts`: who gets which district, and how balanced that is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labkit.language import t

if TYPE_CHECKING:
    from labkit.assignments.dealing import Dealing


def districts(
    source: Annotated[Path, typer.Argument(help="The assignment: a notebook, or a folder with one called exercise.")],
    roster: Annotated[Path, typer.Argument(help="A CSV of the students: student, and group and district if any.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the roster with its districts here; those that stand there are kept."),
    ] = None,
    released: Annotated[
        Path | None, typer.Option("--released", help="Where assignments were released: their districts are kept.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give who got what as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Deal the districts over a roster and show them; a group counts as one.

    Exit code 1 if the districts that were given before make it uneven.
    """
    from labkit.assignments.dealing import deal_roster, save_dealing
    from labkit.language import resolve, speaking

    with speaking(resolve(language)):
        dealing = deal_roster(source, roster, released, out)
        if out is not None:
            save_dealing(dealing, out)
        if as_json:
            typer.echo(json.dumps(dealing.as_data(), ensure_ascii=False, indent=2))
        else:
            _show(dealing)
            if out is not None:
                typer.echo(t("Written: {path}. Give it as the roster from now on.", path=out))
    if not dealing.balanced:
        raise typer.Exit(1)


def _show(dealing: Dealing) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160  # into a file or another program: no line is cut for a window that is not there
    table = Table(box=SIMPLE_HEAD)
    table.add_column(t("District"))
    table.add_column(t("Code"))
    table.add_column(t("Number"), justify="right")
    table.add_column(t("Who"), overflow="fold")
    for area in dealing.areas:
        who = dealing.who(area.code)
        table.add_row(Text(area.name), area.code, str(len(who)), Text(", ".join(who)))
    console.print(table)
    console.print(dealing.sentence(), soft_wrap=True)
