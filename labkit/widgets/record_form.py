"""The form of a record in a notebook; what it says and does is in `labkit.register.forms`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import traitlets

from labkit.language import t
from labkit.register.forms import FormSession
from labkit.register.forms.findings import Remark
from labkit.register.forms.texts import page_texts
from labkit.register.records import Record
from labkit.register.register import Register
from labkit.widgets.form_page import form_page
from labkit.widgets.frame import Frame


class RecordForm(Frame):
    """A form for a new record, or to change one; made by `register.form(...)`.

    Each message of the page is answered by a `FormSession`; nothing is decided here.

    Parameters
    ----------
    register : Register
        Where the record is saved.
    kind : str
        The kind of record.
    id : str
        The record to change; "" for a new one.
    language : {"nl", "en"}, optional
        The language in which it opens.

    Examples
    --------
    >>> import labkit as lk
    >>> form = RecordForm(lk.open_city("leiden").register, "question")
    >>> form.state, form.values
    ('editing', {'visibility': 'private'})
    """

    #: The last message of the page, and the answer to it.
    said = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)

    def __init__(self, register: Register, kind: str, id: str = "", language: str | None = None) -> None:
        self.session = FormSession(register, kind, id or None, language)
        text = page_texts(self.session.language)["change" if id else "new"]
        label = self.session.model.LABELS(self.session.language)
        # Titles of records that are not public stand in the form's page: they do not go into a saved notebook.
        page, title = form_page(self.session), text.format(kind=label)
        super().__init__(page, title, height="46rem", kept=False, _shared=["said", "answer"])

    @traitlets.observe("said")
    def _hear(self, change: Any) -> None:
        message = change["new"]
        if not message:
            return
        try:
            self.answer = self.session.answer(message)
        except Exception as error:
            told = t("Python met a fault of its own: {error}. Your draft is kept.", error=repr(error))
            self.answer = {"n": message.get("n", 0), "state": self.session.state, "told": told}

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the form."""
        return self.session.values

    @property
    def faults(self) -> list[Remark]:
        """What keeps the record from being saved."""
        return self.session.look.faults

    @property
    def warnings(self) -> list[Remark]:
        """What asks for a look, and keeps nothing from being saved."""
        return self.session.look.warnings

    @property
    def state(self) -> str:
        """Where the form stands: "editing", "saved", "conflict" or "deleted"."""
        return self.session.state

    @property
    def record(self) -> Record | None:
        """The record as it was saved last; None if it was not saved yet."""
        return self.session.record

    @property
    def path(self) -> Path | None:
        """The file of the record that was saved last."""
        return self.session.register.folder.file(self.record.id) if self.record is not None else None

    def __repr__(self) -> str:
        return f"<RecordForm {self.session.kind} {self.session.id or 'new'}: {self.state}>"
