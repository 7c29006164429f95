"""The register as an RO-Crate: the tables, with one file beside them that tells programs what it is all about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit import look
from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import t
from labkit.register import when
from labkit.register.exchange.about import About
from labkit.register.exchange.audience import for_audience
from labkit.register.exchange.bundle import save_bundle
from labkit.register.exchange.layout import all_tables
from labkit.register.exchange.schemaorg import Entity, Graph, compact, in_order, iri
from labkit.register.exchange.tables import table_files
from labkit.register.records import KINDS
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    from labkit.areas import Areas
    from labkit.register.book import Book

METADATA, PREVIEW, DATA = "ro-crate-metadata.json", "ro-crate-preview.html", "data"
VERSIONS = ("1.2", "1.1")
_MEDIA = {".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".html": "text/html"}
_PAGE = (
    "body{margin:0;background:var(--lk-paper);color:var(--lk-ink);font:16px/1.5 var(--lk-font)}"
    "main{max-width:60rem;margin:0 auto;padding:1rem}a{color:inherit}table{margin:1.5rem 0!important}"
    "code{white-space:nowrap}"
)
_NO_LICENCE = "Not stated. Ask the publisher of the register before you reuse it."


def export_rocrate(
    book: Book,
    areas: Areas | None,
    target: str | Path,
    audience: str = "public",
    *,
    about: About | None = None,
    version: str = "1.2",
    published: str | None = None,
    despite_names: bool = False,
) -> Path:
    """Write the records as an RO-Crate: the CSV tables, a page for people, and JSON-LD for programs.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas or None
        The areas of the city, for the names of places.
    target : str or Path
        A new folder, or a file whose name ends in .zip.
    audience : {"public", "partners", "private"}
        For whom; what they may not see is left out.
    about : About, optional
        Title, licence and publisher; from the settings of the register if left out.
    version : {"1.2", "1.1"}
        The version of RO-Crate.
    published : str, optional
        The date of publication, such as 2026-11-23; the last day on which a record was checked if left out.
    despite_names : bool
        Write it although a text contains the name of a record that was left out.

    Returns
    -------
    Path
        The folder or the file.

    Raises
    ------
    WrongUseError
        If no date of publication is given and no record has one.
    """
    if version not in VERSIONS:
        names = t(" or ").join(VERSIONS)
        raise UnknownNameError(t("There is no RO-Crate {version} here. Use {names}.", version=version, names=names))
    visible = for_audience(book, audience, despite_names=despite_names)
    return save_bundle(target, crate_files(visible, areas, audience, about, version, published))


def crate_files(
    visible: Book,
    areas: Areas | None,
    audience: str = "public",
    about: About | None = None,
    version: str = "1.2",
    published: str | None = None,
) -> dict[str, bytes]:
    """Return the files of an RO-Crate: path -> contents. The book holds only what the audience may see."""
    about = about or About.of(visible.settings)
    date = _date(visible, published)
    tables = {f"{DATA}/{name}": data for name, data in table_files(visible, areas, audience, about).items()}
    graph = Graph(visible, areas)
    files = [_file(path, data) for path, data in tables.items()]
    entities = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": f"https://w3id.org/ro/crate/{version}"},
        },
        _root(graph, about, date, files),
        *files,
    ]
    known = {one["@id"] for one in entities}
    entities += [one for one in in_order(graph) if one["@id"] not in known]
    said = {"@context": f"https://w3id.org/ro/crate/{version}/context", "@graph": entities}
    metadata = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return {METADATA: metadata, PREVIEW: _preview(visible, about, files, date).encode("utf-8"), **tables}


def _root(graph: Graph, about: About, date: str, files: Iterable[Entity]) -> Entity:
    publisher = None
    if about.publisher in graph.book:
        publisher = graph.ref(about.publisher)
    elif about.publisher:
        publisher = graph.add({"@id": "#publisher", "@type": "Organization", "name": about.publisher})
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title("en"),
        "alternateName": about.title("nl") if about.title("nl") != about.title("en") else None,
        "description": compact([about.told("en"), about.told("nl")]),
        "datePublished": date,
        "license": graph.licence(about.licence) or _NO_LICENCE,
        "publisher": publisher,
        "hasPart": [{"@id": one["@id"]} for one in files],
        "mentions": graph.records() or None,
    }
    return {name: value for name, value in root.items() if value is not None}


def _file(path: str, data: bytes) -> Entity:
    titles = {f"{DATA}/{table.file}": table.title for table in all_tables()}
    name = path.removeprefix(f"{DATA}/")
    title = titles.get(path)
    return {
        "@id": iri(path),
        "@type": "File",
        "name": title("en") if title else name,
        "description": f"{title('en')} / {title('nl')}" if title else f"Part of the tables: {name}",
        "encodingFormat": _MEDIA[Path(path).suffix],
        "contentSize": str(len(data)),
    }


def _date(book: Book, published: str | None) -> str:
    if published is not None:
        try:
            return when.parse(published)
        except ValueError as error:
            raise WrongUseError(f"published: {error}") from None
    checked = [one.checked_on for one in book if one.checked_on and one.checked_on != UNKNOWN]
    if checked:
        return str(max(checked))
    starts = [date for one in book if (date := getattr(one, "start", None)) and date != UNKNOWN]
    if not starts:
        raise WrongUseError(
            t("No record says when it was last checked. Say when this is published: published='2026-11-23'.")
        )
    return str(max(starts))


def _preview(book: Book, about: About, files: Iterable[Mapping[str, Any]], date: str) -> str:
    """Return a page that says in two languages what is in the crate."""
    rows = "".join(
        f"<tr><td><a href='{escape(one['@id'])}'>{escape(one['@id'])}</a></td><td>{escape(one['name'])}</td></tr>"
        for one in files
    )
    parts = [
        f"<h1>{escape(about.title('en'))}</h1><p lang='nl'><strong>{escape(about.title('nl'))}</strong></p>",
        f"<p>{escape(about.told('en'))}</p><p lang='nl'>{escape(about.told('nl'))}</p>",
        f"<p>{escape(date)}. {escape(about.licence or _NO_LICENCE)}</p>",
        f"<table><caption>Files / bestanden</caption><tbody>{rows}</tbody></table>",
    ]
    for kind in KINDS.values():
        rows = "".join(
            f"<tr><td><code>{escape(one.id)}</code></td><td>{escape(_title(one))}</td></tr>" for one in book.of(kind)
        )
        name = f"{kind.PLURALS.en.capitalize()} / {kind.PLURALS.nl}"
        parts.append(f"<table><caption>{escape(name)}: {len(book.of(kind))}</caption><tbody>{rows}</tbody></table>")
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(about.title('en'))}</title><style>{look.css()}\n{_PAGE}</style>{look.TABLE_STYLE}</head>"
        f"<body><main class='lk-result'>{''.join(parts)}</main></body></html>\n"
    )


def _title(record: Any) -> str:
    for name in ("title_en", "title_nl", "name", "statement_en", "statement_nl"):
        if getattr(record, name, None):
            return str(getattr(record, name))
    return str(record.id)
