"""Who published a figure, and how they want to be named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_YEAR = re.compile(r"\b(19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Source:
    """One publication that figures or borders come from.

    Attributes
    ----------
    name : str
        Its id in the package.
    title, publisher : str
        What it is and who published it.
    path : str
        Where it can be found.
    licence, credit : str
        On what terms, and the line with which it must be named.
    """

    name: str
    title: str
    publisher: str
    path: str
    licence: str
    credit: str

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Source:
        """Read a source from the descriptor of a package."""
        return cls(
            *(str(item.get(key) or "") for key in ("name", "title", "publisher", "path", "licence", "credit")),
        )

    def __str__(self) -> str:
        return f"{self.credit or self.publisher} ({self.title})"


def credit_line(sources: Iterable[Source]) -> str:
    """Return the credits of several sources in one line; those that differ by a year only are taken together.

    Examples
    --------
    >>> credits = ["CBS, Key figures 2023", "CBS, Key figures 2024", "Kadaster, 2022"]
    >>> credit_line(Source(text, "", "", "", "", text) for text in credits)
    'CBS, Key figures 2023, 2024; Kadaster, 2022'
    """
    years: dict[str, list[str]] = {}
    for source in sources:
        credit = source.credit or source.publisher
        found = _YEAR.search(credit)
        years.setdefault(_YEAR.sub("{}", credit, count=1), []).append(found.group() if found else "")
    return "; ".join(text.replace("{}", ", ".join(sorted(set(each))), 1) for text, each in years.items())
