"""What all records share: an id, who may see them, where their facts come from."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from labkit.language import t
from labkit.register.fields import OneOf, Url, When, Words, field
from labkit.register.vocabularies import VISIBILITY
from labkit.texts import Text


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
        return self.model_dump(exclude_none=True)


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

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        return self.text("title")

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
        filled = self.model_dump(exclude_none=True)
        return {name: filled[name] for name in self.order() if name in filled and filled[name] != []}

    def with_(self, **changes: Any) -> Self:
        """Return a changed copy, checked like any other record."""
        return type(self).model_validate({**self.as_dict(), **changes})
