"""Run a source in a notebook, as its lecturer does: no `assignment.json` is there, and nobody's answers but its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from labkit.assignments import notebook
from labkit.assignments.assignment import header_cell
from labkit.assignments.header import Header, read_header
from labkit.errors import LabkitError


class OwnAnswers:
    """The `reference` of a source: its solution has the answers itself, so that hidden checks can be tried too.

    Examples
    --------
    >>> OwnAnswers({"share": 27.0}).share
    27.0
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._names:
            raise AttributeError(f"The solution gives no {name!r}.")
        return self._names[name]


def header_here(folder: str | Path | None = None) -> Header | None:
    r"""Return the settings of the source in a folder; None if none is there.

    Parameters
    ----------
    folder : str or Path, optional
        The working folder if left out. A source is called `exercise` there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "exercise.py").write_text("# ---\n# assignment: week1\n# ---\n\n# %%\nx = 1\n")
    ...     header_here(folder).assignment
    'week1'
    """
    place = Path(folder) if folder is not None else Path.cwd()
    for ending in notebook.ENDINGS:
        file = place / f"exercise{ending}"
        if file.is_file():
            try:
                read = notebook.read(file)
                number = header_cell(read)
                return None if number is None else read_header(read.cells[number].source, file.name)
            except LabkitError:
                return None
    return None


def lend_reference() -> None:
    """Let the hidden checks of a source run in its notebook: they find the answers of the solution itself."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None and "reference" not in shell.user_ns:
        shell.user_ns["reference"] = OwnAnswers(shell.user_ns)
