"""What may not be in a release, and how it is found again in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labkit.assignments import markers
from labkit.assignments.assignment import Assignment, header_cell
from labkit.assignments.markers import HIDDEN, SOLUTION, TEXT
from labkit.assignments.release import stubs

#: A line that is shorter is only looked for as a whole line of a notebook: elsewhere it may stand by chance.
LONG = 16

#: Lines that say nothing by themselves; and stubs, which a solution may hold too.
_EMPTY = re.compile(
    r"(else|try|finally|pass|return|break|continue|return None|except Exception|\W*|[\w.]+ = \.\.\.)?:?", re.IGNORECASE
)
#: What the release itself puts before a check; it holds the name of an answer, and no more.
_GENERATED = re.compile(r"^(?:>>> )?assert \w+ is not \.\.\., \"", re.MULTILINE)
_IMPORT = re.compile(r"(import|from) [\w.]+( import [\w., ]+)?( as \w+)?")
_PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.|#+|-|\*)\s+")
_HOME = (
    r"(?<![\w.:/~-])/(?:home|Users)/[^\s\"'<>|,;)]+"
    r"|(?<!\w)[A-Za-z]:\\\\?(?:Users|Documents|Temp)\b[^\s\"'<>|]*|file:///?[^\s\"'<>]+"
)
_PATH = re.compile(_HOME)
#: In a notebook these are places on one computer too; in a file of data they may be parts of an address.
_PATH_IN_SOURCE = re.compile(rf"{_HOME}|(?<![\w.:/~-])/(?:root|mnt|media|Volumes|private|tmp|var)/[^\s\"'<>|,;)]+")
_WORDS = r"(?:BEGIN|END) (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)"
# nbgrader sees a marker in any line with its words; a misspelt one is a comment that begins as one; otter's is at the end.
_MARKER = re.compile(
    rf"{_WORDS}|^\s*(?:#+|<!--|=+)\s*(?i:BEGIN|END)[ _-]?(?i:SOLUTION|HIDDEN|MARK)|#\s*SOLUTION(?: NO PROMPT)?\s*$"
)
_MARKER_LINE = re.compile(rf"^\W*{_WORDS}\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Secret:
    """A line of the source that students may not get.

    Attributes
    ----------
    kind : {"SOLUTION", "HIDDEN TESTS", "MARK SCHEME"}
    line : str
        Its words, with one blank between them.
    cell, number : int
        The cell, counted from 0, and its line in it, counted from 1.
    """

    kind: str
    line: str
    cell: int
    number: int


@dataclass(frozen=True)
class Secrets:
    """All secret lines of an assignment, ready to be looked for.

    Attributes
    ----------
    lines : dict of str to Secret
    long : dict of str to Secret
        Those of them that are long enough to be found within a line, or in a file of data.
    """

    lines: dict[str, Secret] = field(repr=False)
    long: dict[str, Secret] = field(repr=False)

    def found_in(self, text: str, *, source: bool) -> Iterator[Secret]:
        """Yield the secrets that a text holds; short ones only if it is the `source` of a notebook."""
        seen = set()
        text = _GENERATED.sub("", text)
        words = plain(text)
        for line, secret in self.long.items():
            if line in words:
                seen.add(secret)
        for line in text.split("\n") if source else ():
            seen |= {self.lines[form] for form in _forms(line) if form in self.lines}
        yield from sorted(seen, key=lambda one: (one.cell, one.number))


def of(assignment: Assignment) -> Secrets:
    """Return the lines of solutions, hidden checks and mark schemes that stand in no open part of the source."""
    secret: list[Secret] = []
    given: list[str] = []
    header = header_cell(assignment.notebook)
    for number, cell in enumerate(assignment.notebook.cells):
        if number == header:
            continue
        marker = markers.read_marker(cell.source, cell.cell_type) if cell.cell_type != "raw" else None
        hidden = marker is not None and marker.what == "check" and "hidden" in marker.words
        for part in markers.split(cell.source):
            kept = stubs.prompts(part) if part.kind == SOLUTION else set()
            for place, line in enumerate(part.lines):
                is_marker = marker is not None and part.line + place == marker.line
                if is_marker or place in kept:
                    given += [] if is_marker else [line.partition("PROMPT:")[2]]
                elif part.kind == TEXT and not hidden:
                    given.append(line)
                else:
                    kind = part.kind or HIDDEN
                    secret.append(Secret(kind, plain(line), number, part.line + place))
    return _looked_for(secret, given)


def _looked_for(secret: list[Secret], given: list[str]) -> Secrets:
    open_lines = {form for line in given for form in _forms(line)}
    open_text = "\n".join(plain(line) for line in given)
    lines = {one.line: one for one in reversed(secret) if one.line not in open_lines and not _EMPTY.fullmatch(one.line)}
    long = {
        line: one
        for line, one in lines.items()
        if len(line) >= LONG and line not in open_text and not _IMPORT.fullmatch(line)
    }
    return Secrets(lines, long)


def plain(line: str) -> str:
    r"""Return a text with one blank between its words.

    Examples
    --------
    >>> plain("  a =\t1 ")
    'a = 1'
    """
    return " ".join(line.split())


def _forms(line: str) -> set[str]:
    """Return the forms in which a line can hide: as it stands, behind a prompt or comment, with its value kept."""
    forms = {plain(line)}
    bare = line
    while _PROMPT.match(bare):
        bare = _PROMPT.sub("", bare, count=1)
        forms.add(plain(bare))
    return forms | {one.removeprefix("_ = ") for one in forms}


def authors(assignment: Assignment) -> set[str]:
    """Return the names that the metadata of the source gives to its authors."""
    metadata = assignment.notebook.metadata
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, str):
            found.add(plain(value))
        elif isinstance(value, dict):
            look(value.get("name"))
        elif isinstance(value, list | tuple):
            for one in value:
                look(one)

    for key in ("author", "authors", "creator", "creators"):
        look(metadata.get(key))
    open_text = "\n".join(markers.only(cell.source, TEXT) for cell in assignment.notebook.cells)
    return {name for name in found if len(name) > 2 and name not in open_text}


def places(assignment: Assignment) -> set[str]:
    """Return the paths of this computer that a release could hold by mistake."""
    found = {str(assignment.path.resolve().parent), str(Path.home())}
    return {one for one in found if len(one) > 4}


def path_in(text: str, known: Collection[str], *, source: bool) -> str:
    r"""Return the first path of one computer in a text; "" if there is none.

    Examples
    --------
    >>> path_in("pd.read_csv('/home/anna/data.csv')", [], source=True)
    '/home/anna/data.csv'
    >>> path_in("https://example.org/home/anna", [], source=True)
    ''
    """
    for one in known:
        if re.search(rf"(?<![\w./~-]){re.escape(one)}(?![\w-])", text):
            return one
    found = (_PATH_IN_SOURCE if source else _PATH).search(text)
    return found[0] if found else ""


def marker_in(text: str, *, source: bool) -> str:
    """Return the first line with a marker, of ours or of another grader; "" if there is none."""
    for line in text.split("\n"):
        if _MARKER_LINE.match(line) or (source and _MARKER.search(line)):
            return plain(line)
    return ""


def is_named(name: str, text: str) -> bool:
    """Return whether a name or number stands in a text as a word of its own."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
