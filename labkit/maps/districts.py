"""A map of areas coloured by one indicator: interactive, offline, with its table, and as a still picture."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.language import number, resolve, t
from labkit.maps.layers import AreaLayer, layer_spec, map_texts
from labkit.maps.legend import LegendRow, legend_rows
from labkit.maps.outlines import outlines_spec
from labkit.maps.still import Still, still
from labkit.saving import save_text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.offline import OfflineMap


class DistrictMap:
    """A map of areas with their figures; made by `district_map`, or by `city.map`.

    It shows itself in a notebook, works without a network, and can be read by code: `table`, `layers`,
    `areas_missing`, `legend`. The same map is the same bytes every time.

    Attributes
    ----------
    layers : list of AreaLayer
        What is shown: each has indicator, year, level, classes, palette and missing.
    title, subtitle : str
        What stands above the map.
    language : {"en", "nl"}
        Language of the map.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").map("lonely", year=2020)
    <DistrictMap lonely 2020: 10 x district, 0 without a figure>
    """

    def __init__(self, layer: AreaLayer, title: str, subtitle: str, language: str) -> None:
        self.layers = [layer]
        self.title, self.subtitle, self.language = title, subtitle, language

    def __repr__(self) -> str:
        layer = self.layers[0]
        return (
            f"<DistrictMap {layer.indicator} {layer.year}: {len(layer.codes)} x {layer.level}, "
            f"{len(layer.missing)} without a figure>"
        )

    @property
    def areas_missing(self) -> list[str]:
        """Codes of the areas without a figure."""
        return self.layers[0].missing

    @property
    def legend(self) -> list[LegendRow]:
        """The rows of the legend; every area is counted in one of them."""
        return legend_rows(self.layers[0], self.language)

    @property
    def table(self) -> pd.DataFrame:
        """What the map shows as a DataFrame: area, name, value, unit, year, status, class, reason.

        `class` is the label of the class in the legend, None where no figure is drawn; `reason` says why there
        is none, or what is to be known of the figure.
        """
        import pandas as pd

        layer = self.layers[0]
        labels = layer.classes.labels(self.language) if layer.classes is not None else []
        figures = [layer.by_area.get(code) for code in layer.codes]
        return pd.DataFrame(
            {
                "area": layer.codes,
                "name": layer.names,
                "value": pd.Series([figure.value if figure else None for figure in figures], dtype="float64"),
                "unit": layer.about.unit_label(self.language),
                "year": layer.year,
                "status": [figure.status if figure else None for figure in figures],
                "class": [None if one is None else labels[one] for one in layer.index],
                "reason": [layer.remark(code, self.language) for code in layer.codes],
            }
        )

    @cached_property
    def folium(self) -> OfflineMap:
        """The map as a `folium.Map`, to which folium's markers, GeoJSON and other elements can be added."""
        from labkit.maps.offline import AreasElement, OfflineMap

        layer = self.layers[0]
        spec = {
            "language": self.language,
            "text": map_texts(self.language, layer.scale.plural(self.language)),
            "areas": outlines_spec(layer.areas),
            "background": outlines_spec(layer.background) if layer.background else None,
            "layer": layer_spec(layer, self.language),
        }
        drawn = OfflineMap(
            self.title,
            self.language,
            before=f"<h1>{escape(self.title)}</h1>"
            f'<p class="lk-subtitle">{escape(self.subtitle)}</p><div class="lk-map-and-legend">',
            after='<div class="lk-legend" id="labkit-legend"></div></div><p class="lk-credit" id="labkit-credit"></p>',
            below=table_html(layer, self.language),
        )
        AreasElement(spec).add_to(drawn)
        return drawn

    def to_html(self) -> str:
        """Return the map as one HTML page, with its table and everything it needs inside."""
        return str(self.folium.get_root().render())

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path."""
        return save_text(path, self.to_html())

    def still(self) -> Still:
        """Return the map as a picture in SVG, for print and for where no script runs."""
        return still(self.layers[0], self.title, self.subtitle, self.language)

    def _repr_html_(self) -> str:
        return str(self.folium._repr_html_())


def district_map(
    layer: AreaLayer, *, title: str | None = None, subtitle: str = "", language: str | None = None
) -> DistrictMap:
    """Make a map of a layer.

    Parameters
    ----------
    layer : AreaLayer
        Figures, outlines and classes; made by `labkit.maps.layers.area_layer`.
    title : str, optional
        What stands above the map; "label, areas, year" if left out.
    subtitle : str
        A line below it, such as the definition of the indicator.
    language : {"en", "nl"}, optional
        Language of the map; the current one if left out.

    Returns
    -------
    DistrictMap

    Examples
    --------
    >>> import labkit as lk
    >>> layer = lk.open_city("leiden").map("lonely", year=2020).layers[0]
    >>> district_map(layer, title="Where people feel lonely", language="en").title
    'Where people feel lonely'
    """
    language = resolve(language)
    if title is None:
        title = f"{layer.about.label(language)}, {layer.scale.plural(language)}, {layer.year}"
    return DistrictMap(layer, title, subtitle, language)


def table_html(layer: AreaLayer, language: str | None = None) -> str:
    """Return the figures as an HTML table, by name: what the map shows, for everyone who does not see it.

    Examples
    --------
    >>> import labkit as lk
    >>> table_html(lk.open_city("leiden").map("lonely", year=2020).layers[0]).count("<tr")
    11
    """
    heading = escape(f"{layer.about.label(language)}, {layer.year}")
    labels = layer.classes.labels(language) if layer.classes is not None else []
    # What is said of all drawn figures alike stands once, below the legend.
    said = {layer.remark(code, language) for code, one in zip(layer.codes, layer.index, strict=True) if one is not None}
    common = said if len(said) == 1 else set()
    rows = [
        (
            code,
            name,
            "–" if value is None else number(value, layer.decimals, language),
            "–" if one is None else labels[one],
            "".join({layer.remark(code, language)} - common),
        )
        for name, code, value, one in sorted(
            zip(layer.names, layer.codes, layer.values, layer.index, strict=True), key=_by_name
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
_KINDS = ("", ' class="lk-number"', ' class="lk-whole"', "")


def _by_name(row: tuple[str, str, float | None, int | None]) -> tuple[str, str]:
    return row[0].casefold(), row[1]
