"""Ways to find the limits of classes: as many values in each, equal steps, natural breaks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def _quantiles(values: Numbers, k: int) -> list[float]:
    """Limits with the same number of values between them; ties may leave fewer of them."""
    edges = []
    for step in range(1, k + 1):
        # In whole numbers, because 0.6 * 5 must be exactly 3 for a value to stay in its class.
        position, part = divmod(step * (values.size - 1), k)
        low, high = values[position], values[min(position + 1, values.size - 1)]
        edges.append(float(low + (high - low) * (part / k)))
    return sorted(set(edges))


def _equal(values: Numbers, k: int) -> list[float]:
    """Limits at equal steps from the lowest to the highest value."""
    low, high = float(values[0]), float(values[-1])
    steps = [low + (high - low) * (step / k) for step in range(1, k)]
    return sorted({*(step for step in steps if step < high), high})


def _natural(values: Numbers, k: int) -> list[float]:
    """Limits of the classes with the smallest sum of squared differences from their means (Fisher-Jenks).

    Exact, by dynamic programming over the different values: the best `c` classes of the first `j` values are
    the best `c - 1` classes of the first `i`, and one class of the rest.
    """
    different, counts = np.unique(values, return_counts=True)
    n = different.size
    # Moved to zero and scaled, so that squares of large values that lie close together stay exact.
    scaled = (different - different.mean()) / max(float(np.ptp(different)), np.finfo(float).tiny)
    weight = np.concatenate([[0.0], np.cumsum(counts)])
    total = np.concatenate([[0.0], np.cumsum(counts * scaled)])
    square = np.concatenate([[0.0], np.cumsum(counts * scaled**2)])

    def spread(first: npt.NDArray[np.int64], last: int) -> Numbers:
        """Sum of squares of the classes that begin at each of `first` and end before `last`."""
        part = total[last] - total[first]
        squares: Numbers = square[last] - square[first] - part**2 / (weight[last] - weight[first])
        return squares

    zero = np.zeros(1, dtype=np.int64)
    best = np.array([np.inf, *(spread(zero, last)[0] for last in range(1, n + 1))])
    begins = []
    for classes in range(2, k + 1):
        previous, best = best, np.full(n + 1, np.inf)
        begin = np.zeros(n + 1, dtype=np.int64)
        for last in range(classes, n + 1):
            first = np.arange(classes - 1, last)
            cost = previous[first] + spread(first, last)
            begin[last] = first[np.argmin(cost)]
            best[last] = cost.min()
        begins.append(begin)
    edges, last = [float(different[-1])], n
    for begin in reversed(begins):
        last = int(begin[last])
        edges.append(float(different[last - 1]))
    return edges[::-1]


#: The schemes that find their own limits: sorted values and a number of classes that they can fill -> limits.
SCHEMES: dict[str, Callable[[Numbers, int], list[float]]] = {
    "quantiles": _quantiles,
    "equal": _equal,
    "natural": _natural,
}
