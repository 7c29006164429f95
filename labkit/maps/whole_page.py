"""A page in one file: a template, and the script, style and policy that are put into it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from labkit import look
from labkit.maps import leaflet

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="{low}" d="M1 1h6v6H1z"/>'
    '<path fill="{middle}" d="M9 1h6v6H9z"/><path fill="{high}" d="M1 9h6v6H1z"/><path fill="{chosen}" d="M9 9h6v6H9z"/></svg>'
)


def filled(template: str, parts: Mapping[str, str]) -> str:
    """Put the parts in the places marked @name@, in one pass: what is put in is not looked through again.

    Examples
    --------
    >>> filled("<p>@said@</p>", {"said": "@other@"})
    '<p>@other@</p>'
    """
    return re.sub(r"@(\w+)@", lambda match: parts[match[1]], template)


def script(folder: str, names: Iterable[str], more: Iterable[str] = ()) -> str:
    """Return everything that runs in a page: Leaflet, the frame, the areas, and the page's own files in one scope.

    Parameters
    ----------
    folder : str
        The folder in `assets/` with the page's own files.
    names : iterable of str
        These files, without ".js", in the order in which they build on each other.
    more : iterable of str
        Other files of `assets/` that they need.

    Examples
    --------
    >>> "labkitFrame" in script("form", ["words"])
    True
    """
    own = "\n".join(map(leaflet.asset, ["elements.js", *(f"{folder}/{name}.js" for name in names)]))
    parts = (
        leaflet.leaflet_js(),
        leaflet.asset("frame.js"),
        leaflet.areas_js(),
        *map(leaflet.asset, more),
        f'(() => {{\n"use strict";\n{own}}})();',
    )
    return "\n" + "\n;\n".join(parts) + "\n"


def styles(*names: str) -> str:
    """Return the style sheets of a page: of Leaflet, the look, the areas, and those that are named.

    Examples
    --------
    >>> ".lk-area" in styles("form/form.css")
    True
    """
    return "\n".join((leaflet.leaflet_css(), look.css(), leaflet.areas_css(), *map(leaflet.asset, names)))


def policy(script: str, images: str = "data:") -> str:
    """Return the content security policy of a page: nothing from elsewhere, and only this one script.

    Examples
    --------
    >>> policy("alert(1)").split("; ")[0]
    "default-src 'none'"
    """
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "img-src": images,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def icon() -> str:
    """Return the sign of labkit for the tab of a browser, as an address that holds it.

    Examples
    --------
    >>> icon()[:19]
    'data:image/svg+xml,'
    """
    low, _, middle, _, high = look.ramp(5)
    return "data:image/svg+xml," + quote(_ICON.format(low=low, middle=middle, high=high, chosen=look.ACCENT), safe="")
