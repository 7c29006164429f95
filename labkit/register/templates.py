"""An empty record with a line of help at every field, for who has only a text editor."""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from labkit.register.fields import PREFIXES, OneOf, block_in, help_of, label_of, marks_in
from labkit.register.records import KINDS, Block
from labkit.saving import save_text

FOLDER = "templates"


def template(kind: str, language: str = "nl") -> str:
    """Return the text of an empty record.

    Fields that must be filled stand open; the others stand behind a `#`, to be taken away.

    Parameters
    ----------
    kind : str
        The kind of record.
    language : {"nl", "en"}
        The language of the help.

    Examples
    --------
    >>> print(template("partner", "en").splitlines()[0])
    # yaml-language-server: $schema=../schemas/partner.schema.json
    """
    model = KINDS[kind]
    lines = [
        f"# yaml-language-server: $schema=../schemas/{kind}.schema.json",
        *_instructions(kind, model.FOLDER, language),
    ]
    for name in model.order():
        lines += ["", *_field(model, name, language)]
    return "\n".join(lines) + "\n"


def write_templates(register: Path) -> list[Path]:
    """Write the templates of all kinds, in Dutch and English, into the folder of a register."""
    folder = register / FOLDER
    folder.mkdir(exist_ok=True)
    return [
        save_text(folder / f"{kind}.{language}.yaml", template(kind, language))
        for kind in KINDS
        for language in ("nl", "en")
    ]


def _instructions(kind: str, folder: str, language: str) -> list[str]:
    prefix = PREFIXES[kind]
    if language == "nl":
        return [
            "#",
            f"# Zo gebruik je dit: kopieer dit bestand naar {folder}/{prefix}-een-korte-naam.yaml, en zet die naam",
            "# (zonder .yaml) bij id. Vul in wat je weet. Haal # weg voor wat je ook wilt invullen.",
            "# Weet je iets niet wat moet? Schrijf unknown. Namen van personen horen hier niet.",
        ]
    return [
        "#",
        f"# How to use this: copy this file to {folder}/{prefix}-a-short-name.yaml, and write that name",
        "# (without .yaml) at id. Fill in what you know. Take # away where you want to fill in more.",
        "# Something must be filled and you do not know it? Write unknown. Names of persons do not belong here.",
    ]


def _field(model: type[Block], name: str, language: str) -> list[str]:
    found = model.model_fields[name]
    both = name in _one_of_two(model)
    head = f"{label_of(found.json_schema_extra)(language)}{_must(found.is_required(), both, language)}."
    hint = help_of(found.json_schema_extra)(language)
    lines = [f"# {head} {hint}".rstrip(), *(f"#   {one}" for one in _choices(found, language))]
    mark = "" if found.is_required() or both else "# "
    return [*lines, *(f"{mark}{one}" for one in _empty(found, name))]


def _must(required: bool, both: bool, language: str) -> str:
    if both:
        return " (een van de twee talen moet)" if language == "nl" else " (one of the two languages must be filled)"
    if required:
        return " (moet)" if language == "nl" else " (must be filled)"
    return ""


def _one_of_two(model: type[Block]) -> list[str]:
    return [f"{name}_{language}" for name in model.NEEDS_TEXT for language in ("nl", "en")]


def _choices(found: FieldInfo, language: str) -> list[str]:
    marks = [*found.metadata, *marks_in(found.annotation)]
    words = next((one.vocabulary for one in marks if isinstance(one, OneOf)), None)
    return [f"{term.id}: {term.label(language)}" for term in words] if words else []


def _empty(found: FieldInfo, name: str) -> list[str]:
    block = block_in(found.annotation)
    many = "list[" in str(found.annotation)
    if block is not None:
        names = list(block.model_fields)
        first, rest = ("  - ", "    ") if many else ("  ", "  ")
        return [f"{name}:", *(f"{first if n == 0 else rest}{one}:" for n, one in enumerate(names))]
    return [f"{name}:", "  -"] if many else [f"{name}:"]
