"""The page of a record form: template, style, script and the form put together; it asks the network for nothing."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from labkit.language import LANGUAGES
from labkit.maps import leaflet, whole_page
from labkit.maps.outlines import outlines_spec
from labkit.register.forms.texts import page_texts

if TYPE_CHECKING:
    from labkit.area import Area
    from labkit.areas import Areas
    from labkit.register.forms import FormSession

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
        "policy": whole_page.policy(script),
        "title": escape(title),
        "styles": _styles(),
        "payload": leaflet.json_script("form-data", contents),
        "script": script,
    }
    return whole_page.filled(leaflet.asset("form/page.html"), parts)


def outlines(areas: Areas | None, form: dict[str, Any]) -> dict[str, Any]:
    """Return the outlines of the areas that can be picked, by level; none where the form asks for no place."""
    asks = any(one["control"] == "place" for section in form["sections"] for one in section["controls"])
    if areas is None or not asks:
        return {}
    return {level["id"]: _outlines([areas[code] for code in level["areas"]]) for level in form["places"]["levels"]}


def _outlines(areas: list[Area]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"code": one.code, "name": one.name}, "geometry": one.geometry}
        for one in areas
        if one.geometry is not None
    ]
    return outlines_spec({"type": "FeatureCollection", "features": features})


@cache
def _script() -> str:
    return whole_page.script("form", SCRIPTS)


@cache
def _styles() -> str:
    return whole_page.styles("form/form.css")
