"""Check that the block "labkit" and the sources, whose form is right by now, fit the other files."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.datapackage import DESCRIPTOR
from labkit.indicators import choices
from labkit.packagechecks.contents import Contents
from labkit.packagechecks.fault import Fault


def check_settings(contents: Contents) -> Iterator[Fault]:
    """Yield a home, region, band or first view that speaks of something the package does not have."""
    settings = contents.package.settings
    for name in ("home", "region"):
        code = settings.get(name)
        if code is not None and code not in contents.codes:
            message = f'There is no area "{code}".'
            yield Fault(DESCRIPTOR, 0, f"labkit.{name}", message, choices(code, contents.codes))
    units = [one["id"] for one in settings["units"]]
    for name, band in settings.get("bands", {}).items():
        if "unit" in band and band["unit"] not in units:
            message = f'"{band["unit"]}" is not a unit.'
            yield Fault(DESCRIPTOR, 0, f"labkit.bands.{name}.unit", message, choices(band["unit"], units))
    view = settings.get("default_view") or {}
    if "indicator" in view:
        yield from _check_view(contents, view["indicator"], view.get("year"))


def _check_view(contents: Contents, indicator: str, year: int | None) -> Iterator[Fault]:
    if indicator not in contents.indicators:
        advice = choices(indicator, contents.indicators)
        message = f'There is no indicator "{indicator}".'
        yield Fault(DESCRIPTOR, 0, "labkit.default_view.indicator", message, advice)
        return
    years = {row["year"] for _, row in contents.tables["figures"] if row["indicator"] == indicator}
    if year is not None and str(year) not in years:
        message = f"There are no figures of {indicator} in {year}."
        advice = f"Give one of: {', '.join(sorted(years))}." if years else "Give an indicator that has figures."
        yield Fault(DESCRIPTOR, 0, "labkit.default_view.year", message, advice)


def check_sources(contents: Contents) -> Iterator[Fault]:
    """Yield sources without a title, licence or credit line."""
    for position, source in enumerate(contents.package.descriptor.get("sources", [])):
        for key in ("title", "licence", "credit"):
            if not (source.get(key) or "").strip():
                message = f"{source['name']} has no {key}."
                yield Fault(DESCRIPTOR, 0, f"sources[{position}].{key}", message, "Say it: the publisher asks for it.")
