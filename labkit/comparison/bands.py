"""Places in a ranking, as bands: rounding and estimation leave open who is third and who is fifth."""

from __future__ import annotations

from collections.abc import Iterable

from labkit.figure import Figure
from labkit.language import resolve, t


def rank_bands(figures: Iterable[Figure]) -> dict[str, tuple[int, int, int]]:
    """Return for each area the best and the worst place that its figure allows.

    Place 1 is the highest value. An area is certainly above another only if their bands do not touch.

    Parameters
    ----------
    figures : iterable of Figure
        One indicator and year, one figure an area.

    Returns
    -------
    dict
        Code -> (best place, worst place, number of areas with a value). Areas without a value have no place.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> bands = rank_bands(leiden.figures.of("lonely", "district", 2020, within="Leiden"))
    >>> bands["WK054606"]
    (1, 7, 10)
    """
    known = [(one.area, one.low, one.high) for one in figures if one.low is not None and one.high is not None]
    return {
        code: (
            1 + sum(other_low > high for _, other_low, _ in known),
            len(known) - sum(other_high < low for _, _, other_high in known),
            len(known),
        )
        for code, low, high in known
    }


def place(best: int, worst: int, among: int, language: str | None = None) -> str:
    """Say a place in words.

    Examples
    --------
    >>> place(3, 5, 10, "en"), place(1, 1, 10, "nl"), place(1, 10, 10, "en")
    ('3rd to 5th of 10', '1e van 10', 'no clear place among 10')
    """
    if best == 1 and worst == among and among > 1:
        return t("no clear place among {among}", language, among=among)
    if best == worst:
        return t("{place} of {among}", language, place=ordinal(best, language), among=among)
    return t(
        "{best} to {worst} of {among}",
        language,
        best=ordinal(best, language),
        worst=ordinal(worst, language),
        among=among,
    )


def ordinal(number: int, language: str | None = None) -> str:
    """Write a place: 1st, 2nd, 3rd in English, 1e, 2e, 3e in Dutch.

    Examples
    --------
    >>> [ordinal(n, "en") for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    if resolve(language) == "nl":
        return f"{number}e"
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
