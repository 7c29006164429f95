"""How sure a figure is: the band in which the true value lies, given how it was rounded or estimated.

A publisher's rounding is a promise about the true value. A difference smaller than that promise is not a
difference, so every comparison in labkit is made between bands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.indicators import Indicator

#: Statuses under which a figure has a value.
WITH_VALUE = ("observed", "rounded", "estimated", "provisional", "derived")


def band(value: float, status: str, step: float, indicator: Indicator, rules: Mapping[str, Any]) -> tuple[float, float]:
    """Return the lowest and highest true value that a published figure allows.

    Parameters
    ----------
    value : float
        The figure, in the indicator's unit.
    status : str
        How it came about: "observed", "rounded", "estimated", "provisional" or "derived".
    step : float
        The figure is given as a multiple of this.
    indicator : Indicator
        What is measured: a count in steps of 1 is exact, a share in steps of 1 is not.
    rules : mapping
        The package's block "bands": status -> half_width (and the unit for which it holds).

    Returns
    -------
    tuple of float
        (low, high); counts and shares do not go below 0, shares not above 100.

    Source
    ------
    CBS rounds counts of residents and households per district at random to a multiple of 5, so that the
    true count lies up to 4 on either side (CBS, explanation of "Kerncijfers wijken en buurten").

    Examples
    --------
    >>> import labkit as lk
    >>> population = lk.open_city("leiden").indicators["population"]
    >>> band(10665, "rounded", 5, population, {})
    (10661, 10669)
    >>> band(130108, "observed", 1, population, {})
    (130108, 130108)
    """
    half = _half_width(status, step, indicator, rules)
    low, high = value - half, value + half
    if indicator.kind in ("count", "share", "rate", "distance", "index") and value >= 0:
        low = max(low, 0)
    if indicator.unit == "%" and value <= 100:
        high = min(high, 100)
    return low, high


def _half_width(status: str, step: float, indicator: Indicator, rules: Mapping[str, Any]) -> float:
    rule = rules.get(status)
    if rule is not None and rule.get("unit", indicator.unit) == indicator.unit:
        return float(rule["half_width"])
    if indicator.kind in ("count", "index") and step <= 1:
        return 0  # a counted number, or a class: not a rounded one
    if status == "rounded" and indicator.rounding == "random":
        return step - 1
    return step / 2


def decimals_of(step: float) -> int:
    """Return how many decimals a value in multiples of this step has when it is written out.

    Examples
    --------
    >>> [decimals_of(step) for step in (100, 5, 1, 0.5, 0.1, 0.25, 0.05)]
    [0, 0, 0, 1, 1, 2, 2]
    """
    return len(f"{step:.10f}".rstrip("0").partition(".")[2])


def decimals_shown(step: float, indicator: Indicator) -> int:
    """Return with how many decimals a figure is shown: those of its indicator, but never more than were published.

    Parameters
    ----------
    step : float
        The figure's rounding step; 0 for one that was derived, which is shown with at least one decimal.
    indicator : Indicator
        What is measured.

    Examples
    --------
    >>> import labkit as lk
    >>> income = lk.open_city("leiden").indicators["income_per_inhabitant"]
    >>> decimals_shown(0.1, income), decimals_shown(1, income), decimals_shown(0, income)
    (1, 0, 1)
    """
    if step:
        return min(indicator.decimals, decimals_of(step))
    return indicator.decimals if indicator.kind == "count" else max(1, indicator.decimals)
