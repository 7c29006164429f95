"""The steps from the source to the notebook that students get, in their order."""

from __future__ import annotations

from typing import Any

from labkit.assignments.assignment import Assignment
from labkit.assignments.notebook import as_node
from labkit.assignments.release import checks, cleaning, labels, languages, nbgrader, opening, otter, roles, solutions
from labkit.language import speaking


def released(assignment: Assignment, language: str = "en") -> Any:
    """Return the notebook that students get in a language.

    Parameters
    ----------
    assignment : Assignment
        As its lecturer wrote it.
    language : {"nl", "en"}

    Returns
    -------
    Node
        Its answer cells are called "<question>-answer", its checks "<question>-check-<number>".

    Raises
    ------
    LabkitError
        If something of the source cannot be released.
    """
    return steps(assignment, language)[0]


def steps(assignment: Assignment, language: str) -> tuple[Any, list[str]]:
    """Return the released notebook, and the ids of the checks that an untouched copy may pass."""
    with speaking(language):
        notebook = roles.mark(assignment)
        notebook = languages.choose(notebook, language)
        notebook = languages.speak(notebook, language)
        notebook = solutions.strip(notebook, assignment)
        notebook = checks.strip(notebook, assignment)
        unsure = checks.uncertain(notebook, assignment)
        notebook = labels.write(notebook, assignment)
        notebook = opening.write(notebook, assignment)
        notebook = cleaning.clean(notebook, assignment)
        notebook = otter.write(notebook, assignment)
        notebook = nbgrader.write(notebook, assignment)
    return as_node(notebook), unsure
