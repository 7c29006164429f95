"""A source as lint sees it: its cells with their lines in the file, whatever faults it has."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from labkit.assignments import markers, percent
from labkit.assignments.code_names import nodes, tree, without_magics
from labkit.assignments.header import Header
from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.rules import RULES
from labkit.assignments.markers import Marker, MarkerError, Part

_CELL_MAGIC = re.compile(r"^%%(\w+)")
#: Cell magics after which Python follows.
_PYTHON_FOLLOWS = ("time", "timeit", "capture", "prun", "memit")


@dataclass
class Cell:
    """One cell.

    Attributes
    ----------
    number : int
        Its place, counted from 0.
    kind : {"code", "markdown", "raw"}
    source : str
    begins : int
        The line of the file on which its source begins, counted from 1; 0 if that is not known yet.
    metadata : dict
    outputs : list
    count : int or None
        Its execution count.
    id : str
        "" in a source that has none.
    """

    number: int
    kind: str
    source: str
    begins: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)
    outputs: list[Any] = field(default_factory=list)
    count: int | None = None
    id: str = ""

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.source.split("\n")

    @cached_property
    def _read_marker(self) -> Marker | MarkerError | None:
        if self.kind == "raw":
            return None
        try:
            return markers.read_marker(self.source, self.kind)
        except MarkerError as error:
            return error

    @cached_property
    def marker(self) -> Marker | None:
        """Its question or check marker; None if there is none that can be read."""
        return self._read_marker if isinstance(self._read_marker, Marker) else None

    @property
    def marker_error(self) -> MarkerError | None:
        """Why its marker cannot be read."""
        return self._read_marker if isinstance(self._read_marker, MarkerError) else None

    @cached_property
    def _read_parts(self) -> list[Part] | MarkerError:
        try:
            return markers.split(self.source)
        except MarkerError as error:
            return error

    @property
    def parts(self) -> list[Part]:
        """Its blocks and what stands outside them; empty if they are not balanced."""
        return self._read_parts if isinstance(self._read_parts, list) else []

    @property
    def parts_error(self) -> MarkerError | None:
        """Why its blocks cannot be told."""
        return self._read_parts if isinstance(self._read_parts, MarkerError) else None

    @cached_property
    def asks(self) -> str:
        """The id of the question that it answers; "" if it is no answer cell."""
        return self.marker.question if self.marker and self.marker.what == "question" else ""

    @cached_property
    def checks(self) -> str:
        """The id of the question that it checks; "" if it is no check cell."""
        return self.marker.question if self.marker and self.marker.what == "check" else ""

    @cached_property
    def is_python(self) -> bool:
        """Whether it is code, and Python: not a cell magic such as `%%html`."""
        magic = _CELL_MAGIC.match(self.source.lstrip())
        return self.kind == "code" and (magic is None or magic[1] in _PYTHON_FOLLOWS)

    @cached_property
    def tree(self) -> ast.Module | None:
        """Its code as a tree; None if it is no Python."""
        return tree(self.source) if self.is_python else None

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of its tree; none if it is no Python."""
        return nodes(self.tree)

    @cached_property
    def strings(self) -> list[tuple[str, int, int]]:
        """Each string in its code, with its first and last line."""
        return [
            (node.value, node.lineno, node.end_lineno or node.lineno)
            for node in self.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]

    def only(self, *kinds: str) -> str:
        """Return the lines in blocks of these kinds, without its first marker."""
        body = markers.without_first_marker(self.source, self.kind)
        return markers.only(body, *kinds) if self.parts_error is None else body

    @property
    def syntax_error(self) -> SyntaxError | None:
        """Where its code stops being Python; None if it is Python, or not meant to be."""
        if not self.is_python or self.tree is not None:
            return None
        try:
            ast.parse(without_magics(self.source))
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error) or type(error).__name__)
        return None


@dataclass
class Page:
    """One source.

    Attributes
    ----------
    path : Path
    name : str
        How findings call it.
    cells : list of Cell
    metadata : dict
        Of the whole notebook.
    text : str
        The file.
    header : Header or None
        Its settings; None if it has none that can be read.
    """

    path: Path
    name: str
    cells: list[Cell]
    metadata: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    header: Header | None = None

    @cached_property
    def is_assignment(self) -> bool:
        """Whether it asks something; a lab without questions is held to the general rules only."""
        marked = any(cell.marker or cell.marker_error for cell in self.cells)
        return marked or self.header_cell is not None or self.path.stem == "exercise"

    @cached_property
    def header_cell(self) -> Cell | None:
        """The first cell that is not empty, if it is a raw one."""
        first = next((cell for cell in self.cells if cell.source.strip()), None)
        return first if first and first.kind == "raw" else None

    @cached_property
    def questions(self) -> dict[str, Cell]:
        """The answer cell of each question; the first one where there are more."""
        found: dict[str, Cell] = {}
        for cell in self.cells:
            if cell.asks:
                found.setdefault(cell.asks, cell)
        return found

    def checks_of(self, question: str) -> list[Cell]:
        """Return the check cells of a question."""
        return [cell for cell in self.cells if cell.checks == question]

    @property
    def code(self) -> list[Cell]:
        """The code cells."""
        return [cell for cell in self.cells if cell.kind == "code"]

    @property
    def texts(self) -> list[Cell]:
        """The text cells."""
        return [cell for cell in self.cells if cell.kind == "markdown"]

    def found(self, rule: str, message: str, advice: str, cell: Cell | None = None, line: int = 0) -> Finding:
        """Return something that was found, with its line in the file.

        Parameters
        ----------
        rule : str
            Its id, a key of `labkit.assignments.lint.rules.RULES`.
        message, advice : str
            What is wrong, and what to do.
        cell : Cell, optional
            Where; the whole file if left out.
        line : int
            The line in the cell, counted from 1.
        """
        begins = self._begin(cell) if cell else 0
        return Finding(
            file=self.name,
            cell=cell.number + 1 if cell else 0,
            line=line,
            file_line=begins + max(line, 1) - 1 if begins else 0,
            rule=rule,
            severity=RULES[rule],
            message=message,
            advice=advice,
        )

    def _begin(self, cell: Cell) -> int:
        if not cell.begins and self.path.suffix == ".ipynb":
            _find_lines(self.text, self.cells)
        return max(cell.begins, 0)


def _find_lines(text: str, cells: list[Cell]) -> None:
    """Look up where the source of each cell stands in a `.ipynb`; -1 where it cannot be told.

    Only done for a file in which something was found: it takes longer than all the rest.
    """
    lines = [line.strip() for line in text.split("\n")]
    at = 0
    for cell in cells:
        first = cell.lines[0] + ("\n" if len(cell.lines) > 1 else "")
        written = {json.dumps(first), json.dumps(first, ensure_ascii=False)}
        cell.begins = -1
        for number in range(at, len(lines) - 1):
            if lines[number] == '"source": [' and lines[number + 1].removesuffix(",") in written:
                cell.begins, at = number + 2, number + 1
                break


def read_page(path: Path, name: str) -> Page:
    """Read a source; see `labkit.assignments.notebook.read` for what can go wrong.

    Importing nbformat takes over a second, so a `.ipynb` is read as the JSON that it is.
    """
    from labkit.assignments import notebook

    text = notebook.read_text(path)
    if path.suffix == ".ipynb":
        return _of_json(path, name, text)
    fast = percent.cells_of_py(text) if path.suffix == ".py" else percent.cells_of_md(text)
    if fast is not None:
        return Page(path, name, [Cell(number, *each) for number, each in enumerate(fast)], text=text)
    return _of_notebook(path, name, text)


def _of_json(path: Path, name: str, text: str) -> Page:
    try:
        found = json.loads(text)
        if found["nbformat"] != 4:
            raise KeyError("nbformat")
        cells = [
            Cell(
                number,
                kind={"code": "code", "markdown": "markdown", "raw": "raw"}[each["cell_type"]],
                source=_joined(each["source"]),
                metadata=each.get("metadata") or {},
                outputs=each.get("outputs") or [],
                count=each.get("execution_count"),
                id=str(each.get("id", "")),
            )
            for number, each in enumerate(found["cells"])
        ]
        return Page(path, name, cells, dict(found.get("metadata") or {}), text)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return _of_notebook(path, name, text)


def _joined(source: Any) -> str:
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_notebook(path: Path, name: str, text: str) -> Page:
    """Let nbformat or jupytext read it, and look up the lines of its cells in the file."""
    from labkit.assignments import notebook

    read = notebook.loads(text, path.suffix, name)
    cells = [
        Cell(
            number, each.cell_type, each.source, 0, each.metadata, each.get("outputs", []), each.get("execution_count")
        )
        for number, each in enumerate(read.cells)
    ]
    lines = [line.removeprefix("# ").rstrip() for line in text.split("\n")]
    at = 0
    for cell in cells:
        first = cell.lines[0].rstrip()
        begin = next((number for number in range(at, len(lines)) if first and lines[number] == first), None)
        if begin is not None:
            cell.begins, at = begin + 1, begin + len(cell.lines)
    return Page(path, name, cells, dict(read.metadata), text)
