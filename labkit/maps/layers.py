"""What a map shows: one indicator in one year, over the areas of one level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from labkit import look
from labkit.area import Level
from labkit.classes import Classes, class_count, classify, rounded_value
from labkit.errors import WrongUseError
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.maps.layer_spec import layer_spec
from labkit.maps.tables import layer_table
from labkit.rounding import decimals_shown
from labkit.sources import Source

if TYPE_CHECKING:
    import pandas as pd

#: A GeoJSON FeatureCollection as a plain dict; the features have the properties `code` and `name`.
Outlines = Mapping[str, Any]

MOST_CLASSES = 6


@dataclass(frozen=True, repr=False)
class AreaLayer:
    """One indicator in one year over the areas of one level; made by `area_layer`.

    Attributes
    ----------
    about : Indicator
        What is shown; `indicator` is its id.
    scale : Level
        Which areas; `level` is its id.
    year : int
        The year of the figures.
    areas : dict
        The outlines, as GeoJSON.
    figures : tuple of Figure
        At most one for each area.
    classes : Classes or None
        None if no area has a figure that can be drawn.
    palette : str
        Name of the colours; `colours` are they, from the lowest class to the highest.
    background : dict or None
        Outlines of areas around it, as GeoJSON.
    undrawn : dict
        Code of an area -> why its figure does not belong to the outline that is drawn.
    credit : str
        Whom to name.
    notes : tuple of str
        What else a reader should know.
    sources : tuple of Source
        Who published the figures and the outlines.
    kind : str
        "areas": what sort of layer this is.

    Examples
    --------
    >>> import labkit as lk
    >>> layer = lk.open_city("leiden").map("lonely", level="neighbourhood", year=2020).layers[0]
    >>> layer.indicator, layer.level, layer.year, layer.missing
    ('lonely', 'neighbourhood', 2020, ['BU05460407'])
    """

    kind: ClassVar[str] = "areas"

    about: Indicator
    scale: Level
    year: int
    areas: Outlines
    figures: tuple[Figure, ...]
    classes: Classes | None
    palette: str
    background: Outlines | None = None
    undrawn: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def __repr__(self) -> str:
        drawn = len(self.codes) - len(self.missing)
        return f"<AreaLayer {self.indicator} {self.year}: {drawn} of {len(self.codes)} x {self.level} with a figure>"

    @property
    def indicator(self) -> str:
        """Id of the indicator."""
        return self.about.id

    @property
    def level(self) -> str:
        """Id of the level."""
        return self.scale.id

    @cached_property
    def decimals(self) -> int:
        """How many decimals are shown: no more than the figures were published with."""
        shown = (decimals_shown(one.step, self.about) for one in self.figures if one.value is not None)
        return max(shown, default=self.about.decimals)

    @cached_property
    def codes(self) -> list[str]:
        """Codes of the areas, in the order in which they are drawn."""
        return [str(feature["properties"]["code"]) for feature in self.areas["features"]]

    @cached_property
    def names(self) -> list[str]:
        """Names of the areas, in the same order."""
        return [str(feature["properties"]["name"]) for feature in self.areas["features"]]

    @cached_property
    def by_area(self) -> dict[str, Figure]:
        """Code of an area -> its figure."""
        return {figure.area: figure for figure in self.figures}

    @cached_property
    def values(self) -> list[float | None]:
        """The values as they are shown, in the order of the areas; None where there is none."""
        return [self._value(code) for code in self.codes]

    @property
    def missing(self) -> list[str]:
        """Codes of the areas without a figure."""
        return [code for code, value in zip(self.codes, self.values, strict=True) if value is None]

    @property
    def colours(self) -> list[str]:
        """Colour of each class, from low to high."""
        if self.classes is None:
            return []
        zero = [look.zero_colour(self.palette)] * self.classes.zero
        if self.classes.below is not None:
            return zero + look.diverging(*_sides(self.classes))
        return zero + look.ramp(self.classes.k - self.classes.zero, self.palette)

    @cached_property
    def index(self) -> list[int | None]:
        """Class of each area, in the order of the areas; None where no figure is drawn."""
        if self.classes is None:
            return [None] * len(self.codes)
        found = self.classes.index(self.values).tolist()
        return [None if one < 0 or code in self.undrawn else one for code, one in zip(self.codes, found, strict=True)]

    def remark(self, code: str, language: str | None = None) -> str:
        """Return why an area has no figure or why it is not drawn, or how the figure came about if that matters."""
        figure = self.by_area.get(code)
        if figure is None:
            return t("There is no figure for this area.", language)
        if figure.value is None:
            return figure.reason(language)
        if code in self.undrawn:
            return self.undrawn[code]
        return "" if figure.status == "observed" else figure.state.label(language)

    def remarks_for_all(self, language: str | None = None) -> list[str]:
        """Return the sentences that belong below the map: how to read these figures and classes."""
        lines = []
        if self.about.kind == "count":
            lines.append(t("Counts: larger areas hold more. Use a share or a rate to compare areas.", language))
        if self.classes is not None:
            lines += self.classes.notes(language)
            if self.classes.middle is not None:
                middle = number(self.classes.middle, self.decimals, language)
                unit = self.about.unit_label(language)
                lines.append(t("The colours part at {middle} {unit}.", language, middle=middle, unit=unit))
        shown = (figure for figure in self.figures if figure.value is not None and figure.status != "observed")
        lines += list(dict.fromkeys(figure.reason(language) for figure in shown))
        if self.blurred:
            lines.append(t("The figures have a margin: areas in neighbouring classes need not differ.", language))
        return [*lines, *self.notes]

    @property
    def blurred(self) -> bool:
        """Whether the middle figures of two neighbouring classes have bands that overlap."""
        classes: dict[int, list[Figure]] = {}
        for code, one in zip(self.codes, self.index, strict=True):
            if one is not None and self.by_area[code].low is not None:
                classes.setdefault(one, []).append(self.by_area[code])
        middles = [
            sorted(classes[one], key=lambda figure: figure.value or 0)[len(classes[one]) // 2]
            for one in sorted(classes)
        ]
        return any((upper.low or 0) < (lower.high or 0) for lower, upper in pairwise(middles))

    @property
    def drawn(self) -> list[float]:
        """The values that are drawn: all but those that are missing, or belong to other borders."""
        pairs = zip(self.codes, self.values, strict=True)
        return [value for code, value in pairs if value is not None and code not in self.undrawn]

    @property
    def table(self) -> pd.DataFrame:
        """The figures as a DataFrame: area, name, value, unit, year, status, class, reason."""
        return layer_table(self)

    def table_in(self, language: str | None = None) -> pd.DataFrame:
        """Return `table` with its words in a language."""
        return layer_table(self, language)

    def title(self, language: str | None = None) -> str:
        """Return what is shown: the indicator and the year."""
        return f"{self.about.label(language)}, {self.year}"

    def spec(self, language: str | None = None) -> dict[str, Any]:
        """Return the layer as plain data for the page; see `labkit.maps.layer_spec`."""
        return layer_spec(self, language)

    def _value(self, code: str) -> float | None:
        figure = self.by_area.get(code)
        if figure is None or figure.value is None:
            return None
        return rounded_value(figure.value, self.decimals)


def area_layer(
    about: Indicator,
    scale: Level,
    year: int,
    areas: Outlines,
    figures: Iterable[Figure],
    *,
    scheme: str | None = None,
    k: int = 5,
    breaks: Sequence[float] | None = None,
    classes: Classes | None = None,
    palette: str | None = None,
    middle: float | None = None,
    background: Outlines | None = None,
    undrawn: Mapping[str, str] | None = None,
    credit: str = "",
    notes: Sequence[str] = (),
    sources: Sequence[Source] = (),
) -> AreaLayer:
    """Put figures and outlines together and sort the figures into classes.

    Parameters
    ----------
    about : Indicator
        What is shown.
    scale : Level
        Which areas.
    year : int
        The year of the figures.
    areas : dict
        GeoJSON outlines in longitude and latitude, with code and name.
    figures : iterable of Figure
        An area without one is drawn as missing.
    scheme, k, breaks
        How classes are made: see `labkit.classes.classify`. Zeros get a class of their own.
    classes : Classes, optional
        Classes that were made before, for instance of several years together.
    palette : {"sequential", "blues", "diverging"}, optional
        The colours: "diverging" if there is a middle, else "sequential".
    middle : float, optional
        A value with a meaning, such as the city's own figure; needed for "diverging".
    background : dict, optional
        Outlines of areas around it, as GeoJSON.
    undrawn : dict, optional
        Code of an area -> why its figure may not be drawn on this outline, for instance because the
        border was moved. Such an area is hatched, and its figure stays in the table.
    credit : str
        Whom to name below the map.
    notes : sequence of str
        Sentences for below the legend.
    sources : sequence of Source
        Who published the figures and the outlines.

    Returns
    -------
    AreaLayer

    Raises
    ------
    WrongUseError
        If the classes or colours cannot be made in this way.

    Examples
    --------
    >>> import labkit as lk
    >>> city = lk.open_city("leiden")
    >>> layer = area_layer(
    ...     city.indicators["lonely"],
    ...     city.areas.level("district"),
    ...     2020,
    ...     city.areas.outlines("district", city.home),
    ...     city.figures.of("lonely", "district", 2020, city.home),
    ...     k=3,
    ... )
    >>> layer.classes.counts, layer.colours
    ((4, 3, 3), ['#edf8b1', '#7fcdbb', '#2c7fb8'])
    """
    if class_count(k) > MOST_CLASSES:
        raise WrongUseError(
            t("A map has 1 to {most} classes, not {k}: more cannot be told apart.", most=MOST_CLASSES, k=k)
        )
    if palette is None:
        palette = "sequential" if middle is None else "diverging"
    if (palette == "diverging") != (middle is not None):
        raise WrongUseError(
            t(
                "Diverging colours and a middle belong together: give the value around which they part, "
                "such as the city's own figure."
            )
        )
    look.ramp(1, palette)  # says which palettes there are, if this is none
    codes = {feature["properties"]["code"] for feature in areas["features"]}
    layer = AreaLayer(
        about=about,
        scale=scale,
        year=year,
        areas=areas,
        figures=tuple(figure for figure in figures if figure.area in codes),
        classes=None,
        palette=palette,
        background=background,
        undrawn=dict(undrawn or {}),
        credit=credit,
        notes=tuple(notes),
        sources=tuple(sources),
    )
    drawn = layer.drawn
    if classes is None and drawn:
        classes = classify(drawn, scheme, k, breaks=breaks, decimals=layer.decimals, zero_class=True, middle=middle)
    demand_colours(classes)
    return replace(layer, classes=classes)


def demand_colours(classes: Classes | None) -> None:
    """Refuse classes that have no colours, when a map is made and not only when it is shown."""
    if classes is None:
        return
    made = classes.k - classes.zero
    if made > MOST_CLASSES:
        raise WrongUseError(
            t(
                "These breaks make {made} classes; a map has at most {most}: more cannot be told apart. "
                "A value above the last break gets a class of its own.",
                made=made,
                most=MOST_CLASSES,
            )
        )
    below, above = _sides(classes)
    if classes.below is not None and max(below, above) > MOST_CLASSES // 2:
        raise WrongUseError(
            t(
                "There are colours for {most} classes on each side of the middle; "
                "these breaks ask for {below} up to it and {above} above it.",
                most=MOST_CLASSES // 2,
                below=below,
                above=above,
            )
        )


def _sides(classes: Classes) -> tuple[int, int]:
    """Return how many classes lie up to the middle and above it, without that of the zeros."""
    below = max((classes.below or 0) - classes.zero, 0)
    return below, classes.k - classes.zero - below


def map_texts(language: str | None = None, areas: str | None = None) -> dict[str, str]:
    """Return the words that `areas.js` needs.

    Parameters
    ----------
    language : {"en", "nl"}, optional
        The current language if left out.
    areas : str, optional
        What the areas are called ("districts"), for the head of the column with their number.

    Examples
    --------
    >>> map_texts("en", "districts")["areas"]
    'districts'
    """
    return {
        "zoom_in": t("Zoom in", language),
        "zoom_out": t("Zoom out", language),
        "map": t("Map", language),
        "areas": areas or t("areas", language),
        "no_figure": t("No figure", language),
        "not_drawn": t("Not drawn", language),
        "band": t("between {low} and {high}", language),
        "up_to": t("up to {high}", language),
        "background": t("Not part of this map", language),
    }
