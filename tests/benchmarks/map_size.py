"""How large a map of the neighbourhoods of Leiden is and how long it takes, beside geopandas.explore() and folium.Choropleth.

Run it with `uv run python tests/benchmarks/map_size.py`. All three draw the same areas and figures without tiles, in
one process, and the medians are set in a ratio. The pages of the peers need eleven files from the network beside
what is counted here; ours carries Leaflet, its table and its legend inside.
"""

import statistics
import time
from urllib.parse import urlparse

import folium
import geopandas as gpd

import labkit as lk
from labkit.maps import leaflet

INDICATOR, LEVEL, YEAR = "lonely", "neighbourhood", 2020
LIMIT = 350_000
RUNS = 9


def ours(city):
    """Return the page of labkit."""
    return city.map(INDICATOR, level=LEVEL, year=YEAR).to_html()


def explore(borders):
    """Return the page of `geopandas.explore()`, in five classes as ours."""
    options = {"column": "value", "scheme": "quantiles", "k": 5, "tiles": None, "tooltip": ["name", "value"]}
    return borders.explore(**options).get_root().render()


def choropleth(borders, table):
    """Return the page of `folium.Choropleth`, with the tooltip that it lacks by itself."""
    drawn = folium.Map(tiles=None)
    layer = folium.Choropleth(borders, data=table, columns=["area", "value"], key_on="feature.properties.code", bins=5)
    layer.add_to(drawn)
    folium.GeoJsonTooltip(["name"]).add_to(layer.geojson)
    return drawn.get_root().render()


def measure(draw):
    """Return the page, and the median of its times after a first one that loads the libraries."""
    page = draw()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        draw()
        times.append(time.perf_counter() - start)
    return page, statistics.median(times)


def addresses(page):
    """Count the files that a page loads from elsewhere."""
    links = [part.split('"', 1)[0] for mark in ('src="', 'href="') for part in page.split(mark)[1:]]
    return len({link for link in links if urlparse(link).scheme in ("http", "https") and "leafletjs" not in link})


def main():
    """Print the table, and fail if our page is over its limit."""
    city = lk.open_city("leiden")
    table = city.map(INDICATOR, level=LEVEL, year=YEAR).table
    borders = city.areas.borders(LEVEL, city.home).reset_index()
    borders = gpd.GeoDataFrame(
        borders[["code", "name", "geometry"]].merge(table[["area", "value"]], left_on="code", right_on="area")
    )
    found = {
        "labkit": measure(lambda: ours(city)),
        "geopandas.explore": measure(lambda: explore(borders)),
        "folium.Choropleth": measure(lambda: choropleth(borders.drop(columns=["area", "value"]), table)),
    }
    base_page, base_time = found["labkit"]
    print(f"{len(borders)} areas; ratios are ours divided by theirs")
    print(f"{'':20}{'page':>10}{'ratio':>7}{'median':>11}{'ratio':>7}{'files from elsewhere':>22}")
    for name, (page, seconds) in found.items():
        size, own = len(page.encode()), len(base_page.encode())
        print(
            f"{name:20}{size / 1000:7.0f} kB{own / size:7.2f}{1000 * seconds:8.1f} ms{base_time / seconds:7.2f}"
            f"{addresses(page):22}"
        )
    inside = len((leaflet.leaflet_js() + leaflet.leaflet_css()).encode())
    print(
        f"Of our page {inside / 1000:.0f} kB is Leaflet; the peers load it, and ten more files, when they are opened."
    )
    if len(base_page.encode()) > LIMIT:
        raise SystemExit(f"The page is larger than {LIMIT / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
