"""Made-up records, written by hand or drawn by hypothesis; none of them is real."""

import datetime
import types
import typing
from typing import Annotated, Literal

from hypothesis import strategies as st
from pydantic import BaseModel

from labkit.register.fields import PREFIXES, OneOf, Ref, marks_in
from labkit.register.records import KINDS, Partner, Project, Question

#: Texts that are hard on YAML, CSV and HTML.
HARD = [
    "no",
    "null",
    "~",
    "1.10",
    "0012",
    "2021-06-14",
    "a: b # c",
    "- x",
    "'t Heen",
    '"',
    "\\",
    "é ñ",
    "مرحبا",
    "👋",
    "a\nb: c\n\nd",
    "=1+1",
    "#",
    "&x",
    "*",
    "|",
    "> ",
    "@a",
    "tab\there",
    "<b>",
    "{a}",
    "[1",
]
WORDS = (
    st.one_of(
        st.sampled_from(HARD),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
        st.text(st.sampled_from("ab:#-'\"\n\t ,[]{}&*!|>%@`\\é"), min_size=1, max_size=30),
    )
    .map(str.strip)
    .filter(bool)
)
#: The years that a record may name.
DAYS = (datetime.date(1500, 1, 1), datetime.date(2199, 12, 31))
WHENS = st.one_of(
    st.just("unknown"),
    st.integers(1500, 2199).map(str),
    st.dates(DAYS[0], DAYS[1]).map(lambda day: f"{day.year:04d}-{day.month:02d}"),
    st.dates(DAYS[0], DAYS[1]).map(lambda day: day.isoformat()),
)
SLUGS = st.from_regex(r"\A[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}\Z")
URLS = st.sampled_from(["https://example.org/", "http://example.org/a?b=c&d=e#f", "https://example.org/x%20y,z;w"])


def ids(kind):
    return SLUGS.map(lambda slug: f"{PREFIXES[kind]}-{slug}")


def values(annotation, metadata=(), name=""):
    """Return a strategy for the values of a type of field."""
    marks = [*metadata, *marks_in(annotation)]
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        parts = [one for one in typing.get_args(annotation) if one is not type(None)]
        return st.one_of(*(values(one, metadata, name) for one in parts))
    if origin is list:
        least = 1 if "MinLen" in str(metadata) else 0
        return st.lists(values(typing.get_args(annotation)[0], metadata, name), min_size=least, max_size=3)
    if origin is Annotated:
        inner, *own = typing.get_args(annotation)
        return values(inner, [*metadata, *own], name)
    if origin is Literal:
        return st.sampled_from(typing.get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return blocks(annotation)
    vocabulary = next((one.vocabulary for one in marks if isinstance(one, OneOf)), None)
    if vocabulary is not None:
        return st.sampled_from(vocabulary.ids)
    ref = next((one for one in marks if isinstance(one, Ref)), None)
    if ref is not None:
        return st.sampled_from(["BU05460800", "WK054603"]) if ref.kind == "area" else ids(ref.kind)
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.integers(1, 2) if name == "semester" else st.integers(2, 17)
    if annotation is float:
        return st.sampled_from([5.0, 7.5, 30.0])
    return texts(metadata, name)


def texts(metadata, name):
    shown = str(metadata)
    patterned = {
        "academic_year": "2025-2026",
        "ror": "https://ror.org/027bh9e22",
        "wikidata": "Q1",
        "kvk": "01234567",
        "doi": "10.1000/182",
    }
    if name in patterned:
        return st.just(patterned[name])
    if "parse" in shown:
        return WHENS
    if "_url" in shown:
        return URLS
    if name == "id":
        return SLUGS
    return WORDS


@st.composite
def blocks(draw, model):
    data = {}
    for name, found in model.model_fields.items():
        if name == "id" and getattr(model, "KIND", ""):
            data[name] = draw(ids(model.KIND))
            continue
        if not found.is_required() and draw(st.booleans()):
            continue
        data[name] = draw(values(found.annotation, found.metadata, name))
    for name in model.NEEDS_TEXT:
        data.setdefault(f"{name}_nl", draw(WORDS))
    if model.__name__ == "UnderAgreement":
        data.setdefault("source", "https://example.org/")
    return model.model_validate(data)


RECORDS = st.sampled_from(list(KINDS.values())).flatmap(blocks)


def question(id="q-made-up", **fields):
    """Return a made-up question."""
    starts = {
        "visibility": "public",
        "title_en": "A made-up question",
        "asker_kind": "resident",
        "themes": ["safety"],
        "scope": "unknown",
        "status": "new",
    }
    return Question(id=id, **{**starts, **fields})


def project(id="p-made-up", **fields):
    """Return a made-up project."""
    starts = {
        "visibility": "public",
        "title_en": "A made-up project",
        "summary_en": "Made up.",
        "programme": "other",
        "kind": "thesis",
    }
    more = {
        "status": "finished",
        "start": "2021",
        "themes": ["safety"],
        "levels": ["unknown"],
        "scope": "unknown",
        "involves_people": "unknown",
    }
    return Project(id=id, **{**starts, **more, **fields})


def partner(id="org-made-up", **fields):
    """Return a made-up partner."""
    return Partner(id=id, **{"visibility": "public", "name": "Made-up partner", "kind": "other", **fields})
