"""What stands in the first cell of an assignment: a raw cell with a few lines of YAML between `---`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from labkit.errors import LabkitError
from labkit.language import did_you_mean, t
from labkit.names import nearest
from labkit.texts import Text


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(t("say in which time zone, such as 2026-11-27T23:59:00+01:00"))
    return moment


Moment = Annotated[datetime, AfterValidator(_zoned)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(_Part):
    """A title in Dutch and English; either may be left out, not both."""

    nl: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"nl": value, "en": value} if isinstance(value, str) else value

    def __call__(self, language: str | None = None) -> str:
        """Return the title in a language; the current one if left out."""
        return Text(nl=self.nl or self.en, en=self.en or self.nl)(language)


class LateStep(_Part):
    """One step of a policy for late work: up to so many hours late, so many per cent of the points less."""

    hours: float = Field(gt=0)
    minus: float = Field(ge=0, le=100)


class Limits(_Part):
    """What a hand-in may use while it is run.

    Attributes
    ----------
    seconds, cell_seconds : float
        For the whole notebook and for one cell, seconds.
    memory : int
        MB.
    file : int
        The largest file that it may write, MB.
    output : int
        How much of what it prints is kept, kB.
    """

    seconds: float = Field(120, gt=0, le=3600)
    cell_seconds: float = Field(30, gt=0, le=3600)
    memory: int = Field(3000, ge=256)
    file: int = Field(50, ge=1)
    output: int = Field(100, ge=1)


class Header(_Part):
    """The settings of an assignment.

    Attributes
    ----------
    assignment : str
        Its id, which names files: letters, digits, "-" and "_".
    title : Title
    course : str
        With `year` it decides which district a student gets, so that it stays the same for all weeks.
    year : int
        The course year; who takes the course again gets another district.
    city : str
        The city of the figures, as `open_city` knows it; needed for variants.
    variants : str or None
        The level of which each student gets an area, such as "district"; None if all have the same work.
    within : str
        The area in which these lie, by name or code; "" for the city itself.
    leave_out : list of str
        Areas that nobody gets, by name or code: those without the figures that the work needs.
    languages : list of {"nl", "en"}
        Those in which a release is made, the first one first.
    data : list of str
        Files and folders beside the source that students need.
    due : datetime, optional
        When it has to be handed in, with its time zone.
    late : list of LateStep
        What the policy says of work that is late; it is reported, never applied by itself.
    limits : Limits
    """

    assignment: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)
    title: Title = Title()
    course: str = ""
    year: int = Field(0, ge=0, le=9999)
    city: str = ""
    variants: str | None = None
    within: str = ""
    leave_out: tuple[str, ...] = ()
    languages: tuple[Literal["nl", "en"], ...] = Field(("en",), min_length=1)
    data: tuple[str, ...] = ()
    due: Moment | None = None
    late: tuple[LateStep, ...] = ()
    limits: Limits = Limits()  # type: ignore[call-arg]


def read_header(source: str, name: str) -> Header:
    r"""Read the first cell of an assignment.

    Parameters
    ----------
    source : str
        The text of the raw cell, with or without the lines `---` around it.
    name : str
        How an error calls the file.

    Raises
    ------
    LabkitError
        If it is not YAML, lacks `assignment`, or holds something that does not belong there.

    Examples
    --------
    >>> read_header("---\nassignment: week1\nvariants: district\n---", "week1.ipynb").assignment
    'week1'
    """
    import yaml

    lines = [line for line in source.split("\n") if line.strip() != "---"]
    try:
        found = yaml.load("\n".join(lines), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
        if not isinstance(found, dict):
            raise yaml.YAMLError(t("it should hold lines such as assignment: week1"))
    except yaml.YAMLError as error:
        cause = " ".join(str(error).split())
        raise LabkitError(t("The first cell of {name} is not YAML: {cause}.", name=name, cause=cause)) from None
    try:
        return Header(**found)
    except ValidationError as error:
        raise LabkitError(
            t("The first cell of {name}: {faults}", name=name, faults="; ".join(map(_fault, error.errors())))
        ) from None


def _fault(error: Any) -> str:
    field = ".".join(str(piece) for piece in error["loc"])
    texts = {
        "missing": t("{field} is missing", field=field),
        "string_pattern_mismatch": t('{field} may hold letters, digits, "-" and "_" only, such as week1', field=field),
        "string_type": t('{field} should be text; put it between quotes, such as "2026"', field=field),
        "tuple_type": t("{field} should be a list, such as [nl, en]", field=field),
        "literal_error": t(
            "{field} can only be {values}", field=field, values=error.get("ctx", {}).get("expected", "")
        ),
        "int_parsing": t("{field} should be a whole number, such as {value}", field=field, value=2026),
        "too_short": t("{field} is empty", field=field),
        "extra_forbidden": t('there is no setting "{field}".', field=field) + _meant(field),
    }
    return texts.get(error["type"], f"{field}: {error['msg'].removeprefix('Value error, ')}")


def _meant(field: str) -> str:
    near = nearest(field, list(Header.model_fields))
    return " " + did_you_mean(near) if near else ""
