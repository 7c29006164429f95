"""The records of a register as tables, one a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labkit.register.asking import City, kind_of
from labkit.register.book import Book

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


class Tabled(City):
    """The records of a register as tables; see `labkit.register.tables.table` for the columns."""

    book: Book

    def table(self, kind: str) -> pd.DataFrame:
        """Return the records of a kind as a DataFrame; see `labkit.register.tables.table` for the columns."""
        from labkit.register.tables import table

        return table(self.book, kind_of(kind), self.areas)

    @property
    def projects(self) -> pd.DataFrame:
        """One row a project.

        Examples
        --------
        >>> import labkit as lk
        >>> projects = lk.open_city("leiden").register.projects
        >>> list(projects.columns[:4])
        ['title', 'year', 'place', 'furthest_stage']
        """
        return self.table("project")

    @property
    def questions(self) -> pd.DataFrame:
        """One row a question."""
        return self.table("question")

    @property
    def offers(self) -> pd.DataFrame:
        """One row an offer."""
        return self.table("offer")

    @property
    def partners(self) -> pd.DataFrame:
        """One row a partner."""
        return self.table("partner")

    @property
    def agreements(self) -> pd.DataFrame:
        """One row an agreement."""
        return self.table("agreement")

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row an outcome."""
        return self.table("outcome")

    @property
    def links(self) -> pd.DataFrame:
        """One row a relation: subject, predicate, object, role, start, end, source."""
        from labkit.register.tables import links_table

        return links_table(self.book)

    def places(self, kind: str = "project", level: str | None = None) -> gpd.GeoDataFrame:
        """Return records with the outlines of the areas in which they are.

        Parameters
        ----------
        kind : {"project", "question"}
            The kind of record.
        level : str, optional
            The level of the areas; the city's default level if left out.

        Returns
        -------
        GeoDataFrame
            One row a record and area: record, title, group, area, name, share, geometry. A record in the whole city,
            elsewhere or in an unknown place has one row without an outline; `share` adds up to 1 for each record.

        Examples
        --------
        >>> import labkit as lk
        >>> register = lk.open_city("leiden").register
        >>> round(register.places()["share"].sum()) == len(register.projects)
        True
        """
        from labkit.register.mapped import places

        return places(self.book, self._city(), kind_of(kind), level)
