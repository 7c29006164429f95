"""The JSON Schema of the format: the settings of an assignment, and the lines that are its markers.

`format.schema.json` beside this file is what `schema_text` gives; a test keeps the two the same. To write it anew:
``python -m labkit.assignments.schema``.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

from labkit.assignments.header import Header, Limits
from labkit.assignments.markers import BLOCKS, KEYS, WORDS
from labkit.saving import save_text

#: Where the schema stands.
FILE = Path(__file__).with_name("format.schema.json")

_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
_POINTS = r"\d+([.]\d+)?(\s*(points?|punten|punt))?"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the settings; the lines of the markers stand under `$defs`.

    Examples
    --------
    >>> schema = json_schema()
    >>> schema["required"], schema["properties"]["languages"]["items"]["enum"]
    (['assignment'], ['nl', 'en'])
    """
    schema = Header.model_json_schema()
    definitions = schema.pop("$defs")
    for model, found in ((Header, schema), (Limits, definitions["Limits"])):
        for name, text in _described(model).items():
            found["properties"][name]["description"] = text
    # A plain text counts as the title in both languages.
    definitions["Title"] = {"anyOf": [{"type": "string"}, definitions["Title"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The settings of an assignment of labkit",
        "description": "What stands in the first cell, a raw one. The lines that mark the other cells are under $defs.",
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
        "$defs": {**definitions, **_markers()},
    }


def _markers() -> dict[str, Any]:
    """Return what a line must look like to be a marker."""
    further = "|".join([_POINTS, *WORDS, f"({'|'.join(KEYS)})\\s*:[^,]*?"])
    rest = rf"\s*(question|check)\s*:\s*{_ID}(\s*,\s*({further}))*\s*"
    blocks = "|".join(BLOCKS)
    return {
        "MarkerOfCode": {
            "description": "The first line of an answer cell or a check cell of code.",
            "type": "string",
            "pattern": rf"^\s*#+{rest}$",
        },
        "MarkerOfText": {
            "description": "The first line of a written answer.",
            "type": "string",
            "pattern": rf"^\s*<!--{rest}-->\s*$",
        },
        "Block": {
            "description": "The lines around a solution, hidden tests and a mark scheme.",
            "type": "string",
            "pattern": rf"^\s*(#+|<!--)?\s*=*\s*(BEGIN|END) ({blocks})\s*=*\s*(-->|#+)?\s*$",
        },
        "Language": {
            "description": "The first line of a text cell for one language.",
            "type": "string",
            "pattern": r"^\s*<!--\s*language\s*:\s*(nl|en)\s*-->\s*$",
        },
    }


def _described(model: type) -> dict[str, str]:
    """Return what the docstring of a model says of each of its fields."""
    found: dict[str, str] = {}
    for names, text in re.findall(
        r"^(\w[\w, ]*) : [^\n]*\n((?:[ ]{4}.*\n?)+)", inspect.getdoc(model) or "", re.MULTILINE
    ):
        found |= {name.strip(): " ".join(text.split()) for name in names.split(",")}
    return found


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    save_text(FILE, schema_text())
