"""How the points of a class lie: a small histogram, only for a class that is large enough to hide in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from statistics import median

from labkit.assignments.feedback.words import points
from labkit.assignments.results import Result
from labkit.language import t

#: With fewer than this many hand-ins a picture of the class would be a picture of persons.
LEAST = 5

BINS, WIDE, HIGH = 10, 420, 96


@dataclass(frozen=True)
class Spread:
    """The points of a class.

    Attributes
    ----------
    points : tuple of float
        Of all graded hand-ins, from low to high, without names.
    most : float
        The maximum.
    later : frozenset of str
        The questions that a person still has to mark for somebody: they are left out for all.
    """

    points: tuple[float, ...]
    most: float
    later: frozenset[str] = frozenset()

    def counts(self) -> list[int]:
        """Return how many hand-ins lie in each of ten equal steps."""
        found = [0] * BINS
        for one in self.points:
            found[self.bin(one)] += 1
        return found

    def bin(self, value: float) -> int:
        """Return in which step a number of points lies; the maximum lies in the last."""
        return max(0, min(BINS - 1, int(value / self.most * BINS + 1e-9)))

    def html(self, result: Result) -> str:
        """Return the histogram with the step of a student's own points marked, and what it shows in words."""
        own = points_without(result, self.later)
        low, middle, high = self.points[0], median(self.points), self.points[-1]
        said = t(
            "Hand-ins: {count}. From {low} to {high} of {max} points; half of them have {median} or more.",
            count=len(self.points),
            low=points(low),
            high=points(high),
            max=points(self.most),
            median=points(round(middle, 2)),
        )
        note = t("The step with your own points is marked with a triangle and a darker bar.")
        if self.later:
            note += " " + t("Questions that a person still has to mark are left out, for everybody.")
        return f"<figure>{self._svg(own, said)}<figcaption>{escape(said)} {escape(note)}</figcaption></figure>"

    def _svg(self, own: float, said: str) -> str:
        counts, mine = self.counts(), self.bin(own)
        step, tallest = WIDE / BINS, max(counts)
        parts = []
        for place, count in enumerate(counts):
            high = HIGH * count / tallest
            kind = "own" if place == mine else "bar"
            left = place * step + 2
            parts.append(
                f"<rect class='{kind}' x='{left:.1f}' y='{HIGH - high + 16:.1f}' width='{step - 4:.1f}' height='{high:.1f}'/>"
            )
            if count:
                middle = left + step / 2 - 2
                parts.append(f"<text x='{middle:.1f}' y='{HIGH - high + 12:.1f}' text-anchor='middle'>{count}</text>")
        under = HIGH + 16
        tip = mine * step + step / 2
        parts.append(f"<path class='own' d='M{tip:.1f} {under + 3}l6 9h-12z'/>")
        parts.append(f"<path class='axis' d='M0 {under}H{WIDE}'/>")
        parts.append(f"<text x='0' y='{under + 28}'>0</text>")
        parts.append(f"<text x='{WIDE}' y='{under + 28}' text-anchor='end'>{escape(points(self.most))}</text>")
        label = escape(said, quote=True)
        return f"<svg viewBox='0 0 {WIDE} {under + 32}' role='img' aria-label='{label}'>{''.join(parts)}</svg>"


def spread_of(results: Iterable[Result]) -> Spread | None:
    """Return how the points of a class lie; None for fewer than five graded hand-ins, or without points.

    Examples
    --------
    >>> spread_of([Result(assignment="week1", student="s1")]) is None
    True
    """
    graded = [one for one in results if one.status == "graded" and one.questions]
    later = frozenset(question.id for one in graded for question in one.questions if question.waits)
    most = max((sum(each.max_points for each in one.questions if each.id not in later) for one in graded), default=0.0)
    if len(graded) < LEAST or most <= 0:
        return None
    return Spread(tuple(sorted(points_without(one, later) for one in graded)), most, later)


def points_without(result: Result, questions: frozenset[str]) -> float:
    """Return the points of a result for all questions but some."""
    return sum(one.points for one in result.questions if one.id not in questions)
