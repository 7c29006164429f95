"""A pair of texts, Dutch and English, as a city package holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labkit.language import resolve


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Dutch and English; each stands in for the other where one is missing.

    Examples
    --------
    >>> Text(nl="wijk", en="district")("nl")
    'wijk'
    >>> Text(nl="", en="district")("nl")
    'district'
    """

    nl: str = ""
    en: str = ""

    def __call__(self, language: str | None = None) -> str:
        """Return the text in the given language, or in the current one."""
        first, second = (self.nl, self.en) if resolve(language) == "nl" else (self.en, self.nl)
        return first or second

    @classmethod
    def of(cls, row: Mapping[str, Any], name: str = "") -> Text:
        """Read a pair from a row: `name_nl` and `name_en`, or `nl` and `en` without a name."""
        key = f"{name}_" if name else ""
        return cls(nl=str(row.get(f"{key}nl") or ""), en=str(row.get(f"{key}en") or ""))
