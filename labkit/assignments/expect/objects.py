"""Expect a map or a chart: look at the object itself, not at its pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from labkit.assignments.expect.failing import fail
from labkit.assignments.expect.kinds import answered, is_open, wrong_kind
from labkit.assignments.objects.colours import alike
from labkit.assignments.objects.describing import describe
from labkit.assignments.objects.facts import AxisFacts, ChartFacts, LayerFacts, MapFacts
from labkit.language import t

#: How a text says whose figures or outlines these are.
SOURCES = (
    "cbs",
    "kadaster",
    "rivm",
    "ggd",
    "gemeente",
    "municipality",
    "source",
    "bron",
    "©",
    "openstreetmap",
    "statist",
)

#: Two values of an area that differ less, relative to their size, are the same value.
_NOISE = 1e-6


def map_of(
    value: Any,
    indicator: str | None = None,
    year: int | None = None,
    level: str | None = None,
    areas: int | None = None,
    layers: int | None = None,
    classes: int | tuple[int, int] | None = None,
    legend: bool = True,
    missing_shown: bool = True,
    credit: bool = True,
    title: bool = False,
    colours_apart: bool = True,
    points: int | None = None,
    like: Any = None,
) -> Any:
    """Expect a map, of labkit, folium, geopandas or Altair.

    Every fault is named, so that a student can mend them in one go.

    Parameters
    ----------
    value : object
        The answer.
    indicator, level : str, optional
        What a map of labkit must show, and for which areas.
    year : int, optional
        The year that a map of labkit must show.
    areas, points : int, optional
        How many areas must be drawn in one layer, and at least how many points in all.
    layers : int, optional
        How many layers of areas there must be at least; one if left out.
    classes : int or pair of int, optional
        How many classes, or from how many to how many.
    legend, missing_shown, credit, title : bool
        Whether it must have a legend, show areas without a figure in a way of their own, say whose figures these
        are, and have a title.
    colours_apart : bool
        Whether people who see colours differently must be able to tell the colours apart.
    like : object, optional
        A map of the solution: the values of the areas must be the same.

    Returns
    -------
    object
        The answer.

    Raises
    ------
    CheckFailed
        Of kind "type" if it is no map, else "map".

    Notes
    -----
    Outlines must be drawn in a system that the library shows rightly: folium and Altair want longitude and latitude
    (EPSG:4326).

    Examples
    --------
    >>> import labkit as lk
    >>> city = lk.open_city("leiden")
    >>> map_of(city.map("lonely", year=2020), indicator="lonely", areas=10, classes=(3, 6))
    <DistrictMap lonely 2020: 10 x district, 0 without a figure>
    >>> map_of(city.map("lonely", year=2016), year=2020)
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: The map shows another year than is asked: 2016.
    """
    facts = _facts(value, MapFacts, t("a map"))
    found = [layer for layer in facts.areas if layer.features]
    if not found and not (points and not areas):
        fail("map", t("The map has no layer of areas."))
    main = _main(found, indicator, year)
    wrong = []
    if layers is not None and len(found) < layers:
        wrong.append(t("The map has fewer layers of areas than is asked: {have}.", have=len(found)))
    if main:
        wrong += _wrong_layer(main, indicator, year, level, areas, classes)
        wrong += _wrong_system(facts, main)
        if missing_shown and main.missing and not main.missing_shown:
            wrong.append(
                t(
                    "Areas without a figure are not shown as such: give them a look of their own, and say it in the legend."
                )
            )
        if colours_apart:
            wrong += _wrong_colours(main.colours)
        if legend and (len(main.colours) > 1 or main.classes) and not facts.legend:
            wrong.append(t("The map has no legend: nobody can tell what its colours mean."))
    if points is not None and sum(layer.features for layer in facts.layers if layer.kind == "points") < points:
        wrong.append(t("The map shows fewer points than is asked."))
    wrong += _wrong_texts(facts, credit, title)
    if not wrong and like is not None and main:
        wrong += _unlike(main, describe(like))
    if wrong:
        fail("map", " ".join(wrong))
    return value


def chart(
    value: Any,
    marks: str | Iterable[str] | None = None,
    x: str | None = None,
    y: str | None = None,
    count: int | None = None,
    title: bool = True,
    labels: bool = True,
    from_zero: bool = True,
    source: bool = False,
    colours_apart: bool = True,
    legend: bool = False,
) -> Any:
    """Expect a chart, of matplotlib or Altair.

    Parameters
    ----------
    value : object
        The answer: axes or a figure of matplotlib, a chart of Altair.
    marks : str or iterable of str, optional
        What it must draw: "bar", "line", "point", "area"; of several, any of them.
    x, y : str, optional
        The column that a chart of Altair must show along an axis; of matplotlib this cannot be told.
    count : int, optional
        How many bars or points there must be at least.
    title, labels, source, legend : bool
        Whether it must have a title, a label along each axis, the name of a source, and a legend.
    from_zero : bool
        Whether bars must begin at zero.
    colours_apart : bool
        Whether people who see colours differently must be able to tell the colours apart.

    Returns
    -------
    object
        The answer.

    Raises
    ------
    CheckFailed
        Of kind "type" if it is no chart, else "chart".

    Examples
    --------
    >>> import altair, pandas
    >>> table = pandas.DataFrame({"name": ["Mors", "Roodenburg"], "residents": [9, 8]})
    >>> bars = altair.Chart(table, title="Residents").mark_bar().encode(x="residents", y="name")
    >>> chart(bars, marks="bar", x="residents") is bars
    True
    >>> chart(bars.properties(title=""))
    Traceback (most recent call last):
        ...
    labkit.assignments.expect.failing.CheckFailed: The chart has no title: say what it shows, where and when.
    """
    facts = _facts(value, ChartFacts, t("a chart"))
    wrong = []
    asked = [marks] if isinstance(marks, str) else list(marks or ())
    if not facts.marks:
        fail("chart", t("The chart is empty: nothing is drawn in it."))
    if asked and not set(asked) & set(facts.marks):
        wrong.append(
            t("The chart draws {have}, where {asked} is asked.", have=_words(facts.marks), asked=_words(asked))
        )
    wrong += [*_wrong_axis(facts.x, "x", x, labels), *_wrong_axis(facts.y, "y", y, labels)]
    if count is not None and facts.count < count:
        wrong.append(t("The chart shows fewer values than is asked: {have}.", have=facts.count))
    if title and not facts.title:
        wrong.append(t("The chart has no title: say what it shows, where and when."))
    along = facts.y if facts.bars_upright else facts.x
    if from_zero and "bar" in facts.marks and along.from_zero is False:
        wrong.append(t("Bars must begin at zero: their length is what a reader compares."))
    if source and not _names_source([facts.title, *facts.texts]):
        wrong.append(t("Nothing on it says whose figures these are: name the source."))
    if legend and not facts.legend and len(facts.colours) > 1:
        wrong.append(t("There are several colours and no legend: say what they mean."))
    if colours_apart:
        wrong += _wrong_colours(facts.colours)
    if wrong:
        fail("chart", " ".join(wrong))
    return value


def _facts(value: Any, kind: Any, asked: str) -> Any:
    if is_open(value):
        answered(value)
    facts = describe(value)
    if not isinstance(facts, kind):
        if facts is not None:
            other = t("a chart") if isinstance(facts, ChartFacts) else t("a map")
            fail("type", t("This is {what}, where {asked} is asked.", what=other, asked=asked))
        wrong_kind(value, asked)
    return facts


def _main(layers: list[LayerFacts], indicator: str | None, year: int | None) -> LayerFacts | None:
    """Return the layer that is asked for; failing that, the one that shows most."""
    fitting = [one for one in layers if indicator in (None, one.name) and year in (None, one.year)]
    return max(
        fitting or layers, key=lambda one: (len(one.colours) > 1 or bool(one.values), one.features), default=None
    )


def _wrong_layer(
    layer: LayerFacts,
    indicator: str | None,
    year: int | None,
    level: str | None,
    areas: int | None,
    classes: int | tuple[int, int] | None,
) -> list[str]:
    wrong = []
    if indicator and layer.name and layer.name != indicator:
        wrong.append(t('The map shows another indicator than is asked: "{have}".', have=layer.name))
    if year and layer.year and layer.year != year:
        wrong.append(t("The map shows another year than is asked: {have}.", have=layer.year))
    if level and layer.level and layer.level != level:
        wrong.append(t("The map shows areas of another level than is asked: {have}.", have=layer.level))
    if areas is not None and layer.features != areas:
        wrong.append(t("The map shows {have} areas, which is more or fewer than is asked.", have=layer.features))
    if classes is not None:
        low, high = (classes, classes) if isinstance(classes, int) else classes
        if layer.classes is None:
            wrong.append(t("The colours run on without classes: put the values into classes."))
        elif not low <= layer.classes <= high:
            wrong.append(t("The map has {have} classes, which is more or fewer than is asked.", have=layer.classes))
    return wrong


def _wrong_system(facts: MapFacts, layer: LayerFacts) -> list[str]:
    if facts.made_with in ("folium", "altair") and layer.crs not in ("", "EPSG:4326"):
        return [
            t(
                "The outlines are in metres ({crs}), where this map wants longitude and latitude: use .to_crs(4326) first.",
                crs=layer.crs,
            )
        ]
    return []


def _wrong_colours(colours: tuple[str, ...]) -> list[str]:
    near = alike(colours)
    if not near:
        return []
    first, second = near[0]
    return [
        t(
            "Some people cannot tell its colours {first} and {second} apart: choose other ones.",
            first=first,
            second=second,
        )
    ]


def _wrong_texts(facts: MapFacts, credit: bool, title: bool) -> list[str]:
    wrong = []
    if credit and not _names_source([facts.title, *facts.texts, *facts.legend]):
        wrong.append(t("Nothing on it says whose figures these are: name the source."))
    if title and not facts.title:
        wrong.append(t("The map has no title: say what it shows, where and when."))
    return wrong


def _names_source(texts: Iterable[str]) -> bool:
    whole = " ".join(texts).lower()
    return any(word in whole for word in SOURCES)


def _wrong_axis(axis: AxisFacts, name: str, asked: str | None, labels: bool) -> list[str]:
    wrong = []
    if asked and axis.field and axis.field != asked:
        wrong.append(t('Along {name} stands "{have}", where another column is asked.', name=name, have=axis.field))
    if labels and not axis.label:
        wrong.append(t("Nothing says what stands along {name}, and in which unit.", name=name))
    return wrong


def _unlike(layer: LayerFacts, other: Any) -> list[str]:
    """Compare the values that two maps show, by area; by their order if the objects do not name their areas."""
    if not isinstance(other, MapFacts) or not other.areas:
        raise TypeError("a map can only be compared with a map")
    asked = _main(list(other.areas), layer.name or None, layer.year)
    if asked is None or not layer.values or not asked.values:
        return []
    if set(layer.values) == set(asked.values):
        pairs = [(layer.values[code], asked.values[code]) for code in asked.values]
    else:
        pairs = list(zip(_ordered(layer), _ordered(asked), strict=False))
        if len(layer.values) != len(asked.values):
            return [t("The map does not show the areas that are asked.")]
    off = sum(not _near(one, two) for one, two in pairs)
    return (
        [t("In {off} of {all} areas the map shows another value than your figures give.", off=off, all=len(pairs))]
        if off
        else []
    )


def _ordered(layer: LayerFacts) -> list[float | None]:
    return sorted(layer.values.values(), key=lambda one: (one is None, one or 0.0))


def _near(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= _NOISE * max(1.0, abs(two))


def _words(marks: Iterable[str]) -> str:
    names = {"bar": t("bars"), "line": t("a line"), "point": t("points"), "area": t("an area chart"), "box": t("boxes")}
    return ", ".join(names.get(one, one) for one in marks)
