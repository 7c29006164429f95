"""Colours: that they can be told apart, by colour-blind eyes too, and that text on them can be read."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from branca.utilities import color_brewer

from labkit import look
from labkit.errors import WrongUseError

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
# sRGB to XYZ under D65, and its white.
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
# A difference of 2.3 is just seen side by side; three times that is seen across a map.
SEEN = 3 * 2.3
RAMPS = [(kind, k) for kind in look.RAMPS for k in range(1, 7)]


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, sight: str = "full") -> np.ndarray:
    xyz = XYZ @ np.clip(SIGHT[sight] @ linear(colour), 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("kind", "k"), RAMPS)
def test_any_two_classes_can_be_told_apart(kind, k, sight):
    for one, other in itertools.combinations(look.ramp(k, kind), 2):
        assert difference(one, other, sight) > SEEN, (one, other)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("kind", "k"), RAMPS)
def test_zeros_can_be_told_from_every_class(kind, k, sight):
    # With a middle, classes have even numbers: the pale middle class of 1, 3 or 5 is never beside zeros.
    if kind != "diverging" or k % 2 == 0:
        assert min(difference(look.zero_colour(kind), other, sight) for other in look.ramp(k, kind)) > SEEN


@pytest.mark.parametrize("kind", ["sequential", "blues"])
def test_sequential_ramps_only_get_darker_so_that_they_survive_a_grey_print(kind):
    for k in range(2, 7):
        lightness = [lab(colour)[0] for colour in look.ramp(k, kind)]
        assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize(("kind", "name"), [("sequential", "YlGnBu"), ("blues", "Blues"), ("diverging", "PuOr")])
def test_ramps_are_those_of_colorbrewer(kind, name):
    for k in range(3, 7):
        assert look.ramp(k, kind) == [colour.lower() for colour in color_brewer(name, k)]


def test_diverging_colours_keep_their_side_when_the_sides_differ():
    assert look.diverging(3, 1) == look.ramp(6, "diverging")[:4]
    assert look.diverging(0, 2) == look.ramp(4, "diverging")[2:]


@pytest.mark.parametrize("tokens", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_texts_and_signs_have_the_contrast_that_wcag_asks(tokens):
    for ground in ("paper", "panel", "map", "background"):
        assert contrast(tokens["ink"], tokens[ground]) >= 7
    for ground in ("paper", "panel"):
        assert contrast(tokens["soft"], tokens[ground]) >= 4.5
        assert contrast(tokens["accent"], tokens[ground]) >= 4.5
        assert contrast(tokens["control"], tokens[ground]) >= 3
    assert contrast(tokens["on-accent"], tokens["accent"]) >= 4.5
    assert contrast(tokens["hatch-line"], tokens["hatch"]) >= 3


def test_what_is_chosen_stands_out_from_every_class():
    # The red line has a white case: one of the two contrasts with whatever lies under it.
    assert contrast(look.ALWAYS["chosen"], look.ALWAYS["chosen-case"]) >= 3
    assert contrast(look.ALWAYS["on-area"], look.ALWAYS["halo"]) >= 7


def test_colours_stand_in_one_place_only():
    for sheet in look.ASSETS.glob("**/*.css"):
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text(encoding="utf-8")), sheet


def test_every_token_that_is_used_exists():
    known = {*look.LIGHT, *look.ALWAYS, *look.SHADOWS, "font"}
    assert set(look.DARK) == set(look.LIGHT)
    for sheet in look.ASSETS.glob("**/*.css"):
        used = set(re.findall(r"var\(--lk-([\w-]+)\)", sheet.read_text(encoding="utf-8")))
        assert used <= known, sheet


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: look.ramp(7), "1 to 6"),
        (lambda: look.ramp(0), "1 to 6"),
        (lambda: look.ramp(3, "divergent"), 'Did you mean "diverging"'),
        (lambda: look.ramp(3, "red-green"), "sequential, blues, diverging"),
    ],
)
def test_wrong_use_names_what_there_is(call, message):
    with pytest.raises(WrongUseError, match=message):
        call()
