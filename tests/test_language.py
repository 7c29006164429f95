"""Dutch and English: every text has its translation, and numbers take the form of the language."""

import ast
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labkit as lk
from labkit import language
from labkit.errors import WrongUseError
from labkit.maps.atlas.texts import msgids

SOURCE = Path(lk.__file__).parent

# Attributes that are not there, what cannot happen, and the flaws that `labkit data check` lists.
FOR_PROGRAMMERS = {"AttributeError", "AssertionError", "NotImplementedError", "TypeError", "FlawError"}

# Texts that are looked up by a variable: the heads of a table of indicators.
INDIRECT = {"Id", "Name", "Unit", "Theme", "Definition"}


def texts():
    """Return every text that the code asks a translation of, with where it stands."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if called == "t" and node.args and isinstance(node.args[0], ast.Constant):
                found.setdefault(node.args[0].value, f"{path.name}:{node.lineno}")
    return found


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_has_a_dutch_translation():
    dutch = language.catalogue("nl")
    missing = [f"{where}: {text}" for text, where in texts().items() if text not in dutch]
    assert missing == []
    assert sorted((INDIRECT | set(msgids())) - set(dutch)) == []


def test_translations_fill_in_the_same_names():
    wrong = {text: other for text, other in language.catalogue("nl").items() if fields(text) != fields(other)}
    assert wrong == {}


def test_no_translation_is_left_over():
    assert sorted(set(language.catalogue("nl")) - set(texts()) - INDIRECT - set(msgids())) == []


def test_no_text_shouts_or_smiles():
    for text in [*texts(), *msgids(), *language.catalogue("nl").values()]:
        assert "!" not in text
        assert all(ord(char) < 0x1F000 for char in text)


def test_every_error_speaks_both_languages():
    """A text that is raised stands inside t(...); what only who writes code sees may be English."""
    english = []
    for path in set(SOURCE.rglob("*.py")) - {SOURCE / "language.py"}:  # which cannot say in what language it fails
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name.endswith("Error") and name not in FOR_PROGRAMMERS and node.args:
                found = [each for each in words(node.args[0]) if len(each.split()) > 2]
                english += [f"{path.name}:{node.lineno}: {each}" for each in found]
    assert english == []


def words(node):
    """Yield the texts in an expression that are not translated."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t":
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from words(child)


@pytest.mark.parametrize("city", ["leiden", "duinstad"])
def test_every_indicator_speaks_both_languages(request, city):
    for indicator in request.getfixturevalue(city).indicators:
        for one in ("en", "nl"):
            assert indicator.label(one)
            assert indicator.definition(one)
            assert indicator.unit_label(one)


def test_the_language_is_chosen_by_hand_or_by_the_environment(monkeypatch):
    monkeypatch.setattr(language, "_chosen", None)
    monkeypatch.setenv("LABKIT_LANGUAGE", "nl_NL.UTF-8")
    assert language.current() == "nl"
    lk.use_language("en")
    assert language.current() == "en"
    with pytest.raises(WrongUseError, match="not 'de'"):
        lk.use_language("de")


@pytest.mark.parametrize(
    ("value", "decimals", "english", "dutch"),
    [
        (14085, 0, "14,085", "14.085"),
        (0.05, 1, "0.1", "0,1"),
        (-0.04, 1, "0.0", "0,0"),
        (1e12, 0, "1,000,000,000,000", "1.000.000.000.000"),
        (-3.25, 2, "-3.25", "-3,25"),
    ],
)
def test_numbers_in_the_form_of_the_language(value, decimals, english, dutch):
    assert language.number(value, decimals, "en") == english
    assert language.number(value, decimals, "nl") == dutch


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_dutch_number_reads_back_as_itself(value, decimals):
    text = language.number(value, decimals, "nl").replace(".", "").replace(",", ".")
    assert float(text) == pytest.approx(value, abs=0.5001 * 10**-decimals)
