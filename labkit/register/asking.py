"""What a register can be asked: checks, coverage, results, lineage, matches, reports, exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import t
from labkit.names import nearest
from labkit.register.book import Book
from labkit.register.folder import Folder
from labkit.register.options import names_options
from labkit.register.records import KINDS

if TYPE_CHECKING:
    from labkit.area import Area
    from labkit.areas import Areas
    from labkit.comparison.scope import CityLike
    from labkit.packagechecks.fault import Faults
    from labkit.register.agreements import AgreementReport
    from labkit.register.answers import Answer
    from labkit.register.coverage import Coverage
    from labkit.register.exchange import ImportPlan
    from labkit.register.lineage import Lineage
    from labkit.register.matching import Matches
    from labkit.register.outcomes import Outcomes


class City:
    """A register that may belong to a city.

    Attributes
    ----------
    city : CityLike or None
        The city.
    """

    city: CityLike | None

    @property
    def areas(self) -> Areas | None:
        """The areas of the city, if the register belongs to one."""
        return self.city.areas if self.city is not None else None

    def _city(self) -> CityLike:
        if self.city is None:
            raise WrongUseError(
                t(
                    "This needs the areas of a city. Open the register with lk.open_city(name, register=folder).register."
                )
            )
        return self.city


class Asking(City):
    """The questions that a register answers; each is a thin call to the module that knows."""

    book: Book
    folder: Folder

    def check(self) -> Faults:
        """Check all records: every fault with file, line, field and what to do.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").register.check().errors
        []
        """
        from labkit.packagechecks.fault import Faults
        from labkit.register.checks import check_register
        from labkit.register.filechecks import file_faults
        from labkit.register.lines import Lines

        found = check_register(self.book, self.areas, line_of=Lines(self.folder).of)
        return Faults([*found, *file_faults(self.folder)])

    @names_options
    def coverage(
        self,
        level: str | None = None,
        within: str | Area | None = None,
        start: int | None = None,
        end: int | None = None,
        themes: str | Iterable[str] | None = None,
        counting: str = "whole",
        need: str | None = None,
        residents: str | None = None,
        today: date | str | None = None,
    ) -> Coverage:
        """Say where projects are, where none runs, and what is unknown.

        Parameters
        ----------
        level : str, optional
            A level of areas, by its id or its name in Dutch or English; the city's default level if left out.
        within : str or Area, optional
            The area whose parts are looked at; the city if left out.
        start, end : int, optional
            Years, both included. Projects without a known year are shown apart.
        themes : str or list of str, optional
            Only projects on one of these themes: ids, or names in Dutch or English.
        counting : {"whole", "fractional"}
            A project in n areas counts in each of them whole, or for 1/n.
        need : str, optional
            An indicator of need, to set projects against.
        residents : str, optional
            The indicator that counts residents; "population" if the city has it.
        today : datetime.date or str, optional
            The day until which counts what still runs; today if left out.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").register.coverage("buurten", themes="Eenzaamheid").selection.about
        'neighbourhoods of Leiden · Loneliness'
        """
        from labkit.register.coverage import coverage

        return coverage(self.book, self._city(), level, within, start, end, themes, counting, need, residents, today)

    @names_options
    def results(
        self,
        by: str = "theme",
        level: str | None = None,
        within: str | Area | None = None,
        start: int | None = None,
        end: int | None = None,
        themes: str | Iterable[str] | None = None,
        today: date | str | None = None,
    ) -> Outcomes:
        """Say what came of the projects, by stage, kind, direction and evidence.

        Parameters
        ----------
        by : {"theme", "area", "programme", "year", "level", "partner"}
            What the rows are; "level" is that of education, "partner" the kind of partner.
        level, within, start, end, themes, today
            Which projects count, and by which areas: see `coverage`.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").register.results("year", themes="safety").title
        'What came of the projects, by year: Safety'
        """
        from labkit.register.outcomes import outcomes

        return outcomes(self.book, self._city(), by, level, within, start, end, themes, today)

    def lineage(self, id: str | None = None) -> Lineage:
        """Show what projects build on and what was built on them, for one project or for all."""
        from labkit.register.lineage import lineage

        if self.city is None:
            return lineage(self.book, id)
        return lineage(self.book, id, self.areas, level=self.city.default_level)

    def match(self, id: str, **options: Any) -> Matches:
        """Find the offers that fit a question, or the questions that fit an offer, with reasons for and against."""
        from labkit.register.matching import match

        home = self.city.home if self.city is not None else None
        return match(self.book, self.areas, id, home=home, **options)

    def answer(self, id: str, **options: Any) -> Answer:
        """Say in plain words what came of a question, for who asked it."""
        from labkit.register.answers import answer

        return answer(self.book, id, areas=self.areas, **options)

    def agreement_report(self, id: str | None = None, **options: Any) -> AgreementReport:
        """Say what was promised in agreements, and what was done for it."""
        from labkit.register.agreements import agreement_report

        return agreement_report(self.book, self.areas, id, **options)

    def export(self, target: str | Path, form: str | None = None, audience: str = "public", **options: Any) -> Path:
        """Write the records in a form that other programs read; only public ones unless you say otherwise.

        Parameters
        ----------
        target : str or Path
            A folder for tables and crates; else a file such as projects.geojson, register.gpkg or outcomes.bib.
        form : {"tables", "geojson", "gpkg", "rocrate", "bibtex", "csl"}, optional
            Told from the name if left out.
        audience : {"public", "partners", "private"}
            What may be in it.
        **options
            See `labkit.register.exchange.export`; `despite_names=True` leaves in texts that name a hidden record.

        Returns
        -------
        Path
            What was written.
        """
        from labkit.register.exchange import export

        return export(self.book, self.areas, target, form, audience, **options)

    def plan_import(
        self, path: str | Path, mapping: Mapping[str, Any] | None = None, kind: str = "project"
    ) -> ImportPlan:
        """Read a spreadsheet and say what importing it would do, without doing it."""
        from labkit.register.exchange import plan_import

        return plan_import(self.book, path, mapping or {}, kind=kind_of(kind), areas=self.areas)


def kind_of(text: str) -> str:
    """Return the kind that a word means, singular or plural, Dutch or English."""
    names = {
        name: kind
        for kind, model in KINDS.items()
        for name in (kind, model.FOLDER, model.LABELS.nl, model.PLURALS.nl, model.PLURALS.en)
    }
    if str(text).lower() in names:
        return names[str(text).lower()]
    near = nearest(str(text), names)
    hint = (
        t("Did you mean {names}?", names=t(" or ").join(near))
        if near
        else t("Choose from {names}.", names=", ".join(KINDS))
    )
    raise UnknownNameError(f"{t('There is no kind of record {kind}.', kind=repr(text))} {hint}", near)
