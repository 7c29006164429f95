"""What all tests share: two opened cities, and a language that no test leaves changed behind."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

import labkit as lk
from labkit import language

# How long one example takes says nothing here; speed is measured in tests/benchmarks.
# In CI the same examples each time, so that a change is judged by what it changed; elsewhere new ones, to find more.
hypothesis.settings.register_profile("labkit", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("labkit")

DUINSTAD = Path(__file__).parent / "cities" / "duinstad"


@pytest.fixture(scope="session")
def leiden():
    return lk.open_city("leiden")


@pytest.fixture(scope="session")
def duinstad():
    """A made-up city with other levels, names and units."""
    return lk.open_city(DUINSTAD)


@pytest.fixture
def broken(tmp_path):
    """A copy of the made-up city, to be broken."""
    return Path(shutil.copytree(DUINSTAD, tmp_path / "broken"))


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr(language, "_chosen", "en")


@pytest.fixture(scope="session")
def in_ci():
    """Where CI runs, a missing tool is a failure; elsewhere a reason to skip."""
    return os.environ.get("CI", "").lower() in ("1", "true")
