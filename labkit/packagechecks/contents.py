"""What the checks look at: the files of a package as they stand, each row with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from labkit.datapackage import COLUMNS, Package
from labkit.packagechecks.fault import Fault
from labkit.structure.flaw import FlawError
from labkit.structure.outlines import feature_flaws

Row = tuple[int, dict[str, str]]
#: An area of the right form: its line, and its GeoJSON feature.
Placed = tuple[int, dict[str, Any]]


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
        Level id -> areas whose properties have the right form, in the order of the file; an outline that has
        not is None.
    codes : set of str
        The codes of all areas, also of those with a fault of their own.
    unreadable : list of Fault
        Files and areas that could not be read, and why.
    """

    package: Package
    tables: dict[str, list[Row]] = field(default_factory=dict)
    features: dict[str, list[Placed]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    unreadable: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, package: Package) -> Contents:
        """Read everything; a file that cannot be read becomes a fault and leaves its place empty."""
        contents = cls(package)
        for name in COLUMNS:
            try:
                contents.tables[name] = package.numbered_rows(name, unique=False)
            except FlawError as error:
                contents.tables[name] = []
                contents.unreadable.append(contents._fault(error))
        for level in package.settings["levels"]:
            contents.features[level["id"]] = contents._areas(level["resource"])
        return contents

    def _areas(self, resource: str) -> list[Placed]:
        try:
            found = self.package.raw_features(resource)
        except FlawError as error:
            self.unreadable.append(self._fault(error))
            return []
        sound = []
        for position, (line, feature) in enumerate(found, start=1):
            flaws = list(feature_flaws(feature, position, line))
            self.unreadable += (Fault.of(self.file(resource), flaw) for flaw in flaws)
            places = {flaw.place for flaw in flaws}
            if not places & {"properties", "code"}:
                self.codes.add(feature["properties"]["code"])
            if places <= {"geometry"}:
                sound.append((line, feature if not places else {**feature, "geometry": None}))
        return sound

    def _fault(self, error: FlawError) -> Fault:
        return Fault.of(error.path.relative_to(self.package.path).as_posix(), error.flaw)

    def file(self, resource: str) -> str:
        """Return a resource's file, from the package's folder."""
        return str(self.package.resources.get(resource, {}).get("path", resource))

    def level_file(self, level: str) -> str:
        """Return the file with the areas of a level."""
        return next(self.file(one["resource"]) for one in self.package.settings["levels"] if one["id"] == level)

    def areas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield code and properties of all areas, largest first."""
        for features in self.features.values():
            for _, feature in features:
                yield feature["properties"]["code"], feature["properties"]

    @property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Indicator id -> its row in the catalogue."""
        return {row["id"]: row for _, row in self.tables["indicators"]}

    @property
    def sources(self) -> set[str]:
        """Ids of the sources."""
        return {str(one.get("name")) for one in self.package.descriptor.get("sources", [])}
