"""The labkit command, run as a user runs it: in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labkit.cli import app
from labkit.cli.lab import notebooks

DUINSTAD = Path(__file__).parent / "cities" / "duinstad"


def labkit(*words, cwd=None):
    """Run the command without a screen, in English."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "LABKIT_LANGUAGE"}
    env = {name: value for name, value in os.environ.items() if name not in hidden} | {"PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "labkit", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=env,
        check=False,
    )


def test_version_and_help():
    assert labkit("--version").stdout.startswith("labkit 0.")
    text = labkit("--help").stdout
    assert all(word in text for word in ("atlas", "lab", "data"))


def test_wrong_use_is_told_with_exit_code_2():
    for words in (["nonsense"], ["atlas", "--nonsense"], ["data"], []):
        result = labkit(*words)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["atlas", "--city", "lieden"], 'Did you mean "leiden"'),
        (["atlas", "--out", "no/such/folder/atlas.html"], "does not exist"),
        (["atlas", "--language", "de", "--no-open"], "not 'de'"),
        (["data", "check", "/no/such/package"], "no city or folder"),
    ],
)
def test_an_error_is_one_clear_line_without_a_traceback(tmp_path, words, text):
    result = labkit(*words, cwd=tmp_path)
    assert result.returncode == 2
    assert text in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_atlas_writes_the_page_and_says_where(tmp_path):
    result = labkit("atlas", "--no-open", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "atlas.html" in result.stdout
    page = (tmp_path / "atlas.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert [one.name for one in tmp_path.iterdir()] == ["atlas.html"]


def test_atlas_of_another_city_in_dutch(tmp_path):
    result = labkit("atlas", "--city", DUINSTAD, "--out", tmp_path / "duin.html", "--language", "nl", "--no-open")
    assert result.returncode == 0, result.stderr
    assert '<html lang="nl"' in (tmp_path / "duin.html").read_text(encoding="utf-8")


def test_atlas_without_a_screen_says_how_to_open_it(tmp_path):
    if sys.platform in ("win32", "darwin"):
        pytest.skip("Windows and macOS always have a screen")
    result = labkit("atlas", "--out", tmp_path / "a.html")
    assert f"Open it in a browser: {(tmp_path / 'a.html').as_uri()}" in result.stdout


def test_data_check_passes_what_we_ship_and_gives_json():
    result = labkit("data", "check")
    assert result.returncode == 0
    assert result.stdout.strip().endswith("leiden: 0 errors, 5 warnings.")
    faults = json.loads(labkit("data", "check", "--json").stdout)
    assert {one["severity"] for one in faults} == {"warning"}
    assert set(faults[0]) == {"file", "line", "column", "message", "advice", "severity"}


def test_data_check_finds_faults_with_exit_code_1(broken):
    file = broken / "figures.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Q11,happy,2020,61.5", "Q11,happy,2020,161.5"), encoding="utf-8"
    )
    result = labkit("data", "check", broken)
    assert result.returncode == 1
    assert "figures.csv, line" in result.stdout
    assert "not between 0 and 100" in result.stdout


@pytest.mark.parametrize("name", ["figures.csv", "datapackage.json", "areas/quarters.geojson"])
def test_no_broken_package_ends_in_a_traceback(broken, name):
    (broken / name).write_bytes(b"\xff\xfe\x00 nonsense")
    for words in (["data", "check", broken], ["atlas", "--city", broken, "--out", broken / "a.html", "--no-open"]):
        result = labkit(*words)
        assert result.returncode in (1, 2)
        assert "Traceback" not in result.stderr
    assert not (broken / "a.html").exists()


def test_a_name_that_is_too_long_is_one_clear_line(tmp_path):
    for words in (
        ["data", "check", "a" * 300],
        ["atlas", "--city", "a" * 300],
        ["atlas", "--out", f"{'a' * 300}.html"],
    ):
        result = labkit(*words, cwd=tmp_path)
        assert result.returncode == 2
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
        assert result.stderr.startswith("labkit: ")


@pytest.mark.parametrize("debug", ["", "1"])
def test_what_nobody_foresaw_is_one_line_too(monkeypatch, capsys, debug):
    def broken():
        raise RuntimeError("the sky\nfell")

    monkeypatch.setattr(app, "app", broken)
    monkeypatch.setenv("LABKIT_DEBUG", debug)
    with pytest.raises(SystemExit) as ended:
        app.main()
    shown = capsys.readouterr().err
    assert ended.value.code == 2
    assert shown.startswith("labkit: this should not happen: RuntimeError: the sky fell. Please report it")
    assert ("Traceback" in shown) == bool(debug)


def test_lab_opens_the_notebooks_of_a_checkout():
    folder = notebooks(Path("unused"))
    assert (folder / "01_explore_a_city.ipynb").is_file()


def test_lab_passes_words_on_to_jupyterlab():
    result = labkit("lab", "--version")
    assert result.returncode == 0
    assert result.stdout.strip().splitlines()[-1][0].isdigit()
