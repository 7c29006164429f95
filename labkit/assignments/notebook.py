"""Read and write notebooks: `.ipynb`, or a text that jupytext reads (`.py`, `.md`)."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

from labkit.assignments import percent
from labkit.errors import LabkitError
from labkit.language import t
from labkit.saving import save_text

#: The endings that can be read, the usual one first.
ENDINGS = (".ipynb", ".py", ".md")

#: A notebook larger than this is not one that a person wrote, bytes.
BIGGEST = 50_000_000


class Node(dict[str, Any]):
    """A dict of which the keys can be reached as attributes too, as nbformat's own."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(name) from None


def as_node(value: Any) -> Any:
    """Return plain data with each dict as a `Node`.

    Examples
    --------
    >>> as_node({"cells": [{"source": "a = 1"}]}).cells[0].source
    'a = 1'
    """
    if isinstance(value, dict):
        return Node((key, as_node(inner)) for key, inner in value.items())
    return [as_node(inner) for inner in value] if isinstance(value, list | tuple) else value


def read(path: str | Path) -> Any:
    r"""Read a notebook.

    Parameters
    ----------
    path : str or Path
        A `.ipynb`, or a `.py` or `.md` that jupytext reads.

    Returns
    -------
    Node
        Of the form of nbformat's own, in the current format (4.5), whatever the file had; every cell has an id.

    Raises
    ------
    LabkitError
        If there is no such file, or it is not a notebook.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source = Path(folder) / "week.py"
    ...     _ = source.write_text("# %%\nresidents = 12")
    ...     read(source).cells[0].source
    'residents = 12'
    """
    file = Path(path)
    return loads(read_text(file), file.suffix, str(file))


def read_text(file: Path) -> str:
    """Return the text of a notebook's file, or say why it cannot be one; see `read`."""
    if file.is_dir() or not file.exists():
        raise LabkitError(t("There is no notebook {path}. Check the name.", path=file))
    if file.suffix not in ENDINGS:
        raise LabkitError(
            t("{path} is not a notebook: give a file that ends in {endings}.", path=file, endings=", ".join(ENDINGS))
        )
    if file.stat().st_size > BIGGEST:
        raise LabkitError(
            t(
                "{path} is larger than {size} MB. Clear its outputs, and save it again.",
                path=file,
                size=BIGGEST // 10**6,
            )
        )
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabkitError(
            t("{path} is not text in UTF-8: {error}. Save it as UTF-8.", path=file, error=error)
        ) from None


def loads(text: str, ending: str = ".ipynb", name: str = "notebook") -> Any:
    """Read a notebook from its text; see `read`.

    Parameters
    ----------
    text : str
        The contents of the file.
    ending : {".ipynb", ".py", ".md"}
        What kind of file it is.
    name : str
        How an error calls it.
    """
    try:
        with warnings.catch_warnings():
            # nbformat warns of cells without ids, and gives them one; that is what is wanted.
            warnings.simplefilter("ignore")
            notebook = _parse(text, ending)
    except LabkitError:
        raise
    except Exception as error:
        known = not isinstance(error, AttributeError | TypeError | KeyError | RecursionError)
        cause = (" ".join(str(error).split())[:200] if known else "") or t("it is not a notebook")
        raise LabkitError(
            t(
                "{name} cannot be read as a notebook: {cause}. Open it in JupyterLab, and save it again.",
                name=name,
                cause=cause,
            )
        ) from None
    return notebook


def _parse(text: str, ending: str) -> Any:
    notebook = _of_text(text, ending) if ending != ".ipynb" else _of_json(text)
    if not isinstance(notebook.get("cells"), list):
        raise ValueError(t("it has no cells"))
    for cell in notebook.cells:
        if isinstance(cell.get("source"), list):
            cell.source = "".join(cell.source)
        if not isinstance(cell.get("source"), str) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise ValueError(t("a cell has no source, or is of no known type"))
        cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
        if not isinstance(cell.get("metadata"), dict):
            cell.metadata = Node()
        if cell.cell_type == "code":
            cell.setdefault("execution_count", None)
            cell.setdefault("outputs", [])
        if ending != ".ipynb":
            cell.pop("id", None)  # made up anew at each reading
    if not isinstance(notebook.get("metadata"), dict):
        notebook.metadata = Node()
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _give_ids(notebook)
    return notebook


def _of_json(text: str) -> Any:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(t("it is not a notebook"))
    if found.get("nbformat") == 4:
        # Not through nbformat: importing it takes over a second, and it gives a cell without an id another one each time.
        return _with_whole_texts(as_node(found))
    import nbformat

    return as_node(nbformat.reads(text, as_version=4))


def _with_whole_texts(notebook: Any) -> Any:
    """Put texts together that the file holds as lists of lines, as nbformat does."""
    for cell in notebook.get("cells") or ():
        for output in cell.get("outputs") or ():
            if output.get("output_type") == "stream":
                output["text"] = _whole(output.get("text", ""))
            _join(output.get("data"))
        for bundle in (cell.get("attachments") or {}).values():
            _join(bundle)
        if "source" in cell:
            cell["source"] = _whole(cell["source"])
    return notebook


def _join(bundle: Any) -> None:
    for kind, value in bundle.items() if isinstance(bundle, dict) else ():
        if not (kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))):
            bundle[kind] = _whole(value)


def _whole(value: Any) -> Any:
    """Return a list of lines as one text, and anything else as it is."""
    return "".join(value) if isinstance(value, list) and all(isinstance(line, str) for line in value) else value


#: What jupytext and its kin keep in the header of a text; all else there is of the assignment.
_OF_JUPYTEXT = ("jupyter", "jupytext", "kernelspec", "language_info", "file_format", "mystnb")


def _of_text(text: str, ending: str) -> Any:
    quick = percent.cells_of_py(text) if ending == ".py" else percent.cells_of_md(text)
    if quick is not None:
        cells = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source, _ in quick]
        return as_node({"cells": cells, "metadata": {}})
    import jupytext

    if ending == ".py" or not re.search(r"^```+\s*\{code-cell\}", text, re.MULTILINE):
        return as_node(jupytext.reads(text, fmt=ending.removeprefix(".")))
    header, rest = _own_header(text)
    notebook = as_node(jupytext.reads(rest, fmt="md:myst"))
    if header:
        notebook.cells.insert(0, as_node({"cell_type": "raw", "metadata": {}, "source": f"---\n{header}\n---"}))
    return notebook


def _own_header(text: str) -> tuple[str, str]:
    """Take the settings of the assignment out of the header of a MyST text, whose reader knows its own only."""
    found = re.match(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if not found:
        return "", text
    own: list[str] = []
    others: list[str] = []
    into = own
    for line in found[1].split("\n"):
        key = re.match(r"(\w+)\s*:", line)
        if key:
            into = others if key[1] in _OF_JUPYTEXT else own
        into.append(line)
    rest = text[found.end() :]
    return "\n".join(own).strip("\n"), "\n".join(["---", *others, "---", rest]) if any(others) else rest


def _give_ids(notebook: Any) -> None:
    """Give each cell an id of its own; the same cells get the same ids, so that a build does not differ from itself."""
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        found = cell.get("id")
        if not isinstance(found, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", found) or found in seen:
            found = next(one for one in _ids(number) if one not in seen)
        cell["id"] = found
        seen.add(found)


def _ids(number: int) -> Any:
    from itertools import count

    yield f"cell-{number + 1}"
    yield from (f"cell-{number + 1}-{again}" for again in count(2))


def dumps(notebook: Any) -> str:
    """Return a notebook as the text of a `.ipynb`: the same notebook, the same bytes.

    Raises
    ------
    LabkitError
        If it is not a valid notebook.
    """
    import nbformat

    notebook = nbformat.from_dict(notebook)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        cause = str(error).partition("\n")[0]
        raise LabkitError(t("The notebook would not be valid: {cause}.", cause=cause)) from None
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"


def write(path: str | Path, notebook: Any) -> Path:
    """Write a notebook as `.ipynb`, whole or not at all."""
    return save_text(path, dumps(notebook))
