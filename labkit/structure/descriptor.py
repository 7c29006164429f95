"""The form of `datapackage.json`: what labkit reads from it, and of which type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from labkit.structure.flaw import Flaw
from labkit.structure.plain import is_name, is_year, short

#: The statuses that labkit itself uses, and whether a figure has a value then.
STATUSES = {
    **dict.fromkeys(("observed", "rounded", "estimated", "provisional", "derived"), True),
    **dict.fromkeys(("suppressed", "not_published", "not_applicable", "absent_in_source"), False),
}
TABLES = ("figures", "indicators", "aliases", "breaks")
SETTINGS = ("title", "home", "levels", "default_level", "themes", "units", "statuses")

Flaws = Iterator[Flaw]


def descriptor_flaws(descriptor: Any) -> Flaws:
    """Yield everything in a descriptor that is not of the form that labkit reads, each with its JSON path.

    Examples
    --------
    >>> [flaw.message for flaw in descriptor_flaws({"resources": [], "labkit": []})][:2]
    ['the block "labkit" is missing.', '"resources" does not name the table "figures".']
    """
    if not isinstance(descriptor, dict):
        yield Flaw("this is not a description of a data package.", "Give a JSON object.")
        return
    if descriptor.get("name") is not None:
        yield from _fits("name", descriptor["name"], is_name, "a short name")
    settings = descriptor.get("labkit")
    if not isinstance(settings, dict):
        yield Flaw('the block "labkit" is missing.', "It says the city's levels, themes and units: add it.", "labkit")
        settings = {}
    yield from _resources(descriptor.get("resources"), _ids(settings.get("levels"), "resource"))
    yield from _sources(descriptor.get("sources", []))
    if settings:
        yield from _settings(settings)


def _resources(resources: Any, of_levels: list[str]) -> Flaws:
    if not isinstance(resources, list):
        yield Flaw('"resources" is missing.', "It lists the package's files: add it.", "resources")
        return
    for position, resource in enumerate(resources):
        at = f"resources[{position}]"
        if not isinstance(resource, dict) or not {"name", "path"} <= resource.keys():
            yield Flaw('a resource needs a "name" and a "path".', "Give it both.", at)
            continue
        yield from _fits(f"{at}.name", resource["name"], is_name, "a short name")
        yield from _fits(f"{at}.path", resource["path"], _is_path, "a path in the package's folder, with /")
    names = _ids(resources, "name")
    yield from _twice("resources", names)
    for name in (*TABLES, *of_levels):
        if name not in names:
            kind = "table" if name in TABLES else "areas"
            yield Flaw(f'"resources" does not name the {kind} "{name}".', "Add it with its path.", "resources")


def _is_path(value: Any) -> bool:
    """Return whether it is a path that means the same on every computer; one outside the folder is refused later."""
    if not is_name(value) or "\\" in value or len(value) > 240:
        return False
    return not PurePosixPath(value).is_absolute() and not PureWindowsPath(value).drive


def _sources(sources: Any) -> Flaws:
    yield from _items("sources", sources, "name", _source)


def _source(at: str, source: dict[str, Any]) -> Flaws:
    for key in ("title", "publisher", "path", "licence", "credit"):
        if source.get(key) is not None:
            yield from _fits(f"{at}.{key}", source[key], _is_text, "a text")


def _settings(settings: dict[str, Any]) -> Flaws:
    levels, statuses = _ids(settings.get("levels")), _ids(settings.get("statuses"))
    rules: dict[str, Callable[[str, Any], Flaws]] = {
        "title": _pair,
        "home": lambda at, value: _fits(at, value, is_name, "the code of the area that the city is"),
        "region": lambda at, value: _fits(at, value, _is_name_or_null, "the code of an area, or null"),
        "levels": _levels,
        "default_level": lambda at, value: _among(at, value, levels, "the id of a level"),
        "themes": lambda at, value: _items(at, value, "id", _pair),
        "units": lambda at, value: _items(at, value, "id", _pair),
        "statuses": _statuses,
        "bands": lambda at, value: _bands(at, value, statuses),
        "default_view": lambda at, value: _view(at, value, levels),
    }
    for name, rule in rules.items():
        if name in settings:
            yield from rule(f"labkit.{name}", settings[name])
        elif name in SETTINGS:
            yield Flaw(f'the block "labkit" has no "{name}".', "Add it.", f"labkit.{name}")


def _is_name_or_null(value: Any) -> bool:
    return value is None or is_name(value)


def _levels(at: str, levels: Any) -> Flaws:
    yield from _items(at, levels, "id", _level)
    if levels == []:
        yield Flaw("there are no levels.", "Name at least one, with its areas.", at)


def _level(at: str, level: dict[str, Any]) -> Flaws:
    yield from _pair(at, level)
    yield from _pair(at, level, "_plural")
    yield from _fits(f"{at}.resource", level.get("resource"), is_name, "the resource with its areas")


def _statuses(at: str, statuses: Any) -> Flaws:
    yield from _items(at, statuses, "id", _status)
    given = _ids(statuses)
    for name in STATUSES:
        if name not in given:
            yield Flaw(f'the status "{name}" is missing.', "labkit uses it: add it.", at)


def _status(at: str, status: dict[str, Any]) -> Flaws:
    yield from _pair(at, status)
    for key in ("nl_note", "en_note"):
        yield from _fits(f"{at}.{key}", status.get(key), _is_text, "a sentence, or an empty text")
    own, has_value = STATUSES.get(status["id"]), status.get("has_value")
    if not isinstance(has_value, bool):
        yield from _fits(f"{at}.has_value", has_value, lambda value: isinstance(value, bool), "true or false")
    elif own is not None and own != has_value:
        message = f'has_value of "{status["id"]}" is {short(has_value)}.'
        yield Flaw(message, f"labkit counts on {short(own)}.", f"{at}.has_value")


def _bands(block: str, bands: Any, statuses: list[str]) -> Flaws:
    if not isinstance(bands, dict):
        yield Flaw(f"it is {short(bands)}.", "Give an object: status -> its band.", block)
        return
    for name, band in bands.items():
        at = f"{block}.{name}"
        yield from _among(at, name, statuses, "the id of a status as its key")
        if not isinstance(band, dict):
            yield Flaw(f"it is {short(band)}.", "Give an object with half_width, unit and notes.", at)
            continue
        yield from _fits(f"{at}.half_width", band.get("half_width"), _is_width, "a number of 0 or more")
        for key in ("unit", "note_nl", "note_en", "source"):
            if key in band:
                yield from _fits(f"{at}.{key}", band[key], _is_text, "a text")


def _is_width(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value < 1e15


def _view(at: str, view: Any, levels: list[str]) -> Flaws:
    if view is None:
        return
    if not isinstance(view, dict):
        yield Flaw(f"it is {short(view)}.", "Give an object with level, indicator and year.", at)
        return
    if "level" in view:
        yield from _among(f"{at}.level", view["level"], levels, "the id of a level")
    if "indicator" in view:
        yield from _fits(f"{at}.indicator", view["indicator"], is_name, "the id of an indicator")
    if "year" in view:
        yield from _fits(f"{at}.year", view["year"], is_year, "a year as a number, such as 2023")


def _items(at: str, items: Any, key: str, rule: Callable[[str, dict[str, Any]], Flaws]) -> Flaws:
    """Yield the flaws of a list of objects, each with an id of its own under `key`."""
    if not isinstance(items, list):
        yield Flaw(f"it is {short(items)}.", f'Give a list of objects, each with a "{key}".', at)
        return
    for position, item in enumerate(items):
        here = f"{at}[{position}]"
        if not isinstance(item, dict):
            yield Flaw(f"it is {short(item)}.", f'Give an object with a "{key}".', here)
        elif not is_name(item.get(key)):
            yield from _fits(f"{here}.{key}", item.get(key), is_name, "a short name")
        else:
            yield from rule(here, item)
    yield from _twice(at, _ids(items, key))


def _twice(at: str, names: list[str]) -> Flaws:
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Flaw(f'"{name}" stands in it twice.', "Keep the right one.", at)


def _pair(at: str, item: Any, ending: str = "") -> Flaws:
    """Yield the flaws of a text in Dutch and English; one of the two may be empty, not both."""
    if not isinstance(item, dict):
        yield Flaw(f"it is {short(item)}.", 'Give the text in two languages: {"nl": ..., "en": ...}.', at)
        return
    keys = [f"{language}{ending}" for language in ("nl", "en")]
    for key in keys:
        yield from _fits(f"{at}.{key}", item.get(key), _is_text, "a text")
    if all(item.get(key) == "" for key in keys):
        yield Flaw(f"{' and '.join(keys)} are both empty.", "Give at least one of the two.", f"{at}.{keys[0]}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _fits(at: str, value: Any, rule: Callable[[Any], bool], wanted: str) -> Flaws:
    if not rule(value):
        message = "it is missing." if value is None else f"it is {short(value)}."
        yield Flaw(message, f"Give {wanted}.", at)


def _among(at: str, value: Any, allowed: list[str], wanted: str) -> Flaws:
    if value not in allowed:
        yield Flaw(f"it is {short(value)}.", f"Give {wanted}: {', '.join(allowed) or 'there is none yet'}.", at)


def _ids(items: Any, key: str = "id") -> list[str]:
    """Return the ids of a list of objects, as far as they are of the right form."""
    if not isinstance(items, list):
        return []
    return [item[key] for item in items if isinstance(item, dict) and is_name(item.get(key))]
