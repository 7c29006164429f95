"""The form of a register: for a new record, or to change one.

The form itself is a widget, which stands higher in the house: whoever can make one says so in `Formed.form_maker`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from labkit.errors import WrongUseError
from labkit.language import t
from labkit.register.asking import kind_of
from labkit.register.records import Record

if TYPE_CHECKING:
    from labkit.register.book import Book
    from labkit.register.page import RecordPage
    from labkit.register.register import Register


class Formed:
    """The part of a `Register` that shows a form."""

    book: Book
    #: Makes a form from a register, a kind of record and an id ("" for a new record).
    form_maker: ClassVar[Callable[[Any, str, str], Any] | None] = None

    def form(self, what: str | Record | RecordPage) -> Any:
        """Show a form in the notebook: for a new record, or to change one.

        What is typed is checked at once and kept as a draft; it is saved in the register's folder, whole or not at all.

        Parameters
        ----------
        what : str or Record
            A kind of record ("project") for a new one; else the record to change, or its id.

        Returns
        -------
        RecordForm
            Shows itself. `.record` is the record as it was saved last, `.faults` and `.warnings` say what was found.

        Raises
        ------
        WrongUseError
            Outside a notebook; the text says how a record is made there.

        Examples
        --------
        >>> import labkit as lk
        >>> lk.open_city("leiden").register.form("question")
        Traceback (most recent call last):
            ...
        labkit.errors.WrongUseError: A form shows itself in a notebook. Here, type in a terminal: labkit register new question
        """
        register = cast("Register", self)
        id = "" if isinstance(what, str) and what not in self.book else str(getattr(what, "id", what))
        kind = register.record(id).KIND if id else kind_of(str(what))
        maker = type(self).form_maker
        if maker is None or not in_notebook():
            command = f"labkit register edit {id}" if id else f"labkit register new {kind}"
            raise WrongUseError(
                t("A form shows itself in a notebook. Here, type in a terminal: {command}", command=command)
            )
        return maker(register, kind, id)


def in_notebook() -> bool:
    """Say whether this runs in the kernel of a notebook.

    Examples
    --------
    >>> in_notebook()
    False
    """
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell is not None else None
    return getattr(found, "kernel", None) is not None
