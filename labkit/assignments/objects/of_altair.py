"""Read a chart or a map of Altair, from its specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from labkit.assignments.objects.describing import cut, system_of
from labkit.assignments.objects.facts import AxisFacts, ChartFacts, LayerFacts, MapFacts

#: The marks of Vega-Lite, by the words that a check uses.
MARKS = {
    "bar": "bar",
    "line": "line",
    "trail": "line",
    "point": "point",
    "circle": "point",
    "square": "point",
    "tick": "point",
    "area": "area",
    "text": "text",
    "rule": "rule",
    "boxplot": "box",
}

#: The colours that Vega uses where nobody chose, and those of the schemes that are used most.
TABLEAU = ("#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#bab0ac")


def describe(value: Any) -> MapFacts | ChartFacts | None:
    """Return what can be said of a chart of Altair; of a map if it draws outlines; None for other things of it."""
    from altair import TopLevelMixin

    if not isinstance(value, TopLevelMixin):
        return None
    spec = value.to_dict(format="vega-lite")
    views = list(_views(spec))
    return _map(spec, views) if any(_mark(view) == "geoshape" for view in views) else _chart(spec, views)


def _views(spec: dict[str, Any], above: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the parts that draw something, with what they have from those above."""
    own = dict(spec)
    for key in ("data", "title", "encoding"):
        if above and key in above:
            own[key] = {**above[key], **own.get(key, {})} if key == "encoding" else own.get(key, above[key])
    inner = [one for key in ("layer", "hconcat", "vconcat", "concat") for one in spec.get(key, ())]
    inner += [spec["spec"]] if "spec" in spec else []
    if not inner:
        yield own
    for one in inner:
        yield from _views(one, own)


def _mark(view: dict[str, Any]) -> str:
    mark = view.get("mark", "")
    return str(mark.get("type", "") if isinstance(mark, dict) else mark)


def _rows(spec: dict[str, Any], view: dict[str, Any]) -> list[dict[str, Any]]:
    data = view.get("data") or {}
    rows = spec.get("datasets", {}).get(data.get("name"), data.get("values", []))
    if isinstance(rows, dict):
        rows = rows.get("features", [])
    return [one for one in rows if isinstance(one, dict)]


def _title(holder: dict[str, Any]) -> list[str]:
    title = holder.get("title")
    if isinstance(title, dict):
        return [
            cut(" ".join(one) if isinstance(one, list) else one)
            for one in (title.get("text"), title.get("subtitle"))
            if one
        ]
    return [cut(" ".join(title) if isinstance(title, list) else title)] if title else []


def _axis(view: dict[str, Any], name: str) -> AxisFacts:
    channel = view.get("encoding", {}).get(name) or {}
    if not isinstance(channel, dict):
        return AxisFacts()
    axis = channel.get("axis")
    label = channel.get("title") or (axis.get("title") if isinstance(axis, dict) else None)
    field = cut(channel.get("field") or channel.get("aggregate") or "")
    hidden = "axis" in channel and axis is None
    return AxisFacts(label="" if hidden else cut(label or field), field=field, from_zero=_zero(channel))


def _zero(channel: dict[str, Any]) -> bool | None:
    """Return whether an axis of numbers begins at zero: Vega-Lite does so of itself for bars and points."""
    if channel.get("type") != "quantitative" and not channel.get("aggregate"):
        return None
    scale = channel.get("scale") or {}
    if "domain" in scale and isinstance(scale["domain"], list) and scale["domain"]:
        first = scale["domain"][0]
        return isinstance(first, int | float) and first <= 0
    if "zero" in scale:
        return bool(scale["zero"])
    return not channel.get("bin")


def _chart(spec: dict[str, Any], views: list[dict[str, Any]]) -> ChartFacts:
    first = next((one for one in views if MARKS.get(_mark(one)) not in (None, "text", "rule")), views[0])
    marks = tuple(dict.fromkeys(MARKS.get(_mark(one), "other") for one in views))
    x, y = _axis(first, "x"), _axis(first, "y")
    titles = [text for one in [spec, *views] for text in _title(one)]
    colour = first.get("encoding", {}).get("color") or {}
    return ChartFacts(
        made_with="altair",
        title=next(iter(titles), ""),
        marks=marks,
        x=x,
        y=y,
        bars_upright=(y.from_zero is not None and x.from_zero is None) if "bar" in marks else None,
        count=len(_rows(spec, first)),
        colours=_series(spec, first, colour),
        legend=(cut(colour.get("title") or colour["field"]),) if _has_legend(colour) else (),
        texts=tuple(
            dict.fromkeys([*titles, *_written(views), *([cut(spec["description"])] if spec.get("description") else [])])
        ),
    )


def _has_legend(colour: Any) -> bool:
    return isinstance(colour, dict) and "field" in colour and not ("legend" in colour and colour["legend"] is None)


def _series(spec: dict[str, Any], view: dict[str, Any], colour: Any) -> tuple[str, ...]:
    """Return the colours that tell series apart."""
    if not isinstance(colour, dict) or "field" not in colour:
        return ()
    scale = colour.get("scale") or {}
    if isinstance(scale.get("range"), list):
        return tuple(str(one) for one in scale["range"])
    kinds = list(dict.fromkeys(str(row.get(colour["field"])) for row in _rows(spec, view)))
    if colour.get("type") == "nominal":
        return tuple(_scheme(scale)[: len(kinds)])
    return ()


def _scheme(scale: dict[str, Any]) -> list[str]:
    name = scale.get("scheme")
    if not name:
        return list(TABLEAU)
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    found = next((one for one in colormaps if one.lower() == str(name).lower()), None)
    if found is None:
        return []
    chosen = colormaps[found]
    return [to_hex(chosen(at)) for at in range(min(chosen.N, 20))]


def _written(views: list[dict[str, Any]]) -> Iterator[str]:
    for view in views:
        text = (view.get("encoding", {}).get("text") or {}).get("value")
        mark = view.get("mark")
        text = text or (mark.get("text") if isinstance(mark, dict) else None)
        if text:
            yield cut(text)


def _map(spec: dict[str, Any], views: list[dict[str, Any]]) -> MapFacts:
    from labkit.assignments.objects.of_folium import _around, _corners

    layers = []
    legend: list[str] = []
    for view in views:
        if _mark(view) != "geoshape":
            continue
        rows = _rows(spec, view)
        colour = view.get("encoding", {}).get("color") or view.get("encoding", {}).get("fill") or {}
        field = str(colour.get("field", "")) if isinstance(colour, dict) else ""
        values = (
            {str(_in(row, "code") or place): _in_number(row, field) for place, row in enumerate(rows)} if field else {}
        )
        scale = colour.get("scale") or {} if isinstance(colour, dict) else {}
        if field and _has_legend(colour):
            legend.append(cut(colour.get("title") or field))
        layers.append(
            LayerFacts(
                name=cut(field.removeprefix("properties.")),
                features=len(rows),
                values=values,
                classes=_classes(colour),
                missing=sum(one is None for one in values.values()) if values else None,
                missing_shown="condition" in colour or bool(colour.get("value")) if isinstance(colour, dict) else False,
                breaks=tuple(float(one) for one in scale.get("domain", ()) if isinstance(one, int | float)),
                colours=tuple(str(one) for one in scale.get("range", ()) if isinstance(one, str)),
                crs=system_of(_around(_corners([row if "geometry" in row else {"geometry": row} for row in rows]))),
                tooltip=_tooltip(view),
            )
        )
    titles = [text for one in [spec, *views] for text in _title(one)]
    return MapFacts(
        made_with="altair",
        title=next(iter(titles), ""),
        layers=tuple(layers),
        legend=tuple(legend),
        texts=tuple(dict.fromkeys([*titles, *_written(views)])),
    )


def _classes(colour: Any) -> int | None:
    """Return the number of classes of colours, as far as the specification says it."""
    if not isinstance(colour, dict):
        return None
    scale, bins = colour.get("scale") or {}, colour.get("bin")
    if scale.get("type") == "threshold":
        return len(scale.get("domain", ())) + 1
    if scale.get("type") in ("quantile", "quantize"):
        found = scale.get("range")
        return len(found) if isinstance(found, list) else None
    return bins.get("maxbins") if isinstance(bins, dict) else None


def _tooltip(view: dict[str, Any]) -> tuple[str, ...]:
    found = view.get("encoding", {}).get("tooltip") or []
    found = found if isinstance(found, list) else [found]
    return tuple(str(one.get("field", "")) for one in found if isinstance(one, dict))


def _in(row: dict[str, Any], field: str) -> Any:
    place = row.get("properties") or {}
    name = field.removeprefix("properties.")
    return place.get(name, row.get(name))


def _in_number(row: dict[str, Any], field: str) -> float | None:
    from labkit.assignments.objects.of_folium import _number

    return _number(_in(row, field))
