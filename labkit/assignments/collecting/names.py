"""Names of files that others made: told apart from paths that lead outside, repaired, and made fit for any system."""

from __future__ import annotations

import hashlib
import re

from labkit.assignments.collecting.wording import t
from labkit.assignments.safe_files import DEEPEST, normal
from labkit.errors import LabkitError

#: The longest name that is written, bytes: room for the folder that it stands in, on every system.
LONGEST = 120

_DRIVE = re.compile(r"[A-Za-z]:\S")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_COPY = re.compile(
    r"(?i)^(?:kopie van |copy of |kopie |copy )+|(?:[ _-]*(?:\(\d+\)|- ?(?:kopie|copy)(?: \(\d+\))?|-checkpoint))+$"
)
_NUMBER = re.compile(r"(?:\((\d+)\)|-(\d{1,2}))$")
#: Endings that say "text" or nothing at all, put behind the name of a notebook by a mail program or a browser.
_WRAPPED = re.compile(r"(?i)(\.ipynb)(\.(?:txt|json|html?|download|zip))$")


def parts_of(name: str) -> tuple[str, ...]:
    r"""Return the folders and the file of a path in an archive.

    Raises
    ------
    LabkitError
        If it leads outside: `..`, a path from the root, a drive letter, or a name with a NUL in it.

    Examples
    --------
    >>> parts_of("week1\\./a.ipynb")
    ('week1', 'a.ipynb')
    >>> parts_of("../a.ipynb")
    Traceback (most recent call last):
        ...
    labkit.errors.LabkitError: it holds ../a.ipynb, a path that leads outside its folder
    """
    slashed = normal(name).replace("\\", "/")
    # What cannot be printed can write over a terminal, and belongs in no name.
    plain = "".join(one if one.isprintable() else "?" for one in slashed)
    parts = tuple(one for one in plain.split("/") if one not in ("", "."))
    if "\x00" in name or slashed.startswith("/") or _DRIVE.match(slashed) or ".." in parts:
        raise LabkitError(t("it holds {name}, a path that leads outside its folder", name=shown(name)))
    if len(parts) > DEEPEST:
        raise LabkitError(t("it holds {name}, which lies too deep in folders", name=shown(name)))
    return parts


def shown(name: str, most: int = 80) -> str:
    """Return a name fit for a line of text: without control characters, and not too long."""
    plain = "".join(one if one.isprintable() else "?" for one in name)
    return plain if len(plain) <= most else f"{plain[: most // 2]}...{plain[-most // 2 + 3 :]}"


def unmangled(name: str) -> str:
    """Return a name whose UTF-8 was taken for an old code page, as it was meant.

    Some zips do not say that their names are UTF-8; Brightspace has been seen to write Russian letters for accents.

    Examples
    --------
    >>> unmangled("José".encode().decode("cp437")), unmangled("José".encode().decode("cp866")), unmangled("José")
    ('José', 'José', 'José')
    """
    if not name.isascii():
        for page in ("cp437", "cp866"):
            try:
                return name.encode(page).decode("utf-8")
            except UnicodeError:
                continue
    return name


def tidy(name: str) -> str:
    """Return the name under which a file or folder is written: fit for Windows, macOS and Linux.

    Examples
    --------
    >>> tidy('week1: "final"?.ipynb'), tidy("CON.ipynb"), tidy("José+#1.ipynb"), tidy(" .. ")
    ('week1_ _final__.ipynb', '_CON.ipynb', 'José+#1.ipynb', '_')
    """
    plain = "".join("_" if one in '<>:"/\\|?*' or not one.isprintable() else one for one in normal(name))
    plain = plain.strip().rstrip(". ") or "_"
    if _RESERVED.match(plain) or plain.startswith("."):
        plain = f"_{plain}"
    if len(plain.encode()) > LONGEST:
        stem, dot, ending = plain.rpartition(".")
        ending = f".{ending}" if dot and len(ending) <= 10 else ""
        mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        room = LONGEST - len(ending.encode()) - len(mark) - 1
        plain = f"{(stem if ending else plain).encode()[:room].decode('utf-8', 'ignore')}-{mark}{ending}"
    return plain


def free(name: str, taken: set[str]) -> str:
    """Return a name that no other file has, capitals or not, and take it.

    Examples
    --------
    >>> taken = {"week1.ipynb"}
    >>> free("Week1.ipynb", taken), free("week1.ipynb", taken)
    ('Week1-2.ipynb', 'week1-3.ipynb')
    """
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        stem, ending = name, ""
    found, number = name, 2
    while found.casefold() in taken:
        found = f"{stem}-{number}" + (f".{ending}" if ending else "")
        number += 1
    taken.add(found.casefold())
    return found


def as_notebook(name: str) -> str:
    """Return the name that a notebook should have had.

    Examples
    --------
    >>> as_notebook("week1.ipynb.txt"), as_notebook("week1.json"), as_notebook("week1.IPYNB"), as_notebook("week1")
    ('week1.ipynb', 'week1.ipynb', 'week1.ipynb', 'week1.ipynb')
    """
    name = _WRAPPED.sub(r"\1", name)
    return re.sub(r"(?i)\.(ipynb|json|txt)$", "", name) + ".ipynb"


def without_copy_marks(stem: str) -> str:
    """Return a name without what a system adds to a copy.

    Examples
    --------
    >>> without_copy_marks("Kopie van s1234567 (1)"), without_copy_marks("s1234567 - kopie"), without_copy_marks("s1")
    ('s1234567', 's1234567', 's1')
    """
    return _COPY.sub("", _COPY.sub("", stem)).strip() or stem


def copy_number(stem: str) -> int:
    """Return the number that a system gave to a copy: of "week1-2" and "week1 (2)" that is 2; 0 if there is none."""
    found = _NUMBER.search(stem)
    return int(found[1] or found[2]) if found else 0
