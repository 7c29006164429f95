"""The words of a map's page."""

from __future__ import annotations

from labkit.area import Level
from labkit.language import t


def page_texts(language: str | None, scale: Level) -> dict[str, str]:
    """Return the words that the scripts in `assets/map/` need.

    Parameters
    ----------
    language : {"en", "nl"}, optional
        The current language if left out.
    scale : Level
        Which areas are shown.

    Examples
    --------
    >>> import labkit as lk
    >>> page_texts("en", lk.open_city("leiden").areas.level("district"))["search"]
    'Find districts'
    """
    areas = scale.plural(language)
    return {
        "search": t("Find {areas}", language, areas=areas),
        "search_projects": t("Find {areas} or projects", language, areas=areas),
        "search_indicators": t("Find {areas} or indicators", language, areas=areas),
        "search_all": t("Find {areas}, indicators or projects", language, areas=areas),
        "nothing_found": t("Nothing found. Try a part of the word.", language),
        "found": t("{count} results", language),
        "indicator": t("Indicator", language),
        "year": t("Year", language),
        "play": t("Play the years", language),
        "stop": t("Stop", language),
        "compare": t("Compare", language),
        "swipe": t("Swipe", language),
        "side": t("Side by side", language),
        "swipe_handle": t("How much of each map is seen", language),
        "left": t("left", language),
        "right": t("right", language),
        "class": t("Class", language),
        "remark": t("Remark", language),
        "own": t("Own observations", language),
        "own_hint": t("own observation", language),
        "legend": t("Legend", language),
        "name": t("Name", language),
        "area": scale.label(language),
        "said": t("Observation", language),
        "project": t("project", language),
    }
