"""Eight made-up areas with figures, for tests of maps: squares in a row, with every kind of hole in the data."""

from __future__ import annotations

from types import SimpleNamespace

from labkit.figure import Figure
from labkit.maps.layers import AreaLayer, area_layer
from labkit.statuses import Status
from labkit.texts import Text

OBSERVED = Status("observed", True, Text(nl="waargenomen", en="observed"), Text(nl="Zo.", en="As it is."))
ESTIMATED = Status("estimated", True, Text(nl="geschat", en="estimated"), Text(nl="Geschat.", en="From a model."))
SECRET = Status("suppressed", False, Text(nl="geheim", en="secret"), Text(nl="Te weinig.", en="Too few people."))
ABSENT = Status("not_published", False, Text(nl="leeg", en="empty"), Text(nl="Niet er.", en="Never published."))

#: A name that is an attack, one with another script, one with what templates are made of.
NAMES = [
    "North",
    "South",
    "<img src=x onerror=boom()>",
    "</script><script>boom()</script>",
    "שכונה & Co",
    '{{ 7 * 7 }} "quoted"',
    "'t Heen",
    "East-End of the long name",
]
VALUES = [1.5, 2.5, 0.0, 4.04, None, None, 7.5, 9.0]
STATES = [OBSERVED, ESTIMATED, OBSERVED, OBSERVED, SECRET, ABSENT, OBSERVED, OBSERVED]


def square(column: int, row: int = 0, holes: bool = False) -> dict:
    west, south, side = 4.4 + 0.03 * column, 52.1 + 0.02 * row, 0.02
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    if holes:
        x, y, s = west + 0.005, south + 0.005, 0.004
        return {
            "type": "MultiPolygon",
            "coordinates": [[ring, [[x, y], [x, y + s], [x + s, y + s], [x + s, y], [x, y]]]],
        }
    return {"type": "Polygon", "coordinates": [ring]}


def collection(names, row: int = 0, prefix: str = "A") -> dict:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": f"{prefix}{at}", "name": name, "parent": None},
                "geometry": square(at, row, holes=at == 1),
            }
            for at, name in enumerate(names)
        ],
    }


class Word(str):
    """A text that is the same in every language."""

    def __call__(self, language: str | None = None) -> str:
        return str(self)


def indicator(**changes) -> SimpleNamespace:
    plain = {
        "id": "calm",
        "kind": "share",
        "decimals": 1,
        "label": Word("Calm <b>people</b>"),
        "unit_label": Word("%"),
        "unit": "%",
    }
    plain |= {"theme_label": Word("Made up"), "definition": Word("How calm people are.")}
    return SimpleNamespace(**{**plain, **changes})


LEVEL = SimpleNamespace(id="quarter", label=Word("quarter"), plural=Word("quarters"))


def figures(values=VALUES, states=STATES, margin: float = 0.05) -> list[Figure]:
    return [
        Figure(
            area=f"A{at}",
            indicator="calm",
            year=2024,
            value=value,
            low=None if value is None else value - margin,
            high=None if value is None else value + margin,
            step=0.1,
            source="made-up",
            state=state,
        )
        for at, (value, state) in enumerate(zip(values, states, strict=True))
    ]


def layer(values=VALUES, states=STATES, about=None, margin: float = 0.05, **options) -> AreaLayer:
    """The layer of the tests; `options` go to `area_layer`."""
    defaults = {
        "background": collection(["Outside"], row=2, prefix="B"),
        "credit": "Made up, 2024",
        "undrawn": {"A7": "The border was moved in 2025."},
        "k": 3,
    }
    areas = collection(NAMES[: len(values)])
    return area_layer(
        about or indicator(), LEVEL, 2024, areas, figures(values, states, margin), **{**defaults, **options}
    )


def plain_layer(values, **options) -> AreaLayer:
    """A layer of areas that all have an observed figure, or none."""
    states = [ABSENT if value is None else OBSERVED for value in values]
    return layer(values, states, **{"undrawn": {}, **options})
