"""What a lecturer should look at after grading: by the signs that stand in the results.

Signs of a question: "missing" (no cell), "empty" (nothing was written), "heading", "likeness" and "elsewhere" (how it
was found), "copied", "split", "merged", "retyped" (code became text, or text code), "check changed", "check gone",
"error", "time", "memory" and "died" (how a cell ended), "renamed" (nearly the right name), "later" (the name came
further down). Of a hand-in: "other assignment", "other notebook", "labels gone", "changed cell", "cell gone", "other
district", and "error", "time", "memory" and "died" for cells of no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from labkit.assignments.grades import Finding
from labkit.assignments.results import Result
from labkit.assignments.submissions import Submissions
from labkit.language import t

#: Which signs a lecturer should look at, and what they are a case of. An error in a student's own code is none.
KINDS = {
    "missing": "missing",
    "heading": "unclear",
    "likeness": "unclear",
    "elsewhere": "unclear",
    "copied": "unclear",
    "merged": "unclear",
    "retyped": "unclear",
    "labels gone": "unclear",
    "other assignment": "unclear",
    "other notebook": "unclear",
    "other district": "unclear",
    "time": "stopped",
    "memory": "stopped",
    "died": "stopped",
}


def findings_of(results: Iterable[Result], found: Submissions) -> list[Finding]:
    """Return what to look at, by student.

    Parameters
    ----------
    results : iterable of Result
    found : Submissions
        Tells who handed in nothing, and who is not in the roster.
    """
    made = [one for result in results for one in _of_result(result)]
    made += [Finding("no hand-in", name, "", t("No hand-in.")) for name in found.missing]
    made += [Finding("unknown", name, "", t("This student is not in the roster.")) for name in found.unknown]
    return made


def _of_result(result: Result) -> Iterator[Finding]:
    if result.status != "graded":
        yield Finding(result.status, result.student, "", " ".join(result.notes))
        return
    kinds = [KINDS[sign] for sign in result.signs if sign in KINDS]
    if kinds:
        yield Finding(kinds[0], result.student, "", " ".join(result.notes))
    for question in result.questions:
        kinds = [KINDS[sign] for sign in question.signs if sign in KINDS]
        # What holds for all of a hand-in is said of it once.
        known = {"missing"} if "other notebook" in result.signs else set()
        known |= {"heading"} if "labels gone" in result.signs else set()
        if kinds and not set(question.signs) <= known:
            yield Finding(kinds[0], result.student, question.id, " ".join(question.notes))
