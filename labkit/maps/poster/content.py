"""All that stands on a poster, gathered."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.area import Area
from labkit.comparison.profile import ProfileRow
from labkit.maps.layers import AreaLayer
from labkit.maps.poster.records import Records
from labkit.maps.scope import CityWithRegister


@dataclass(frozen=True)
class Content:
    """What a poster tells, before it is a page.

    Attributes
    ----------
    city : City
        The city.
    area : Area
        Whose poster it is.
    rows : list of ProfileRow
        All its figures.
    layer : AreaLayer or None
        What the map shows; None if there is nothing to show.
    described : str
        The map in words.
    records : Records
        Its projects and questions, public ones.
    credit : str
        Whom to name.
    language : {"en", "nl"}
        The language of the poster.
    made_on : str
        The day that is printed; "" for none.
    """

    city: CityWithRegister
    area: Area
    rows: list[ProfileRow]
    layer: AreaLayer | None
    described: str
    records: Records
    credit: str
    language: str
    made_on: str = ""
