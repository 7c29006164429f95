"""What the checks look at: the files of a package as they stand, each row with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from labkit.datapackage import COLUMNS, Package
from labkit.errors import PackageError
from labkit.packagechecks.fault import Fault

Row = tuple[int, dict[str, str]]


@dataclass
class Contents:
    """All of a package that could be read.

    Attributes
    ----------
    package : Package
        The package.
    tables : dict
        Resource -> rows, each with its line.
    features : dict
        Level id -> GeoJSON features, in the order of the file.
    unreadable : list of Fault
        Files that could not be read, and why.
    """

    package: Package
    tables: dict[str, list[Row]] = field(default_factory=dict)
    features: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unreadable: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, package: Package) -> Contents:
        """Read everything; a file that cannot be read becomes a fault and leaves its place empty."""
        contents = cls(package)
        for name in COLUMNS:
            try:
                contents.tables[name] = package.numbered_rows(name)
            except PackageError as error:
                contents.tables[name] = []
                contents.unreadable.append(contents._fault(name, error))
        for level in package.settings["levels"]:
            try:
                contents.features[level["id"]] = package.features(level["resource"])
            except PackageError as error:
                contents.features[level["id"]] = []
                contents.unreadable.append(contents._fault(level["resource"], error))
        return contents

    def file(self, resource: str) -> str:
        """Return a resource's file, from the package's folder."""
        return str(self.package.resources.get(resource, {}).get("path", resource))

    def level_file(self, level: str) -> str:
        """Return the file with the areas of a level."""
        return next(self.file(one["resource"]) for one in self.package.settings["levels"] if one["id"] == level)

    @property
    def codes(self) -> set[str]:
        """The codes of all areas."""
        return {code for code, _ in self.areas()}

    def areas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield code and properties of all areas, largest first."""
        for features in self.features.values():
            for feature in features:
                yield feature["properties"]["code"], feature["properties"]

    @property
    def level_of(self) -> dict[str, str]:
        """Code -> level id."""
        return {one["properties"]["code"]: level for level, features in self.features.items() for one in features}

    @property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Indicator id -> its row in the catalogue."""
        return {row["id"]: row for _, row in self.tables["indicators"]}

    @property
    def sources(self) -> set[str]:
        """Ids of the sources."""
        return {str(one.get("name")) for one in self.package.descriptor.get("sources", [])}

    def _fault(self, resource: str, error: PackageError) -> Fault:
        import re

        line = re.search(r"line (\d+)", str(error))
        return Fault(self.file(resource), int(line.group(1)) if line else 0, "", str(error), "")


def number(text: str) -> float | None:
    """Return a text as a finite number, or None if it is not one."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
