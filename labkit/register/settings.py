"""What a register says about itself, in `register.yaml`: its title and its programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labkit.language import t
from labkit.names import nearest
from labkit.packagechecks.fault import Fault
from labkit.register.errors import RecordError
from labkit.register.reading import Path as FieldPath
from labkit.register.reading import YamlFlawError, decode, read_yaml
from labkit.register.vocabularies import UNKNOWN
from labkit.texts import Text

FILE = "register.yaml"

_ALWAYS = {
    "other": Text(nl="anders", en="other"),
    UNKNOWN: Text(nl="onbekend", en="unknown"),
}


@dataclass(frozen=True)
class Settings:
    """The title and the programmes of a register.

    Attributes
    ----------
    titles : Text
        What the register is called.
    note : Text
        What a reader must know of all its counts, such as that it is a sample.
    licence : str
        On what terms its records may be used: an SPDX name, or "".
    programmes : dict
        Id -> label; `other` and `unknown` are always there.

    Examples
    --------
    >>> Settings(Text(en="A register"), {"llp": Text(en="Leadership Programme")}).programme("llp")
    'Leadership Programme'
    """

    titles: Text = field(default_factory=Text)
    programmes: Mapping[str, Text] = field(default_factory=dict)
    note: Text = field(default_factory=Text)
    licence: str = ""

    def title(self, language: str | None = None) -> str:
        """Return the title in a language."""
        return self.titles(language)

    def programme(self, id: str, language: str | None = None) -> str:
        """Return the label of a programme; its id if the register does not know it."""
        return (self.programmes.get(id) or _ALWAYS.get(id) or Text(en=id))(language)

    def knows(self, programme: str) -> bool:
        """Say whether a programme is in the list."""
        return programme in self.programmes or programme in _ALWAYS


def parse_settings(text: str) -> Settings:
    """Read `register.yaml`; a `RecordError` says what is wrong in it."""
    lines: dict[FieldPath, int] = {}
    try:
        data = read_yaml(text, lines)
    except YamlFlawError as flaw:
        raise RecordError([Fault(FILE, flaw.line, flaw.field, flaw.message, flaw.advice)]) from None
    listed = data.get("programmes") or []
    programmes: dict[str, Text] = {}
    for place, item in enumerate(listed if isinstance(listed, list) else [None]):
        if not _is_programme(item):
            line = lines.get(("programmes", place), lines.get(("programmes",), 0))
            message = t("This is no programme.")
            raise RecordError([Fault(FILE, line, "programmes", message, t("Give each an id, and nl or en."))])
        programmes[str(item["id"])] = Text.of(item)
    known = ("schema", "title_nl", "title_en", "note_nl", "note_en", "licence", "programmes")
    for name in data:
        if name not in known:
            near = nearest(name, known)
            hint = t("Did you mean {names}?", names=t(" or ").join(near)) if near else ", ".join(known)
            raise RecordError(
                [Fault(FILE, lines.get((name,), 0), name, t("There is no field {name}.", name=name), hint)]
            )
    if data.get("schema", 1) != 1:
        message = t("This register was made by a newer labkit.")
        raise RecordError([Fault(FILE, lines.get(("schema",), 0), "schema", message, t("Install that, to be sure."))])
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    return Settings(Text.of(texts, "title"), programmes, Text.of(texts, "note"), texts.get("licence", ""))


def read_settings(register: Path, faults: list[Fault]) -> Settings:
    """Return the settings of the register in a folder; what is wrong with them is added to the faults."""
    path = register / FILE
    if not register.exists():
        return Settings()
    try:
        return parse_settings(decode(path.read_bytes()))
    except FileNotFoundError:
        message = t("This file is missing.")
        faults.append(Fault(FILE, 0, "", message, t("It holds the title and the programmes of the register.")))
    except OSError as error:
        message = t("This file cannot be read: {reason}.", reason=error.strerror or str(error))
        faults.append(Fault(FILE, 0, "", message, t("Check the rights of the file.")))
    except YamlFlawError as flaw:
        faults.append(Fault(FILE, flaw.line, "", flaw.message, flaw.advice))
    except RecordError as error:
        faults.extend(error.faults)
    return Settings()


def _is_programme(item: Any) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return False
    return any(isinstance(item.get(language), str) for language in ("nl", "en"))
