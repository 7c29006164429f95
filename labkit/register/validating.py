"""Make a record of plain data, or say field by field what keeps it from being one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from labkit.language import t
from labkit.names import fold, nearest
from labkit.packagechecks.fault import Fault
from labkit.register.errors import RecordError
from labkit.register.fields import PREFIXES, OneOf, Ref, field_at, fields_at, help_of, label_of, marker_at
from labkit.register.reading import Path, YamlFlawError, read_yaml
from labkit.register.records import KINDS, Record
from labkit.register.records.base import makers

_ID = re.compile(r"^id:\s+([a-z]+)-", re.MULTILINE)


def to_record(kind: type[Record], data: Mapping[str, Any], file: str = "", text: str | None = None) -> Record:
    """Return the record that plain data makes.

    Parameters
    ----------
    kind : type
        The class of the record.
    data : mapping
        Field -> value.
    file : str
        Named in the faults.
    text : str, optional
        The text that the data were read from, to name the lines.

    Returns
    -------
    Record
        The record.

    Raises
    ------
    RecordError
        With a fault for every field that is not right, in `faults`.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> to_record(Partner, {"id": "org-x", "visibility": "public", "name": "X", "kind": "polise"})
    Traceback (most recent call last):
        ...
    labkit.register.errors.RecordError: kind: "polise" is no kind of partner. Did you mean police?
    """
    try:
        return kind.model_validate(dict(data))
    except ValidationError as error:
        found = [*_faults(kind, error, file, text), *_without_text(kind, data, error, file, text)]
        raise RecordError(sorted(found, key=lambda one: one.line)) from None


def parse_record(kind: type[Record], text: str, file: str = "") -> Record:
    """Return the record that a text holds; a `RecordError` has a fault for everything that is not right."""
    try:
        data = read_yaml(text)
    except YamlFlawError as flaw:
        raise RecordError([Fault(file, flaw.line, flaw.field, flaw.message, flaw.advice)]) from None
    return to_record(kind, data, file, text)


def demand_kind(kind: type[Record], text: str, shown: str) -> None:
    """Say so if a record stands in the folder of another kind: its fields would all seem wrong."""
    found = _ID.search(text)
    if found and found[1] != PREFIXES[kind.KIND] and found[1] in PREFIXES.values():
        other = next(KINDS[name] for name, prefix in PREFIXES.items() if prefix == found[1])
        message = t(
            "A record of the kind {kind} stands in the folder {folder}.", kind=other.LABELS(), folder=kind.FOLDER
        )
        raise RecordError([Fault(shown, 0, "id", message, t("Move the file to {folder}.", folder=other.FOLDER))])


def _faults(kind: type[Record], error: ValidationError, file: str, text: str | None) -> Iterable[Fault]:
    lines: dict[Path, int] = {}
    if text is not None:
        read_yaml(text, lines)
    seen = set()
    for one in error.errors():
        path = _field_path(kind, one["loc"])
        if one["type"] == "extra_forbidden":
            path = (*_field_path(kind, one["loc"][:-1]), one["loc"][-1])
        message, advice, extra = _words(kind, path, one)
        path = (*path, extra) if extra else path
        place = shown_path(path)
        if place in seen:
            continue  # a value that may be two things is refused twice
        seen.add(place)
        yield Fault(file, _line(lines, path), place, message, advice)


def _without_text(
    kind: type[Record], data: Mapping[str, Any], error: ValidationError, file: str, text: str | None
) -> Iterable[Fault]:
    """Yield the pairs of texts that are both empty: pydantic looks at pairs only when each field is right."""
    if any(one["type"] == "value_error" and not one["loc"] for one in error.errors()):
        return  # it has looked
    lines: dict[Path, int] = {}
    if text is not None:
        read_yaml(text, lines)
    for name in kind.NEEDS_TEXT:
        if not (data.get(f"{name}_nl") or data.get(f"{name}_en")):
            message = t("Neither {name}_nl nor {name}_en is filled.", name=name)
            line = lines.get((f"{name}_en",), lines.get((f"{name}_nl",), 1 if file else 0))
            yield Fault(file, line, f"{name}_en", message, t("Fill at least one of the two."))


def shown_path(path: Path) -> str:
    """Return the path of a field as people write it.

    Examples
    --------
    >>> shown_path(("partners", 0, "role"))
    'partners[1].role'
    """
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _line(lines: Mapping[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1 if lines else 0)


def _field_path(kind: type[Record], location: Iterable[str | int]) -> Path:
    """Return the part of a location that names fields; the rest names the alternatives of a type."""
    path: list[str | int] = []
    for part in location:
        if isinstance(part, int) or not path or part in fields_at(kind, tuple(path)):
            path.append(part)
    return tuple(path)


def _words(kind: type[Record], path: Path, error: Any) -> tuple[str, str, str]:  # noqa: PLR0911, PLR0912 - one line a case
    """Return message, advice, and the field inside the block that is meant, if the path ends at a block."""
    code, value = error["type"], error["input"]
    shown = _shown(value)
    if code == "missing":
        return t("This field is missing."), _help(kind, path), ""
    if code == "extra_forbidden":
        names = fields_at(kind, path[:-1])
        near = _fields_called(kind, path) or nearest(str(path[-1]), names)
        hint = (
            t("Did you mean {names}?", names=t(" or ").join(near))
            if near
            else t("The fields are {names}.", names=", ".join(names))
        )
        return t("There is no field {name}.", name=_shown(path[-1])), hint, ""
    if code == "value_error":
        field, _, said = str(error["ctx"]["error"]).rpartition("|")
        message, _, advice = said.partition(". ")
        return f"{message.rstrip('.')}.", advice, field
    if code == "literal_error":
        return _not_one_of(kind, path, value)
    if code == "string_type" and not isinstance(value, list | dict):
        if value is None:
            return t("This field is empty."), _form(kind, path, error) if path == ("id",) else _help(kind, path), ""
        return t("{value} is not a text here.", value=shown), t("Put it between quotes."), ""
    if code == "too_short" or (code == "list_type" and value is None):
        return t("This list is empty."), _help(kind, path), ""
    limit = _limit(code, next(iter(error.get("ctx", {}).values()), ""))
    if limit:
        return t("{value} cannot stand here.", value=shown), limit, ""
    if code == "list_type":
        advice = t('Write each item on a line of its own, with "- " in front; in Python, put it between [ and ].')
        return t("This must be a list."), advice, ""
    if code == "string_type":
        return t("A list stands where one text belongs."), t("Write one text."), ""
    if code.startswith(("int", "float", "bool")):
        return (
            t("{value} is no value for this field.", value=shown),
            f"{_of_type(code)} {_help(kind, path)}".strip(),
            "",
        )
    if code == "string_pattern_mismatch":
        return t("{value} does not have the right form.", value=shown), _form(kind, path, error), ""
    if code in ("model_type", "model_attributes_type"):
        inner = ", ".join(fields_at(kind, path))
        return t("A block of fields belongs here."), t("Its fields are {names}.", names=inner), ""
    return t("{value} cannot stand here.", value=shown), f"{error['msg']}.", ""


def _limit(code: str, limit: object) -> str:
    """Return in our words what pydantic says of a limit; "" if it says something else."""
    return {
        "greater_than_equal": t("It must be {limit} or more.", limit=limit),
        "less_than_equal": t("It must be {limit} or less.", limit=limit),
        "greater_than": t("It must be more than {limit}.", limit=limit),
        "string_too_long": t("It must be {limit} letters or less.", limit=limit),
        "string_too_short": t("It must be {limit} letters or more.", limit=limit),
    }.get(code, "")


def _fields_called(kind: type[Record], path: Path) -> list[str]:
    """Return the fields of which a text is the label, in Dutch or English: "soort" for `kind`."""
    wanted = fold(str(path[-1]))
    found = []
    for name in fields_at(kind, path[:-1]):
        info = field_at(kind, (*path[:-1], name))
        label = label_of(info.json_schema_extra) if info is not None else None
        if label is not None and wanted in (fold(label.nl), fold(label.en)):
            found.append(name)
    return found


def _not_one_of(kind: type[Record], path: Path, value: object) -> tuple[str, str, str]:
    mark = _marker(kind, path)
    if mark is None and value is None:
        return t("This field is empty."), t("Write true, false or unknown."), ""
    if mark is None:
        said = str(value).lower()
        meant = "true" if said in ("yes", "ja", "y", "j") else "false" if said in ("no", "nee", "n") else ""
        advice = t("Write {value}.", value=meant) if meant else t("Write true, false or unknown.")
        return t("{value} is no value for this field.", value=_shown(value)), advice, ""
    words = mark.vocabulary
    if isinstance(value, list):
        return t("A list stands where one text belongs."), t("Choose from {names}.", names=", ".join(words.ids)), ""
    near = words.near(str(value))
    hint = (
        t("Did you mean {names}?", names=t(" or ").join(near))
        if near
        else t("Choose from {names}.", names=", ".join(words.ids))
    )
    if value is None:
        return t("This field is empty."), t("Choose from {names}.", names=", ".join(words.ids)), ""
    return t("{value} is no {vocabulary}.", value=_shown(value), vocabulary=words.names()), hint, ""


def _marker(kind: type[Record], path: Path) -> OneOf | None:
    return marker_at(kind, path, OneOf)


def _form(kind: type[Record], path: Path, error: Any) -> str:
    ref = marker_at(kind, path, Ref)
    prefix = PREFIXES.get(ref.kind) if ref else PREFIXES[kind.KIND] if path == ("id",) else None
    if prefix:
        return t("Write {prefix}- and then lower-case letters, figures and hyphens.", prefix=prefix)
    return _help(kind, path) or t("It must fit {pattern}.", pattern=error.get("ctx", {}).get("pattern", ""))


def _help(kind: type[Record], path: Path) -> str:
    mark = _marker(kind, path) or _marker(kind, (*path, 0))
    if mark:
        return t("Choose from {names}.", names=", ".join(mark.vocabulary.ids))
    found = field_at(kind, path)
    return help_of(found.json_schema_extra)() if found is not None else ""


def _of_type(code: str) -> str:
    if code.startswith("bool"):
        return t("Write true or false.")
    return t("Write a number, without quotes.")


def _shown(value: object) -> str:
    text = str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


# A changed copy of a record is checked in the same words.
makers.append(to_record)
