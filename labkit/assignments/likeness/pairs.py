"""Find pairs of hand-ins that are alike where few others are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from labkit.assignments.likeness.normal import Line, Piece

#: How many signs of code, or words of a text, in a row are looked up together.
RUN = {"code": 6, "text": 4}
#: How many signs or words have to be alike, and written by few others, before a pair is named.
LEAST = {"code": 18, "text": 10}
#: How alike the whole of two answers has to be (0 to 1); less if a long stretch is the same.
ALIKE, LONG = 0.6, 60


@dataclass(frozen=True)
class Alike:
    """An answer that two students gave much alike.

    Attributes
    ----------
    question : str
        "" for cells that both added themselves.
    kind : {"code", "text"}
    likeness : float
        How alike the whole answers are, 0 to 1.
    signs : int
        How many signs of code or words stand in stretches that both have and few others.
    others : int
        How many further students have at least half of these stretches.
    """

    question: str
    kind: str
    likeness: float
    signs: int
    others: int


def few(count: int) -> int:
    """Return how many students may have the same stretch before it says nothing: a tenth of them, 4 to 12.

    Examples
    --------
    >>> few(10), few(60), few(300)
    (4, 6, 12)
    """
    return max(4, min(12, round(count / 10)))


def runs(signs: Line, length: int) -> list[Line]:
    """Return each stretch of so many signs; the whole if there are fewer."""
    return [signs[start : start + length] for start in range(max(len(signs) - length + 1, min(len(signs), 1)))]


def alike(pieces: Mapping[str, Sequence[Piece]], solutions: Iterable[Piece] = ()) -> dict[tuple[str, str], list[Alike]]:
    """Return what pairs of students have alike.

    Only stretches that few students have are looked up; so for 300 hand-ins not 45,000 pairs are compared, but those
    that share something rare.

    Parameters
    ----------
    pieces : mapping of str to sequence of Piece
        By student.
    solutions : iterable of Piece
        The lecturer's own answers: what these have too says nothing.

    Returns
    -------
    dict
        By pair of students, each in the order of the mapping.
    """
    by_place: dict[tuple[str, str], dict[str, Piece]] = defaultdict(dict)
    for student, own in pieces.items():
        for written in own:
            by_place[written.question, written.kind][student] = written
    known = {(one.question, one.kind): set(runs(one.signs, RUN[one.kind])) for one in solutions}
    found: dict[tuple[str, str], list[Alike]] = defaultdict(list)
    for place, answers in by_place.items():
        for pair, one in _at_place(place, answers, known.get(place, set()), few(len(pieces))):
            found[pair].append(one)
    return dict(found)


def _at_place(
    place: tuple[str, str], answers: Mapping[str, Piece], known: set[Line], most: int
) -> Iterable[tuple[tuple[str, str], Alike]]:
    question, kind = place
    length = RUN[kind]
    own = {student: runs(one.signs, length) for student, one in answers.items()}
    having: dict[Line, list[str]] = defaultdict(list)
    for student, several in own.items():
        for run in dict.fromkeys(several):
            having[run].append(student)
    rare = {run: students for run, students in having.items() if 1 < len(students) <= most and run not in known}
    together: Counter[tuple[str, str]] = Counter()
    for students in rare.values():
        together.update(combinations(students, 2))
    for (one, other), count in together.items():
        if count + length - 1 < LEAST[kind]:
            continue
        shared = {run for run in own[one] if other in rare.get(run, ())}
        signs = min(_covered(own[one], shared, length), _covered(own[other], shared, length))
        if signs < LEAST[kind]:
            continue
        whole = _ratio(answers[one].signs, answers[other].signs)
        if whole >= ALIKE or signs >= LONG:
            yield (one, other), Alike(question, kind, whole, signs, _others(shared, rare, {one, other}))


def _covered(several: Sequence[Line], shared: set[Line], length: int) -> int:
    """Return how many signs stand in stretches that are shared."""
    places: set[int] = set()
    for start, run in enumerate(several):
        if run in shared:
            places.update(range(start, start + min(length, len(run))))
    return len(places)


def _others(shared: set[Line], rare: Mapping[Line, Sequence[str]], pair: set[str]) -> int:
    counts = Counter(student for run in shared for student in rare[run] if student not in pair)
    return sum(1 for count in counts.values() if 2 * count >= len(shared))


def _ratio(one: Line, other: Line) -> float:
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))
