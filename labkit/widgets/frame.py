"""A labkit page in a notebook, with traits that page and Python share."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from labkit.look import ASSETS


class Frame(anywidget.AnyWidget):
    """A page in a frame of its own; what the reader does in it reaches Python, and the other way round.

    The page runs apart from the notebook (a sandboxed frame): its keys, styles and script touch nothing else.
    A subclass names the traits that both ends share in `_shared`; the page uses `labkitFrame.tell` and
    `labkitFrame.hear` of `assets/frame.js`, and carries `data-framed` on its `html` element.

    Parameters
    ----------
    page : str
        The whole page as HTML.
    title : str
        What the frame is called, for whoever does not see it.
    height : str
        Its height, as CSS says it; the page can tell another one with "height", in pixels.
    """

    _esm = (ASSETS / "widget.js").read_text(encoding="utf-8")
    _page = traitlets.Unicode().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    _height = traitlets.Unicode("40rem").tag(sync=True)
    _shared = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, page: str, title: str, height: str = "40rem", **traits: Any) -> None:
        super().__init__(_page=page, _title=title, _height=height, **traits)
