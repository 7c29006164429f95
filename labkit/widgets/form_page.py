"""The page of a record form: template, style, script and the form put together; it asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from labkit import look
from labkit.language import LANGUAGES
from labkit.maps import leaflet
from labkit.register.forms.texts import page_texts

if TYPE_CHECKING:
    from labkit.area import Area
    from labkit.areas import Areas
    from labkit.register.forms import FormSession

ASSETS = look.ASSETS / "form"

#: The page's script, in the order in which its files build on each other.
SCRIPTS = (
    *("words", "state", "combobox", "fields", "choices", "references"),
    *("blocks", "place", "controls", "remarks", "panels", "talk", "main"),
)


def form_page(session: FormSession) -> str:
    """Return the page of an open form as HTML.

    Examples
    --------
    >>> import labkit as lk
    >>> from labkit.register.forms import FormSession
    >>> page = form_page(FormSession(lk.open_city("leiden").register, "question"))
    >>> page[:15], "data-framed" in page
    ('<!doctype html>', True)
    """
    form = session.description
    title = page_texts(session.language)["change" if session.id else "new"].format(kind=form["label"][session.language])
    contents: dict[str, Any] = {
        "form": form,
        "start": session.start,
        "texts": {one: page_texts(one) for one in LANGUAGES},
        "outlines": outlines(session.register.areas, form),
    }
    script = _script()
    parts = {
        "language": session.language,
        "policy": _policy(script),
        "title": escape(title),
        "styles": _styles(),
        "payload": leaflet.json_script("form-data", contents),
        "script": script,
    }
    template = (ASSETS / "page.html").read_text(encoding="utf-8")
    return re.sub(r"@(\w+)@", lambda match: parts[match[1]], template)


def outlines(areas: Areas | None, form: dict[str, Any]) -> dict[str, Any]:
    """Return the outlines of the areas that can be picked, by level; none where the form asks for no place."""
    asks = any(one["control"] == "place" for section in form["sections"] for one in section["controls"])
    if areas is None or not asks:
        return {}
    return {level["id"]: _outlines([areas[code] for code in level["areas"]]) for level in form["places"]["levels"]}


def _outlines(areas: list[Area]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"code": one.code, "name": one.name}, "geometry": _short(one.geometry)}
        for one in areas
        if one.geometry is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _short(value: Any) -> Any:
    """Return a geometry with coordinates of five decimals: a metre, and enough to click in."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: _short(one) for key, one in value.items()}
    return [_short(one) for one in value] if isinstance(value, list | tuple) else value


@cache
def _script() -> str:
    own = "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    parts = (
        leaflet.leaflet_js(),
        leaflet.asset("frame.js"),
        leaflet.areas_js(),
        f'(() => {{\n"use strict";\n{own}}})();',
    )
    return "\n" + "\n;\n".join(parts) + "\n"


@cache
def _styles() -> str:
    own = (ASSETS / "form.css").read_text(encoding="utf-8")
    return "\n".join((leaflet.leaflet_css(), look.css(), leaflet.areas_css(), own))


def _policy(script: str) -> str:
    """Return the content security policy: nothing from elsewhere, and only this one script."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
