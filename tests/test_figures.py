"""Figures: honest selection, derived shares, and combining areas only where that can be done."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.area import Area
from labkit.combining import combine
from labkit.derived import quotient
from labkit.errors import LabkitError, NoFiguresError, NotCombinableError, UnknownNameError, WrongUseError
from labkit.figure import Figure
from labkit.figures import COLUMNS
from labkit.indicators import Indicator
from labkit.rounding import band
from labkit.statuses import Status
from labkit.texts import Text


def test_figures_are_a_tidy_table(leiden):
    table = leiden.figures("lonely", level="neighbourhood", year=2020)
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 54
    slaaghwijk = table.set_index("name").loc["Slaaghwijk"]
    assert (slaaghwijk["value"], slaaghwijk["unit"], slaaghwijk["status"]) == (57.2, "%", "estimated")


def test_what_has_no_value_is_kept_with_its_reason(leiden):
    row = leiden.figures("lonely", year=2020, area="Klein Cronestein").iloc[0]
    assert math.isnan(row["value"])
    assert row["status"] == "suppressed"
    assert "too few people" in leiden.figures.get("lonely", "Klein Cronestein", 2020).reason("en")


def test_no_status_without_a_value_ever_has_one(leiden, duinstad):
    for city in (leiden, duinstad):
        for one in city.figures:
            assert (one.value is None) == (not one.state.has_value)
            assert (one.low is None) == (one.value is None)
            if one.value is not None:
                assert one.low <= one.value <= one.high


@pytest.mark.parametrize(
    ("choice", "areas"),
    [
        ({"level": "district", "area": "Leiden"}, 10),
        ({"level": "district", "area": "Leidse regio"}, 26),
        ({"level": "district"}, 51),
        ({"area": "Stevenshof"}, 1),
        ({"area": ["Stevenshof", "Merenwijk"]}, 2),
        ({"area": ["Leiden", "Leiderdorp"], "level": "district"}, 13),
        ({"level": "municipality"}, 9),
    ],
)
def test_areas_are_chosen_by_level_and_by_what_they_lie_in(leiden, choice, areas):
    assert leiden.figures("population", year=2024, **choice)["area"].nunique() == areas


def test_selection_by_theme_and_years(leiden):
    table = leiden.figures(theme="Veiligheid", area="Leiden", year=[2023, 2024])
    assert set(table["year"]) == {2023, 2024}
    assert table["indicator"].str.startswith("crimes").all()
    several = leiden.figures(["population", "lonely"], area="Stevenshof")
    assert set(several["indicator"]) == {"population", "lonely"}


def test_no_figures_says_which_years_and_levels_there_are(leiden):
    with pytest.raises(NoFiguresError, match=r"lonely has municipality: 2012, 2016, 2020; district: 2012, 2016, 2020"):
        leiden.figures("lonely", level="district", year=2019)
    with pytest.raises(NoFiguresError, match="crimes_total has municipality"):
        leiden.figures("crimes_total", level="district")
    with pytest.raises(NoFiguresError):
        leiden.figures("lonely", area="Katwijk")


@pytest.mark.parametrize("year", ["twenty", 2020.5, [2020, "x"]])
def test_a_year_is_a_whole_number(leiden, year):
    with pytest.raises(WrongUseError, match="whole number"):
        leiden.figures("lonely", year=year)


def test_indicators_answer_to_ids_and_labels_and_near_misses(leiden):
    assert leiden.indicators[leiden.indicators["lonely"].label("nl").upper()].id == "lonely"
    with pytest.raises(UnknownNameError, match="lonely") as caught:
        leiden.indicators["lonley"]
    assert "lonely" in caught.value.suggestions
    with pytest.raises(UnknownNameError, match="woz_value"):
        leiden.indicators["WOZ"]
    with pytest.raises(UnknownNameError, match="There are: population"):
        leiden.figures(theme="wealth")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("eenzaam", "lonely"),
        ("lonely", "lonely"),
        ("inkomen inwoner", "income_per_inhabitant"),
        ("GAS", "gas_use"),
        ("65 eenzaam", "lonely_65plus"),
    ],
)
def test_the_catalogue_is_searched_in_both_languages(leiden, words, expected):
    assert expected in [one.id for one in leiden.indicators.search(words)]
    assert len(leiden.indicators.search("xyzzy")) == 0


def test_wide_tables_keep_every_area_and_every_gap(leiden):
    wide = leiden.figures.wide("district_heating_pct", level="district", year=2023, area="Leiden")
    assert wide.shape == (10, 1)
    assert wide["district_heating_pct"].isna().sum() == 3
    both = leiden.figures.wide(["population", "households"], level="district", area="Leiden", year=[2022, 2023])
    assert list(both.columns) == [
        ("households", 2022),
        ("households", 2023),
        ("population", 2022),
        ("population", 2023),
    ]


def test_shares_that_follow_from_counts_are_derived_and_say_so(leiden):
    published = leiden.figures.get("age_65plus_pct", "Stevenshof", 2024)
    derived = leiden.figures.get("age_65plus_pct", "Stevenshof", 2025)
    assert (published.status, derived.status) == ("observed", "derived")
    assert derived.value == pytest.approx(100 * 2415 / 10665)
    assert derived.low == pytest.approx(100 * 2411 / 10669)
    assert derived.high == pytest.approx(100 * 2419 / 10661)


def test_a_derived_share_agrees_with_a_published_one_where_both_can_be_had(leiden):
    births = leiden.figures.get("births", "Morsdistrict", 2023)
    population = leiden.figures.get("population", "Morsdistrict", 2023)
    published = leiden.figures.get("births_per_1000", "Morsdistrict", 2023)
    _, low, high = quotient(births, population, 1000)
    assert low <= published.high
    assert high >= published.low


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_districts_add_up_to_the_citys_own_population(leiden, year):
    own = leiden.figures.get("population", "Leiden", year)
    parts = leiden.figures.combine("population", leiden.home.children, year)
    assert parts.low <= own.value <= parts.high
    assert abs(parts.value - own.value) <= 14


@pytest.mark.parametrize("indicator", ["households", "dwellings"])
def test_districts_add_up_to_the_citys_own_households_and_dwellings(leiden, indicator):
    own = leiden.figures.get(indicator, "Leiden", 2023)
    parts = leiden.figures.combine(indicator, leiden.home.children, 2023)
    assert parts.low <= own.value <= parts.high


@pytest.mark.parametrize(
    ("indicator", "year"),
    [
        ("owner_occupied_pct", 2023),
        ("household_size", 2023),
        ("age_65plus_pct", 2024),
        ("population_density", 2023),
        ("gas_use", 2022),
    ],
)
def test_weighted_districts_agree_with_the_citys_own_figure(leiden, indicator, year):
    own = leiden.figures.get(indicator, "Leiden", year)
    parts = leiden.figures.combine(indicator, leiden.home.children, year)
    assert parts.method.startswith("weighted with")
    assert parts.low <= own.high * 1.002
    assert parts.high >= own.low * 0.998


@pytest.mark.parametrize(
    ("indicator", "areas", "year", "words"),
    [
        ("median_wealth", ["Stevenshof", "Merenwijk"], 2023, "is a median"),
        ("urbanity_class", ["Stevenshof", "Merenwijk"], 2023, "is an index"),
        ("distance_gp", ["Stevenshof", "Merenwijk"], 2023, "Without that weight"),
        ("lonely", ["Stevenshof", "Merenwijk"], 2020, "Without that weight"),
        ("population", ["Stevenshof", "Schenkwijk"], 2024, "overlap"),
        ("population", ["Stevenshof", "Stevenshof"], 2024, "named twice"),
        ("income_per_inhabitant", ["Stationsdistrict", "Stevenshof"], 2022, "A missing value is not 0"),
    ],
)
def test_what_cannot_be_combined_is_refused_with_the_reason(leiden, indicator, areas, year, words):
    with pytest.raises(NotCombinableError, match=words):
        leiden.figures.combine(indicator, areas, year)


def test_what_is_left_out_is_said(leiden):
    found = leiden.figures.combine("income_per_inhabitant", leiden.home.children, 2022, leave_out_missing=True)
    assert list(found.left_out) == ["WK054602"]
    assert len(found.areas) == 9
    with pytest.raises(WrongUseError):
        leiden.figures.combine("population", [], 2022)
    with pytest.raises(NoFiguresError):
        leiden.figures.combine("population", leiden.home.children, 1999)


def test_rates_per_1000_keep_reasons_and_refuse_what_is_no_count(leiden, duinstad):
    crimes = leiden.figures.per_1000("crimes_total", year=2024, level="municipality")
    row = crimes.set_index("name").loc["Leiden"]
    assert row["value"] == pytest.approx(1000 * 6832 / 130108)
    assert (row["status"], row["unit"]) == ("derived", "per 1000 persons")
    with pytest.raises(NotCombinableError, match="not a count"):
        leiden.figures.per_1000("lonely", year=2020)
    trees = duinstad.figures.per_1000("trees", year=2021, level="quarter").set_index("area")
    assert math.isnan(trees.loc["Q14", "value"])  # nobody lives there
    assert trees.loc["Q14", "status"] == "not_applicable"


def _indicator(kind="share", unit="%", rounding="nearest"):
    empty = Text()
    return Indicator("x", "t", unit, kind, "w", "", "", 1, rounding, "s", empty, empty, empty, empty, empty)


def _figure(area, value, low=None, high=None):
    state = Status("observed", True, Text(), Text())
    return Figure(area, "x", 2020, value, value if low is None else low, value if high is None else high, 1, "s", state)


parts = st.lists(st.tuples(st.floats(0, 100), st.integers(1, 100_000)), min_size=1, max_size=20)


@given(parts)
def test_a_combined_share_is_the_sum_of_numerators_over_the_sum_of_denominators(pairs):
    areas = [Area(str(n), str(n), "district", 2020, "", {}) for n in range(len(pairs))]
    figures = {area: _figure(area.code, share) for area, (share, _) in zip(areas, pairs, strict=True)}
    weights = {area: _figure(area.code, float(weight)) for area, (_, weight) in zip(areas, pairs, strict=True)}
    found = combine(_indicator(), figures, weights, 2020)
    people = math.fsum(share / 100 * weight for share, weight in pairs)
    assert found.value == pytest.approx(100 * people / sum(weight for _, weight in pairs), abs=1e-9)
    assert min(share for share, _ in pairs) - 1e-9 <= found.value <= max(share for share, _ in pairs) + 1e-9


@given(parts)
def test_combining_in_two_steps_is_combining_at_once(pairs):
    areas = [Area(str(n), str(n), "district", 2020, "", {}) for n in range(len(pairs))]
    counts = {area: _figure(area.code, float(weight)) for area, (_, weight) in zip(areas, pairs, strict=True)}
    count = _indicator("count", "persons")
    whole = combine(count, counts, {}, 2020).value
    half = len(pairs) // 2
    steps = [areas[:half], areas[half:]]
    assert whole == sum(combine(count, {a: counts[a] for a in some}, {}, 2020).value for some in steps if some)


@given(st.integers(0, 20_000), st.sampled_from([5, 10, 100]))
def test_the_band_of_a_randomly_rounded_count_holds_every_count_that_it_can_stand_for(count, step):
    indicator = _indicator("count", "persons", "random")
    for rounded in {count // step * step, -(-count // step) * step}:
        low, high = band(rounded, "rounded", step, indicator, {})
        assert 0 <= low <= count <= high


@given(st.floats(0, 100), st.sampled_from([1.0, 0.1]))
def test_the_band_of_a_rounded_share_holds_the_share(share, step):
    shown = round(share / step) * step
    low, high = band(shown, "observed", step, _indicator(), {})
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 100 + 1e-9


@given(st.text(max_size=15), st.none() | st.text(max_size=8), st.none() | st.integers(-5, 3000))
def test_any_question_is_answered_or_refused_in_words(leiden, indicator, level, year):
    try:
        assert len(leiden.figures(indicator, level=level, year=year)) > 0
    except LabkitError as error:
        assert str(error).endswith((".", "?"))


def test_a_theme_without_indicators_is_not_the_whole_theme(leiden):
    with pytest.raises(NoFiguresError):
        leiden.figures([], theme="health")


def test_one_area_may_be_named_without_a_list(leiden):
    assert leiden.figures.combine("population", "Stevenshof", "2024").value == 10705


def test_a_rate_names_the_sources_of_both_counts(leiden):
    assert set(leiden.figures.per_1000("crimes_total", year=2024)["source"]) == {"police-2024,cbs-2024"}


weighted = st.lists(st.tuples(st.floats(0, 100), st.integers(0, 500), st.integers(0, 50)), min_size=1, max_size=8)


@given(weighted, st.randoms(use_true_random=False))
def test_the_band_of_a_mean_holds_every_mean_that_the_weights_allow(rows, random):
    areas = [Area(str(n), str(n), "district", 2020, "", {}) for n in range(len(rows))]
    figures = {area: _figure(area.code, value) for area, (value, _, _) in zip(areas, rows, strict=True)}
    weights = {
        area: _figure(area.code, float(w), max(0.0, w - h), w + h) for area, (_, w, h) in zip(areas, rows, strict=True)
    }
    if not sum(w for _, w, _ in rows):
        with pytest.raises(NotCombinableError):
            combine(_indicator(), figures, weights, 2020)
        return
    found = combine(_indicator(), figures, weights, 2020)
    true = [random.uniform(weights[area].low, weights[area].high) for area in areas]
    if sum(true) > 0:
        mean = sum(w * value for w, (value, _, _) in zip(true, rows, strict=True)) / sum(true)
        assert found.low - 1e-6 <= mean <= found.high + 1e-6


def test_what_was_named_and_is_not_there_is_told(leiden):
    with pytest.warns(UserWarning, match="no figures here for gas_use;"):
        leiden.figures(["lonely", "gas_use"], year=2020)
    with pytest.warns(UserWarning, match="for 2024, Oegstgeest;"):
        leiden.figures("lonely", year=[2020, 2024], area=["Leiden", "Oegstgeest"])
