"""Which fields stand together in a form: what must be filled first, the rest by what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.register.fields import Model
from labkit.register.records import Record
from labkit.texts import Text


@dataclass(frozen=True)
class Section:
    """A part of a form.

    Attributes
    ----------
    id : str
        What it is called in the page.
    title, help : Text
        What stands above it.
    names : tuple of str
        The fields that may stand in it, in order; those that a kind of record does not have are passed over.
    """

    id: str
    title: Text
    help: Text
    names: tuple[str, ...]


#: The fields that must be filled, in the order in which people think of them; others that must be come after.
FIRST = (
    *("project", "name", "title", "statement", "summary", "text", "kind", "stage", "programme", "status", "start"),
    *("asker_kind", "direction", "evidence", "themes", "levels", "scope", "involves_people", "visibility"),
)
BASICS = Section(
    "basics",
    Text(nl="Dit moet erin", en="What must be filled in"),
    Text(nl="Weet je iets niet? Onbekend is ook een antwoord.", en="Not known? Unknown is an answer too."),
    FIRST,
)
#: The other fields: each stands in the first section that names it.
SECTIONS = (
    Section(
        "about",
        Text(nl="Wat het is", en="What it is"),
        Text(),
        (
            *("title", "name_en", "short_name", "text", "sector", "part_of", "fit", "themes", "sdg", "methods"),
            *("intended_use", "licence", "pid", "doi", "url", "publisher", "website", "text_url"),
        ),
    ),
    Section(
        "who",
        Text(nl="Wie er meedoet", en="Who takes part"),
        Text(
            nl="Organisaties en functies; nooit namen van mensen.",
            en="Organisations and functions; never names of people.",
        ),
        (
            *("partners", "parties", "asker", "institutions", "for_whom", "students", "students_text"),
            *("participation", "offer", "course_name", "course_code", "levels", "ec", "places", "contact_function"),
        ),
    ),
    Section(
        "where",
        Text(nl="Waar", en="Where"),
        Text(),
        ("scope", "areas", "place_text", "venue", "on_site"),
    ),
    Section(
        "when",
        Text(nl="Wanneer", en="When"),
        Text(
            nl="Zo precies als je het weet: een jaar, een maand of een dag.",
            en="As far as you know it: a year, a month or a day.",
        ),
        (
            *("start", "end", "academic_year", "semester", "asked_on", "answer_by", "questions_by"),
            *("signed_on", "observed_on"),
        ),
    ),
    Section(
        "people",
        Text(nl="Mensen en gegevens", en="People and data"),
        Text(
            nl="Alleen nodig als mensen worden ondervraagd, bekeken of gemeten.",
            en="Only needed where people are asked, watched or measured.",
        ),
        (
            *("ethics_route", "ethics_ref", "ethics_date", "data_class", "dpia", "consent"),
            *("dmp_url", "storage", "keep_until", "k_min"),
        ),
    ),
    Section(
        "results",
        Text(nl="Wat ervan kwam", en="What came of it"),
        Text(),
        ("answer", "intended", "contribution", "significance", "evidence_url", "handover"),
    ),
    Section(
        "promises",
        Text(nl="Wat er is afgesproken", en="What was agreed"),
        Text(),
        ("commitments", "amount_eur", "reporting"),
    ),
    Section(
        "links",
        Text(nl="Waar het bij hoort", en="What it belongs to"),
        Text(nl="Andere records in dit register.", en="Other records in this register."),
        ("addresses", "raises", "builds_on", "reuses", "renews", "under_agreement", "funding"),
    ),
    Section(
        "ehealth",
        Text(nl="eHealth", en="eHealth"),
        Text(
            nl="Alleen voor een project over eHealth.",
            en="Only for a project on eHealth.",
        ),
        ("ehealth",),
    ),
    Section("more", Text(nl="Verder", en="More"), Text(), ("ror", "wikidata", "kvk")),
    Section(
        "record",
        Text(nl="Over dit record", en="About this record"),
        Text(),
        ("visibility", "note", "sources", "checked_on", "record_by"),
    ),
)


def pair_of(model: Model, name: str) -> str:
    """Return what a text in two languages is called without its language; "" if a field is no such text.

    Examples
    --------
    >>> from labkit.register.records import Partner, Project
    >>> pair_of(Project, "title_nl"), pair_of(Partner, "name_en")
    ('title', '')
    """
    base = name.removesuffix("_nl").removesuffix("_en")
    return base if base != name and {f"{base}_nl", f"{base}_en"} <= set(model.model_fields) else ""


def units(model: Model) -> list[str]:
    """Return the fields of a record or block with each text in two languages once.

    Examples
    --------
    >>> from labkit.register.records.project import Handover
    >>> units(Handover)[:2]
    ['open_ends', 'data_at']
    """
    names = model.order() if issubclass(model, Record) else list(model.model_fields)
    return list(dict.fromkeys(pair_of(model, name) or name for name in names))


def needed(model: Model, unit: str) -> bool:
    """Say whether a field, or one language of a text, must be filled."""
    if unit in getattr(model, "NEEDS_TEXT", ()):
        return True
    found = model.model_fields.get(unit)
    return found is not None and found.is_required()


def sections_of(model: type[Record]) -> list[tuple[Section, list[str]]]:
    """Return the sections of a form with the fields that stand in each; every field stands in one.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> [(section.id, names) for section, names in sections_of(Partner)][0]
    ('basics', ['name', 'kind', 'visibility'])
    """
    left = [one for one in units(model) if one not in ("id", "areas")]
    must = [one for one in left if needed(model, one)]
    first = sorted(must, key=lambda one: FIRST.index(one) if one in FIRST else len(FIRST))
    out = [(BASICS, first)]
    left = [one for one in left if one not in must]
    if "scope" not in model.model_fields and "areas" in model.model_fields:
        left.append("areas")
    for section in SECTIONS:
        rest = list(left) if section.id == "more" else []
        own = [one for one in section.names if one in left]
        if section.id == "more":
            known = {name for other in SECTIONS for name in other.names}
            own += [one for one in rest if one not in known]
        left = [one for one in left if one not in own]
        if own:
            out.append((section, own))
    return out
