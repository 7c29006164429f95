"""What stands on the page of a map: its texts, the places that the scripts fill, and the data they read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from labkit.language import t
from labkit.maps.layers import AreaLayer, map_texts
from labkit.maps.outlines import outlines_spec
from labkit.maps.page_texts import page_texts
from labkit.maps.tables import table_html
from labkit.sources import credit_line

if TYPE_CHECKING:
    from labkit.maps.ground import Ground

#: Above so many areas the table is left to the script, which writes it when a reader opens it.
MOST_ROWS = 500


class Shown(Protocol):
    """A map, as far as its page looks at it."""

    layers: list[Any]
    ground: Ground
    compare: str | None
    notes: list[str]
    title: str
    subtitle: str
    language: str

    @property
    def drawn_layers(self) -> list[AreaLayer]:
        """The layers that colour areas."""

    @property
    def shown(self) -> AreaLayer | None:
        """The one that is shown first."""


class MapPage:
    """The parts of a map's page; each is made when it is asked for, so that what is added later is there.

    Examples
    --------
    >>> import labkit as lk
    >>> page = MapPage(lk.open_city("leiden").map("lonely", year="all", language="en"))
    >>> [layer["year"] if layer else None for layer in page.spec()["layers"]]
    [2012, 2016, None]
    """

    def __init__(self, shown: Shown) -> None:
        self.map = shown

    def before(self) -> str:
        """Return what stands above the map."""
        return (
            f'<div class="lk-top"><h1>{escape(self.map.title)}</h1>'
            f'<p class="lk-subtitle" id="labkit-subtitle">{escape(self.map.subtitle)}</p>'
            '<div class="lk-controls" id="labkit-controls" hidden></div></div>'
        )

    def after(self) -> str:
        """Return what stands beside the map."""
        beside = "legend", "legend-other", "observations", "box"
        places = "".join(f'<div class="lk-{name}" id="labkit-{name}"></div>' for name in beside)
        return f'<div class="lk-aside">{places}</div>'

    def foot(self) -> str:
        """Return what stands directly below the map."""
        notes = "".join(f'<p class="lk-note">{escape(note)}</p>' for note in self.map.notes)
        credit = escape(self.map.ground.credit) if self.map.shown is None else ""
        return (
            f'<p class="lk-credit" id="labkit-credit">{credit}</p>{notes}<div class="lk-list" id="labkit-list"></div>'
        )

    def below(self) -> str:
        """Return the table of what is shown first; the script lets it follow the choice of the reader."""
        if self.map.shown is None:
            return ""
        if len(self.map.ground.codes) <= MOST_ROWS:
            return table_html(self.map.shown, self.map.language)
        return f'<div class="lk-scroll" data-late="{escape(t("Show the table", self.map.language))}"></div>'

    def spec(self) -> dict[str, Any]:
        """Return the data of the page. The layer that is shown first stands in `layer`, and is null in `layers`."""
        language, ground = self.map.language, self.map.ground
        layers = self.map.drawn_layers
        specs = [_area_spec(one, language, alone=len(layers) == 1) for one in layers]
        for one, spec in zip(layers, specs, strict=True):
            if one.kind == "coverage" and ground.credit not in one.credit:  # a register draws no outlines
                spec["credit"] = "; ".join(filter(None, [one.credit, ground.credit]))
        first = next((at for at, one in enumerate(layers) if one is self.map.shown), None)
        return {
            "language": language,
            "text": map_texts(language, ground.scale.plural(language)) | page_texts(language, ground.scale),
            "areas": outlines_spec(ground.areas),
            "background": outlines_spec(ground.background) if ground.background else None,
            "layer": None if first is None else specs[first],
            "layers": [None if at == first else one for at, one in enumerate(specs)],
            "compare": self._compare(layers),
            "projects": self._one("projects"),
            "observations": [one.spec(language) for one in self.map.layers if one.kind == "observations"],
        }

    def _compare(self, layers: list[AreaLayer]) -> dict[str, str] | None:
        """Return how two layers are compared, with the credits of both in one line."""
        if self.map.compare is None:
            return None
        sources = dict.fromkeys(source for layer in layers[:2] for source in layer.sources)
        credit = credit_line(sources) or "; ".join(dict.fromkeys(layer.credit for layer in layers[:2]))
        return {"mode": self.map.compare, "credit": credit}

    def _one(self, kind: str) -> dict[str, Any] | None:
        found = next((one for one in self.map.layers if one.kind == kind), None)
        return None if found is None else dict(found.spec(self.map.language))


def _area_spec(layer: AreaLayer, language: str, *, alone: bool) -> dict[str, Any]:
    """Return a layer's data; where a reader can choose between layers, with what is said of each."""
    spec = layer.spec(language)
    if not alone:
        spec |= {"theme": layer.about.theme_label(language), "definition": layer.about.definition(language)}
    return spec
