"""The kinds of field that records are made of, and what is known of each field.

A field carries its Dutch and English label and help, so that the form, the template, the page and the
JSON Schema all say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from labkit.language import t
from labkit.register import when
from labkit.register.vocabularies import Vocabulary
from labkit.texts import Text


@dataclass(frozen=True)
class OneOf:
    """Marks a text that must be a value of a vocabulary."""

    vocabulary: Vocabulary

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.vocabulary.ids))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        found = handler(schema)
        # Editors show these beside each choice.
        found["enumDescriptions"] = [f"{term.en} / {term.nl}" for term in self.vocabulary]
        return found


@dataclass(frozen=True)
class Ref:
    """Marks a text that must be the id of another record.

    Attributes
    ----------
    kind : str
        The kind of record, such as "partner".
    predicate : str
        The name of the relation.
    inverse : bool
        Whether the relation runs from the other record to this one.
    """

    kind: str
    predicate: str
    inverse: bool = False


#: Ids: a prefix that tells the kind, then lower-case words, figures and hyphens; also the name of the file.
PREFIXES = {
    "question": "q",
    "offer": "of",
    "project": "p",
    "partner": "org",
    "agreement": "ag",
    "outcome": "out",
}


def id_pattern(kind: str) -> str:
    """Return the pattern of the ids of a kind of record.

    Examples
    --------
    >>> id_pattern("project")
    '^p(-[a-z0-9]+)+$'
    """
    return rf"^{PREFIXES[kind]}(-[a-z0-9]+)+$"


def _id(kind: str) -> Any:
    return StringConstraints(pattern=id_pattern(kind), max_length=100)


def _url(value: object) -> object:
    if isinstance(value, str) and not value.startswith(("https://", "http://")):
        raise ValueError(f"{t('This is no address of a page.')} {t('Write it whole, with https:// in front.')}")
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
When = Annotated[
    str,
    BeforeValidator(when.parse),
    # An editor sees a year without quotes as a number.
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": when.PATTERN}, {"type": "integer", "minimum": 1500, "maximum": 2199}]}
    ),
]
Url = Annotated[
    str, BeforeValidator(_url), StringConstraints(max_length=2_000), Field(json_schema_extra={"format": "uri"})
]
YesNo = Literal[True, False, "unknown"]
AreaCode = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Count = Annotated[int, Field(ge=0)]
AcademicYear = Annotated[str, StringConstraints(pattern=rf"^{when.YEAR}-{when.YEAR}$")]

QuestionId = Annotated[str, _id("question")]
OfferId = Annotated[str, _id("offer")]
ProjectId = Annotated[str, _id("project")]
PartnerId = Annotated[str, _id("partner")]
AgreementId = Annotated[str, _id("agreement")]
OutcomeId = Annotated[str, _id("outcome")]


def field(
    nl: str,
    en: str,
    help_nl: str = "",
    help_en: str = "",
    *,
    standard: str = "",
    required: bool = False,
    many: bool = False,
) -> Any:
    """Return the definition of a field: its labels, its help, and whether it must be filled.

    Parameters
    ----------
    nl, en : str
        The label.
    help_nl, help_en : str
        One line that says what to write.
    standard : str
        The name of the field in a standard.
    required : bool
        Whether it must be filled.
    many : bool
        Whether it is a list: an empty one if nothing is written, or of one item at least if it must be filled.
    """
    extra = {"label_nl": nl, "label_en": en, "help_nl": help_nl, "help_en": help_en, "standard": standard}
    description = f"{en} / {nl}" + (f". {help_en} / {help_nl}" if help_en else "")
    settings: dict[str, Any] = {
        "title": en,
        "description": description,
        "json_schema_extra": {key: value for key, value in extra.items() if value},
    }
    if required and many:
        return Field(..., min_length=1, **settings)
    if required:
        return Field(..., **settings)
    return Field(default_factory=list, **settings) if many else Field(default=None, **settings)


def label_of(extra: object) -> Text:
    """Return the label that a field carries."""
    found = extra if isinstance(extra, dict) else {}
    return Text(nl=str(found.get("label_nl", "")), en=str(found.get("label_en", "")))


def help_of(extra: object) -> Text:
    """Return the help that a field carries."""
    found = extra if isinstance(extra, dict) else {}
    return Text(nl=str(found.get("help_nl", "")), en=str(found.get("help_en", "")))


Mark = TypeVar("Mark", OneOf, Ref)
Model = type[BaseModel]


def field_at(model: Model, path: tuple[str | int, ...]) -> FieldInfo | None:
    """Return the definition of the field at a path, such as `("partners", 0, "role")`; None if there is none.

    Examples
    --------
    >>> from labkit.register.records import Project
    >>> field_at(Project, ("partners", 0, "role")).title
    'Role'
    """
    names = [name for name in path if isinstance(name, str)]
    here: Model | None = model
    for name in names[:-1]:
        outer = here.model_fields.get(name) if here is not None else None
        here = block_in(outer.annotation) if outer is not None else None
    return here.model_fields.get(names[-1]) if here is not None and names else None


def fields_at(model: Model, path: tuple[str | int, ...]) -> list[str]:
    """Return the names of the fields that may stand below a path."""
    if not any(isinstance(name, str) for name in path):
        return list(model.model_fields)
    found = field_at(model, path)
    inner = block_in(found.annotation) if found is not None else None
    return list(inner.model_fields) if inner else []


def marker_at(model: Model, path: tuple[str | int, ...], kind: type[Mark]) -> Mark | None:
    """Return the mark of a kind that the field at a path carries."""
    return next((one for one in _marks_at(model, path) if isinstance(one, kind)), None)


def _marks_at(model: Model, path: tuple[str | int, ...]) -> list[Any]:
    found = field_at(model, path)
    return [] if found is None else [*found.metadata, *marks_in(found.annotation)]


def block_in(annotation: Any) -> Model | None:
    """Return the class of the blocks that a field holds, alone, in a list, or perhaps not at all."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(block_in, get_args(annotation))), None)


def marks_in(annotation: Any) -> list[Any]:
    """Return the marks inside a type."""
    inner = list(getattr(annotation, "__metadata__", ()))
    return [*inner, *(one for part in get_args(annotation) for one in marks_in(part))]
