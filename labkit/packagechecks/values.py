"""Check each figure by itself: that it speaks of something known, and that its value is possible."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.names import nearest
from labkit.packagechecks.contents import Contents, Row
from labkit.packagechecks.fault import Fault
from labkit.structure.plain import plain_number, plain_year


def check_values(contents: Contents) -> Iterator[Fault]:
    """Yield the faults of single lines in `figures.csv`, and figures that stand there twice."""
    statuses = {one["id"]: bool(one["has_value"]) for one in contents.package.settings["statuses"]}
    file, indicators, codes, sources = contents.file("figures"), contents.indicators, contents.codes, contents.sources
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in contents.tables["figures"]:
        key = (row["indicator"], row["area"], row["year"])
        if key in seen:
            same = f"{row['indicator']} of {row['area']} in {row['year']} stands in line {seen[key]} already."
            yield Fault(file, line, "area", same, "Keep the right one.")
        seen.setdefault(key, line)
        for column, known in (("area", codes), ("indicator", indicators), ("source", sources), ("status", statuses)):
            if row[column] not in known:
                yield _unknown(file, line, column, row[column], known)
        if plain_year(row["year"]) is None:
            yield Fault(
                file, line, "year", f'"{row["year"]}" is not a year.', "Give the four digits of a year, such as 2023."
            )
        if row["status"] in statuses:
            yield from _check_value(file, (line, row), statuses[row["status"]])
        if row["indicator"] in indicators:
            yield from _check_range(file, (line, row), indicators[row["indicator"]])


def _unknown(file: str, line: int, column: str, text: str, known: object) -> Fault:
    if not text.strip():
        return Fault(file, line, column, f"The {column} is missing.", "Every figure has one: fill it in.")
    near = nearest(text, known)  # type: ignore[arg-type]
    where = "datapackage.json" if column in ("source", "status") else "the package"
    advice = f"Did you mean {near[0]}?" if near else f"Add it to {where}, or correct it."
    return Fault(file, line, column, f'There is no {column} "{text}".', advice)


def _check_value(file: str, numbered: Row, has_value: bool) -> Iterator[Fault]:
    """Yield a value where the status says none, and the other way round; and values that are no numbers."""
    line, row = numbered
    value, status = row["value"], row["status"]
    if has_value and value == "":
        message = f'The status "{status}" promises a value, but there is none.'
        yield Fault(file, line, "value", message, "Give the value, or the status that says why there is none.")
    elif not has_value and value != "":
        message = f'There is a value ({value}) where the status "{status}" says that there is none.'
        yield Fault(file, line, "value", message, "Take the value out, or correct the status.")
    elif has_value and plain_number(value) is None:
        yield Fault(
            file, line, "value", f'"{value}" is not a number.', "Write it with a point for the decimals, and no unit."
        )
    step = plain_number(row["step"]) if row["step"] else 0.0
    if step is None or step < 0:
        yield Fault(
            file, line, "step", f'"{row["step"]}" is not a rounding step.', "Give 1, 5, 0.1 and the like, or nothing."
        )
    elif has_value and step and (found := plain_number(value)) is not None and status != "derived":
        steps = found / step
        if abs(steps - round(steps)) > 1e-6:
            message = f"{value} is not a multiple of its rounding step {row['step']}."
            yield Fault(file, line, "step", message, "Correct the value or the step.")


def _check_range(file: str, numbered: Row, indicator: dict[str, str]) -> Iterator[Fault]:
    """Yield shares outside 0-100, and counts, rates and distances below 0."""
    line, row = numbered
    value = plain_number(row["value"]) if row["value"] else None
    if value is None:
        return
    if indicator["kind"] == "share" and not 0 <= value <= 100:
        yield Fault(
            file,
            line,
            "value",
            f"{row['indicator']} is a share, and {row['value']} is not between 0 and 100.",
            "Correct it.",
        )
    elif indicator["kind"] in ("count", "rate", "distance") and value < 0:
        yield Fault(
            file,
            line,
            "value",
            f"{row['indicator']} is a {indicator['kind']} and cannot be {row['value']}.",
            "Correct it.",
        )
