"""Figures: for one indicator, one area and one year a value, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from labkit.area import Area
from labkit.areas import Areas
from labkit.asked import nothing_there, several, tell_missing, whole_year
from labkit.combining import Combined, apart, combine, per_1000
from labkit.derived import derive, widen
from labkit.errors import NoFiguresError, PackageError
from labkit.figure import Figure, read_figure
from labkit.indicators import Indicators
from labkit.language import t
from labkit.statuses import NOT_HELD, Status, read_statuses
from labkit.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.datapackage import Package

COLUMNS = ("area", "name", "level", "indicator", "year", "value", "unit", "status", "source")


class Figures:
    """All figures of a city; call it to select some as a tidy DataFrame.

    Examples
    --------
    >>> import labkit as lk
    >>> figures = lk.open_city("leiden").figures
    >>> table = figures("lonely", level="district", year=2020)
    >>> len(table), list(table.columns)[:4]
    (10, ['area', 'name', 'level', 'indicator'])
    >>> figures.years("lonely", "neighbourhood")
    [2012, 2016, 2020]
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        areas: Areas,
        indicators: Indicators,
        statuses: Mapping[str, Status],
        bands: Mapping[str, Any] | None = None,
    ) -> None:
        self.areas = areas
        self.indicators = indicators
        self.statuses = dict(statuses)
        self.bands = dict(bands or {})
        self._figures = {(one.indicator, one.area, one.year): one for one in figures}
        self._series: dict[tuple[str, str], dict[int, list[Figure]]] = {}
        for one in self._figures.values():
            by_year = self._series.setdefault((one.indicator, areas[one.area].level), {})
            by_year.setdefault(one.year, []).append(one)

    @classmethod
    def read(cls, package: Package, areas: Areas, indicators: Indicators) -> Figures:
        """Read all figures of a package, and derive the shares and rates that follow from its counts."""
        statuses = read_statuses(package.settings["statuses"])
        rules = package.settings.get("bands", {})
        path = package.file("figures")
        figures = []
        for line, row in package.numbered_rows("figures"):
            try:
                figures.append(read_figure(row, indicators, statuses, rules))
            except (KeyError, ValueError):
                raise PackageError(
                    t(
                        '{path}, line {line}: this is not a figure that can be read ({names}). "labkit data check {path_2}" says what is wrong with it.',
                        path=path,
                        line=line,
                        names=",".join(row.values()),
                        path_2=package.path,
                    )
                ) from None
            if row["area"] not in areas:
                raise PackageError(
                    t(
                        '{path}, line {line}: there is no area with the code "{row}". "labkit data check {path_2}" lists every fault.',
                        path=path,
                        line=line,
                        row=row["area"],
                        path_2=package.path,
                    )
                )
        figures = widen(figures, indicators)
        figures += derive(figures, indicators, statuses["derived"])
        return cls(figures, areas, indicators, statuses, rules)

    def __len__(self) -> int:
        return len(self._figures)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    @property
    def published(self) -> int:
        """How many of them a publisher gave; the others were derived from these."""
        return sum(one.status != "derived" or one.step != 0 for one in self)

    def __call__(
        self,
        indicator: str | Iterable[str] | None = None,
        level: str | None = None,
        year: int | Iterable[int] | None = None,
        theme: str | None = None,
        area: str | Area | Iterable[str | Area] | None = None,
    ) -> pd.DataFrame:
        """Select figures as a tidy table, one figure a row.

        Everything that the package holds is searched, so a level has its areas in all municipalities;
        give `area="Leiden"` with `level="district"` for those inside one.

        Parameters
        ----------
        indicator : str or list of str, optional
            Ids of indicators.
        level : str, optional
            A level, such as "district".
        year : int or list of int, optional
            Years of the publisher's table.
        theme : str, optional
            A theme, such as "health".
        area : str, Area or list of these, optional
            Areas by name or code. With `level`, the areas of that level inside them.

        Returns
        -------
        DataFrame
            Columns area (code), name, level, indicator, year, value (in `unit`; NaN if there is none),
            unit, status (why), source. Sorted by indicator, year and area.

        Raises
        ------
        NoFiguresError
            If nothing fits; the text names the levels and years that the indicator has.
        UnknownNameError
            If a name does not exist; near ones are suggested.

        Examples
        --------
        >>> import labkit as lk
        >>> leiden = lk.open_city("leiden")
        >>> leiden.figures("population", year=2024, area="Leiden")["value"].item()
        130108.0
        >>> leiden.figures("population", level="district", year=2024, area="Leiden")["value"].sum()
        np.float64(130110.0)
        """
        found = self.select(indicator, level, year, theme, area)
        return self.to_table(found)

    def select(
        self,
        indicator: str | Iterable[str] | None = None,
        level: str | None = None,
        year: int | Iterable[int] | None = None,
        theme: str | None = None,
        area: str | Area | Iterable[str | Area] | None = None,
    ) -> list[Figure]:
        """Select figures as objects with their bands; takes what `__call__` takes."""
        ids = [self.indicators[name].id for name in several(indicator)] if indicator is not None else None
        if theme is not None:
            of_theme = {one.id for one in self.indicators.of_theme(theme)}
            ids = [name for name in (sorted(of_theme) if ids is None else ids) if name in of_theme]
        wanted_level = None if level is None else self.areas.level(level).id
        years = None if year is None else {whole_year(one) for one in several(year)}
        codes = None if area is None else self._codes(area, wanted_level)
        found = [
            one
            for one in self._figures.values()
            if (ids is None or one.indicator in ids)
            and (wanted_level is None or self.areas[one.area].level == wanted_level)
            and (years is None or one.year in years)
            and (codes is None or one.area in codes)
        ]
        if not found:
            raise self._nothing(ids, wanted_level, years, area)
        asked: dict[str, set[Any]] = {name: {name} for name in ids or ()} if indicator is not None else {}
        asked |= {str(one): {one} for one in sorted(years or ())}
        asked |= {
            self.areas.find(one).name: self._codes(one, wanted_level) for one in several(area) if area is not None
        }
        tell_missing(asked, {part for one in found for part in (one.indicator, one.year, one.area)})
        return sorted(found, key=lambda one: (one.indicator, one.year, one.area))

    def to_table(self, figures: Iterable[Figure]) -> pd.DataFrame:
        """Return figures as a tidy DataFrame with the columns that `__call__` names."""
        import pandas as pd

        rows = [
            (
                one.area,
                self.areas[one.area].name,
                self.areas[one.area].level,
                one.indicator,
                one.year,
                one.value,
                self.indicators[one.indicator].unit,
                one.status,
                one.source,
            )
            for one in figures
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "float64", "year": "int64"})

    def wide(self, *args: Any, **choice: Any) -> pd.DataFrame:
        """Select figures as a wide table: one row an area, one column an indicator, a year, or both.

        Takes what `__call__` takes. A missing value stays missing; `__call__` has its reason.

        Returns
        -------
        DataFrame
            Index: area (code) and name. Columns: indicators if one year is selected, years if one
            indicator is, else (indicator, year).

        Examples
        --------
        >>> import labkit as lk
        >>> wide = lk.open_city("leiden").figures.wide("population", level="district", area="Leiden")
        >>> wide.shape, list(wide.columns)
        ((10, 4), [2022, 2023, 2024, 2025])
        """
        table = self(*args, **choice)
        wide = table.pivot_table(
            index=["area", "name"],
            columns=["indicator", "year"],
            values="value",
            aggfunc="first",
            dropna=False,
            observed=True,
        )
        pairs = list(dict.fromkeys(zip(table["indicator"], table["year"], strict=True)))
        names = table[["area", "name"]].drop_duplicates().sort_values("area")
        wide = wide.reindex(index=list(names.itertuples(index=False, name=None)), columns=pairs)
        wide.index.names = ["area", "name"]
        if table["year"].nunique() == 1:
            return wide.droplevel("year", axis=1)
        return wide.droplevel("indicator", axis=1) if table["indicator"].nunique() == 1 else wide

    def get(self, indicator: str, area: str | Area, year: int) -> Figure | None:
        """Return one figure, or None if the package does not hold it."""
        code = area.code if isinstance(area, Area) else self.areas.find(area).code
        return self._figures.get((self.indicators[indicator].id, code, whole_year(year)))

    def of(self, indicator: str, level: str, year: int, within: str | Area | None = None) -> list[Figure]:
        """Return one figure for every area of a level, in the order of their codes.

        An area for which the package holds nothing is there too, with no value and the status
        "not_in_package": a map or table must not lose it.
        """
        name, when = self.indicators[indicator].id, whole_year(year)
        return [
            self._figures.get((name, area.code, when))
            or Figure(area.code, name, when, None, None, None, 0, "", NOT_HELD)
            for area in self.areas.of_level(level, within)
        ]

    def years(self, indicator: str, level: str | None = None, within: str | Area | None = None) -> list[int]:
        """Return the years for which an indicator has at least one value, on a level and inside an area."""
        name = self.indicators[indicator].id
        inside = None if within is None else self.areas.find(within)
        levels = [one.id for one in self.areas.levels] if level is None else [self.areas.level(level).id]
        return sorted(
            {
                year
                for one in levels
                for year, figures in self._series.get((name, one), {}).items()
                if any(
                    f.value is not None and (inside is None or self.areas[f.area].is_within(inside)) for f in figures
                )
            }
        )

    def levels(self, indicator: str) -> list[str]:
        """Return the levels on which an indicator has at least one value, largest areas first."""
        return [one.id for one in self.areas.levels if self.years(indicator, one.id)]

    def latest(self, indicator: str, level: str, within: str | Area | None = None) -> int:
        """Return the newest year in which most areas of a level have a value; failing that, the fullest year.

        Raises
        ------
        NoFiguresError
            If it has none there; the text names the levels and years that it has.
        """
        years = self.years(indicator, level, within)
        if not years:
            raise self._nothing([self.indicators[indicator].id], self.areas.level(level).id, None, within)
        filled = {one: sum(f.value is not None for f in self.of(indicator, level, one, within)) for one in years}
        half = len(self.areas.of_level(level, within)) / 2
        most = [one for one in years if filled[one] > half]
        return most[-1] if most else max(years, key=lambda one: (filled[one], one))

    def demand_year(self, indicator: str, level: str, year: int | None, within: str | Area | None = None) -> int:
        """Return `year` if the indicator has figures then, or the last year if none is asked for.

        Raises
        ------
        NoFiguresError
            If there are no figures for it; the text names the years and levels that there are.
        """
        if year is None:
            return self.latest(indicator, level, within)
        wanted = whole_year(year)
        if wanted not in self.years(indicator, level, within):
            raise self._nothing([self.indicators[indicator].id], self.areas.level(level).id, {wanted}, within)
        return wanted

    def band_notes(self, figures: Iterable[Figure], language: str | None = None) -> list[str]:
        """Return what the package says of the bands of these figures, each once."""
        used = {one.status for one in figures}
        return [Text.of(rule, "note")(language) for name, rule in self.bands.items() if name in used]

    def combine(
        self, indicator: str, areas: Iterable[str | Area], year: int, *, leave_out_missing: bool = False
    ) -> Combined:
        """Put the figures of several areas together, where that can be done honestly.

        Counts are added. Shares, means and rates are weighted with the count that they are out of. Medians,
        indexes and anything without such a count are refused. So are areas that overlap, and areas without a
        value, unless these are left out knowingly.

        Parameters
        ----------
        indicator : str
            Id of an indicator.
        areas : iterable of str or Area
            Areas by name or code.
        year : int
            The year.
        leave_out_missing : bool
            Leave out areas that have no value, and say so in the result, instead of refusing.

        Returns
        -------
        Combined
            Value, band, unit, method, areas and what was left out.

        Raises
        ------
        NotCombinableError
            If it cannot be done honestly; the text gives the reason.

        Examples
        --------
        >>> import labkit as lk
        >>> leiden = lk.open_city("leiden")
        >>> leiden.figures.combine("population", ["Binnenstad-Noord", "Binnenstad-Zuid"], 2024).value
        24460.0
        >>> leiden.figures.combine("median_wealth", ["Stevenshof", "Merenwijk"], 2023)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        labkit.errors.NotCombinableError: median_wealth is a median, and the median of areas together cannot be known. compare() sets...
        """
        one, year = self.indicators[indicator], whole_year(year)
        chosen = apart([self.areas.find(area) for area in several(areas)])
        parts = {area: self.get(one.id, area, year) for area in chosen}
        weights = {area: self.get(one.weight, area, year) for area in chosen} if one.weight else {}
        return combine(one, parts, weights, year, leave_out_missing=leave_out_missing)

    def per_1000(self, indicator: str, out_of: str = "population", **choice: Any) -> pd.DataFrame:
        """Return a count per 1,000 of another count, as a tidy table.

        Parameters
        ----------
        indicator : str
            A count, such as "crimes_total".
        out_of : str
            The count that it is set against.
        **choice
            level, year and area, as for `__call__`.

        Returns
        -------
        DataFrame
            The columns of `__call__`, with indicator "<id>_per_1000", unit "per 1000 <unit>" and status
            "derived"; where there is no value, the status says why.

        Raises
        ------
        NotCombinableError
            If one of the two is not a count.

        Examples
        --------
        >>> import labkit as lk
        >>> leiden = lk.open_city("leiden")
        >>> rates = leiden.figures.per_1000("crimes_total", level="municipality", year=2024, area="Leiden")
        >>> round(rates["value"].item(), 1)
        52.5
        """
        part, whole = self.indicators[indicator], self.indicators[out_of]
        found = self.select(part.id, **choice)
        bases = [self.get(whole.id, one.area, one.year) for one in found]
        rates = per_1000(part, whole, list(zip(found, bases, strict=True)), self.statuses)
        return self.to_table(rates).assign(indicator=f"{part.id}_per_1000", unit=f"per 1000 {whole.unit}")

    def _codes(self, area: str | Area | Iterable[str | Area], level: str | None) -> set[str]:
        codes: set[str] = set()
        for one in several(area):
            found = self.areas.find(one)
            inside = [] if level is None else self.areas.of_level(level, within=found)
            codes.update(each.code for each in inside) if inside else codes.add(found.code)
        return codes

    def _nothing(self, ids: list[str] | None, level: str | None, years: set[int] | None, area: Any) -> NoFiguresError:
        has: dict[str, list[int]] = {}
        if ids and len(ids) == 1:
            has = {one: self.years(ids[0], one) for one in self.levels(ids[0])}
        return nothing_there(ids, level, years, getattr(area, "name", area), has)

    def __repr__(self) -> str:
        years = {one.year for one in self}
        span = f"{min(years)}-{max(years)}" if years else "no years"
        return f"<Figures: {len(self)} of {len(self.indicators)} indicators, {span}>"
