"""Leaflet and our own map script as text, so that a page can carry them and asks the network for nothing.

Leaflet 1.9.3, folium's own version, comes from the package xstatic-leaflet. Its licence (BSD-2-Clause) asks that
its notice, conditions and disclaimer go with it: they stand before the script, once a page. No folium here: the
atlas needs none.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from labkit import look
from labkit.errors import LabkitError
from labkit.language import t

#: The scripts of a map's page, in the order in which they are read.
PAGE_SCRIPTS = ("parts", "state", "controls", "search", "compare", "observations", "projects", "table")
#: What the page needs for some kinds of layers only.
LAYER_SCRIPTS = {"projects": ("project_filters", "project_list", "project_places", "projects")}

#: The licence of Leaflet, as its project gives it; the package that carries Leaflet leaves it out.
LICENCE = """/*! Leaflet is under the BSD 2-Clause License:

Copyright (c) 2010-2022, Volodymyr Agafonkin
Copyright (c) 2010-2011, CloudMade
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
   disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
   disclaimer in the documentation and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"""


@cache
def leaflet_js() -> str:
    """Return Leaflet's script.

    Examples
    --------
    >>> "Leaflet 1.9" in leaflet_js(), "Redistributions" in leaflet_js()
    (True, True)
    """
    # The map of its source is for developers, and a browser's tools would fetch it.
    return LICENCE + re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", _leaflet("leaflet.js"))


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
    return "\n".join(
        asset(name) for name in ("outlines.js", "names.js", "legend.js", "paths.js", "canvas.js", "areas.js")
    )


def map_page_js(spec: Mapping[str, Any]) -> str:
    """Return the scripts of a map's page: of `assets/map/`, and those of the layers that this map has.

    Parameters
    ----------
    spec : dict
        The data of the page; see `labkit.maps.map_page`.

    Examples
    --------
    >>> "labkitMapPage" in map_page_js({})
    True
    """
    extra = [name for layer, names in LAYER_SCRIPTS.items() if spec.get(layer) for name in names]
    own = [f"map/{name}.js" for name in PAGE_SCRIPTS]
    # One scope for the page's own files, and none of their names outside it.
    scope = ["(() => {", '"use strict";', *map(asset, ["elements.js", *own, "map_page.js"]), "})();"]
    return "\n".join([*(asset(f"{name}.js") for name in extra), *scope])


def map_page_css(spec: Mapping[str, Any]) -> str:
    """Return the style sheets that go with `map_page_js`.

    Examples
    --------
    >>> ".lk-controls" in map_page_css({})
    True
    """
    return asset("map/map.css") + (asset("projects.css") if spec.get("projects") else "")


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
            t("Maps need the package xstatic-leaflet, and it is not there. Install labkit again.")
        ) from error
    return Path(leaflet.BASE_DIR)
