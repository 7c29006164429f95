"""A view is one small object: its address, its file and its code all say the same."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_atlas import City
from made_up_records import project

import labkit as lk
from labkit.errors import LabkitError, NoFiguresError, UnknownNameError, WrongUseError
from labkit.maps.atlas.scopes import scopes
from labkit.maps.view import PANELS, View
from labkit.maps.view_code import calls
from labkit.register.book import Book

CITIES = {"leiden": "leiden", "duinstad": None}


def views_of(city):
    """Views that the page of this city can show."""

    @st.composite
    def drawn(draw):
        indicator = draw(st.sampled_from([one.id for one in city.indicators if city.figures.levels(one.id)]))
        levels = city.figures.levels(indicator)
        choices = [one for one in scopes(city.areas, city.home, city.region) if one.level in levels]
        scope = draw(st.sampled_from(choices)) if choices else None
        if scope is None:
            return View()
        codes = [city.areas.of_level(scope.level)[member].code for member in scope.members]
        years = city.figures.years(indicator, scope.level, scope.within)
        return View(
            level=scope.level,
            within=draw(st.sampled_from([None, scope.within.code if scope.within else "all"])),
            indicator=indicator,
            year=draw(st.sampled_from([None, *years])),
            area=draw(st.sampled_from([None, *codes])),
            compare=tuple(draw(st.lists(st.sampled_from(codes), max_size=4, unique=True))),
            panel=draw(st.sampled_from(PANELS)),
        )

    return drawn()


@pytest.mark.parametrize("name", ["leiden", "duinstad"])
def test_the_code_gives_the_table_of_the_view(name, request):
    city = request.getfixturevalue(name)

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(views_of(city))
    def holds(view):
        try:
            text = view.code(city)
        except NoFiguresError:
            assert city.figures.years(view.indicator, view.level, view.resolved(city).within) == []
            return
        space = {}
        exec(text, space)
        pd.testing.assert_frame_equal(space["table"], view.table(city))
        assert View.of(view.address) == view
        whole = view.resolved(city)
        assert View.of(whole.address).resolved(city) == whole
        pd.testing.assert_frame_equal(whole.table(city), space["table"])

    holds()


def test_the_code_is_of_what_is_shown(leiden):
    view = View.of("#level=district&indicator=lonely&year=2020&area=WK054608&panel=compare&compare=WK054608,WK054609")
    lines = view.code(leiden).splitlines()
    assert lines[2] == 'leiden = lk.open_city("leiden")'
    assert lines[3:] == [
        'profile = leiden.profile("WK054608")',
        'shown = leiden.compare("WK054608", "WK054609", theme="wellbeing")',
        "table = shown.table",
    ]
    assert 'leiden.change("lonely", ["WK054608", "GM0546"])' in View.of(
        "#level=district&indicator=lonely&area=WK054608&panel=trend"
    ).code(leiden)
    assert 'leiden.profile("WK054608")' in View.of("#district=WK054608").code(leiden)


def test_the_register_has_lines_too(leiden):
    assert View.of("#show=projects").code(leiden).endswith("table = leiden.register.projects")
    theme = next(
        one.themes[0]
        for one in leiden.register.book
        if getattr(one, "themes", None) and one.id in leiden.register.projects.index
    )
    some = View.of(f"#show=projects&theme={theme}")
    assert set(some.table(leiden)["kind"]) == {"project"}
    assert 0 < len(some.table(leiden)) < len(leiden.register.projects)
    one = leiden.register.projects.index[0]
    assert View.of(f"#project={one}").table(leiden).index.tolist() == [one]
    assert not View.of("#show=coverage").table(leiden).empty


def test_a_record_is_found_by_its_id_whatever_kind_the_address_says(leiden):
    one = leiden.register.questions.index[0]
    assert View.of(f"#project={one}").table(leiden).index.tolist() == [one]


def test_a_wrong_id_names_no_record_that_is_not_public(leiden):
    records = Book([project("p-2021-soup", visibility="private"), project("p-2021-soul", visibility="public")])
    for asked in ("p-2021-soup", "p-2021-sou"):
        with pytest.raises(UnknownNameError) as told:
            calls(View.of(f"#project={asked}"), City(leiden, records))
        assert told.value.suggestions == ["p-2021-soul"]


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("projects&theme=sector-safety", lambda one: "safety" in one.themes),
        ("projects&place=unknown", lambda one: one.scope == "unknown"),
        ("projects&when=2021&status=finished", lambda one: one.status == "finished" and one.start[:4] <= "2021"),
        ("projects&programme=other", lambda one: one.programme == "other"),
        ("questions&asker=resident", lambda one: one.asker_kind == "resident"),
        ("partners&field=culture", lambda one: one.sector == "culture"),
    ],
)
def test_filters_of_a_list_are_in_its_code(leiden, address, fits):
    view = View.of(f"#show={address}")
    found = [leiden.register.book[one] for one in calls(view, leiden)[-1].run(leiden).ids]
    assert len(found) == len(view.table(leiden))
    assert found and all(map(fits, found)) and len(found) < len(leiden.register.book)
    assert "Not in these lines" not in view.code(leiden)


def test_what_the_code_leaves_out_is_said_in_it_and_is_no_code(leiden):
    for address, left in (("projects&theme=unknown", "theme=unknown"), ("questions&waiting=yes", "waiting=yes")):
        assert f"# Not in these lines: {left}." in View.of(f"#show={address}").code(leiden)
    text = View.of("#show=projects&result=%0A%0D%C2%85%E2%80%A8raise SystemExit").code(leiden)
    exec(text, {})
    assert text.splitlines()[-2] == "# Not in these lines: result= raise SystemExit."


def test_a_view_without_words_is_how_the_atlas_opens(leiden, duinstad):
    from labkit.maps.atlas.payload import payload

    for city in (leiden, duinstad):
        start = payload(city)["start"]
        view = View().resolved(city)
        assert (view.level, view.indicator, view.year) == (start["level"], start["indicator"], start["year"])


@pytest.mark.parametrize(
    ("address", "error", "near"),
    [
        ("#level=distrct", UnknownNameError, "district"),
        ("#indicator=lonly", UnknownNameError, "lonely"),
        ("#area=Stevenshoff", UnknownNameError, "Stevenshof"),
        ("#level=district&indicator=lonely&year=2021", NoFiguresError, "2020"),
        ("#panel=rankin", WrongUseError, "ranking"),
        ("#show=project", WrongUseError, "projects"),
        ("#year=soon", WrongUseError, "2023"),
        ("#level=district&within=WK054608", UnknownNameError, "GM0546"),
        ("#compare=WK054608,GM0546", WrongUseError, "one level"),
        ("#compare=a,b,c,d,e", WrongUseError, "4"),
        ("#project=no-such-project", LabkitError, "no-such-project"),
    ],
)
def test_a_wrong_address_says_what_is_near(leiden, address, error, near):
    with pytest.raises(error) as told:
        View.of(address).code(leiden)
    assert near in str(told.value)


def test_a_saved_view_opens_again_and_a_broken_file_says_so(tmp_path):
    view = View(indicator="lonely", year=2020, compare=("a", "b"), extra={"theme": "é & <b>"}, lang="nl")
    assert View.read(view.save(tmp_path / "view.json")) == view
    assert View.of(view.address) == view
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"indicatr": "lonely"}', encoding="utf-8")
    with pytest.raises(WrongUseError, match="indicator"):
        View.read(wrong)
    for text in ("[]", "{", '"a"'):
        wrong.write_text(text, encoding="utf-8")
        with pytest.raises(LabkitError, match="no view that was saved"):
            View.read(wrong)
    with pytest.raises(LabkitError, match="no view that was saved"):
        View.read(tmp_path / "nowhere.json")
    assert lk.LabkitError is LabkitError


def test_the_code_names_no_folder_where_it_is_shown_to_visitors(duinstad):
    view = View(show="figures")
    assert str(duinstad.package.path) in view.code(duinstad).replace("\\\\", "\\")
    assert 'lk.open_city("duinstad")' in view.code(duinstad, opened_as="duinstad")
