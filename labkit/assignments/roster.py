"""The roster: who is in the course, with groups, extra time, language and what the learning platform calls them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from labkit.assignments.safe_files import normal, read_file
from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest

#: What the columns may be called, in order of trust; capitals, spaces and "-" make no difference.
COLUMNS: dict[str, tuple[str, ...]] = {
    "student": (
        "student id",
        "studentid",
        "student number",
        "studentnumber",
        "studentnummer",
        "student nummer",
        "student",
        "sis user id",
        "orgdefinedid",
        "org defined id",
        "nummer",
        "sis login id",
        "username",
        "user name",
        "gebruikersnaam",
        "login",
        "id",
    ),
    "name": ("name", "naam", "full name", "volledige naam", "student name", "studentnaam", "display name"),
    "first": ("first name", "firstname", "voornaam", "given name", "roepnaam"),
    "last": ("last name", "lastname", "achternaam", "surname", "family name"),
    "group": ("group", "groep", "group name", "groepsnaam", "team", "duo"),
    "extra_hours": ("extra hours", "extrahours", "extra uren", "extra time", "extra tijd", "extra tijd uren"),
    "language": ("language", "taal", "voertaal"),
    "district": ("district", "wijk", "area", "gebied"),
}

#: Letters that do not come apart in a letter and an accent.
_STROKES = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE"})

#: The largest roster that is read, bytes, and the most students.
BIGGEST, MOST = 10_000_000, 20_000

_LANGUAGES = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}


@dataclass(frozen=True)
class Student:
    """One line of the roster.

    Attributes
    ----------
    student : str
        The id that results are kept under.
    name : str
        "" if the roster has no names.
    group : str
        "" if the student works alone.
    extra_hours : float
        How much later than others the student may hand in, hours.
    language : {"nl", "en"} or None
    district : str
        The name or code of an area, if the lecturer chose it; "" otherwise.
    ids : dict of str to str
        All columns as they were given, such as OrgDefinedId, Username or SIS User ID, for the export of grades.
    line : int
        The line of the file, counted from 1.
    """

    student: str
    name: str = ""
    group: str = ""
    extra_hours: float = 0.0
    language: Literal["nl", "en"] | None = None
    district: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True)
class Roster:
    """All students of a course; made by `read_roster`.

    Attributes
    ----------
    students : tuple of Student
        In the order of the file.
    columns : tuple of str
        The heads of the columns, as given.
    path : Path
    """

    students: tuple[Student, ...]
    columns: tuple[str, ...] = ()
    path: Path = Path()
    _by: dict[str, tuple[Student, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, list[Student]] = {}
        for one in self.students:
            for name in {_key(one.student), *(_key(value) for column, value in one.ids.items() if _is_id(column))}:
                if name:
                    found.setdefault(name, []).append(one)
        self._by.update({name: tuple(ones) for name, ones in found.items()})

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The members of each group, in the order of the roster."""
        found: dict[str, list[str]] = {}
        for one in self.students:
            if one.group:
                found.setdefault(one.group, []).append(one.student)
        return {group: tuple(members) for group, members in found.items()}

    def get(self, text: str) -> Student | None:
        """Return the student with an id, under any of the names that the learning platform has for it; None if none."""
        direct = [one for one in self._by.get(_key(text), ()) if _key(one.student) == _key(text)]
        found = direct or self._by.get(_key(text), ())
        return found[0] if len(found) == 1 else None

    def named(self, name: str) -> tuple[Student, ...]:
        """Return the students with a name, in any order of its words and with or without accents."""
        wanted = _words(name)
        return tuple(one for one in self.students if one.name and _words(one.name) == wanted) if wanted else ()

    def members(self, student: str) -> tuple[str, ...]:
        """Return the student and the others of the same group."""
        one = self.get(student)
        if one is None:
            return (student,)
        return self.groups[one.group] if one.group else (one.student,)

    def near(self, text: str) -> list[str]:
        """Return up to three students whose name or id looks like a text, as "s1234567 (Jan de Vries)"."""
        shown = {one.student: f"{one.student} ({one.name})" if one.name else one.student for one in self.students}
        by_name = {one.name: one.student for one in reversed(self.students) if one.name}
        found = [by_name[name] for name in nearest(text, by_name)] + nearest(text, list(shown))
        return [shown[one] for one in dict.fromkeys(found)][:3]

    def __len__(self) -> int:
        return len(self.students)

    def __iter__(self) -> Iterator[Student]:
        return iter(self.students)


def read_roster(path: str | Path) -> Roster:
    r"""Read a roster.

    It may come from a spreadsheet or a learning platform: `,`, `;` or tab between the columns, with or without a
    byte order mark, Dutch or English heads. A column with the id of the student is needed; all others are optional.

    Parameters
    ----------
    path : str or Path
        A CSV file.

    Returns
    -------
    Roster

    Raises
    ------
    LabkitError
        If it cannot be read, has no column with ids, or names a student twice, with the lines.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "roster.csv"
    ...     _ = file.write_text("Studentnummer;Naam;Groep;Extra uren\ns1;Jan de Vries;A;1,5\ns2;Noor Bakker;A;\n")
    ...     roster = read_roster(file)
    >>> roster.get("S1").extra_hours, roster.members("s1")
    (1.5, ('s1', 's2'))
    """
    file = Path(path)
    if not file.exists():
        raise LabkitError(t("There is no roster {path}. Check the name.", path=file))
    text = _decoded(read_file(file, BIGGEST), file.name)
    rows = _rows(text, file.name)
    if not rows:
        raise LabkitError(
            t(
                "{name} is empty. Its first line holds the heads of the columns, such as: {example}",
                name=file.name,
                example="student,name,group",
            )
        )
    heads = [normal(one).strip() for one in rows[0][1]]
    places = _places(heads, file.name)
    students = [one for line, row in rows[1:] if (one := _student(line, row, heads, places, file.name))]
    _no_doubles(students, file.name)
    return Roster(tuple(students), tuple(heads), file)


def _decoded(data: bytes, name: str) -> str:
    """Return text that a spreadsheet saved: UTF-8, UTF-16 with its mark, or the old code page of Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"PK") or b"\x00" in data:
        raise LabkitError(t("{name} is a spreadsheet, not text. Save it as CSV (UTF-8).", name=name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with its line in the file."""
    lines = text.splitlines()
    start = 1 if lines and lines[0].lower().startswith("sep=") else 0
    first = next((line for line in lines[start:] if line.strip()), "")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    found, before = [], 0
    try:
        for row in reader:
            line, before = before + 1, reader.line_num
            if line > start and any(cell.strip() for cell in row):
                found.append((line, row))
    except csv.Error as error:
        raise LabkitError(
            t(
                "{name}, line {line}: {cause}. Save it anew as CSV (UTF-8).",
                name=name,
                line=reader.line_num,
                cause=error,
            )
        ) from None
    if len(found) > MOST:
        raise LabkitError(t("{name} has more than {most} lines. Is it the right file?", name=name, most=MOST))
    return found


def _places(heads: list[str], name: str) -> dict[str, int]:
    """Return in which column each thing stands."""
    folded = [_head(one) for one in heads]
    twice = sorted({head for head, one in zip(heads, folded, strict=True) if one and folded.count(one) > 1})
    if twice:
        raise LabkitError(
            t("{name} has two columns called {column}. Give one another name.", name=name, column=", ".join(twice))
        )
    found = {}
    for what, names in COLUMNS.items():
        column = next((folded.index(one) for one in names if one in folded), None)
        if column is not None:
            found[what] = column
    # Canvas calls the name "Student", and has the ids in columns of its own; a roster with names says what is what.
    if "student" in folded and "name" not in found and any(one in folded for one in ("sis user id", "sis login id")):
        found["name"] = folded.index("student")
        found["student"] = next(folded.index(one) for one in ("sis user id", "sis login id") if one in folded)
    elif "student" in folded and "name" not in found and found.get("student") != folded.index("student"):
        found["name"] = folded.index("student")
    if "student" not in found:
        near = [one for head in heads for one in nearest(head, ("student", "studentnummer"), most=1)]
        raise LabkitError(
            t(
                "{name} has no column with the id of the student, called {example}; its columns are {columns}.",
                name=name,
                example="student",
                columns=", ".join(heads),
            )
            + (" " + did_you_mean(near[:1]) if near else "")
        )
    return found


def _student(line: int, row: list[str], heads: list[str], places: dict[str, int], file: str) -> Student | None:
    cells = [normal(one).strip() for one in row] + [""] * (len(heads) - len(row))

    def cell(what: str) -> str:
        return cells[places[what]] if what in places else ""

    student = cell("student").removeprefix("#").strip()  # Brightspace writes "#" before an id, against Excel
    name = cell("name") or " ".join(filter(None, (cell("first"), cell("last"))))
    if not student:
        if fold(name) in ("points possible", "student test", "test student", ""):
            return None  # lines that Canvas adds
        raise LabkitError(t("{name}, line {line}: the id of the student is empty.", name=file, line=line))
    if "," in name:  # "Vries, Jan de"
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    return Student(
        student=student,
        name=name,
        group=cell("group"),
        extra_hours=_hours(cell("extra_hours"), file, line),
        language=_language(cell("language"), file, line),
        district=cell("district"),
        ids={head: value for head, value in zip(heads, cells, strict=False) if head},
        line=line,
    )


def _hours(text: str, file: str, line: int) -> float:
    plain = text.lower().replace(",", ".").removesuffix("hours").removesuffix("uur").removesuffix("h").strip()
    try:
        hours = float(plain or 0)
        if not 0 <= hours <= 24 * 365:
            raise ValueError
    except ValueError:
        raise LabkitError(
            t(
                "{name}, line {line}: extra time is a number of hours, such as 24, not {value}.",
                name=file,
                line=line,
                value=repr(text),
            )
        ) from None
    return hours


def _language(text: str, file: str, line: int) -> Literal["nl", "en"] | None:
    if not text:
        return None
    found = _LANGUAGES.get(text.lower().replace("_", "-").split("-")[0])
    if found is None:
        raise LabkitError(
            t("{name}, line {line}: the language is nl or en, not {value}.", name=file, line=line, value=repr(text))
        )
    return "nl" if found == "nl" else "en"


def _no_doubles(students: list[Student], file: str) -> None:
    lines: dict[str, list[Student]] = {}
    for one in students:
        lines.setdefault(_key(one.student), []).append(one)
    twice = [
        t("{student} on lines {lines}", student=ones[0].student, lines=", ".join(str(one.line) for one in ones))
        for ones in lines.values()
        if len(ones) > 1
    ]
    if twice:
        raise LabkitError(
            t(
                "{name} names a student more than once: {students}. Keep one line for each.",
                name=file,
                students="; ".join(twice[:5]) + ("; ..." if len(twice) > 5 else ""),
            )
        )


def _head(text: str) -> str:
    return fold(text.replace("_", " "))


def _is_id(column: str) -> bool:
    head = _head(column)
    return head in COLUMNS["student"] or head in ("email", "e mail", "mail", "email address", "e mailadres")


def _key(text: str) -> str:
    return normal(text).strip().removeprefix("#").casefold()


def plain(name: str) -> str:
    """Return a name as it is compared: without accents, also where a letter has a stroke or lacks its dot.

    Examples
    --------
    >>> plain("Yıldız, Søren"), plain("Łukasz")
    ('yildiz soren', 'lukasz')
    """
    return fold(name.translate(_STROKES))


def _words(name: str) -> list[str]:
    return sorted(plain(name).split())
