"""Write the feedback of a class: one page a student."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from labkit.assignments.companion import Companion
from labkit.assignments.feedback.page import Around, page
from labkit.assignments.feedback.place import places
from labkit.assignments.feedback.spread import spread_of
from labkit.assignments.marks import read_marks
from labkit.assignments.results import Result
from labkit.assignments.roster import Roster
from labkit.errors import LabkitError
from labkit.language import t
from labkit.saving import save_text

#: The folder with the pages, below the folder with the results.
FEEDBACK = "feedback"


@dataclass(frozen=True)
class Feedback:
    """The feedback on one hand-in, not yet written anywhere.

    Attributes
    ----------
    file : str
        The name of the page, without a folder.
    result : Result
        With what persons gave.
    around : Around
        What the page says besides.
    """

    file: str
    result: Result
    around: Around

    @property
    def html(self) -> str:
        """The page."""
        return page(self.result, self.around)


def feedback_of(
    folder: str | Path,
    results: Mapping[str, Result],
    *,
    distribution: bool = False,
    language: str | None = None,
    companion: Companion | None = None,
    roster: Roster | None = None,
) -> list[Feedback]:
    """Return the feedback on all hand-ins, with the marks that stand in the sheets.

    Parameters
    ----------
    folder : str or Path
        The folder with the results; its sheets are read.
    results : dict of str to Result
        As `read_results` gives them.
    distribution : bool
        Whether the pages show how the points of the class lie; not done with fewer than five hand-ins.
    language : {"nl", "en"}, optional
        One language for all pages; that of each student if left out.
    companion : Companion, optional
        What is public about the assignment: its title, those of its questions, and the city of its districts.
    roster : Roster, optional
        Gives the names of students.

    Raises
    ------
    LabkitError
        If a sheet holds something that is not a mark.
    """
    marks, find = read_marks(folder), places(companion.city if companion and companion.variants else "")
    marked = {name: marks.apply(one) for name, one in results.items()}
    spread = spread_of(marked.values()) if distribution else None
    made = []
    for name, graded in marked.items():
        one = _titled(graded, companion, language or graded.language)
        area, drawn = find(one.area, one.language)
        student = roster.get(one.student) if roster is not None else None
        around = Around(
            title=companion.title(one.language) if companion else "",
            name=student.name if student else "",
            area=area,
            map=drawn,
            spread=spread,
            withheld=distribution and spread is None,
        )
        made.append(Feedback(f"{name}.html", one, around))
    return made


def _titled(result: Result, companion: Companion | None, language: str) -> Result:
    """Return a result for a page in a language, its questions called as in the notebook of that language."""
    titles = {one.id: one.title(language) for one in companion.questions} if companion else {}
    questions = [one.model_copy(update={"title": titles.get(one.id) or one.title}) for one in result.questions]
    return result.model_copy(update={"language": language, "questions": questions})


def write_feedback(pages: list[Feedback], out: str | Path) -> Iterator[Path]:
    """Write the pages, one after the other; each is whole or not there.

    Pages of students that are no longer among the results stay; they are not ours to remove.

    Parameters
    ----------
    pages : list of Feedback
        As `feedback_of` gives them.
    out : str or Path
        The folder; made if it is not there.
    """
    place = Path(out)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabkitError(t("{path} is no folder to write in: {error}.", path=place, error=error.strerror)) from None
    for one in pages:
        yield save_text(place / one.file, one.html)


def without_pictures(one: Feedback) -> Feedback:
    """Return feedback without drawings, for where these are not shown."""
    return replace(one, around=replace(one.around, map="", spread=None))
