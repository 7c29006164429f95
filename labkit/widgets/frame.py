"""A labkit page in a notebook, with traits that page and Python share."""

from __future__ import annotations

import contextlib
import traceback
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from labkit.errors import LabkitError
from labkit.language import t
from labkit.look import ASSETS


class Frame(anywidget.AnyWidget):
    """A page in a frame of its own; what the reader does in it reaches Python, and the other way round.

    The page runs apart from the notebook (a sandboxed frame): its keys, styles and script touch nothing else.
    A subclass names the traits that both ends share in `_shared`; the page uses `labkitFrame.tell` and
    `labkitFrame.hear` of `assets/frame.js`, and carries `data-framed` on its `html` element. What goes wrong
    in Python after something was done in the page, such as in a callback, is told below the frame.

    Parameters
    ----------
    page : str
        The whole page as HTML.
    title : str
        What the frame is called, for whoever does not see it.
    height : str
        Its height, as CSS says it; the page can tell another one with "height", in pixels.
    kept : bool
        Whether the page may stay in a notebook that is saved with its widgets. If not, it is sent to the reader
        who asks for it, and stands nowhere else.

    Examples
    --------
    >>> Frame("<!doctype html><html data-framed>A page", "A page")
    <Frame: A page>
    """

    _esm = (ASSETS / "widget.js").read_text(encoding="utf-8")
    _page = traitlets.Unicode().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    _height = traitlets.Unicode("40rem").tag(sync=True)
    _shared = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _fault = traitlets.Unicode().tag(sync=True)

    def __init__(self, page: str, title: str, height: str = "40rem", *, kept: bool = True, **traits: Any) -> None:
        super().__init__(_page=page if kept else "", _title=title, _height=height, **traits)
        if not kept:
            self.on_msg(lambda _, asked, __: self.send({"page": page}) if asked == "page" else None)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._title}>"

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what was done in the page; an error in what follows from it is shown below the frame.

        Jupyter itself writes such an error where no reader of a notebook looks.
        """
        try:
            super().set_state(sync_data)
        except Exception as error:
            self._fault = fault_text(error)
            self.send_state([name for name in sync_data if name in self.keys])  # what counts, if it was refused
            raise
        if self._fault:
            self._fault = ""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add to the live view what a saved notebook shows where no kernel runs."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:  # closed
            return {"text/plain": repr(self)}
        data, metadata = bundle
        return {**data, **self._without_kernel()}, metadata

    def _without_kernel(self) -> dict[str, str]:
        """Return what stands in for the page where no kernel runs: MIME type -> text."""
        return {}


def fault_text(error: Exception) -> str:
    """Return an error as a reader of the notebook needs it: what, and where in their own code.

    Examples
    --------
    >>> fault_text(LabkitError("There is no such area."))
    'There is no such area.'
    """
    if isinstance(error, LabkitError):
        return str(error)
    ours = (Path(traitlets.__file__).parent, Path(anywidget.__file__).parent.parent / "ipywidgets", ASSETS.parent)
    where = [
        f"  {frame.line or '?'}   ({t('line {line} of {name}', line=frame.lineno, name=frame.name)})"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != contextlib.__file__
        and not any(Path(frame.filename).is_relative_to(folder) for folder in ours)
    ]
    heading = t("What should follow on this choice went wrong:")
    return "\n".join([heading, *where, f"{type(error).__name__}: {error}"])
