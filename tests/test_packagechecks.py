"""Every kind of fault is found, with its file, line and column; and the cities that we ship have none."""

import json
import re

import pytest

import labkit as lk
from labkit.errors import PackageError, UnknownNameError
from labkit.packagechecks.check import check_package
from labkit.structure.descriptor import STATUSES


def rewrite(path, old, new, count=1):
    """Replace text in a file, and fail if it was not there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def line_of(path, text):
    return path.read_text(encoding="utf-8").splitlines().index(text) + 1


def test_the_made_up_city_has_no_fault(duinstad):
    assert list(duinstad.check()) == []


def test_leiden_has_no_error_and_its_warnings_are_known(leiden):
    faults = leiden.check()
    assert faults.errors == []
    assert {(fault.file, fault.message.split(" have ")[1].split(" ")[1]) for fault in faults.warnings} <= {
        ("figures.csv", "cars"),
        ("figures.csv", "population"),
    }
    assert len(faults.table) == len(faults)


# What is broken: file, what stands there, what is put in its place; and what must be said of it.
FIGURE_FAULTS = {
    "unknown area": (
        "trees,Q11,2020,120,observed,1,made-up",
        "trees,Q19,2020,120,observed,1,made-up",
        "area",
        "no area",
    ),
    "unknown indicator": ("trees,Q11,2020", "treees,Q11,2020", "indicator", "Did you mean trees"),
    "duplicate figure": ("trees,Q12,2020,340", "trees,Q11,2020,340", "area", "already"),
    "a value where the status says none": (
        "happy,Q14,2020,,suppressed",
        "happy,Q14,2020,50,suppressed",
        "value",
        "says that there is none",
    ),
    "no value where the status says one": ("trees,Q11,2020,120,", "trees,Q11,2020,,", "value", "promises a value"),
    "a share above 100": ("happy,Q11,2020,61.5", "happy,Q11,2020,161.5", "value", "not between 0 and 100"),
    "a share below 0": ("happy,Q11,2020,61.5", "happy,Q11,2020,-1.5", "value", "not between 0 and 100"),
    "a count below 0": ("trees,Q11,2020,120", "trees,Q11,2020,-120", "value", "cannot be -120"),
    "a word for a value": ("trees,Q11,2020,120", "trees,Q11,2020,many", "value", "not a number"),
    "a comma for the decimals": ("happy,Q11,2020,61.5", 'happy,Q11,2020,"61,5"', "value", "not a number"),
    "an infinite value": ("trees,Q11,2020,120", "trees,Q11,2020,inf", "value", "not a number"),
    "no multiple of the step": ("population,Q11,2020,1000", "population,Q11,2020,1001", "step", "not a multiple"),
    "a step that is none": (
        "trees,Q11,2020,120,observed,1",
        "trees,Q11,2020,120,observed,one",
        "step",
        "not a rounding step",
    ),
    "a missing source": (
        "trees,Q11,2020,120,observed,1,made-up",
        "trees,Q11,2020,120,observed,1,",
        "source",
        "is missing",
    ),
    "an unknown source": (
        "trees,Q11,2020,120,observed,1,made-up",
        "trees,Q11,2020,120,observed,1,madeup",
        "source",
        "made-up",
    ),
    "an unknown status": (
        "trees,Q11,2020,120,observed",
        "trees,Q11,2020,120,obsreved",
        "status",
        "Did you mean observed",
    ),
    "no year": ("trees,Q11,2020", "trees,Q11,20-20", "year", "not a year"),
}


@pytest.mark.parametrize("name", FIGURE_FAULTS)
def test_a_fault_in_a_figure_is_told_with_its_line_and_column(broken, name):
    old, new, column, words = FIGURE_FAULTS[name]
    file = broken / "figures.csv"
    columns = ("indicator", "area", "year", "value", "status", "step", "source")
    # The tests write indicator first for reading; the file has area first.
    swap = re.compile(r"^([^,]*),([^,]*),")
    old, new = swap.sub(r"\2,\1,", old), swap.sub(r"\2,\1,", new)
    rewrite(file, old, new)
    assert set(columns) == set(file.read_text(encoding="utf-8").splitlines()[0].split(","))
    found = [fault for fault in check_package(broken).errors if fault.file == "figures.csv" and fault.column == column]
    assert found, check_package(broken)
    line = next(n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text.startswith(new))
    assert line in [fault.line for fault in found]
    assert words in " ".join(map(str, found))
    assert all(fault.advice for fault in found)


def test_parts_that_do_not_add_up_beyond_rounding(broken):
    file = broken / "figures.csv"
    rewrite(file, "Q11,children,2020,200", "Q11,children,2020,210")
    assert check_package(broken).errors == []  # three rounding steps
    rewrite(file, "Q11,children,2020,210", "Q11,children,2020,260")
    (fault,) = check_package(broken).errors
    assert "adults, children" in fault.message
    assert "the whole (population) is 1000" in fault.message


def test_children_that_do_not_add_up_to_their_parent_are_a_warning(broken):
    rewrite(broken / "figures.csv", "T1,population,2020,2301", "T1,population,2020,2901")
    rewrite(broken / "figures.csv", "T1,adults,2020,1870", "T1,adults,2020,2470")
    faults = check_package(broken)
    assert faults.errors == []
    assert {fault.severity for fault in faults} == {"warning"}
    assert any("The 4 parts of T1" in fault.message for fault in faults)


CATALOGUE_FAULTS = {
    "an unknown theme": ("indicators.csv", "happy,green,", "happy,grene,", "theme", "Did you mean green"),
    "an unknown unit": ("indicators.csv", "trees,green,trees,", "trees,green,treez,", "unit", "Did you mean trees"),
    "an unknown kind": (
        "indicators.csv",
        "happy,green,%,share,",
        "happy,green,%,shares,",
        "kind",
        "Did you mean share",
    ),
    "an unknown weight": ("indicators.csv", "share,adults,", "share,adult,", "weight", "Did you mean adults"),
    "no label": ("indicators.csv", "Bomen,Trees,", ",Trees,", "label_nl", "has no label_nl"),
    "an alias of nothing": ("areas/aliases.csv", "Het Haventje,Q11", "Het Haventje,Q99", "code", "no area"),
    "a break of nothing": ("breaks.csv", "Q12,,2020", "Q92,,2020", "area", "no area"),
    "a break back in time": ("breaks.csv", "2020,2021,border", "2022,2021,border", "to_year", "not a span"),
}


@pytest.mark.parametrize("name", CATALOGUE_FAULTS)
def test_a_fault_in_the_catalogue_is_told(broken, name):
    path, old, new, column, words = CATALOGUE_FAULTS[name]
    rewrite(broken / path, old, new)
    found = [fault for fault in check_package(broken).errors if fault.file == path and fault.column == column]
    assert found
    assert words in str(found[0])
    assert found[0].line > 1


def change_areas(broken, level, change):
    path = broken / "areas" / f"{level}.geojson"
    data = json.loads(path.read_text(encoding="utf-8"))
    change({one["properties"]["code"]: one for one in data["features"]})
    path.write_text(json.dumps(data), encoding="utf-8")


def move(feature, east):
    ring = feature["geometry"]["coordinates"][0]
    feature["geometry"]["coordinates"][0] = [[x + east, y] for x, y in ring]


def cross(feature):
    ring = feature["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]


def metres(feature):
    ring = feature["geometry"]["coordinates"][0]
    feature["geometry"]["coordinates"][0] = [[x * 20_000, y * 9_000] for x, y in ring]


GEOMETRY_FAULTS = {
    "an invalid outline": (lambda areas: cross(areas["Q12"]), "geometry", "not a valid outline"),
    "overlapping outlines": (lambda areas: move(areas["Q12"], -0.004), "geometry", "overlap"),
    "a child outside its parent": (lambda areas: move(areas["Q14"], 0.004), "geometry", "outside its parent T1"),
    "metres for degrees": (lambda areas: metres(areas["Q12"]), "geometry", "not in degrees"),
    "no outline": (lambda areas: areas["Q12"].update(geometry=None), "geometry", "no outline"),
    "a point": (
        lambda areas: areas["Q12"].update(geometry={"type": "Point", "coordinates": [5, 53]}),
        "geometry",
        "is a Point",
    ),
    "no parent": (lambda areas: areas["Q12"]["properties"].update(parent=None), "parent", "has no parent"),
    "an unknown parent": (lambda areas: areas["Q12"]["properties"].update(parent="T7"), "parent", "does not exist"),
    "no source of the outline": (
        lambda areas: areas["Q12"]["properties"].update(border_source=""),
        "border_source",
        "no source",
    ),
    "a code twice": (lambda areas: areas["Q12"]["properties"].update(code="Q11"), "code", "used twice"),
}


@pytest.mark.parametrize("name", GEOMETRY_FAULTS)
def test_a_fault_in_an_outline_is_told(broken, name):
    change, column, words = GEOMETRY_FAULTS[name]
    change_areas(broken, "quarters", change)
    found = [fault for fault in check_package(broken).errors if fault.column == column]
    assert found
    assert words in " ".join(map(str, found))
    assert "areas/quarters.geojson" in {fault.file for fault in found}


def test_one_broken_file_does_not_hide_the_faults_of_another(broken):
    (broken / "areas" / "quarters.geojson").write_text("{", encoding="utf-8")
    rewrite(broken / "indicators.csv", "Bomen,Trees,", ",Trees,")
    files = {fault.file for fault in check_package(broken).errors}
    assert {"areas/quarters.geojson", "indicators.csv"} <= files


def test_a_source_without_a_licence_is_told(broken):
    rewrite(broken / "datapackage.json", '"licence": "CC0-1.0"', '"licence": ""')
    (fault,) = check_package(broken)
    assert "has no licence" in fault.message
    assert fault.column == "sources[0].licence"


@pytest.mark.parametrize("name", GEOMETRY_FAULTS)
def test_a_fault_in_an_area_is_told_with_its_line(broken, name):
    """Where one area stands on a line, as in a package that labkit wrote."""
    change, column, words = GEOMETRY_FAULTS[name]
    file = broken / "areas" / "quarters.geojson"
    areas = [json.loads(one.rstrip(",")) for one in file.read_text(encoding="utf-8").splitlines()[1:-1]]
    change({one["properties"]["code"]: one for one in areas})
    lines = ",\n".join(json.dumps(one) for one in areas)
    file.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", encoding="utf-8")
    found = [fault for fault in check_package(broken).errors if fault.column == column and words in str(fault)]
    # Q12 is the second area, and Q14 the fourth; an overlap is told with the later of the two.
    assert {fault.line for fault in found} & {3, 5}, found
    assert all(fault.advice for fault in found)


def edit_settings(broken, change):
    file = broken / "datapackage.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data["labkit"])
    file.write_text(json.dumps(data), encoding="utf-8")


SETTING_FAULTS = {
    "a home that is no area": ({"home": "T7"}, "labkit.home", "no area"),
    "a region that is no area": ({"region": "R7"}, "labkit.region", "no area"),
    "a level that is none": ({"default_level": "wijk"}, "labkit.default_level", "town, quarter, street"),
    "a view of nothing": ({"default_view": {"indicator": "hapy"}}, "labkit.default_view.indicator", "mean happy"),
    "a view of no year": (
        {"default_view": {"indicator": "happy", "year": 1990}},
        "labkit.default_view.year",
        "no figures of happy in 1990",
    ),
    "a band of no status": ({"bands": {"guessed": {"half_width": 2}}}, "labkit.bands.guessed", "a status"),
    "a band of no unit": (
        {"bands": {"estimated": {"half_width": 2, "unit": "per cent"}}},
        "labkit.bands.estimated.unit",
        "not a unit",
    ),
    "no levels": ({"levels": []}, "labkit.levels", "no levels"),
    "a theme twice": ({"themes": [{"id": "a", "nl": "a", "en": "a"}] * 2}, "labkit.themes", "twice"),
}


@pytest.mark.parametrize("name", SETTING_FAULTS)
def test_a_fault_in_the_settings_is_told_with_its_path(broken, name):
    change, column, words = SETTING_FAULTS[name]
    edit_settings(broken, lambda settings: settings.update(change))
    found = [fault for fault in check_package(broken).errors if fault.column == column]
    assert found, check_package(broken)
    assert words in " ".join(map(str, found))
    assert all(fault.advice for fault in found)


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_that_labkit_uses_is_needed(broken, status):
    edit_settings(
        broken, lambda settings: settings.update(statuses=[one for one in settings["statuses"] if one["id"] != status])
    )
    assert f'the status "{status}" is missing' in str(check_package(broken))
    with pytest.raises(PackageError, match=f'the status "{status}" is missing'):
        lk.open_city(broken)


def test_the_same_name_twice_in_one_area_is_a_warning(broken):
    change_areas(broken, "quarters", lambda areas: areas["Q12"]["properties"].update(name="Oude haven"))
    (fault,) = check_package(broken)
    assert (fault.severity, fault.column) == ("warning", "name")
    assert "Q11 and Q12" in fault.message


@pytest.mark.parametrize("value", ["6_1.5", "1e2", "nan", "٦١", "+5", " 5", ".5"])
def test_only_plain_numbers_are_numbers(broken, value):
    rewrite(broken / "figures.csv", "Q11,happy,2020,61.5", f"Q11,happy,2020,{value}")
    assert "not a number" in str(check_package(broken))


def test_a_descriptor_that_cannot_be_read_is_a_fault_with_its_line(broken):
    rewrite(broken / "datapackage.json", '"name": "duinstad",', '"name": "duinstad"')
    (fault,) = check_package(broken)
    assert fault.file == "datapackage.json"
    assert fault.line == 4
    assert fault.advice
    with pytest.raises(UnknownNameError):
        check_package(broken / "nowhere")
