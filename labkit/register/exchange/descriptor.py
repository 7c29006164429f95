"""The descriptor of the tables, `datapackage.json`: a Frictionless Data Package that says what each column may hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from labkit.language import t
from labkit.register.exchange.about import About
from labkit.register.exchange.column import Column
from labkit.register.exchange.layout import Table
from labkit.register.records import KINDS
from labkit.register.settings import Settings
from labkit.texts import Text

DESCRIPTOR = "datapackage.json"
#: What this form of the tables is called, so that a later one can still read it.
FORM, VERSION = "labkit-register-tables", 1

_REFERS_TO = {kind: model.FOLDER for kind, model in KINDS.items()} | {"programme": "programmes"}


def descriptor(tables: Iterable[Table], settings: Settings, about: About, audience: str) -> dict[str, Any]:
    """Return the descriptor of some tables.

    Parameters
    ----------
    tables : iterable of Table
        The tables, in the order in which they are listed.
    settings : Settings
        Those of the register.
    about : About
        Title and terms of the export.
    audience : str
        Who may see what is in them.

    Examples
    --------
    >>> from labkit.register.exchange.layout import record_tables
    >>> made = descriptor(record_tables(), Settings(), About(), "public")
    >>> made["resources"][2]["schema"]["foreignKeys"][0]["reference"]["resource"]
    'programmes'
    """
    licence = {"name": about.licence, "path": about.licence_page} if about.licence_page else None
    said = {
        "profile": "data-package",
        "name": "register",
        "title": about.title("en"),
        "title_nl": about.title("nl"),
        "description": about.told("en"),
        "description_nl": about.told("nl"),
        "licenses": [licence] if licence else None,
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else None,
        "labkit": {
            "form": FORM,
            "version": VERSION,
            "audience": audience,
            # The settings of the register, to be read back.
            "title": _both(settings.titles),
            "note": _both(settings.note),
            "licence": settings.licence,
        },
        "resources": [_resource(table) for table in tables],
    }
    return {name: value for name, value in said.items() if value is not None}


def descriptor_text(said: dict[str, Any]) -> bytes:
    """Return a descriptor as the bytes of its file."""
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [_foreign_key(table, column) for column in table.columns if _is_foreign(column)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": table.title("en"),
        "title_nl": table.title("nl"),
        "schema": schema,
    }


def _is_foreign(column: Column) -> bool:
    return not column.many and column.ref is not None and column.ref.kind in _REFERS_TO


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    assert column.ref is not None
    other = _REFERS_TO[column.ref.kind]
    # A table that refers to itself has no name there, says the standard.
    reference = {"resource": "" if other == table.name else other, "fields": ["id"]}
    return {"fields": [column.name], "reference": reference}


def _field(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.many else {"flag": "boolean", "mixed": "string"}.get(column.kind, _type(column)),
        "title": column.label("en"),
        "title_nl": column.label("nl"),
        "description": _help(column, "en"),
        "description_nl": _help(column, "nl"),
        "rdfType": f"https://schema.org/{column.standard[7:]}" if column.standard.startswith("schema:") else "",
        "constraints": _constraints(column),
    }
    if column.kind == "flag" and not column.many:
        said |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.many:
        said["separator"] = ";"
    return {name: value for name, value in said.items() if value not in ("", {})}


def _type(column: Column) -> str:
    return column.kind if column.kind in ("integer", "number") else "string"


def _constraints(column: Column) -> dict[str, Any]:
    if column.many:
        return {"pattern": pattern} if (pattern := _pattern_of_many(column)) else {}
    said: dict[str, Any] = {
        "required": column.required or None,
        "enum": list(column.allowed) or None,
        "pattern": column.pattern or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    return {name: value for name, value in said.items() if value is not None}


def _pattern_of_many(column: Column) -> str:
    """Return what a cell with several values must look like; "" if they may be anything."""
    if column.allowed:
        item = f"({'|'.join(column.allowed)})"
    elif column.kind == "integer":
        item = r"\d+"
    elif column.pattern and column.ref is not None:
        item = f"({column.pattern[1:-1]})"
    else:
        return column.pattern
    return f"^{item}(;{item})*$"


def _help(column: Column, language: str) -> str:
    parts = [column.help(language)] if column.help.nl or column.help.en else []
    if column.many:
        parts.append(t("Several values are separated by a semicolon.", language))
    return " ".join(parts)


def _both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
