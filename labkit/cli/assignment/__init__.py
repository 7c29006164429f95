"""`labkit assignment`: write, release, collect, grade and give back assignments; one file a command."""

from __future__ import annotations

import typer

from labkit.cli.assignment import (
    check,
    collect,
    districts,
    export,
    feedback,
    grade,
    likeness,
    lint,
    marks,
    records,
    release,
)
from labkit.cli.assignment import (
    map as class_map,
)

app = typer.Typer(help="Write, release, collect, grade and give back assignments.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Write, release, collect, grade and give back assignments."""


app.command("lint")(lint.lint)
app.command("districts")(districts.districts)
app.command("release")(release.release)
app.command("check")(check.check)
app.command("collect")(collect.collect)
app.command("map")(class_map.make_map)
app.command("records")(records.records)
app.command("grade")(grade.grade)
app.command("marks")(marks.marks)
app.command("feedback")(feedback.feedback)
app.command("export")(export.export)
app.command("likeness")(likeness.likeness)
