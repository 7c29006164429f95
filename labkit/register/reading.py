"""Read YAML as records use it: plain data, each key once, every flaw with its line.

The rules are those of YAML 1.2: only `true` and `false` are booleans (`no` is a word), and a date stays the text
that somebody wrote. What has no place in a record is refused: anchors, aliases, tags, a second document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from labkit.errors import LabkitError
from labkit.language import t

#: A record is a page of text; what is larger is no record, and would only take memory.
MOST_BYTES = 500_000
MOST_DEPTH = 12

_INTEGER = re.compile(r"[-+]?\d{1,18}$")
_DECIMAL = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?$")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBERLIKE = frozenset("0123456789+-.")

Path = tuple[str | int, ...]


class YamlFlawError(LabkitError):
    """A text is not YAML as records use it; `line` says where, `advice` what to do."""

    def __init__(self, line: int, message: str, advice: str, field: str = "") -> None:
        super().__init__(f"{message} {advice}")
        self.line, self.message, self.advice, self.field = line, message, advice, field


@dataclass(slots=True)
class Builder:
    """Builds plain data from the events of a parser, and notes where each field stands if asked to."""

    get: Callable[[], Any]
    lines: dict[Path, int] | None = None
    path: list[str | int] = field(default_factory=list)

    def value(self, event: Any, depth: int = 0) -> Any:
        """Return what begins with this event."""
        if self.lines is not None:
            self.lines.setdefault(tuple(self.path), _line(event))
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            raise _flaw(event, *_no_shorthand())
        if kind is ScalarEvent:
            return event.value if event.style else plain(event.value)
        if depth > MOST_DEPTH:
            raise _flaw(event, t("This lies too deep."), t("Records are a few levels deep at the most."))
        return self._sequence(depth) if kind is SequenceStartEvent else self._mapping(depth)

    def _sequence(self, depth: int) -> list[Any]:
        out: list[Any] = []
        event = self.get()
        while type(event) is not SequenceEndEvent:
            if self.lines is None:
                out.append(self.value(event, depth + 1))
            else:
                self.path.append(len(out))
                out.append(self.value(event, depth + 1))
                self.path.pop()
            event = self.get()
        return out

    def _mapping(self, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        event = self.get()
        while type(event) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
                raise _flaw(event, t("The name of a field must be a word."), t("Write it as name: value."))
            key = event.value
            if key in out:
                message = t("The field {name} stands here twice.", name=key)
                raise _flaw(event, message, t("Keep one of the two."), key)
            if self.lines is None:
                out[key] = self.value(self.get(), depth + 1)
            else:
                self.path.append(key)
                self.lines[tuple(self.path)] = _line(event)
                out[key] = self.value(self.get(), depth + 1)
                self.path.pop()
            event = self.get()
        return out


def read_yaml(text: str, lines: dict[Path, int] | None = None) -> dict[str, Any]:
    r"""Return the fields of a record's text.

    Parameters
    ----------
    text : str
        The contents of a file.
    lines : dict, optional
        Filled with the line of every field, by its path: ``("partners", 0, "role")``.

    Returns
    -------
    dict
        Plain data: dicts, lists, str, int, float, bool, None.

    Raises
    ------
    YamlFlawError
        With the line, what is wrong there and what to do.

    Examples
    --------
    >>> read_yaml("start: 2021-06-14\nthemes:\n  - safety\nnote: no")
    {'start': '2021-06-14', 'themes': ['safety'], 'note': 'no'}
    >>> read_yaml("a: 1\na: 2")
    Traceback (most recent call last):
        ...
    labkit.register.reading.YamlFlawError: The field a stands here twice. Keep one of the two.
    """
    if len(text) > MOST_BYTES:
        advice = t("Put large material elsewhere, and its address here.")
        raise YamlFlawError(0, t("This file is too large for a record."), advice)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(yaml.parse(text, Loader=loader))
        return _document(events.__next__, lines)
    except yaml.YAMLError as error:
        raise _of_parser(error, text) from None
    except RecursionError:
        raise YamlFlawError(0, t("This lies too deep."), t("Records are a few levels deep at the most.")) from None


def _document(get: Callable[[], Any], lines: dict[Path, int] | None) -> dict[str, Any]:
    event = get()
    while type(event) in (StreamStartEvent, DocumentStartEvent):
        event = get()
    if type(event) in (StreamEndEvent, DocumentEndEvent):
        raise YamlFlawError(0, t("This file is empty."), t("Fill in a record, or delete the file."))
    if type(event) is not MappingStartEvent:
        raise _flaw(event, t("This is no record."), t("A record is a list of lines such as title_en: Soup mornings."))
    data = Builder(get, lines).value(event)
    event = get()
    while type(event) is DocumentEndEvent:
        event = get()
    if type(event) is not StreamEndEvent:
        raise _flaw(event, t("A second record begins here."), t("Give each record a file of its own."))
    assert isinstance(data, dict)
    return data


def plain(text: str) -> Any:
    """Return what a word without quotes means.

    Examples
    --------
    >>> plain("2021"), plain("true"), plain("yes"), plain("1.5"), plain("2021-06")
    (2021, True, 'yes', 1.5, '2021-06')
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBERLIKE:
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return float(text)
    return text


def decode(data: bytes) -> str:
    """Return the text of a file; it must be UTF-8.

    Raises
    ------
    YamlFlawError
        With the line of the first byte that is not.
    """
    if len(data) > MOST_BYTES:
        advice = t("Put large material elsewhere, and its address here.")
        raise YamlFlawError(0, t("This file is too large for a record."), advice)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlFlawError(line, t("This is not UTF-8."), t("Save the file as UTF-8 in your editor.")) from None


def _no_shorthand() -> tuple[str, str]:
    return t("Signs such as & and * before a value have a meaning of their own in YAML."), t(
        "Put the value between quotes, or write it out."
    )


def _flaw(event: Any, message: str, advice: str, field: str = "") -> YamlFlawError:
    return YamlFlawError(_line(event), message, advice, field)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _of_parser(error: yaml.YAMLError, text: str) -> YamlFlawError:  # noqa: PLR0911 - one line a case
    """Say in plain words what the parser stumbled over."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    before = lines[line - 2] if 1 < line <= len(lines) + 1 else ""
    problem = str(getattr(error, "problem", "") or error)
    versions = next((n for n, one in enumerate(lines, start=1) if one.startswith(("<<<<<<< ", ">>>>>>> "))), 0)
    if versions:
        advice = t("Keep the lines of one of them, and remove the lines with <<<<<<<, ======= and >>>>>>>.")
        return YamlFlawError(versions, t("Two versions of this file stand here, from git."), advice)
    opened = getattr(error, "context_mark", None)
    if opened is not None and "quoted scalar" in str(getattr(error, "context", "")):
        message = t("A quote is opened on this line, and not closed.")
        advice = t('Close it, or put the whole text between double quotes: "..."')
        return YamlFlawError(opened.line + 1, message, advice)
    for number, one in ((line, here), (line - 1, before)):
        if re.search(r"""(:|-)\s+("[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\})\s*[^\s#,]""", one):
            message = t("Text stands behind a closing quote or bracket.")
            return YamlFlawError(number, message, t("Put the whole text between quotes."))
    if re.match(r"\s*\*\s", here):
        return YamlFlawError(line, t("An item of a list begins with another sign."), t('Write "- " in front of it.'))
    if re.search(r"[:\-]\s+[*&!]", here):
        return YamlFlawError(line, *_no_shorthand())
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return YamlFlawError(line, t("A tab stands at the start of this line."), t("Use spaces instead."))
    if "\t" in before[: len(before) - len(before.lstrip())]:
        return YamlFlawError(line - 1, t("A tab stands at the start of this line."), t("Use spaces instead."))
    if "mapping values are not allowed" in problem:
        return YamlFlawError(
            line,
            t("There is a colon in the text, or the line starts too far to the right."),
            t("Put the text between quotes, and start fields of one record at the same place."),
        )
    if re.search(r"[:\-]\s+[@`%]", here):
        return YamlFlawError(line, t("A text cannot begin with @, ` or %."), t("Put the text between quotes."))
    if "not found expected ':'" in problem or "could not find expected ':'" in problem:
        # The parser notices on the line after.
        at = line if here.strip() and ":" not in here else max(line - 1, 1)
        return YamlFlawError(at, t("This line has no colon."), t("Write it as name: value."))
    if "special characters" in problem or "control characters" in problem or "unacceptable" in problem:
        return YamlFlawError(line, t("There is a sign here that cannot be read."), t("Remove it, or type it anew."))
    return YamlFlawError(
        line,
        t("This line, or the one above it, is not in order."),
        t("Look at quotes, colons and the spaces in front of this line and the one above it."),
    )
