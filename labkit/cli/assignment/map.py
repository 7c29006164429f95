"""`labkit assignment map`: what the class found, on a map that fills as hand-ins come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from labkit.language import t


def make_map(
    results: Annotated[Path, typer.Argument(help="The folder that labkit assignment grade wrote.")],
    out: Annotated[Path, typer.Option("--out", help="The page that is written: one file, works without a network.")],
    question: Annotated[str | None, typer.Option("--question", help="Only this question, such as q1.")] = None,
    assignment: Annotated[
        Path | None,
        typer.Option("--assignment", help="The source or assignment.json: for the city, the titles and the units."),
    ] = None,
    at_least: Annotated[
        int, typer.Option("--at-least", min=1, help="Show a value only if so many hand-ins agree on it.")
    ] = 1,
    right_only: Annotated[
        bool, typer.Option("--right-only", help="Only count answers that pass all their checks.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say what was written as JSON, for programs.")] = False,
    language: Annotated[
        str | None, typer.Option("--language", help="nl or en: the language of the map.", envvar="LABKIT_LANGUAGE")
    ] = None,
) -> None:
    """Draw the class map: how many hand-ins each district has, and the numbers that were found; without names."""
    from labkit.assignments.class_answers import results_of
    from labkit.assignments.class_map import class_map, progress
    from labkit.language import resolve, speaking

    with speaking(resolve(language)):
        read = results_of(results)
        made = class_map(read, question, assignment=assignment, at_least=at_least, right_only=right_only)
        made.save(out)
        table = progress(read, assignment=assignment)
        if as_json:
            layers = [
                {"id": one.indicator, "label": one.about.label(), "missing": one.missing} for one in made.area_layers
            ]
            told = {"written": str(out), "layers": layers, "areas": table.to_dict("records")}
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            typer.echo(
                t(
                    "{count} hand-ins, in {areas} of {all} areas. Written: {path}",
                    count=int(table["handed_in"].sum()),
                    areas=int((table["handed_in"] > 0).sum()),
                    all=len(table),
                    path=out,
                )
            )
