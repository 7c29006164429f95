"""The explorer as Python sees it: one view, in step whichever way it is changed."""

import pandas as pd
import pytest

from labkit.errors import LabkitError, UnknownNameError
from labkit.maps.view import View

LONELY = "level=district&indicator=lonely&year=2020"


@pytest.fixture
def explorer(leiden):
    return leiden.explore(f"#{LONELY}")


def test_address_choice_and_code_stay_in_step(explorer, leiden):
    explorer.selected = "Stevenshof"
    assert explorer.selected == explorer.state.area == "WK054609"
    assert 'leiden.profile("WK054609")' in explorer.code
    explorer.address = f"{LONELY}&area=WK054608&panel=ranking"
    assert explorer.selected == "WK054608"
    assert "leiden.rank(" in explorer.code
    pd.testing.assert_frame_equal(explorer.table, leiden.rank("lonely", "district", 2020).table)
    explorer.selected = None
    assert "area" not in explorer.address
    explorer.state = View(indicator="lonely", level="neighbourhood")
    assert len(explorer.map.layers[0].codes) == 54


def test_what_the_page_does_reaches_python(explorer):
    explorer.set_state({"address": f"{LONELY}&area=WK054608"})
    assert explorer.selected == "WK054608"
    assert "WK054608" in explorer.code


def test_a_wrong_wish_changes_nothing(explorer):
    before = explorer.address
    for name, value in (("address", "indicator=lonly"), ("selected", "Stevenshoff")):
        with pytest.raises(UnknownNameError):
            setattr(explorer, name, value)
    assert (explorer.address, explorer.selected) == (before, None)
    with pytest.raises(LabkitError):
        explorer.city.explore("nowhere.json")


def test_a_view_can_be_saved_and_opened_again(explorer, leiden, tmp_path):
    explorer.selected = "WK054608"
    again = leiden.explore(explorer.save(tmp_path / "view.json"))
    assert again.state == explorer.state
    assert again.selected == "WK054608"


def test_without_a_front_end_it_says_what_it_is_and_shows_the_map(explorer):
    assert repr(explorer) == f"<Explorer of Leiden: {LONELY}>"
    data = explorer._repr_mimebundle_()[0]
    assert data["image/svg+xml"].startswith("<svg")
    assert "Explorer of Leiden" in data["text/plain"]


def test_a_made_up_city_has_an_explorer(duinstad):
    explorer = duinstad.explore()
    space = {}
    exec(explorer.code, space)
    pd.testing.assert_frame_equal(space["table"], explorer.table)
