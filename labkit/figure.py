"""One figure: a value with the band in which the truth lies, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.statuses import Status


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
