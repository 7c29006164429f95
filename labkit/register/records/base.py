"""What all records share: an id, who may see them, where their facts come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, PrivateAttr, model_validator

from labkit.language import t
from labkit.register.fields import OneOf, Url, When, Words, field
from labkit.register.vocabularies import VISIBILITY
from labkit.texts import Text

#: Makes a record and says in words what is not right: the module above that knows the words adds itself here.
makers: list[Callable[[type[Any], dict[str, Any]], Any]] = []


class Block(BaseModel):
    """A part of a record with fields of its own.

    Nothing is guessed: a field that is not known is refused, "1" is no number, and 1 is no text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=False)

    #: Pairs of texts of which at least one language must be filled.
    NEEDS_TEXT: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _one_language_at_least(self) -> Self:
        for name in self.NEEDS_TEXT:
            if not (getattr(self, f"{name}_nl") or getattr(self, f"{name}_en")):
                message = t("Neither {name}_nl nor {name}_en is filled.", name=name)
                raise ValueError(f"{name}_en|{message} {t('Fill at least one of the two.')}")
        return self

    def text(self, name: str, language: str | None = None) -> str:
        """Return a text in a language, or in the other one where that is all there is; "" if there is none."""
        return Text(nl=getattr(self, f"{name}_nl") or "", en=getattr(self, f"{name}_en") or "")(language)

    def as_dict(self) -> dict[str, Any]:
        """Return what is filled in, as plain data in the order of the file."""
        return cast(dict[str, Any], _pruned(self.model_dump(exclude_none=True)))

    @model_validator(mode="before")
    @classmethod
    def _empty_list(cls, data: Any) -> Any:
        """Take a list field behind which nothing is written for an empty list."""
        if not isinstance(data, dict) or None not in data.values():
            return data
        lists = {name for name, found in cls.model_fields.items() if found.default_factory is not None}
        return {name: value for name, value in data.items() if value is not None or name not in lists}


class Record(Block):
    """A record of the register.

    Attributes
    ----------
    id : str
        Stays the same for ever; also the name of its file.
    visibility : {"public", "partners", "private"}
        Who may see it.
    """

    KIND: ClassVar[str]
    FOLDER: ClassVar[str]
    LABELS: ClassVar[Text]
    PLURALS: ClassVar[Text]
    #: Stand at the end of a file, whatever the kind of record.
    LAST: ClassVar[tuple[str, ...]] = ("note_nl", "note_en", "sources", "checked_on", "record_by")

    id: str
    visibility: Annotated[str, OneOf(VISIBILITY)] = field(
        "Zichtbaarheid",
        "Visibility",
        "Wie mag dit zien? Alleen openbare records komen in een openbare export.",
        "Who may see this? Only public records go into a public export.",
        standard="schema:conditionsOfAccess",
        required=True,
    )
    note_nl: Words | None = field("Opmerking (Nederlands)", "Note (Dutch)")
    note_en: Words | None = field("Opmerking (Engels)", "Note (English)")
    sources: list[Url] = field(
        "Bronnen",
        "Sources",
        "De pagina's waarop dit staat, een per regel.",
        "The pages that say so, one a line.",
        standard="schema:citation",
        many=True,
    )
    checked_on: When | None = field(
        "Nagekeken op", "Checked on", "Wanneer is dit voor het laatst nagekeken?", "When was this last checked?"
    )
    record_by: Words | None = field(
        "Vastgelegd door",
        "Recorded by",
        "Een functie, zoals kennismakelaar; nooit een naam.",
        "A function, such as knowledge broker; never a name.",
    )

    #: The version of the file that this record was made from; "" if it never was in a file.
    _origin: str = PrivateAttr(default="")

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        return self.text("title")

    @property
    def origin(self) -> str:
        """The version of the file that this record was made from; "" if it was made anew."""
        return self._origin

    def from_version(self, version: str) -> Self:
        """Remember from which version of its file this record comes, and return it."""
        self._origin = version
        return self

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Record) and self.as_dict() == other.as_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.title}>"

    def __str__(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self.as_dict().items())

    @classmethod
    def order(cls) -> list[str]:
        """Return the names of the fields in the order in which they stand in a file."""
        first = [name for name in cls.model_fields if name not in cls.LAST]
        return [*first, *cls.LAST]

    def as_dict(self) -> dict[str, Any]:
        """Return what is filled in, as plain data in the order of the file; empty lists are left out."""
        filled = super().as_dict()
        return {name: filled[name] for name in self.order() if name in filled}

    def with_(self, **changes: Any) -> Self:
        """Return a changed copy, checked like any other record; a `RecordError` says what is not right."""
        data = {**self.as_dict(), **changes}
        made = makers[-1](type(self), data) if makers else type(self).model_validate(data)
        return cast(Self, made.from_version(self._origin))


def _pruned(data: Any) -> Any:
    """Return plain data without what is empty: a list or a block that says nothing."""
    if isinstance(data, dict):
        kept = ((name, _pruned(value)) for name, value in data.items())
        return {name: value for name, value in kept if value not in ([], {})}
    if isinstance(data, list):
        return [_pruned(one) for one in data]
    return data
