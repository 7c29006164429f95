"""Where a series breaks: borders that were redrawn, definitions that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labkit.structure.flaw import Flaw, FlawError
from labkit.structure.plain import plain_year
from labkit.texts import Text

if TYPE_CHECKING:
    from labkit.datapackage import Package

KINDS = ("border", "definition")


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
    def read(cls, package: Package) -> Breaks:
        """Read them from the rows of `breaks.csv`; a `PackageError` says so where one is not a break."""
        breaks = []
        for line, row in package.numbered_rows("breaks"):
            for flaw in break_flaws(row, line):
                raise FlawError(package.file("breaks"), flaw)
            years = int(row["from_year"]), int(row["to_year"])
            breaks.append(
                Break(row["area"], row["indicator"], *years, row["kind"], Text.of(row, "note"), row["source"])
            )
        return cls(breaks)

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


def break_flaws(row: Mapping[str, str], line: int = 0) -> Iterator[Flaw]:
    """Yield what keeps a row of `breaks.csv` from being a break.

    Examples
    --------
    >>> row = {"kind": "border", "from_year": "2020", "to_year": "x"}
    >>> [flaw.message for flaw in break_flaws(row)]
    ['2020 to x is not a span of years.']
    """
    if row["kind"] not in KINDS:
        yield Flaw(f'"{row["kind"]}" is not a kind of break.', "Give border or definition.", "kind", line)
    early, late = plain_year(row["from_year"]), plain_year(row["to_year"])
    if early is None or late is None or early >= late:
        message = f"{row['from_year']} to {row['to_year']} is not a span of years."
        yield Flaw(message, "Give the year before and the year after, each in four digits.", "to_year", line)
