"""The map: areas coloured by figures, projects and own observations; interactive, offline, with its table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import WrongUseError
from labkit.language import resolve, t
from labkit.maps.ground import Ground
from labkit.maps.layers import AreaLayer
from labkit.maps.legend import LegendRow, legend_rows
from labkit.maps.map_page import MapPage
from labkit.maps.notebook import notebook_bundle
from labkit.maps.observations import observation_layer
from labkit.maps.still import Still, still
from labkit.maps.tables import tidy_table
from labkit.maps.titles import title_of
from labkit.saving import save_text
from labkit.sources import Source

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.offline import OfflineMap
    from labkit.maps.scope import CityWithRegister


class DistrictMap:
    """A map of areas with figures, projects and own observations; made by `district_map`, or by `city.map`.

    It shows itself in a notebook, works without a network, and can be read by code: `table`, `layers`,
    `areas_missing`, `legend`, `sources`. The same map is the same bytes every time.

    Attributes
    ----------
    layers : list
        What is shown, layers of areas first; each has `kind` ("areas", "projects", "coverage" or
        "observations") and `table`. A layer of areas has indicator, year, level, classes, palette and missing.
    ground : Ground
        The areas that all layers share.
    compare : {"swipe", "side"} or None
        How two layers are laid side by side.
    notes : list of str
        What is to be said of the map as a whole, such as which years an indicator lacks.
    title, subtitle : str
        What stands above the map.
    language : {"en", "nl"}
        Language of the map.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> leiden.map("lonely", year=2020)
    <DistrictMap lonely 2020: 10 x district, 0 without a figure>
    >>> leiden.map("lonely", year="all")
    <DistrictMap lonely 2012, 2016, 2020: 10 x district, 3 layers>
    """

    def __init__(
        self,
        layers: AreaLayer | Sequence[AreaLayer],
        title: str,
        subtitle: str,
        language: str,
        *,
        ground: Ground | None = None,
        compare: str | None = None,
        notes: Sequence[str] = (),
        city: CityWithRegister | None = None,
    ) -> None:
        areas = [layers] if isinstance(layers, AreaLayer) else list(layers)
        if not areas and ground is None:
            raise WrongUseError(t("A map needs a layer of areas, or the ground that other layers lie on."))
        self.layers: list[Any] = list(areas)
        self.ground = ground or Ground.under(areas[0])
        self.compare = compare
        self.notes = list(notes)
        self.title, self.subtitle, self.language = title, subtitle, language
        self.city = city

    def __repr__(self) -> str:
        by_indicator: dict[str, list[str]] = {}
        for layer in self.area_layers:
            by_indicator.setdefault(layer.indicator, []).append(str(layer.year))
        names = "; ".join(f"{name} {', '.join(years)}" for name, years in by_indicator.items())
        parts = [f"{len(self.ground.codes)} x {self.ground.level}"]
        areas = self.area_layers
        if areas:
            parts.append(f"{len(areas)} layers" if len(areas) > 1 else f"{len(areas[0].missing)} without a figure")
        rest = (one for one in self.layers if one.kind != "areas")  # a table can have several rows for one project
        parts += [f"{len(one)} {one.kind}" if hasattr(one, "__len__") else one.kind for one in rest]
        return f"<DistrictMap {names or 'without figures'}: {', '.join(parts)}>"

    @property
    def area_layers(self) -> list[AreaLayer]:
        """The layers of areas with figures."""
        return [one for one in self.layers if one.kind == "areas"]

    @property
    def drawn_layers(self) -> list[AreaLayer]:
        """The layers that colour areas, between which a reader chooses: those of figures, then coverage."""
        return [one for one in self.layers if isinstance(one, AreaLayer)]

    @property
    def shown(self) -> AreaLayer | None:
        """The layer that is shown first: the newest year of the first indicator; failing figures, coverage."""
        layers = self.drawn_layers
        return next((one for one in reversed(layers) if one.indicator == layers[0].indicator), None)

    @property
    def areas_missing(self) -> list[str] | dict[tuple[str, int], list[str]]:
        """Codes of the areas without a figure; of several layers: (indicator, year) -> codes."""
        layers = self.area_layers
        if len(layers) > 1:
            return {(one.indicator, one.year): one.missing for one in layers}
        return layers[0].missing if layers else []

    @property
    def legend(self) -> list[LegendRow]:
        """The rows of the legend, layer by layer; every area is counted in one row of each."""
        rows = [row for layer in self.drawn_layers for row in legend_rows(layer, self.language)]
        return rows + [row for one in self._of("observations") for row in one.legend(self.language)]

    @property
    def sources(self) -> list[Source]:
        """Who published what the map shows, each once."""
        found = [source for layer in self.drawn_layers for source in layer.sources]
        return list(dict.fromkeys([*found, *self.ground.sources]))

    @property
    def table(self) -> pd.DataFrame:
        """What the map shows as a DataFrame: area, name, value, unit, year, status, class, reason.

        Of several layers it is tidy: one row an area, indicator and year, with a column `indicator`. A map
        without figures gives the table of its projects or observations, failing these its areas. `class` is
        the label of the class in the legend, None where no figure is drawn; `reason` says why there is none.
        """
        import pandas as pd

        layers = self.area_layers
        if len(layers) == 1:
            return layers[0].table_in(self.language)
        if layers:
            return tidy_table(layers, self.language)
        if self.layers:
            found: pd.DataFrame = self.layers[0].table
            return found
        return pd.DataFrame({"area": self.ground.codes, "name": self.ground.names})

    def add_projects(self, projects: Any = True, *, audience: str = "public") -> DistrictMap:
        """Show projects: in their areas, and in boxes beside the map where they belong to no single area.

        Parameters
        ----------
        projects : bool, list or DataFrame
            True for all of the register, or what a search of it gave, ids, or a table with a column `id`.
        audience : {"public", "partners", "private"}
            For whom the map is: what they may not see is left out.

        Returns
        -------
        DistrictMap
            This map.

        Examples
        --------
        >>> import labkit as lk
        >>> [layer.kind for layer in lk.open_city("leiden").map("lonely", year=2020).add_projects().layers]
        ['areas', 'projects']
        """
        from labkit.maps.projects import project_layer

        ground = self.ground
        return self._put(project_layer(self._city(), projects, ground.level, ground.within, audience=audience))

    def add_coverage(self, **choice: Any) -> DistrictMap:
        """Show where the register covers the city with projects, and where nothing is known.

        Parameters
        ----------
        **choice
            What `labkit.maps.coverage.coverage_layer` takes.

        Returns
        -------
        DistrictMap
            This map.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").map().add_coverage().shown.none
        ['WK054600', 'WK054601', 'WK054606', 'WK054607']
        """
        from labkit.maps.coverage import coverage_layer

        return self._put(coverage_layer(self._city(), level=self.ground.level, within=self.ground.within, **choice))

    def add_observations(
        self,
        table: Any,
        label: str | None = None,
        value: str | None = None,
        *,
        count: str | None = None,
        name: str | None = None,
        crs: int | str | None = None,
    ) -> DistrictMap:
        """Show your own observations: points or areas, marked as your own.

        Parameters
        ----------
        table : GeoDataFrame or DataFrame
            Points or areas in any coordinate system, or a table with columns lon and lat (degrees), or x and y
            (RD New). Points outside the map stay in the table and are counted beside the map.
        label : str, optional
            What they are called.
        value : str, optional
            A column that is shown: numbers as larger and smaller signs, texts as they stand.
        count : str, optional
            A column with how many people each row speaks of; below ten you are warned.
        name : str, optional
            A column with what each row is called.
        crs : int or str, optional
            The coordinate system of the columns, if it is another one.

        Returns
        -------
        DistrictMap
            This map.

        Raises
        ------
        PointsError
            If there are no coordinates to read, or no coordinate system is known.

        Examples
        --------
        >>> import labkit as lk, pandas as pd
        >>> seen = pd.DataFrame({"lon": [4.4488, 4.49], "lat": [52.1527, 52.16], "benches": [3, 5]})
        >>> made = lk.open_city("leiden").map().add_observations(seen, "Benches", value="benches")
        >>> made.layers[0].table[["benches", "map_area_name"]].values.tolist()
        [[3, 'Stevenshofdistrict'], [5, 'Binnenstad-Noord']]
        """
        taken = len(self._of("observations"))
        layer = observation_layer(
            table, self.ground, label=label, value=value, count=count, name=name, crs=crs, place=taken
        )
        self.layers.append(layer)
        return self

    @cached_property
    def folium(self) -> OfflineMap:
        """The map as a `folium.Map`, to which folium's markers, GeoJSON and other elements can be added."""
        from labkit.maps.offline import AreasElement, OfflineMap

        page = MapPage(self)
        parts = {"before": page.before, "after": page.after, "foot": page.foot, "below": page.below}
        drawn = OfflineMap(self.title, self.language, **parts)
        AreasElement(page.spec).add_to(drawn)
        return drawn

    def to_html(self, *, framed: bool = False) -> str:
        """Return the map as one HTML page, with its table and everything it needs inside.

        Parameters
        ----------
        framed : bool
            For a frame in a notebook that is in step with Python: the page tells which area is chosen.

        Examples
        --------
        >>> import labkit as lk
        >>> made = lk.open_city("leiden").map("lonely", year=2020)
        >>> made.to_html() == made.to_html(), "https://" in made.to_html().split("</style>")[-1].split("<script>")[0]
        (True, False)
        """
        return str(self.folium.get_root().render(linked=framed))

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Examples
        --------
        >>> import labkit as lk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     lk.open_city("leiden").map("lonely", year=2020).save(Path(folder) / "lonely.html").suffix
        '.html'
        """
        return save_text(path, self.to_html())

    def still(self, layer: int | None = None) -> Still:
        """Return the map as a picture, for print and for where no script runs: `.svg`, `.png()`, `.pdf()`, `.save()`.

        A map that compares two layers draws them beside each other; projects and own observations lie on the areas.

        Parameters
        ----------
        layer : int, optional
            Number of one of the layers of areas, counted from 0; the one that is shown first if left out.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").map("lonely", year=2020).still().svg[:4]
        '<svg'
        """
        layers = self.drawn_layers
        if layer is not None and not -len(layers) <= layer < len(layers):
            raise WrongUseError(
                t(
                    "This map has {count} layers of areas with figures; number {layer} is none of them.",
                    count=len(layers),
                    layer=layer,
                )
            )
        chosen = self.shown if layer is None else layers[layer]
        others = [one for one in self.layers if one.kind in ("projects", "observations")]
        if layer is None and self.compare is not None and len(layers) > 1:
            first, second = layers[:2]
            return still(first, self.title, "", self.language, beside=second, others=others, ground=self.ground)
        alone = chosen is None or len(layers) == 1
        title, subtitle = self.title, self.subtitle
        if chosen is not None and not alone:
            title = f"{chosen.title(self.language)}, {chosen.scale.plural(self.language)}"
            subtitle = chosen.about.definition(self.language)
        return still(chosen, title, subtitle, self.language, others=others, ground=self.ground)

    def _of(self, kind: str) -> list[Any]:
        return [one for one in self.layers if one.kind == kind]

    def _put(self, layer: Any) -> DistrictMap:
        """Put a layer there of which a map has one: it takes the place of the one before."""
        kept = [one for one in self.layers if one.kind != layer.kind]
        at = next((place for place, one in enumerate(kept) if one.kind == "observations"), len(kept))
        self.layers = [*kept[:at], layer, *kept[at:]]
        return self

    def _city(self) -> CityWithRegister:
        if self.city is None:
            raise WrongUseError(t("This map knows no city, and so no register. Make it with city.map(...)."))
        return self.city

    def _repr_html_(self) -> str:
        return str(self.folium._repr_html_())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return notebook_bundle(self._repr_html_(), self.still())


def district_map(
    layer: AreaLayer | Sequence[AreaLayer], *, title: str | None = None, subtitle: str = "", language: str | None = None
) -> DistrictMap:
    """Make a map of one layer, or of several over the same areas.

    Parameters
    ----------
    layer : AreaLayer or list of AreaLayer
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

    Raises
    ------
    WrongUseError
        If there is no layer, or the layers lie over different areas.

    Examples
    --------
    >>> import labkit as lk
    >>> layer = lk.open_city("leiden").map("lonely", year=2020).layers[0]
    >>> district_map(layer, title="Where people feel lonely", language="en").title
    'Where people feel lonely'
    """
    language = resolve(language)
    layers = [layer] if isinstance(layer, AreaLayer) else list(layer)
    demand_same_areas(layers)
    return DistrictMap(layers, title_of(layers, language) if title is None else title, subtitle, language)


def demand_same_areas(layers: Sequence[AreaLayer]) -> None:
    """Refuse layers that cannot lie over each other."""
    if not layers:
        raise WrongUseError(t("A map needs at least one layer."))
    levels = list(dict.fromkeys(one.level for one in layers))
    if len(levels) > 1:
        raise WrongUseError(
            t(
                "These layers show different areas ({names}); one map has one level. Make a map of each level.",
                names=", ".join(levels),
            )
        )
    if any(one.areas is not layers[0].areas and one.codes != layers[0].codes for one in layers[1:]):
        raise WrongUseError(
            t("These layers do not have the same areas in the same order; make them over the same outlines.")
        )
