"""Projects and questions as features: one for each record and area, with the area's outline.

A record in the whole city, elsewhere or in an unknown place is a feature without an outline, never left out. `share`
says which part of the record a feature stands for: the shares of a record add up to 1, so that a sum of shares counts
every record once, and a count of features counts every area that it touches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from labkit.register import when
from labkit.register.records import KINDS, Project, Question, Record
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    from labkit.area import Area
    from labkit.areas import Areas
    from labkit.register.book import Book

#: The kinds of record that are drawn on a map, and which of their fields go with them.
FIELDS: dict[str, tuple[str, ...]] = {
    "project": (
        *("title_nl", "title_en", "summary_nl", "summary_en", "programme", "kind", "status", "start", "end", "themes"),
        *("levels", "students", "participation", "on_site", "scope", "areas", "place_text", "venue", "visibility"),
        *("sources",),
    ),
    "question": (
        *("title_nl", "title_en", "text_nl", "text_en", "asked_on", "asker_kind", "status", "themes", "fit", "levels"),
        *("scope", "areas", "place_text", "answer_by", "visibility", "sources"),
    ),
}
#: What a feature says beside the fields of its record.
PLACED = ("record", "year", "group", "area", "area_name", "level", "share")


@dataclass(frozen=True, slots=True)
class Feature:
    """One record in one area, or in none.

    Attributes
    ----------
    record : Record
        The project or question.
    group : {"areas", "city", "region", "elsewhere", "unknown"}
        Where it is. A code that the city does not know counts as unknown.
    code : str
        The code that the record gives; "" unless the group is "areas" or the code is not known.
    area : Area or None
        The area with that code.
    share : float
        One divided by the number of areas of the record.
    """

    record: Record
    group: str
    code: str
    area: Area | None
    share: float

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return f"{self.record.id}@{self.code or self.group}"

    def properties(self) -> dict[str, Any]:
        """Return what is known of it: fields that are not filled in are None."""
        record = self.record
        date = getattr(record, "start", None) or getattr(record, "asked_on", None)
        placed = {
            "record": record.id,
            "year": when.year(date),
            "group": self.group,
            "area": self.code or None,
            "area_name": self.area.name if self.area else None,
            "level": self.area.level if self.area else None,
            "share": self.share,
        }
        return {**placed, **{name: getattr(record, name) for name in FIELDS[record.KIND]}}


def features_of(book: Book, areas: Areas, kind: str) -> Iterator[Feature]:
    """Yield the features of a kind of record, by id and then as the record lists its areas.

    Parameters
    ----------
    book : Book
        The records, as the audience may see them.
    areas : Areas
        The areas of the city.
    kind : {"project", "question"}
        The kind.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.book import Book
    >>> made = Question(id="q-soup", visibility="public", title_en="Who comes?", asker_kind="resident", status="new",
    ...                 themes=["social_cohesion"], scope="areas", areas=["WK054608", "WK054609"])
    >>> [(one.area.name, one.share) for one in features_of(Book([made]), lk.open_city("leiden").areas, "question")]
    [('Merenwijkdistrict', 0.5), ('Stevenshofdistrict', 0.5)]
    """
    for record in book.of(KINDS[kind]):
        assert isinstance(record, Project | Question)
        codes = list(dict.fromkeys(record.areas)) if record.scope == "areas" else []
        if not codes:
            yield Feature(record, UNKNOWN if record.scope == "areas" else record.scope, "", None, 1.0)
        for code in codes:
            area = areas[code] if code in areas else None  # noqa: SIM401 - Areas has no get
            yield Feature(record, "areas" if area else UNKNOWN, code, area, 1 / len(codes))
