"""`labkit poster`: one page of A3 about one area, to hang on a wall."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labkit.cli.asked import DEFAULT_CITY, City


def make_poster(
    area: Annotated[str, typer.Argument(help="An area by name or code.")],
    city: City = DEFAULT_CITY,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the page is written: a name that ends in .html.")
    ] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="What the map shows, by id: gas_use, for instance.")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="The year of the map; the newest if left out.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="nl or en.")] = None,
) -> None:
    """Make the poster of an area: a page that prints on one sheet of A3."""
    from rich.console import Console

    from labkit.opening import open_city

    with Console(stderr=True).status("Making the poster ..."):
        made = open_city(city).poster(area, language, indicator=indicator, year=year)
        page = made.save(out or Path(f"poster-{made.area.code}.html"))
    typer.echo(f"{page}: {made.area.name}. Open it in a browser and print it on A3, or save it as PDF there.")
