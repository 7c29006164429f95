"""Keep the text cells of one language, and let labkit speak it."""

from __future__ import annotations

import re
from typing import Any

from labkit.assignments import markers

_IMPORT = re.compile(r"^import labkit(?: as (\w+))?[ \t]*(?:#.*)?$", re.MULTILINE)


def choose(notebook: Any, language: str) -> Any:
    """Leave out the text cells for another language; in the others, their marker goes."""
    kept = []
    for cell in notebook.cells:
        meant = markers.language_of(cell.source) if cell.cell_type == "markdown" else None
        if meant is None:
            kept.append(cell)
        elif meant == language:
            cell["source"] = markers.without_first_marker(cell.source, cell.cell_type).strip("\n")
            kept.append(cell)
    notebook["cells"] = kept
    return notebook


def speak(notebook: Any, language: str) -> Any:
    """Add to the first cell that imports labkit a line in which it learns the language, unless one is chosen there.

    labkit speaks English by itself, so an English notebook needs no line.
    """
    for cell in notebook.cells if language != "en" else ():
        found = _IMPORT.search(cell.source) if cell.cell_type == "code" else None
        if found:
            if "use_language(" not in cell.source:
                line = f'{found[1] or "labkit"}.use_language("{language}")'
                cell["source"] = f"{cell.source[: found.end()]}\n{line}{cell.source[found.end() :]}"
            break
    return notebook
