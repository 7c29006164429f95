"""Leaflet and our own map script as text, so that a page can carry them and asks the network for nothing.

Leaflet 1.9.3, folium's own version, comes from the package xstatic-leaflet (BSD-2-Clause; the notice in
the file stays in the page). No folium here: the atlas needs none.
"""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from labkit import look
from labkit.errors import LabkitError


@cache
def leaflet_js() -> str:
    """Return Leaflet's script.

    Examples
    --------
    >>> "Leaflet 1.9" in leaflet_js()
    True
    """
    # The map of its source is for developers, and a browser's tools would fetch it.
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", _leaflet("leaflet.js"))


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet, with its few pictures inside it.

    Examples
    --------
    >>> "url(images" in leaflet_css()
    False
    """
    css = re.sub(r"\s*behavior: url\(#default#VML\);", "", _leaflet("leaflet.css"))  # for browsers long gone
    return re.sub(r"url\((images/[\w.-]+\.png)\)", lambda found: f"url({_picture(found[1])})", css)


@cache
def areas_js() -> str:
    """Return the script that draws areas: `labkitAreas(container, spec, options)`; see `assets/areas.js`.

    Examples
    --------
    >>> "labkitAreas" in areas_js()
    True
    """
    return "\n".join(asset(name) for name in ("names.js", "legend.js", "areas.js"))


@cache
def areas_css() -> str:
    """Return the style sheet for areas on a Leaflet map.

    Examples
    --------
    >>> ".lk-area" in areas_css()
    True
    """
    return asset("areas.css")


def asset(name: str) -> str:
    """Return one of labkit's own scripts or style sheets, by file name.

    Examples
    --------
    >>> asset("areas.js").startswith("//")
    True
    """
    return (look.ASSETS / name).read_text(encoding="utf-8")


def json_script(name: str, data: Any) -> str:
    r"""Return data as an inert script element, which no name or title in it can break out of.

    Parameters
    ----------
    name : str
        The element's id.
    data : object
        What JSON can hold; NaN is refused, for browsers cannot read it.

    Examples
    --------
    >>> json_script("data", {"name": "</script>"})
    '<script type="application/json" id="data">{"name":"\\u003c/script\\u003e"}</script>'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/json" id="{name}">{text}</script>'


def _picture(name: str) -> str:
    """Return one of Leaflet's pictures as a data address; the default marker has a drawing of ours instead."""
    if "marker" in name:
        return "data:,"
    picture = base64.b64encode((_folder() / name).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{picture}"


def _leaflet(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


@cache
def _folder() -> Path:
    try:
        from xstatic.pkg import leaflet
    except ImportError as error:
        raise LabkitError(
            "Maps need the package xstatic-leaflet, and it is not there. Install labkit again."
        ) from error
    return Path(leaflet.BASE_DIR)
