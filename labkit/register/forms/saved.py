"""What is told of a record that was just saved: how it reads, where its file is, and how it gets into git."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.register.records import Record

if TYPE_CHECKING:
    from labkit.register.register import Register


def saved(register: Register, record: Record) -> dict[str, Any]:
    """Return a saved record as a page reads it: title, rows, relations, file, and the words for git."""
    page = register[record.id]
    path = register.folder.file(record.id)
    return {
        "id": record.id,
        "title": record.title,
        "rows": [list(one) for one in page.rows],
        "linked": [text for text, _, _ in page.relations],
        "path": str(path),
        "git": git_words(path),
        "code": f'register["{record.id}"]',
    }


def git_words(path: Path) -> str:
    """Return how a file is given to git, from the folder that git keeps; "" where no git is.

    Examples
    --------
    >>> git_words(Path("/nowhere/projects/p-x.yaml"))
    ''
    """
    for folder in path.parents:
        if (folder / ".git").exists():
            return f"git add {path.relative_to(folder).as_posix()}"
    return ""
