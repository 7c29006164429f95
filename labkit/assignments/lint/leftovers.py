"""Rules for what a run or an editor left in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Page
from labkit.language import t

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:[.][\w-]+)+")
#: Names of people stand under these.
_PERSONS = ("author", "authors", "creator", "creators", "email", "e-mail", "mail", "maintainer", "last_modified_by")


def check(page: Page) -> Iterator[Finding]:
    """Tell of outputs, execution counts, and names or e-mail addresses of people."""
    for cell in page.code:
        if cell.outputs:
            yield page.found(
                "output-left",
                t("The cell still has its output, which can show an answer."),
                t("Clear all outputs (in JupyterLab: Edit, Clear Outputs of All Cells) and save."),
                cell,
            )
        elif cell.count is not None:
            yield page.found(
                "count-left",
                t("The cell still has the number of its run."),
                t("Clear all outputs and save: every run would make a difference in version control."),
                cell,
            )
    yield from _persons(page)


def _persons(page: Page) -> Iterator[Finding]:
    places: list[tuple[Any, Any]] = [(page.metadata, None), *((cell.metadata, cell) for cell in page.cells)]
    for metadata, cell in places:
        for path in _in(metadata, ""):
            yield page.found(
                "metadata-person",
                t('The metadata names a person under "{path}".', path=path),
                t("Take it out (in JupyterLab: the gear at the right, Advanced tools)."),
                cell,
            )


def _in(value: Any, path: str) -> Iterator[str]:
    """Yield the paths in metadata under which a person stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            place = f"{path}.{key}" if path else str(key)
            if str(key).lower() in _PERSONS and inner:
                yield place
            else:
                yield from _in(inner, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _in(inner, f"{path}.{number}")
    elif isinstance(value, str) and _MAIL.search(value):
        yield path
