"""The nearest of many names: as `labkit.names.nearest`, but in a register of 10,000 records too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from labkit.names import fold, nearest

#: So many names that share the rarest parts with the wanted one are compared letter by letter.
_COMPARED = 60
#: A part that more names have than this tells too little.
_COMMON = 400


class Nearby:
    """Names that can be asked for the nearest ones.

    The names that share most groups of three letters with the wanted one are found first; only those are
    compared letter by letter.

    Parameters
    ----------
    names : iterable of str
        The names that exist.
    folded : bool
        Whether they have the form of `labkit.names.fold` already.

    Examples
    --------
    >>> Nearby(["eenzaamheid", "armoede", "eenzame ouderen"]).of("eenzaamheit")
    ['eenzaamheid']
    """

    def __init__(self, names: Iterable[str], *, folded: bool = False) -> None:
        self._names = list(dict.fromkeys(names))
        self._by_part: dict[str, list[int]] = {}
        for place, name in enumerate(self._names):
            for part in _parts(name if folded else fold(name)):
                self._by_part.setdefault(part, []).append(place)
        self._found: dict[tuple[str, int], list[str]] = {}

    def of(self, text: str, most: int = 3) -> list[str]:
        """Return the names that look most like a text, best first; empty if nothing comes near."""
        key = (text, most)
        if key not in self._found:
            self._found[key] = nearest(text, self._candidates(text), most)
        return list(self._found[key])

    def _candidates(self, text: str) -> list[str]:
        owners = [self._by_part[part] for part in _parts(fold(text)) if part in self._by_part]
        telling = [one for one in owners if len(one) <= _COMMON] or sorted(owners, key=len)[:3]
        counts: Counter[int] = Counter()
        for one in telling:
            counts.update(one)
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_COMPARED]
        return [self._names[place] for place, _ in best]


def _parts(name: str) -> set[str]:
    """Return the groups of three letters in a folded name, with its beginning and end marked."""
    text = f" {name} "
    return {text[place : place + 3] for place in range(len(text) - 2)} or {text}
