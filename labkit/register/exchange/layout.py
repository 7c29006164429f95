"""Which tables a register becomes: one a kind of record, one for each block that a record can hold.

Everything is read from the definition of the records, so that a new field is a new column without a word here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from labkit.register.exchange.column import Column
from labkit.register.fields import Ref, block_in, label_of
from labkit.register.records import KINDS, Block, Record
from labkit.texts import Text

#: In a table of blocks: the id of the record that holds the block, and its place among the others from 1.
HOLDER, PLACE = "record", "place"


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes
    ----------
    name : str
        Its name; the file is called so too.
    title : Text
        What it holds.
    columns : tuple of Column
        Its columns.
    key : tuple of str
        The columns that tell a row from all others.
    model : type or None
        The class of the records or blocks.
    kind : str
        The kind of record that a row is, or that holds the block; "" for the other tables.
    field : str
        The field of that record in which the block stands; "" for records themselves.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    model: type[Block] | None = None
    kind: str = ""
    field: str = ""

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def many(self) -> bool:
        """Whether a record can hold several of these blocks."""
        return PLACE in self.key

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that hold fields."""
        return tuple(one for one in self.columns if one.name not in (HOLDER, PLACE)) if self.field else self.columns


@cache
def record_tables() -> tuple[Table, ...]:
    """Return the tables of records, one a kind.

    Examples
    --------
    >>> [table.name for table in record_tables()]
    ['questions', 'offers', 'projects', 'partners', 'agreements', 'outcomes']
    """
    return tuple(_records(kind) for kind in KINDS.values())


@cache
def block_tables() -> tuple[Table, ...]:
    """Return the tables of blocks, one for each field that holds any.

    Examples
    --------
    >>> [table.name for table in block_tables()][:3]
    ['project_ehealth', 'project_partners', 'project_under_agreement']
    """
    return tuple(_blocks(kind, name) for kind in KINDS.values() for name in kind.order() if _block(kind, name))


def _records(kind: type[Record]) -> Table:
    columns = [Column.of(kind, name) for name in kind.order() if not _block(kind, name)]
    if kind.KIND == "project":
        programme = Ref("programme", "")
        columns = [replace(one, ref=programme) if one.name == "programme" else one for one in columns]
    title = Text(nl=kind.PLURALS.nl.capitalize(), en=kind.PLURALS.en.capitalize())
    return Table(kind.FOLDER, title, tuple(columns), ("id",), kind, kind.KIND)


def _blocks(kind: type[Record], name: str) -> Table:
    field, block = kind.model_fields[name], _block(kind, name)
    assert block is not None
    many = "list[" in str(field.annotation)
    holder = Column(
        HOLDER,
        required=True,
        ref=Ref(kind.KIND, ""),
        label=Text(nl=kind.LABELS.nl.capitalize(), en=kind.LABELS.en.capitalize()),
    )
    place = Column(PLACE, "integer", required=True, minimum=1, label=Text(nl="Volgorde", en="Order"))
    columns = [holder, *([place] if many else []), *(Column.of(block, inner) for inner in block.model_fields)]
    label = label_of(field.json_schema_extra)
    title = Text(nl=f"{label.nl} ({kind.PLURALS.nl})", en=f"{label.en} ({kind.PLURALS.en})")
    key = (HOLDER, PLACE) if many else (HOLDER,)
    return Table(f"{kind.KIND}_{name}", title, tuple(columns), key, block, kind.KIND, name)


def _block(kind: type[Record], name: str) -> type[Block] | None:
    found = block_in(kind.model_fields[name].annotation)
    return found if found is not None and issubclass(found, Block) else None


def _plain(name: str, nl: str, en: str, *, required: bool = False, ref: str = "") -> Column:
    label = Text(nl=nl, en=en)
    return Column(name, required=required, label=label, ref=Ref(ref, "") if ref else None)


PROGRAMMES = Table(
    "programmes",
    Text(nl="Programma's", en="Programmes"),
    (_plain("id", "Id", "Id", required=True), _plain("nl", "Nederlands", "Dutch"), _plain("en", "Engels", "English")),
    ("id",),
)
AREAS = Table(
    "areas",
    Text(nl="Gebieden die genoemd worden", en="Areas that are named"),
    (
        _plain("code", "Code", "Code", required=True),
        _plain("name", "Naam", "Name"),
        _plain("level", "Niveau", "Level"),
        _plain("parent", "Ligt in", "Lies in"),
    ),
    ("code",),
)
LINKS = Table(
    "links",
    Text(nl="Verbanden tussen records", en="Relations between records"),
    (
        _plain("subject", "Wie", "Who", required=True),
        _plain("predicate", "Verband", "Relation", required=True),
        _plain("object", "Met wie of wat", "With whom or what", required=True),
        _plain("role", "Rol", "Role"),
        _plain("start", "Vanaf", "From"),
        _plain("end", "Tot en met", "Until"),
        _plain("source", "Bron", "Source"),
        _plain("holder", "Record waarin dit staat", "Record that says so", required=True),
        _plain("field", "Veld waarin dit staat", "Field that says so", required=True),
    ),
    ("holder", "field"),
)
VOCABULARIES = Table(
    "vocabularies",
    Text(nl="Woordenlijsten", en="Vocabularies"),
    (
        _plain("vocabulary", "Woordenlijst", "Vocabulary", required=True),
        _plain("id", "Waarde", "Value", required=True),
        _plain("nl", "Nederlands", "Dutch", required=True),
        _plain("en", "Engels", "English", required=True),
        _plain("standard", "Standaard", "Standard"),
        _plain("group", "Valt onder", "Falls under"),
    ),
    ("vocabulary", "id"),
)


def all_tables() -> tuple[Table, ...]:
    """Return every table of an export, in the order in which they are listed."""
    return (*record_tables(), *block_tables(), LINKS, PROGRAMMES, AREAS, VOCABULARIES)
