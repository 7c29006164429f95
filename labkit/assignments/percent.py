"""Read the cells of a `.py` in the percent form or of a plain `.md`, as jupytext does, with their lines in the file.

Importing jupytext takes two seconds. What this does not know is left to it: another form, metadata of cells or of
the whole notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: The kind of a cell, its source, and the line of the file on which it begins, counted from 1.
Read = tuple[str, str, int]

_CELL = re.compile(r"^# ?%%(?:\s+(.*?))?\s*$")
_KIND = re.compile(r"^\[(markdown|md|raw)\]$")
_MAGIC = re.compile(r"^(\s*)# ?([%!][A-Za-z].*)$")
_OF_NOTEBOOK = re.compile(r"^(?:# )?(?:jupyter|jupytext|kernelspec)\s*:", re.MULTILINE)
_FENCE = re.compile(r"^```\s*(\w+)?\s*$")
_QUOTES = ('"""', "'''")
#: Languages whose fenced blocks are code cells; jupytext knows more, which no lecturer of ours writes.
_CODE = ("python", "python3", "ipython3", "py")


def cells_of_py(text: str) -> list[Read] | None:
    r"""Return the cells of a `.py` in the percent form; None if it is in another form.

    Examples
    --------
    >>> cells_of_py("# ---\n# assignment: a\n# ---\n\n# %% [markdown]\n# # Noise\n\n# %%\nb = 1\n")
    [('raw', '---\nassignment: a\n---', 1), ('markdown', '# Noise', 6), ('code', 'b = 1', 9)]
    """
    lines = text.split("\n")
    marks = [mark[1] or "" for mark in map(_CELL.match, lines) if mark]
    if not marks or any(mark and not _KIND.match(mark) for mark in marks) or _OF_NOTEBOOK.search(text):
        return None
    found: list[Read] = []
    start = 0
    if lines[0].rstrip() == "# ---" and "# ---" in [line.rstrip() for line in lines[1:]]:
        start = [line.rstrip() for line in lines].index("# ---", 1) + 1
        found += _header([line[2:] for line in lines[1 : start - 1]], 1)
    begins = [number for number in range(start, len(lines)) if _CELL.match(lines[number])]
    if _stripped(lines, start, begins[0] if begins else len(lines)):
        begins.insert(0, start)
    for place, begin in enumerate(begins):
        end = begins[place + 1] if place + 1 < len(begins) else len(lines)
        found.append(_py_cell(lines, begin, end))
    return found


def _header(lines: list[str], line: int) -> list[Read]:
    """Return the settings as a raw cell; nothing if there are none."""
    if not any(each.strip() for each in lines):
        return []
    return [("raw", "\n".join(["---", *lines, "---"]), line)]


def _stripped(lines: list[str], begin: int, end: int) -> tuple[int, int] | None:
    """Return the range without blank lines around it; None if nothing is left."""
    filled = [number for number in range(begin, end) if lines[number].strip()]
    return (filled[0], filled[-1] + 1) if filled else None


def _py_cell(lines: list[str], begin: int, end: int) -> Read:
    mark = _CELL.match(lines[begin])
    kind = _KIND.search(mark[1] or "") if mark else None
    inside = _stripped(lines, begin + 1 if mark else begin, end)
    name = "code" if kind is None else "raw" if kind[1] == "raw" else "markdown"
    if inside is None:
        return name, "", begin + 1
    body = lines[inside[0] : inside[1]]
    if name == "code":
        return name, "\n".join(_MAGIC.sub(r"\1\2", line) for line in body), inside[0] + 1
    if body[0].lstrip("rR")[:3] in _QUOTES:
        return _quoted(name, body, inside[0])
    plain = [line[2:] if line.startswith("# ") else line.removeprefix("#") for line in body]
    return name, "\n".join(plain), inside[0] + 1


def _quoted(name: str, body: list[str], begin: int) -> Read:
    """Return a text cell that is written as a string of several lines."""
    quotes = body[0].lstrip("rR")[:3]
    inner = "\n".join(body).lstrip("rR").removeprefix(quotes).rstrip()
    inner = inner.removesuffix(quotes)
    if inner.startswith("\n"):
        return name, inner.strip("\n"), begin + 2
    return name, inner.strip("\n"), begin + 1


def cells_of_md(text: str) -> list[Read] | None:
    r"""Return the cells of a plain `.md`; None if it uses more of jupytext than fences and blank lines.

    Examples
    --------
    >>> cells_of_md("# Noise\n\n```python\nb = 1\n```\n\nWhy?\n")
    [('markdown', '# Noise', 1), ('code', 'b = 1', 4), ('markdown', 'Why?', 7)]
    """
    if _OF_NOTEBOOK.search(text) or re.search(r"^\s*<!-- #|^```+\s*\{|^~~~|^[ \t]+```|^````", text, re.MULTILINE):
        return None
    lines = text.split("\n")
    found: list[Read] = []
    start = 0
    if lines[0].rstrip() == "---" and "---" in [line.rstrip() for line in lines[1:]]:
        start = [line.rstrip() for line in lines].index("---", 1) + 1
        found += _header(lines[1 : start - 1], 1)
    return found + list(_md_cells(lines, start))


def _md_cells(lines: list[str], start: int) -> Iterator[Read]:
    begin, number = start, start
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence and fence[1] and fence[1].lower() in _CODE:
            yield from _texts(lines, begin, number)
            end = next((at for at in range(number + 1, len(lines)) if lines[at].rstrip() == "```"), len(lines))
            yield "code", "\n".join(lines[number + 1 : end]), number + 2
            begin = number = end + 1
        elif fence:
            end = next((at for at in range(number + 1, len(lines)) if lines[at].rstrip() == "```"), len(lines))
            number = end + 1
        else:
            number += 1
    yield from _texts(lines, begin, len(lines))


def _texts(lines: list[str], begin: int, end: int) -> Iterator[Read]:
    """Split a run of text into cells: two blank lines stand between them."""
    at = begin
    for number in range(begin, end + 1):
        if number == end or (number + 1 < end and not lines[number].strip() and not lines[number + 1].strip()):
            inside = _stripped(lines, at, number)
            if inside:
                yield "markdown", "\n".join(lines[inside[0] : inside[1]]), inside[0] + 1
                at = number
