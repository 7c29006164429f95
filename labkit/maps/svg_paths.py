"""Outlines as the paths of an SVG picture: quickly, and in few bytes, for ten districts and for fifteen thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labkit.maps.outlines import Rings, without_repeats

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

#: Above so many areas a picture is as fine as half a pixel, below it as a tenth of one.
MANY = 2_000


def svg_paths(rings: Rings, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> list[str]:
    """Return the path of each area, "" for one without an outline.

    Each point moves to the same fine grid by itself, so that neighbours stay joined.

    Parameters
    ----------
    rings : Rings
        The outlines, as `labkit.maps.outlines.rings_of` gives them.
    x, y : array
        Where each of their points lies on the picture, in pixels.

    Examples
    --------
    >>> from labkit.maps.outlines import rings_of_shapes
    >>> import shapely
    >>> found = rings_of_shapes([shapely.Polygon([(0, 0), (20, 0), (20, 5.25)]), None])
    >>> svg_paths(found, *found.points.T)
    ['M0 0l20 0 0 5.2z', '']
    """
    import numpy as np

    if not len(x):
        return [""] * len(rings.areas)
    unit = 10 if len(rings.areas) <= MANY else 2
    points = np.rint(np.column_stack([x, y]) * unit).astype(np.int64)
    kept, counts = without_repeats(points, rings.rings)
    points = points[kept]
    steps = np.diff(points, axis=0, prepend=points[:1])
    starts = (np.cumsum(counts) - counts)[counts > 0]
    begins = points[starts]
    words = {one: f"{one / unit:g}" for one in np.unique(np.concatenate([begins, steps])).tolist()}
    # Few steps differ in a picture with many areas: each is written once.
    span = 2 * int(np.abs(steps).max()) + 1
    different, which = np.unique(steps[:, 0] * span + steps[:, 1], return_inverse=True)
    firsts = np.zeros(len(different), dtype=np.int64)
    firsts[which] = np.arange(len(steps))
    written = np.array([f"{words[right]} {words[down]}" for right, down in steps[firsts].tolist()], dtype=object)
    moves = written[which].tolist()
    ends = [*starts[1:].tolist(), len(points)]
    whole = [
        f"M{words[left]} {words[top]}{'l' * (end > start + 1)}{' '.join(moves[start + 1 : end])}z"
        for (left, top), start, end in zip(begins.tolist(), starts.tolist(), ends, strict=True)
    ]
    paths = [""] * len(rings.areas)
    for area, path in zip(rings.area_of_ring[counts > 0].tolist(), whole, strict=True):
        paths[area] += path
    return paths
