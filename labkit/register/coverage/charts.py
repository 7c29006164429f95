"""Charts of counts of a register: bars from zero, a matrix, ranges; what is unknown is always drawn.

Colours are Okabe and Ito's or a ramp of `labkit.look`, so that colour-blind eyes can tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from labkit.charts import MARK, QUIET, dressed, inline
from labkit.language import number
from labkit.look import INK, PAPER, ramp
from labkit.sources import Source

if TYPE_CHECKING:
    import altair as alt

#: So many letters of a text fit above a chart.
LINE = 100
#: What a series means -> its colour: any two can be told apart by colour-blind eyes. A warm grey is what is not
#: known, white what is known to be nothing.
LOOKS = {
    "data": MARK,
    "quiet": QUIET,
    "unknown": "#b0b0a8",
    "none": PAPER,
    "low": ramp(6, "blues")[1],
    "middle": ramp(6, "blues")[3],
    "high": ramp(6, "blues")[5],
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a bar: in which part of the chart, on which line, of which series, how long."""

    part: str
    line: str
    series: str
    value: float


def bar(count: float, top: float, *, quiet: bool = False) -> str:
    """Return a small SVG bar from zero; no bar at all is a thin line.

    Examples
    --------
    >>> "width='60.0'" in bar(5, 10)
    True
    """
    width = 120 * count / top if top else 0
    colour = QUIET if quiet else MARK
    shape = f"<rect x='1' y='3' width='{width:.1f}' height='10' fill='{colour}'/>" if count else ""
    label = escape(number(count), quote=True)
    return (
        f"<svg role='img' aria-label='{label}' width='122' height='16' viewBox='0 0 122 16'>{shape}"
        "<line x1='.5' x2='.5' y1='1' y2='15' stroke='currentColor' opacity='.6'/></svg>"
    )


def stacked(
    bars: Sequence[Bar],
    series: Mapping[str, str],
    *,
    title: str,
    unit: str,
    sources: Iterable[Source],
    aside: str = "",
    legend: bool = True,
    subtitle: str = "",
) -> alt.VConcatChart:
    """Return lines of bars, in parts one below the other, with their sum at the end.

    Parameters
    ----------
    bars : list of Bar
        In the order in which they are shown.
    series : dict
        Name of a series -> its look, a key of `LOOKS`, from left to right.
    title, unit : str
        What is counted.
    sources : iterable of Source
        Who recorded it.
    aside : str
        A series that stands beside the others: the number at the end gives it apart, as "3 (+2)".
    legend : bool
        Whether the series are named; not needed where the parts say it.
    subtitle : str
        What is to be known when reading it.
    """
    import altair as alt

    order = list(series)
    sums = _sums(bars, lambda one: one.series != aside)
    others = _sums(bars, lambda one: one.series == aside)
    longest = max([1, *(sums[key] + others[key] for key in sums)])
    colour = alt.Color(
        "series:N",
        sort=order,
        scale=alt.Scale(domain=order, range=[LOOKS[one] for one in series.values()]),
        legend=alt.Legend(orient="top", title=None, labelLimit=400) if legend and len(order) > 1 else None,
    )
    parts = list(dict.fromkeys(one.part for one in bars))
    charts = []
    for part in parts:
        pieces = [{**asdict(one), "place": order.index(one.series)} for one in bars if one.part == part]
        ends = [
            {
                "line": line,
                "value": sums[part, line] + others[part, line],
                "text": _shown(sums[part, line], others[part, line]),
            }
            for line in dict.fromkeys(one["line"] for one in pieces)
        ]
        # Room for the number at the end of the longest bar.
        room = (1.16 if aside else 1.08) * longest
        axis = alt.Axis(tickMinStep=1, domain=False, labels=part == parts[-1], ticks=part == parts[-1])
        x = alt.X(
            "value:Q",
            title=unit if part == parts[-1] else None,
            axis=axis,
            scale=alt.Scale(domain=[0, room], nice=False),
        )
        heading = {"title": alt.TitleParams(part, anchor="start", frame="group", fontSize=12, offset=4)} if part else {}
        charts.append(_bars(pieces, ends, x, colour, unit).properties(width=380, height=alt.Step(20), **heading))
    whole: alt.VConcatChart = _dressed(alt.vconcat(*charts, spacing=12), title, sources, subtitle)
    return whole


def _bars(
    pieces: Sequence[Mapping[str, Any]], ends: Sequence[Mapping[str, Any]], x: alt.X, colour: alt.Color, unit: str
) -> alt.LayerChart:
    """Return one part of a chart of bars: pieces side by side, and a text at the end of each line."""
    import altair as alt

    axis = alt.Axis(labelLimit=300, domain=False, ticks=False)
    y = alt.Y("line:N", sort=[row["line"] for row in ends], title=None, axis=axis)
    tooltip = [
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("series:N", title="  "),
        alt.Tooltip("value:Q", title=unit),
    ]
    bar_ = alt.Chart(inline(pieces)).mark_bar(height=14, stroke=INK, strokeWidth=0.4)
    text = alt.Chart(inline(ends)).mark_text(align="left", dx=5, fontSize=11)
    return alt.layer(
        bar_.encode(x=x, y=y, color=colour, order="place:Q", tooltip=tooltip), text.encode(x=x, y=y, text="text:N")
    )


def _sums(bars: Iterable[Bar], counts: Callable[[Bar], bool]) -> dict[tuple[str, str], float]:
    """Return the sum of each bar, of the pieces that count."""
    sums: dict[tuple[str, str], float] = {}
    for one in bars:
        sums[one.part, one.line] = sums.get((one.part, one.line), 0) + (one.value if counts(one) else 0)
    return sums


def _shown(value: float, aside: float) -> str:
    text = number(value, 0 if float(value).is_integer() else 1)
    return f"{text} (+{number(aside)})" if aside else text


def _dressed(chart: Any, title: str, sources: Iterable[Source], subtitle: str) -> Any:
    """Return a chart with title and sources, and above these a text that is broken into lines."""
    made = dressed(chart, title, sources, subtitle)
    made.title.subtitle = [*wrap(subtitle, LINE), *made.title.subtitle[-1:]]
    return made


def matrix(
    rows: Sequence[Mapping[str, Any]], *, title: str, unit: str, sources: Iterable[Source], subtitle: str = ""
) -> alt.VConcatChart:
    """Return a table of squares: darker where more was counted, empty where nothing was.

    Parameters
    ----------
    rows : list of dict
        part (of the table, one below the other), line, column, count.
    title, unit : str
        What is counted.
    sources : iterable of Source
        Who recorded it.
    subtitle : str
        What is to be known when reading it.
    """
    import altair as alt

    columns = list(dict.fromkeys(row["column"] for row in rows))
    parts = list(dict.fromkeys(row["part"] for row in rows))
    top = max([2, *(row["count"] for row in rows)])
    # Empty cells stay white, so that the gaps are what one sees.
    shade = alt.Scale(domain=[1, top], range=[ramp(6, "blues")[1], ramp(6, "blues")[4]])
    colour = alt.condition("datum.count > 0", alt.Color("count:Q", scale=shade, legend=None), alt.value(PAPER))
    charts = []
    for part in parts:
        own = [row for row in rows if row["part"] == part]
        heads = alt.Axis(orient="top", labelAngle=-40, labelLimit=220, ticks=False) if part == parts[0] else None
        lines = list(dict.fromkeys(row["line"] for row in own))
        base = alt.Chart(inline(own)).encode(
            x=alt.X("column:N", sort=columns, title=None, axis=heads),
            y=alt.Y("line:N", sort=lines, title=None, axis=alt.Axis(labelLimit=300, ticks=False)),
            tooltip=[
                alt.Tooltip("line:N", title=" "),
                alt.Tooltip("column:N", title="  "),
                alt.Tooltip("count:Q", title=unit),
            ],
        )
        square = base.mark_rect(stroke=QUIET, strokeWidth=0.5).encode(color=colour)
        text = base.mark_text(fontSize=12).encode(
            text=alt.Text("count:Q", format="d"),
            color=alt.condition(f"datum.count > {top * 0.6}", alt.value(PAPER), alt.value(INK)),
            opacity=alt.condition("datum.count > 0", alt.value(1), alt.value(0)),
        )
        charts.append(alt.layer(square, text).properties(width=alt.Step(40), height=alt.Step(24)))
    chart: alt.VConcatChart = _dressed(alt.vconcat(*charts, spacing=14), title, sources, subtitle)
    return chart


def ranges(
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    unit: str,
    sources: Iterable[Source],
    names: Sequence[str],
) -> alt.LayerChart:
    """Return a line an area: its figure, and how far it would go if all unknown projects were there.

    Parameters
    ----------
    rows : list of dict
        area (name), low, high, ceiling, why (said where there is no value).
    title, unit : str
        What is shown.
    sources : iterable of Source
        Who published it.
    names : list of str
        What the mark and the pale line are called.
    """
    import altair as alt

    areas = [row["area"] for row in rows]
    pieces = [
        {"area": row["area"], "series": name, "from": start, "to": end}
        for row in rows
        if row["high"] is not None
        for name, start, end in ((names[0], 0, row["high"]), (names[1], row["high"], row["ceiling"]))
    ]
    y = alt.Y("area:N", sort=areas, title=None, scale=alt.Scale(domain=areas), axis=alt.Axis(labelLimit=260))
    legend = alt.Legend(orient="top", title=None, labelLimit=500, columns=1, symbolType="square")
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=list(names), range=[MARK, LOOKS["unknown"]]), legend=legend, sort=list(names)
    )
    base = alt.Chart(inline(pieces)).encode(
        y=y, color=colour, tooltip=["area:N", "series:N", alt.Tooltip("to:Q", title=unit)]
    )
    x = alt.X("from:Q", title=unit, scale=alt.Scale(zero=True))
    thin = base.transform_filter(alt.datum.series == names[1]).mark_bar(height=6).encode(x=x, x2="to:Q")
    thick = base.transform_filter(alt.datum.series == names[0]).mark_bar(height=14).encode(x=x, x2="to:Q")
    why = alt.Chart(inline([row for row in rows if row["why"]])).mark_text(
        align="left", dx=6, fontStyle="italic", color=QUIET
    )
    layers = alt.layer(thin, thick, why.encode(y=y, x=alt.datum(0), text="why:N"))
    chart: alt.LayerChart = dressed(layers, title, sources).properties(width=420, height=alt.Step(20))
    return chart


def set_against(
    rows: Sequence[Mapping[str, Any]], x: str, y: str, *, title: str, subtitle: str, sources: Iterable[Source]
) -> alt.VConcatChart:
    """Return a line an area: its figure with the band on the left, its projects as a bar on the right.

    Side by side, and without a cloud of dots, in which a reader would look for a line.

    Parameters
    ----------
    rows : list of dict
        area (name), value, low, high (of the figure), count (of projects), in the order of the lines.
    x, y : str
        What is on the left and on the right.
    title, subtitle : str
        What is set against what.
    sources : iterable of Source
        Who published and recorded it.
    """
    import altair as alt

    names = [row["area"] for row in rows]
    line = alt.Y("area:N", sort=names, title=None, axis=alt.Axis(labelLimit=260, domain=False, ticks=False))
    bare = alt.Y("area:N", sort=names, title=None, axis=None)
    base = alt.Chart(inline([{**row, "text": _shown(row["count"], 0)} for row in rows])).encode(
        tooltip=[alt.Tooltip("area:N", title=" "), alt.Tooltip("value:Q", title=x), alt.Tooltip("count:Q", title=y)]
    )
    left = base.encode(y=line)
    scale = alt.Scale(zero=False, padding=12)
    band = left.mark_rule(color=QUIET, strokeWidth=3, opacity=0.6).encode(
        x=alt.X("low:Q", title=x, scale=scale), x2="high:Q"
    )
    dot = left.mark_point(filled=True, color=MARK, size=70, opacity=1).encode(x=alt.X("value:Q", title=x, scale=scale))
    right = base.encode(y=bare)
    top = 1.12 * max([1, *(row["count"] for row in rows)])
    count = alt.X(
        "count:Q", title=y, axis=alt.Axis(tickMinStep=1, domain=False), scale=alt.Scale(domain=[0, top], nice=False)
    )
    bar_ = right.mark_bar(height=14, color=MARK).encode(x=count)
    text = right.mark_text(align="left", dx=5, fontSize=11).encode(x=count, text="text:N")
    step = alt.Step(20)
    both = alt.hconcat(
        alt.layer(band, dot).properties(width=260, height=step),
        alt.layer(bar_, text).properties(width=200, height=step),
    )
    chart: alt.VConcatChart = _dressed(alt.vconcat(both), title, sources, subtitle)
    return chart
