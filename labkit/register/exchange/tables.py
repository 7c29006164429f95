"""The register as CSV tables with a descriptor: a Frictionless Data Package that can be read back without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.register.exchange.about import About
from labkit.register.exchange.audience import for_audience
from labkit.register.exchange.bundle import save_bundle
from labkit.register.exchange.cells import guard, write_csv
from labkit.register.exchange.descriptor import DESCRIPTOR, descriptor, descriptor_text
from labkit.register.exchange.layout import (
    AREAS,
    HOLDER,
    LINKS,
    PLACE,
    PROGRAMMES,
    VOCABULARIES,
    Table,
    block_tables,
    record_tables,
)
from labkit.register.records import KINDS, Project
from labkit.register.settings import Settings
from labkit.register.vocabularies import UNKNOWN, Vocabulary

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

README = "README.md"
#: These programmes exist in every register.
_ALWAYS = ("other", UNKNOWN)


def export_tables(
    book: Book,
    areas: Areas | None,
    target: str | Path,
    audience: str = "public",
    *,
    about: About | None = None,
    despite_names: bool = False,
) -> Path:
    """Write the records as CSV tables with a descriptor.

    One table a kind of record, one for each block that records can hold (such as the partners of a project), all
    relations in `links.csv`, and what codes and values mean in `areas.csv` and `vocabularies.csv`.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas or None
        The areas of the city, for their names.
    target : str or Path
        A new folder, or a file whose name ends in .zip.
    audience : {"public", "partners", "private"}
        For whom; what they may not see is left out.
    about : About, optional
        Title and terms; from the settings of the register if left out.
    despite_names : bool
        Write it although a text contains the name of a record that was left out.

    Returns
    -------
    Path
        The folder or the file.

    Examples
    --------
    >>> import tempfile
    >>> from labkit.register.book import Book
    >>> from labkit.register.records import Partner
    >>> made = Book([Partner(id="org-x", visibility="public", name="X", kind="other")])
    >>> with tempfile.TemporaryDirectory() as place:
    ...     (export_tables(made, None, Path(place) / "made") / "partners.csv").read_text().splitlines()[1]
    'org-x,public,X,,,other,,,,,,,,,,,,,'
    """
    visible = for_audience(book, audience, despite_names=despite_names)
    return save_bundle(target, table_files(visible, areas, audience, about))


def table_files(
    visible: Book, areas: Areas | None, audience: str = "public", about: About | None = None
) -> dict[str, bytes]:
    """Return the files of the tables: name -> contents. The book holds only what the audience may see."""
    about = about or About.of(visible.settings)
    tables = {
        **{table: _record_rows(visible, table) for table in record_tables()},
        **{table: _block_rows(visible, table) for table in block_tables()},
        LINKS: _link_rows(visible),
        PROGRAMMES: _programme_rows(visible),
        AREAS: _area_rows(visible, areas),
        VOCABULARIES: _vocabulary_rows(),
    }
    files = {
        DESCRIPTOR: descriptor_text(descriptor(tables, visible.settings, about, audience)),
        README: _readme(tables, about, audience).encode("utf-8"),
    }
    for table, rows in tables.items():
        names = [column.name for column in table.columns]
        files[table.file] = write_csv(names, ([guard(cell) for cell in row] for row in rows))
    return files


def _record_rows(book: Book, table: Table) -> Iterator[list[str]]:
    for record in book.of(KINDS[table.kind]):
        yield [column.write(getattr(record, column.name)) for column in table.columns]


def _block_rows(book: Book, table: Table) -> Iterator[list[str]]:
    for record in book.of(KINDS[table.kind]):
        held = getattr(record, table.field)
        for place, block in enumerate(held if table.many else [held] if held else [], start=1):
            first = {HOLDER: record.id, PLACE: place}
            yield [
                column.write(first[column.name] if column.name in first else getattr(block, column.name))
                for column in table.columns
            ]


def _link_rows(book: Book) -> Iterator[list[str]]:
    for link in book.links:
        yield [getattr(link, column.name) or "" for column in LINKS.columns]


def _programme_rows(book: Book) -> Iterator[list[str]]:
    settings: Settings = book.settings
    used = sorted({one.programme for one in book.of(Project)} - {*settings.programmes, *_ALWAYS})
    for id in (*settings.programmes, *(one for one in _ALWAYS if one not in settings.programmes)):
        label = settings.programmes.get(id)
        texts = (label.nl, label.en) if label else (settings.programme(id, "nl"), settings.programme(id, "en"))
        yield [id, *texts]
    # One that the register does not know has no label, and is read back as unknown to it too.
    yield from ([id, "", ""] for id in used)


def _area_rows(book: Book, areas: Areas | None) -> Iterator[list[str]]:
    for code in sorted({link.object for link in book.links if link.predicate == "located_in"}):
        area = areas[code] if areas is not None and code in areas else None
        yield [code, area.name, area.level, area.parent.code if area.parent else ""] if area else [code, "", "", ""]


def _vocabulary_rows() -> Iterator[list[str]]:
    seen: dict[str, Vocabulary] = {}
    for table in (*record_tables(), *block_tables()):
        for column in table.columns:
            if column.vocabulary is not None:
                seen.setdefault(column.vocabulary.name, column.vocabulary)
    for name, vocabulary in sorted(seen.items()):
        for term in vocabulary:
            yield [name, term.id, term.nl, term.en, term.standard, term.group]


def _readme(tables: Iterable[Table], about: About, audience: str) -> str:
    return "\n".join(_readme_lines(list(tables), about, audience, "en")) + (
        "\n\n---\n\n" + "\n".join(_readme_lines(list(tables), about, audience, "nl")) + "\n"
    )


def _readme_lines(tables: list[Table], about: About, audience: str, language: str) -> Iterator[str]:
    yield f"# {about.title(language)}"
    yield ""
    yield about.told(language)
    yield ""
    yield f"- {t('For whom: {audience}', language, audience=audience)}"
    yield f"- {t('Licence: {licence}', language, licence=about.licence or t('not stated', language))}"
    yield ""
    yield f"| {t('file', language)} | {t('what', language)} |"
    yield "|---|---|"
    for table in tables:
        yield f"| `{table.file}` | {table.title(language)} |"
    yield ""
    yield t("`datapackage.json` says for every column what may stand in it.", language)
    yield t(
        "Several values in one cell are separated by a semicolon; a semicolon that belongs to a value is `\\;`.",
        language,
    )
    yield t(
        "An apostrophe before =, +, - or @ keeps a spreadsheet program from running the text as a formula.", language
    )
    yield t("It is no part of the text: labkit takes it off when it reads the tables back.", language)
    yield t("An empty cell says that nothing is recorded; `unknown` says that somebody looked.", language)
    yield t(
        "`links.csv`, `areas.csv` and `vocabularies.csv` are there to read; changes in them are not read back.",
        language,
    )
