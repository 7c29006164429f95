"""Class breaks: what must hold for any values, and agreement with mapclassify."""

from __future__ import annotations

import itertools
import math
import warnings

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from labkit.classes import SCHEMES, classify
from labkit.errors import NoFiguresError, WrongUseError
from labkit.language import number

FIGURES = st.lists(st.integers(-5_000, 50_000).map(lambda n: n / 10), min_size=1, max_size=70)
K = st.integers(1, 6)
SCHEME = st.sampled_from(sorted(SCHEMES))


def grouping(index) -> list[int]:
    """Class numbers without gaps, so that empty classes make no difference."""
    return np.unique(np.asarray(index), return_inverse=True)[1].tolist()


def peer(kind, values, *args):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(mapclassify, kind)(np.array(values, dtype=float), *args)


def spread(values, index) -> float:
    values, index = np.array(values, dtype=float), np.asarray(index)
    return sum(float(((values[index == c] - values[index == c].mean()) ** 2).sum()) for c in set(index.tolist()))


# --- what must hold for any values ---


@given(FIGURES, SCHEME, K)
def test_every_value_is_in_one_class_and_the_counts_say_so(values, scheme, k):
    classes = classify(values, scheme, k)
    index = classes.index(values)
    assert sum(classes.counts) == len(values)
    assert list(classes.counts) == [int((index == c).sum()) for c in range(classes.k)]
    assert all(classes.lows[c] <= v <= classes.highs[c] for v, c in zip(values, index, strict=True))
    assert classes.k <= k
    assert sorted(classes.edges) == list(classes.edges)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), SCHEME, K, st.integers(0, 2))
def test_a_shown_value_fits_one_label_only(values, scheme, k, decimals):
    classes = classify(values, scheme, k, decimals=decimals)
    shown = [
        (number(low, decimals), number(high, decimals)) for low, high in zip(classes.lows, classes.highs, strict=True)
    ]
    limits = [(float(low.replace(",", "")), float(high.replace(",", ""))) for low, high in shown]
    assert all(before[1] < after[0] for before, after in itertools.pairwise(limits))
    for value, found in zip(values, classes.index(values), strict=True):
        seen = float(number(value, decimals).replace(",", ""))
        assert [c for c, (low, high) in enumerate(limits) if low <= seen <= high] == [found]


@given(FIGURES, SCHEME, K, st.lists(st.sampled_from([None, math.nan, pd.NA]), max_size=5))
def test_what_is_missing_is_counted_apart_and_changes_nothing(values, scheme, k, holes):
    without, with_holes = classify(values, scheme, k), classify([*holes, *values], scheme, k)
    assert with_holes.missing == len(holes)
    assert (with_holes.edges, with_holes.counts) == (without.edges, without.counts)
    assert with_holes.index(holes).tolist() == [-1] * len(holes)


@given(FIGURES, SCHEME, K)
def test_zeros_are_a_class_of_their_own_when_asked(values, scheme, k):
    values = [abs(value) for value in values] + [0.0, 3.0]
    classes = classify(values, scheme, k, zero_class=True)
    assert classes.zero
    assert (classes.lows[0], classes.highs[0]) == (0, 0)
    assert classes.counts[0] == values.count(0.0)
    assert classes.edges[1:] == classify([value for value in values if value], scheme, k).edges


@pytest.mark.parametrize("values", [[0, 0], [1, 2], [-1, 0, 2]])
def test_no_class_of_zeros_without_zeros_without_others_or_among_negative_values(values):
    assert not classify(values, k=2, zero_class=True).zero


@given(FIGURES, SCHEME, st.integers(2, 6), st.floats(-500, 5000))
def test_a_middle_parts_the_classes(values, scheme, k, middle):
    classes = classify(values, scheme, k, middle=middle)
    assert all(high <= middle for high in classes.highs[: classes.below])
    assert all(low > middle for low in classes.lows[classes.below :] if low in values)
    assert classes.below <= (k + 1) // 2
    assert classes.k - classes.below <= (k + 1) // 2
    assert classes.k <= k
    assert bool(classes.notes("en")) == (classes.k < k)


@pytest.mark.parametrize(("k", "below"), [(2, 1), (3, 1), (4, 2), (5, 2), (6, 3)])
def test_with_a_middle_there_are_as_many_classes_as_asked(k, below):
    classes = classify(range(20), k=k, middle=7)
    assert (classes.k, classes.below, classes.notes("en")) == (k, below, [])


@pytest.mark.parametrize(
    ("values", "k", "middle", "made", "note"),
    [
        (range(9), 1, 4, 2, "a middle needs one on each side"),
        (range(9), 4, 50, 2, "all values lie on one side"),
        (range(9), 4, -1, 2, "all values lie on one side"),
        ([1, 1, 9, 9], 4, 5, 2, "too many values are equal"),
    ],
)
def test_other_numbers_of_classes_than_asked_carry_a_note(values, k, middle, made, note):
    classes = classify(values, k=k, middle=middle)
    assert classes.k == made
    assert note in classes.notes("en")[0]


def test_zeros_with_breaks_below_them_are_counted_once():
    classes = classify([0, 0, 4], breaks=[-5, 0, 10], zero_class=True)
    assert (classes.labels("en"), classes.counts) == (["0", "4"], (2, 1))


# --- agreement with mapclassify ---


@given(FIGURES, K)
def test_quantiles_agree_with_mapclassify(values, k):
    assume(len(set(values)) >= k)
    ours, theirs = classify(values, "quantiles", k), peer("Quantiles", values, k)
    # A limit that falls on a value: theirs may miss it by the last bit of a float, ours does not.
    assume(all(edge in values or np.abs(np.array(values) - edge).min() > 1e-9 for edge in theirs.bins))
    assert grouping(ours.index(values)) == grouping(theirs.yb)
    assert set(np.round(ours.edges, 9)) <= set(np.round(theirs.bins, 9))


@given(FIGURES, K)
def test_equal_intervals_agree_with_mapclassify(values, k):
    assume(len(set(values)) >= max(k, 2))
    ours, theirs = classify(values, "equal", k), peer("EqualInterval", values, k)
    assert ours.edges == pytest.approx(theirs.bins.tolist())
    assume(all(np.abs(np.array(values) - edge).min() > 1e-9 for edge in theirs.bins[:-1]))
    assert grouping(ours.index(values)) == grouping(theirs.yb)
    assert list(ours.counts) == theirs.counts.tolist()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-99, 999), min_size=2, max_size=30), K)
def test_natural_breaks_are_at_least_as_good_as_those_of_mapclassify(values, k):
    assume(len(set(values)) >= k)
    ours, theirs = classify(values, "natural", k), peer("FisherJenks", values, k)
    assert ours.k == k
    # Theirs counts in 32-bit floats, and of two equally good groupings either may be chosen.
    assert spread(values, ours.index(values)) <= spread(values, theirs.yb) * (1 + 1e-9) + 1e-6


@settings(max_examples=40)
@given(st.lists(st.integers(-20, 40), min_size=2, max_size=9), st.integers(1, 4))
def test_natural_breaks_are_the_best_of_all_groupings(values, k):
    different = sorted(set(values))
    assume(len(different) >= k)
    best = min(
        spread(values, np.searchsorted([*cut, different[-1]], values, side="left"))
        for cut in itertools.combinations(different[:-1], k - 1)
    )
    assert spread(values, classify(values, "natural", k).index(values)) == pytest.approx(best)


def test_natural_breaks_equal_those_of_mapclassify_where_one_grouping_is_best():
    values = [1, 2, 3, 50, 52, 55, 200, 201, 999]
    assert classify(values, "natural", 4).edges == tuple(peer("FisherJenks", values, 4).bins.tolist())


@given(FIGURES, st.lists(st.integers(-500, 5_000), min_size=1, max_size=5, unique=True).map(sorted))
def test_fixed_breaks_agree_with_mapclassify(values, breaks):
    ours, theirs = classify(values, breaks=breaks), peer("UserDefined", values, breaks)
    assert list(ours.edges) == theirs.bins.tolist()
    assert ours.index(values).tolist() == theirs.yb.tolist()
    assert list(ours.counts) == theirs.counts.tolist()


# --- hard cases ---


def test_fewer_different_values_than_classes_gives_fewer_classes_and_says_so():
    classes = classify([1, 1, 2, 2, 3], k=5)
    assert classes.labels("en") == ["1", "2", "3"]
    assert "3 classes instead of 5" in classes.notes("en")[0]


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_all_equal_is_one_class(scheme):
    classes = classify([7.5, 7.5, 7.5], scheme, 5)
    assert (classes.k, classes.counts, classes.labels("nl")) == (1, (3,), ["7,5"])


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_one_value_is_one_class(scheme):
    assert classify([3], scheme, 5).labels("en") == ["3"]


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_large_values_that_lie_close_together_keep_their_classes(scheme):
    values = [1e12 + n for n in (0, 1, 2, 1000, 1001, 1002)]
    assert grouping(classify(values, scheme, 2).index(values)) == [0, 0, 0, 1, 1, 1]


def test_large_and_negative_values_are_labelled_in_full():
    assert classify([-3.25, 0, 1e12], k=3, decimals=1).labels("nl") == ["-3,2", "0,0", "1.000.000.000.000,0"]


def test_empty_classes_of_equal_width_stay_and_do_not_overlap_their_neighbours():
    classes = classify([0, 1, 2, 30], "equal", 3, decimals=0)
    assert classes.labels("en") == ["0 – 2", "11 – 20", "30"]
    assert classes.counts == (3, 0, 1)


def test_an_empty_lowest_class_is_open_below():
    assert classify([15.0, 19.5], breaks=[10, 20], decimals=1).labels("en") == ["up to 10.0", "15.0 – 19.5"]


def test_values_above_the_last_break_are_kept():
    assert classify([5, 25, 30], breaks=[10, 20]).counts == (1, 0, 2)


def test_values_of_another_year_above_the_highest_class_belong_to_it():
    assert classify([1, 2, 3, 4], k=2).index([0, 9]).tolist() == [0, 1]


@pytest.mark.parametrize("values", [[], [None], [math.nan, None]])
def test_no_value_at_all_is_an_error_with_a_reason(values):
    with pytest.raises(NoFiguresError, match="no value"):
        classify(values)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scheme": "quantile"}, 'Did you mean "quantiles"'),
        ({"scheme": "jenks-ish"}, "The schemes are quantiles, equal, natural, fixed"),
        ({"scheme": "fixed"}, "belong together"),
        ({"scheme": "equal", "breaks": [1, 2]}, "belong together"),
        ({"breaks": [3, 2]}, "ascend"),
        ({"breaks": []}, "ascend"),
        ({"breaks": [None]}, "ascend"),
        ({"breaks": [1, 3], "middle": 2}, "one of the breaks"),
        ({"k": 0}, "whole number"),
        ({"k": 2.5}, "whole number"),
        ({"k": "5"}, "whole number"),
        ({"k": None}, "whole number"),
        ({"breaks": 5}, "ascend"),
        ({"breaks": "123"}, "ascend"),
        ({"middle": "x"}, "not 'x'"),
        ({"middle": math.nan}, "not nan"),
        ({"middle": math.inf}, "not inf"),
        ({"values": [1, math.inf]}, "infinite"),
        ({"values": [1, "many"]}, "'many'"),
    ],
)
def test_wrong_use_is_answered_with_the_way_out(arguments, message):
    with pytest.raises(WrongUseError, match=message):
        classify(**{"values": [1, 2, 3], **arguments})
