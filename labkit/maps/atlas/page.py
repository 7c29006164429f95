"""The atlas as one HTML file: template, style, script and payload put together.

    build_atlas(city, language=None) -> str          the whole page, the same bytes for the same city on the same day
    save_atlas(city, path, language=None) -> Path    the same, written whole or not at all

`city` is an opened city (see `labkit.maps.scope.CityWithRegister` for what is asked of it); of its register only what
everybody may see goes in. Nothing in the page asks the network for anything: its content security policy forbids it, and
allows no script but its own.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from labkit import look
from labkit.language import LANGUAGES, resolve, t
from labkit.maps import layers, leaflet, project_spec, whole_page
from labkit.maps.atlas.covered import coverage_payload
from labkit.maps.atlas.payload import payload
from labkit.maps.atlas.register import public, register_payload
from labkit.maps.atlas.texts import page_texts
from labkit.maps.scope import CityWithRegister
from labkit.saving import save_text

ASSETS = look.ASSETS / "atlas"

#: The page's style: of the figures, and of the register.
STYLES = ("atlas", "panels", "area_page", "records", "framed")

#: The page's script, in the order in which its files build on each other.
SCRIPTS = (
    *("data", "words", "state", "shows", "marks", "controls", "search"),
    *("map", "profile", "panels", "distribution", "ranking", "trends", "compare", "table", "facts"),
    *("area_page", "share", "framed"),
    *("records", "filters", "choices", "record_list", "record_page", "related", "places"),
    *("project_map", "coverage"),
    "main",
)


def build_atlas(
    city: CityWithRegister, language: str | None = None, *, framed: bool = False, despite_names: bool = False
) -> str:
    """Return the atlas of a city as one HTML page.

    Parameters
    ----------
    city : City
        The opened city.
    language : {"en", "nl"}, optional
        The language in which it opens; the current one if left out. The reader can switch.
    framed : bool
        Whether it stands in a notebook, in step with Python; see `labkit.widgets.frame`. It then leaves out what
        only the atlas shows: the answers on coverage.
    despite_names : bool
        Go on although a text of the register holds the name of a record that is not public.

    Returns
    -------
    str
        The page. It works from a file, without a network, and is the same for the same city on the same day.

    Raises
    ------
    MentionError
        If a public text of the register names a record that is not public.

    Examples
    --------
    >>> import labkit as lk
    >>> page = build_atlas(lk.open_city("leiden"), "nl")
    >>> page[:15], "<title>Leiden" in page
    ('<!doctype html>', True)
    """
    language = resolve(language)
    contents = payload(city, language)
    book = public(city, despite_names=despite_names)
    contents["register"] = register_payload(book, city)
    contents["coverage"] = {} if framed else coverage_payload(book, city)
    contents["texts"] = {other: page_texts(other) for other in LANGUAGES if other != "en"}
    contents["project_texts"] = {one: project_spec.project_texts(one, "{level}") for one in LANGUAGES}
    contents["map_texts"] = {one: layers.map_texts(one) for one in LANGUAGES}
    script = _script()
    return whole_page.filled(
        (ASSETS / "page.html").read_text(encoding="utf-8"),
        {
            "language": language,
            "framed": " data-framed" if framed else "",
            "policy": whole_page.policy(script, images="data: blob:"),
            "title": escape(f"{city.title(language)}: {t('city as a lab', language)}"),
            "icon": whole_page.icon(),
            "styles": _styles(),
            "noscript": _noscript(),
            "payload": leaflet.json_script("atlas-data", contents),
            "script": script,
        },
    )


def save_atlas(
    city: CityWithRegister, path: str | Path, language: str | None = None, *, despite_names: bool = False
) -> Path:
    """Write the atlas of a city to a file, whole or not at all; see `build_atlas`.

    Returns
    -------
    Path
        The file that was written.

    Examples
    --------
    >>> import tempfile
    >>> import labkit as lk
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save_atlas(lk.open_city("leiden"), Path(folder) / "atlas.html")
    ...     path.stat().st_size < 2_000_000
    True
    """
    return save_text(path, build_atlas(city, language, despite_names=despite_names))


@cache
def _script() -> str:
    return whole_page.script("atlas", SCRIPTS, map("{}.js".format, leaflet.LAYER_SCRIPTS["projects"]))


@cache
def _styles() -> str:
    return whole_page.styles("projects.css", *(f"atlas/{name}.css" for name in STYLES))


def _noscript() -> str:
    said = {
        one: t("This page draws its map with a script of its own. Allow scripts for this file to see it.", one)
        for one in LANGUAGES
    }
    return "<br>".join(f'<span lang="{one}">{escape(text)}</span>' for one, text in said.items())
