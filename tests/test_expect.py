"""Friendly checks say what kind of wrong an answer is, in two languages, and never the answer."""

import datetime
import doctest
import math
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import labkit as lk
from labkit.assignments.answers import Missing, Tabled, Unreadable
from labkit.assignments.answers.kinds import failed
from labkit.assignments.assignment import Check
from labkit.assignments.checking import foreign, run_check
from labkit.assignments.expect import CheckFailed
from labkit.assignments.feedback.words import check_sentence
from labkit.assignments.judging import judge

e = lk.expect
NAN = float("nan")
DISTRICTS = pd.DataFrame({"code": ["a", "b", "c"], "name": ["Mors", "Noord", "Zuid"], "share": [12.5, 27.25, NAN]})


def wrong(run, *args, **options):
    with pytest.raises(CheckFailed) as failed:
        run(*args, **options)
    return failed.value.kind, str(failed.value)


def right(run, *args, **options):
    try:
        run(*args, **options)
    except CheckFailed as failed:
        pytest.fail(str(failed))


class Yes(float):
    """A number that says of itself that it is equal to everything, and lies between all."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    __lt__ = __le__ = __gt__ = __ge__ = __eq__


class Anything:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def __repr__(self):
        raise RuntimeError("no text")


# --- numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [7, 7.0, np.int64(7), np.float32(7), np.array(7), Decimal(7), Fraction(14, 2), pd.Series([7]).iloc[0]]
)
def test_a_number_of_any_library_is_a_number(value):
    found = e.number(value, whole=True, between=(0, 10))
    assert found == 7
    assert type(found) in (int, float)


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("14085", "type", "take the quotes away"),
        ("14.085", "type", "take the quotes away"),
        ("27 %", "type", "without quotes and unit"),
        ("many", "type", "a text, where a number is asked"),
        (True, "type", "True or False, where a number"),
        (np.True_, "type", "True or False, where a number"),
        (None, "type", "nothing (None), where a number is asked: a function gives something back only with return"),
        (..., "unanswered", "in the place of the three dots"),
        (Missing("residents"), "unanswered", "no answer yet"),
        (Unreadable("Thing"), "type", "an object of the type Thing"),
        (NAN, "value", "an empty value (NaN)"),
        (pd.NA, "value", "an empty value (NaN)"),
        (math.inf, "value", "divided by zero"),
        (3j, "type", "a complex number"),
        ([12], "type", "with [0]"),
        (pd.Series([12]), "type", "with .iloc[0]"),
        ([1, 2], "type", "a list of 2 values, where a number is asked: choose one of them"),
        (DISTRICTS, "type", "a table of 3 rows and 3 columns, where a number is asked: choose one row and one column"),
        (len, "type", "call it, with brackets"),
        (Anything(), "type", "an object of the type Anything"),
    ],
)
def test_what_is_no_number_is_called_by_its_kind(value, kind, words):
    found = wrong(e.number, value)
    assert found[0] == kind
    assert words in found[1]


@pytest.mark.parametrize(
    ("value", "options", "kind", "words"),
    [
        (0.27, {"unit": "%", "between": (1, 100)}, "unit", "0.27 looks like a share, where per cent is asked"),
        (27, {"unit": "share", "between": (0, 1)}, "unit", "27 looks like per cent, where a share is asked"),
        (14.085, {"unit": "residents", "between": (1000, 200_000)}, "unit", "too small by a factor of 1000"),
        (14_085_000, {"unit": "residents", "between": (0, 200_000)}, "unit", "too large by a factor of 1000"),
        (-3, {"unit": "residents", "between": (0, 200_000)}, "value", "it lies between 0 and 200000 residents"),
        (130, {"unit": "%", "between": (0, 100)}, "value", "130 is not possible"),
        (-3, {"between": (0, None)}, "value", "at least 0"),
        (1e30, {"between": (None, 5)}, "value", "at most 5"),
        (12.5, {"whole": True}, "type", "A whole number is asked"),
        (12.345, {"decimals": 1}, "value", "round it to 1 decimals"),
    ],
)
def test_a_number_that_cannot_be_says_why(value, options, kind, words):
    found = wrong(e.number, value, **options)
    assert found[0] == kind
    assert words in found[1]


def test_numbers_speak_dutch_too():
    lk.use_language("nl")
    assert (
        wrong(e.number, "12")[1] == "Dit is een tekst, maar er wordt een getal gevraagd: haal de aanhalingstekens weg."
    )


def test_a_number_too_long_to_write_stops_nothing():
    assert wrong(e.number, 10**6000, between=(0, 1))[0] == "value"
    assert len(wrong(e.number, "x" * 10**6)[1]) < 300


@given(st.floats(0.05, 0.9).map(lambda share: round(share, 4)))
def test_a_share_for_per_cent_is_always_recognised(share):
    assert wrong(e.same, share, share * 100, unit="%")[0] == "unit"
    assert wrong(e.same, share * 100, share, unit="share")[0] == "unit"


# --- the same as the solution ------------------------------------------------------------------------------------

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_everything_is_the_same_as_itself(value):
    right(e.same, value, value)


@given(plain, plain)
def test_two_values_compare_or_fail_in_words(value, reference):
    """Never any other error, whatever is handed in; and the text holds no value of the solution."""
    try:
        e.same(value, reference)
    except CheckFailed as failed:
        assert failed.kind in ("type", "unit", "length", "columns", "value", "unanswered")


odd = st.sampled_from(
    [..., b"x", 3j, pd.NA, pd.NaT, len, Decimal("1e999999"), Fraction(1, 3), np.zeros((2, 2)), np.array(3), {1, "a"}]
)
things = st.lists(plain | odd, max_size=3)
anything = (
    plain
    | odd
    | things.map(lambda values: pd.Series(values, dtype=object))
    | things.map(lambda values: pd.DataFrame({"a": pd.Series(values, dtype=object), "b": range(len(values))}))
)


@settings(max_examples=60)
@given(anything, anything)
def test_whatever_is_handed_in_a_check_ends_in_words(value, reference):
    """It passes or fails; it never stops with another error, which would be told as a fault of the check."""
    checks = [
        lambda: e.number(value, unit="%", between=(1, 100), whole=True, decimals=2),
        lambda: e.text(value, words=(1, 3)),
        lambda: e.one_of(value, [1, 2]),
        lambda: e.unknown(value, reasons=["a"]),
        lambda: e.table(value, columns=["A"], rows=3),
        lambda: e.table(value, unique="a", between={"a": (0, 1)}),
        lambda: e.column(value, "a", kind="text"),
        lambda: e.values(value, length=(1, 2)),
        lambda: e.same(value, value),
        lambda: e.same(value, reference, within=0.1, order=False),
        lambda: e.same(value, reference, key="b"),
    ]
    for one in checks:
        try:
            one()
        except CheckFailed as failed:
            assert str(failed)
        except TypeError as error:  # what the lecturer gave as a reference is nothing that can be compared
            assert "cannot be compared: compare" in str(error)


@given(st.integers(10**6, 10**9), st.integers(10**6, 10**9))
def test_the_answer_is_never_told(value, reference):
    if value != reference:
        # the student's own value may be told, and may hold the other one by chance
        assert str(reference) not in wrong(e.same, value, reference)[1].replace(str(value), "")
        assert str(reference) not in wrong(e.same, [value], [reference])[1].replace(str(value), "")
        assert str(reference) not in wrong(e.same, pd.DataFrame({"a": [value]}), pd.DataFrame({"a": [reference]}))[1]


@pytest.mark.parametrize(
    ("value", "reference", "options", "kind", "words"),
    [
        (0, NAN, {}, "value", "unknown is not zero"),
        (0, None, {}, "value", "unknown is not zero"),
        (NAN, 12, {}, "value", "an empty value (NaN)"),
        (27, 27.4, {}, "value", "rounded more than is asked"),
        (27.41, 27.4, {}, "value", "close, not right"),
        (-5, 5, {}, "value", "The sign of -5 is turned round"),
        (12, 480, {}, "value", "not what your figures give"),
        ("14", 14, {}, "type", "take the quotes away"),
        (1, True, {}, "type", "True or False is asked"),
        ("Noord", "Zuid", {}, "value", "not what your figures give"),
        (7, "Zuid", {}, "type", "put quotes around it"),
        ([1, 2], [1, 2, 3], {}, "length", "more or fewer values than is asked: 2"),
        ([3, 2, 1], [1, 2, 3], {}, "value", "in another order"),
        ([0.1, 0.2], [10, 20], {}, "unit", "2 of 2 values are not right: 0.1 looks like a share"),
        ("abc", ["a", "b", "c"], {}, "type", "a list of values is asked: put square brackets around it"),
        ({"a": 1}, {"a": 2}, {}, "value", "'a': This is not what"),
        ({"a": 1}, {"b": 1}, {}, "columns", "Not all keys"),
        ({1, 2}, {1, 2, 3}, {}, "length", "more or fewer"),
        ("2026-01-01", datetime.date(2026, 1, 1), {}, "type", "a date is asked"),
        (..., 5, {}, "unanswered", "no answer yet"),
        (Yes(1), 480, {}, "value", "not what your figures give"),
        (Anything(), 480, {}, "type", "an object of the type Anything"),
        (Anything(), "Zuid", {}, "type", "a text is asked"),
    ],
)
def test_a_wrong_answer_says_what_kind_of_wrong(value, reference, options, kind, words):
    found = wrong(e.same, value, reference, **options)
    assert found[0] == kind
    assert words in found[1]


@pytest.mark.parametrize(
    ("value", "reference", "options"),
    [
        (27.4, 27.41, {"within": 0.05}),
        (101, 100, {"relative": 0.01}),
        (np.float64(27.4), Decimal("27.4"), {}),
        (NAN, None, {}),
        (pd.NA, NAN, {}),
        (" stevenshof ", "Stevenshof", {}),
        ([NAN, 1], [NAN, 1], {}),
        ((1, 2), [1, 2], {}),
        (np.array([1.0, 2.0]), [1, 2], {}),
        (pd.Series([1, 2]), np.array([1, 2]), {}),
        ([3, 1, 2], [1, 2, 3], {"order": False}),
        (["b", NAN, "a"], ["a", "b", NAN], {"order": False}),
        ({"b": 2, "a": 1}, {"a": 1, "b": 2}, {}),
        ([1, 2, 2], {1, 2}, {}),
        (0.1 + 0.2, 0.3, {}),
    ],
)
def test_what_is_the_same_passes(value, reference, options):
    right(e.same, value, reference, **options)


def test_a_common_mistake_gets_its_own_sentence():
    mistakes = {"This is the sum, where the mean is asked.": 30}
    assert wrong(e.same, 30, 10, mistakes=mistakes) == ("value", "This is the sum, where the mean is asked.")
    assert "sum" not in wrong(e.same, 31, 10, mistakes=mistakes)[1]


def test_areas_are_compared_by_code_or_name(leiden):
    area = leiden.areas.find("Stevenshof")
    right(e.same, area, area)
    right(e.same, "Stevenshofdistrict", area)
    right(e.same, "wk054609", area)
    assert wrong(e.same, leiden.areas.find("Mors"), area)[0] == "value"
    assert wrong(e.same, 9, area)[0] == "type"


# --- tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "options", "kind", "words"),
    [
        (DISTRICTS["share"], {}, "type", "a table (DataFrame) is asked: give more columns, with [[...]]"),
        ([1, 2], {}, "type", "a list of 2 values, where a table"),
        (DISTRICTS, {"columns": ["naam"]}, "columns", 'The column "naam" is missing. Did you mean name?'),
        (DISTRICTS, {"columns": ["density"]}, "columns", 'The column "density" is missing.'),
        (DISTRICTS.set_index("code"), {"columns": ["code"]}, "columns", '"code" is the index here'),
        (DISTRICTS, {"index": "code"}, "columns", '.set_index("code")'),
        (DISTRICTS, {"rows": 10}, "length", "There are 3 rows, where 10 are asked."),
        (DISTRICTS, {"rows": (5, None)}, "length", "at least 5"),
        (DISTRICTS, {"rows": (0, 2)}, "length", "at most 2"),
        (DISTRICTS.assign(code="a"), {"unique": "code"}, "length", "stands more than once: 'a'"),
        (DISTRICTS, {"between": {"share": (0, 20)}}, "value", 'Column "share": 27.25 is not possible'),
        (
            DISTRICTS.assign(share=[0.1, 0.3, NAN]),
            {"units": {"share": "%"}, "between": {"share": (1, 100)}},
            "unit",
            'Column "share": 0.1 looks like a share',
        ),
        (DISTRICTS, {"units": {"name": "%"}}, "type", "Column \"name\": 'Mors': This is a text"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(value, options, kind, words):
    found = wrong(e.table, value, **options)
    assert found[0] == kind
    assert words in found[1]


def test_a_table_may_have_more_and_be_a_result_of_labkit(leiden):
    right(e.table, DISTRICTS, columns=["name"], rows=3, unique="code", between={"share": (0, 100)})
    right(e.table, pd.DataFrame({"code": ["x" * 90 + "1", "x" * 90 + "2", 0.123456781, 0.123456782]}), unique="code")
    right(e.table, leiden.rank("population"), columns=["name"])
    right(e.table, Tabled("Ranking", DISTRICTS), columns=["name"])
    right(e.table, leiden.districts, columns=["geometry"])


def test_tables_are_compared_by_row_order_or_key():
    turned = DISTRICTS.iloc[::-1].assign(extra=1)
    right(e.same, DISTRICTS.copy(), DISTRICTS)
    right(e.same, turned, DISTRICTS, key="code")
    right(e.same, turned, DISTRICTS, order=False)
    right(e.same, DISTRICTS.set_index("code"), DISTRICTS.set_index("code"))
    right(e.same, DISTRICTS.assign(share=0), DISTRICTS, columns=["name"])
    assert "in another order" in wrong(e.same, turned, DISTRICTS)[1]
    assert wrong(e.same, DISTRICTS.assign(code=["a", "b", "x"]), DISTRICTS, key="code")[1].endswith('column "code".')
    assert wrong(e.same, DISTRICTS.head(2), DISTRICTS)[0] == "length"
    assert wrong(e.same, DISTRICTS.fillna(0), DISTRICTS, columns=["share"]) == (
        "value",
        'Column "share": 1 of 3 values are not right: 0 is a figure: unknown is not zero. '
        "Look again whether there is a figure.",
    )
    assert wrong(e.same, DISTRICTS.assign(share=[0.125, 0.2725, NAN]), DISTRICTS, key="code")[0] == "unit"


def test_columns_and_values():
    right(e.column, DISTRICTS, "share", between=(0, 100))
    right(e.column, DISTRICTS["name"], kind="text")
    assert wrong(e.column, DISTRICTS, "share", missing=False)[0] == "value"
    assert "choose one column" in wrong(e.column, DISTRICTS)[1]
    assert e.values(np.array([1, 2]), length=2) == [1, 2]
    assert wrong(e.values, [1], length=(2, 4)) == ("length", "There are 1 values, where 2–4 are asked.")
    assert "list(....values())" in wrong(e.values, {"a": 1})[1]
    assert "list(...)" in wrong(e.values, (one for one in [1]))[1]


# --- texts, choices, functions -----------------------------------------------------------------------------------


def test_texts_and_choices():
    assert e.text(" Zuid ", one_of=["Noord", "zuid"]) == "zuid"
    assert wrong(e.text, "  ")[0] == "unanswered"
    assert wrong(e.text, "a b", words=(3, None)) == ("length", "This has 2 words; at least 3 are asked.")
    assert wrong(e.text, "Zuit", one_of=["Noord", "Zuid"])[1].endswith("Did you mean Zuid?")
    assert wrong(e.text, "x1", pattern=r"WK\d+")[0] == "value"
    assert e.one_of(3, [1, 2, 3]) == 3
    assert wrong(e.one_of, 3.0, [1, 2, 3])[0] == "value"
    assert wrong(e.one_of, True, [1, 2])[0] == "value"
    assert e.unknown("Suppressed", reasons=["suppressed"]) == "suppressed"
    assert wrong(e.unknown, NAN)[0] == "type"
    assert wrong(e.unknown, 0)[0] == "value"


def test_a_function_is_tried():
    def share(part, whole):
        return 100 * part / whole

    def adds(values):
        values.append(1)
        return sum(values)

    given_list = [1, 2]
    assert e.function(share, given={(1, 4): 25}, reference=share) == [25]
    assert e.function(adds, given=[(given_list,)]) == [4]
    assert given_list == [1, 2]
    assert wrong(e.function, share, given=[(1, 0)]) == (
        "error",
        "With (1, 0) it stops: ZeroDivisionError: division by zero",
    )
    assert wrong(e.function, print, given=["x"])[1] == "With ('x') it gives nothing back: end it with return."
    found = wrong(e.function, lambda part, whole: part / whole, given=[(1, 4)], reference=share)
    assert found == (
        "unit",
        "With (1, 4) it gives 0.25: 0.25 looks like a share, where per cent is asked: multiply by 100.",
    )
    assert wrong(e.function, 25)[0] == "type"


# --- running a check ---------------------------------------------------------------------------------------------


def check(public="", hidden="", points=2.0):
    return Check("q1.1", points, 0, public, hidden)


SECRET = "secret = 48123\nassert share == reference.share, f'it should be {secret} {reference.share}'"


def test_a_hidden_check_tells_the_kind_and_no_more():
    for value in (1, "x", None, [1], NAN, pd.DataFrame({"a": [1]}), 0.48123, Yes(1), Anything(), Missing("share"), ...):
        for hidden in (
            SECRET,
            "lk.expect.same(share, reference.share)",
            "assert share.a == 3",
            "raise ValueError(48123)",
        ):
            found = run_check(check(hidden=hidden), {"lk": lk}, {"share": value}, {"share": 48.123})
            assert not found.passed
            assert found.points == 0
            for secret in ("48", "secret", "reference", "assert", "ValueError", "should"):
                assert secret not in found.message


def test_a_public_assert_without_text_shows_its_own_line_only():
    both = check("assert 0 < share < 100", "assert 0 < share < 100\nassert share == reference.share")
    found = run_check(both, {}, {"share": 270}, {"share": 27})
    assert (found.kind, found.message, found.hidden) == ("value", "This does not hold: assert 0 < share < 100", False)
    found = run_check(both, {}, {"share": 28}, {"share": 27})
    assert (found.hidden, "28" in found.message, "27" in found.message) == (True, False, False)
    assert "assert share == reference.share" in found.detail
    assert run_check(both, {}, {"share": 27}, {"share": 27}).points == 2


def test_a_friendly_public_check_names_what_it_looked_at():
    one = check("lk.expect.number(share, unit='%', between=(1, 100))")
    found = run_check(one, {"lk": lk}, {"share": 0.27}, language="nl")
    assert found.kind == "unit"
    assert found.message.startswith("share: 0.27 lijkt een aandeel")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Yes(27), "type"),
        (Anything(), "type"),
        ([Anything()], "type"),
        ({"a": Yes(1)}, "type"),
        (Missing("share"), "unanswered"),
    ],
)
def test_an_object_that_lies_is_not_asked(value, kind):
    for hidden in ("", "assert share == reference.share"):
        found = run_check(check("assert share == share", hidden), {}, {"share": value}, {"share": 27})
        assert (found.passed, found.kind) == (False, kind)


def test_objects_that_lie_are_told_apart_from_data():
    fake = type("DataFrame", (Anything,), {"__module__": "pandas.core.frame", "__qualname__": "DataFrame"})()
    assert foreign(fake)
    assert foreign(pd.DataFrame({"a": [Anything()]}))
    assert foreign(np.array([Anything()]))
    assert foreign(pd.Series([1, Anything()]))
    for data in (1, "a", None, ..., DISTRICTS, np.array([1]), pd.Timestamp("2026"), Decimal(1), len, print, math.sin):
        assert not foreign(data)
    assert not foreign(lk.open_city("leiden").areas.find("Mors"))


def test_a_name_that_the_student_lacks_is_not_taken_from_the_solution():
    found = run_check(check("assert share == 27"), {"share": 27}, {}, asked=("share",))
    assert (found.passed, found.kind) == (False, "unanswered")


def test_none_counts_as_unanswered_unless_the_solution_gives_it():
    one = check("assert share > 1")
    assert run_check(one, {}, {"share": None}, {"share": 27}).kind == "unanswered"
    assert run_check(one, {}, {"share": None}, {"share": None}).kind == "type"
    assert run_check(check("assert share is None"), {}, {"share": None}, {"share": None}).passed


def test_a_check_that_changes_things_changes_nothing():
    table, seen, helper = DISTRICTS.copy(), [1], [1]
    code = "table.drop(columns='name', inplace=True); seen.append(2); helper.append(3); reference.seen.clear()"
    reference = {"seen": [1]}
    for _ in range(2):
        found = run_check(check(hidden=code), {"helper": helper}, {"table": table, "seen": seen}, reference)
        assert found.passed, found.detail
    assert (list(table.columns), seen, helper, reference) == (list(DISTRICTS.columns), [1], [1], {"seen": [1]})


def test_warnings_and_printing_cost_nothing(capsys):
    code = "import sys, warnings\nwarnings.warn('old')\nprint('x' * 10**6)\nprint('y', file=sys.stderr)\nassert share"
    assert run_check(check(code), {}, {"share": 1}).passed
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("assert share > 0", "type", " share is a text."),
        ("assert share.iloc[0]", "type", "AttributeError"),
        ("{}[share]", "columns", "KeyError"),
        ("[][0]", "length", "IndexError"),
        ("1 / 0", "error", "ZeroDivisionError"),
        ("exit()", "error", "SystemExit"),
        ("assert nowhere", "missing", "There is no nowhere yet"),
        ("def f(): return f()\nf()", "error", "RecursionError"),
        ("assert (", "error", "cannot be run; tell your lecturer"),
        ("assert share == reference.share", "missing", "reference"),
    ],
)
def test_a_check_that_stops_says_where(code, kind, words):
    found = run_check(check(code), {}, {"share": "27"})
    assert (found.passed, found.kind) == (False, kind)
    assert words in found.message
    assert found.detail


def test_a_check_that_asks_what_the_solution_lacks_is_the_fault_of_the_lecturer():
    found = run_check(check(hidden="assert share == reference.shaer"), {}, {"share": 1}, {"share": 1})
    assert found.kind == "error"
    assert "shaer" in found.detail


def test_huge_answers_stay_out_of_messages():
    found = run_check(check("assert share == 1, share"), {}, {"share": "x" * 10**6})
    assert len(found.message) <= 400
    found = run_check(check("lk.expect.number(share)"), {"lk": lk}, {"share": "7" * 10**6})
    assert len(found.message) + len(found.detail) < 3000


def test_a_failure_shows_no_inside_of_labkit_in_a_notebook():
    try:
        e.number("12")
    except CheckFailed as failed:
        text = "\n".join(failed._render_traceback_())
    assert text.endswith("Not right yet: This is a text, where a number is asked: take the quotes away.")
    assert "numeric" not in text


def test_code_is_judged_without_a_trace_in_the_names_of_the_caller():
    names = {"share": 27}
    assert judge("other = share; assert other", dict(names)).passed
    assert names == {"share": 27}


def test_what_the_lecturer_wrote_for_a_mistake_reaches_the_student_of_a_hidden_check_too():
    code = "lk.expect.same(share, reference.share, mistakes={('Dit is de som.', 'This is the sum.'): 30})"
    for language, told in (("nl", "Dit is de som."), ("en", "This is the sum.")):
        found = run_check(check(hidden=code), {"lk": lk}, {"share": 30}, {"share": 10}, language)
        assert found.advice == told
        assert told not in found.message
        assert check_sentence(found).endswith(told)
    assert run_check(check(hidden=code), {"lk": lk}, {"share": 31}, {"share": 10}).advice == ""


def test_a_function_that_was_stopped_says_so():
    def slow(_):
        raise failed("time", "It was still running after its time.")

    assert wrong(e.function, slow, given=[1]) == ("time", "It was still running after its time.")


def test_what_is_told_to_lecturers_is_so():
    told = Path(__file__).parents[1] / "course" / "CHECKS.md"
    assert doctest.testfile(str(told), module_relative=False, encoding="utf-8").failed == 0
    named = set(re.findall(r"^\| `(\w+)\(|`(\w+)\(x, \.\.\.\)`", told.read_text(encoding="utf-8"), re.MULTILINE))
    names = {one for pair in named for one in pair if one}
    assert names == set(e.__all__) - {"CheckFailed"}
