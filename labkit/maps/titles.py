"""What stands above a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from labkit.language import t

if TYPE_CHECKING:
    from labkit.maps.ground import Ground
    from labkit.maps.layers import AreaLayer
    from labkit.maps.map_page import Shown


def title_of(layers: Sequence[AreaLayer], language: str, place: str = "") -> str:
    """Return what stands above layers of areas: "label, areas, year".

    Examples
    --------
    >>> import labkit as lk
    >>> title_of(lk.open_city("leiden").map("lonely", year="all").area_layers, "en")
    'Lonely adults, districts, 2012–2020'
    """
    first = layers[0]
    labels = list(dict.fromkeys(one.about.label(language) for one in layers))
    years = sorted({one.year for one in layers})
    when = f", {years[0]}" if len(years) == 1 else f", {years[0]}–{years[-1]}" if len(labels) == 1 else ""
    if len(labels) == 1:
        what = labels[0]
    elif len(labels) == 2:
        what = t("{first} and {second}", language, first=labels[0], second=labels[1])
    else:
        what = t("{first} and {count} other indicators", language, first=labels[0], count=len(labels) - 1)
    return f"{what}, {first.scale.plural(language)}{place}{when}"


def title_of_areas(layers: Sequence[AreaLayer], ground: Ground, language: str, place: str) -> str:
    """Return what stands above the areas of a city, with or without figures.

    Examples
    --------
    >>> import labkit as lk
    >>> title_of_areas([], lk.open_city("leiden").map().ground, "en", ", Leiden")
    'Districts, Leiden'
    """
    if layers:
        return title_of(layers, language, place)
    plural = ground.scale.plural(language)
    return f"{plural[:1].upper()}{plural[1:]}{place}"


def title_of_places(made: Shown, place: str) -> str:
    """Return what stands above a map without figures.

    Examples
    --------
    >>> import labkit as lk
    >>> title_of_places(lk.open_city("leiden").map(projects=True, language="en"), ", Leiden")
    'Projects, districts, Leiden'
    """
    titles = [one.title(made.language) for one in made.drawn_layers]
    if not titles and any(one.kind == "projects" for one in made.layers):
        titles = [t("Projects", made.language)]
    titles += [one.label for one in made.layers if one.kind == "observations"] * (not titles)
    return f"{', '.join(titles)}, {made.ground.scale.plural(made.language)}{place}"
