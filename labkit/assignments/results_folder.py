"""The folder with results: what was graded, one JSON file a student, and what a person adds to it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from labkit.assignments.results import Result
from labkit.errors import LabkitError
from labkit.language import t

#: Where the JSON files are, below the folder that grading wrote.
RESULTS = "results"


def read_results(folder: str | Path) -> dict[str, Result]:
    """Read all results in a folder.

    Parameters
    ----------
    folder : str or Path
        What `labkit assignment grade` wrote: it holds `results/<student>.json`.

    Returns
    -------
    dict of str to Result
        The name of the file, without ".json", and what it holds, by name.

    Raises
    ------
    LabkitError
        If there are none, or one cannot be read, with its file and field.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "results").mkdir()
    ...     _ = (Path(folder) / "results" / "s1.json").write_text('{"assignment": "week1", "student": "s1"}')
    ...     read_results(folder)["s1"].status
    'graded'
    """
    place = results_folder(folder)
    files = sorted(file for file in place.glob("*.json") if not file.name.startswith("."))
    if not files:
        raise LabkitError(t("There are no results in {path}. Grade the hand-ins first.", path=place))
    return {file.stem: read_result(file) for file in files}


def results_folder(folder: str | Path) -> Path:
    """Return the folder with the JSON files of what grading wrote; either may be given."""
    place = Path(folder)
    if not place.is_dir():
        raise LabkitError(
            t("There is no folder {path}. Give the folder that labkit assignment grade wrote.", path=place)
        )
    return place / RESULTS if (place / RESULTS).is_dir() or place.name != RESULTS else place


def read_result(file: Path) -> Result:
    """Read one result; an error names the file and the field."""
    try:
        return Result.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        field, cause = ".".join(map(str, first["loc"])), first["msg"]
    except (OSError, ValueError) as error:
        field, cause = "", str(error)
    where = f"{file}: {field}" if field else str(file)
    raise LabkitError(t("{where}: {cause}. Grade this hand-in again.", where=where, cause=cause))
