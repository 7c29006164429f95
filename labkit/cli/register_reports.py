"""What `labkit register` can be asked: check, coverage, results, lineage, match, answer, agreements, export, import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labkit.cli.asked import DEFAULT_CITY, AsJson, City, Folder, Out, opened
from labkit.language import t

if TYPE_CHECKING:
    import pandas as pd

Id = Annotated[str, typer.Argument(help="The id of a record.")]
AnyId = Annotated[str | None, typer.Argument(help="The id of a record; all of them if left out.")]


def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="The folder of a register, or one file in it; the city's own register if left out."),
    ] = None,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--errors-only", help="Leave out the warnings.")] = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Tell every fault with file, line, field and what to do; exit code 1 if there are errors."""
    from labkit.errors import LabkitError
    from labkit.packagechecks.fault import Faults

    if path is not None and not path.is_dir() and not (path.is_file() and path.suffix == ".yaml"):
        raise LabkitError(t("{path} is no folder of a register, and no record in one.", path=path))
    only = path if path is not None and path.is_file() else None
    folder = only.absolute().parent.parent if only is not None else path or register
    faults = opened(city, folder).check()
    if only is not None:
        faults = Faults(one for one in faults if Path(one.file).name == only.name)
    shown = faults.errors if quiet else list(faults)
    if as_json:
        typer.echo(json.dumps([{**one.as_dict(), "field": one.column} for one in shown], ensure_ascii=False, indent=2))
    else:
        for fault in shown:
            typer.echo(str(fault))
        typer.echo(
            t("Errors: {errors}. Warnings: {warnings}.", errors=len(faults.errors), warnings=len(faults.warnings))
        )
    if faults.errors:
        raise typer.Exit(1)


def coverage(
    level: Annotated[str | None, typer.Option("--level", help="district, neighbourhood, municipality ...")] = None,
    start: Annotated[int | None, typer.Option("--from", help="From this year.")] = None,
    end: Annotated[int | None, typer.Option("--to", help="Up to and including this year.")] = None,
    theme: Annotated[list[str] | None, typer.Option("--theme", help="A theme; may be given more than once.")] = None,
    need: Annotated[str | None, typer.Option("--need", help="An indicator of need to set beside the counts.")] = None,
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Say where projects are, where none runs, and what is unknown."""
    result = opened(city, register).coverage(level, start=start, end=end, themes=theme or None, need=need)
    _tell(result, as_json)


def results(
    by: Annotated[str, typer.Option("--by", help="theme, area, programme, year, level or partner")] = "theme",
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Say what came of the projects: outputs, use, change, none, unknown."""
    _tell(opened(city, register).results(by), as_json)


def lineage(
    id: AnyId = None, as_json: AsJson = False, out: Out = None, city: City = DEFAULT_CITY, register: Folder = None
) -> None:
    """Say what projects build on, and what was built on them."""
    _tell(opened(city, register).lineage(id), as_json, out)


def match(id: Id, as_json: AsJson = False, city: City = DEFAULT_CITY, register: Folder = None) -> None:
    """Find offers for a question, or questions for an offer, with reasons for and against."""
    _tell(opened(city, register).match(id), as_json)


def answer(id: Id, out: Out = None, city: City = DEFAULT_CITY, register: Folder = None) -> None:
    """Say in plain words what came of a question, for who asked it."""
    _tell(opened(city, register).answer(id), False, out)


def agreements(
    id: AnyId = None, as_json: AsJson = False, out: Out = None, city: City = DEFAULT_CITY, register: Folder = None
) -> None:
    """Say what was promised in agreements, and what was done for it."""
    _tell(opened(city, register).agreement_report(id), as_json, out)


def export(
    target: Annotated[Path, typer.Argument(help="Where it is written: a folder, or a file such as projects.geojson.")],
    form: Annotated[
        str | None,
        typer.Option("--form", help="tables, geojson, gpkg, rocrate, bibtex or csl; told from the name if left out."),
    ] = None,
    audience: Annotated[
        str, typer.Option("--audience", help="public, partners or private: what may be in it.")
    ] = "public",
    despite_names: Annotated[
        bool, typer.Option("--despite-names", help="Leave in texts that name a record which is not for this audience.")
    ] = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Write the records in a form that other programs read; only public ones unless you say otherwise."""
    typer.echo(str(opened(city, register).export(target, form, audience, despite_names=despite_names)))


def import_(
    path: Annotated[Path, typer.Argument(help="A spreadsheet: CSV or XLSX.")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="A YAML file that says which column is which field.")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="What a row is.")] = "project",
    save: Annotated[
        bool, typer.Option("--save", help="Save the records; without it, only tell what would happen.")
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Only print a mapping to start from.")] = False,
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Read a spreadsheet and tell what importing it would do; --save does it. Exit code 1 if rows are faulty."""
    from rich.progress import Progress

    from labkit.register.reading import decode, read_yaml

    target = opened(city, register)
    said = read_yaml(decode(mapping.read_bytes())) if mapping else {}
    plan = target.plan_import(path, said, kind)
    if draft:
        typer.echo(plan.draft())
        return
    _tell(plan, as_json)
    if save:
        with Progress(transient=True) as bar:
            task = bar.add_task("Saving", total=len(plan.records) or 1)
            count = target.save_all(plan.records, lambda done, of: bar.update(task, completed=done, total=of))
        typer.echo(t("{count} records saved in {path}", count=count, path=target.folder.path))
    if plan.faults:
        raise typer.Exit(1)


def _tell(result: Any, as_json: bool, out: Path | None = None) -> None:
    if out is not None:
        typer.echo(str(result.save(out)))
    elif as_json:
        typer.echo(_as_json(result.table))
    else:
        typer.echo(str(result))


def _as_json(table: pd.DataFrame) -> str:
    rows = json.loads(table.reset_index(drop=True).to_json(orient="records", force_ascii=False, default_handler=str))
    return json.dumps(rows, ensure_ascii=False, indent=2)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the group."""
    for command in (check, coverage, results, lineage, match, answer, agreements, export):
        app.command(command.__name__)(command)
    app.command("import")(import_)
