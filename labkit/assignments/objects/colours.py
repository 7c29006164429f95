"""Whether colours can be told apart by people who see colours differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

#: Two colours nearer than this, in Oklab, are hard to tell apart beside each other on a map.
APART = 0.04

#: How someone sees linear RGB who lacks one kind of cones altogether.
SIGHTS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?:[0-9a-f]{2})?\Z", re.IGNORECASE)


def alike(colours: Iterable[str], sight: str | None = None) -> list[tuple[str, str]]:
    """Return the pairs of colours that some people cannot tell apart.

    Parameters
    ----------
    colours : iterable of str
        As #rrggbb; what is no such colour is left out, and a colour that is there twice counts once.
    sight : str, optional
        One of `SIGHTS`; all of these, and full colour vision, if left out.

    Returns
    -------
    list of tuple of str
        Nearest pairs first.

    Source
    ------
    Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
    Deficiency", IEEE TVCG 15(6), severity 1.0; distance in Oklab, Ottosson (2020).

    Examples
    --------
    >>> alike(["#ffffcc", "#7fcdbb", "#2c7fb8"])
    []
    >>> alike(["#d62728", "#2ca02c"])
    [('#d62728', '#2ca02c')]
    """
    found = list(dict.fromkeys(one.lower() for one in colours if _HEX.match(one)))
    sights = [SIGHTS[sight]] if sight else [None, *SIGHTS.values()]
    near: dict[tuple[str, str], float] = {}
    for matrix in sights:
        seen = {one: _oklab(_as_seen(_linear(one), matrix)) for one in found}
        for first, second in combinations(found, 2):
            distance = sum((a - b) ** 2 for a, b in zip(seen[first], seen[second], strict=True)) ** 0.5
            if distance < APART:
                near[first, second] = min(distance, near.get((first, second), APART))
    return sorted(near, key=lambda pair: near[pair])


def _linear(colour: str) -> list[float]:
    text = _HEX.match(colour)[1]  # type: ignore[index]  # only colours that match come here
    text = "".join(one * 2 for one in text) if len(text) == 3 else text
    channels = [int(text[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]


def _as_seen(rgb: Sequence[float], matrix: Sequence[Sequence[float]] | None) -> list[float]:
    if matrix is None:
        return list(rgb)
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in matrix]


def _oklab(rgb: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
