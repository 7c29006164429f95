"""Charts of comparisons, made with Altair from plain rows; they look like the rest (see `labkit.look`).

Each carries its title, unit and source, and a description for who cannot see it. Bars start at zero; bands
are drawn as lines; what cannot be compared is not connected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from labkit.language import current, t
from labkit.look import ACCENT, INK
from labkit.sources import Source, credit_line

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[Mapping[str, Any]]

#: Okabe and Ito's colours for categories, without black and yellow: these are too strong and too faint for lines.
CATEGORIES = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"]
MARK = "#2c7fb8"
QUIET = "#8c959f"


def bars(rows: Rows, *, title: str, unit: str, sources: Iterable[Source]) -> alt.LayerChart:
    """Return a bar an area, longest first, with its band.

    Parameters
    ----------
    rows : list of dict
        area (name), value, low, high, why (said in place of a bar where there is no value).
    title, unit : str
        What is shown, and in which unit.
    sources : iterable of Source
        Who published it.

    Examples
    --------
    >>> chart = bars([{"area": "A", "value": 2, "low": 1, "high": 3}], title="T", unit="%", sources=[])
    >>> chart.to_dict()["layer"][0]["mark"]["type"]
    'bar'
    """
    import altair as alt

    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("area:N", sort=[row["area"] for row in rows], title=None, axis=alt.Axis(labelLimit=260)),
        tooltip=["area:N", alt.Tooltip("value:Q", title=unit)],
    )
    bar = base.mark_bar(color=MARK, height=14).encode(x=alt.X("value:Q", title=unit, scale=alt.Scale(zero=True)))
    bands = base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    none = base.transform_filter("datum.value === null").mark_text(align="left", dx=6, fontStyle="italic", color=QUIET)
    chart: alt.LayerChart = dressed(
        alt.layer(bar, bands, none.encode(x=alt.datum(0), text="why:N")), title, sources
    ).properties(width=420, height=alt.Step(20))
    return chart


def dots(rows: Rows, *, title: str, sources: Iterable[Source]) -> alt.FacetChart:
    """Return for each indicator a line with a dot and a band an area.

    Parameters
    ----------
    rows : list of dict
        label (indicator, unit, year), area (name), value, low, high.
    title : str
        What is compared.
    sources : iterable of Source
        Who published it.
    """
    import altair as alt

    areas = list(dict.fromkeys(row["area"] for row in rows))
    colour = alt.Color(
        "area:N",
        sort=areas,
        title=None,
        scale=alt.Scale(domain=areas, range=CATEGORIES),
        legend=alt.Legend(orient="top"),
    )
    shape = alt.Shape("area:N", sort=areas, title=None, scale=alt.Scale(domain=areas))
    base = alt.Chart().encode(y=alt.Y("area:N", sort=areas, title=None, axis=None), color=colour)
    band = base.mark_rule(strokeWidth=3, opacity=0.5).encode(
        x=alt.X("low:Q", title=None, scale=alt.Scale(zero=False)), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=80).encode(
        x="value:Q", shape=shape, tooltip=["area:N", "label:N", "value:Q"]
    )
    return _faceted(
        alt.layer(band, dot, data=inline(rows)).properties(width=320, height=14 * len(areas)),
        rows,
        title,
        sources,
    )


def strips(rows: Rows, *, title: str, chosen: str, sources: Iterable[Source]) -> alt.FacetChart:
    """Return for each indicator a strip with all areas as dots, one of them marked.

    Parameters
    ----------
    rows : list of dict
        label (indicator, unit, year), area (name), value, chosen (bool).
    title, chosen : str
        Whose strips these are, and its name.
    sources : iterable of Source
        Who published it.
    """
    import altair as alt

    base = alt.Chart().encode(
        x=alt.X("value:Q", title=None, scale=alt.Scale(zero=False, padding=8, nice=False)),
        tooltip=["area:N", "label:N", "value:Q"],
    )
    others = base.mark_point(color=QUIET, size=50).transform_filter("!datum.chosen")
    one = base.mark_point(color=ACCENT, filled=True, size=130, opacity=1).transform_filter("datum.chosen")
    layers = alt.layer(others, one, data=inline(rows)).properties(width=320, height=16)
    return _faceted(layers, rows, f"{title}: {chosen}" if chosen not in title else title, sources)


def lines(rows: Rows, *, title: str, unit: str, sources: Iterable[Source]) -> alt.LayerChart:
    """Return a line an area over the years, with the name at its end; each segment is a line of its own.

    Parameters
    ----------
    rows : list of dict
        name, year, value, low, high, segment, break_before.
    title, unit : str
        What is followed, and in which unit.
    sources : iterable of Source
        Who published it.
    """
    import altair as alt

    names = list(dict.fromkeys(row["name"] for row in rows))
    years = sorted({row["year"] for row in rows})
    data = [
        {
            **_only(row, "name", "year", "value", "low", "high", "break_before"),
            "part": f"{row['name']} {row['segment']}",
        }
        for row in rows
    ]
    # More lines than colours that can be told apart: then all in one, and the names tell them.
    colours = CATEGORIES if len(names) <= len(CATEGORIES) else [MARK]
    colour = alt.Color("name:N", legend=None, scale=alt.Scale(domain=names, range=colours))
    base = alt.Chart(inline(data)).encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", values=years, labelFlush=False, labelOverlap=True),
            scale=alt.Scale(domain=[years[0], years[-1]], nice=False),
        ),
        color=colour,
        detail="part:N",
    )
    y = alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False))
    line = base.mark_line(point=True).encode(y=y, tooltip=["name:N", "year:Q", "value:Q", "break_before:N"])
    band = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q", title=unit), y2="high:Q")
    breaks = (
        base.transform_filter("datum.break_before != ''")
        .mark_rule(color=INK, strokeDash=[3, 3])
        .encode(tooltip=["break_before:N"])
    )
    ends = (
        alt.Chart(inline(_line_ends(rows)))
        .mark_text(align="left", dx=8)
        .encode(x="year:Q", y="place:Q", text="name:N", color=colour)
    )
    chart: alt.LayerChart = dressed(alt.layer(band, line, breaks, ends), title, sources).properties(
        width=420, height=240
    )
    return chart


def _line_ends(rows: Rows) -> list[dict[str, Any]]:
    """Return where the name of each line stands: at its end, moved up where two would lie over each other."""
    values = [row["value"] for row in rows]
    # About the height of a letter in a chart of 240 pixels.
    apart = 0.055 * ((max(values) - min(values)) or 1)
    ends = {row["name"]: row for row in rows}
    placed: list[dict[str, Any]] = []
    for row in sorted(ends.values(), key=lambda row: float(row["value"])):
        place = float(row["value"])
        if placed:
            place = max(place, placed[-1]["place"] + apart)
        placed.append({"name": row["name"], "year": row["year"], "place": place})
    return placed


def scatter(rows: Rows, x: str, y: str, *, title: str, subtitle: str, sources: Iterable[Source]) -> alt.LayerChart:
    """Return a dot an area, named where there are few.

    Parameters
    ----------
    rows : list of dict
        area (name), x, y.
    x, y : str
        Titles of the axes, with the unit.
    title, subtitle : str
        What is set against what, and the correlation in words.
    sources : iterable of Source
        Who published it.
    """
    import altair as alt

    base = alt.Chart(inline(rows)).encode(
        x=alt.X("x:Q", title=x, scale=alt.Scale(zero=False, padding=20), axis=alt.Axis(tickCount=6)),
        y=alt.Y("y:Q", title=y, scale=alt.Scale(zero=False, padding=20)),
        tooltip=["area:N", alt.Tooltip("x:Q", title=x), alt.Tooltip("y:Q", title=y)],
    )
    dot = base.mark_point(filled=True, color=MARK, size=60, opacity=0.8)
    layers = [dot, base.mark_text(align="left", dx=8, fontSize=10).encode(text="area:N")] if len(rows) <= 15 else [dot]
    chart: alt.LayerChart = dressed(alt.layer(*layers), title, sources, subtitle).properties(width=420, height=320)
    return chart


def _faceted(layers: Any, rows: Rows, title: str, sources: Iterable[Source]) -> alt.FacetChart:
    """One row an indicator, each with an axis of its own: their units differ."""
    import altair as alt

    labels = list(dict.fromkeys(row["label"] for row in rows))
    header = alt.Header(
        labelAngle=0,
        labelAlign="left",
        labelLimit=420,
        labelFontSize=12,
        labelOrient="top",
        labelAnchor="start",
    )
    chart = layers.facet(row=alt.Row("label:N", sort=labels, title=None, header=header), spacing=8).resolve_scale(
        x="independent"
    )
    whole: alt.FacetChart = dressed(chart, title, sources)
    return whole


def inline(rows: Rows) -> alt.InlineData:
    """Return rows as data that stand in the chart itself."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def _only(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return these fields of a row; what is not a number there has no place in the chart's JSON."""
    return {name: row[name] for name in names}


def dressed(chart: Any, title: str, sources: Iterable[Source], subtitle: str = "") -> Any:
    """Return a chart with its title, its sources and a description, with numbers in the reader's form."""
    import altair as alt

    if alt.renderers.active == "default":
        # Altair's own choice fetches its scripts from a network; this lets JupyterLab draw the chart itself.
        alt.renderers.enable("mimetype")
    credit = f"{t('Source')}: {credit_line(sources)}"
    lines = [subtitle, credit] if subtitle else [credit]
    head = alt.TitleParams(title, subtitle=lines, anchor="start", fontSize=15, subtitleFontSize=11, offset=12)
    made = chart.properties(title=head, description=f"{title}. {' '.join(lines)}").configure_view(strokeWidth=0)
    if current() == "nl":
        # Vega writes numbers the English way, unless it is told otherwise.
        dutch = alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["€ ", ""])
        made.config.locale = alt.Locale(number=dutch)
    return made
