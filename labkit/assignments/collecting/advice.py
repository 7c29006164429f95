"""What to ask of a student who handed in something that is not a notebook."""

from __future__ import annotations

from labkit.assignments.collecting.names import shown
from labkit.assignments.collecting.wording import t

_OFFICE = (".docx", ".doc", ".odt", ".pdf", ".pptx", ".xlsx", ".rtf", ".pages")
_PICTURES = (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp")
_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")


def advice(name: str, data: bytes) -> str:
    r"""Say what a file is, and what to ask of the student.

    Parameters
    ----------
    name : str
        Its name.
    data : bytes
        Its contents.

    Examples
    --------
    >>> advice("week1.ipynb", b"")
    'week1.ipynb is empty. Needed: the file anew; the upload went wrong.'
    >>> advice("week1.docx", b"PK\x03\x04")
    'week1.docx is a document, not a notebook. Needed: the .ipynb file itself.'
    """
    low, start, name = name.lower(), data[:2000].lstrip().lower(), shown(name)
    is_page = start.startswith((b"<!doctype html", b"<html")) or low.endswith((".html", ".htm"))
    kinds = (
        (not data.strip(), t("{name} is empty. Needed: the file anew; the upload went wrong.", name=name)),
        (
            is_page,
            t(
                "{name} is a page made from a notebook, and cannot be run. Needed: the .ipynb file; in JupyterLab, File, Download.",
                name=name,
            ),
        ),
        (low.endswith(_OFFICE), t("{name} is a document, not a notebook. Needed: the .ipynb file itself.", name=name)),
        (low.endswith(_PICTURES), t("{name} is a picture, not a notebook. Needed: the .ipynb file itself.", name=name)),
        (
            low.endswith(_ARCHIVES),
            t("{name} is an archive that is not opened here. Needed: the .ipynb file itself, or a .zip.", name=name),
        ),
        (
            low.endswith(".py"),
            t(
                "{name} is a Python program, not a notebook. Needed: the .ipynb file with the answers in its own cells.",
                name=name,
            ),
        ),
        (
            low.endswith(".ipynb"),
            t(
                "{name} is called a notebook and cannot be read as one. Needed: the notebook anew, opened in JupyterLab and saved.",
                name=name,
            ),
        ),
    )
    other = t("{name} is not a notebook. Needed: the .ipynb file itself.", name=name)
    return next((text for fits, text in kinds if fits), other)
