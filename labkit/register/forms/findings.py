"""What must be said of the values of a form: faults that keep it from being saved, and what asks for a look.

The checks of the register need a whole record. While one is still being typed, what is missing is filled in for the
time of a look, and nothing is said of what was filled in so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from labkit.language import t
from labkit.packagechecks.fault import Fault
from labkit.register.book import Book
from labkit.register.checks import check_register
from labkit.register.checks.run import FEW, around
from labkit.register.errors import RecordError
from labkit.register.fields import PREFIXES, Model
from labkit.register.forms.shapes import shape_of
from labkit.register.forms.values import Read, data_of
from labkit.register.records import KINDS, Record
from labkit.register.validating import to_record
from labkit.register.vocabularies import UNKNOWN

if TYPE_CHECKING:
    from labkit.areas import Areas


@dataclass(frozen=True)
class Remark:
    """Something that is said beside a field.

    Attributes
    ----------
    path : str
        The field in the form, such as "partners[1].role".
    message, advice : str
        What is wrong, and the way out.
    blank : bool
        Whether the field only has to be filled in yet.
    """

    path: str
    message: str
    advice: str
    blank: bool = False

    @property
    def plain(self) -> dict[str, Any]:
        """It as plain data."""
        return {"path": self.path, "message": self.message, "advice": self.advice, "blank": self.blank}


@dataclass
class Look:
    """What was found in the values of a form.

    Attributes
    ----------
    record : Record or None
        The record that they make; None while there are faults.
    data : dict
        What is filled in.
    faults, warnings : list of Remark
        What keeps it from being saved, and what only asks for a look.
    """

    record: Record | None
    data: dict[str, Any]
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


def look(kind: str, values: Mapping[str, Any], book: Book, areas: Areas | None = None) -> Look:
    """Look at the values of a form, as far as they are typed, and say it in the current language.

    Examples
    --------
    >>> found = look("partner", {"id": "org-x", "visibility": "public", "kind": "other", "record_by": "mw. De Vries"}, Book([]))
    >>> [one.path for one in found.faults], [one.path for one in found.warnings]
    (['name'], ['record_by'])
    """
    model = KINDS[kind]
    read = data_of(model, values)
    try:
        record, faults = to_record(model, read.data), []
    except RecordError as error:
        record, faults = None, error.faults
    found = Look(record, read.data, [_fault(model, read, one) for one in faults])
    whole = record or _filled(model, read.data, faults)
    if whole is not None:
        said = {one.path for one in found.faults}
        typed = set(read.data)
        for one in _checked(whole, book, areas):
            top = re.split(r"[.\[]", one.column)[0]
            path = read.in_form(one.column)
            if path not in said and (record is not None or top in typed):
                found.warnings.append(Remark(path, one.message, one.advice))
    return found


def _fault(model: type[Record], read: Read, fault: Fault) -> Remark:
    """Return a fault of the record in the words of a form: what is missing has to be filled in, from what is offered."""
    path = read.in_form(fault.column)
    if not _filled_at(read.data, fault.column):
        base = fault.column.rpartition(".")[2].removesuffix("_en")
        if f"{base}_nl" in _names(model, fault.column) and fault.column.endswith("_en"):
            return Remark(path, t("Fill this in, in Dutch or in English."), "", blank=True)
        if fault.column.endswith("under_agreement") or fault.column.endswith("].source"):
            return Remark(path, fault.message, t("Name the page, or the function of who confirms it."), blank=True)
        unknown = _unknown_fits(model, fault.column)
        return Remark(path, t("Fill this in."), t("Not known? Choose unknown.") if unknown else "", blank=True)
    return Remark(path, fault.message, fault.advice)


def _at(model: Model, path: str) -> tuple[Model | None, str]:
    """Return the class that holds a field, and the name of the field."""
    *outer, last = re.sub(r"\[\d+\]", "", path).split(".")
    here: Model | None = model
    for name in outer:
        here = shape_of(here, name).block if here is not None and name in here.model_fields else None
    return here, last


def _names(model: Model, path: str) -> set[str]:
    here, _ = _at(model, path)
    return set(here.model_fields) if here is not None else set()


def _unknown_fits(model: Model, path: str) -> bool:
    here, name = _at(model, path)
    return here is not None and name in here.model_fields and shape_of(here, name).unknown


def _filled_at(data: Any, path: str) -> bool:
    for name, place in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        try:
            data = data[int(place) - 1] if place else data[name]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _filled(model: type[Record], data: Mapping[str, Any], faults: list[Fault]) -> Record | None:
    """Return a record of what is right so far, with the rest filled in; None if that makes none."""
    wrong = {re.split(r"[.\[]", one.column)[0] for one in faults}
    kept = {name: value for name, value in data.items() if name not in wrong}
    for name, found in model.model_fields.items():
        if found.is_required() and name not in kept:
            kept[name] = _stand_in(model, name)
    for name in model.NEEDS_TEXT:
        if not (kept.get(f"{name}_nl") or kept.get(f"{name}_en")):
            kept[f"{name}_en"] = f"({model.KIND})"
    try:
        return to_record(model, kept)
    except RecordError:
        return None


def _stand_in(model: type[Record], name: str) -> Any:
    shape = shape_of(model, name)
    if name == "id":
        value = f"{PREFIXES[model.KIND]}-being-typed"
    elif shape.vocabulary is not None:
        value = UNKNOWN if shape.unknown else shape.vocabulary.ids[0]
    elif shape.ref is not None:
        value = f"{PREFIXES[shape.ref.kind]}-being-typed"
    else:
        value = UNKNOWN
    return [value] if shape.many else value


def _checked(record: Record, book: Book, areas: Areas | None) -> Iterator[Fault]:
    """Yield what the checks of the register say of a record, as if it were public already."""
    public = record.with_(visibility="public")
    whole = book.changed(public.id, public, [])
    if len(whole) > FEW:
        whole = around(public.id, whole)
    own = whole.file(public.id)
    yield from (one for one in check_register(whole, areas) if one.file == own)
