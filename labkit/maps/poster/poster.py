"""The poster of an area: made, shown and saved."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from labkit.area import Area
from labkit.errors import WrongUseError
from labkit.language import resolve, t
from labkit.maps.of_city import city_map
from labkit.maps.poster.content import Content
from labkit.maps.poster.facts import chosen_detail, detail, profile_of
from labkit.maps.poster.page import page
from labkit.maps.poster.records import records_of
from labkit.maps.scope import CityWithRegister
from labkit.maps.still import description
from labkit.saving import save_text
from labkit.sources import credit_line


@dataclass(frozen=True)
class Poster:
    """A poster of one area on a page of A3; shows itself in a notebook.

    Attributes
    ----------
    area : Area
        Whose poster it is.
    language : {"en", "nl"}
        Its language.

    Examples
    --------
    >>> import labkit as lk
    >>> lk.open_city("leiden").poster("Stevenshof")
    <Poster of Stevenshofdistrict, en>
    """

    area: Area
    language: str
    _page: str

    def __repr__(self) -> str:
        return f"<Poster of {self.area.name}, {self.language}>"

    def to_html(self) -> str:
        """Return the poster as one HTML page; printed from a browser it is one page of A3."""
        return self._page

    def save(self, path: str | Path) -> Path:
        """Write the page to a file that ends in .html, whole or not at all.

        Raises
        ------
        WrongUseError
            If the name has another ending; the text says how to make a PDF.
        """
        if Path(path).suffix.lower() not in (".html", ".htm"):
            raise WrongUseError(
                t(
                    "A poster is saved as .html, not as {name}. For a PDF: open the page in a browser, choose Print and "
                    '"Save as PDF"; it is one page of A3.',
                    name=repr(Path(path).name),
                )
            )
        return save_text(path, self._page)

    def _repr_html_(self) -> str:
        title = t("Poster of {name}", self.language, name=self.area.name)
        style = "width: 100%; height: 50rem; border: 1px solid #8885"
        return f'<iframe srcdoc="{escape(self._page)}" title="{escape(title)}" sandbox style="{style}"></iframe>'


def poster(
    city: CityWithRegister,
    area: str | Area,
    language: str | None = None,
    path: str | Path | None = None,
    indicator: str | None = None,
    year: int | None = None,
    made_on: str = "",
) -> Poster:
    """Make the poster of an area; see `labkit.showing.Showing.poster`."""
    language = resolve(language)
    one = city.areas.find(area)
    found = profile_of(city, one)
    if year is not None and indicator is None:
        raise WrongUseError(t("A year is of the indicator on the map: give the indicator too."))
    shown = detail(city, one) if indicator is None else chosen_detail(city, one, indicator, year)
    layer, described = None, ""
    sources = list(found.sources) if found else []
    if shown is not None:
        layer = city_map(
            city,
            shown.indicator.id,
            shown.level.id,
            shown.year,
            shown.within,
            scheme=None,
            k=5,
            breaks=None,
            palette=None,
            middle=None,
            language=language,
        ).area_layers[0]
        described = f"{layer.about.label(language)}, {layer.year}. {description(layer, language)}"
        sources += [source for source in layer.sources if source not in sources]
    content = Content(
        city,
        one,
        found.rows if found else [],
        layer,
        described,
        records_of(city, one),
        credit_line(sources),
        language,
        made_on,
    )
    made = Poster(one, language, page(content))
    if path is not None:
        made.save(path)
    return made
