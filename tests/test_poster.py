"""The poster of an area: what it says, that it hides nothing and holds only what is public, the same bytes every time."""

import pytest
from hostile import hostile_city
from made_up_atlas import City, hostile_book
from made_up_book import Book, partner, project, read
from typer.testing import CliRunner

from labkit.cli.app import app
from labkit.errors import NoFiguresError, UnknownNameError, WrongUseError
from labkit.maps.poster.facts import ROWS, is_special, key_figures
from labkit.maps.poster.poster import poster
from labkit.maps.poster.records import records_of
from labkit.register.exchange.audience import MentionError
from labkit.register.wording import clean


def text_of(made):
    return " ".join(read(made.to_html()).text.split())


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Wat wil jij hier weten?"), ("en", "What would you like to know here?")]
)
def test_a_poster_speaks_one_language_all_through(leiden, language, words):
    made = leiden.poster("Stevenshof", language=language)
    assert words in text_of(made) and f'<html lang="{language}"' in made.to_html()
    other = leiden.poster("Stevenshof", language="en" if language == "nl" else "nl")
    assert words not in text_of(other)


def test_a_poster_is_the_same_bytes_and_needs_nothing_else(leiden):
    page = leiden.poster("Merenwijk").to_html()
    assert page == leiden.poster("Merenwijk").to_html()
    seen = read(page)
    assert not seen.links and "script" not in seen.tags and not seen.handlers and "url(http" not in page


def test_a_day_is_printed_only_when_it_is_given(leiden):
    assert "Made on" not in text_of(leiden.poster("Mors"))
    assert "Made on 1 December 2026." in text_of(leiden.poster("Mors", made_on="1 December 2026"))


def test_nothing_hidden_stands_on_a_poster(leiden):
    place = {"scope": "areas", "areas": ["BU05460800"]}
    hidden = [project("p-2021-hidden", title_en="Still Waters", visibility="private", **place)]
    hidden.append(partner("org-secret", name="Deep Waters", visibility="partners"))
    seen = project(
        "p-2021-seen", title_en="Clear Waters", partners=[{"partner": "org-secret", "role": "executing"}], **place
    )
    text = text_of(leiden.poster("Merenwijk"))
    assert "Waters" not in text
    made = text_of(poster(City(leiden, Book([*hidden, seen])), "Merenwijk"))
    assert "Clear Waters" in made and "Lab projects here (1)" in made
    assert "Still Waters" not in made and "Deep Waters" not in made and "org-secret" not in made
    with pytest.raises(MentionError, match="p-2021-hidden"):
        poster(City(leiden, Book([*hidden, project(title_en="After p-2021-hidden", **place)])), "Merenwijk")


def test_attacks_stay_text_on_a_poster(broken):
    city = hostile_city(broken)
    held = City(
        city, hostile_book([area.code for level in city.areas.levels for area in city.areas.of_level(level.id)])
    )
    for level in city.areas.levels:
        for area in city.areas.of_level(level.id):
            seen = read(poster(held, area).to_html())
            assert not set(seen.tags) & {"script", "img", "iframe", "base", "link", "object", "animate", "math"}
            assert not seen.handlers and not seen.links
            assert clean(area.name) in seen.text


def test_every_project_that_may_be_here_is_listed_or_counted(leiden):
    whole = [project("p-2021-a", scope="city"), project("p-2021-b", scope="unknown")]
    placed = [project(f"p-2021-{code.lower()}", scope="areas", areas=[code]) for code in ("WK054608", "BU05460800")]
    found = records_of(City(leiden, Book([*whole, *placed])), leiden.areas["BU05460800"])
    assert [one.id for one in found.projects] == ["p-2021-bu05460800"]
    assert (found.coarser, found.whole_city, found.unknown, found.all) == (1, 1, 1, 4)


def test_the_rest_of_the_projects_is_counted(leiden):
    area = leiden.areas.find("Leiden-Noord")
    found = records_of(leiden, area)
    assert f"Lab projects here ({len(found.projects)})" in text_of(leiden.poster(area))
    assert f"Of {found.unknown} of the {found.all} projects in the city the place is not known" in text_of(
        leiden.poster(area)
    )


def test_key_figures_are_spread_over_themes_and_none_is_a_special_case(leiden):
    rows = leiden.profile("Stevenshof").rows
    chosen = key_figures(rows)
    assert len(chosen) == ROWS == len({row.indicator.theme for row in chosen})
    assert not any(is_special(row.indicator, [one.indicator for one in rows]) for row in chosen)
    assert all(row.figure.value is not None for row in chosen)


def test_an_area_without_figures_says_so(leiden):
    text = text_of(leiden.poster("BU05460407"))
    assert "No figures are published for this area." in text and "Without a figure" in text


def test_a_made_up_city_has_posters_too(duinstad):
    for area in duinstad.areas.of_level(duinstad.default_level):
        made = duinstad.poster(area, language="nl")
        assert area.name in text_of(made)
        assert "Leiden" not in text_of(made)


def test_an_unknown_area_gets_near_names(leiden):
    with pytest.raises(UnknownNameError, match="Stevenshof"):
        leiden.poster("Stevenshoff")


def test_a_poster_is_saved_as_a_page_and_says_how_to_make_a_pdf(leiden, tmp_path):
    made = leiden.poster("Stevenshof", path=tmp_path / "p.html")
    assert (tmp_path / "p.html").read_text(encoding="utf-8") == made.to_html()
    with pytest.raises(WrongUseError, match="Print"):
        made.save(tmp_path / "p.pdf")
    assert not (tmp_path / "p.pdf").exists()


def test_the_command_makes_a_poster(tmp_path):
    out = tmp_path / "poster.html"
    done = CliRunner().invoke(app, ["poster", "Stevenshof", "--out", str(out), "--language", "nl"])
    assert done.exit_code == 0 and "Stevenshofdistrict" in out.read_text(encoding="utf-8")


def test_the_map_shows_the_indicator_that_somebody_chooses(leiden):
    made = leiden.poster("Stevenshof", indicator="lonely", year=2016, language="en")
    assert f"{leiden.indicators['lonely'].label('en')}, neighbourhoods, 2016" in text_of(made)
    with pytest.raises(NoFiguresError, match="There are in: "):
        leiden.poster("Stevenshof", indicator="gas_use", year=1950)
    with pytest.raises(UnknownNameError, match="Did you mean"):
        leiden.poster("Stevenshof", indicator="gas_uze")
    with pytest.raises(WrongUseError, match="give the indicator too"):
        leiden.poster("Stevenshof", year=2022)


def test_fewer_projects_leave_room_for_more_figures(leiden):
    many, few = (text_of(leiden.poster(name)).count("of 10.") for name in ("Merenwijk", "Stationsdistrict"))
    assert few > many


def test_a_municipality_of_the_region_is_not_called_a_part_of_the_city(leiden):
    text = text_of(leiden.poster("Katwijk", language="nl"))
    assert "Gemeente in Rond de Leidse regio" in text and "Gemeente van Leiden" not in text
