"""Profiles, comparisons, ranks, changes and correlations, recomputed by another path."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import labkit as lk
from labkit.comparison.bands import ordinal, place, rank_bands
from labkit.comparison.correlation import fisher_interval, pearson
from labkit.errors import NoFiguresError, UnknownNameError, WrongUseError
from labkit.figure import Figure
from labkit.statuses import Status
from labkit.texts import Text

FIGURES = Path(__file__).parents[1] / "data" / "leiden" / "figures.csv"


@pytest.fixture(scope="module")
def published():
    """The figures straight from the file: (indicator, area, year) -> value or None."""
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(r["indicator"], r["area"], int(r["year"])): float(r["value"]) if r["value"] else None for r in rows}


def test_a_profile_gives_the_published_values(leiden, published):
    table = leiden.profile("Stevenshof").table
    assert len(table) > 100
    for row in table.itertuples():
        if row.status != "derived":
            value = published[row.indicator, "WK054609", row.year]
            assert row.value == value if value is not None else np.isnan(row.value)


def test_a_profile_takes_the_newest_figure(leiden, published):
    table = leiden.profile("Merenwijk").table.set_index("indicator")
    assert table.loc["population", "year"] == 2025
    assert table.loc["lonely", "year"] == 2020
    assert table.loc["dwellings", "year"] == 2023
    assert (leiden.profile("Merenwijk", year=2016).table["year"] == 2016).all()


def test_a_profile_gives_the_reason_for_what_is_missing(leiden):
    profile = leiden.profile("Klein Cronestein", theme="wellbeing")
    row = profile.table.set_index("indicator").loc["lonely"]
    assert (row["status"], row["place"]) == ("suppressed", "")
    assert "too few people" in row["reason"]
    assert "too few people" in str(profile)
    assert "too few people" in profile._repr_html_()


def test_a_profile_sets_a_district_against_its_city_and_region(leiden, published):
    row = leiden.profile("Stevenshof", year=2024).table.set_index("indicator")
    assert row.loc["population_density", "city"] == published["population_density", "GM0546", 2024]
    total = sum(published["population", code, 2024] for code in ("GM0546", "GM0547", "GM0579", "GM0626", "GM0638"))
    assert row.loc["population", "region"] == total


def test_a_municipality_is_compared_within_its_region(leiden):
    row = leiden.profile("Leiden", year=2024).table.set_index("indicator").loc["population"]
    assert (row["best_place"], row["worst_place"], row["places"]) == (1, 1, 5)


def test_an_area_of_another_municipality_is_compared_there(leiden):
    table = leiden.profile("Oud Oegstgeest").table.set_index("indicator")
    assert table.loc["population", "places"] == 5
    assert np.isnan(table.loc["population", "city"])


def test_the_bands_of_a_profile_hold_its_values(leiden):
    table = leiden.profile("Morsdistrict").table.dropna(subset=["value"])
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert (table["best_place"] <= table["worst_place"]).all()
    assert (table["worst_place"] <= table["places"]).all()


values = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), min_size=1, max_size=15)


@given(values)
def test_rank_bands_are_the_places_that_some_true_values_would_give(pairs):
    state = Status("rounded", True, Text(), Text())
    figures = [Figure(str(n), "x", 2020, v, v - h, v + h, 5, "s", state) for n, (v, h) in enumerate(pairs)]
    found = rank_bands(figures)
    for n, (value, half) in enumerate(pairs):
        others = [(v - h, v + h) for m, (v, h) in enumerate(pairs) if m != n]
        # The best place: it is as high as it can be, all others as low as they can be; and the other way round.
        best = 1 + sum(low > value + half for low, _ in others)
        worst = 1 + sum(high >= value - half for _, high in others)
        assert found[str(n)] == (best, worst, len(pairs))


def test_places_in_words():
    assert place(2, 2, 10, "en") == "2nd of 10"
    assert place(2, 4, 10, "nl") == "2e tot 4e van 10"
    assert place(1, 10, 10, "nl") == "geen duidelijke plaats onder 10"
    assert [ordinal(n, "en") for n in (1, 11, 21, 112, 113)] == ["1st", "11th", "21st", "112th", "113th"]


def test_compare_names_a_difference_only_beyond_rounding(leiden, published):
    table = leiden.compare("Stevenshof", "Merenwijk").table.set_index("indicator")
    for name, row in table.iterrows():
        one, other = (leiden.figures.get(name, area, row["year"]) for area in ("Stevenshof", "Merenwijk"))
        if one.value is None or other.value is None:
            assert np.isnan(row["difference"])
            continue
        apart = one.low > other.high or other.low > one.high
        assert apart == (not np.isnan(row["difference"]))
        if apart:
            assert row["difference"] == pytest.approx(abs(one.value - other.value))
    assert table.loc["lonely", "conclusion"] == "no clear difference"


def test_compare_needs_two_different_areas(leiden):
    for areas in ([], ["Stevenshof"], ["Stevenshof", "WK054609"], ["Stevenshof", "Merenwijk", "Stevenshof"]):
        with pytest.raises(WrongUseError):
            leiden.compare(*areas)
    with pytest.raises(UnknownNameError):
        leiden.compare("Stevenshof", "Merenwijck")
    with pytest.raises(NoFiguresError):
        leiden.compare("Stevenshof", "Katwijk", theme="wellbeing", year=2013)


def test_compare_says_why_a_value_is_missing(leiden):
    row = leiden.compare("Stationsdistrict", "Merenwijk", indicator="income_per_inhabitant", year=2022).table.iloc[0]
    assert row["conclusion"].startswith("Stationsdistrict: ")
    assert np.isnan(row["Stationsdistrict"])


def test_rank_orders_and_keeps_what_is_missing(leiden, published):
    table = leiden.rank("income_per_inhabitant", year=2022).table
    assert len(table) == 10
    assert table["value"].dropna().is_monotonic_decreasing
    last = table.iloc[-1]
    assert (last["area"], last["status"], last["place"]) == ("WK054602", "absent_in_source", "")
    assert (table["places"].dropna() == 9).all()


def test_rank_names_the_years_that_there_are(leiden):
    with pytest.raises(NoFiguresError, match="2022, 2023, 2024, 2025"):
        leiden.rank("population", year=2021)
    with pytest.raises(NoFiguresError, match="crimes_total has municipality"):
        leiden.rank("crimes_total")


def test_change_breaks_where_a_border_was_redrawn(leiden):
    change = leiden.change("population", level="district", within="Leiderdorp")
    assert len(change.lines) == 3
    for line in change.lines:
        assert [len(part) for part in line.segments] == [1, 1]
        assert line.difference is None
    assert any("redrew" in note for note in change.notes)
    assert "∥" in str(change)


def test_change_breaks_where_a_definition_changed(leiden):
    line = leiden.change("crimes_fraud").lines[0]
    assert line.breaks[0].kind == "definition"
    assert line.ends[0].year == 2017
    lk.use_language("nl")
    assert any("nieuwe indeling" in note for note in leiden.change("crimes_fraud").notes)


def test_change_names_only_what_exceeds_rounding(leiden, published):
    table = leiden.change("population", level="district").table
    named = table.dropna(subset=["difference"])
    assert len(named) > 5
    for row in named.itertuples():
        assert row.difference == published["population", row.area, 2025] - published["population", row.area, 2022]
    lonely = leiden.change("lonely", area="Leiden").lines[0]
    assert lonely.difference == pytest.approx(50.2 - 39.2)


def test_change_without_figures_says_what_there_is(leiden):
    with pytest.raises(NoFiguresError, match="crimes_total has municipality"):
        leiden.change("crimes_total", area="Stevenshof")


def test_correlation_agrees_with_numpy_and_warns(leiden, published):
    both = leiden.correlate("lonely", "hard_to_make_ends_meet", level="neighbourhood", year=2020)
    codes = [area.code for area in leiden.areas.of_level("neighbourhood")]
    pairs = [(published["lonely", c, 2020], published["hard_to_make_ends_meet", c, 2020]) for c in codes]
    known = np.array([pair for pair in pairs if None not in pair])
    assert both.n == len(known) == 53
    assert both.r == pytest.approx(np.corrcoef(known.T)[0, 1])
    assert both.interval[0] < both.r < both.interval[1]
    text = " ".join(both.notes)
    assert "not of the people" in text
    assert "by construction" in text
    assert "Areas left out" in text


def test_correlation_of_few_areas_says_so(leiden):
    notes = " ".join(leiden.correlate("gas_use", "woz_value", year=2022).notes)
    assert "10 areas are few" in notes
    with pytest.raises(WrongUseError, match="against itself"):
        leiden.correlate("lonely", "lonely")
    with pytest.raises(NoFiguresError):
        leiden.correlate("lonely", "crimes_total")


def test_correlation_takes_ties_and_different_years(leiden):
    both = leiden.correlate("lonely", "population_density")
    assert "(2020)" in both.title
    assert "(2024)" in both.title
    assert -1 <= both.rho <= 1


pairs = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=0, max_size=30)


@given(pairs)
def test_a_correlation_lies_between_minus_one_and_one_and_in_its_interval(some):
    r = pearson([x for x, _ in some], [y for _, y in some])
    interval = fisher_interval(r, len(some))
    if r is not None:
        assert -1 <= r <= 1
    if interval is not None:
        assert interval[0] - 1e-9 <= r <= interval[1] + 1e-9


RESULTS = {
    "profile": lambda city: city.profile("Stevenshof", theme="housing"),
    "compare": lambda city: city.compare("Stevenshof", "Merenwijk", "Morsdistrict", theme="housing"),
    "rank": lambda city: city.rank("income_per_inhabitant", year=2022),
    "change": lambda city: city.change("population", level="district", within="Leiderdorp"),
    "correlate": lambda city: city.correlate("gas_use", "woz_value"),
}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", RESULTS)
def test_every_result_shows_itself_and_knows_its_sources(leiden, name, language):
    lk.use_language(language)
    result = RESULTS[name](leiden)
    assert len(result.table) > 0
    assert result.sources
    assert all(source.credit for source in result.sources)
    html, text = result._repr_html_(), str(result)
    assert html.count("<tr>") == html.count("</tr>")
    assert ("Source: " if language == "en" else "Bron: ") in text
    assert f"lang='{language}'" in html
    assert result.title in text
    chart = result.chart().to_dict()
    assert "CBS" in json.dumps(chart["title"])
    assert chart["description"]


def test_charts_of_bars_start_at_zero(leiden):
    spec = leiden.rank("gas_use").chart().to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["zero"] is True


def test_a_line_is_not_drawn_across_a_break(leiden):
    spec = leiden.change("population", area="WK054700").chart().to_dict()
    rows = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    assert {row["part"] for row in rows} == {"Leiderdorp, Wijk 00 1", "Leiderdorp, Wijk 00 2"}


def test_names_are_text_and_never_markup(duinstad):
    result = duinstad.rank("happy")
    result._city.areas["Q11"].name = "<script>alert(1)</script>"
    try:
        assert "<script>" not in result._repr_html_()
    finally:
        result._city.areas["Q11"].name = "Oude Haven"


def test_it_all_works_for_a_city_with_other_levels(duinstad):
    assert duinstad.profile("Het Haventje").table["value"].notna().any()
    assert len(duinstad.rank("trees").table) == 4
    assert duinstad.correlate("trees", "beach_distance", year=2021).n == 4
    assert duinstad.region is None


def test_shares_of_few_people_are_not_told_apart(leiden):
    """33% of 15 residents, counted in steps of five, can be almost anything."""
    shares = [
        leiden.figures.get(f"age_{band}_pct", "'t Heen", 2022) for band in ("0_15", "15_25", "25_45", "45_65", "65plus")
    ]
    assert sum(one.low for one in shares) <= 100 <= sum(one.high for one in shares)
    row = leiden.compare("Gelderswoude", "Weipoort", indicator="age_45_65_pct", year=2022).table.iloc[0]
    assert row["conclusion"] == "no clear difference"


def test_the_bands_that_are_shown_are_those_that_are_meant(leiden):
    text = str(leiden.rank("age_65plus_pct", year=2024))
    for row in leiden.rank("age_65plus_pct", year=2024).table.itertuples():
        assert f"{row.low:.1f} – {row.high:.1f}" in text


def test_classes_are_exact(leiden):
    table = leiden.rank("urbanity_class", year=2023).table
    assert (table["low"] == table["value"]).all()
    assert set(table["worst_place"]) == {(table["value"] == 2).sum(), 10}


def test_what_is_put_together_from_parts_is_marked(leiden):
    profile = leiden.profile("Stevenshof", year=2025)
    row = profile.table.set_index("indicator").loc["population"]
    assert (row["city"], row["city_status"]) == (130630, "derived")
    assert "130,630*" in str(profile)
    assert any(note.startswith("* Not published") for note in profile.notes)
    published = leiden.profile("Stevenshof", year=2024).table.set_index("indicator").loc["population"]
    assert (published["city"], published["city_status"]) == (130108, "observed")
    compared = leiden.compare("Stevenshof", "Leiden", indicator="population", year=2025).table.iloc[0]
    assert compared["derived"] == "Leiden"


def test_parts_that_are_known_not_to_add_up_are_not_put_together(leiden):
    """Some cars stand in the city, but in no district: their owners have a post-office box."""
    row = leiden.profile("Stevenshof", year=2025).table.set_index("indicator").loc["cars"]
    assert np.isnan(row["city"])


def test_figures_that_the_package_does_not_hold_say_just_that(leiden):
    figure = next(one for one in leiden.figures.of("population", "district", 2025) if one.area == "WK057901")
    assert (figure.value, figure.status) == (None, "not_in_package")
    assert figure.reason("en") == "This figure is not in the package."


def test_the_year_that_is_meant_is_one_that_most_areas_have(leiden):
    assert leiden.rank("population").year == 2025
    assert leiden.rank("population", within="Leidse regio").year == 2024
    assert leiden.rank("income_per_inhabitant", year="2022").year == 2022


def test_a_break_over_several_years_parts_all_of_them(duinstad, monkeypatch):
    from labkit.breaks import Break, Breaks
    from labkit.texts import Text

    gap = Break("", "population", 2020, 2022, "definition", Text("nl", "en"), "made up")
    monkeypatch.setattr(duinstad.areas, "breaks", Breaks([gap]))
    (line,) = duinstad.change("population", area="Oude Haven").lines
    assert [[one.year for one in part] for part in line.segments] == [[2020, 2021], [2022]]


def test_figures_across_a_redrawn_border_are_not_set_against_each_other(leiden):
    with pytest.raises(NoFiguresError, match="within the same border"):
        leiden.correlate("cars_per_household", "owner_occupied_pct", within="Leiderdorp")


def test_areas_of_one_name_keep_a_column_each(duinstad):
    compared = duinstad.compare("Q12", "Q21", indicator="trees", year=2020)
    row = compared.table.iloc[0]
    assert (row["Zandhoek (Q12)"], row["Zandhoek (Q21)"]) == (340, 210)
    assert row["conclusion"] == "Zandhoek (Q12) is 130 above Zandhoek (Q21)"


def test_a_difference_is_as_precise_as_its_coarser_figure(leiden):
    line = leiden.change("income_per_inhabitant", area="Leiden").lines[0]
    assert line.conclusion() == "2012–2022: +9"


@pytest.mark.parametrize("choice", [{"theme": "housing", "indicator": "population"}, {"year": "soon"}])
def test_a_choice_that_cannot_be_is_refused(leiden, choice):
    with pytest.raises(WrongUseError):
        leiden.compare("Stevenshof", "Merenwijk", **choice)
    with pytest.raises(WrongUseError):
        leiden.change("population", area="Leiden", level="district")
    with pytest.raises(UnknownNameError):
        leiden.change("population", area=5)
