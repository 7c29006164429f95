"""A made-up country for the benchmarks: thousands of areas with wavy borders that neighbours share exactly.

Voronoi cells in Dutch map coordinates (EPSG:28992), each border broken into pieces by moving its middle aside, again
and again. No real place looks like this, and no figure in it was measured.
"""

import numpy as np

WEST, SOUTH, EAST, NORTH = 50_000, 350_000, 250_000, 560_000


def country(areas=15_000, seed=4):
    """Return a GeoDataFrame with code, name, value and geometry; about 40 points an area, 1 % without a value."""
    import geopandas as gpd
    import shapely

    chance = np.random.default_rng(seed)
    middles = chance.uniform([WEST, SOUTH], [EAST, NORTH], (areas, 2))
    land = shapely.box(WEST, SOUTH, EAST, NORTH)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=land))
    cells = shapely.intersection(cells, land, grid_size=0.001)
    corners = shapely.centroid(cells)
    order = np.lexsort((shapely.get_x(corners) // 20_000, shapely.get_y(corners) // 20_000))  # as codes run: by region
    shapes = wavy(cells[order], chance)
    values = np.round(30 + 12 * np.sin(shapely.get_x(corners[order]) / 3e4) + chance.normal(0, 4, areas), 1)
    values[chance.choice(areas, areas // 100, replace=False)] = np.nan
    codes = [f"MU{at:08d}" for at in range(areas)]
    names = [f"Made-up area {at}" for at in range(areas)]
    return gpd.GeoDataFrame({"code": codes, "name": names, "value": values}, geometry=shapes, crs=28992)


def wavy(cells, chance):
    """Return the cells with each straight border replaced by a wavy one, the same on both sides."""
    import shapely

    points, owner = shapely.get_coordinates(cells, return_index=True)
    inside = owner[1:] == owner[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    flipped = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low, high = np.where(flipped[:, None], end, start), np.where(flipped[:, None], start, end)
    edges, which = np.unique(np.round(np.hstack([low, high]), 3), axis=0, return_inverse=True)
    lines = edges.reshape(-1, 2, 2)
    for step in range(3):
        along = np.diff(lines, axis=1)
        aside = np.stack([-along[..., 1], along[..., 0]], axis=-1) * chance.normal(0, 0.06, (*along.shape[:2], 1))
        middle = (lines[:, 1:] + lines[:, :-1]) / 2 + aside
        finer = np.empty((len(lines), 2 * lines.shape[1] - 1, 2))
        finer[:, ::2], finer[:, 1::2] = lines, middle
        if step == 2:  # the last halving only of long borders: about 40 points an area
            break
        lines = finer
    long = np.linalg.norm(edges[:, 2:] - edges[:, :2], axis=1) > 700
    rings, counts = [], np.bincount(owner[:-1][inside], minlength=len(cells))
    pieces = [
        (finer[one] if long[one] else lines[one])[:: -1 if back else 1][:-1]
        for one, back in zip(which.ravel(), flipped, strict=True)
    ]
    at = 0
    for count in counts:
        rings.append(shapely.polygons(np.concatenate(pieces[at : at + count])))
        at += count
    return np.array(rings)
