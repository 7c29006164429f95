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
from labkit.names import fold, nearest
from labkit.saving import save_text

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
AREA_PROPERTIES = ("code", "name", "parent", "border_year", "border_source")
SETTINGS = ("title", "home", "levels", "default_level", "themes", "units", "statuses")

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
            has = ", ".join(self.resources)
            raise PackageError(f'{self.path / DESCRIPTOR} names no resource "{resource}". It has: {has}.')
        path = self.path / str(self.resources[resource]["path"])
        if not path.resolve().is_relative_to(self.path.resolve()):
            raise PackageError(
                f'{self.path / DESCRIPTOR}: resource "{resource}" lies outside the package ({path}). '
                "Give a path inside the package's folder."
            )
        return path

    def features(self, resource: str) -> list[dict[str, Any]]:
        """Return the GeoJSON features of one level's areas, in the order of the file."""
        path = self.file(resource)
        data = _read_json(path)
        if not isinstance(data, dict) or not isinstance(data.get("features"), list):
            raise PackageError(f"{path}: this is not a GeoJSON FeatureCollection. Save it as one.")
        features: list[dict[str, Any]] = data["features"]
        for position, feature in enumerate(features, start=1):
            properties = feature.get("properties") or {}
            missing = [name for name in AREA_PROPERTIES if name not in properties]
            if missing:
                raise PackageError(f'{path}: area {position} has no property "{missing[0]}". Add it.')
        return features

    def rows(self, resource: str) -> list[dict[str, str]]:
        """Return a small table as one dict of texts a row."""
        return [row for _, row in self.numbered_rows(resource)]

    def numbered_rows(self, resource: str) -> list[tuple[int, dict[str, str]]]:
        """Return a table's rows, each with its line in the file (the head is line 1)."""
        path = self.file(resource)
        text = read_text(path)
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = []
        try:
            _demand_columns(path, resource, reader.fieldnames or ())
            for row in reader:
                if None in row or None in row.values():
                    raise PackageError(
                        f"{path}, line {reader.line_num}: this row has "
                        f"{'too many' if None in row else 'too few'} fields; the head has "
                        f"{len(reader.fieldnames or ())}. Check the commas and quotes."
                    )
                rows.append((reader.line_num, row))
        except csv.Error as error:
            raise PackageError(f"{path}, line {reader.line_num}: {error}. Check the quotes in this line.") from error
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
    file = path / DESCRIPTOR
    descriptor = _read_json(file)
    if not isinstance(descriptor, dict):
        raise PackageError(f"{file}: this is not a description of a data package, which is a JSON object.")
    if not isinstance(descriptor.get("resources"), list):
        raise PackageError(f'{file}: "resources" is missing. It lists the package\'s files.')
    if not isinstance(descriptor.get("labkit"), dict):
        raise PackageError(f'{file}: the block "labkit" is missing. It says the city\'s levels, themes and units.')
    for position, resource in enumerate(descriptor["resources"], start=1):
        if not isinstance(resource, dict) or not {"name", "path"} <= resource.keys():
            raise PackageError(f'{file}: resource {position} needs a "name" and a "path".')
    missing = [name for name in SETTINGS if name not in descriptor["labkit"]]
    if missing:
        raise PackageError(f'{file}: the block "labkit" has no "{missing[0]}". Add it.')
    return Package(path, descriptor)


def find_package(name_or_path: str | Path) -> Path:
    """Return the folder of a city package, by its path or by the name of a city that comes with labkit.

    Examples
    --------
    >>> find_package("Leiden").name
    'leiden'
    """
    path = Path(name_or_path)
    if path.name == DESCRIPTOR and path.is_file():
        return path.parent
    if path.is_dir() and (path / DESCRIPTOR).is_file():
        return path
    known = known_cities()
    by_fold = {fold(name): folder for name, folder in known.items()}
    if fold(str(name_or_path)) in by_fold:
        return by_fold[fold(str(name_or_path))]
    if path.is_dir():
        raise PackageError(f"{path} is no city package: it has no {DESCRIPTOR}.")
    near = nearest(str(name_or_path), known)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise UnknownNameError(
        f'There is no city or folder "{name_or_path}".{hint} labkit comes with: '
        f"{', '.join(known) or 'no city'}; or give the folder of a city package.",
        near,
    )


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
        If the folder exists, or a resource is not named in the descriptor.

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
        raise PackageError(f"{target} exists already. Choose a new folder; a package is never overwritten.")
    if not target.parent.is_dir():
        raise PackageError(f"The folder {target.parent} does not exist. Make it first.")
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


def read_text(path: Path) -> str:
    """Return a file's text; a `PackageError` says what is wrong if it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise _missing(path) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path, error) from error
    except OSError as error:
        raise PackageError(f"{path} cannot be read: {error.strerror}. Check its rights.") from error


def _read_json(path: Path) -> Any:
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{path}, line {error.lineno}, column {error.colno}: this is not valid JSON ({error.msg}). "
            "Look just before that place for a comma, bracket or quote."
        ) from error


def _missing(path: Path) -> PackageError:
    return PackageError(f"{path} is missing from the city package. Put it back, or take it out of {DESCRIPTOR}.")


def _not_utf8(path: Path, error: UnicodeDecodeError) -> PackageError:
    line = error.object[: error.start].count(b"\n") + 1
    return PackageError(f"{path}, line {line}: the file is not in UTF-8. Save it again with the encoding UTF-8.")


def _demand_columns(path: Path, resource: str, columns: Iterable[str]) -> None:
    has = list(columns)
    missing = [name for name in COLUMNS.get(resource, ()) if name not in has]
    if missing:
        near = nearest(missing[0], has)
        hint = f' Is it the one called "{near[0]}"?' if near else ""
        raise PackageError(f'{path}, line 1: the column "{missing[0]}" is missing.{hint} It has: {", ".join(has)}.')


def _geojson(features: Iterable[Mapping[str, Any]]) -> str:
    ordered = sorted(features, key=lambda feature: feature["properties"]["code"])
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in ordered)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], *, ordered: bool) -> str:
    kept = [{name: row.get(name, "") for name in columns} for row in rows]
    if ordered:
        key = ("indicator", "area", "year") if "indicator" in columns else ("id",)
        kept.sort(key=lambda row: tuple(str(row[name]) for name in key))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_text(path, text)
