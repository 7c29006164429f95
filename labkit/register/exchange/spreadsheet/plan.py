"""What importing a spreadsheet would do, said before anything is done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Given
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.comparison.cells import Cell, text_table
from labkit.errors import UnknownNameError
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.names import fold, nearest
from labkit.register.book import Book
from labkit.register.exchange.spreadsheet.converting import Reader
from labkit.register.exchange.spreadsheet.mapping import Mapping, names_of_fields
from labkit.register.exchange.spreadsheet.personal import about_persons, is_about_persons
from labkit.register.exchange.spreadsheet.rows import Planned, Planner, RowFault, all_faults
from labkit.register.exchange.spreadsheet.sheet import Sheet, read_sheet
from labkit.register.labels import field_label
from labkit.register.records import KINDS, Record

if TYPE_CHECKING:
    import pandas as pd

    from labkit.areas import Areas

ACTIONS = ("new", "changed", "same", "faulty")
#: So many rows and faults are shown at once; the rest is in `.table` and `.faults`.
_SHOWN = 20


@dataclass(frozen=True)
class Suggestion:
    """What a column without a field perhaps is.

    Attributes
    ----------
    column : str
        The column.
    fields : tuple of str
        Fields that look like it; empty if none does.
    example : str
        What stands in it.
    """

    column: str
    fields: tuple[str, ...]
    example: str


@dataclass
class ImportPlan:
    """What importing a spreadsheet would do; nothing has been done yet.

    Attributes
    ----------
    kind : str
        The kind of record.
    rows : list of Planned
        One for each row.
    warnings : list of RowFault
        What asks for a look, such as a column that seems to be about persons.
    suggestions : list of Suggestion
        Columns that no field was found for, and what they perhaps are.
    notes : list of str
        What to know of how the file was read.
    mapping : Mapping
        Which column was read as which field.
    """

    kind: str
    rows: list[Planned]
    warnings: list[RowFault] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mapping: Mapping = field(default_factory=lambda: Mapping("project"))

    @property
    def records(self) -> list[Record]:
        """New and changed records, ready to be saved."""
        return [one.record for one in self.rows if one.record is not None]

    @property
    def faults(self) -> list[RowFault]:
        """What keeps rows from becoming records."""
        return list(all_faults(self.rows))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same and faulty."""
        found = Counter(one.action for one in self.rows)
        return {action: found[action] for action in ACTIONS}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a row of the sheet: row, id, title, action, changed (fields), unknown (fields), faults (how many)."""
        import pandas as pd

        names = ["row", "id", "title", "action", "changed", "unknown", "faults"]
        told = [
            (one.row, one.id, one.title, one.action, ", ".join(one.changes), ", ".join(one.unknown), len(one.faults))
            for one in self.rows
        ]
        return pd.DataFrame(told, columns=names)

    @property
    def fault_table(self) -> pd.DataFrame:
        """One row a fault or warning: severity, row, column, field, message, advice."""
        import pandas as pd

        names = ["severity", "row", "column", "field", "message", "advice"]
        told = [[getattr(one, name) for name in names] for one in (*self.faults, *self.warnings)]
        return pd.DataFrame(told, columns=names)

    @property
    def differences(self) -> pd.DataFrame:
        """One row a field that would change in a record that is there: row, id, field, before, after."""
        import pandas as pd

        told = []
        for one in self.rows:
            if one.action == "changed" and one.record is not None:
                after = one.record.as_dict()
                told += [[one.row, one.id, name, one.before.get(name), after.get(name)] for name in one.changes]
        return pd.DataFrame(told, columns=["row", "id", "field", "before", "after"], dtype=object)

    @property
    def words(self) -> pd.DataFrame:
        """The words that were not understood, the most frequent first: column, field, value, count, perhaps."""
        import pandas as pd

        counts = Counter((one.column, one.field, one.value, one.near) for one in self.faults if one.value)
        told = [
            [column, path, value, count, ", ".join(near)] for (column, path, value, near), count in counts.most_common()
        ]
        return pd.DataFrame(told, columns=["column", "field", "value", "count", "perhaps"])

    def draft(self) -> str:
        """Return a mapping to go on with, as YAML: what was read, what is suggested, and words that need a meaning.

        What is only suggested stands behind a #, so that somebody decides.
        """
        return "\n".join(_draft_lines(self)) + "\n"

    @property
    def title(self) -> str:
        """What would happen, in one line."""
        names = {"new": t("new"), "changed": t("changed"), "same": t("the same"), "faulty": t("faulty")}
        counts = ", ".join(f"{count} {names[action]}" for action, count in self.counts.items() if count)
        label = KINDS[self.kind].PLURALS() if len(self.rows) != 1 else KINDS[self.kind].LABELS()
        return t("Import of {count} {records}: {counts}", count=len(self.rows), records=label, counts=counts or "-")

    def _told(self) -> Iterator[str]:
        yield from self.notes
        for one in self.suggestions:
            if one.fields:
                yield t(
                    "Column {name} was left out. Is it {fields}?",
                    name=f'"{one.column}"',
                    fields=t(" or ").join(one.fields),
                )
            else:
                yield t("Column {name} was left out.", name=f'"{one.column}"')
        shown = [*self.warnings, *self.faults]
        yield from map(str, shown[:_SHOWN])
        if len(shown) > _SHOWN:
            yield t("And {count} more: see .fault_table.", count=len(shown) - _SHOWN)
        if self.counts["changed"]:
            yield t("What would change in records that are there: see .differences.")
        yield t("Nothing has been saved yet.")

    def _body(self) -> tuple[list[str], list[list[Cell]]]:
        heads = [t("Row"), t("What happens"), t("Id"), t("Title"), t("Fields")]
        names = {"new": t("new"), "changed": t("changed"), "same": t("the same"), "faulty": t("faulty")}
        rows = [
            [
                Cell(str(one.row), "n"),
                Cell(names[one.action]),
                Cell(one.id),
                Cell(one.title),
                Cell(", ".join(one.changes) if one.action == "changed" else ""),
            ]
            for one in self.rows[:_SHOWN]
        ]
        return heads, rows

    def __str__(self) -> str:
        more = (
            [t("And {count} more rows: see .table.", count=len(self.rows) - _SHOWN)] if len(self.rows) > _SHOWN else []
        )
        return "\n".join([self.title, "", text_table(*self._body()), *more, "", *self._told()])

    def __repr__(self) -> str:
        return f"<ImportPlan: {self.title}>"

    def _repr_html_(self) -> str:
        heads, rows = self._body()
        head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
        body = "".join(f"<tr>{''.join(one.html for one in row)}</tr>" for row in rows)
        notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self._told())
        return (
            f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table><caption>{escape(self.title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}</div>"
        )


def plan_import(
    book: Book,
    path: str | Path,
    mapping: Given[str, Any] | None = None,
    kind: str = "project",
    areas: Areas | None = None,
) -> ImportPlan:
    r"""Read a spreadsheet and say what importing it would do; nothing is saved.

    A row is a new record unless its id, or its title and year, are those of a record that is there. An empty cell takes
    nothing away from that record. New records are private unless the mapping says otherwise; a field that must be
    filled and that no column gives becomes "unknown" where that is one of its values.

    Parameters
    ----------
    book : Book
        The register as it is.
    path : str or Path
        A CSV file (with commas, semicolons or tabs) or an XLSX file.
    mapping : mapping, optional
        Which column is which field; see `Mapping.of`. Without one, columns that are called as a field or its label
        are read, and others suggested.
    kind : str
        The kind of record that a row is.
    areas : Areas, optional
        The areas of the city, to find places by their names.

    Returns
    -------
    ImportPlan
        The plan, with `.table`, `.faults`, `.suggestions` and the `.records` to be saved.

    Raises
    ------
    SheetError
        If no table can be found in the file.
    UnknownNameError
        If the mapping names a field or column that does not exist.

    Examples
    --------
    >>> import tempfile
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place) / "questions.csv"
    ...     _ = file.write_text("Titel (Nederlands);Thema's;Wijk\nWie komt er?;sociale samenhang;Merenwijk")
    ...     plan = plan_import(leiden.register.book, file, {"columns": {
    ...         "Titel (Nederlands)": "title_nl", "Thema's": "themes", "Wijk": "areas"}}, "question", leiden.areas)
    >>> plan.records[0].areas, plan.records[0].visibility
    (['WK054608'], 'private')
    """
    if kind not in KINDS:
        near = nearest(str(kind), KINDS)
        hint = (
            t("Did you mean {names}?", names=t(" or ").join(near))
            if near
            else t("Choose from {names}.", names=", ".join(KINDS))
        )
        raise UnknownNameError(f"{t('There is no kind of record {kind}.', kind=repr(kind))} {hint}", near)
    wanted = Mapping.of(mapping, kind)
    expected = [*(rule.name for rule in wanted.rules), *wanted.ignored] or names_of_fields(kind)
    sheet = read_sheet(path, expected, wanted.sheet, wanted.head)
    found = _fitted(wanted, sheet) if wanted.rules else wanted.with_exact(sheet.columns)
    planner = Planner(book, found, Reader(book, areas, found.dates))
    rows = [planner.plan(row) for row in sheet.rows]
    return ImportPlan(
        kind,
        rows,
        list(about_persons(sheet, found)),
        list(_suggestions(sheet, found)),
        [*sheet.notes, *_notes(rows)],
        found,
    )


def _fitted(mapping: Mapping, sheet: Sheet) -> Mapping:
    """Return the mapping with the columns as the sheet writes them; an error tells of one that is not there."""
    by_fold = {fold(name): name for name in reversed(sheet.columns)}
    rules = []
    for rule in mapping.rules:
        name = rule.name if rule.name in sheet.columns else by_fold.get(fold(rule.name))
        if name is None:
            near = nearest(rule.name, sheet.columns)
            names = ", ".join(near or sheet.columns)
            hint = t("Did you mean {names}?", names=names) if near else t("There are: {names}.", names=names)
            raise UnknownNameError(f"{t('The sheet has no column {name}.', name=repr(rule.name))} {hint}", near)
        rules.append(replace(rule, name=name))
    return replace(mapping, rules=tuple(rules))


def _suggestions(sheet: Sheet, mapping: Mapping) -> Iterator[Suggestion]:
    used = {rule.name for rule in mapping.rules}
    ignored = {fold(name) for name in mapping.ignored}
    names = names_of_fields(mapping.kind)
    for column in sheet.columns:
        if column in used or fold(column) in ignored or is_about_persons(column):
            continue
        words = [column, *(word for word in fold(column).split() if len(word) > 3)]
        exact = [names[fold(column)]] if fold(column) in names else []
        near = [names[one] for word in words for one in nearest(word, names)]
        example = next((str(row.cells[column]) for row in sheet.rows if column in row.cells), "")
        yield Suggestion(column, tuple(dict.fromkeys([*exact, *near]))[:3], example[:60])


def _notes(rows: list[Planned]) -> Iterator[str]:
    counts = Counter(name for one in rows if one.record is not None for name in one.unknown)
    alike: dict[int, list[str]] = {}
    for name, count in counts.items():
        alike.setdefault(count, []).append(name)
    for count, names in alike.items():
        yield t("Became unknown, as no cell gives it: {fields} (rows: {count}).", fields=", ".join(names), count=count)


def _draft_lines(plan: ImportPlan) -> Iterator[str]:
    yield f"kind: {plan.kind}"
    yield "columns:"
    words: dict[tuple[str, str], dict[str, RowFault]] = {}
    for one in plan.faults:
        if one.value:
            words.setdefault((one.column, one.field), {}).setdefault(one.value, one)
    for rule in plan.mapping.rules:
        path = rule.target.path
        unclear = list(words.get((rule.name, path), {}).values())
        label = field_label(KINDS[plan.kind], path.partition(".")[0])
        if not (unclear or rule.values or rule.constants or rule.split != plan.mapping.split):
            yield f"  {_yaml(rule.name)}: {path}  # {label}"
            continue
        yield f"  {_yaml(rule.name)}:  # {label}"
        yield f"    field: {path}"
        if rule.split != plan.mapping.split:
            yield f"    split: {_yaml(rule.split)}"
        yield from (f"    {key}: {_yaml(value)}" for key, value in rule.constants.items())
        if rule.values or unclear:
            yield "    values:"
        yield from (f"      {_yaml(word)}: {_yaml(value)}" for word, value in rule.values.items())
        for fault in unclear:
            yield f"      # {_yaml(fault.value)}: {' | '.join(fault.near) or '?'}"
    for suggestion in plan.suggestions:
        yield f"  # {_yaml(suggestion.column)}: {' | '.join(suggestion.fields) or '?'}"
    yield from (f"  {_yaml(name)}: null" for name in plan.mapping.ignored)
    if plan.mapping.constants:
        yield "constants:"
        yield from (f"  {name}: {_yaml(value)}" for name, value in plan.mapping.constants.items())
    if plan.mapping.split != ";":
        yield f"split: {_yaml(plan.mapping.split)}"
    yield from (
        f"{name}: {_yaml(value)}"
        for name in ("dates", "sheet", "head")
        if (value := getattr(plan.mapping, name)) not in ("", None)
    )


def _yaml(value: Any) -> str:
    # JSON is YAML, and keeps any text on its line.
    return json.dumps(value, ensure_ascii=False)
