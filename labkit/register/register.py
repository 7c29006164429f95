"""The register of a city: open it, read it, add to it, and ask it questions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import WrongUseError
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.register import when
from labkit.register.asking import Asking, kind_of
from labkit.register.book import Book
from labkit.register.folder import TRASH, Entry, Folder
from labkit.register.ids import make_id
from labkit.register.page import RecordPage
from labkit.register.records import KINDS, Record
from labkit.register.schemas import write_schemas
from labkit.register.settings import FILE, Settings
from labkit.register.templates import write_templates
from labkit.register.validating import to_record

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from labkit.comparison.scope import CityLike
    from labkit.packagechecks.fault import Fault
    from labkit.register.search import Found

#: Fields that a new record has unless something else is said.
_STARTS_AS: dict[str, dict[str, Any]] = {
    "question": {"visibility": "private", "status": "new", "scope": "unknown", "asker_kind": "unknown"},
    "offer": {"visibility": "private", "status": "open", "levels": ["unknown"]},
    "project": {
        **{"visibility": "private", "status": "planned", "programme": "other", "start": "unknown"},
        **{"levels": ["unknown"], "scope": "unknown", "involves_people": "unknown"},
    },
    "partner": {"visibility": "private"},
    "agreement": {"visibility": "private", "status": "draft", "start": "unknown"},
    "outcome": {"visibility": "private", "direction": "unknown", "evidence": "none"},
}


class Register(Asking):
    """The register of a city.

    Attributes
    ----------
    book : Book
        All records in memory.
    folder : Folder
        Where their files stand.
    city : CityLike or None
        The city that it belongs to.

    Examples
    --------
    >>> import labkit as lk
    >>> register = lk.open_city("leiden").register
    >>> register["ag-subsidie-leren-met-de-stad-2023"].record.amount_eur
    500000
    """

    def __init__(self, folder: Folder, city: CityLike | None = None) -> None:
        self.folder = folder
        self.city = city
        self.reload()

    @classmethod
    def open(cls, path: str | Path, city: CityLike | None = None) -> Register:
        """Open a register from its folder; a faulty file is told in `faults`, and hides nothing else."""
        return cls(Folder.open(path), city)

    @classmethod
    def at(cls, path: Path, city: CityLike) -> Register:
        """Return the register of a city, also where it has none yet: it is made when a first record is saved."""
        return cls(Folder(path), city)

    def reload(self) -> None:
        """Read all files anew, with what others changed meanwhile."""
        self.book, self._entries = self.folder.read_all()

    @property
    def faults(self) -> list[Fault]:
        """Files that could not be read, with line, field and what to do."""
        return self.book.faults

    @property
    def settings(self) -> Settings:
        """The title and the programmes of the register."""
        return self.book.settings

    # ------------------------------------------------------------------ reading

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

    def __getitem__(self, id: str) -> RecordPage:
        """Return a record as a page, with everything linked to it."""
        return RecordPage(self.book, self.areas, id)

    def page(self, id: str) -> RecordPage:
        """Return a record as a page, with everything linked to it."""
        return self[id]

    def search(self, text: str = "", /, **fields: Any) -> Found:
        """Find records by words and by fields, in Dutch and English; see `labkit.register.search.search`."""
        from labkit.register.search import search

        if "areas" in fields:
            fields.setdefault("area", fields.pop("areas"))  # the name of the field, and what is asked
        return search(self.book, text, areas=self.areas, **fields)

    # ------------------------------------------------------------------ writing

    def new(self, kind: str, /, **fields: Any) -> Record:
        """Make a record, without saving it yet.

        Parameters
        ----------
        kind : str
            The kind of record: "project", "question" and so on.
        **fields
            Its fields. Areas may be given by name. A new record is private until you say otherwise.

        Returns
        -------
        Record
            The record; `save` puts it into the register.

        Raises
        ------
        RecordError
            With a line for every field that is missing or not right.

        Examples
        --------
        >>> import labkit as lk
        >>> register = lk.open_city("leiden").register
        >>> made = register.new("question", title_en="Who comes to the soup mornings?", themes=["social_cohesion"],
        ...                     scope="areas", areas=["De Kooi"])
        >>> made.id, made.areas
        ('q-who-comes-to-the-soup-mornings', ['BU05460302'])
        """
        name = kind_of(kind)
        return to_record(KINDS[name], self.prepared(name, fields))

    def prepared(self, kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a new record with what follows by itself: its id, codes of areas, and first values."""
        data = {**_STARTS_AS[kind], **self._with_codes(fields)}
        if "id" not in data:
            names = ("title_nl", "title_en", "name", "statement_nl", "statement_en")
            title = next((str(data[one]) for one in names if data.get(one)), "")
            if kind == "outcome" and data.get("project"):
                title = f"{str(data['project']).removeprefix('p-')} {data.get('kind', '')}"
            data["id"] = make_id(kind, title, self._year(kind, data), self.book.records)
        return data

    def preview(self, record: Record) -> RecordPage:
        """Show a record as it would stand in the register, without saving it, with what still asks for a look.

        It is checked as if it were public already, so that a name or an address is noticed while it is a draft.
        """
        from labkit.register.checks import check_register

        others = [one for one in self.book if one.id != record.id]
        public = Book([*others, record.with_(visibility="public")], self.book.settings)
        faults = [one for one in check_register(public, self.areas) if one.file == public.file(record.id)]
        return RecordPage(Book([*others, record], self.book.settings), self.areas, record.id, faults)

    def edit(self, id: str, /, **changes: Any) -> Record:
        """Change fields of a record and save it; `None` empties a field.

        Raises
        ------
        RecordError
            If a value is not right; nothing is saved.
        ConflictError
            If somebody else changed the record since it was opened; nothing is overwritten.
        """
        record = self.book[id]
        if changes.get("id", id) != id:
            raise WrongUseError(t("The id of a record stays: others refer to it. Make a new record instead."))
        data = {**record.as_dict(), **self._with_codes(changes)}
        return self.save(to_record(type(record), {name: value for name, value in data.items() if value is not None}))

    def save(self, record: Record, *, merge: bool = False) -> Record:
        """Save a record in the register's folder, whole or not at all.

        Parameters
        ----------
        record : Record
            A new one, or a changed one of this register.
        merge : bool
            Keep what somebody else changed meanwhile in other fields.
        """
        entry = self.folder.save(record, self._entries.get(record.id), merge=merge)
        self._keep(record.id, entry)
        return entry.record

    def delete(self, id: str, *, force: bool = False) -> Path:
        """Move a record to the trash folder; with `force` even if other records refer to it."""
        record = self.book[id]
        holders = sorted({link.holder for link in self.book.links_to(id) + self.book.links_from(id)} - {id})
        if holders and not force:
            raise _still_used(record, holders)
        place = self.folder.delete(id, self._entries.get(id))
        self._keep(id, None)
        return place

    def restore(self, id: str) -> Record:
        """Take a deleted record back out of the trash."""
        entry = self.folder.restore(id)
        self._keep(id, entry)
        return entry.record

    def copy(self, folder: str | Path) -> Register:
        """Copy the register to a folder of your own, and open it there.

        Parameters
        ----------
        folder : str or Path
            A folder that is empty or not there yet.

        Returns
        -------
        Register
            The copy; open it another time with ``lk.open_city(name, register=folder)``.
        """
        target = Folder.create(folder)
        if self.folder.path.is_dir():
            shutil.copytree(
                self.folder.path, target.path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", TRASH)
            )
        write_schemas(target.path)
        write_templates(target.path)
        return Register(target, self.city)

    def working_copy(self, folder: str | Path = "my-register") -> Register:
        """Open your own copy of the register in a folder; the first time, it is made.

        Parameters
        ----------
        folder : str or Path
            The folder of the copy. `lk.open_city(name, register=folder)` opens it too.

        Returns
        -------
        Register
            The copy, in which you can write.
        """
        if (Path(folder) / FILE).is_file():
            return Register.open(folder, self.city)
        return self.copy(folder)

    def _keep(self, id: str, entry: Entry | None) -> None:
        """Take one changed record into the book; the others stay as they were read."""
        if entry is None:
            self._entries.pop(id, None)
        else:
            self._entries[id] = entry
        records = (one.record for one in self._entries.values())
        self.book = Book(records, self.book.settings, self.book.faults)

    def _with_codes(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields with names of areas replaced by their codes."""
        data = dict(fields)
        if self.areas is not None and isinstance(data.get("areas"), list | tuple):
            data["areas"] = [self.areas.find(one).code for one in data["areas"]]
        return data

    @staticmethod
    def _year(kind: str, data: Mapping[str, Any]) -> int | None:
        try:
            return when.year(when.parse(data.get("start"))) if kind == "project" and data.get("start") else None
        except ValueError:
            return None  # the record itself will say what is wrong with it

    def save_all(self, records: Sequence[Record], tell: Callable[[int, int], None] | None = None) -> int:
        """Save several records; `tell(done, of)` is called after each."""
        for place, record in enumerate(records, start=1):
            self.save(record)
            if tell is not None:
                tell(place, len(records))
        return len(records)

    # ------------------------------------------------------------------ showing

    def _overview(self) -> list[tuple[str, str]]:
        rows = [(model.PLURALS().capitalize(), str(len(self.book.of(model)))) for model in KINDS.values()]
        if self.faults:
            rows.append(
                (t("Files that cannot be read"), f"{len({one.file for one in self.faults})}; {t('see .faults')}")
            )
        return rows

    def __repr__(self) -> str:
        head = self.settings.title() or t("Register")
        return "\n".join([head, *(f"{name}: {count}" for name, count in self._overview())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td class='n'>{escape(count)}</td></tr>"
            for name, count in self._overview()
        )
        title = escape(self.settings.title() or t("Register"))
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table><caption>{title}</caption>{rows}</table></div>"


def _still_used(record: Record, holders: list[str]) -> Exception:
    return WrongUseError(
        t(
            "{id} is named in {holders}. Change those first, or delete it with force=True.",
            id=record.id,
            holders=", ".join(holders[:5]) + (" ..." if len(holders) > 5 else ""),
        )
    )
