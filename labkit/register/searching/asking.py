"""The fields by which records can be asked for, and what they are called in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from labkit.errors import UnknownNameError
from labkit.language import t
from labkit.names import fold, nearest
from labkit.register.fields import OneOf, block_in, field_at, label_of, marker_at
from labkit.register.records import KINDS, Record
from labkit.register.vocabularies import Term, Vocabulary

#: Asked for in a way of their own; the other fields of a record go by their own names.
SPECIAL = ("theme", "area", "year", "partner", "programme", "agreement")

#: Other words for them; the labels of the fields count as well.
_OTHER = {
    "themes": "theme",
    "thema": "theme",
    "themas": "theme",
    "onderwerp": "theme",
    "areas": "area",
    "gebied": "area",
    "gebieden": "area",
    "wijk": "area",
    "buurt": "area",
    "district": "area",
    "neighbourhood": "area",
    "plaats": "area",
    "jaar": "year",
    "partners": "partner",
    "parties": "partner",
    "partijen": "partner",
    "programma": "programme",
    "program": "programme",
    "under_agreement": "agreement",
    "afspraak": "agreement",
    "convenant": "agreement",
    "level": "levels",
    "niveau": "levels",
    "method": "methods",
    "methode": "methods",
    "zichtbaarheid": "visibility",
    "stadium": "stage",
    "bewijs": "evidence",
    "richting": "direction",
    "soort": "kind",
    "vorm": "kind",
}


def field_asked(name: str) -> str:
    """Return the field that a name means, in Dutch or English.

    Raises
    ------
    UnknownNameError
        If there is none; the nearest ones are suggested.

    Examples
    --------
    >>> field_asked("thema"), field_asked("Ethics route"), field_asked("levels")
    ('theme', 'ethics_route', 'levels')
    """
    known = _names()
    wanted = fold(name)
    if wanted in known:
        return known[wanted]
    near = list(dict.fromkeys(known[one] for one in nearest(name, known)))
    message = t('There is no field "{name}" to search by.', name=name)
    hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else _all_fields()
    raise UnknownNameError(f"{message} {hint}", near)


def kinds_with(field: str) -> list[type[Record]]:
    """Return the kinds of record that have a field."""
    return [kind for kind in KINDS.values() if field in kind.model_fields]


def vocabularies_of(field: str, kinds: Iterable[type[Record]]) -> list[Vocabulary]:
    """Return the vocabularies that fix the values of a field in some kinds of record."""
    marks = [marker_at(kind, (field,), OneOf) for kind in kinds]
    return list({id(one.vocabulary): one.vocabulary for one in marks if one is not None}.values())


def values_asked(field: str, text: object, vocabularies: Iterable[Vocabulary]) -> list[Term]:
    """Return the terms that a text means: an id, or a label in either language.

    Raises
    ------
    UnknownNameError
        If there is none; the nearest labels are suggested in the current language.

    Examples
    --------
    >>> from labkit.register.vocabularies import THEMES
    >>> [term.id for term in values_asked("theme", "eenzaamheid", [THEMES])]
    ['loneliness']
    """
    terms = [term for one in vocabularies for term in one]
    wanted = fold(str(text))
    found = [term for term in terms if wanted in (fold(term.id), fold(term.nl), fold(term.en))]
    if found:
        return found
    names = {name: term for term in terms for name in (term.id.replace("_", " "), term.nl, term.en)}
    near = list(dict.fromkeys(names[one].label() for one in nearest(str(text), names)))
    hint = (
        t("Did you mean {names}?", names=t(" or ").join(near))
        if near
        else t("Choose from {names}.", names=", ".join(dict.fromkeys(term.label() for term in terms)))
    )
    message = t('"{value}" is no value of {field}.', value=text, field=field_label(field))
    raise UnknownNameError(f"{message} {hint}", near)


def field_label(field: str) -> str:
    """Return what a field is called in the current language."""
    own = {"theme": t("theme"), "area": t("area"), "year": t("year"), "partner": t("partner")}
    own |= {"programme": t("programme"), "agreement": t("agreement")}
    if field in own:
        return own[field]
    for kind in kinds_with(field):
        found = field_at(kind, (field,))
        if found is not None:
            return label_of(found.json_schema_extra)().lower()
    return field


@cache
def _names() -> dict[str, str]:
    """Return every name of a field, folded -> the field."""
    found = {fold(one): one for one in (*SPECIAL, "kind")}
    found |= {fold(other): field for other, field in _OTHER.items()}
    for kind in KINDS.values():
        for field, info in kind.model_fields.items():
            meant = _OTHER.get(field, field)
            if meant == field and block_in(info.annotation) is not None:
                continue  # a block of fields has no value of its own
            label = label_of(info.json_schema_extra)
            for name in (field, label.en, label.nl):
                found.setdefault(fold(name), meant)
    return found


def _all_fields() -> str:
    return t("Most used are {names}.", names=", ".join((*SPECIAL, "levels", "status", "stage", "visibility")))
