"""Rules for the code: it is Python, runs on any machine, and needs no network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from labkit.assignments.lint.finding import Finding
from labkit.assignments.lint.page import Cell, Page
from labkit.language import t

#: Folders in which a path begins that is right on one machine only.
_ROOTS = "home|Users|mnt|tmp|var|etc|opt|usr|root|Volumes|private|srv|media|content|kaggle|gdrive|data|scratch|work"
_ABSOLUTE = re.compile(
    rf"^(?:/(?:{_ROOTS})(?:/|$)|/(?:[\w.@ -]+/)+[\w.@ -]+[.]\w{{1,8}}$|[A-Za-z]:[\\/]|\\\\[\w.-]+\\|~[\w]*[\\/]|file://)"
)
_IN_TEXT = re.compile(
    r"(?<![\w./:~-])(?:/(?:home|Users|Volumes)/[\w.-]+|~/[\w.-]+|[A-Za-z]:\\[\w.-]+|file:///\S+)|\]\((?:/[\w.-]+)+\)"
)
_URL = re.compile(r"\b(?:https?|ftp|s3|gs|wss?)://", re.IGNORECASE)
#: Names of kinds of XML: they look like addresses, and nobody fetches them.
_NO_ADDRESS = re.compile(r"https?://(?:www[.]w3[.]org/|www[.]opengis[.]net/|purl[.]org/|localhost\b|127[.]0[.]0[.]1)")
_MAGIC = re.compile(
    r"^\s*[!%]{1,2}\s*(?:(?:python\d?|py)\s+-m\s+)?(pip3?|uv|conda|mamba|wget|curl|git|npm|apt(?:-get)?)\b(.*)$"
)
_NETWORK = {
    "requests", "httpx", "aiohttp", "urllib3", "socket", "ftplib", "smtplib", "websockets", "websocket", "wget",
    "paramiko", "boto3", "osmnx", "contextily", "cbsodata", "pooch", "owslib", "selenium", "feedparser", "kagglehub",
}  # fmt: skip
_NETWORK_PARTS = {"urllib.request", "urllib.error", "http.client", "xmlrpc.client"}


def check(page: Page) -> Iterator[Finding]:
    """Tell of syntax errors, paths that exist on one machine only, and use of the network."""
    for cell in page.cells:
        if cell.kind == "code":
            yield from _syntax(page, cell)
        yield from _paths(page, cell)
        if cell.kind == "code":
            yield from _network(page, cell)


def _syntax(page: Page, cell: Cell) -> Iterator[Finding]:
    error = cell.syntax_error
    if error is not None:
        yield page.found(
            "code-syntax",
            t("This is no Python: {cause}.", cause=str(error.msg).rstrip(".")),
            t("Mend it, or make it a text cell if it is no code."),
            cell,
            error.lineno or 0,
        )


def _paths(page: Page, cell: Cell) -> Iterator[Finding]:
    seen: set[int] = set()
    for value, line, _ in cell.strings:
        if "\n" not in value and _ABSOLUTE.match(value) and not _URL.match(value):
            seen.add(line)
            yield _absolute(page, cell, line, value)
    if cell.tree:
        for node in cell.nodes:
            if isinstance(node, ast.Attribute) and node.attr in ("expanduser", "home") and _is_home(node):
                yield _absolute(page, cell, node.lineno, ast.unparse(node))
    for line, text in enumerate(cell.lines, start=1):
        found = _IN_TEXT.search(text) if line not in seen else None
        if found and not _URL.match(text[max(0, found.start() - 8) :]):
            yield _absolute(page, cell, line, found[0].removeprefix("](").rstrip(")"))


def _is_home(node: ast.Attribute) -> bool:
    inner = node.value
    return node.attr == "expanduser" or (isinstance(inner, ast.Name) and inner.id == "Path")


def _absolute(page: Page, cell: Cell, line: int, path: str) -> Finding:
    return page.found(
        "path-absolute",
        t("The path {path} exists on one machine only.", path=path[:60]),
        t('Put the file beside the notebook, name it in "data" of the settings, and write its name alone.'),
        cell,
        line,
    )


def _network(page: Page, cell: Cell) -> Iterator[Finding]:
    lines: dict[int, str] = {}
    for value, first, last in cell.strings:
        if _URL.search(_NO_ADDRESS.sub("", value)):
            # In a string of several lines, the line with the address itself.
            at = next((number for number in range(first, last + 1) if _URL.search(cell.lines[number - 1])), first)
            lines.setdefault(at, t("an address on the internet"))
    for node in cell.nodes:
        for name in _modules(node):
            if name.partition(".")[0] in _NETWORK or name in _NETWORK_PARTS:
                lines.setdefault(getattr(node, "lineno", 0), name)
        if _has_tiles(node):
            lines.setdefault(getattr(node, "lineno", 0), t("the tiles of a folium map"))
    for number, text in enumerate(cell.lines, start=1):
        found = _MAGIC.match(text)
        if found and cell.kind == "code":
            lines.setdefault(number, f"{found[1]}{found[2]}"[:40].rstrip())
    for line, what in sorted(lines.items()):
        yield page.found(
            "network",
            t("This needs the network: {what}.", what=what),
            t("Give the data with the assignment, and name it in the settings: it should run offline, also next year."),
            cell,
            line,
        )


def _modules(node: ast.AST) -> Iterator[str]:
    """Yield the modules that a statement imports, `from urllib import request` as urllib.request too."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _has_tiles(node: ast.AST) -> bool:
    """Return whether a call makes a folium map with a background from the network."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "Map":
        return False
    if not isinstance(node.func.value, ast.Name) or node.func.value.id != "folium":
        return False
    tiles = next((one.value for one in node.keywords if one.arg == "tiles"), None)
    return not (isinstance(tiles, ast.Constant) and tiles.value is None)
