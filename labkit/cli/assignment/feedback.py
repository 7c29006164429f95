"""`labkit assignment feedback`: a page for each student, and one zip for the learning platform."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from labkit.assignments.companion import Companion
    from labkit.assignments.feedback.packing import Packed
    from labkit.assignments.results import Result


def feedback(
    results: Annotated[Path, typer.Argument(help="The folder that labkit assignment grade wrote.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the pages are written; RESULTS/feedback if left out.")
    ] = None,
    distribution: Annotated[
        bool, typer.Option("--distribution", help="Show how the points of the class lie, from five hand-ins on.")
    ] = False,
    zip_for: Annotated[
        str | None, typer.Option("--zip", help="brightspace or canvas: also write the zip that it takes back.")
    ] = None,
    roster: Annotated[Path | None, typer.Option("--roster", help="A CSV file that gives the names.")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--source", help="The assignment, or assignment.json of its release: for titles and maps."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            help="nl or en for all; each student's own if left out. What grading and persons wrote stays as it is.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON, for programs.")] = False,
) -> None:
    """Write what each student gets back: no hidden check, no reference value, nothing of another student.

    Exit code 1 if some students are not in the zip, or a sheet has marks for nobody, or for an earlier answer.
    """
    from rich.progress import track

    from labkit.assignments.feedback.packing import PLATFORMS, pack
    from labkit.assignments.feedback.writing import FEEDBACK, feedback_of, write_feedback
    from labkit.assignments.results_folder import read_results
    from labkit.assignments.roster import read_roster
    from labkit.errors import WrongUseError
    from labkit.language import t

    if zip_for is not None and zip_for not in PLATFORMS:
        raise WrongUseError(t("--zip is brightspace or canvas, not {value}.", value=repr(zip_for)))
    found = read_results(results)
    pages = feedback_of(
        results,
        found,
        distribution=distribution,
        language=language,
        companion=_about(results, source),
        roster=read_roster(roster) if roster else None,
    )
    place = out or results / FEEDBACK
    quiet = as_json or not sys.stdout.isatty()
    written = list(track(write_feedback(pages, place), t("Writing feedback"), total=len(pages), disable=quiet))
    unknown = _of_nobody(results, found)
    first = next(iter(found.values()))
    packed = pack(pages, zip_for, place / f"{first.assignment}-{zip_for}.zip") if zip_for else None
    waits = sum(any(question.waits for question in one.result.questions) for one in pages)
    _tell(place, written, waits, packed, unknown, as_json)
    if unknown or (packed and packed.left_out):
        raise typer.Exit(1)


def _of_nobody(results: Path, found: dict[str, Result]) -> list[str]:
    """Return what is said of marks for somebody without a result, or for an earlier answer."""
    from labkit.assignments.marks import read_marks
    from labkit.language import t

    marks = read_marks(results)
    nobody = [
        t("{where}: there is no result of this student.", where=one.where) for one in marks.unknown(found.values())
    ]
    return nobody + [outdated(one.where) for one in marks.outdated(found.values())]


def outdated(where: str) -> str:
    """Return what is said of a mark that does not count any more."""
    from labkit.language import t

    return t(
        "{where}: the answer was changed after it was marked, so it waits again. Run: labkit assignment marks",
        where=where,
    )


def shortened(lines: list[str]) -> list[str]:
    """Return the first lines of what is told, and how many there are besides."""
    from labkit.language import t

    most = 20
    return lines if len(lines) <= most else [*lines[:most], t("... and {count} more.", count=len(lines) - most)]


def _tell(
    place: Path, written: list[Path], waits: int, packed: Packed | None, unknown: list[str], as_json: bool
) -> None:
    from labkit.language import t

    left_out = packed.left_out if packed else ()
    if as_json:
        data = {
            "pages": [str(one) for one in written],
            "waiting": waits,
            "zip": str(packed.path) if packed else None,
            "files": packed.files if packed else 0,
            "left_out": list(left_out),
            "marks": unknown,
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    typer.echo(t("Pages in {path}: {count}.", count=len(written), path=place))
    if waits:
        typer.echo(t("Pages that say that a person still has to mark something: {count}.", count=waits))
    if packed:
        typer.echo(t("Files in {path}: {count}.", path=packed.path, count=packed.files))
    for line in shortened([*(t("Not in the zip: {what}", what=one) for one in left_out), *unknown]):
        typer.echo(line, err=True)
    if packed and not packed.files:
        typer.echo(t("The zip is empty. Was the work collected from another platform?"), err=True)


def _about(results: Path, source: Path | None) -> Companion | None:
    """Return what is public about the assignment, where it is given or stands beside the results."""
    from labkit.assignments.assignment import open_assignment
    from labkit.assignments.companion import NAME, read_companion
    from labkit.assignments.release.public import companion

    if source is None:
        return read_companion(results / NAME) if (results / NAME).is_file() else None
    if source.suffix == ".json":
        return read_companion(source)
    assignment = open_assignment(source)
    return companion(assignment, assignment.header.languages)
