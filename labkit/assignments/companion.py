"""`assignment.json`: what travels with a released notebook, so that it can be checked without its source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from labkit.assignments.header import Title
from labkit.errors import LabkitError
from labkit.language import t

#: The name of the file; it stands beside the released notebooks.
NAME = "assignment.json"

#: How many folders above the working folder are looked in: notebooks are often put in a folder of their own.
UP = 2


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PublicCheck(_Part):
    """A check as students may see it.

    Attributes
    ----------
    id : str
        Such as "q1.1".
    points : float
        What passing all of it is worth, the hidden part too.
    public : str
        The code that students get; "" if all of it is hidden.
    has_hidden : bool
        Whether more is looked at after handing in.
    """

    id: str
    points: float
    public: str
    has_hidden: bool = False


class PublicQuestion(_Part):
    """A question as students may see it; see `labkit.assignments.assignment.Question`.

    Attributes
    ----------
    id : str
    title : Title
        The heading that it stands under, in each language.
    kind : {"code", "text"}
    points, manual_points : float
        All its points, and those of them that a person gives.
    ai : str
        What its marker says of the use of AI; "" if nothing.
    answers : tuple of str
        The names that its checks look at.
    has_hidden : bool
        Whether anything is checked after handing in.
    checks : tuple of PublicCheck
    record : str
        The kind of record that is handed in; "" if none is.
    """

    id: str
    title: Title = Title()
    kind: Literal["code", "text"] = "code"
    points: float = 0.0
    manual_points: float = 0.0
    ai: str = ""
    answers: tuple[str, ...] = ()
    has_hidden: bool = False
    checks: tuple[PublicCheck, ...] = ()
    record: str = ""


class Companion(_Part):
    """All that is public about an assignment: never a solution, a hidden check, a mark scheme or a name.

    Attributes
    ----------
    schema_version : int
    assignment : str
        Its id.
    title : Title
    course, year, city, variants, within, leave_out
        As in the settings of the assignment (`labkit.assignments.header.Header`).
    level : str
        The level of the areas that are dealt; "" without variants.
    languages : tuple of {"nl", "en"}
        Those in which it was released.
    districts : dict of str to str
        Salted hash of a student or group -> code of their area; empty if the hash itself decides.
    questions : tuple of PublicQuestion
        In the order of the notebook.
    setup : str
        The code that stands before the first question.
    """

    schema_version: Literal[1] = 1
    assignment: str
    title: Title = Title()
    course: str = ""
    year: int = 0
    city: str = ""
    variants: str | None = None
    within: str = ""
    leave_out: tuple[str, ...] = ()
    level: str = ""
    languages: tuple[Literal["nl", "en"], ...] = ("en",)
    districts: dict[str, str] = {}
    questions: tuple[PublicQuestion, ...] = ()
    setup: str = ""

    def as_json(self) -> str:
        """Return the text of the file: the same contents, the same bytes."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def find(folder: str | Path | None = None) -> Path | None:
    """Return the `assignment.json` that belongs to a folder; None if there is none.

    Parameters
    ----------
    folder : str or Path, optional
        Where to look first, then in up to two folders above it; the working folder if left out.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "work").mkdir()
    ...     _ = (Path(folder) / "assignment.json").write_text('{"assignment": "week1"}')
    ...     find(Path(folder) / "work").name, read_companion(folder).assignment
    ('assignment.json', 'week1')
    """
    start = Path(folder) if folder is not None else Path.cwd()
    start = start.resolve()
    for place in [start, *start.parents][: UP + 1]:
        if (place / NAME).is_file():
            return place / NAME
    return None


def read_companion(path: str | Path | None = None) -> Companion:
    """Read an `assignment.json`.

    Parameters
    ----------
    path : str or Path, optional
        The file itself, or a folder from which it is looked for; the working folder if left out.

    Returns
    -------
    Companion

    Raises
    ------
    LabkitError
        If there is none, or it cannot be read as one.
    """
    given = Path(path) if path is not None else Path.cwd()
    file = given if given.is_file() else find(given)
    if file is None:
        raise LabkitError(
            t(
                "There is no {name} in {folder}. It came with the notebook: keep it in the same folder, "
                "or unpack the assignment again.",
                name=NAME,
                folder=given,
            )
        )
    return loads(file.read_bytes(), str(file))


def loads(text: str | bytes, name: str = NAME) -> Companion:
    """Read an `assignment.json` from its text; `name` is how an error calls it."""
    try:
        found: Any = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError(t("it is not a list of settings"))
        return Companion(**found)
    except ValidationError as error:
        first = error.errors()[0]
        cause = f"{'.'.join(str(piece) for piece in first['loc'])}: {first['msg']}"
    except (ValueError, RecursionError) as error:
        cause = " ".join(str(error).split())[:200]
    raise LabkitError(
        t("{name} cannot be read: {cause}. Unpack the assignment again.", name=name, cause=cause.rstrip("."))
    )
