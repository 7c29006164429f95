"""Where a series breaks: borders that were redrawn, definitions that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labkit.texts import Text


@dataclass(frozen=True, slots=True)
class Break:
    """Figures up to `from_year` and figures from `to_year` on cannot be compared.

    Attributes
    ----------
    area : str
        Code of the area that it holds for; "" for all.
    indicator : str
        Id of the indicator that it holds for; "" for all.
    from_year, to_year : int
        The last year before and the first year after the break.
    kind : {"border", "definition"}
        Was the area redrawn, or is something else measured?
    note : Text
        What happened, for the reader.
    source : str
        Who says so.
    """

    area: str
    indicator: str
    from_year: int
    to_year: int
    kind: str
    note: Text
    source: str

    def parts(self, year_a: int, year_b: int) -> bool:
        """Return whether the two years lie on different sides of the break."""
        early, late = sorted((year_a, year_b))
        return early <= self.from_year and late >= self.to_year


class Breaks:
    """All breaks of a city.

    Examples
    --------
    >>> import labkit as lk
    >>> breaks = lk.open_city("leiden").areas.breaks
    >>> breaks.between(2022, 2024, area="WK054700").kind
    'border'
    >>> breaks.between(2022, 2024, area="WK054609") is None
    True
    """

    def __init__(self, breaks: Iterable[Break]) -> None:
        self._breaks = list(breaks)

    @classmethod
    def read(cls, rows: Iterable[Mapping[str, str]]) -> Breaks:
        """Read them from the rows of `breaks.csv`."""
        return cls(
            Break(
                row["area"],
                row["indicator"],
                int(row["from_year"]),
                int(row["to_year"]),
                row["kind"],
                Text.of(row, "note"),
                row["source"],
            )
            for row in rows
        )

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._breaks)

    def __len__(self) -> int:
        return len(self._breaks)

    def between(self, year_a: int, year_b: int, *, area: str = "", indicator: str = "") -> Break | None:
        """Return the break that parts two years for an area and an indicator, or None if they compare.

        Parameters
        ----------
        year_a, year_b : int
            The two years, in any order.
        area : str
            An area's code; left out, only breaks that hold for all areas count.
        indicator : str
            An indicator's id; left out, only breaks that hold for all indicators count.
        """
        for one in self._breaks:
            if one.area in ("", area) and one.indicator in ("", indicator) and one.parts(year_a, year_b):
                return one
        return None
