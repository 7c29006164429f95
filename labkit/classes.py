"""Class breaks: figures sorted into a few classes, so that a map can give each class a colour.

A page of numpy instead of mapclassify, whose import alone takes longer than a map; the tests compare the two.
Values are rounded to the decimals in which they are shown *before* they are classed, and a class is named by
the lowest and highest value in it: what a reader sees on the label of an area fits one class of the legend.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from labkit.errors import NoFiguresError, WrongUseError
from labkit.language import number, t
from labkit.names import nearest

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
    below : int or None
        How many classes lie at or below the middle that was given, if one was.
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
        return [
            range_label(low, high, decimals, language)
            for low, high in zip(self.lows, self.highs, strict=True)
        ]

    def notes(self, language: str | None = None) -> list[str]:
        """Return what a reader should know about these classes, such as that there are fewer than asked."""
        made = self.k - self.zero
        if made >= self.asked:
            return []
        text = "Classes: {made} instead of {asked}, because there are too few different values."
        return [t(text, language, made=made, asked=self.asked)]


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
    # Not numpy's round: it scales first, and then gives another last digit than the written number has.
    return np.array([round(value, decimals) + 0.0 for value in values.tolist()], dtype=np.float64)


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
        A value with a meaning, such as the city's own figure: half of the classes lie at or below it, half
        above. For diverging colours.

    Returns
    -------
    Classes

    Raises
    ------
    NoFiguresError
        If there is no value at all.
    WrongUseError
        If the scheme is unknown, `k` is no whole number from 1, a value is infinite or no number, or the
        breaks do not ascend.

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
    scheme = _scheme(scheme, breaks)
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise WrongUseError(f"The number of classes is a whole number from 1, not {k!r}.")
    data = rounded(_numbers(values), decimals)
    known = np.sort(data[~np.isnan(data)])
    if known.size == 0:
        raise NoFiguresError("There is no value to make classes of: every figure is missing.")
    zero = bool(zero_class and known[0] == 0 and known[-1] > 0)
    rest = known[known > 0] if zero else known
    fixed = _fixed_breaks(breaks)
    if fixed:
        edges = _fixed(rest, fixed)
    elif middle is None:
        edges = SCHEMES[scheme](rest, k)
    else:
        sides = rest[rest <= middle], rest[rest > middle]
        edges = [edge for side in sides if side.size for edge in SCHEMES[scheme](side, max(k // 2, 1))]
    classes = _filled(known, [0.0, *edges] if zero else edges, decimals)
    return Classes(
        scheme=scheme,
        edges=tuple(edge for edge, _, _, _ in classes),
        lows=tuple(low for _, low, _, _ in classes),
        highs=tuple(high for _, _, high, _ in classes),
        counts=tuple(count for _, _, _, count in classes),
        missing=int(np.isnan(data).sum()),
        zero=zero,
        below=None if middle is None else sum(edge <= middle for edge, _, _, _ in classes),
        decimals=decimals,
        asked=len(edges) if fixed else k if middle is None else len(sides_with_values(rest, middle)) * max(k // 2, 1),
    )
