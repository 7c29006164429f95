"""What happens in an open form: every message of the page gets one answer. Plain data in, plain data out.

A message is ``{"n", "do", "language", "values", ...}``; what can be done is in `FormSession._deeds`. An answer has the same
`n`, so that the page knows which text it is about, and what it may have to show: see `FormSession.answer`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from labkit.errors import LabkitError, UnknownNameError
from labkit.language import resolve, speaking, t
from labkit.register.asking import kind_of
from labkit.register.differences import Differences
from labkit.register.errors import ConflictError, RecordWarning
from labkit.register.folder import Entry, UsedIds
from labkit.register.forms.clash import chosen, told
from labkit.register.forms.description import describe
from labkit.register.forms.findings import Look, Remark, look
from labkit.register.forms.keeping import Drafts, KeptDraft
from labkit.register.forms.saved import saved
from labkit.register.forms.values import Values, data_of, values_of
from labkit.register.preparing import id_for
from labkit.register.records import KINDS, Record
from labkit.register.validating import to_record

if TYPE_CHECKING:
    from labkit.register.register import Register

Message = Mapping[str, Any]
Answer = dict[str, Any]

#: Where a copy of a register that may not be changed is made.
COPY = "my-register"
#: How many drafts are offered.
MOST_DRAFTS = 5


class FormSession:
    """A form that is open: for a new record, or to change one.

    Parameters
    ----------
    register : Register
        Where it is saved.
    kind : str
        The kind of record.
    id : str, optional
        The record to change.
    language : {"nl", "en"}, optional
        The language in which it opens; the current one if left out.
    drafts : Drafts, optional
        Where drafts are kept.

    Attributes
    ----------
    values : dict
        What stands in the form.
    look : Look
        What was found in it.
    record : Record or None
        The record as it was saved last.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import labkit as lk
    >>> with tempfile.TemporaryDirectory() as place:
    ...     drafts = Drafts(Path(place), Path(place))
    ...     session = FormSession(lk.open_city("leiden").register, "question", drafts=drafts)
    ...     answer = session.answer({"n": 1, "do": "check", "values": {"title_en": "Who comes?"}})
    >>> answer["id"], answer["faults"][0]["path"]
    ('q-who-comes', 'visibility')
    """

    def __init__(
        self,
        register: Register,
        kind: str,
        id: str | None = None,
        language: str | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self.register = register
        self.kind = kind_of(kind)
        self.model: type[Record] = KINDS[self.kind]
        self.language = resolve(language)
        self.drafts = drafts or Drafts(register.folder.path)
        self.record: Record | None = None
        self.state = "editing"
        self.look = Look(None, {})
        self._clash: Entry | None = None
        self._open(register.record(id) if id is not None else None)
        self._deeds: dict[str, Callable[[Message, Answer], None]] = {
            "check": self._check,
            "save": self._save,
            "continue": self._continue,
            "discard": self._discard,
            "new": self._new,
            "copy": self._copy,
            "resolve": self._resolve,
            "save_anew": self._save_anew,
        }

    def _open(self, record: Record | None) -> None:
        """Begin with a record, or with an empty form."""
        self.id = record.id if record is not None else ""
        self.opened: dict[str, Any] = record.as_dict() if record is not None else {}
        self.version = record.origin if record is not None else ""
        begin = self.opened if record is not None else {"visibility": "private"}
        self.values: Values = values_of(self.model, begin)
        self._begun = dict(self.values)
        self._key = self.drafts.new_key(self.kind, self.id)
        self._kept: KeptDraft | None = None

    @property
    def description(self) -> dict[str, Any]:
        """The form: see `labkit.register.forms.description.describe`."""
        city = self.register.city
        home, level = (city.home, city.default_level) if city is not None else (None, None)
        return describe(self.kind, self.register.book, self.register.areas, home, level)

    @property
    def start(self) -> dict[str, Any]:
        """What the page begins with: values, the drafts that were found, and whether the register can be changed."""
        with speaking(self.language):
            return {
                "language": self.language,
                "id": self.id,
                "values": self.values,
                "drafts": self._drafts(),
                "protected": self._protected(),
            }

    def answer(self, message: Message) -> Answer:
        """Answer a message of the page.

        Returns
        -------
        dict
            `n` of the message, `state` ("editing", "saved", "conflict" or "deleted"), `id`, `faults` and `warnings` (each
            with path, message, advice, blank), `kept` (when the draft was kept), `protected`; and where they matter
            `told` (what went wrong), `values` (to put in the form), `conflict`, `saved`, `drafts`.
        """
        said = str(message.get("language") or "")
        self.language = said if said in ("nl", "en") else self.language
        out: Answer = {"n": message.get("n", 0)}
        with speaking(self.language):
            if isinstance(message.get("values"), Mapping):
                self.values = dict(message["values"])
            try:
                self._deeds.get(str(message.get("do")), self._check)(message, out)
            except LabkitError as error:
                out["told"] = str(error)
            self._look()
            self._keep(out)
            out |= {
                "state": self.state,
                "id": self.id or str(self.look.data.get("id", "")),
                "new": not self.id,
                "faults": [one.plain for one in self.look.faults],
                "warnings": [one.plain for one in self.look.warnings],
                "kept": self._kept.shown_time() if self._kept is not None else "",
                "protected": self._protected(),
            }
        return out

    # ------------------------------------------------------------------ deeds

    def _check(self, _message: Message, _out: Answer) -> None:
        if self.state == "saved" and self.values != self._begun:
            self.state = "editing"

    def _save(self, _message: Message, out: Answer) -> None:
        self._look()
        if self.look.faults or self.look.record is None:
            self.state = "editing"
            return
        self._write(self.look.record.from_version(self.version), out)

    def _write(self, record: Record, out: Answer) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RecordWarning)  # the form shows them beside the fields
                made = self.register.save(record)
        except ConflictError:
            self._meet(record, out)
            return
        self.drafts.discard(self._key)
        self._clash = None
        self.record = made
        self._open(made)
        self.state = "saved"
        out["values"] = self.values
        out["saved"] = saved(self.register, made)

    def _meet(self, record: Record, out: Answer) -> None:
        """Tell field by field what somebody else did meanwhile."""
        try:
            now = self.register.folder.read(self.id)
        except UnknownNameError:
            self.state = "deleted"
            return
        found = Differences(self.opened, now.record.as_dict(), record.as_dict())
        self._clash = now
        self.state = "conflict"
        out["conflict"] = told(self.model, found, self.register.book, self.register.areas, self.language)

    def _resolve(self, message: Message, out: Answer) -> None:
        """Save what was chosen of both versions, on top of the newest one."""
        self._look()
        if self._clash is None:
            return
        now = self._clash
        found = Differences(self.opened, now.record.as_dict(), self.look.data | {"id": self.id})
        choices = message.get("choices")
        data = chosen(found, choices if isinstance(choices, Mapping) else {})
        self.opened, self.version, self._clash = now.record.as_dict(), now.version, None
        self.values = out["values"] = values_of(self.model, data)
        self.state = "editing"
        self.register.reload()
        self._save(message, out)

    def _save_anew(self, message: Message, out: Answer) -> None:
        """Save a record that somebody deleted meanwhile as a new one."""
        self.register.reload()
        self.id, self.opened, self.version, self.state = "", {}, "", "editing"
        self._save(message, out)

    def _continue(self, message: Message, out: Answer) -> None:
        """Go on with a draft."""
        for one in self.drafts.found(self.kind, self.id)[0]:
            if one.path.stem == message.get("draft"):
                self._key, self._kept = one.path.stem, one
                self.values = out["values"] = one.values
                if self.id:
                    self.opened, self.version = one.opened, one.version
        out["drafts"] = self._drafts()

    def _discard(self, message: Message, out: Answer) -> None:
        """Throw a draft away."""
        for one in self.drafts.found(self.kind, self.id)[0]:
            if one.path.stem == message.get("draft"):
                self.drafts.discard(one.path.stem)
        out["drafts"] = self._drafts()

    def _new(self, _message: Message, out: Answer) -> None:
        """Begin with another new record of the same kind."""
        self._open(None)
        self.state = "editing"
        out["values"] = self.values

    def _copy(self, _message: Message, out: Answer) -> None:
        """Go on in a copy of the register that can be changed."""
        self.register = self.register.working_copy(COPY)
        self.drafts.discard(self._key)
        self.drafts = replace_register(self.drafts, self.register)
        self._key, self._kept = self.drafts.new_key(self.kind, self.id), None
        out["copied"] = {"path": str(self.register.folder.path), "code": self._code()}

    # ------------------------------------------------------------------ what is found

    def _look(self) -> None:
        """Look at the values; a new record has the id that follows from its title until another one is typed."""
        values = dict(self.values)
        used = UsedIds(self.register.folder)
        if self.id:
            values["id"] = self.id
        elif not str(values.get("id") or "").strip():
            values["id"] = id_for(self.kind, data_of(self.model, values).data, used)
        self.look = look(self.kind, values, self.register.book, self.register.areas)
        if not self.id and not any(one.path == "id" for one in self.look.faults) and values["id"] in used:
            message = t("There is a record {id} already.", id=values["id"])
            self.look.faults.append(Remark("id", message, t("Choose another id, or open that record.")))

    def _keep(self, out: Answer) -> None:
        """Keep what was typed as a draft."""
        if self.values == (self._kept.values if self._kept is not None else self._begun):
            return
        try:
            self._kept = self.drafts.keep(self._key, self.kind, self.id, self.values, self.opened, self.version)
        except LabkitError as error:
            out["unkept"] = str(error)

    def _drafts(self) -> dict[str, Any]:
        good, bad = self.drafts.found(self.kind, self.id)
        shown = [
            {"key": one.path.stem, "title": one.title, "time": one.shown_time()}
            for one in good
            if one.path.stem != self._key
        ]
        return {"found": shown[:MOST_DRAFTS], "unread": [str(one) for one in bad]}

    def _protected(self) -> dict[str, str] | None:
        if not self.register.folder.protected:
            return None
        return {"path": str(self.register.folder.path), "copy": COPY, "code": self._code()}

    def _code(self) -> str:
        name = getattr(self.register.city, "name", "")
        return f'lk.open_city("{name}", register="{COPY}").register'

    def to_record(self) -> Record:
        """Return the record that stands in the form; a `RecordError` says what keeps it from being one."""
        self._look()
        return to_record(self.model, self.look.data).from_version(self.version)


def replace_register(drafts: Drafts, register: Register) -> Drafts:
    """Return the drafts of another register, kept in the same folder."""
    return Drafts(register.folder.path, drafts.folder)
