"""Maps and charts as answers: what is read from the object, of whichever library, and what a check says of it."""

import altair
import folium
import hypothesis.strategies as st
import matplotlib as mpl
import pytest
from hypothesis import given

import labkit as lk
from labkit import look
from labkit.assignments.answers import decode, encode
from labkit.assignments.objects import ChartFacts, MapFacts, describe, facts_from
from labkit.assignments.objects.colours import alike

mpl.use("Agg")
CREDIT = "Bron: CBS / Kadaster"


@pytest.fixture(scope="module")
def table(leiden):
    """Loneliness per neighbourhood, with the one that has no figure, as a GeoDataFrame."""
    figures = leiden.figures("lonely", level="neighbourhood", year=2020).set_index("area")
    areas = leiden.neighbourhoods
    areas = areas[areas["code"].isin(figures.index)].copy()
    areas["value"] = areas["code"].map(figures["value"])
    return areas[["code", "name", "value", "geometry"]].reset_index(drop=True)


@pytest.fixture
def axes():
    from matplotlib import pyplot

    axes = pyplot.subplots()[1]
    yield axes
    pyplot.close("all")


def folium_map(table, crs=4326, nan="#777777", credit=CREDIT):
    city = folium.Map(tiles=None)
    folium.Choropleth(
        table.to_crs(crs).to_json(),
        data=table,
        columns=["code", "value"],
        key_on="feature.properties.code",
        fill_color="YlGnBu",
        bins=5,
        nan_fill_color=nan,
        legend_name="Lonely adults (%)",
    ).add_to(city)
    if credit:
        city.get_root().html.add_child(folium.Element(f"<p>{credit}</p>"))
    return city


def plotted(table, axes, **rest):
    options = {
        "column": "value",
        "scheme": "quantiles",
        "k": 5,
        "cmap": "YlGnBu",
        "legend": True,
        "missing_kwds": {"color": "lightgrey", "hatch": "///", "label": "No figure"},
    }
    table.plot(ax=axes, **{**options, **rest})
    axes.figure.text(0.1, 0.02, CREDIT)
    axes.set_title("Lonely adults per neighbourhood, 2020")
    return axes


def shape(table, **rest):
    colour = altair.Color(
        "value:Q", title="Lonely (%)", scale=altair.Scale(type="quantile", range=look.ramp(5, "sequential")), **rest
    )
    return (
        altair.Chart(table, title=altair.Title("Lonely adults", subtitle=CREDIT)).mark_geoshape().encode(color=colour)
    )


def said(value, **rest):
    with pytest.raises(lk.expect.CheckFailed) as failed:
        lk.expect.map(value, **rest)
    return str(failed.value)


def said_of_chart(value, **rest):
    with pytest.raises(lk.expect.CheckFailed) as failed:
        lk.expect.chart(value, **rest)
    assert failed.value.kind in ("chart", "type")
    return str(failed.value)


def test_a_good_map_of_each_library_passes(leiden, table, axes):
    own = leiden.map("lonely", level="neighbourhood", year=2020)
    for one in (own, folium_map(table), plotted(table, axes), axes.figure):
        assert lk.expect.map(one, areas=54, classes=(3, 6)) is one
    facts = describe(own)
    assert (facts.layers[0].features, facts.layers[0].missing, facts.layers[0].year) == (54, 1, 2020)
    assert describe(folium_map(table)).layers[0].missing == 1
    assert describe(axes).layers[0].missing == 1


def test_a_map_of_altair(table):
    assert lk.expect.map(shape(table.dropna()), areas=53, classes=5)
    assert "without a figure" in said(shape(table), areas=54)
    assert "legend" in said(shape(table.dropna(), legend=None))


def test_metres_on_a_map_that_wants_degrees(table):
    assert ".to_crs(4326)" in said(folium_map(table, crs=28992))
    assert ".to_crs(4326)" in said(shape(table.dropna().to_crs(28992)))


def test_axes_of_geopandas_may_be_in_metres(table, axes):
    assert describe(plotted(table.to_crs(28992), axes)).layers[0].crs == "EPSG:28992"
    lk.expect.map(axes, areas=54)


def test_areas_without_a_figure_must_be_seen(table, axes):
    assert "without a figure" in said(folium_map(table, nan=_lowest(table)))
    hidden = plotted(table, axes, missing_kwds=None)
    assert "areas, which is more or fewer" in said(hidden, areas=54)  # geopandas leaves them out


def _lowest(table):
    """The colour of the lowest class, in which areas without a figure disappear."""
    return next(one for one in describe(folium_map(table)).layers[0].colours)


def test_credit_legend_and_title_are_asked_for(table, axes):
    assert "whose figures" in said(folium_map(table, credit=""))
    assert "legend" in said(plotted(table, axes, legend=False))
    axes.set_title("")
    assert "title" in said(axes, legend=False, title=True)


def test_red_and_green_are_told(table, axes):
    assert "apart" in said(plotted(table, axes, cmap="RdYlGn"))
    lk.expect.map(axes, colours_apart=False)


def test_a_scale_without_classes_is_told(table, axes):
    assert "without classes" in said(plotted(table, axes, scheme=None), classes=(3, 6))


def test_another_indicator_year_or_level(leiden):
    assert "2016" in said(leiden.map("lonely", year=2016), year=2020)
    assert '"severely_lonely"' in said(leiden.map("severely_lonely", year=2020), indicator="lonely")
    assert "neighbourhood" in said(leiden.map("lonely", level="neighbourhood", year=2020), level="district")


def test_values_are_compared_by_area_and_never_told(leiden, table, axes):
    right = leiden.map("lonely", level="neighbourhood", year=2020)
    lk.expect.map(folium_map(table), like=right)
    wrong = table.assign(value=table["value"] + 1)
    message = said(folium_map(wrong), like=right)
    assert message == "In 53 of 54 areas the map shows another value than your figures give."
    assert "In 10 of 10" in said(leiden.map("lonely", year=2016), like=leiden.map("lonely", year=2020))


def test_every_fault_is_named_at_once(table, axes):
    message = said(plotted(table, axes, cmap="RdYlGn", legend=False), areas=12, classes=3)
    assert [word in message for word in ("54 areas", "5 classes", "apart", "legend")] == [True] * 4


def test_what_is_no_map(leiden):
    for one in (12, "map", leiden.figures("lonely", year=2020), altair.Chart().mark_bar()):
        assert "a map" in said(one)
    assert "layer of areas" in said(folium.Map(tiles=None))


def test_points_are_counted():
    city = folium.Map(tiles=None)
    for step in range(3):
        folium.CircleMarker([52.15 + step / 100, 4.5]).add_to(city)
    assert lk.expect.map(city, points=3, credit=False) is city
    assert "fewer points" in said(city, points=4)


def test_tiles_name_the_network_that_they_need():
    assert describe(folium.Map()).hosts == ("tile.openstreetmap.org",)
    assert describe(folium.Map(tiles=None)).hosts == ()


def bars(**rest):
    import pandas

    table = pandas.DataFrame({"name": ["Mors", "Roodenburg", "Stevenshof"], "residents": [9, 8, 7]})
    return altair.Chart(table, title="Residents, 2024").mark_bar().encode(x=altair.X("residents:Q", **rest), y="name:N")


def test_a_good_chart_passes(axes):
    assert lk.expect.chart(bars(), marks="bar", x="residents", count=3)
    axes.bar(["Mors", "Stevenshof"], [9, 7])
    axes.set(title="Residents, 2024", xlabel="district", ylabel="residents (x 1,000)")
    assert lk.expect.chart(axes, marks=["bar", "point"], count=2)
    assert describe(axes).bars_upright is True


def test_bars_must_begin_at_zero(axes):
    assert "zero" in said_of_chart(bars(scale=altair.Scale(zero=False)))
    assert "zero" in said_of_chart(bars(scale=altair.Scale(domain=[5, 10])))
    axes.barh(["Mors", "Stevenshof"], [9, 7])
    axes.set(title="Residents", ylabel="district", xlabel="residents", xlim=(5, 10))
    assert "zero" in said_of_chart(axes)
    axes.set_xlim(0, 10)
    lk.expect.chart(axes)


def test_a_line_may_begin_elsewhere(axes):
    axes.plot([2012, 2016, 2020], [41.0, 46.0, 50.0])
    axes.set(title="Lonely adults", xlabel="year", ylabel="%")
    lk.expect.chart(axes, marks="line")
    assert "bars" in said_of_chart(axes, marks="bar")


def test_title_labels_source_and_legend(axes):
    axes.plot([1, 2], [1, 2], color="tab:red")
    axes.plot([1, 2], [2, 1], color="tab:green")
    message = said_of_chart(axes, source=True, legend=True)
    assert [word in message for word in ("title", "along x", "along y", "source", "legend", "apart")] == [True] * 6
    assert "empty" in said_of_chart(mpl.figure.Figure().add_subplot())


def test_series_of_altair_are_told_apart():
    import pandas

    table = pandas.DataFrame({"x": [1, 2], "y": [1, 2], "who": ["a", "b"]})
    made = (
        altair.Chart(table, title="t")
        .mark_line()
        .encode(x="x:Q", y="y:Q", color=altair.Color("who:N", scale=altair.Scale(range=["#d62728", "#2ca02c"])))
    )
    assert "apart" in said_of_chart(made)
    lk.expect.chart(made, colours_apart=False, legend=True)


def test_facts_travel_as_data(leiden, table, axes):
    for one in (leiden.map("lonely", year=2020), folium_map(table), plotted(table, axes), bars(), shape(table)):
        facts = describe(one)
        assert facts_from(facts.as_data()) == facts
        assert decode(encode(one)) == facts
        assert describe(facts) is facts


def test_our_own_colours_can_be_told_apart():
    for palette in ("sequential", "blues"):
        for number in range(2, 7):
            assert alike(look.ramp(number, palette)) == []
    for below in range(1, 4):
        assert alike(look.diverging(below, 3)) == []


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["map", "chart", "layers", "made_with", "title", "x"]), inner)
        ),
    )
)
def test_rubbish_is_no_description(data):
    try:
        found = facts_from(data)
    except lk.LabkitError:
        return
    assert isinstance(found, MapFacts | ChartFacts)


def test_messages_are_dutch_too(leiden):
    lk.use_language("nl")
    assert said(leiden.map("lonely", year=2016), year=2020) == "De kaart toont een ander jaar dan gevraagd: 2016."
