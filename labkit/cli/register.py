"""`labkit register`: look after the records of a city, in a terminal."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from labkit.cli import register_reports as reports
from labkit.cli.asked import DEFAULT_CITY, AsJson, City, Fields, Folder, opened
from labkit.language import t

if TYPE_CHECKING:
    from labkit.register.records import Record
    from labkit.register.register import Register

app = typer.Typer(
    help="Look after the register: questions, offers, projects, partners, agreements, outcomes.", no_args_is_help=True
)


@app.callback()
def _group(
    language: Annotated[
        str | None,
        typer.Option("--language", help="nl or en: the language of what is shown.", envvar="LABKIT_LANGUAGE"),
    ] = None,
) -> None:
    """Look after the register: questions, offers, projects, partners, agreements, outcomes."""
    if language:
        from labkit.language import use

        use(language)


@app.command("copy")
def copy(
    target: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")],
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Copy the register to a folder of your own, to work in."""
    made = opened(city, register).copy(target)
    typer.echo(
        t(
            "{path}: {count} records. Give --register {path} to work in it, or set LABKIT_REGISTER.",
            path=target,
            count=len(made.book),
        )
    )


@app.command("new")
def new(
    kind: Annotated[str, typer.Argument(help="question, offer, project, partner, agreement or outcome")],
    fields: Fields = None,
    title: Annotated[str | None, typer.Option("--title", help="What it is called; for a partner, its name.")] = None,
    language: Annotated[
        str, typer.Option("--language", help="nl or en: the language of the title and of the help in the file.")
    ] = "nl",
    edit_it: Annotated[
        bool, typer.Option("--edit/--no-edit", help="Open the new file in your editor ($EDITOR).")
    ] = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Make a new record: complete if you give all that it needs, else a file to fill in with any editor."""
    from labkit.register.asking import kind_of
    from labkit.register.assigning import assign
    from labkit.register.drafts import start

    from_where, name = opened(city, register), kind_of(kind)
    data = {field: value for field, value in assign(name, fields or []).items() if value is not None}
    if title:
        data[{"partner": "name", "outcome": f"statement_{language}"}.get(name, f"title_{language}")] = title
    made = start(from_where, name, data, language)
    typer.echo(f"{made.path}")
    for fault in made.missing:
        typer.echo(f"  {fault.column}: {fault.message} {fault.advice}")
    if made.missing:
        check = f"labkit register check{_same(city, register)}"
        typer.echo(t("Fill these in with any editor, then: {command}", command=check))
    if edit_it:
        _open(made.path)


@app.command("edit")
def edit(
    id: Annotated[str, typer.Argument(help="The id of a record.")],
    fields: Fields = None,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Change fields of a record (status=finished, end= to empty); without fields, open its file in your editor."""
    from labkit.register.assigning import assign

    from_where = opened(city, register)
    if not fields and from_where.folder.file(id).is_file():
        _open(from_where.folder.file(id))  # also one that cannot be read: that is where it is mended
        return
    record = from_where.record(id)
    changes = _onto(record, assign(record.KIND, fields or []))
    from_where.edit(id, **changes)
    typer.echo(f"{from_where.folder.file(id)}: {', '.join(changes)}")


@app.command("delete")
def delete(
    id: Annotated[str, typer.Argument(help="The id of a record.")],
    outcomes: Annotated[bool, typer.Option("--outcomes", help="With the outcomes of the project.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Even if other records refer to it.")] = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Move a record to the trash folder of the register."""
    place = opened(city, register).delete(id, outcomes=outcomes, force=force)
    typer.echo(t("Now in {path}", path=place))


@app.command("restore")
def restore(
    id: Annotated[str, typer.Argument(help="The id of a record.")], city: City = DEFAULT_CITY, register: Folder = None
) -> None:
    """Take a deleted record back out of the trash."""
    from_where = opened(city, register)
    from_where.restore(id)
    typer.echo(str(from_where.folder.file(id)))


@app.command("merge", hidden=True)
def merge(base: Path, ours: Path, theirs: Path) -> None:
    """Merge three versions of a record for git: git config merge.labkit-register.driver "labkit register merge %O %A %B"."""
    from labkit.register.merging import merge_files

    if not merge_files(base, ours, theirs):
        # As git does it by itself, with marks where the two clash.
        raise typer.Exit(
            subprocess.run(["git", "merge-file", str(ours), str(base), str(theirs)], check=False).returncode and 1
        )


@app.command("show")
def show(
    id: Annotated[str, typer.Argument(help="The id of a record.")],
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Show a record and everything that is linked to it."""
    page = opened(city, register)[id]
    if as_json:
        linked = page.links.to_dict("records")
        _json({**page.record.as_dict(), "kind_of_record": page.record.KIND, "links": linked})
    else:
        typer.echo(str(page))


@app.command("list")
def list_records(
    kind: Annotated[str, typer.Argument(help="question, offer, project, partner, agreement or outcome")],
    fields: Fields = None,
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """List the records of a kind; narrow it with fields, such as theme=safety or area=Stevenshof."""
    from labkit.register.asking import kind_of

    from_where = opened(city, register)
    found = _found(from_where, "", [*(fields or []), f"kind={kind_of(kind)}"])
    _listed([from_where.book[one] for one in found], as_json)


@app.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Words, in Dutch or English.")],
    fields: Fields = None,
    as_json: AsJson = False,
    city: City = DEFAULT_CITY,
    register: Folder = None,
) -> None:
    """Find records by words, and by fields such as theme=safety or year=2021; exit code 1 if nothing fits."""
    from_where = opened(city, register)
    if re.match(r"[a-z_]+=", text):
        text, fields = "", [text, *(fields or [])]  # fields alone will do
    result = from_where.search(text, **_conditions(fields or []))
    if as_json:
        _listed([from_where.book[one] for one in result.ids], as_json)
    else:
        typer.echo(str(result))
    if not result.ids:
        raise typer.Exit(1)


def _found(register: Register, text: str, fields: list[str]) -> list[str]:
    return list(register.search(text, **_conditions(fields)).ids)


def _conditions(fields: list[str]) -> dict[str, Any]:
    from labkit.errors import WrongUseError
    from labkit.register.reading import plain

    pairs = [one.partition("=") for one in fields]
    wrong = [name for name, sign, _ in pairs if not sign]
    if wrong:
        raise WrongUseError(
            t("{wrong} is no condition. Write it as name=value, such as theme=safety.", wrong=repr(wrong[0]))
        )
    return {name: plain(value) if name == "year" else value for name, _, value in pairs}


def _onto(record: Record, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the changes with blocks put together from what they hold already and what is new."""
    now = record.as_dict()
    return {
        name: {**now.get(name, {}), **value} if isinstance(value, dict) else value for name, value in changes.items()
    }


def _listed(records: list[Record], as_json: bool) -> None:
    if as_json:
        _json([{"id": one.id, "title": one.title, **one.as_dict()} for one in records])
        return
    width = max((len(one.id) for one in records), default=0)
    for one in records:
        typer.echo(f"{one.id.ljust(width)}  {one.title}")
    typer.echo(t("{count} records", count=len(records)))


def _json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _same(city: str, register: Path | None) -> str:
    return f" --register {register}" if register else f" --city {city}" if city != DEFAULT_CITY else ""


def _open(path: Path) -> None:
    """Open a file in the editor that the system names; say where it is if there is none."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        typer.echo(t("Open {path} in an editor. (Set EDITOR to have it opened for you.)", path=path))
        return
    try:
        command = shlex.split(editor, posix=os.name != "nt")
    except ValueError:
        command = [editor]
    subprocess.run([*command, str(path)], check=False)


reports.add_to(app)
