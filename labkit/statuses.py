"""Why a figure has a value, or why it has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labkit.texts import Text


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of how a figure came about.

    Attributes
    ----------
    id : str
        Its name in tables ("suppressed").
    has_value : bool
        Does a figure with this status have a value?
    """

    id: str
    has_value: bool
    labels: Text
    notes: Text

    def label(self, language: str | None = None) -> str:
        """Return its name in a word or two."""
        return self.labels(language)

    def note(self, language: str | None = None) -> str:
        """Return what it means, in a sentence."""
        return self.notes(language)


#: For an area of which the package holds nothing at all. It stands in no file: nobody says why there is no figure.
NOT_HELD = Status(
    "not_in_package",
    False,
    Text(nl="niet in het pakket", en="not in the package"),
    Text(nl="Dit cijfer staat niet in het pakket.", en="This figure is not in the package."),
)


def read_statuses(items: Iterable[Mapping[str, Any]]) -> dict[str, Status]:
    """Read the statuses from a package's block "labkit": id -> Status."""
    return {
        item["id"]: Status(
            item["id"],
            bool(item["has_value"]),
            Text.of(item),
            Text(nl=item.get("nl_note", ""), en=item.get("en_note", "")),
        )
        for item in items
    }
