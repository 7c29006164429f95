"""A folium map as one file that asks the network for nothing, and is the same file every time.

A folium map as it comes loads eleven files from four networks and is blank without them; its elements have
random names. `OfflineMap` is a `folium.Map` all the same: markers, GeoJSON and other elements can be added.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

import folium
from branca.colormap import ColorMap
from branca.element import Element, Figure, MacroElement
from folium.elements import JSCSSMixin

from labkit import look
from labkit.language import resolve, t
from labkit.maps import leaflet

#: A part of a page: HTML, or what makes it when the page is made.
Part = str | Callable[[], str]


class OfflineMap(folium.Map):
    """A folium map that carries Leaflet with it, and has no tiles unless you add them.

    Parameters
    ----------
    title : str
        Title of the page.
    language : {"en", "nl"}, optional
        Language of the page; the current one if left out.
    before, after, foot, below : str or function
        HTML that stands before the map, beside it, directly below it, and below all; the last one stands outside
        the frame in a notebook. A function is asked for it each time the page is made.
    **options
        What `folium.Map` takes.

    Examples
    --------
    >>> page = OfflineMap("A map", location=[52.16, 4.49]).get_root().render()
    >>> page[:15], "https://" in page.split("</style>")[-1].split("<script>")[0]
    ('<!DOCTYPE html>', False)
    """

    # folium's lists of what to load: Leaflet is inside the page, and nothing here needs the rest.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        title: str,
        language: str | None = None,
        before: Part = "",
        after: Part = "",
        foot: Part = "",
        below: Part = "",
        **options: Any,
    ) -> None:
        # Our script adds controls in the page's language, and a wheel that zooms would stop the page's scrolling.
        plain: dict[str, Any] = {"zoom_control": False, "attribution_control": False, "scroll_wheel_zoom": False}
        plain |= {"tiles": None, "fade_animation": False, "zoom_snap": 0.25, "zoom_delta": 0.5}
        super().__init__(**{**plain, **options})
        Page(title, resolve(language), before, after, foot, below).add_child(self)


class Page(Figure):
    """The page around an `OfflineMap`: what folium's figure does, with everything inside it.

    Examples
    --------
    >>> drawn = OfflineMap("Tiles", location=[52.16, 4.49])
    >>> folium.TileLayer("OpenStreetMap").add_to(drawn).get_root().needs_network
    ['TileLayer']
    """

    def __init__(self, title: str, language: str, before: Part, after: Part, foot: Part, below: Part) -> None:
        super().__init__()
        self.heading = title
        self.language, self.before, self.after = language, before, after
        self.foot, self.below = foot, below

    def render(self, framed: bool = False, linked: bool = False, **kwargs: Any) -> str:
        """Return the page as HTML.

        Parameters
        ----------
        framed : bool
            For a frame of fixed height, without what stands below the map.
        linked : bool
            For a frame that is in step with Python; see `labkit.widgets.frame`.
        **kwargs
            What folium passes to its elements.
        """
        kept = [(element, element._children.copy()) for element in _elements(self)]
        try:
            for child in list(self._children.values()):
                child.render(**kwargs)
            return _numbered(self._page(framed, linked, kwargs), self)
        finally:
            # What folium adds while it renders would stand there twice the next time.
            for element, children in kept:
                element._children = children

    def _page(self, framed: bool, linked: bool, kwargs: dict[str, Any]) -> str:
        """Put the page together from what the elements have added to it."""
        # The map's own head is left out: it forbids zooming in on the page, and makes the map fill it.
        own = {child.get_name() for child in self._children.values()} | {"meta_http"}
        head = [_text(child, kwargs) for name, child in self.header._children.items() if name not in own]
        styles = leaflet.leaflet_css(), look.css(), leaflet.areas_css(), leaflet.asset("page.css")
        page = [
            "<!DOCTYPE html>",
            f'<html lang="{self.language}"{" data-framed" if linked else ""}>',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(self.heading)}</title>",
            f"<style>\n{''.join(styles)}</style>",
            _script(leaflet.leaflet_js()),
            _script(leaflet.asset("folium.js")),
            _script(leaflet.asset("frame.js")) if linked else "",
            *head,
            "</head>",
            f'<body class="lk-page{" lk-framed" if framed or linked else ""}"><main>',
            _made(self.before),
            '<div class="lk-map-frame">',
            *(_text(child, kwargs) for child in self.html._children.values()),
            "</div>",
            _made(self.after),
            '<div class="lk-below">',
            _made(self.foot),
            self._network_note(),
            "" if framed else _made(self.below),
            "</div>",
            "</main>",
            # Each in an element of its own: one that fails leaves the others standing.
            *(_script(_text(child, kwargs)) for child in self.script._children.values()),
            "</body>",
            "</html>\n",
        ]
        return "\n".join(part for part in page if part)

    def _repr_html_(self, **kwargs: Any) -> str:
        """Return the page in a frame of fixed height, and what stands below it beside the frame.

        The frame is kept apart from the notebook. Where a notebook is not trusted, Jupyter drops the frame
        and shows the table.
        """
        frame = (
            f'<iframe srcdoc="{escape(self.render(framed=True, **kwargs))}" title="{escape(self.heading)}" '
            'sandbox="allow-scripts allow-popups" style="width: 100%; height: 40rem; border: 0"></iframe>'
        )
        below = _made(self.below)
        if not below:
            return frame
        summary = escape(t("Table of what the map shows", self.language))
        hint = escape(t("No map above this table? Choose Trust Notebook in Jupyter's menu File.", self.language))
        return (
            f'{frame}<details lang="{self.language}"><summary>{summary}</summary>{below}'
            f"<p><small>{hint}</small></p></details>"
        )

    @property
    def needs_network(self) -> list[str]:
        """Names of the elements that were added and need the network, such as "TileLayer"."""
        found = [
            type(element).__name__
            for element in _elements(self)
            if isinstance(element, folium.TileLayer | folium.WmsTileLayer | ColorMap)
            or (isinstance(element, JSCSSMixin) and (element.default_js or element.default_css))
        ]
        return list(dict.fromkeys(found))

    def _network_note(self) -> str:
        if not self.needs_network:
            return ""
        names = ", ".join(self.needs_network)
        text = t("Without a network this map lacks: {names}.", self.language, names=names)
        return f'<p class="lk-note">{escape(text)}</p>'


class AreasElement(MacroElement):
    """Areas with figures, as an element of an `OfflineMap`; drawn by `assets/areas.js`.

    Parameters
    ----------
    spec : dict or function
        What `labkitAreas` takes, and more for the page: see `labkit.maps.map_page`. A function is asked for it
        each time the page is made.

    Examples
    --------
    >>> drawn = OfflineMap("Nothing yet", location=[52.16, 4.49])
    >>> AreasElement({"areas": {"features": []}, "layer": None}).add_to(drawn).get_root() is drawn.get_root()
    True
    """

    def __init__(self, spec: dict[str, Any] | Callable[[], dict[str, Any]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Areas"
        self.spec = spec

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - folium passes them to every element
        """Add the data, and the scripts that draw it, to the page; itself it is nothing."""
        page, drawn_on, name = self.get_root(), self._parent, self.get_name()
        assert isinstance(page, Figure) and drawn_on is not None, "Add it to a map before it is rendered."
        spec = self.spec if isinstance(self.spec, dict) else self.spec()
        page.html.add_child(Verbatim(leaflet.json_script("labkit-spec", spec)), name=name)
        style = f"<style>\n{leaflet.map_page_css(spec)}</style>"
        page.header.add_child(Verbatim(style), name=f"{name}_style")
        code = [leaflet.areas_js(), leaflet.map_page_js(spec), f"labkitMapPage({drawn_on.get_name()});"]
        page.script.add_child(Verbatim("\n".join(code)), name=name)
        return ""


class Verbatim(Element):
    """Text that goes into the page as it stands; folium's own elements would read it as a template.

    Examples
    --------
    >>> Verbatim("{{ 7 * 7 }}").render()
    '{{ 7 * 7 }}'
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - folium passes them to every element
        """Return the text."""
        return self.text


def _text(element: Any, kwargs: dict[str, Any]) -> str:
    """Return what an element adds to the page.

    folium puts what an element has rendered into a new `Element`, which would be rendered once more: a
    name such as "{{ 7 * 7 }}" in someone's data would then be computed instead of shown.
    """
    if type(element) is Element and element._template_str is not None:
        return str(element._template_str)
    return str(element.render(**kwargs))


def _made(part: Part) -> str:
    return part if isinstance(part, str) else part()


def _script(code: str) -> str:
    return f"<script>\n{code}\n</script>"


def _numbered(page: str, figure: Figure) -> str:
    """Replace folium's random names by numbers in the order in which they appear on the page."""
    random = {element._id for element in _elements(figure)}
    numbers: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        name = found[0]
        return numbers.setdefault(name, str(len(numbers) + 1)) if name in random else name

    return re.sub(r"[0-9a-f]{32}", number, page)


def _elements(root: Element) -> list[Element]:
    """Return an element and all elements that it holds, each once."""
    found = {id(root): root}
    waiting = [root]
    while waiting:
        for value in vars(waiting.pop()).values():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            new = [one for one in held if isinstance(one, Element) and id(one) not in found]
            found |= {id(one): one for one in new}
            waiting += new
    return list(found.values())
