"""Take out what a notebook gathers while it is written: outputs, counts, and who wrote it."""

from __future__ import annotations

from typing import Any

from labkit.assignments.assignment import Assignment
from labkit.assignments.release import roles
from labkit.language import resolve

#: What stays of the metadata of a cell; all else is the editor's.
KEPT = ("tags",)


def clean(notebook: Any, assignment: Assignment) -> Any:
    """Take out outputs, counts and metadata; say for which assignment, language and kernel the notebook is."""
    for cell in notebook.cells:
        role = roles.of(cell)
        if cell.cell_type == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
        if "attachments" in cell:
            # A picture of a solution goes with it.
            cell["attachments"] = {
                name: forms for name, forms in cell.attachments.items() if f"attachment:{name}" in cell.source
            }
        cell["metadata"] = {key: cell.metadata[key] for key in KEPT if key in cell.metadata} | {roles.KEY: role}
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        "labkit": {"assignment": assignment.id, "schema_version": 1, "language": resolve(None)},
    }
    return notebook
