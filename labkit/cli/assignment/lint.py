"""`labkit assignment lint`: what is wrong in a source, told without running it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def lint(
    sources: Annotated[list[Path], typer.Argument(help="Notebooks (.ipynb, .py, .md), and folders with these.")],
    as_json: Annotated[bool, typer.Option("--json", help="Give what was found as JSON, for programs.")] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Look for faults in assignments without running them; silent if there are none.

    Exit code 1 if there are errors or warnings; advice alone is no fault.
    """
    from labkit.assignments.lint.lint import lint as look
    from labkit.language import resolve, speaking

    with speaking(resolve(language)):
        findings = look(*sources)
        if as_json:
            found = [one.as_dict() for one in findings]
            typer.echo(json.dumps({"files": findings.files, "findings": found}, ensure_ascii=False, indent=2))
        else:
            for one in findings:
                typer.echo(str(one))
    if not findings.fine:
        raise typer.Exit(1)
