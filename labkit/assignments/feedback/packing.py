"""One zip with all feedback, in the form in which a learning platform gives each file to its student.

Brightspace downloads hand-ins as `12345-67890 - Name - Nov 27, 2026 411 PM/week1.ipynb`, or, without folders, with
all of that in the name of the file. Its assignments take a zip back (submissions of the assignment, "Add Feedback
Files") when these names are kept; Carleton University describes it under "Grade Offline and Bulk Upload Feedback
Files" (carleton.ca/brightspace/instructors/grading-assignments-and-providing-feedback).

Canvas downloads `name_12345_67890_week1.ipynb` (with `LATE` after the name of who was late) and takes a zip back
("Re-upload Submissions", "Upload Submissions"). It looks for the two numbers, of the student and of the file that was
handed in (`infer_comment_context_from_filename` in app/models/abstract_assignment.rb of instructure/canvas-lms), and
shows what comes back **under the name that was handed in, whatever it is**: a page would be downloaded as a notebook
that does not open (instructure/canvas-lms, issue 2406). So the feedback on a notebook goes back as a notebook.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from labkit.assignments.feedback.page import body
from labkit.assignments.feedback.writing import Feedback, without_pictures
from labkit.language import speaking, t
from labkit.saving import save_bytes

PLATFORMS = ("brightspace", "canvas")

_BRIGHTSPACE = re.compile(r"\d+-\d+ - .+")
_NUMBERS = re.compile(r"(?:^|_)\d+(?=_|\.|$)")

#: All entries have this time, so that the same feedback gives the same bytes.
_TIME = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """A zip that was written: its path, how many files are in it, and who is not, with the reason."""

    path: Path
    files: int
    left_out: tuple[str, ...] = ()


def pack(pages: Iterable[Feedback], platform: str, path: str | Path) -> Packed:
    """Write one zip that a learning platform divides over the students.

    Parameters
    ----------
    pages : iterable of Feedback
        As `feedback_of` gives them; `original` in the result tells how the platform calls the hand-in.
    platform : {"brightspace", "canvas"}
    path : str or Path
        The zip.

    Returns
    -------
    Packed
        Who handed in otherwise, or nothing, is told and not in it.
    """
    found: dict[str, list[Feedback]] = {}
    left_out: list[str] = []
    for one in pages:
        if not one.result.original:
            left_out.append(
                t("{student}: no notebook of theirs came through the platform.", student=one.result.student)
            )
            continue
        found.setdefault(one.result.original, []).append(one)
    entries: dict[str, bytes] = {}
    for original, several in sorted(found.items()):
        together = _of_group(several)
        students = ", ".join(each.result.student for each in several)
        if together is None:
            left_out.append(
                t(
                    "{students}: one file for the group, but not the same points; give each their page.",
                    students=students,
                )
            )
            continue
        made = _brightspace(original, together) if platform == "brightspace" else _canvas(original, together)
        if isinstance(made, str):
            left_out.append(f"{students}: {made}")
        elif made[0].casefold() in {name.casefold() for name in entries}:
            left_out.append(t("{student}: {name} would be in it twice.", student=students, name=made[0]))
        else:
            entries[made[0]] = made[1]
    target = save_bytes(path, _zip(entries))
    return Packed(target, len(entries), tuple(left_out))


def _of_group(several: list[Feedback]) -> Feedback | None:
    """Return the one page for who handed in together: under the name of the group, if all got the same."""
    first = several[0]
    if len(several) == 1:
        return first
    shared = {
        "student": first.result.group or ", ".join(one.result.student for one in several),
        "language": first.result.language,
    }
    around = replace(first.around, name="")
    alike = [replace(one, result=one.result.model_copy(update=shared), around=around) for one in several]
    return alike[0] if len({one.html for one in alike}) == 1 else None


def _brightspace(original: str, one: Feedback) -> tuple[str, bytes] | str:
    """Return the name and contents of an entry; or in words why there is none."""
    parts = PurePosixPath(original.replace("\\", "/")).parts
    where = next((place for place, part in enumerate(parts) if _BRIGHTSPACE.match(part)), None)
    if where is None or ".." in parts:
        return t("{name} is not the name of a Brightspace download.", name=repr(original))
    page = one.html.encode("utf-8")
    if where == len(parts) - 1:  # all in the name of the file
        return f"{PurePosixPath(parts[where]).stem} feedback.html", page
    return f"{parts[where]}/{PurePosixPath(parts[-1]).stem} feedback.html", page


def _canvas(original: str, one: Feedback) -> tuple[str, bytes] | str:
    parts = PurePosixPath(original.replace("\\", "/")).parts
    name = next((part for part in parts if len(_NUMBERS.findall(part)) >= 2), None)
    if name is None:
        return t("{name} is not the name of a Canvas download.", name=repr(original))
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".ipynb":
        return name, feedback_notebook(one).encode("utf-8")
    if ending == ".zip":
        return name, _zip({"feedback.html": one.html.encode("utf-8")})
    if ending in (".html", ".htm"):
        return name, one.html.encode("utf-8")
    return t("Canvas would show the feedback as {name}; give it to the student yourself.", name=repr(name))


def feedback_notebook(one: Feedback) -> str:
    """Return the feedback as a notebook with one cell of text, for a platform that would call it a notebook anyway."""
    import nbformat

    from labkit.assignments import notebook

    plain = without_pictures(one)
    with speaking(plain.result.language):
        source = "".join(body(plain.result, plain.around))
    # On one line, or a blank one would end the HTML; and no dollar signs, which would begin a formula.
    source = source.replace("\n", "&#10;").replace("$", "&#36;")
    cell = nbformat.v4.new_markdown_cell(source, id="feedback")
    # Named, so that JupyterLab does not ask which kernel.
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook.dumps(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}))


def _zip(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, entries[name])
    return made.getvalue()
