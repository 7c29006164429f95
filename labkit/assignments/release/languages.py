"""Keep the text cells of one language."""

from __future__ import annotations

from typing import Any

from labkit.assignments import markers


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
