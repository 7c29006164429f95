"""`labkit assignment export`: points for the gradebook of Brightspace or Canvas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from labkit.assignments.grade_exports import Export


def export(
    results: Annotated[Path, typer.Argument(help="The folder that labkit assignment grade wrote.")],
    roster: Annotated[Path, typer.Option("--roster", help="A CSV file with the ids of the platform.")],
    platform: Annotated[str, typer.Option("--for", help="brightspace or canvas.")],
    item: Annotated[
        str, typer.Option("--item", help='The grade item as it is called there; in Canvas such as "Week 1 (12345)".')
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="The CSV file; RESULTS/grades-<platform>.csv if left out.")
    ] = None,
    late: Annotated[
        str, typer.Option("--late", help="report (nothing is taken off) or apply (what the policy says is).")
    ] = "report",
    leave_blank: Annotated[
        bool, typer.Option("--leave-blank", help="Write who cannot have points yet with an empty cell.")
    ] = False,
    language: Annotated[str, typer.Option("--language", help="nl or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON, for programs.")] = False,
) -> None:
    """Write the points of the class as Brightspace or Canvas imports them; a blank is never a 0.

    Exit code 1 if somebody is left out or has no points yet.
    """
    from labkit.assignments.grade_exports import export_grades
    from labkit.assignments.marks import read_marks
    from labkit.assignments.results_folder import read_results
    from labkit.assignments.roster import read_roster
    from labkit.cli.assignment.feedback import outdated
    from labkit.errors import WrongUseError
    from labkit.language import speaking, t

    with speaking(language):
        if late not in ("report", "apply"):
            raise WrongUseError(t("--late is report or apply, not {value}.", value=repr(late)))
        marks = read_marks(results)
        read = list(read_results(results).values())
        graded = [marks.apply(one) for one in read]
        for mark in marks.outdated(read):
            typer.echo(outdated(mark.where), err=True)
        made = export_grades(
            graded, read_roster(roster), platform, item, apply_late=late == "apply", leave_blank=leave_blank
        )
        path = made.save(out or results / f"grades-{platform}.csv")
        reported = [one for one in graded if one.late is not None and one.late.minus > 0 and late != "apply"]
        _tell(made, path, [one.student for one in reported], as_json)
    if made.blank or made.left_out:
        raise typer.Exit(1)


def _tell(made: Export, path: Path, reported: list[str], as_json: bool) -> None:
    from labkit.cli.assignment.feedback import shortened
    from labkit.language import t

    if as_json:
        lists = {"blank": made.blank, "left_out": made.left_out, "notes": made.notes, "late": reported}
        data = {"path": str(path), "count": made.count, **{name: list(one) for name, one in lists.items()}}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    typer.echo(t("{path}: students with points: {count}.", path=path, count=made.count))
    if reported:
        typer.echo(
            t(
                "Late hand-ins: {count}. Nothing was taken off; --late apply does what the policy says.",
                count=len(reported),
            )
        )
    for note in made.notes:
        typer.echo(note)
    empty = [t("Empty: {what}", what=one) for one in made.blank]
    missing = [t("Not in it: {what}", what=one) for one in made.left_out]
    for line in [*shortened(empty), *shortened(missing)]:
        typer.echo(line, err=True)
