"""One figure: a value with the band in which the truth lies, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labkit.indicators import Indicators
from labkit.rounding import band
from labkit.statuses import Status
from labkit.structure.plain import plain_number, plain_year


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes
    ----------
    area, indicator : str
        Code of the area and id of the indicator.
    year : int
        The year of the publisher's table.
    value : float or None
        In the indicator's unit; None if there is no value, and never 0 in its place.
    low, high : float or None
        The band in which the true value lies, given rounding or estimation.
    step : float
        The value is given as a multiple of this; 0 where it was derived.
    source : str
        Id of the source.
    state : Status
        How it came about, or why it has no value.
    """

    area: str
    indicator: str
    year: int
    value: float | None
    low: float | None
    high: float | None
    step: float
    source: str
    state: Status

    @property
    def status(self) -> str:
        """Id of the status."""
        return self.state.id

    def reason(self, language: str | None = None) -> str:
        """Return in a sentence how it came about, or why it has no value."""
        return self.state.note(language)

    def differs_from(self, other: Figure) -> bool:
        """Return whether the bands of both lie apart, so that the difference is more than rounding."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low > other.high or other.low > self.high


def read_figure(
    row: Mapping[str, str], indicators: Indicators, statuses: Mapping[str, Status], rules: Mapping[str, Any]
) -> Figure:
    """Read a figure from a row of `figures.csv`; a KeyError or ValueError if that is not one."""
    if row["indicator"] not in indicators:
        raise KeyError(row["indicator"])  # a label, which people may use, is no id
    indicator, state = indicators[row["indicator"]], statuses[row["status"]]
    year, step = plain_year(row["year"]), plain_number(row["step"] or "0")
    if year is None or step is None or step < 0 or state.has_value != (row["value"] != ""):
        raise ValueError(row)
    value = low = high = None
    if state.has_value:
        value = plain_number(row["value"])
        if value is None:
            raise ValueError(row["value"])
        low, high = band(value, state.id, step, indicator, rules)
    return Figure(row["area"], indicator.id, year, value, low, high, step, row["source"], state)
