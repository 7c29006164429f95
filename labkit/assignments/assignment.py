"""An assignment as its lecturer wrote it: its questions, what they ask for, and how they are checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.assignments import markers, notebook
from labkit.assignments.code_names import assigned, changed, used
from labkit.assignments.header import Header, read_header
from labkit.assignments.markers import HIDDEN, SCHEME, SOLUTION, TEXT
from labkit.errors import LabkitError, UnknownNameError
from labkit.language import did_you_mean, t
from labkit.names import nearest

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Check:
    """One check cell.

    Attributes
    ----------
    id : str
        The id of the question and a number, such as "q1.2".
    points : float
        What passing it is worth.
    cell : int
        Its place in the notebook, counted from 0.
    public : str
        The code that students get; "" if all of it is hidden.
    hidden : str
        All of its code, the public part too; "" if nothing of it is hidden.
    """

    id: str
    points: float
    cell: int
    public: str
    hidden: str


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    id, title : str
        Its id, and the heading that it stands under.
    kind : {"code", "text"}
        Whether its answer cell holds code or text.
    points, manual_points : float
        All its points, and those of them that a person gives.
    cell : int
        The place of its answer cell, counted from 0.
    answers : tuple of str
        The names that its checks look at.
    checks : tuple of Check
        In order; empty if a person marks all of it.
    scheme : str
        How a person marks it; "" if there is none.
    solution : str
        The source of the answer cell with its solution, without marker lines.
    marker : Marker
        Its marker, with `ai` and what else it says.
    titles : dict of str to str
        The heading by language, "nl" and "en"; the same twice if it stands in a cell for both.
    """

    id: str
    title: str
    kind: str
    points: float
    manual_points: float
    cell: int
    answers: tuple[str, ...]
    checks: tuple[Check, ...]
    scheme: str
    solution: str
    marker: markers.Marker = field(repr=False)
    titles: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def has_hidden(self) -> bool:
        """Whether anything is checked that students do not see."""
        return any(check.hidden for check in self.checks)


@dataclass(frozen=True)
class Assignment:
    """An assignment as its lecturer wrote it; made by `open_assignment`.

    Attributes
    ----------
    path : Path
        The file that it was read from.
    header : Header
        Its settings.
    notebook : nbformat.NotebookNode
        Its cells, with solutions and hidden checks.
    questions : tuple of Question
        In the order of the notebook.
    digest : str
        SHA-256 of the file: what was graded with another one can be told apart.
    """

    path: Path
    header: Header
    notebook: Any = field(repr=False)
    questions: tuple[Question, ...]
    digest: str = field(repr=False)

    @property
    def id(self) -> str:
        """The id that its header gives."""
        return self.header.assignment

    @property
    def max_points(self) -> float:
        """All points that can be reached."""
        return sum(question.points for question in self.questions)

    @property
    def table(self) -> DataFrame:
        """The questions: `question, title, kind, points, manual_points, checks, hidden`."""
        from pandas import DataFrame

        return DataFrame(
            [
                [one.id, one.title, one.kind, one.points, one.manual_points, len(one.checks), one.has_hidden]
                for one in self.questions
            ],
            columns=["question", "title", "kind", "points", "manual_points", "checks", "hidden"],
        )

    def question(self, name: str) -> Question:
        """Return a question by its id; a wrong id is answered with the nearest."""
        for one in self.questions:
            if one.id == name:
                return one
        near = nearest(name, [one.id for one in self.questions])
        raise UnknownNameError(
            t('{assignment} has no question "{name}".', assignment=self.id, name=name)
            + (" " + did_you_mean(near) if near else ""),
            near,
        )

    def _repr_html_(self) -> str:
        from html import escape

        return f"<h4>{escape(self.header.title() or self.id)}</h4>{self.table.to_html(index=False, border=0)}"


def open_assignment(path: str | Path) -> Assignment:
    """Read an assignment.

    Parameters
    ----------
    path : str or Path
        A notebook (`.ipynb`, or `.py` or `.md` for jupytext), or a folder in which one is called `exercise`.

    Returns
    -------
    Assignment

    Raises
    ------
    LabkitError
        If it cannot be read, with the cell and the line of the first fault; `labkit assignment lint` tells all.

    Examples
    --------
    >>> import tempfile
    >>> source = '''# ---
    ... # assignment: count
    ... # ---
    ...
    ... # %%
    ... # question: q1, 2 points
    ... # BEGIN SOLUTION
    ... residents = 14085
    ... # END SOLUTION
    ...
    ... # %%
    ... # check: q1
    ... assert residents > 0
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "count.py").write_text(source)
    ...     open_assignment(Path(folder) / "count.py").question("q1").answers
    ('residents',)
    """
    file = source_file(path)
    read = notebook.read(file)
    header = _header(read, file)
    return Assignment(
        path=file,
        header=header,
        notebook=read,
        questions=tuple(_questions(read, file.name, header.languages)),
        digest=hashlib.sha256(file.read_bytes()).hexdigest(),
    )


def source_file(path: str | Path) -> Path:
    """Return the file of an assignment: the path itself, or the notebook called `exercise` in a folder."""
    place = Path(path)
    if not place.is_dir():
        return place
    found = [place / f"exercise{ending}" for ending in notebook.ENDINGS if (place / f"exercise{ending}").exists()]
    found = found or sorted(place.glob("*.ipynb"))
    if len(found) != 1:
        raise LabkitError(
            t("{path} holds {number} notebooks. Give the file of the assignment itself.", path=place, number=len(found))
        )
    return found[0]


def header_cell(read: Any) -> int | None:
    """Return the place of the raw cell with the settings; None if there is none."""
    for number, cell in enumerate(read.cells):
        if cell.source.strip():
            return number if cell.cell_type == "raw" else None
    return None


def _header(read: Any, file: Path) -> Header:
    number = header_cell(read)
    if number is None:
        raise LabkitError(
            t(
                "{name} does not begin with a raw cell that holds its settings, such as: assignment: {value}",
                name=file.name,
                value=file.stem,
            )
        )
    return read_header(read.cells[number].source, file.name)


_Asked = tuple[int, markers.Marker, dict[str, str]]
_Checks = list[tuple[int, markers.Marker]]


def _questions(read: Any, name: str, languages: tuple[str, ...]) -> Iterator[Question]:
    """Put answer cells and check cells together, by question."""
    asked: dict[str, _Asked] = {}
    checked: dict[str, _Checks] = {}
    titles = {"nl": "", "en": ""}
    for number, cell in enumerate(read.cells):
        try:
            marker = markers.read_marker(cell.source, cell.cell_type) if cell.cell_type != "raw" else None
            markers.split(cell.source)
        except markers.MarkerError as error:
            raise LabkitError(f"{where(name, number, error.line)}: {error}") from None
        if marker and marker.what == "question":
            if marker.question in asked:
                text = t('there is already a question "{name}". Give this one another id.', name=marker.question)
                raise LabkitError(f"{where(name, number, marker.line)}: {text}")
            asked[marker.question] = number, marker, dict(titles)
        elif marker and cell.cell_type != "code":
            text = t('the check of "{name}" stands in a text cell. Make it a code cell.', name=marker.question)
            raise LabkitError(f"{where(name, number, marker.line)}: {text}")
        elif marker:
            checked.setdefault(marker.question, []).append((number, marker))
        elif cell.cell_type == "markdown" and (heading := heading_of(markers.only(cell.source, TEXT))):
            only = markers.language_of(cell.source)
            titles |= dict.fromkeys([only] if only else titles, heading)
    _all_asked(asked, checked, name)
    for question, (number, marker, headings) in asked.items():
        given = {language: headings.get(language) or question for language in ("nl", "en")}
        yield _question(read, name, number, marker, given, languages[0], checked.get(question, []))


def _all_asked(asked: dict[str, _Asked], checked: dict[str, _Checks], name: str) -> None:
    """Refuse a check of a question that is not there."""
    for question, cells in checked.items():
        if question not in asked:
            number, marker = cells[0]
            near = nearest(question, list(asked))
            text = t('there is no question "{question}" to check.', question=question)
            hint = " " + did_you_mean(near) if near else ""
            raise LabkitError(f"{where(name, number, marker.line)}: {text}{hint}")


def where(name: str, cell: int, line: int) -> str:
    """Return in words where something stands: the file, the cell and its line, both counted from 1."""
    return t("{name}, cell {cell}, line {line}", name=name, cell=cell + 1, line=line)


_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")


def heading_of(source: str) -> str:
    r"""Return the last heading of a text cell; "" if it has none.

    Examples
    --------
    >>> heading_of("# Noise\n## How many?\n```python\n# not a heading\n```")
    'How many?'
    """
    found, fenced = "", False
    for line in source.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _HEADING.match(line)
        found = heading[1] if heading and heading[1] else found
    return found


def _question(
    read: Any,
    name: str,
    number: int,
    marker: markers.Marker,
    titles: dict[str, str],
    language: str,
    cells: _Checks,
) -> Question:
    cell = read.cells[number]
    scheme = markers.only(cell.source, SCHEME).strip("\n")
    manual = bool(scheme) or cell.cell_type != "code" or "manual" in marker.words
    points, each = points_of(marker, [one for _, one in cells], manual)
    if sum(each) > points + 1e-6:
        text = t(
            'question "{name}" has {points} points, and its checks have {sum}. Let these agree.',
            name=marker.question,
            points=f"{points:g}",
            sum=f"{sum(each):g}",
        )
        raise LabkitError(f"{where(name, number, marker.line)}: {text}")
    checks = tuple(
        _check(f"{marker.question}.{place}", worth, index, one, read.cells[index].source)
        for place, ((index, one), worth) in enumerate(zip(cells, each, strict=True), start=1)
    )
    solution = markers.only(markers.without_first_marker(cell.source, cell.cell_type), TEXT, SOLUTION)
    return Question(
        id=marker.question,
        title=titles[language],
        kind="code" if cell.cell_type == "code" else "text",
        points=points,
        # The register checks a record, unless a mark scheme says that a person does; see record_checks.py.
        manual_points=0.0 if "record" in marker.values and not scheme else round(points - sum(each), 6),
        cell=number,
        answers=answers_of(marker, solution if cell.cell_type == "code" else "", checks),
        checks=checks,
        scheme=scheme,
        solution=solution,
        marker=marker,
        titles=titles,
    )


def points_of(marker: markers.Marker, cells: list[markers.Marker], manual: bool) -> tuple[float, list[float]]:
    """Return the points of a question and of each of its checks.

    What the question has and its checks do not name is shared by the checks without points; with none of these, with
    a mark scheme, or with the word "manual", a person gives it.
    """
    named = [one.points for one in cells]
    given = float(sum(one for one in named if one is not None))
    open_checks = named.count(None)
    if marker.points is None:
        return given + open_checks, [1.0 if one is None else one for one in named]
    rest = max(marker.points - given, 0.0)
    share = 0.0 if manual or not open_checks else rest / open_checks
    return marker.points, [share if one is None else one for one in named]


def _check(name: str, points: float, index: int, marker: markers.Marker, source: str) -> Check:
    body = markers.without_first_marker(source)
    whole = markers.only(body, TEXT, HIDDEN).strip("\n")
    public = "" if "hidden" in marker.words else markers.only(body, TEXT).strip("\n")
    return Check(name, points, index, public, "" if public == whole else whole)


def answers_of(marker: markers.Marker, solution: str, checks: tuple[Check, ...]) -> tuple[str, ...]:
    """Return the names that a question asks for: those that its solution gives and its checks look at."""
    if "answer" in marker.values:
        return tuple(dict.fromkeys(marker.values["answer"].split()))
    looked_at = {name for check in checks for name in used(check.hidden or check.public)}
    given = dict.fromkeys([*assigned(solution), *changed(solution)])
    return tuple(name for name in given if name in looked_at)
