"""How large the map of a country of 15,000 areas is, how long it takes, and how quickly it moves, beside the peers.

Run it with `uv run --group benchmarks python tests/benchmarks/national_map.py`. The country is made up (made_up_country.py): about 40
points an area, in Dutch map coordinates, so that each way has to convert them. Each way runs in a process of its own,
once to load its libraries on a few areas and then on all; the medians are set in ratios. What is timed is the way
from the table to the text of the page. Memory is how far the peak of the process rose in that time. The pages of
folium and geopandas ask eleven more files of the network, that of lonboard about four; ours asks for none.
Then our page is opened in Chromium: each zoom or pan is timed from the call until the picture has been painted.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from made_up_country import country

RUNS = 3
AREAS = 15_000
WAYS = ("labkit", "geopandas.explore", "folium.Choropleth", "lonboard")
STEPS = ("setZoom(map.getZoom() + 1", "setZoom(map.getZoom() - 1", "setZoom(map.getZoom() + 3", "panBy([150, 90]")


def labkit(table):
    """Return the page of labkit."""
    from labkit.maps.of_table import table_map

    return table_map(table, "value", year=2025, unit="%", label="Made-up share").to_html()


def explore(table):
    """Return the page of `geopandas.explore()`, in five classes as ours."""
    options = {"column": "value", "scheme": "quantiles", "k": 5, "tiles": None, "tooltip": ["name", "value"]}
    return table.explore(**options).get_root().render()


def choropleth(table):
    """Return the page of `folium.Choropleth`, with the tooltip that it lacks by itself."""
    import folium

    drawn = folium.Map(tiles=None)
    columns = {"columns": ["code", "value"], "key_on": "feature.properties.code", "bins": 5}
    borders = table[["code", "name", "geometry"]].to_crs(4326)
    layer = folium.Choropleth(borders, data=table, **columns)
    layer.add_to(drawn)
    folium.GeoJsonTooltip(["name"]).add_to(layer.geojson)
    return drawn.get_root().render()


def lonboard(table):
    """Return the page of lonboard, coloured in five classes."""
    import mapclassify
    import matplotlib as mpl
    from lonboard import Map, PolygonLayer
    from lonboard.colormap import apply_continuous_cmap

    classes = mapclassify.Quantiles(table["value"].fillna(0), 5)
    colours = apply_continuous_cmap(classes.yb / 4, mpl.colormaps["YlGnBu"])
    layer = PolygonLayer.from_geopandas(table.to_crs(4326), get_fill_color=colours)
    return Map(layer).to_html()


def still(table):
    """Return our still picture of a map that is there already."""
    from labkit.maps.of_table import table_map

    made = table_map(table, "value", year=2025, unit="%", label="Made-up share")
    return lambda: made.still().svg


def measure(way):
    """Print the bytes, the median of the seconds and the memory of one way."""
    make = {"labkit": labkit, "geopandas.explore": explore, "folium.Choropleth": choropleth, "lonboard": lonboard}
    table = country(AREAS)
    if way == "still":
        draw = still(table)
    else:
        make[way](table.head(50))
        draw = partial(make[way], table)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        page = draw()
        times.append(time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"bytes": len(page.encode()), "seconds": statistics.median(times), "memory": memory / 1024}))
    if way == "labkit":
        Path(sys.argv[2]).write_text(page, encoding="utf-8")


def steps(page):
    """Yield each step with its milliseconds until it was painted, at the sizes of a laptop."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
    from conftest import DESKTOP, FLAGS, find_chromium

    timed = """async (step) => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      await new Promise((done) => setTimeout(done, 400));
      await frame();
      const map = Object.values(window).find((one) => one instanceof L.Map);
      const start = performance.now();
      eval(`map.${step}, { animate: false })`);
      await frame();
      return performance.now() - start;
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        tab = browser.new_page(viewport=DESKTOP)
        start = time.perf_counter()
        tab.goto(Path(page).as_uri())
        tab.wait_for_selector("canvas")
        yield "open", 1000 * (time.perf_counter() - start)
        home = "setView(home.center, home.zoom"
        tab.evaluate(
            "window.home = ((map) => ({center: map.getCenter(), zoom: map.getZoom()}))"
            "(Object.values(window).find((one) => one instanceof L.Map))"
        )
        for step in STEPS:
            times = []
            for _ in range(5):
                tab.evaluate(timed, home)
                times.append(tab.evaluate(timed, step))
            yield step.partition("(map")[0] + step.partition(")")[2], statistics.median(times)
        browser.close()


def main():
    """Measure each way in a process of its own and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "map.html")
        found = {}
        for way in (*WAYS, "still"):
            ran = subprocess.run([sys.executable, __file__, way, page], capture_output=True, text=True, check=False)
            if ran.returncode:
                print(f"{way}: {ran.stderr.strip().splitlines()[-1]}")
            else:
                found[way] = json.loads(ran.stdout.splitlines()[-1])
        print(f"{AREAS} made-up areas; ratios are ours divided by theirs")
        print(f"{'':20}{'page':>10}{'ratio':>8}{'median':>9}{'ratio':>8}{'memory':>10}{'ratio':>8}")
        own = found["labkit"]
        for way, one in found.items():
            ratio = {name: own[name] / one[name] if one[name] else float("nan") for name in own}
            print(
                f"{way:20}{one['bytes'] / 1e6:7.2f} MB{ratio['bytes']:8.3f}{one['seconds']:7.2f} s{ratio['seconds']:8.3f}"
                f"{one['memory']:7.0f} MB{ratio['memory']:8.3f}"
            )
        for name, took in steps(page):
            print(f"{name:30}{took:7.0f} ms")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
