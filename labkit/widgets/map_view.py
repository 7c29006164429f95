"""A map in a notebook whose clicks reach Python: what is chosen on it is a trait, and can be set."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import traitlets

from labkit.area import Area
from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest
from labkit.widgets.frame import Frame

if TYPE_CHECKING:
    from labkit.maps.districts import DistrictMap

#: What is called with the area that was chosen, or None.
Listener = Callable[[Area | None], Any]


class MapView(Frame):
    """A map in step with Python; made by `map_view`, or by `city.map_view`.

    It shows itself; shown in two cells, both stay in step. What a callback prints is shown where it prints
    into an `ipywidgets.Output`; an error in one is shown below the map.

    Parameters
    ----------
    map : DistrictMap
        What is shown. A layer that is added to it later is seen in a new view.
    selected : str or Area, optional
        What is chosen at the start.

    Attributes
    ----------
    selected : str or None
        Code of the chosen area. It can be set to a code, a name or an `Area`, and be watched:
        ``view.observe(run, "selected")``.
    selected_project : str or None
        Id of the chosen project, if the map has projects.
    map : DistrictMap
        The map, with its `table` and `layers`.

    Examples
    --------
    >>> import labkit as lk
    >>> view = lk.open_city("leiden").map_view("lonely", year=2020)
    >>> view.selected = "Stevenshof"
    >>> view.selected, view.selected_area
    ('WK054609', Stevenshofdistrict (district, WK054609))
    """

    selected = traitlets.Any(None, allow_none=True).tag(sync=True)
    selected_project = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(self, map: DistrictMap, selected: str | Area | None = None) -> None:
        self.map = map
        self._listeners: dict[Listener, Callable[[Any], None]] = {}
        shared = ["selected", "selected_project"]
        super().__init__(map.to_html(framed=True), map.title, _shared=shared, selected=selected)

    def __repr__(self) -> str:
        return f"<MapView of {self.map!r}, selected: {self.selected}>"

    @property
    def selected_area(self) -> Area | None:
        """The chosen area; None if none is chosen."""
        if self.selected is None:
            return None
        if self.map.city is None:
            raise WrongUseError(t("This map knows no city, only codes. Make it with city.map(...), or use selected."))
        return self.map.city.areas.find(self.selected, level=self.map.ground.level)

    def on_select(self, run: Listener) -> Listener:
        """Call something with the area that was chosen, whenever another one is; with None where none is.

        Parameters
        ----------
        run : callable
            Takes an `Area` or None. Given twice, it is called once.

        Returns
        -------
        callable
            The same, so that this can stand above a function as a decorator.

        Examples
        --------
        >>> import labkit as lk
        >>> view = lk.open_city("leiden").map_view("lonely", year=2020)
        >>> @view.on_select
        ... def tell(area):
        ...     print(area and area.name)
        >>> view.selected = "WK054609"
        Stevenshofdistrict
        """
        if run not in self._listeners:
            self._listeners[run] = lambda _: run(self.selected_area)
            self.observe(self._listeners[run], "selected")
        return run

    def off_select(self, run: Listener) -> None:
        """Call it no longer."""
        if run in self._listeners:
            self.unobserve(self._listeners.pop(run), "selected")

    @traitlets.validate("selected")
    def _known_area(self, proposal: Any) -> str | None:
        """Return the code of what was asked for, or say what is near."""
        asked = proposal["value"]
        if asked is None or asked == "":
            return None
        ground = self.map.ground
        text = asked.code if isinstance(asked, Area) else str(asked)
        codes, names = ground.codes, ground.names
        if text in codes:
            return text
        found = [code for code, name in zip(codes, names, strict=True) if fold(name) == fold(text)]
        if len(found) == 1:
            return found[0]
        if self.map.city is not None:
            code = self.map.city.areas.find(asked, level=ground.level).code
            if code in codes:
                return code
        near = nearest(text, [*codes, *names])
        hint = did_you_mean(near) if near else t("They are in view.map.table.")
        raise UnknownNameError(t('This map has no area "{given}". {hint}', given=text, hint=hint), near)

    @traitlets.validate("selected_project")
    def _known_project(self, proposal: Any) -> str | None:
        asked = proposal["value"]
        if asked is None or asked == "":
            return None
        shown = next((one.table for one in self.map.layers if one.kind == "projects"), None)
        ids = [] if shown is None else shown["record"].tolist()
        if asked in ids:
            return str(asked)
        near = nearest(str(asked), ids)
        hint = did_you_mean(near) if near else t("Show projects with city.map_view(..., projects=True).")
        raise UnknownNameError(t('This map shows no project "{given}". {hint}', given=asked, hint=hint), near)

    def _without_kernel(self) -> dict[str, str]:
        """Return the map as a picture, for a saved notebook."""
        if self.map.shown is None:
            return {}
        return self.map.still().kinds()


def map_view(map: DistrictMap, selected: str | Area | None = None) -> MapView:
    """Show a map whose clicks reach Python.

    Parameters
    ----------
    map : DistrictMap
        Any map of labkit.
    selected : str or Area, optional
        What is chosen at the start.

    Returns
    -------
    MapView

    Examples
    --------
    >>> import labkit as lk
    >>> map_view(lk.open_city("leiden").map("lonely", year=2020), "Merenwijkdistrict").selected
    'WK054608'
    """
    return MapView(map, selected)
