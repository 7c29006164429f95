"""Which column of a spreadsheet is which field of a record, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping as Given
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import t
from labkit.names import fold, nearest
from labkit.register.exchange.column import Column
from labkit.register.fields import Ref, block_in, label_of, marks_in
from labkit.register.records import KINDS, Block, Record

#: What a mapping may say.
KEYS = ("columns", "constants", "split", "dates", "sheet", "head", "visibility", "kind")
#: The orders in which a date may be written; with - or . it is always day, month, year.
DATES = ("d/m/y", "m/d/y")


@dataclass(frozen=True)
class Target:
    """A field of a record, or of a block in it.

    Attributes
    ----------
    path : str
        The field: "title_nl", "handover.advice_nl", "partners".
    column : Column
        What its values are.
    block : str
        The field of the record that holds the block; "" for a field of the record itself.
    many_blocks : bool
        Whether each value makes a block of its own, such as a partner with its role.
    """

    path: str
    column: Column
    block: str = ""
    many_blocks: bool = False


@dataclass(frozen=True)
class Rule:
    """What one column of a spreadsheet means.

    Attributes
    ----------
    name : str
        The column.
    target : Target
        The field.
    split : str
        What stands between several values in one cell.
    values : dict
        Word of the spreadsheet, in the form of `fold` -> value of the field.
    constants : dict
        What every block made from this column says beside its value, such as the role of a partner.
    """

    name: str
    target: Target
    split: str
    values: Given[str, Any] = field(default_factory=dict)
    constants: Given[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How a spreadsheet is read as records of a kind.

    Attributes
    ----------
    kind : str
        The kind of record.
    rules : tuple of Rule
        The columns that are read.
    ignored : tuple of str
        Columns that are left out knowingly.
    constants : dict
        Fields that are the same for all new records.
    split, dates : str
        What stands between several values; in which order dates with slashes are written, "" if nobody said.
    sheet, head : str or None, int or None
        Which sheet, and which row names the columns.

    Examples
    --------
    >>> made = Mapping.of({"columns": {"Titel": "title_nl", "Thema": {"field": "themes", "split": ","}}}, "project")
    >>> [(rule.name, rule.target.path, rule.split) for rule in made.rules]
    [('Titel', 'title_nl', ';'), ('Thema', 'themes', ',')]
    """

    kind: str
    rules: tuple[Rule, ...] = ()
    ignored: tuple[str, ...] = ()
    constants: Given[str, Any] = field(default_factory=dict)
    split: str = ";"
    dates: str = ""
    sheet: str | None = None
    head: int | None = None

    @classmethod
    def of(cls, said: Given[str, Any] | None, kind: str) -> Mapping:
        """Return what a dictionary or a YAML file says; an error tells what it should say.

        Parameters
        ----------
        said : mapping or None
            `columns`: column -> field, or -> a mapping with `field`, `split`, `values` and, where each value makes a
            block, its other fields (such as `role`); "" or null leaves a column out. `constants`: field -> value.
            `split`, `dates`, `sheet`, `head`, `visibility`. A mapping without these keys is taken for `columns`.
        kind : str
            The kind of record.
        """
        given = dict(said or {})
        if not any(key in KEYS for key in given):
            given = {"columns": given}
        strange = next((key for key in given if key not in KEYS), None)
        if strange is not None:
            _refuse(t("A mapping has no {name}.", name=_quoted(strange)), strange, KEYS)
        if given.get("kind", kind) != kind:
            raise WrongUseError(t("This mapping is for records of the kind {kind}.", kind=given["kind"]))
        columns, constants = given.get("columns") or {}, dict(given.get("constants") or {})
        if not isinstance(columns, dict):
            raise WrongUseError(t("`columns` must say for each column which field it is."))
        split = str(given.get("split") or ";")
        dates = str(given.get("dates") or "")
        if dates and dates not in DATES:
            _refuse(t("Dates are not written as {name}.", name=_quoted(dates)), dates, DATES)
        rules = [rule for name, one in columns.items() if (rule := _rule(kind, str(name), one, split)) is not None]
        ignored = [str(name) for name, one in columns.items() if not one]
        if given.get("visibility"):
            constants["visibility"] = given["visibility"]
        for name in constants:
            target(kind, name)
        head = given.get("head")
        sheet = given.get("sheet")
        return cls(
            kind,
            tuple(rules),
            tuple(ignored),
            constants,
            split,
            dates,
            None if sheet is None else str(sheet),
            None if head is None else _whole(head),
        )

    def with_exact(self, columns: Sequence[str]) -> Mapping:
        """Return the mapping with the columns that are called just as a field or its label."""
        rules = [
            Rule(name, target(self.kind, path), self.split)
            for name in columns
            if name not in self.ignored and (path := names_of_fields(self.kind).get(fold(name)))
        ]
        once = {rule.target.path: rule for rule in reversed(rules)}
        return replace(self, rules=tuple(rule for rule in rules if once[rule.target.path] is rule))


def target(kind: str, path: str) -> Target:
    """Return the field that a path means; an error suggests the nearest ones.

    Examples
    --------
    >>> target("project", "partners").column.name, target("project", "handover.advice_nl").block
    ('partner', 'handover')
    >>> target("project", "titel_nl")
    Traceback (most recent call last):
        ...
    labkit.errors.UnknownNameError: A project has no field "titel_nl". Did you mean title_nl?
    """
    found = _targets(kind).get(path)
    if found is None:
        said = t("A {kind} has no field {name}.", kind=KINDS[kind].LABELS(), name=_quoted(path))
        _refuse(said, path, tuple(_targets(kind)))
        raise AssertionError
    return found


@cache
def _targets(kind: str) -> dict[str, Target]:
    """Return every field that a column can be: path -> field."""
    model = KINDS[kind]
    found: dict[str, Target] = {}
    for name in model.order():
        block = block_in(model.model_fields[name].annotation)
        if block is None or not issubclass(block, Block):
            found[name] = Target(name, Column.of(model, name))
        elif "list[" not in str(model.model_fields[name].annotation):
            found |= {
                f"{name}.{inner}": Target(f"{name}.{inner}", Column.of(block, inner), name)
                for inner in block.model_fields
            }
        elif (main := _main_field(block)) is not None:
            found[name] = Target(name, replace(Column.of(block, main), many=True), name, many_blocks=True)
    return found


def _main_field(block: type[Block]) -> str | None:
    """Return the field of a block that names another record, such as the partner of a partner with its role."""
    for name, one in block.model_fields.items():
        marks = [*one.metadata, *marks_in(one.annotation)]
        if any(isinstance(mark, Ref) for mark in marks):
            return name if one.is_required() else None
    return None


@cache
def names_of_fields(kind: str) -> dict[str, str]:
    """Return what columns may be called without a mapping: name or label in the form of `fold` -> path of the field.

    Examples
    --------
    >>> names_of_fields("project")["titel nederlands"]
    'title_nl'
    """
    model: type[Record] = KINDS[kind]
    found: dict[str, str] = {}
    for path in _targets(kind):
        found.setdefault(fold(path), path)
    for path, one in _targets(kind).items():
        if one.block and not one.many_blocks:
            continue  # a label such as "Advice" alone does not say of which block
        label = label_of(model.model_fields[path].json_schema_extra)
        for text in (label.nl, label.en):
            found.setdefault(fold(text), path)
    return found


def _rule(kind: str, name: str, one: Any, split: str) -> Rule | None:
    if not one:
        return None
    said = {"field": one} if isinstance(one, str) else one
    if not isinstance(said, dict) or not isinstance(said.get("field"), str):
        raise WrongUseError(t("Column {name}: say which field it is, as field: title_nl.", name=_quoted(name)))
    found = target(kind, said["field"])
    values = said.get("values") or {}
    if not isinstance(values, dict):
        raise WrongUseError(t("Column {name}: `values` must say for each word what it means.", name=_quoted(name)))
    constants = {key: value for key, value in said.items() if key not in ("field", "split", "values")}
    known = _block_fields(kind, found)
    for key in constants:
        if key not in known:
            _refuse(
                t("Column {name} cannot say {key}.", name=_quoted(name), key=_quoted(key)),
                str(key),
                ("split", "values", *known),
            )
    words = {fold(str(word)): value for word, value in values.items()}
    return Rule(name, found, str(said.get("split") or split), words, constants)


def _block_fields(kind: str, found: Target) -> tuple[str, ...]:
    if not found.many_blocks:
        return ()
    block = block_in(KINDS[kind].model_fields[found.block].annotation)
    assert block is not None
    return tuple(name for name in block.model_fields if name != found.column.name)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdigit() or int(value) < 1:
        raise WrongUseError(t("`head` must be the number of a row, from 1."))
    return int(value)


def _quoted(value: object) -> str:
    return f'"{value}"'


def _refuse(said: str, wanted: str, known: Sequence[str]) -> None:
    near = nearest(wanted, known)
    hint = (
        t("Did you mean {names}?", names=t(" or ").join(near))
        if near
        else t("Choose from {names}.", names=", ".join(known))
    )
    raise UnknownNameError(f"{said} {hint}", near)
