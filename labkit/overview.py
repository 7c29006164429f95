"""What is inside a city, in a few lines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from labkit.language import current, number, t
from labkit.look import TABLE_STYLE
from labkit.sources import credit_line

if TYPE_CHECKING:
    from labkit.comparison.scope import CityLike


def overview(city: CityLike) -> dict[str, str]:
    """Return what a city holds and from whom: heading -> text, in the current language.

    Examples
    --------
    >>> import labkit as lk
    >>> overview(lk.open_city("leiden"))["In the package"]
    '2 regions, 9 municipalities, 51 districts, 54 neighbourhoods'
    """
    years = sorted({one.year for one in city.figures})
    depth = city.areas.level(city.home.level).depth
    own = [
        f"{len(city.areas.of_level(level.id, city.home))} {level.plural()}"
        for level in city.areas.levels
        if level.depth > depth
    ]
    published = city.figures.published
    derived = number(len(city.figures) - published)
    count = t("{published} published, {derived} derived", published=number(published), derived=derived)
    span = t("{count}, in the years {first} to {last}", count=count, first=years[0], last=years[-1]) if years else "0"
    return {
        t("City"): f"{city.title()} ({', '.join(own)})",
        t("In the package"): ", ".join(
            f"{len(city.areas.of_level(level.id))} {level.plural()}" for level in city.areas.levels
        ),
        t("Indicators"): f"{len(city.indicators)}: {', '.join(city.indicators.themes.values())}",
        t("Figures"): span,
        t("Sources"): credit_line(city.sources.values()),
    }


def overview_html(city: CityLike) -> str:
    """Return the same as a table for the notebook."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(head)}</th><td>{escape(text)}</td></tr>" for head, text in overview(city).items()
    )
    return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table>{rows}</table></div>"
