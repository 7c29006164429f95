"""Merge three versions of a record, field by field: for git, which only knows lines."""

from __future__ import annotations

from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import t
from labkit.register.differences import Differences
from labkit.register.reading import decode
from labkit.register.records import KINDS, Record
from labkit.register.validating import parse_record, to_record
from labkit.register.writing import changed_text
from labkit.saving import save_text

#: Tells git to ask labkit how records go together; each copy of the repository says once where labkit is.
ATTRIBUTES = "*.yaml merge=labkit-register\n"


def merge_files(base: Path, ours: Path, theirs: Path) -> bool:
    """Write the changes of both into our file; say whether that could be done.

    Fields that one of the two changed are taken over, and items that both added to a list are kept. Nothing is
    written if both changed one field each in another way, or if a version is no record.

    Parameters
    ----------
    base, ours, theirs : Path
        The version that both began with, and what each made of it.
    """
    try:
        texts = [decode(path.read_bytes()) for path in (base, ours, theirs)]
        kind = _kind(texts[1])
        opened, yours, others = (parse_record(kind, text) for text in texts)
        merged = Differences(opened.as_dict(), others.as_dict(), yours.as_dict()).merged
        if merged is None:
            return False
        save_text(ours, changed_text(texts[1], to_record(kind, merged)))
    except (LabkitError, OSError):
        return False
    return True


def _kind(text: str) -> type[Record]:
    from labkit.register.fields import PREFIXES
    from labkit.register.reading import read_yaml

    id = str(read_yaml(text).get("id", ""))
    for name, prefix in PREFIXES.items():
        if id.startswith(f"{prefix}-"):
            return KINDS[name]
    raise LabkitError(t("{id} is the id of no record.", id=repr(id)))
