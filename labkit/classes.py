"""Class breaks: figures sorted into a few classes, so that a map can give each class a colour.

A page of numpy instead of mapclassify, whose import alone takes longer than a map; the tests compare the two.
Values are rounded to the decimals in which they are shown *before* they are classed, and a class is named by
the lowest and highest value in it: what a reader sees on the label of an area fits one class of the legend.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, SupportsFloat

import numpy as np
import numpy.typing as npt

from labkit.errors import NoFiguresError, WrongUseError
from labkit.language import did_you_mean, number, t
from labkit.names import nearest
from labkit.schemes import SCHEMES

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classes:
    """Classes of values, from low to high; made by `classify`.

    Attributes
    ----------
    scheme : str
        How they were made: "quantiles", "equal", "natural" or "fixed".
    edges : tuple of float
        Upper limit of each class; a value equal to a limit belongs to that class.
    lows, highs : tuple of float
        Lowest and highest value in each class. A class without values has the limits between which its
        values would lie; the lowest class may then be open below (-inf).
    counts : tuple of int
        How many values each class holds.
    missing : int
        How many values were None or NaN. They are in no class.
    zero : bool
        Whether the first class holds the zeros and nothing else.
    middle : float or None
        The value around which the classes part, if one was given.
    below : int or None
        How many classes lie at or below it.
    decimals : int or None
        To how many decimals the values were rounded first.
    asked : int
        How many classes were asked for (without the class of zeros).

    Examples
    --------
    >>> classes = classify([1, 2, 3, 4, 5, 6, None], k=3)
    >>> classes.labels("en")
    ['1 – 2', '3 – 4', '5 – 6']
    >>> classes.counts, classes.missing
    ((2, 2, 2), 1)
    """

    scheme: str
    edges: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    counts: tuple[int, ...]
    missing: int
    zero: bool
    middle: float | None
    below: int | None
    decimals: int | None
    asked: int

    @property
    def k(self) -> int:
        """How many classes there are, the class of zeros included."""
        return len(self.edges)

    def index(self, values: Iterable[Any]) -> npt.NDArray[np.int64]:
        """Return the class of each value: 0 for the lowest, -1 for None or NaN.

        Examples
        --------
        >>> classify([1, 2, 3, 4], k=2).index([1, None, 4]).tolist()
        [0, -1, 1]
        """
        data = rounded(_numbers(values), self.decimals)
        # Values above the last limit can only come from other data; they belong to the highest class.
        found = np.minimum(np.searchsorted(self.edges, data, side="left"), self.k - 1)
        return np.where(np.isnan(data), -1, found).astype(np.int64)

    def labels(self, language: str | None = None) -> list[str]:
        """Return a label for each class in the form of the language, such as "47.8 – 49.9"."""
        decimals = self.decimals if self.decimals is not None else _decimals_of((*self.lows, *self.highs))
        return [range_label(low, high, decimals, language) for low, high in zip(self.lows, self.highs, strict=True)]

    def notes(self, language: str | None = None) -> list[str]:
        """Return what a reader should know about these classes, such as that there are fewer than asked."""
        counts = {"made": self.k - self.zero, "asked": self.asked}
        if counts["made"] == self.asked:
            return []
        if counts["made"] > self.asked:
            return [t("{made} classes instead of {asked}: a middle needs one on each side.", language, **counts)]
        if self.scheme != "fixed" and self.below is not None and (self.below <= self.zero or self.below == self.k):
            return [
                t("{made} classes instead of {asked}: all values lie on one side of the middle.", language, **counts)
            ]
        return [t("{made} classes instead of {asked}: too many values are equal to make more.", language, **counts)]


def range_label(low: float, high: float, decimals: int, language: str | None = None) -> str:
    """Return "low – high" in the form of the language; one number if both are the same.

    Examples
    --------
    >>> range_label(1200, 3400.5, 1, "nl")
    '1.200,0 – 3.400,5'
    """
    last = number(high, decimals, language)
    if math.isinf(low):
        return t("up to {high}", language, high=last)
    first = number(low, decimals, language)
    return first if first == last else f"{first} – {last}"


def rounded(values: Numbers, decimals: int | None) -> Numbers:
    """Round values exactly as they are written, so that equal texts mean equal values.

    Examples
    --------
    >>> rounded(np.array([47.85, 0.125]), 1).tolist()
    [47.9, 0.1]
    """
    if decimals is None:
        return values
    return np.array([rounded_value(value, decimals) for value in values.tolist()], dtype=np.float64)


def rounded_value(value: float, decimals: int) -> float:
    """Round one value exactly as it is written; NaN stays NaN.

    Examples
    --------
    >>> rounded_value(47.85, 1), rounded_value(-0.01, 1)
    (47.9, 0.0)
    """
    # Not numpy's round: it scales first, and then gives another last digit than the written number has.
    return float(round(value, decimals)) + 0.0


def classify(
    values: Iterable[Any],
    scheme: str | None = None,
    k: int = 5,
    *,
    breaks: Sequence[float] | None = None,
    decimals: int | None = None,
    zero_class: bool = False,
    middle: float | None = None,
) -> Classes:
    """Sort values into classes.

    Parameters
    ----------
    values : iterable of float
        The figures. None and NaN are in no class and are counted apart.
    scheme : {"quantiles", "equal", "natural", "fixed"}, optional
        "quantiles" (the default): as many areas in each class as ties allow. "equal": classes of the same
        width, empty ones included. "natural": the classes with the smallest squared differences inside them
        (Fisher-Jenks). "fixed": the `breaks` you give, the same on every map.
    k : int
        How many classes; there are fewer if there are fewer different values.
    breaks : sequence of float, optional
        Upper limit of each class, for "fixed". Values above the last one get a class of their own.
    decimals : int, optional
        In how many decimals the values are shown; they are rounded to it before they are classed.
    zero_class : bool
        Give exact zeros a class of their own, beside the `k` others, if there are zeros, other values and
        no negative ones.
    middle : float, optional
        A value with a meaning, such as the city's own figure, for diverging colours: half of the classes lie
        at or below it, half above; of an odd number, the side with more different values has one more. `notes`
        tells where a side is empty, or k = 1 became two classes. With breaks, it must be one of them.

    Returns
    -------
    Classes

    Raises
    ------
    NoFiguresError
        If there is no value at all.
    WrongUseError
        If the scheme is unknown, `k` is no whole number from 1, a value or the middle is infinite or no
        number, or the breaks do not ascend.

    Source
    ------
    Fisher, W. D. (1958). On grouping for maximum homogeneity. JASA 53, 789-798 (natural breaks).

    Examples
    --------
    >>> classify([0, 10, 20, 100], "equal", 2).labels("en")
    ['0 – 20', '100']
    >>> classify([3, 8, 12, 45], breaks=[10, 20, 50]).edges
    (10.0, 20.0, 50.0)
    >>> classify([0, 0, 4, 9], k=2, zero_class=True).labels("en")
    ['0', '4', '9']
    """
    limits = None if breaks is None else _limits(breaks)
    scheme, k, middle = _scheme(scheme, breaks), class_count(k), _middle(middle, limits)
    data = rounded(_numbers(values), decimals)
    known = np.sort(data[~np.isnan(data)])
    if known.size == 0:
        raise NoFiguresError(t("There is no value to make classes of: every figure is missing."))
    zero = bool(zero_class and known[0] == 0 and known[-1] > 0)
    rest = known[known > 0] if zero else known
    if limits is not None:
        edges = [edge for edge in _fixed(rest, limits) if edge > 0 or not zero]
    else:
        sides = [(rest, k)] if middle is None else _sides(rest, middle, k)
        edges = [edge for side, most in sides for edge in SCHEMES[scheme](side, min(most, np.unique(side).size))]
    made = list(_describe(known, [0.0, *edges] if zero else edges, decimals, keep_empty=scheme != "quantiles"))
    return Classes(
        scheme=scheme,
        edges=tuple(one.edge for one in made),
        lows=tuple(one.low for one in made),
        highs=tuple(one.high for one in made),
        counts=tuple(one.size for one in made),
        missing=int(np.isnan(data).sum()),
        zero=zero,
        middle=middle,
        below=None if middle is None else sum(one.edge <= middle for one in made),
        decimals=decimals,
        asked=k if limits is None else len(edges),
    )


def class_count(k: object) -> int:
    """Return how many classes are asked for, if that is a whole number from 1.

    Examples
    --------
    >>> class_count(5)
    5
    """
    try:
        count = 0 if isinstance(k, bool) else operator.index(k)  # type: ignore[arg-type]
    except TypeError:
        count = 0
    if count < 1:
        raise WrongUseError(t("The number of classes, k, is a whole number from 1, such as 5; not {k}.", k=repr(k)))
    return count


def _limits(breaks: object) -> list[float]:
    """Return breaks as numbers, if that is what they are."""
    given = list(breaks) if isinstance(breaks, Iterable) and not isinstance(breaks, str) else []
    limits: list[float] = _numbers(given).tolist()
    if not limits or any(math.isnan(limit) for limit in limits) or sorted(set(limits)) != limits:
        raise WrongUseError(
            t("Breaks are numbers that ascend, such as [10, 20, 50], not {given}.", given=repr(given or breaks))
        )
    return limits


def _middle(middle: object, limits: list[float] | None) -> float | None:
    if middle is None:
        return None
    value = math.nan if isinstance(middle, bool) or not isinstance(middle, SupportsFloat) else float(middle)
    if not math.isfinite(value):
        raise WrongUseError(
            t(
                "The middle is a number around which the colours part, such as the city's own figure; not {middle}.",
                middle=repr(middle),
            )
        )
    if limits is not None and value not in limits:
        raise WrongUseError(
            t("The middle, {middle}, must be one of the breaks: {limits}.", middle=middle, limits=limits)
        )
    return value


def _fixed(values: Numbers, limits: list[float]) -> list[float]:
    """Return the limits that were given, and one more for values above them."""
    highest = float(values[-1])
    return [*limits, highest] if highest > limits[-1] else limits


def _scheme(scheme: str | None, breaks: Sequence[float] | None) -> str:
    """Return which scheme is meant; breaks alone are enough to mean "fixed"."""
    names = [*SCHEMES, "fixed"]
    chosen = scheme or ("quantiles" if breaks is None else "fixed")
    if chosen not in names:
        near = nearest(str(chosen), names, most=1)
        hint = " " + did_you_mean([f'"{near[0]}"']) if near else ""
        raise WrongUseError(
            t(
                "There is no scheme {chosen}.{hint} The schemes are {names}.",
                chosen=repr(chosen),
                hint=hint,
                names=", ".join(names),
            )
        )
    if (chosen == "fixed") != (breaks is not None):
        raise WrongUseError(
            t('Scheme "fixed" and breaks belong together: classify(values, "fixed", breaks=[10, 20, 50]).')
        )
    return chosen


def _numbers(values: Iterable[Any]) -> Numbers:
    """Return values as floats, with NaN for None and for what pandas calls missing."""
    numbers = []
    for value in values:
        missing = value is None or type(value).__name__ in ("NAType", "NaTType")
        try:
            numbers.append(math.nan if missing else float(value))
        except (TypeError, ValueError) as error:
            raise WrongUseError(t("Classes are made of numbers, and {value} is none.", value=repr(value))) from error
    if any(math.isinf(value) for value in numbers):
        raise WrongUseError(t("One of the values is infinite; was something divided by zero? Leave it out."))
    return np.array(numbers, dtype=np.float64)


def _sides(values: Numbers, middle: float, k: int) -> list[tuple[Numbers, int]]:
    """Return the values at or below the middle and those above it, each with its share of `k` classes."""
    below, above = values[values <= middle], values[values > middle]
    odd, more_below = k % 2, np.unique(below).size > np.unique(above).size
    shares = (below, k // 2 + odd * more_below), (above, k // 2 + odd * (not more_below))
    return [(side, max(share, 1)) for side, share in shares if side.size]


class _Class(NamedTuple):
    edge: float
    low: float
    high: float
    size: int


def _describe(values: Numbers, edges: list[float], decimals: int | None, keep_empty: bool) -> Iterator[_Class]:
    """Yield each class with the values in it, or with the values that would be in it."""
    before = -math.inf
    for edge in edges:
        inside = values[(values > before) & (values <= edge)]
        if inside.size:
            yield _Class(edge, float(inside[0]), float(inside[-1]), int(inside.size))
        elif keep_empty:
            low, high = _shown_between(before, edge, decimals)
            if low <= high:
                yield _Class(edge, low, high, 0)
        before = edge


def _shown_between(before: float, edge: float, decimals: int | None) -> tuple[float, float]:
    """Lowest and highest value that could be shown above `before` and up to `edge`."""
    if decimals is None:
        return before, edge
    scale = 10.0**decimals
    low = before if math.isinf(before) else round(math.floor(before * scale + 1e-9) + 1) / scale
    return low, math.floor(edge * scale + 1e-9) / scale


def _decimals_of(values: Iterable[float]) -> int:
    """How many decimals, at the most six, show these values as they are."""
    finite = [value for value in values if math.isfinite(value)]
    return next((d for d in range(6) if all(math.isclose(round(v, d), v) for v in finite)), 6)
