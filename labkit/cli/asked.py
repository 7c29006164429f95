"""What commands on the register have in common: which city, which folder, which fields."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from labkit.register.register import Register

#: The city that opens when none is named.
DEFAULT_CITY = "leiden"

City = Annotated[str, typer.Option("--city", help="A city that comes with labkit, or the folder of a city package.")]
Folder = Annotated[
    Path | None,
    typer.Option("--register", help="The folder of a register of your own.", envvar="LABKIT_REGISTER"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Give it as JSON, for programs.")]
Fields = Annotated[list[str] | None, typer.Argument(help="Fields as name=value, such as status=running.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write it as a page that works in any browser.")]


def opened(city: str, register: Path | None) -> Register:
    """Open the register of a city, or another one for the same city."""
    from labkit.errors import LabkitError
    from labkit.language import t
    from labkit.opening import open_city

    # A warning is a line for people here, without the line of code that it came from.
    warnings.showwarning = lambda message, *_: typer.echo(str(message), err=True)

    if register is not None and not register.is_dir():
        raise LabkitError(t("There is no folder {path}. Make one with: labkit register copy {path}", path=register))
    return open_city(city, register).register
