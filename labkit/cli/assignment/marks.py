"""`labkit assignment marks`: sheets and pages in which a person gives points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from labkit.assignments.marking import Written


def marks(
    results: Annotated[Path, typer.Argument(help="The folder that labkit assignment grade wrote.")],
    question: Annotated[
        list[str] | None,
        typer.Option("--question", help="Only this question; may be given more than once."),
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Call students by a pseudonym, kept in pseudonyms.csv.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--source", help="The assignment: its mark schemes stand beside the answers.")
    ] = None,
    take: Annotated[
        list[Path] | None,
        typer.Option("--from", help="A sheet that was filled in elsewhere; may be given more than once."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON, for programs.")] = False,
    language: Annotated[
        str, typer.Option("--language", help='nl or en; a sheet in nl has ";" and decimal commas, as Excel expects.')
    ] = "en",
) -> None:
    """Write a sheet (CSV) and a page (HTML) for each question that a person marks.

    What was filled in before stays. Exit code 1 if something in the sheets is no mark, or belongs to nobody.
    """
    from labkit.assignments.marking import write_marks
    from labkit.assignments.marks import read_marks
    from labkit.assignments.results_folder import read_results
    from labkit.errors import LabkitError
    from labkit.language import speaking

    with speaking(language):
        schemes = _schemes(results, source) if source else None
        written = write_marks(
            results,
            read_results(results),
            question or (),
            anonymous=anonymous,
            language=language,
            schemes=schemes,
            take=take or (),
        )
        try:
            read_marks(results)
            faults = []
        except LabkitError as error:
            faults = str(error).split("\n")
        unknown = sorted({who for one in written for who in one.unknown})
        if as_json:
            typer.echo(json.dumps(_data(written, faults), ensure_ascii=False, indent=2))
        else:
            _tell(written, [*(_nobody(who) for who in unknown), *faults])
    if faults or unknown:
        raise typer.Exit(1)


def _schemes(results: Path, source: Path) -> dict[str, str]:
    """Return the mark schemes, and keep what is public beside the results: feedback takes its titles from there."""
    from labkit.assignments.assignment import open_assignment
    from labkit.assignments.companion import NAME
    from labkit.assignments.release.public import companion
    from labkit.saving import save_text

    assignment = open_assignment(source)
    if not (results / NAME).exists():  # of results that another program wrote
        save_text(results / NAME, companion(assignment, assignment.header.languages).as_json())
    return {one.id: one.scheme for one in assignment.questions}


def _nobody(who: str) -> str:
    from labkit.language import t

    return t("{who} has a row in a sheet, but no graded hand-in. The row was kept.", who=who)


def _tell(written: list[Written], wrong: list[str]) -> None:
    from labkit.language import t

    for one in written:
        typer.echo(
            t(
                "{sheet}: {marked} of {answers} marked. Fill it in, or open {page} in a browser.",
                sheet=one.sheet,
                marked=one.marked,
                answers=one.answers,
                page=one.page.name,
            )
        )
        if one.taken:
            typer.echo(t("Rows taken in: {count}.", count=one.taken))
    if not written:
        typer.echo(t("No question of this assignment is marked by a person."))
    for line in wrong:
        typer.echo(line, err=True)


def _data(written: list[Written], faults: list[str]) -> dict[str, Any]:
    sheets = [
        {
            "question": one.question,
            "sheet": str(one.sheet),
            "page": str(one.page),
            "answers": one.answers,
            "marked": one.marked,
            "taken": one.taken,
            "unknown": list(one.unknown),
        }
        for one in written
    ]
    return {"sheets": sheets, "faults": faults}
