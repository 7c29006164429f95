"""Records as tables: one row a record, for who works with pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labkit.register import when
from labkit.register.labels import place_shown
from labkit.register.records import KINDS, Block, Outcome, Project, Record
from labkit.register.vocabularies import STAGES, UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

    from labkit.areas import Areas
    from labkit.register.book import Book

#: How far an outcome reached, from least to most.
_REACH = ("none", "output", "use", "change")


def table(book: Book, kind: str, areas: Areas | None = None) -> pd.DataFrame:
    """Return the records of a kind as a table.

    Parameters
    ----------
    book : Book
        The records.
    kind : str
        The kind of record.
    areas : Areas, optional
        For the names of places.

    Returns
    -------
    DataFrame
        One row a record, the id as index. First `title` in the current language and what is asked for most:
        for projects `year` (of the start; missing if unknown), `place` and `furthest_stage` (of its outcomes;
        "unknown" where none is recorded). Then every field. A field with several values holds a list; blocks
        such as `handover` are spread over columns such as `handover.open_ends_en`; of partners and parties the
        ids are listed (their roles are in `Register.links`). What is not filled in is missing, never 0.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").register.agreements.loc["ag-subsidie-leren-met-de-stad-2023", "amount_eur"]
    500000
    """
    import pandas as pd

    model = KINDS[kind]
    rows = [{**_first(book, one, areas), **_flat(one)} for one in book.of(model)]
    names = [*_first_names(model), *_columns(model)]
    used = {name for row in rows for name in row}
    columns = [name for name in names if "." not in name or name in used]
    frame = pd.DataFrame(rows, columns=["id", *columns], dtype=object).set_index("id")
    for name in ("year", "students", "places"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return frame


def links_table(book: Book) -> pd.DataFrame:
    """Return every relation: subject, predicate, object, role, start, end, source."""
    import pandas as pd

    names = ["subject", "predicate", "object", "role", "start", "end", "source"]
    return pd.DataFrame([[getattr(link, name) for name in names] for link in book.links], columns=names)


def furthest_stage(outcomes: list[Outcome]) -> str:
    """Return how far outcomes reached: "change", "use", "output", "none", or "unknown".

    Examples
    --------
    >>> furthest_stage([])
    'unknown'
    """
    stages = [one.stage for one in outcomes if one.stage in _REACH]
    return max(stages, key=_REACH.index) if stages else STAGES[UNKNOWN].id


def _first_names(model: type[Record]) -> list[str]:
    names = ["title"]
    if model is Project:
        names += ["year", "place", "furthest_stage"]
    elif "scope" in model.model_fields:
        names += ["place"]
    return names


def _first(book: Book, record: Record, areas: Areas | None) -> dict[str, Any]:
    row: dict[str, Any] = {"title": record.title}
    if isinstance(record, Project):
        row["year"] = when.year(record.start)
        row["furthest_stage"] = furthest_stage(book.outcomes_of(record.id))
    if "scope" in type(record).model_fields:
        row["place"] = place_shown(record, areas)  # type: ignore[arg-type]
    return row


def _columns(model: type[Record]) -> list[str]:
    from labkit.register.fields import block_in

    names = []
    for name in model.order():
        found = model.model_fields[name]
        block = block_in(found.annotation)
        if name == "id":
            continue
        if block is not None and "list[" not in str(found.annotation):
            names += [f"{name}.{inner}" for inner in block.model_fields]
        else:
            names.append(name)
    return names


def _flat(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in record.order():
        value = getattr(record, name)
        if isinstance(value, Block):
            row |= {f"{name}.{inner}": one for inner, one in value.as_dict().items()}
        elif isinstance(value, list) and value and isinstance(value[0], Block):
            row[name] = [next(iter(one.as_dict().values())) for one in value]
        elif value is not None:
            row[name] = value
    return row
