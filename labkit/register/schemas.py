"""The JSON Schema of every kind of record, for editors and other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from labkit.register.records import KINDS, Block
from labkit.saving import save_text

FOLDER = "schemas"


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of record.

    An editor that knows YAML schemas offers the fields and their values from it, with their Dutch and English help.

    Parameters
    ----------
    kind : str
        "question", "offer", "project", "partner", "agreement" or "outcome".

    Examples
    --------
    >>> schema = json_schema("project")
    >>> schema["required"][:3], schema["properties"]["kind"]["enum"][0]
    (['id', 'visibility', 'programme'], 'thesis')
    """
    model = KINDS[kind]
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    for block, found in [(model, schema), *((one, definitions[one.__name__]) for one in _blocks(model))]:
        found["title"] = found.get("title", block.__name__)
        pairs = [[{"required": [f"{name}_nl"]}, {"required": [f"{name}_en"]}] for name in block.NEEDS_TEXT]
        if pairs:
            found["allOf"] = [{"anyOf": pair} for pair in pairs]
    order = {name: schema["properties"][name] for name in model.order()}
    required = [name for name in order if name in schema.get("required", [])]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": model.LABELS("en").capitalize()}
    return {**head, **schema, "title": head["title"], "properties": order, "required": required}


def schema_text(kind: str) -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def write_schemas(register: Path) -> list[Path]:
    """Write the schemas of all kinds into the folder of a register."""
    folder = register / FOLDER
    folder.mkdir(exist_ok=True)
    return [save_text(folder / f"{kind}.schema.json", schema_text(kind)) for kind in KINDS]


def _blocks(model: type[Block]) -> Iterator[type[Block]]:
    """Yield the classes of the blocks inside a class of records."""
    from labkit.register.fields import block_in

    for found in model.model_fields.values():
        block = block_in(found.annotation)
        if block is not None and issubclass(block, Block):
            yield block
            yield from _blocks(block)
