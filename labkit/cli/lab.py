"""`labkit lab`: JupyterLab, opened on the notebooks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from labkit.errors import LabkitError
from labkit.language import t

_PACKAGE = Path(__file__).parent.parent
_INSTALLED, _CHECKOUT = _PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"


def open_lab(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("--folder", help="Where the notebooks are put if labkit is installed.")
    ] = Path("labkit-notebooks"),
) -> None:
    """Open JupyterLab on the tours; what follows is passed on to it, such as --no-browser."""
    place = notebooks(folder)
    typer.echo(f"Notebooks: {place}")
    tours = sorted(place.glob("*.ipynb"))
    process = subprocess.Popen([sys.executable, "-m", "jupyterlab", str(tours[0] if tours else place), *context.args])
    while True:
        try:
            raise typer.Exit(process.wait())
        except KeyboardInterrupt:
            continue  # Ctrl-C reaches JupyterLab too: let it save its work and stop by itself


def notebooks(folder: Path) -> Path:
    """Return the folder with the notebooks: those of a checkout, or a copy to work in; nothing is overwritten.

    Parameters
    ----------
    folder : Path
        Where copies are put, if labkit is installed.

    Examples
    --------
    >>> notebooks(Path("unused")).name
    'notebooks'
    """
    if not _INSTALLED.is_dir():
        if not _CHECKOUT.is_dir():
            raise LabkitError(t("This labkit has no notebooks with it. Install it again, or take a checkout."))
        return _CHECKOUT
    if folder.exists() and not folder.is_dir():
        raise LabkitError(t("{folder} is a file. Choose another place with --folder.", folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(_INSTALLED.glob("*.ipynb")):
        if not (folder / source.name).exists():
            shutil.copyfile(source, folder / source.name)
    return folder
