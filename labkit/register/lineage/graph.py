"""Where the boxes of a graph stand: in columns, so that every arrow runs forward, with few crossings.

Columns are generations of the graph in which every circle is taken as one; arrows that pass a column get a
place in it, so that they do not run through a box. The order in the columns comes from the barycentre
heuristic (Sugiyama, Tagawa and Toda 1981), the heights from isotonic regression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[str, str]
# An arrow that passes a column, beside the boxes in it.
_Bend = tuple[str, str, int]
_Place = str | _Bend

_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in a graph.

    Attributes
    ----------
    columns : dict
        Box -> its column, from 0.
    middles : dict
        Box -> the height of its middle, from the top.
    bends : dict
        Arrow -> the columns that it passes and at which height, in order.
    height : float
        The height of the whole.
    """

    columns: dict[str, int] = field(default_factory=dict)
    middles: dict[str, float] = field(default_factory=dict)
    bends: dict[Pair, list[tuple[int, float]]] = field(default_factory=dict)
    height: float = 0.0


def graph_of(arrows: Iterable[Pair], boxes: Iterable[str] = ()) -> nx.DiGraph[str]:
    """Return a directed graph of arrows, with boxes that perhaps no arrow touches."""
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_nodes_from(boxes)
    made.add_edges_from(arrows)
    return made


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    """Return the sets of boxes that lead back to themselves, each sorted; a box is in one of them at most.

    Examples
    --------
    >>> circles(graph_of([("a", "b"), ("b", "a"), ("b", "c"), ("d", "d")]))
    [['a', 'b'], ['d']]
    """
    import networkx as nx

    several = [sorted(one) for one in nx.strongly_connected_components(graph)]
    return sorted(one for one in several if len(one) > 1 or graph.has_edge(one[0], one[0]))


def columns(graph: nx.DiGraph[str]) -> dict[str, int]:
    """Return the column of every box: right of all that lead to it; the boxes of a circle stand in one.

    Examples
    --------
    >>> columns(graph_of([("a", "b"), ("b", "c"), ("x", "c")]))
    {'a': 0, 'b': 1, 'c': 2, 'x': 1}
    """
    import networkx as nx

    whole = nx.condensation(graph)
    column = {node: place for place, several in enumerate(nx.topological_generations(whole)) for node in several}
    for node in list(column):
        if not whole.in_degree(node) and whole.out_degree(node):  # a beginning stands next to what came of it
            column[node] = min(column[other] for other in whole.successors(node)) - 1
    found = {box: column[node] for node in whole for box in whole.nodes[node]["members"]}
    return dict(sorted(found.items()))


def layout(graph: nx.DiGraph[str], heights: Mapping[str, float], order: Mapping[str, Any], gap: float) -> Layout:
    """Place the boxes of a graph, what hangs together below each other.

    Parameters
    ----------
    graph : networkx.DiGraph
        Boxes and arrows.
    heights : mapping
        Box -> how high it is.
    order : mapping
        Box -> by what boxes are put in order where the arrows leave it open.
    gap : float
        Between two boxes of a column; half of it beside an arrow that passes.

    Returns
    -------
    Layout
        The same for the same graph.
    """
    import networkx as nx

    found = Layout()
    parts = [sorted(one, key=lambda box: order[box]) for one in nx.weakly_connected_components(graph)]
    top = 0.0
    for part in sorted(parts, key=lambda one: (-len(one), order[one[0]])):
        placed = _part(graph.subgraph(part), heights, order, gap)
        found.columns.update(placed.columns)
        found.middles.update({box: top + middle for box, middle in placed.middles.items()})
        found.bends.update({pair: [(c, top + y) for c, y in bends] for pair, bends in placed.bends.items()})
        top += placed.height + 1.5 * gap
    return Layout(found.columns, found.middles, found.bends, max(top - 1.5 * gap, 0.0))


def _part(graph: nx.DiGraph[str], heights: Mapping[str, float], order: Mapping[str, Any], gap: float) -> Layout:
    column = columns(graph)
    layers: list[list[_Place]] = [[] for _ in range(max(column.values()) + 1)]
    for box in sorted(graph, key=lambda one: order[one]):
        layers[column[box]].append(box)
    before: dict[_Place, list[_Place]] = {}
    after: dict[_Place, list[_Place]] = {}
    for a, b in sorted(graph.edges, key=lambda pair: (order[pair[0]], order[pair[1]])):
        chain: list[_Place] = [a, *((a, b, passed) for passed in range(column[a] + 1, column[b])), b]
        for one in chain[1:-1]:
            layers[one[2]].append(one)  # type: ignore[index]
        if column[a] != column[b]:
            for one, other in pairwise(chain):
                after.setdefault(one, []).append(other)
                before.setdefault(other, []).append(one)
    layers = _untangled(layers, before, after)
    size = {one: heights[one] if isinstance(one, str) else 0.0 for layer in layers for one in layer}
    middle = _levelled(layers, before, after, size, gap)
    top = min(middle[one] - size[one] / 2 for one in middle)
    bottom = max(middle[one] + size[one] / 2 for one in middle)
    bends: dict[Pair, list[tuple[int, float]]] = {}
    for one in (one for layer in layers for one in layer if not isinstance(one, str)):
        bends.setdefault(one[:2], []).append((one[2], middle[one] - top))
    boxes = {box: middle[box] - top for box in column}
    return Layout(column, boxes, {pair: sorted(bends[pair]) for pair in bends}, bottom - top)


Neighbours = Mapping[_Place, Sequence[_Place]]


def _untangled(layers: list[list[_Place]], before: Neighbours, after: Neighbours) -> list[list[_Place]]:
    """Return the layers in an order with few crossings: each box near the middle of its neighbours."""
    best, fewest = layers, _crossings(layers, after)
    here = [list(one) for one in layers]
    for sweep in range(_SWEEPS):
        neighbours = before if sweep % 2 == 0 else after
        for number in range(len(here)) if sweep % 2 == 0 else reversed(range(len(here))):
            rank = {one: place for layer in here for place, one in enumerate(layer)}
            here[number].sort(key=lambda one: _mean([rank[x] for x in neighbours.get(one, ())], rank[one]))
        crossed = _crossings(here, after)
        if crossed < fewest:
            best, fewest = [list(one) for one in here], crossed
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(layers: Sequence[Sequence[_Place]], after: Neighbours) -> int:
    """Count how often arrows between neighbouring columns cross."""
    total = 0
    for layer, right in pairwise(layers):
        rank = {one: place for place, one in enumerate(right)}
        ends = [sorted(rank[x] for x in after.get(one, ())) for one in layer]
        seen: list[int] = []
        for several in ends:
            total += sum(other > end for end in several for other in seen)
            seen += several
    return total


def _levelled(
    layers: Sequence[Sequence[_Place]], before: Neighbours, after: Neighbours, size: Mapping[_Place, float], gap: float
) -> dict[_Place, float]:
    """Return the heights of the middles: near those of the neighbours, without overlap."""
    middle: dict[_Place, float] = {}
    for layer in layers:
        middle.update(_apart(layer, [0.0] * len(layer), size, gap))
    for sweep in range(2 * _SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else reversed(layers):
            near = before if forward else after
            wish = [_mean([middle[x] for x in near.get(one, ())], middle[one]) for one in layer]
            middle.update(_apart(layer, wish, size, gap))
    return middle


def _apart(
    layer: Sequence[_Place], wish: Sequence[float], size: Mapping[_Place, float], gap: float
) -> dict[_Place, float]:
    """Return heights as near as can be to what is wished, in order and without overlap (isotonic regression)."""
    offset, offsets = 0.0, []
    for place, one in enumerate(layer):
        if place:
            last = layer[place - 1]
            slim = gap / 2 if not (isinstance(one, str) and isinstance(last, str)) else gap
            offset += (size[one] + size[last]) / 2 + slim
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # the mean of a run of boxes that touch, and how many they are
    for value, shift in zip(wish, offsets, strict=True):
        mean, count = value - shift, 1
        while blocks and blocks[-1][0] >= mean:
            other, number = blocks.pop()
            mean, count = (mean * count + other * number) / (count + number), count + number
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return {one: value + shift for one, value, shift in zip(layer, flat, offsets, strict=True)}
