"""What student and lecturer should know of how a hand-in was read: one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.assignments.matching import Cell, Found, Match
from labkit.assignments.resemblance import ratio
from labkit.language import t

#: A sign for programs, and the sentence for people.
Note = tuple[str, str]


def question_notes(match: Match, name: str, language: str) -> list[Note]:
    """Return what is to be said of how the answer to one question was found: a sign and a sentence each.

    Parameters
    ----------
    match : Match
    name : str
        The id of the question.
    language : {"nl", "en"}
        That of the student.
    """
    return [*_place_notes(match, match.questions[name], language), *_check_notes(match, name, language)]


def _place_notes(match: Match, found: Found, language: str) -> Iterator[Note]:
    if not found.cells:
        yield "missing", t("The cell for this answer is not in the notebook, and nothing else looks like it.", language)
        return
    if found.unchanged:
        yield "empty", t("Nothing was filled in (cell {cell}).", language, cell=_number(found.cells[0]))
        return
    last = found.cells[-1]
    own = [one for one in found.cells if _is_own(one, found)]
    if found.matched_by == "heading":
        yield (
            "heading",
            t(
                "The cell had lost its id; it was found by its heading and place (cell {cell}).",
                language,
                cell=_number(own[-1] if own else last),
            ),
        )
    elif not own:
        yield "elsewhere", t("The answer was found in cell {cell}, outside its own cell.", language, cell=_number(last))
    elif found.matched_by == "likeness":
        yield (
            "likeness",
            t(
                "The cell had lost its id; it was found by what stands in it (cell {cell}).",
                language,
                cell=_number(own[-1]),
            ),
        )
    yield from _several(match, found, own, language)
    yield from (note for one in own for note in _type_changed(match, found, one, language))


def _is_own(cell: Cell, found: Found) -> bool:
    return cell.place is not None and cell.place.role == "answer" and cell.place.question == found.question


def _several(match: Match, found: Found, own: list[Cell], language: str) -> Iterator[Note]:
    """Tell of copies, of pieces, and of answers that stand together with others."""
    same = [one for one in found.copies if one.place and one.place.question == found.question]
    if len(own) > 1 and _copies(own):
        yield (
            "copied",
            t(
                "There are {count} cells for this answer; the last one that is filled in counts: cell {cell}.",
                language,
                count=len(own) + len(same),
                cell=_number(own[-1]),
            ),
        )
    elif own and same:
        yield (
            "copied",
            t(
                "There are {count} cells for this answer; the one that is filled in counts: cell {cell}.",
                language,
                count=len(own) + len(same),
                cell=_number(own[-1]),
            ),
        )
    pieces = [
        one for one in found.cells if one.kind == "code" or match.skeleton.question(found.question).kind == "text"
    ]
    if len(pieces) > 1 and not (len(own) > 1 and _copies(own)):
        yield (
            "split",
            t(
                "The answer was split; these cells count together: {cells}.",
                language,
                cells=", ".join(str(_number(one)) for one in pieces),
            ),
        )
    for one in found.cells:
        others = {one.place.question} if one.place and one.place.role == "answer" else set()
        others = (others | set(one.also)) - {found.question}
        if others:
            yield (
                "merged",
                t(
                    "Cell {cell} also holds the answer to {questions}; it counts for each.",
                    language,
                    cell=_number(one),
                    questions=", ".join(sorted(others)),
                ),
            )


def _copies(cells: list[Cell]) -> bool:
    """Whether cells with the same id are copies, and not pieces of one answer."""
    first, *rest = cells
    return any((one.names & first.names) or ratio(one.bare, first.bare) > 0.6 for one in rest)


def _type_changed(match: Match, found: Found, cell: Cell, language: str) -> Iterator[Note]:
    asked = match.skeleton.question(found.question).kind
    if asked == "code" and cell.kind != "code" and cell.code:
        yield (
            "retyped",
            t("Cell {cell} was turned into a text cell; its code was run all the same.", language, cell=_number(cell)),
        )
    elif asked == "code" and cell.kind != "code":
        yield (
            "retyped",
            t(
                "Cell {cell} was turned into a text cell, and holds no code that can be run.",
                language,
                cell=_number(cell),
            ),
        )
    if asked == "text" and cell.kind == "code":
        yield (
            "retyped",
            t("Cell {cell} was turned into a code cell; it was read as text.", language, cell=_number(cell)),
        )


def _check_notes(match: Match, name: str, language: str) -> Iterator[Note]:
    """Tell which checks were changed or gone: ours are used."""
    for place in match.skeleton.places:
        if place.role != "check" or place.question != name or place.kind != "code":
            continue
        cells = [one for one in match.cells if one.place is place]
        changed = [one for one in cells if not place.same(one.source)]
        if changed:
            yield (
                "check changed",
                t("The check in cell {cell} was changed; the original was used.", language, cell=_number(changed[0])),
            )
        elif not cells and match.questions[name].cells:
            yield "check gone", t("A check of this question was taken out; the original was used.", language)


def whole_notes(match: Match, language: str) -> list[Note]:
    """Return what is to be said of the hand-in as a whole, in the language of the student."""
    return list(_whole(match, language))


def _whole(match: Match, language: str) -> Iterator[Note]:
    found = [one for one in match.questions.values() if one.cells]
    if match.other:
        yield (
            "other assignment",
            t(
                "This notebook says that it belongs to assignment {other}, not to {assignment}.",
                language,
                other=match.other,
                assignment=match.skeleton.assignment,
            ),
        )
    if not found and match.questions:
        yield "other notebook", t("None of the questions was found in this notebook. Is it the right one?", language)
        return
    if all(one.matched_by not in ("id", "cell id") for one in found) and found:
        yield (
            "labels gone",
            t(
                "The labels of the cells are gone, as when a program saved the notebook anew; the answers were found by "
                "their headings and their contents.",
                language,
            ),
        )
    for place in match.skeleton.places:
        if place.role not in ("setup", "open") or not any(place.bare):
            continue
        cells = [one for one in match.cells if one.place is place]
        changed = [one for one in cells if place.role == "setup" and not place.same(one.source)]
        if changed:
            yield (
                "changed cell",
                t(
                    "Cell {cell} belongs to the assignment and was changed: yours was run first, then the original.",
                    language,
                    cell=_number(changed[0]),
                ),
            )
        elif not cells:
            yield (
                "cell gone",
                t("A cell of the assignment was taken out; the original was put back in its place.", language),
            )


def _number(cell: Cell) -> int:
    """Return the number of a cell as a person counts."""
    return cell.number + 1
