"""Check the catalogue of indicators, the aliases and the breaks."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.breaks import break_flaws
from labkit.indicators import choices, indicator_flaws
from labkit.packagechecks.contents import Contents
from labkit.packagechecks.fault import Fault
from labkit.structure.plain import plain_number

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
        for flaw in indicator_flaws(row, themes, ids, line):
            yield Fault.of(file, flaw)
        if row["unit"] and row["unit"] not in units:
            yield Fault(file, line, "unit", f'"{row["unit"]}" is not a unit.', choices(row["unit"], units))
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
        whole = row["part_of"].partition(":")[0]
        if whole and whole not in ids and plain_number(whole) is None:
            yield Fault(
                file, line, "part_of", f'There is no whole "{whole}".', "Give <indicator>:<group> or 100:<group>."
            )


def check_aliases(contents: Contents) -> Iterator[Fault]:
    """Yield the faults of `aliases.csv`: unknown areas, and the same line twice."""
    file, seen = contents.file("aliases"), set()
    for line, row in contents.tables["aliases"]:
        if row["code"] not in contents.codes:
            yield Fault(file, line, "code", f'There is no area "{row["code"]}".', choices(row["code"], contents.codes))
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
            yield Fault(file, line, "area", f'There is no area "{row["area"]}".', choices(row["area"], contents.codes))
        if row["indicator"] and row["indicator"] not in contents.indicators:
            advice = choices(row["indicator"], contents.indicators)
            yield Fault(file, line, "indicator", f'There is no indicator "{row["indicator"]}".', advice)
        for flaw in break_flaws(row, line):
            yield Fault.of(file, flaw)
