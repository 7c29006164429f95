"""Reading and writing a city package, and what is said when it is broken."""

import json
import os
import re
import sys

import pytest
from frictionless import Package as Frictionless
from frictionless import system

import labkit as lk
from labkit.datapackage import COLUMNS, find_package, read_package, write_package
from labkit.errors import LabkitError, PackageError, UnknownNameError
from labkit.packagechecks.check import check_package
from labkit.saving import save_text

FILES = (
    "datapackage.json",
    "figures.csv",
    "indicators.csv",
    "breaks.csv",
    "areas/aliases.csv",
    "areas/quarters.geojson",
)


def open_whole(path):
    """Open a city and everything in it."""
    city = lk.open_city(path)
    return len(city.figures)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(broken, name):
    (broken / name).unlink()
    with pytest.raises(PackageError, match=r"missing|has no datapackage\.json"):
        open_whole(broken)


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_encoding_is_told_with_its_line(broken, name):
    file = broken / name
    file.write_bytes(file.read_bytes().rstrip() + "\nVuurtoren é".encode("latin-1"))
    with pytest.raises(PackageError, match=r"line \d+: the file is not in UTF-8"):
        open_whole(broken)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", ["", "{", "[]", "\n\n", '{"features": 3}', "a;b;c\n1;2;3\n", '"'])
def test_a_file_with_something_else_in_it_is_a_clear_error(broken, name, content):
    (broken / name).write_text(content, encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        open_whole(broken)
    assert str(broken) in str(caught.value)


@pytest.mark.parametrize("table", ["figures", "indicators"])
def test_a_column_too_few_is_named(broken, table):
    file = broken / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    gone = COLUMNS[table][1]
    place = lines[0].split(",").index(gone)
    cut = [",".join(part for n, part in enumerate(line.split(",")) if n != place) for line in lines]
    file.write_text("\n".join(cut) + "\n", encoding="utf-8")
    with pytest.raises(PackageError, match=f'line 1: the column "{gone}" is missing'):
        open_whole(broken)


def test_a_row_with_a_field_too_few_or_too_many_is_told_with_its_line(broken):
    file = broken / "figures.csv"
    for row in ("Q11,trees,2020", "Q11,trees,2020,1,observed,1,made-up,more"):
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join([lines[0], lines[1], row]) + "\n", encoding="utf-8")
        with pytest.raises(PackageError, match="line 3: this row has too"):
            open_whole(broken)


@pytest.mark.parametrize(
    "row",
    [
        "Q99,trees,2020,1,observed,1,made-up",
        "Q11,trees,2020,x,observed,1,made-up",
        "Q11,trees,2020,,observed,1,made-up",
        "Q11,trees,2020,nan,observed,1,made-up",
        "Q11,trees,2020,6_1.5,observed,0.1,made-up",
        "Q11,trees,2020,٦١,observed,1,made-up",
        "Q11,trees,2020,1,observed,-5,made-up",
        "Q11,trees,2020,1,observed,nan,made-up",
        "Q11,trees,²⁰²⁰,1,observed,1,made-up",
        "Q11,Trees,2020,1,observed,1,made-up",
    ],
)
def test_a_figure_that_cannot_be_read_points_to_the_check(broken, row):
    file = broken / "figures.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(PackageError, match=r"figures.csv, line 2: .*labkit data check"):
        open_whole(broken)


def test_a_package_saved_by_a_spreadsheet_still_opens(broken):
    """With a byte order mark and CRLF line ends."""
    file = broken / "figures.csv"
    before = open_whole(broken)
    text = file.read_text(encoding="utf-8")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert open_whole(broken) == before


@pytest.mark.parametrize("key", ["labkit", "resources"])
def test_a_descriptor_without_a_part_says_which(broken, key):
    file = broken / "datapackage.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    del data[key]
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PackageError, match=f'"{key}"'):
        lk.open_city(broken)


@pytest.mark.parametrize("key", ["title", "home", "levels", "default_level", "themes", "units", "statuses"])
def test_a_setting_that_is_missing_is_named(broken, key):
    file = broken / "datapackage.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    del data["labkit"][key]
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PackageError, match=f'no "{key}"'):
        lk.open_city(broken)


# Wrong settings: what is changed in the block "labkit" or beside it, and the path that is named.
FORMS = {
    "a level without a plural": (lambda d: d["labkit"]["levels"][0].pop("en_plural"), "labkit.levels[0].en_plural"),
    "a title that is no pair": (lambda d: d["labkit"].update(title="Duinstad"), "labkit.title"),
    "levels that are null": (lambda d: d["labkit"].update(levels=None), "labkit.levels"),
    "themes that are words": (lambda d: d["labkit"].update(themes=["green"]), "labkit.themes[0]"),
    "a band that is a number": (lambda d: d["labkit"].update(bands={"estimated": 2.5}), "labkit.bands.estimated"),
    "a first view that is a word": (lambda d: d["labkit"].update(default_view="happy"), "labkit.default_view"),
    "a status without has_value": (
        lambda d: d["labkit"]["statuses"][1].pop("has_value"),
        "labkit.statuses[1].has_value",
    ),
    "a status turned round": (
        lambda d: d["labkit"]["statuses"][0].update(has_value=False),
        "labkit.statuses[0].has_value",
    ),
    "sources that are null": (lambda d: d.update(sources=None), "sources"),
    "sources that are words": (lambda d: d.update(sources=["cbs"]), "sources[0]"),
    "a resource with two paths": (lambda d: d["resources"][0].update(path=["a", "b"]), "resources[0].path"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_setting_of_the_wrong_form_is_named_with_its_path(broken, name):
    change, path = FORMS[name]
    file = broken / "datapackage.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PackageError, match=rf"datapackage\.json, {re.escape(path)}: .*\. Give|labkit counts on"):
        lk.open_city(broken)
    assert path in [fault.column for fault in check_package(broken).errors]


def set_property(feature, **properties):
    feature["properties"].update(properties)


# Wrong areas: file, its line, what is changed there, and what is said of it.
AREAS = {
    "its own parent": ("quarters", 2, lambda a: set_property(a, parent="Q11"), "does not exist as a town"),
    "a first level with a parent": ("towns", 2, lambda a: set_property(a, parent="Q11"), "is of the first level"),
    "a parent two levels up": ("streets", 2, lambda a: set_property(a, parent="T1"), "does not exist as a quarter"),
    "a parent that is a number": ("quarters", 3, lambda a: set_property(a, parent=5), "parent is 5"),
    "no name": ("quarters", 3, lambda a: set_property(a, name=None), "name is null"),
    "a year that is none": ("quarters", 3, lambda a: set_property(a, border_year="x"), 'border_year is "x"'),
    "no year": ("quarters", 3, lambda a: set_property(a, border_year=None), "border_year is null"),
    "no outline": ("quarters", 3, lambda a: a.update(geometry=None), "has no outline"),
    "no geometry": ("quarters", 3, lambda a: a.pop("geometry"), "has no outline"),
    "a coordinate that is no number": (
        "quarters",
        3,
        lambda a: a["geometry"]["coordinates"][0][0].__setitem__(0, float("nan")),
        "NaN for a coordinate",
    ),
    "metres": (
        "quarters",
        3,
        lambda a: a["geometry"].update(coordinates=[[[93000, 463000]] * 4]),
        "not in degrees",
    ),
    "a code twice": ("quarters", 3, lambda a: set_property(a, code="Q11"), r"used twice \(first in .*line 2\)"),
    "half a letter": ("quarters", 3, lambda a: set_property(a, name="A\ud800"), r"cannot be shown \(U\+D800\)"),
}


@pytest.mark.parametrize("name", AREAS)
def test_an_area_of_the_wrong_form_is_told_with_its_line(broken, name):
    level, line, change, words = AREAS[name]
    file = broken / "areas" / f"{level}.geojson"
    lines = file.read_text(encoding="utf-8").splitlines()
    area = json.loads(lines[line - 1].rstrip(","))
    change(area)
    lines[line - 1] = json.dumps(area) + ("," if lines[line - 1].endswith(",") else "")
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PackageError, match=rf"{level}\.geojson, line {line}.*{words}"):
        lk.open_city(broken)
    assert line in [fault.line for fault in check_package(broken).errors if fault.file == f"areas/{level}.geojson"]


@pytest.mark.parametrize("table", ["figures", "indicators"])
def test_a_row_that_stands_twice_is_told_with_both_lines(broken, table):
    file = broken / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[2]]) + "\n", encoding="utf-8")
    with pytest.raises(PackageError, match=rf"{table}\.csv, line {len(lines) + 1}: .* stands in line 3 already"):
        open_whole(broken)


def test_a_name_that_is_too_long_for_a_file_is_told():
    with pytest.raises(LabkitError, match=r"cannot be a city or folder|There is no city or folder"):
        read_package("a" * 300)


def test_more_columns_than_labkit_reads_are_kept(broken, tmp_path):
    file = broken / "figures.csv"
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([f"{head},margin", *(f"{line},0.5" for line in lines)]) + "\n", encoding="utf-8")
    package = read_package(broken)
    areas = {level["resource"]: package.features(level["resource"]) for level in package.settings["levels"]}
    copy = write_package(tmp_path / "copy", package.descriptor, areas, {name: package.rows(name) for name in COLUMNS})
    assert {row["margin"] for row in read_package(copy).rows("figures")} == {"0.5"}


def test_a_file_outside_the_package_is_not_read(broken):
    file = broken / "datapackage.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"path": "figures.csv"', '"path": "../figures.csv"'), encoding="utf-8"
    )
    with pytest.raises(PackageError, match="outside the package"):
        open_whole(broken)


def test_an_unknown_city_is_answered_with_those_that_there_are():
    with pytest.raises(UnknownNameError, match='Did you mean "leiden"'):
        lk.open_city("lieden")
    with pytest.raises(UnknownNameError, match="labkit comes with: leiden"):
        lk.open_city("/no/such/folder")


def test_a_folder_without_a_package_is_told(tmp_path):
    with pytest.raises(PackageError, match="is no city package"):
        lk.open_city(tmp_path)


@pytest.mark.parametrize("city", ["leiden", "duinstad"])
def test_writing_and_reading_again_gives_the_same(request, tmp_path, city):
    package = request.getfixturevalue(city).package
    areas = {level["resource"]: package.features(level["resource"]) for level in package.settings["levels"]}
    copy = write_package(tmp_path / "copy", package.descriptor, areas, {name: package.rows(name) for name in COLUMNS})
    again, first = lk.open_city(copy), request.getfixturevalue(city)
    assert {(f.indicator, f.area, f.year, f.value, f.status) for f in again.figures} == {
        (f.indicator, f.area, f.year, f.value, f.status) for f in first.figures
    }
    assert [area.geometry for area in again.areas] == [area.geometry for area in first.areas]
    assert str(again.check()) == str(first.check())
    with pytest.raises(PackageError, match="exists already"):
        write_package(copy, package.descriptor, areas, {})


def test_a_package_that_cannot_be_written_leaves_nothing_behind(tmp_path, duinstad):
    with pytest.raises(PackageError, match="no resource"):
        write_package(tmp_path / "new", duinstad.package.descriptor, {"planets": []}, {})
    assert list(tmp_path.iterdir()) == []


def test_the_made_up_city_is_a_valid_frictionless_package(duinstad):
    with system.use_context(trusted=True):
        assert Frictionless(str(duinstad.package.path / "datapackage.json")).validate().valid


def test_saving_is_whole_or_not_at_all(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    save_text(file, "old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LabkitError, match="No space left"):
        save_text(file, "new")
    assert file.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_saving_says_what_is_in_the_way(tmp_path):
    with pytest.raises(LabkitError, match="does not exist"):
        save_text(tmp_path / "no" / "a.txt", "x")
    with pytest.raises(LabkitError, match="is a folder"):
        save_text(tmp_path, "x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_saved_file_can_be_read_by_others(tmp_path):
    assert save_text(tmp_path / "a.txt", "x").stat().st_mode & 0o044
    (tmp_path / "a.txt").chmod(0o600)
    save_text(tmp_path / "a.txt", "y")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_a_city_is_found_by_its_name_however_written():
    assert find_package("LEIDEN") == find_package("leiden") == read_package("leiden").path
    assert find_package(find_package("leiden") / "datapackage.json") == find_package("leiden")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_saving_through_a_link_changes_the_file_and_keeps_the_link(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    save_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such device file")
def test_saving_to_a_device_leaves_the_device(tmp_path):
    save_text("/dev/null", "x")
    assert not os.path.isfile("/dev/null")  # noqa: PTH113 - a device is asked for, not a path of ours
