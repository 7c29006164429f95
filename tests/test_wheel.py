"""An installed labkit, without the checkout beside it, opens Leiden too."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def uv(in_ci):
    found = os.environ.get("UV") or shutil.which("uv")
    if not found:
        if in_ci:
            pytest.fail("uv is needed to build the wheel")
        pytest.skip("uv is needed to build the wheel; start the tests with `uv run pytest`")
    return found


def run(*words, cwd=None, env=None):
    result = command(*words, cwd=cwd, env=env)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def command(*words, cwd=None, env=None):
    words = [str(word) for word in words]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=env, check=False)


def fetch(in_ci, *words):
    """Run a command of uv that may need the network; without one, what uv kept will do, or the test is skipped."""
    result = command(*words)
    if result.returncode and not in_ci and command(*words, "--offline").returncode:
        pytest.skip(f"this needs a network: {result.stderr.strip().splitlines()[-1]}")
    assert result.returncode == 0 or not in_ci, result.stderr


@pytest.fixture(scope="module")
def wheel(uv, in_ci, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    fetch(in_ci, uv, "build", "--quiet", "--out-dir", folder, ROOT)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_carries_the_city_the_tours_and_the_page(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "cities/leiden/datapackage.json",
        "cities/leiden/figures.csv",
        "notebooks/01_explore_a_city.ipynb",
        "locale/nl.po",
        "assets/areas.js",
    ):
        assert f"labkit/{name}" in names
    assert not [name for name in names if "tests/" in name or "__pycache__" in name]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_installed_labkit_opens_leiden(uv, wheel, in_ci, tmp_path):
    run(uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "env")
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = tmp_path / "env" / folder / "python"
    fetch(in_ci, uv, "pip", "install", "--quiet", "--python", python, wheel)
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    code = "import labkit as lk; leiden = lk.open_city('leiden'); print(lk.__file__, leiden.figures.get('population', 'Leiden', 2024).value)"
    place, value = run(python, "-c", code, cwd=tmp_path, env=clean).split()
    assert str(ROOT / "labkit") not in place
    assert value == "130108.0"
    labkit = tmp_path / "env" / folder / "labkit"
    assert "0 errors" in run(labkit, "data", "check", cwd=tmp_path, env=clean)
    run(labkit, "atlas", "--no-open", cwd=tmp_path, env=clean)
    assert (tmp_path / "atlas.html").stat().st_size > 100_000
