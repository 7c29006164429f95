"""What a map shows as a table: a DataFrame for code, HTML for readers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from labkit.language import number, t

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.layers import AreaLayer


def layer_table(layer: AreaLayer, language: str | None = None) -> pd.DataFrame:
    """Return one layer as a DataFrame: area, name, value, unit, year, status, class, reason.

    `class` is the label of the class in the legend, None where no figure is drawn; `reason` says why there
    is none, or what is to be known of the figure.

    Examples
    --------
    >>> import labkit as lk
    >>> layer_table(lk.open_city("leiden").map("lonely", year=2020).layers[0])["class"].nunique()
    5
    """
    import pandas as pd

    labels = layer.classes.labels(language) if layer.classes is not None else []
    codes = layer.codes
    figures = [layer.by_area.get(code) for code in codes]
    return pd.DataFrame(
        {
            "area": codes,
            "name": layer.names,
            "value": pd.Series([figure.value if figure else None for figure in figures], dtype="float64"),
            "unit": layer.about.unit_label(language),
            "year": layer.year,
            "status": [figure.status if figure else None for figure in figures],
            "class": [None if one is None else labels[one] for one in layer.index],
            "reason": [layer.remark(code, language) for code in codes],
        }
    )


def tidy_table(layers: list[AreaLayer], language: str | None = None) -> pd.DataFrame:
    """Return several layers as one DataFrame, an area, indicator and year a row.

    Examples
    --------
    >>> import labkit as lk
    >>> made = lk.open_city("leiden").map("lonely", year="all")
    >>> tidy_table(made.layers)[["area", "indicator", "year"]].shape
    (30, 3)
    """
    import pandas as pd

    parts = []
    for layer in layers:
        part = layer_table(layer, language)
        part.insert(2, "indicator", layer.indicator)
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    return table[["area", "name", "indicator", "year", "value", "unit", "status", "class", "reason"]]


def table_html(layer: AreaLayer, language: str | None = None) -> str:
    """Return the figures as an HTML table, by name: what the map shows, for everyone who does not see it.

    Examples
    --------
    >>> import labkit as lk
    >>> table_html(lk.open_city("leiden").map("lonely", year=2020).layers[0]).count("<tr")
    11
    """
    heading = escape(layer.title(language))
    labels = layer.classes.labels(language) if layer.classes is not None else []
    remarks = [layer.remark(code, language) for code in layer.codes]
    # What is said of all drawn figures alike stands once, below the legend.
    said = {remark for remark, one in zip(remarks, layer.index, strict=True) if one is not None}
    common = said if len(said) == 1 else set()
    rows = [
        (
            code,
            name,
            "–" if value is None else number(value, layer.decimals, language),
            "–" if one is None else labels[one],
            "" if remark in common else remark,
        )
        for name, code, value, one, remark in sorted(
            zip(layer.names, layer.codes, layer.values, layer.index, remarks, strict=True), key=_by_name
        )
    ]
    heads = [layer.scale.plural(language), layer.about.unit_label(language), t("Class", language)]
    heads += [t("Remark", language)] * any(row[-1] for row in rows)
    head = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for kind, text in zip(_KINDS, heads, strict=False))
    body = "".join(
        f'<tr data-code="{escape(code)}"><th scope="row">{escape(name)}</th>'
        + "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in zip(_KINDS[1 : len(heads)], cells, strict=False))
        + "</tr>"
        for code, name, *cells in rows
    )
    return (
        f'<div class="lk-scroll" role="region" aria-label="{heading}" tabindex="0"><table class="lk-table">'
        f"<caption>{heading}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


#: How the columns of the table are set: name, value, class, remark.
_KINDS = ("", ' class="lk-number"', ' class="lk-whole"', ' class="lk-remark"')


def _by_name(row: tuple[str, str, float | None, int | None, str]) -> tuple[str, str]:
    return row[0].casefold(), row[1]
