"""Rules for files: what the code reads and the settings name is there, beside the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.assignments.markers import HIDDEN, SOLUTION
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: Functions that read a file, by how their names begin: the first argument is the file.
_READS = re.compile(
    r"^(?:read_\w+|open|read_file|load|loadtxt|genfromtxt|imread|from_file|open_dataset|open_rasterio)$"
)
_FILE = re.compile(
    r"^[\w .@()/\\-]+[.](?:csv|tsv|txt|json|geojson|gpkg|xlsx?|ods|parquet|feather|zip|shp|tiff?|png|jpe?g|yaml|yml|xml|html|md)$"
)


def check(page: Page) -> Iterator[Finding]:
    """Tell which files are missing, leave the folder, are the source itself, or would not be released."""
    folder = page.path.parent
    listed = page.header.data if page.header else ()
    for name in listed:
        yield from _listed(page, folder, name)
    for cell, line, name in _read(page):
        yield from _used(page, folder, cell, line, name)


def _listed(page: Page, folder: Path, name: str) -> Iterator[Finding]:
    cell = page.header_cell
    line = next((number for number, text in enumerate(cell.lines, start=1) if name in text), 0) if cell else 0
    rule, text, advice = _fault(page, folder, name)
    if rule:
        yield page.found(rule, text, advice, cell, line)


def _fault(page: Page, folder: Path, name: str) -> tuple[str, str, str]:
    """Return the rule that a file breaks, what is wrong and what to do; "" if nothing is."""
    place = folder / name
    if Path(name).is_absolute() or re.match(r"[A-Za-z]:|~|\\", name) or not _is_in(place, folder):
        return (
            "data-outside",
            t("{name} lies outside the folder of the assignment.", name=name),
            t("Copy it into the folder: only what is there can be released."),
        )
    if not place.exists():
        near = nearest(name, [path.relative_to(folder).as_posix() for path in folder.glob("*")])
        return (
            "data-missing",
            t("There is no {name} beside the source.", name=name),
            did_you_mean(near) if near else t("Put it there, or take it out of the settings."),
        )
    if place.resolve() == page.path.resolve() or page.path.resolve().is_relative_to(place.resolve()):
        return (
            "data-source",
            t("{name} is or holds this source: students would get the solutions.", name=name),
            t("Put the data in a folder of its own, and name that."),
        )
    return "", "", ""


def _is_in(place: Path, folder: Path) -> bool:
    """Return whether a file lies in a folder, links followed."""
    try:
        return place.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _read(page: Page) -> Iterator[tuple[Cell, int, str]]:
    """Yield each file that code reads by a name that can be seen."""
    for cell in page.code:
        for node in cell.nodes:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if isinstance(first, ast.Call) and getattr(first.func, "id", "") == "Path" and first.args:
                first = first.args[0]
            writes = any(isinstance(one, ast.Constant) and str(one.value)[:1] in "wax" for one in node.args[1:2])
            if not _READS.match(called) or not isinstance(first, ast.Constant) or (called == "open" and writes):
                continue
            if isinstance(first.value, str) and _FILE.match(first.value):
                yield cell, node.lineno, first.value


def _used(page: Page, folder: Path, cell: Cell, line: int, name: str) -> Iterator[Finding]:
    if name.startswith(("/", "\\", "~")) or _written(page, name):
        return  # the rule of absolute paths tells of the first
    rule, text, advice = _fault(page, folder, name.replace("\\", "/"))
    if rule:
        yield page.found(rule, text, advice, cell, line)
        return
    listed = page.header.data if page.header else ()
    given = any(Path(name) == Path(one) or Path(one) in Path(name).parents for one in listed)
    hidden = any(part.kind in (SOLUTION, HIDDEN) and name in part.text for part in cell.parts)
    if page.is_assignment and not given and not (hidden and cell.checks):
        yield page.found(
            "data-unlisted",
            t("Students do not get {name}: the settings do not name it.", name=name),
            t("Add it to data in the settings: data: [{name}].", name=name),
            cell,
            line,
        )


def _written(page: Page, name: str) -> bool:
    """Return whether the notebook makes a file itself, before or after."""
    for cell in page.code:
        for node in cell.nodes:
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            values = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if name in values and (called.startswith(("to_", "save", "write")) or values[1:2] == ["w"]):
                return True
    return False
