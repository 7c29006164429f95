"""`labkit atlas`: one page with the whole city, for everyone who has no Python."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from labkit.register.book import Book


def make_atlas(
    city: Annotated[
        str, typer.Option("--city", help="A city that comes with labkit, or the folder of a city package.")
    ] = "leiden",
    out: Annotated[Path, typer.Option("--out", help="Where the page is written.")] = Path("atlas.html"),
    language: Annotated[
        str | None, typer.Option("--language", help="nl or en: the language in which it opens.")
    ] = None,
    despite_names: Annotated[
        bool, typer.Option("--despite-names", help="Go on although a public text holds the name of a hidden record.")
    ] = False,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
) -> None:
    """Make the atlas of a city: one page with map, profiles and tables that works without network."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Opening the city ..."):
        from labkit.opening import open_city

        opened = open_city(city)
    with console.status(f"Making the atlas of {opened.title()} ..."):
        from labkit.maps.atlas.page import save_atlas

        page = save_atlas(opened, out, language, despite_names=despite_names)
    size = page.stat().st_size / 1e6
    figures = opened.figures
    typer.echo(
        f"{page} ({size:.2f} MB): {opened.title()}, {len(opened.indicators)} indicators, {figures.published:,} published "
        f"figures and {len(figures) - figures.published:,} derived from them."
    )
    typer.echo(_records(opened.register.book))
    if show and not (has_screen() and _open(page)):
        typer.echo(f"Open it in a browser: {page.resolve().as_uri()}")


def _records(book: Book) -> str:
    """Say how many records went in, and how many stayed out; for who makes the atlas, not for its readers."""
    from labkit.register.records import KINDS

    if not len(book):
        return "There is no register: the atlas says so where its records would stand."
    public = book.public()
    counts = [f"{count} {kind.PLURALS('en')}" for kind in KINDS.values() if (count := len(public.of(kind)))]
    said = f"Of its register {len(public)} records went in" + (f" ({', '.join(counts)})" if counts else "")
    hidden = len(book) - len(public)
    said += f"; {hidden} {'is' if hidden == 1 else 'are'} not public and stayed out." if hidden else "; all are public."
    return " ".join(filter(None, [said, book.unread()]))


def _open(page: Path) -> bool:
    import webbrowser

    return webbrowser.open(page.resolve().as_uri())


def has_screen() -> bool:
    """Without a screen Python would start a browser inside the terminal, and the command would hang in it."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
