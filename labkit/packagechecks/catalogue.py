"""Check the catalogue of indicators, the aliases, the breaks and the sources."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.indicators import KINDS
from labkit.names import nearest
from labkit.packagechecks.contents import Contents, number
from labkit.packagechecks.fault import Fault

ROUNDINGS = ("random", "nearest")
REQUIRED = ("label_nl", "label_en", "definition_nl", "definition_en", "source", "unit")


def check_catalogue(contents: Contents) -> Iterator[Fault]:
    """Yield the faults of `indicators.csv`."""
    file, settings = contents.file("indicators"), contents.package.settings
    ids = [row["id"] for _, row in contents.tables["indicators"]]
    themes = [one["id"] for one in settings["themes"]]
    units = [one["id"] for one in settings["units"]]
    seen: dict[str, int] = {}
    for line, row in contents.tables["indicators"]:
        if row["id"] in seen:
            yield Fault(
                file, line, "id", f'"{row["id"]}" stands in line {seen[row["id"]]} already.', "Take one of them out."
            )
        seen.setdefault(row["id"], line)
        for column, allowed in (("theme", themes), ("unit", units), ("kind", KINDS), ("rounding", ROUNDINGS)):
            if row[column] not in allowed and (row[column] or column != "rounding"):
                yield Fault(file, line, column, f'"{row[column]}" is not a {column}.', _choices(row[column], allowed))
        for column in ("weight", "numerator"):
            if row[column] and row[column] not in ids:
                yield Fault(file, line, column, f'There is no indicator "{row[column]}".', _choices(row[column], ids))
        if row["numerator"] and not row["weight"]:
            yield Fault(
                file,
                line,
                "weight",
                "It has a numerator but nothing that it is out of.",
                "Name the count it is out of.",
            )
        for column in REQUIRED:
            if not row[column].strip():
                yield Fault(file, line, column, f'"{row["id"]}" has no {column}.', "Fill it in.")
        if not row["decimals"].isdigit():
            yield Fault(file, line, "decimals", f'"{row["decimals"]}" is not a whole number.', "Give 0, 1 or 2.")
        whole = row["part_of"].partition(":")[0]
        if whole and whole not in ids and number(whole) is None:
            yield Fault(
                file, line, "part_of", f'There is no whole "{whole}".', "Give <indicator>:<group> or 100:<group>."
            )


def check_aliases(contents: Contents) -> Iterator[Fault]:
    """Yield the faults of `aliases.csv`: unknown areas, and the same line twice."""
    file, seen = contents.file("aliases"), set()
    for line, row in contents.tables["aliases"]:
        if row["code"] not in contents.codes:
            yield Fault(file, line, "code", f'There is no area "{row["code"]}".', _choices(row["code"], contents.codes))
        if (row["alias"], row["code"]) in seen:
            yield Fault(
                file, line, "alias", f'"{row["alias"]}" stands for {row["code"]} already.', "Take one of them out."
            )
        seen.add((row["alias"], row["code"]))
        if not row["alias"].strip():
            yield Fault(
                file, line, "alias", "The alias is empty.", "Give the name that people use, or take the line out."
            )


def check_breaks(contents: Contents) -> Iterator[Fault]:
    """Yield the faults of `breaks.csv`."""
    file = contents.file("breaks")
    for line, row in contents.tables["breaks"]:
        if row["area"] and row["area"] not in contents.codes:
            yield Fault(file, line, "area", f'There is no area "{row["area"]}".', _choices(row["area"], contents.codes))
        if row["indicator"] and row["indicator"] not in contents.indicators:
            advice = _choices(row["indicator"], contents.indicators)
            yield Fault(file, line, "indicator", f'There is no indicator "{row["indicator"]}".', advice)
        if row["kind"] not in ("border", "definition"):
            yield Fault(file, line, "kind", f'"{row["kind"]}" is not a kind of break.', "Give border or definition.")
        years = row["from_year"], row["to_year"]
        if not all(year.isdigit() for year in years) or int(years[0]) >= int(years[1]):
            yield Fault(
                file,
                line,
                "to_year",
                f"{years[0]} to {years[1]} is not a span of years.",
                "Give the year before and after.",
            )


def check_sources(contents: Contents) -> Iterator[Fault]:
    """Yield sources in `datapackage.json` without a name, licence or credit line."""
    for position, source in enumerate(contents.package.descriptor.get("sources", []), start=1):
        for key in ("name", "title", "licence", "credit"):
            if not str(source.get(key) or "").strip():
                name = source.get("name") or f"source {position}"
                yield Fault(
                    "datapackage.json",
                    0,
                    f"sources.{key}",
                    f"{name} has no {key}.",
                    "Say it: the publisher asks for it.",
                )


def _choices(text: str, allowed: object) -> str:
    options = sorted(allowed)  # type: ignore[call-overload]
    near = nearest(text, options)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Give one of: {', '.join(options)}." if len(options) <= 15 else "Give one that exists, or add it."
