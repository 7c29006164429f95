"""Check that parts add up to their whole, as far as rounding allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from labkit.breaks import break_flaws
from labkit.packagechecks.contents import Contents
from labkit.packagechecks.fault import Fault
from labkit.structure.plain import plain_number, plain_year


@dataclass(frozen=True)
class _Value:
    line: int
    value: float
    step: float


def check_parts(contents: Contents) -> Iterator[Fault]:
    """Yield wholes that differ from the sum of their parts by more than rounding.

    Each part and the whole may be off by one rounding step. A share that was computed from rounded counts
    may be off by what one step of the count means as a share of its own whole.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, row in contents.indicators.items():
        whole, _, group = row["part_of"].partition(":")
        if whole:
            groups[whole, group].append(name)
    values = _values(contents)
    for (whole, group), parts in groups.items():
        for area, year in sorted({(a, y) for name, a, y in values if name in parts}):
            found = [values[name, area, year] for name in parts if (name, area, year) in values]
            if len(found) < len(parts):
                continue  # a part without a value says nothing of the sum
            total = _whole(values, whole, area, year)
            if total is None:
                continue
            slack = _slack(contents, values, parts, area, year) + total.step + sum(one.step for one in found)
            difference = sum(one.value for one in found) - total.value
            if abs(difference) > slack + 1e-6:
                message = (
                    f"The parts by {group} ({', '.join(parts)}) of {area} in {year} add up to "
                    f"{total.value + difference:g}; the whole ({whole}) is {total.value:g}, and rounding explains at most {slack:g}."
                )
                yield Fault(
                    contents.file("figures"), found[0].line, "value", message, "Look the figures up at their source."
                )


def check_sums(contents: Contents) -> Iterator[Fault]:
    """Yield counts of areas whose children add up to something else than rounding explains, as a warning.

    Only where every child has a figure, and no border was redrawn between the children's outline and the year.
    """
    children: dict[str, list[str]] = defaultdict(list)
    for code, properties in contents.areas():
        if properties["parent"]:
            children[properties["parent"]].append(code)
    redrawn = _redrawn(contents)
    values = _values(contents)
    counts = [name for name, row in contents.indicators.items() if row["kind"] == "count"]
    for (name, area, year), whole in values.items():
        if name not in counts or area not in children:
            continue
        found = [values.get((name, child, year)) for child in children[area]]
        known = [one for one in found if one is not None]
        if len(known) < len(found) or any((child, year) in redrawn for child in children[area]):
            continue
        slack = whole.step + sum(one.step for one in known)
        difference = sum(one.value for one in known) - whole.value
        if abs(difference) > slack:
            message = (
                f"The {len(known)} parts of {area} have {whole.value + difference:g} {name} in {year}; "
                f"{area} itself has {whole.value:g}, and rounding explains at most {slack:g}."
            )
            advice = "Perhaps one of the two is of another release; look them up at their source."
            yield Fault(contents.file("figures"), whole.line, "value", message, advice, "warning")


def _values(contents: Contents) -> dict[tuple[str, str, str], _Value]:
    found = {}
    for line, row in contents.tables["figures"]:
        value = plain_number(row["value"]) if row["value"] else None
        if value is not None:
            step = plain_number(row["step"]) or 0.0 if row["step"] else 0.0
            found[row["indicator"], row["area"], row["year"]] = _Value(line, value, step)
    return found


def _whole(values: dict[tuple[str, str, str], _Value], whole: str, area: str, year: str) -> _Value | None:
    constant = plain_number(whole)
    return values.get((whole, area, year)) if constant is None else _Value(0, constant, 0.0)


def _slack(
    contents: Contents, values: dict[tuple[str, str, str], _Value], parts: list[str], area: str, year: str
) -> float:
    """Return what the rounding of the counts behind shares can make of their sum."""
    slack = 0.0
    for name in parts:
        row = contents.indicators[name]
        base = values.get((row["weight"], area, year)) if row["kind"] == "share" and row["weight"] else None
        if base is not None and base.step > 1 and base.value > 0:
            # Each part and the whole may be one step off.
            slack += 100 * base.step / base.value * (1 + 1 / len(parts))
    return slack


def _redrawn(contents: Contents) -> set[tuple[str, str]]:
    """Return the (area, year) pairs in which an area is not the one whose outline the package holds."""
    border_year = {code: properties["border_year"] for code, properties in contents.areas()}
    years = {plain_year(row["year"]) for _, row in contents.tables["figures"]} - {None}
    return {
        (row["area"], str(year))
        for line, row in contents.tables["breaks"]
        if row["kind"] == "border" and row["area"] in border_year and not list(break_flaws(row, line))
        for year in years
        if year is not None
        and min(border_year[row["area"]], year) <= int(row["from_year"])
        and max(border_year[row["area"]], year) >= int(row["to_year"])
    }
