"""Areas of a city: their levels, names, codes and outlines, and how one finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from labkit.area import WGS84, Area, Level
from labkit.breaks import Break, Breaks
from labkit.errors import AmbiguousNameError, UnknownNameError, WrongUseError
from labkit.language import did_you_mean, t
from labkit.names import fold, nearest
from labkit.structure.flaw import FlawError
from labkit.structure.outlines import relation_flaws
from labkit.texts import Text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from labkit.datapackage import Package


class Areas:
    """All areas of a city package.

    Examples
    --------
    >>> import labkit as lk
    >>> areas = lk.open_city("leiden").areas
    >>> areas.find("merenwijk").name
    'Merenwijkdistrict'
    >>> [area.name for area in areas.find("Leiden-Noord").children]
    ['Groenoord', 'Noorderkwartier', 'De Kooi']
    >>> len(areas.of_level("neighbourhood"))
    54
    """

    def __init__(
        self, levels: Iterable[Level], areas: Iterable[Area], aliases: Mapping[str, Mapping[str, Text]], breaks: Breaks
    ) -> None:
        self.levels = list(levels)
        self.breaks = breaks
        self._areas = {area.code: area for area in areas}
        self._aliases = {alias: dict(codes) for alias, codes in aliases.items()}
        self._by_name: dict[str, list[Area]] = {}
        for area in self._areas.values():
            self._by_name.setdefault(fold(area.name), []).append(area)
        self._by_alias: dict[str, list[Area]] = {}
        for alias, codes in self._aliases.items():
            self._by_alias.setdefault(fold(alias), []).extend(
                self._areas[code] for code in codes if code in self._areas
            )

    @classmethod
    def read(cls, package: Package) -> Areas:
        """Read all areas of a package; a `PackageError` says where a parent, code or outline is wrong."""
        levels = [
            Level(
                item["id"],
                item["resource"],
                depth,
                Text.of(item),
                Text(nl=item["nl_plural"], en=item["en_plural"]),
            )
            for depth, item in enumerate(package.settings["levels"])
        ]
        areas: dict[str, Area] = {}
        seen: dict[str, str] = {}
        above: set[str] = set()
        for level in levels:
            path = package.file(level.resource)
            names = [one.id for one in levels[max(level.depth - 1, 0) : level.depth + 1]]
            for line, feature in package.numbered_features(level.resource):
                properties = feature["properties"]
                for flaw in relation_flaws(properties, line, names, above, seen):
                    raise FlawError(path, flaw)
                code, parent = properties["code"], areas.get(properties["parent"])
                area = Area(
                    code,
                    properties["name"],
                    level.id,
                    properties["border_year"],
                    properties["border_source"],
                    feature["geometry"],
                    parent,
                )
                if parent is not None:
                    parent.children.append(area)
                areas[code], seen[code] = area, f"{path.name}, line {line}" if line else path.name
            above = {code for code, area in areas.items() if area.level == level.id}
        aliases: dict[str, dict[str, Text]] = {}
        for row in package.rows("aliases"):
            aliases.setdefault(row["alias"], {})[row["code"]] = Text.of(row, "note")
        return cls(levels, areas.values(), aliases, Breaks.read(package))

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def __len__(self) -> int:
        return len(self._areas)

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    def __getitem__(self, code: str) -> Area:
        """Return the area with this code; `find` also takes names."""
        if not isinstance(code, str) or code not in self._areas:
            raise self._unknown(str(code))
        return self._areas[code]

    def level(self, text: str) -> Level:
        """Return a level by its id or its name in Dutch or English, singular or plural.

        Raises
        ------
        UnknownNameError
            If the city has no such level; the text names those that it has.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").areas.level("buurten").id
        'neighbourhood'
        """
        for level in self.levels:
            if text == level.id:
                return level  # asked for thousands of times; folding names takes longer
        wanted = fold(str(text))
        for level in self.levels:
            names = (
                level.id,
                level.resource,
                level.singular.nl,
                level.singular.en,
                level.plurals.nl,
                level.plurals.en,
            )
            if wanted in map(fold, names):
                return level
        has = [level.id for level in self.levels]
        raise UnknownNameError(
            t('There is no level "{given}". This city has: {names}.', given=text, names=", ".join(has)),
            nearest(str(text), has),
        )

    def of_level(self, level: str, within: str | Area | None = None) -> list[Area]:
        """Return the areas of a level, by code; with `within`, only those inside that area.

        Parameters
        ----------
        level : str
            Id or name of a level.
        within : str or Area, optional
            An area in which they must lie.

        Returns
        -------
        list of Area
            Sorted by code; empty if the package has none there.
        """
        wanted = self.level(level).id
        inside = None if within is None else self.find(within)
        found = (
            area for area in self._areas.values() if area.level == wanted and (inside is None or area.is_within(inside))
        )
        return sorted(found, key=lambda area: area.code)

    def find(self, text: str | Area, level: str | None = None) -> Area:
        """Return the area that a text means: a code, a name, or another name that people use for it.

        Case, accents, hyphens and apostrophes make no difference; the word for the level may stand
        before or after the name ("district Stevenshof", "buurt De Kooi").

        Parameters
        ----------
        text : str or Area
            What it is called.
        level : str, optional
            Look on this level only.

        Returns
        -------
        Area
            The one that fits.

        Raises
        ------
        UnknownNameError
            If nothing fits; the nearest names are suggested.
        AmbiguousNameError
            If several areas fit; all of them are named with their codes.

        Examples
        --------
        >>> import labkit as lk
        >>> areas = lk.open_city("leiden").areas
        >>> areas.find("WK054609") is areas.find("stevenshof district")
        True
        >>> areas.find("Merenwijck")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        labkit.errors.UnknownNameError: There is no area "Merenwijck". Did you mean Merenwijkdistrict (district)...
        """
        if isinstance(text, Area):
            return self._areas.get(text.code, text)  # the same area of a city that was opened twice is ours
        if not isinstance(text, str) or not fold(text):
            first = next(iter(self)).name
            message = t(
                "Give the name or code of an area, such as {first}; not {given}.", first=repr(first), given=repr(text)
            )
            raise UnknownNameError(message)
        for code in (text.strip(), text.strip().upper()):
            if code in self._areas:
                return self._areas[code]
        wanted = None if level is None else self.level(level).id
        for name, named_level in self._readings(fold(text)):
            for names in (self._by_name, self._by_alias):
                fits = [area for area in names.get(name, []) if {wanted, named_level} <= {None, area.level}]
                fits = list(dict.fromkeys(fits))
                if len(fits) == 1:
                    return fits[0]
                if fits:
                    raise self._ambiguous(text, fits)
        raise self._unknown(text, wanted)

    def names(self, area: Area, *, shared: bool = False) -> list[str]:
        """Return the other names that people use for this area alone, or also those that it shares with others."""
        return [alias for alias, codes in self._aliases.items() if area.code in codes and (shared or len(codes) == 1)]

    def break_for_border(self, area: Area, year: int) -> Break | None:
        """Return the break between this area's outline and a year: a figure of that year may not be drawn on it."""
        found = self.breaks.between(area.border_year, year, area=area.code)
        return found if found is not None and found.kind == "border" else None

    def comparable(self, area: str | Area, year_a: int, year_b: int) -> Break | None:
        """Return what keeps two years of an area from being compared, or None if they can be."""
        return self.breaks.between(year_a, year_b, area=self.find(area).code)

    def outlines(self, level: str, within: str | Area | None = None) -> dict[str, Any]:
        """Return outlines as a GeoJSON FeatureCollection, a plain dict in longitude/latitude (WGS84)."""
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": area.code,
                    "properties": {"code": area.code, "name": area.name},
                    "geometry": area.geometry,
                }
                for area in self.of_level(level, within)
            ],
        }

    def borders(self, level: str, within: str | Area | None = None, crs: int | str = WGS84) -> gpd.GeoDataFrame:
        """Return outlines as a GeoDataFrame.

        They are drawn for the screen: do not measure with them, and do not present them as official borders.

        Parameters
        ----------
        level : str
            Id or name of a level.
        within : str or Area, optional
            Only the areas inside this one.
        crs : int or str
            Coordinate system: 4326 (WGS84 degrees, the default), 28992 (RD New metres), or any other that
            pyproj knows.

        Returns
        -------
        GeoDataFrame
            One row an area: code, name, level, parent (code), border_year, geometry.

        Examples
        --------
        >>> import labkit as lk
        >>> areas = lk.open_city("leiden").areas
        >>> rd = areas.borders("district", within="Leiden", crs=28992)
        >>> len(rd), rd.crs.to_epsg()
        (10, 28992)
        """
        import geopandas as gpd
        from shapely.geometry import shape

        areas = self.of_level(level, within)
        columns: dict[str, list[Any]] = {
            "code": [area.code for area in areas],
            "name": [area.name for area in areas],
            "level": [area.level for area in areas],
            "parent": [area.parent.code if area.parent else None for area in areas],
            "border_year": [area.border_year for area in areas],
        }
        table = gpd.GeoDataFrame(columns, geometry=[shape(area.geometry) for area in areas], crs=WGS84)
        if crs == WGS84:
            return table
        from pyproj.exceptions import CRSError

        try:
            return table.to_crs(crs)
        except CRSError as error:
            raise WrongUseError(
                t("There is no coordinate system {crs}. Give 4326 for degrees or 28992 for RD New.", crs=repr(crs))
            ) from error

    def locate(self, points: Any, crs: int | str | None = None) -> pd.DataFrame | pd.Series[Any]:
        """Say in which areas points lie: see `labkit.locating.locate`."""
        from labkit.locating import locate

        return locate(self, points, crs)

    def _readings(self, name: str) -> list[tuple[str, str | None]]:
        """Return the ways to read a folded name: as it is, and without a word for a level."""
        readings: list[tuple[str, str | None]] = [(name, None)]
        for level in self.levels:
            for word in {fold(level.singular.nl), fold(level.singular.en)}:
                if name.startswith(f"{word} "):
                    readings.append((name.removeprefix(f"{word} "), level.id))
                if name.endswith(f" {word}"):
                    readings.append((name.removesuffix(f" {word}"), level.id))
        return readings

    def _ambiguous(self, text: str, fits: list[Area]) -> AmbiguousNameError:
        options = "; ".join(f"{area.name} ({area.level}, {area.code})" for area in fits)
        notes = {
            note
            for alias, codes in self._aliases.items()
            if fold(alias) == fold(text)
            for note in map(Text.__call__, codes.values())
        }
        note = "".join(f" {one}" for one in sorted(notes - {""}))
        return AmbiguousNameError(
            t(
                '"{given}" fits {total} areas: {options}. Use one of these names or codes.{note}',
                given=text,
                total=len(fits),
                options=options,
                note=note,
            ),
            [area.code for area in fits],
        )

    def _unknown(self, text: str, level: str | None = None) -> UnknownNameError:
        owners: dict[str, Area] = {}
        for area in self:
            if level in (None, area.level):
                owners.setdefault(area.name, area)
                for alias in self.names(area):
                    owners.setdefault(alias, area)
        near = list(dict.fromkeys(owners[name] for name in nearest(text, owners, most=5)))[:3]
        where = " " + t("on the level {level}", level=level) if level else ""
        if near:
            hint = did_you_mean([f"{area.name} ({area.level})" for area in near])
        else:
            hint = t("Print city.areas.table for all names and codes.")
        return UnknownNameError(
            t('There is no area "{given}"{where}. {hint}', given=text, where=where, hint=hint),
            [area.name for area in near],
        )

    @property
    def table(self) -> pd.DataFrame:
        """All areas as a DataFrame: code, name, level, parent (code), also_called."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "code": area.code,
                    "name": area.name,
                    "level": area.level,
                    "parent": area.parent.code if area.parent else None,
                    "also_called": ", ".join(self.names(area)),
                }
                for area in self
            ]
        )

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.of_level(level.id))} {level.plural('en')}" for level in self.levels)
        return f"<Areas: {counts}>"

    def _repr_html_(self) -> str:
        return str(self.table.to_html(index=False, na_rep=""))
