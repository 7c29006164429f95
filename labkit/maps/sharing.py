"""Classes that several layers share, so that a colour means the same values on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from labkit.classes import classify
from labkit.errors import WrongUseError
from labkit.language import t
from labkit.maps.layers import AreaLayer, demand_colours

CHOICES = ("shared", "each")


def shared(
    layers: Sequence[AreaLayer], choice: str | None, *, compared: bool, language: str, how: Any
) -> list[AreaLayer]:
    """Give layers the classes that belong to them together, and a note that says which.

    Years of one indicator share their classes, unless `choice` is "each". Different indicators keep their own;
    two that are compared share them where both have the same unit and kind. What has different units cannot
    share classes: a limit of 40 means nothing to both percentages and years.

    Parameters
    ----------
    layers : list of AreaLayer
        In the order in which they are shown.
    choice : {"shared", "each"} or None
        What was asked for.
    compared : bool
        Whether the layers are laid side by side.
    language : {"en", "nl"}
        Language of the notes.
    how : dict
        What `labkit.classes.classify` takes: scheme, k, breaks, middle.

    Returns
    -------
    list of AreaLayer

    Raises
    ------
    WrongUseError
        If classes were to be shared by indicators with different units.

    Examples
    --------
    >>> import labkit as lk
    >>> first, last = lk.open_city("leiden").map("lonely", year=[2012, 2020]).layers
    >>> first.colours == last.colours and first.classes.edges == last.classes.edges
    True
    """
    if choice is not None and choice not in CHOICES:
        raise WrongUseError(t('Classes are "shared", or "each" layer has its own; not {given}.', given=repr(choice)))
    if len(layers) < 2:
        return list(layers)
    units = {(one.about.unit, one.about.kind) for one in layers}
    indicators = {one.indicator for one in layers}
    if choice == "shared" and len(units) > 1:
        labels = dict.fromkeys(one.about.unit_label(language) for one in layers)
        if len(labels) == 1:  # a mean and a median of one unit
            labels = dict.fromkeys(f"{one.about.unit_label(language)}, {one.about.kind}" for one in layers)
        raise WrongUseError(
            t(
                "These indicators cannot share classes, for their units differ ({units}). Leave classes out, or give "
                'classes="each": then each has classes with equally many areas.',
                units="; ".join(labels),
            )
        )
    together = choice == "shared" or (compared and len(units) == 1 and choice is None)
    groups: dict[str, list[AreaLayer]] = {}
    for one in layers:
        groups.setdefault("" if together else one.indicator, []).append(one)
    result: dict[int, AreaLayer] = {}
    for group in groups.values():
        made = _pooled(group, how) if choice != "each" and len(group) > 1 else group
        note = _note(len(group) > 1, choice == "each", len({one.indicator for one in group}), language)
        if compared and len(indicators) > 1 and not together:
            note = t(
                "Each map has classes of its own: compare where values are high and low, not the colours alone.",
                language,
            )
        for old, new in zip(group, made, strict=True):
            result[id(old)] = replace(new, notes=(*new.notes, *filter(None, [note])))
    return [result[id(one)] for one in layers]


def _pooled(layers: list[AreaLayer], how: Any) -> list[AreaLayer]:
    """Return layers with classes that are made of the values of all of them."""
    values = [value for one in layers for value in one.drawn]
    if not values:
        return layers
    classes = classify(values, **how, decimals=max(one.decimals for one in layers), zero_class=True)
    demand_colours(classes)
    return [replace(one, classes=classes if one.drawn else None) for one in layers]


def _note(several: bool, each: bool, indicators: int, language: str) -> str:
    if not several:
        return ""
    if each:
        return t("Each year has classes of its own: a colour can stand for other values in another year.", language)
    if indicators > 2:
        return t("All indicators have the same classes: a colour stands for the same values in each.", language)
    if indicators == 2:
        return t("Both indicators have the same classes: a colour stands for the same values.", language)
    return t("All years have the same classes: a colour stands for the same values in each.", language)
