"""Write the sheets in which a person gives points, and never lose what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from labkit.assignments import comments, pseudonyms, sheets
from labkit.assignments.comments import Bank
from labkit.assignments.companion import NAME as COMPANION
from labkit.assignments.companion import read_companion
from labkit.assignments.marks import AGAIN, COLUMNS, FILLED, MARKS, as_shown, core, parsed, rows_of, sheet_files
from labkit.assignments.results import QuestionResult, Result
from labkit.errors import LabkitError, UnknownNameError
from labkit.language import did_you_mean, resolve, t
from labkit.names import nearest
from labkit.saving import save_bytes, save_text


@dataclass
class Entry:
    """One answer to be marked, with what was filled in until now, as it was typed."""

    who: str
    shown_as: str
    answer: str
    limit: float | None
    points: str = ""
    codes: str = ""
    comment: str = ""
    scheme: str = ""
    kind: str = "text"
    others: dict[str, str] = field(default_factory=dict)
    known: bool = True

    @property
    def marked(self) -> bool:
        """Whether points were filled in for this very answer."""
        return bool(self.points.strip()) and not self.points.strip().endswith(AGAIN)


@dataclass(frozen=True)
class Written:
    """A sheet that was written.

    Attributes
    ----------
    question : str
    sheet, page : Path
        The CSV file, and the page to mark in with a browser.
    answers, marked : int
        How many answers there are (who left it open is in the sheet too), and how many have points.
    unknown : tuple of str
        Who has a row that was filled in, but is not among the results; the row is kept.
    taken : int
        How many answers got something from a sheet that was handed in with `take`.
    """

    question: str
    sheet: Path
    page: Path
    answers: int
    marked: int
    unknown: tuple[str, ...] = ()
    taken: int = 0


def write_marks(
    folder: str | Path,
    results: Mapping[str, Result],
    questions: Sequence[str] = (),
    *,
    anonymous: bool = False,
    language: str | None = None,
    schemes: Mapping[str, str] | None = None,
    take: Sequence[Path] = (),
) -> list[Written]:
    """Write a sheet, and a page to mark in, for each question that a person marks.

    Parameters
    ----------
    folder : str or Path
        The folder with the results.
    results : dict of str to Result
        As `read_results` gives them.
    questions : sequence of str
        Their ids; all that a person gives points for if left out.
    anonymous : bool
        Whether students are called by a pseudonym, also where their id stands in an answer.
    language : {"nl", "en"}, optional
        How a spreadsheet will read it: "nl" has ";" between columns and a decimal comma.
    schemes : dict of str to str, optional
        Question -> mark scheme; what a sheet has already stays if left out.
    take : sequence of Path
        Sheets that were filled in elsewhere, such as the download of a page: they go before what is there.

    Returns
    -------
    list of Written

    Raises
    ------
    LabkitError
        If a question does not exist, or a sheet that is there cannot be read: then nothing is written.
    """
    place, chosen_language = Path(folder), resolve(language)
    several = _asked(list(results.values()), questions)
    if not several and not take:
        return []
    bank = comments.read_bank(place)
    whos = sorted({_who(one) for one in results.values()})
    names = pseudonyms.give_pseudonyms(place, whos) if anonymous else {}
    hidden = pseudonyms.read_pseudonyms(place)
    taken = _taken(take, several)
    made: dict[str, tuple[list[Entry], int]] = {}
    for question in several:
        entries = _entries(results.values(), question, names, (schemes or {}).get(question, ""))
        own = [sheets.read(file, COLUMNS, ("student", "points")) for file in sheet_files(place).get(question, [])]
        for one in own:
            _forget(entries, one, hidden)
        for one in own:
            _fill(entries, one, hidden)
        count = sum(_fill(entries, one, hidden) for one in taken.get(question, []))
        order = sorted(entries.values(), key=lambda entry: (not entry.known, entry.shown_as))
        made[question] = order, count
    typed = [one.comment for order, _ in made.values() for one in order]
    bank = comments.with_typed(bank, typed, chosen_language)
    (place / MARKS).mkdir(exist_ok=True)
    if bank:
        comments.save_bank(place, bank, chosen_language)
    titles = _titles(place, results.values(), chosen_language)
    return [
        _write(place, question, order, count, titles.get(question) or question, bank, chosen_language)
        for question, (order, count) in made.items()
    ]


def _asked(results: Sequence[Result], questions: Sequence[str]) -> list[str]:
    there = list(dict.fromkeys(one.id for result in results for one in result.questions))
    for name in questions:
        if name not in there:
            near = nearest(name, there)
            raise UnknownNameError(
                t('The results have no question "{name}".', name=name) + (" " + did_you_mean(near) if near else ""),
                near,
            )
    by_hand = {one.id for result in results for one in result.questions if one.manual_max > 0}
    return list(dict.fromkeys(questions)) or [one for one in there if one in by_hand]


def _who(result: Result) -> str:
    return result.group or result.student


def _taken(files: Iterable[Path], questions: Sequence[str]) -> dict[str, list[sheets.Sheet]]:
    """Return the sheets that were filled in elsewhere, by question: a column says which, or else the name of the file."""
    found: dict[str, list[sheets.Sheet]] = {}
    for file in files:
        sheet = sheets.read(file, COLUMNS, ("student", "points"))
        named = {row["question"].strip() for row in sheet.rows} - {""}
        question = named.pop() if len(named) == 1 else re.sub(r" ?\(\d+\)$", "", file.stem)
        if named or question not in questions:
            raise LabkitError(
                t(
                    "{path} is not a sheet of one of these questions: {questions}.",
                    path=file,
                    questions=", ".join(questions),
                )
            )
        found.setdefault(question, []).append(sheet)
    return found


def _entries(results: Iterable[Result], question: str, names: Mapping[str, str], scheme: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for result in results:
        who = _who(result)
        for one in result.questions if result.status == "graded" else ():
            if one.id == question and who not in found:
                found[who] = _entry(result, one, names, scheme)
    return found


def _entry(result: Result, one: QuestionResult, names: Mapping[str, str], scheme: str) -> Entry:
    who = _who(result)
    shown_as = names.get(who, who)
    answer = as_shown(result, one.answer, shown_as)
    given = "" if one.manual_points is None or not (one.manual_points or answer.strip()) else f"{one.manual_points:g}"
    return Entry(who, shown_as, answer, one.manual_max, points=given, scheme=scheme, kind=one.kind)


def _fill(entries: dict[str, Entry], sheet: sheets.Sheet, hidden: Mapping[str, str]) -> int:
    """Put what a sheet holds into the entries; a blank cell changes nothing. Return for how many something changed."""
    changed, extra = 0, [one for one in sheet.columns if one not in COLUMNS]
    for who, row in rows_of(sheet, hidden):
        filled = {name: row[name].strip() for name in FILLED if row[name].strip()}
        if who not in entries:
            if not filled:
                continue
            entries[who] = Entry(
                who, row["student"], row["answer"], _number(row, "max_points"), scheme=row["mark_scheme"], known=False
            )
        entry = entries[who]
        before = entry.points, entry.codes, entry.comment
        if entry.known and _outdated(entry, row, hidden) and filled.get("points"):
            filled["points"] = filled["points"].rstrip(AGAIN) + AGAIN
        for name, text in filled.items():
            setattr(entry, name, text)
        entry.scheme = entry.scheme or row["mark_scheme"]
        entry.others |= {name: row[name] for name in extra}
        if entry.known and (_number(row, "points") or 0.0) > (entry.limit or 0.0):  # it was raised to allow more
            entry.limit = max(entry.limit or 0.0, _number(row, "max_points") or 0.0)
        changed += before != (entry.points, entry.codes, entry.comment)
    return changed


def _outdated(entry: Entry, row: sheets.Row, hidden: Mapping[str, str]) -> bool:
    """Whether a row is about an earlier answer of the student."""
    if "answer" not in row.cells:
        return False
    names = {name: "" for name, student in hidden.items() if student == entry.who} | {entry.who: "", entry.shown_as: ""}
    before, now = row["answer"], entry.answer
    for name in names:  # the sheet may have been written with or without pseudonyms
        before, now = (re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text) for text in (before, now))
    return core(before) != core(now)


def _forget(entries: dict[str, Entry], sheet: sheets.Sheet, hidden: Mapping[str, str]) -> None:
    """Leave to a sheet what it has a row for: a cell that was emptied there is "not marked yet"."""
    for who, _ in rows_of(sheet, hidden):
        if who in entries:
            entries[who].points = ""


def _number(row: sheets.Row, column: str) -> float | None:
    try:
        return parsed(row, column, "")
    except LabkitError:
        return None  # it stays as it was typed, and reading the marks tells


def _titles(place: Path, results: Iterable[Result], language: str) -> dict[str, str]:
    """Return what the questions are called in a language; as students saw it if that is not known."""
    titles = {one.id: one.title for result in results for one in result.questions}
    public = read_companion(place / COMPANION) if (place / COMPANION).is_file() else None
    return titles | {one.id: one.title(language) for one in public.questions} if public else titles


def _write(
    place: Path, question: str, order: list[Entry], count: int, title: str, bank: Bank, language: str
) -> Written:
    from labkit.assignments.marking_page import marking_page

    extra = list(dict.fromkeys(name for one in order for name in one.others))
    rows = [[*_cells(question, one), *(one.others.get(name, "") for name in extra)] for one in order]
    text = "\ufeff" + sheets.dumps([*COLUMNS, *extra], rows, language)
    sheet = save_bytes(place / MARKS / f"{question}.csv", text.encode("utf-8"))
    page = save_text(place / MARKS / f"{question}.html", marking_page(question, title, order, bank, language))
    return Written(
        question,
        sheet,
        page,
        answers=sum(one.known and bool(one.answer.strip()) for one in order),
        marked=sum(one.known and one.marked and bool(one.answer.strip()) for one in order),
        unknown=tuple(one.who for one in order if not one.known),
        taken=count,
    )


def _cells(question: str, entry: Entry) -> list[object]:
    row = sheets.Row(0, {"points": entry.points})
    points = _number(row, "points")
    typed: object = entry.points if points is None else points
    scheme = entry.scheme
    return [question, entry.shown_as, typed, entry.limit, entry.codes, entry.comment, entry.answer, scheme]
