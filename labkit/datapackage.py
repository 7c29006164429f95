"""Read and write a city package: the folder with a city's areas, indicators, figures and sources.

The package is a Frictionless Data Package: `datapackage.json` names the files and their columns, and its
block `labkit` says what is a city's own: its levels, themes, units and statuses. Nothing here knows a
particular city. What stands in the files is checked by `labkit.packagechecks`.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from labkit.errors import PackageError, UnknownNameError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest
from labkit.saving import save_text
from labkit.structure.descriptor import descriptor_flaws
from labkit.structure.flaw import Flaw, FlawError
from labkit.structure.outlines import feature_flaws, feature_lines
from labkit.structure.reading import parse_json, read_text

DESCRIPTOR = "datapackage.json"

#: The columns that labkit reads from each table; a package may have more.
COLUMNS: dict[str, tuple[str, ...]] = {
    "figures": ("area", "indicator", "year", "value", "status", "step", "source"),
    "indicators": (
        *("id", "theme", "unit", "kind", "weight", "numerator", "part_of", "decimals", "rounding"),
        *("label_nl", "label_en", "definition_nl", "definition_en", "reference_nl", "reference_en", "source"),
    ),
    "aliases": ("alias", "code", "language", "note_nl", "note_en", "source"),
    "breaks": ("area", "indicator", "from_year", "to_year", "kind", "note_nl", "note_en", "source"),
}
#: What a row of a table must have for its own.
KEYS: dict[str, tuple[str, ...]] = {"figures": ("indicator", "area", "year"), "indicators": ("id",)}

# Cities that come with labkit: in an installed labkit inside it, in a checkout beside it.
_SHELVES = (Path(__file__).parent / "cities", Path(__file__).parent.parent / "data")


@dataclass(frozen=True)
class Package:
    """One city package, as it stands on disk; each file is read when it is first asked for.

    Attributes
    ----------
    path : Path
        The package's folder.
    descriptor : dict
        What `datapackage.json` says.

    Examples
    --------
    >>> leiden = read_package("leiden")
    >>> leiden.settings["home"], len(leiden.features("districts"))
    ('GM0546', 51)
    """

    path: Path
    descriptor: dict[str, Any]

    @property
    def settings(self) -> dict[str, Any]:
        """The descriptor's block `labkit`."""
        block: dict[str, Any] = self.descriptor["labkit"]
        return block

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The descriptor's resources by name."""
        return {resource["name"]: resource for resource in self.descriptor["resources"]}

    def file(self, resource: str) -> Path:
        """Return the path of a resource; a `PackageError` says so if the package does not have it."""
        if resource not in self.resources:
            flaw = Flaw(f'there is no resource "{resource}".', f"There are: {', '.join(self.resources)}.", "resources")
            raise FlawError(self.path / DESCRIPTOR, flaw)
        path = self.path / str(self.resources[resource]["path"])
        try:
            inside = path.resolve().is_relative_to(self.path.resolve())
        except (OSError, RuntimeError):  # a link that leads to itself
            inside = False
        if not inside:
            flaw = Flaw(
                f'resource "{resource}" lies outside the package ({path}).',
                "Give a path inside the package's folder.",
                f"resources[{list(self.resources).index(resource)}].path",
            )
            raise FlawError(self.path / DESCRIPTOR, flaw)
        return path

    def features(self, resource: str) -> list[dict[str, Any]]:
        """Return the GeoJSON features of one level's areas, in the order of the file."""
        return [feature for _, feature in self.numbered_features(resource)]

    def numbered_features(self, resource: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the features of one level's areas, each with its line; the first flaw in one is an error."""
        found = self.raw_features(resource)
        for position, (line, feature) in enumerate(found, start=1):
            for flaw in feature_flaws(feature, position, line):
                raise FlawError(self.file(resource), flaw)
        return found

    def raw_features(self, resource: str) -> list[tuple[int, Any]]:
        """Return what a file of areas lists, in whatever form, each with its line; 0 where lines do not tell."""
        path = self.file(resource)
        text = read_text(path)
        data = parse_json(path, text)
        if not isinstance(data, dict) or not isinstance(data.get("features"), list):
            raise FlawError(path, Flaw("this is not a GeoJSON FeatureCollection.", "Save it as one.", "features"))
        return list(zip(feature_lines(text, data["features"]), data["features"], strict=True))

    def rows(self, resource: str) -> list[dict[str, str]]:
        """Return a small table as one dict of texts a row."""
        return [row for _, row in self.numbered_rows(resource)]

    def numbered_rows(self, resource: str, *, unique: bool = True) -> list[tuple[int, dict[str, str]]]:
        """Return a table's rows, each with its line in the file (the head is line 1).

        A row that stands there twice is an error, as one of the two would win without a word; with
        `unique=False` both are returned.
        """
        path = self.file(resource)
        reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True)
        rows = []
        try:
            _demand_columns(path, resource, reader.fieldnames or ())
            for row in reader:
                if None in row or None in row.values():
                    message = (
                        f"this row has {'too many' if None in row else 'too few'} fields; "
                        f"the head has {len(reader.fieldnames or ())}."
                    )
                    raise FlawError(path, Flaw(message, "Check the commas and quotes.", "", reader.line_num))
                rows.append((reader.line_num, row))
        except csv.Error as error:
            flaw = Flaw(f"{error}.", "Check the quotes in this line.", "", reader.line_num)
            raise FlawError(path, flaw) from error
        if unique and resource in KEYS:
            _demand_unique(path, rows, KEYS[resource])
        return rows


def read_package(name_or_path: str | Path) -> Package:
    """Open a city package.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a city that comes with labkit ("leiden"), or the folder of a package.

    Returns
    -------
    Package
        The package; its files are read on first use.

    Raises
    ------
    PackageError
        If the folder has no readable `datapackage.json`, or that lacks what labkit needs.
    UnknownNameError
        If there is neither such a folder nor such a city.

    Examples
    --------
    >>> read_package("leiden").descriptor["name"]
    'leiden'
    """
    path = find_package(name_or_path)
    descriptor = read_descriptor(path)
    for flaw in descriptor_flaws(descriptor):
        raise FlawError(path / DESCRIPTOR, flaw)
    return Package(path, descriptor)


def read_descriptor(folder: Path) -> Any:
    """Return what `datapackage.json` in a folder says, in whatever form.

    Examples
    --------
    >>> read_descriptor(find_package("leiden"))["name"]
    'leiden'
    """
    file = folder / DESCRIPTOR
    return parse_json(file, read_text(file))


def find_package(name_or_path: str | Path) -> Path:
    """Return the folder of a city package, by its path or by the name of a city that comes with labkit.

    Examples
    --------
    >>> find_package("Leiden").name
    'leiden'
    """
    try:
        path = Path(name_or_path)
        if path.name == DESCRIPTOR and path.is_file():
            return path.parent
        is_folder = path.is_dir()
        if is_folder and (path / DESCRIPTOR).is_file():
            return path
    except (OSError, TypeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise PackageError(
            t(
                "{value} cannot be a city or folder: {reason}. Give the name of a city, or the folder of a city package.",
                value=repr(str(name_or_path)[:60]),
                reason=reason,
            )
        ) from error
    known = known_cities()
    by_fold = {fold(name): folder for name, folder in known.items()}
    if fold(str(name_or_path)) in by_fold:
        return by_fold[fold(str(name_or_path))]
    if is_folder:
        raise PackageError(t("{path} is no city package: it has no {descriptor}.", path=path, descriptor=DESCRIPTOR))
    near = nearest(str(name_or_path), known)
    hint = " " + did_you_mean([f'"{near[0]}"']) if near else ""
    raise UnknownNameError(
        t(
            'There is no city or folder "{name_or_path}".{hint} labkit comes with: {names}; or give the folder of a city package.',
            name_or_path=name_or_path,
            hint=hint,
            names=", ".join(known) or t("no city"),
        ),
        near,
    )


def comes_with_labkit(path: Path) -> bool:
    """Say whether a package is one of the cities that come with labkit.

    Examples
    --------
    >>> comes_with_labkit(read_package("leiden").path)
    True
    """
    return any(path.resolve().is_relative_to(shelf.resolve()) for shelf in _SHELVES)


def known_cities() -> dict[str, Path]:
    """Return the cities that come with labkit: name -> folder.

    Examples
    --------
    >>> sorted(known_cities())
    ['leiden']
    """
    found: dict[str, Path] = {}
    for shelf in _SHELVES:
        for descriptor in sorted(shelf.glob(f"*/{DESCRIPTOR}")):
            found.setdefault(descriptor.parent.name, descriptor.parent)
    return found


def write_package(
    folder: str | Path,
    descriptor: Mapping[str, Any],
    areas: Mapping[str, Iterable[Mapping[str, Any]]],
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
) -> Path:
    """Write a city package in the form that git can compare: sorted, one area or figure a line.

    The folder appears whole or not at all; an existing one is never overwritten.

    Parameters
    ----------
    folder : str or Path
        A folder that does not exist yet.
    descriptor : mapping
        The contents of `datapackage.json`.
    areas : mapping
        Resource name -> GeoJSON features.
    tables : mapping
        Resource name ("figures", "indicators", "aliases", "breaks") -> rows.

    Returns
    -------
    Path
        The new folder.

    Raises
    ------
    PackageError
        If the folder exists, or the descriptor is not one of a city package, or does not name a resource.

    Examples
    --------
    >>> leiden = read_package("leiden")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     copy = write_package(
    ...         Path(place) / "copy",
    ...         leiden.descriptor,
    ...         {level["resource"]: leiden.features(level["resource"]) for level in leiden.settings["levels"]},
    ...         {name: leiden.rows(name) for name in COLUMNS},
    ...     )
    ...     len(read_package(copy).rows("figures")) == len(leiden.rows("figures"))
    True
    """
    target = Path(folder)
    if target.exists():
        raise PackageError(
            t("{target} exists already. Choose a new folder; a package is never overwritten.", target=target)
        )
    if not target.parent.is_dir():
        raise PackageError(t("The folder {parent} does not exist. Make it first.", parent=target.parent))
    for flaw in descriptor_flaws(dict(descriptor)):
        raise FlawError(target / DESCRIPTOR, flaw)
    draft = Package(Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.")), dict(descriptor))
    try:
        for name, features in areas.items():
            _write(draft.file(name), _geojson(features))
        for name, rows in tables.items():
            _write(draft.file(name), _csv(COLUMNS[name], rows, ordered=name in ("figures", "indicators")))
        _write(draft.path / DESCRIPTOR, json.dumps(dict(descriptor), ensure_ascii=False, indent=2) + "\n")
        draft.path.chmod(0o755)
        draft.path.rename(target)
    except BaseException:
        shutil.rmtree(draft.path, ignore_errors=True)
        raise
    return target


def _demand_unique(path: Path, rows: Iterable[tuple[int, dict[str, str]]], key: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        own = tuple(row[name] for name in key)
        first = seen.setdefault(own, line)
        if first != line:
            message = f"{', '.join(own)} stands in line {first} already."
            raise FlawError(path, Flaw(message, "Keep the right one.", "", line))


def _demand_columns(path: Path, resource: str, columns: Iterable[str]) -> None:
    has = list(columns)
    twice = [name for name in has if has.count(name) > 1]
    if twice:
        raise FlawError(path, Flaw(f'the column "{twice[0]}" stands there twice.', "Keep one.", "", 1))
    missing = [name for name in COLUMNS.get(resource, ()) if name not in has]
    if missing:
        near = nearest(missing[0], has)
        advice = f'Is it the one called "{near[0]}"?' if near else "Add it."
        message = f'the column "{missing[0]}" is missing; there are: {", ".join(has)}.'
        raise FlawError(path, Flaw(message, advice, "", 1))


def _geojson(features: Iterable[Mapping[str, Any]]) -> str:
    ordered = sorted(features, key=lambda feature: feature["properties"]["code"])
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in ordered)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], *, ordered: bool) -> str:
    given = list(rows)
    more = [name for name in dict.fromkeys(name for row in given for name in row) if name not in columns]
    head = [*columns, *more]
    kept = [{name: row.get(name, "") for name in head} for row in given]
    if ordered:
        key = ("indicator", "area", "year") if "indicator" in columns else ("id",)
        kept.sort(key=lambda row: tuple(str(row[name]) for name in key))
    out = io.StringIO()
    writer = csv.DictWriter(out, head, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_text(path, text)
