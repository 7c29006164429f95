"""Who published a figure, and how they want to be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


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
    """Return the credits of several sources in one line, each once.

    Examples
    --------
    >>> cbs = Source("cbs", "Key figures", "CBS", "", "CC BY 4.0", "CBS, 2023")
    >>> credit_line([cbs, cbs])
    'CBS, 2023'
    """
    return "; ".join(dict.fromkeys(source.credit or source.publisher for source in sources))
