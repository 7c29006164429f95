"""The page's own texts: English in the template and the script, translated by labkit's one catalogue."""

from __future__ import annotations

import re
from functools import cache

from labkit.language import catalogue
from labkit.look import ASSETS

# t("...") in the script, data-t="..." and its kin in the template.
_IN_SCRIPT = re.compile(r'\bt\(\s*"([^"]+)"')
_IN_TEMPLATE = re.compile(r'\bdata-t(?:-label|-placeholder)?="([^"]+)"')


@cache
def msgids() -> tuple[str, ...]:
    """Return the English texts of the atlas page, in the order of its files, each once.

    Examples
    --------
    >>> "Definition and source" in msgids()
    True
    """
    found: dict[str, None] = {}
    for path in sorted((ASSETS / "atlas").iterdir()):
        pattern = {".js": _IN_SCRIPT, ".html": _IN_TEMPLATE}.get(path.suffix)
        if pattern is not None:
            found |= dict.fromkeys(pattern.findall(path.read_text(encoding="utf-8")))
    return tuple(found)


def page_texts(language: str) -> dict[str, str]:
    """Return the page's texts in a language: English text -> translation, where there is one.

    Examples
    --------
    >>> page_texts("nl")["Definition and source"]
    'Definitie en bron'
    """
    known = catalogue(language)
    return {text: known[text] for text in msgids() if known.get(text)}
