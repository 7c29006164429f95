"""The explorer: the atlas page in a notebook, in step with Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from labkit.area import Area
from labkit.language import t
from labkit.maps.atlas.page import build_atlas
from labkit.maps.scope import CityWithRegister
from labkit.maps.view import View
from labkit.widgets.frame import Frame

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.districts import DistrictMap


class Explorer(Frame):
    """A city to look around in; made by `city.explore`.

    What is done in the page reaches Python, and the other way round.

    Parameters
    ----------
    city : City
        The opened city.
    view : View, str or Path, optional
        With which view it opens: a `View`, an address of the atlas, or a file that was saved.
    language : {"en", "nl"}, optional
        The language; the current one if left out.
    opened_as : str, optional
        What the shown code opens; see `View.code`.

    Attributes
    ----------
    address : str
        The view as the part of an address after "#"; it can be set.
    code : str
        The labkit lines that make this view.
    selected : str or None
        Code of the chosen area. It can be set to a code, a name or an `Area`.

    Examples
    --------
    >>> import labkit as lk
    >>> explorer = lk.open_city("leiden").explore("#level=district&indicator=lonely&year=2020")
    >>> explorer.selected = "Stevenshof"
    >>> explorer.state.area, explorer.address
    ('WK054609', 'level=district&indicator=lonely&year=2020&area=WK054609')
    >>> explorer.table.shape
    (10, 8)
    """

    address = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Any(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        city: CityWithRegister,
        view: View | str | Path | None = None,
        language: str | None = None,
        opened_as: str | None = None,
    ) -> None:
        self.city: Any = city
        self._opened_as = opened_as
        self._language = language
        opened = opened_view(view)
        opened.code(city)  # what is wrong with the view is told before the page is made
        page = build_atlas(city, language, framed=True)
        title = t("{city}: explorer", language, city=city.title(language))
        super().__init__(page, title, "52rem", _shared=["address", "code"], address=opened.address)
        self._follow()

    @property
    def state(self) -> View:
        """What is shown, as one small object; it can be set."""
        return View.of(self.address)

    @state.setter
    def state(self, view: View | str | Path) -> None:
        self.address = opened_view(view).address

    @property
    def table(self) -> pd.DataFrame:
        """What is shown, as a DataFrame: what the code of this view gives."""
        return self.state.table(self.city)

    @property
    def map(self) -> DistrictMap:
        """The map that is shown; it can be saved, and has a still picture."""
        view = self.state.resolved(self.city)
        within = None if view.within == "all" else view.within
        drawn: DistrictMap = self.city.map(view.indicator, view.level, view.year, within, language=self._language)
        return drawn

    def save(self, path: str | Path) -> Path:
        """Write the view to a small file; `city.explore(path)` opens it again."""
        return self.state.save(path)

    def __repr__(self) -> str:
        return f"<Explorer of {self.city.title()}: {self.address or 'start'}>"

    @traitlets.validate("address")
    def _known_address(self, proposal: Any) -> str:
        """Return the address without its "#"; one that says nothing that exists is an error."""
        view = View.of(proposal["value"])
        view.code(self.city)
        return str(proposal["value"]).rpartition("#")[2]

    @traitlets.validate("selected")
    def _known_area(self, proposal: Any) -> str | None:
        asked = proposal["value"]
        if asked is None or asked == "":
            return None
        if isinstance(asked, Area):
            return asked.code
        view = self.state.resolved(self.city)
        return str(self.city.areas.find(asked, level=_level_of(self.city, asked, view.level)).code)

    @traitlets.observe("address")
    def _follow(self, _: Any = None) -> None:
        """Bring the code and the choice in step with the address."""
        view = self.state
        self.code = view.code(self.city, self._opened_as)
        self.selected = view.area

    @traitlets.observe("selected")
    def _choose(self, change: Any) -> None:
        from dataclasses import replace

        view = self.state
        if change["new"] == view.area:
            return
        level = view.level if change["new"] is None else self.city.areas[change["new"]].level
        self.address = replace(view, area=change["new"], level=level).address

    def _without_kernel(self) -> dict[str, str]:
        """Return the map that was shown as a picture, for a saved notebook."""
        return self.map.still().kinds()


def opened_view(view: View | str | Path | None) -> View:
    """Return a view from what one has of it: itself, an address, or a file.

    Examples
    --------
    >>> opened_view("#indicator=lonely").indicator
    'lonely'
    """
    if view is None:
        return View()
    if isinstance(view, View):
        return view
    if isinstance(view, Path) or str(view).endswith(".json"):
        return View.read(view)
    return View.of(view)


def _level_of(city: CityWithRegister, name: str, level: str | None) -> str | None:
    """Return the level on which a name is looked for: the one that is shown, where it has that name."""
    if name in city.areas:
        return None
    try:
        city.areas.find(name, level=level)
    except LookupError:
        return None
    return level
