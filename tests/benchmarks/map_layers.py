"""How large many layers of Leiden are in one page of ours, beside the same layers in one page of folium.

Run it with `uv run python tests/benchmarks/map_layers.py`. Each layer is one indicator in one year. In folium a layer
is a `Choropleth` with the tooltip that it lacks by itself, in a page with a layer control; every layer then carries
the outlines again. Of both the HTML is counted as it is saved; then that of folium with Leaflet and d3 for its
legends, two of the eleven files that it loads besides, because ours carries Leaflet inside. The layers of one level
go in one page of ours; two levels are two pages on either side, and are added up. Beside the whole page stands what
one more layer costs.
"""

import gzip

import folium

import labkit as lk
from labkit.maps import leaflet

D3 = 151_725  # bytes of d3 3.5.17, which folium's legends ask for


def layers_of(city, level, most=None):
    """Return (indicator, year) of all layers at a level, those of different indicators first."""
    found = [
        (rank, one.id, year)
        for one in city.indicators
        for rank, year in enumerate(sorted(city.figures.years(one.id, level), reverse=True))
    ]
    found.sort(key=lambda layer: layer[0])
    return [(name, year) for _, name, year in found][:most]


def ours(city, level, layers):
    """Return the page of labkit with these layers."""
    return made_of(city, level, layers).to_html()


def made_of(city, level, layers):
    """Return the map with these layers and no other; `city.map` alone takes each indicator in each year."""
    from labkit.maps.districts import district_map

    return district_map([city.map(name, level=level, year=year).layers[0] for name, year in layers])


def theirs(city, level, layers):
    """Return the page of folium with the same layers."""
    borders = city.areas.borders(level, city.home).reset_index()[["code", "name", "geometry"]]
    drawn = folium.Map(tiles=None)
    for name, year in layers:
        table = city.map(name, level=level, year=year).table
        known = table.dropna(subset="value")
        columns = {"columns": ["area", "value"], "key_on": "feature.properties.code"}
        bins = min(5, known["value"].nunique())
        both = borders.merge(table[["area", "value"]], left_on="code", right_on="area").drop(columns="area")
        if bins > 2:
            layer = folium.Choropleth(both, data=known, bins=bins, name=f"{name}, {year}", show=False, **columns)
            folium.GeoJsonTooltip(["name", "value"]).add_to(layer.geojson)
        else:
            layer = folium.GeoJson(both, name=f"{name}, {year}", tooltip=folium.GeoJsonTooltip(["name", "value"]))
        layer.add_to(drawn)
    folium.LayerControl().add_to(drawn)
    return drawn.get_root().render()


def main():
    """Print the bytes of both and their ratio, for few and for many layers."""
    city = lk.open_city("leiden")
    loaded = len((leaflet.leaflet_js() + leaflet.leaflet_css()).encode()) + D3
    print(f"{'layers':>26}{'ours':>10}{'folium':>10}{'ratio':>8}{'+ files':>10}{'ratio':>8}{'gzip':>8}")
    pages = {}
    for level in ("district", "neighbourhood"):
        every = layers_of(city, level)
        for count in (12, 60, len(every)):
            chosen = every[:count]
            pages[level, count == len(every) or count] = (ours(city, level, chosen), theirs(city, level, chosen))
            told(f"{count} {level}", [pages[level, count == len(every) or count]], loaded)
    told("12 both levels", [pages["district", 12], pages["neighbourhood", 12]], loaded)
    told("60 both levels", [pages["district", 60], pages["neighbourhood", 60]], loaded)
    told("all both levels", [pages["district", True], pages["neighbourhood", True]], loaded)
    for level in ("district", "neighbourhood"):
        few, many = pages[level, 12], pages[level, 60]
        one = [(len(many[side].encode()) - len(few[side].encode())) / 48 for side in (0, 1)]
        print(f"one more layer, {level}: {one[0] / 1000:.1f} kB to {one[1] / 1000:.1f} kB, ratio {one[0] / one[1]:.3f}")


def told(name, pairs, loaded):
    """Print one row of the table."""
    own, other = (sum(len(pair[side].encode()) for pair in pairs) for side in (0, 1))
    packed = [sum(len(gzip.compress(pair[side].encode())) for pair in pairs) for side in (0, 1)]
    whole = other + loaded * len(pairs)
    print(
        f"{name:>26}{own / 1000:7.0f} kB{other / 1000:7.0f} kB{own / other:8.3f}{whole / 1000:7.0f} kB"
        f"{own / whole:8.3f}{packed[0] / packed[1]:8.3f}"
    )


if __name__ == "__main__":
    main()
