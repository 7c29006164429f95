"""The calls of labkit that make a view: written out as code, or run.

A view is filled in first, as the page does it (assets/atlas/state.js), but what was asked and is not there is an
error here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from labkit.area import Area
from labkit.datapackage import comes_with_labkit
from labkit.errors import NoFiguresError, UnknownNameError, WrongUseError
from labkit.language import t
from labkit.maps.atlas.scopes import Scope, scopes
from labkit.maps.atlas.series import is_there
from labkit.maps.atlas.start import first_view
from labkit.maps.choices import no_choice
from labkit.maps.scope import CityWithRegister
from labkit.register.vocabularies import THEMES, UNKNOWN

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.view import View

#: The parts of the atlas that list records, and the kind of record in each.
LISTS = {"projects": "project", "questions": "question", "partners": "partner"}
#: The filters of each list that a search of the register has too: the key in an address, and the field of the search.
FILTERS = {
    "projects": {"theme": "theme", "place": "area", "when": "year", "status": "status", "programme": "programme"},
    "questions": {"theme": "theme", "place": "area", "status": "status", "asker": "asker_kind"},
    "partners": {"field": "sector"},
}
#: The key of a record's page, and the table of the register that holds it.
PAGES = {
    **{kind: name for name, kind in LISTS.items()},
    **{"outcome": "outcomes", "offer": "offers", "agreement": "agreements"},
}


@dataclass(frozen=True)
class Call:
    """One call of labkit, such as `city.rank("lonely", year=2020)`.

    Attributes
    ----------
    path : tuple of str
        What is called, from the city on.
    args, named : tuple, dict
        With what; None for an attribute, which is not called.
    rows : tuple of str
        Of a table, only these rows.
    tabled : bool
        Whether the table is in `.table`, or what comes back is one.
    """

    path: tuple[str, ...]
    args: tuple[Any, ...] | None = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    tabled: bool = True

    def text(self, name: str) -> str:
        """Return the call as code."""
        text = ".".join((name, *self.path))
        if self.args is not None:
            given = [_written(one) for one in self.args] + [f"{key}={_written(one)}" for key, one in self.named.items()]
            text += f"({', '.join(given)})"
        return f"{text}.loc[{_written(list(self.rows))}]" if self.rows else text

    def run(self, city: CityWithRegister) -> Any:
        """Do the call."""
        found: Any = city
        for name in self.path:
            found = getattr(found, name)
        if self.args is not None:
            found = found(*self.args, **self.named)
        return found.loc[list(self.rows)] if self.rows else found


def resolve(view: View, city: CityWithRegister) -> View:
    """Fill in what a view leaves open; see `View.resolved`."""
    views = [one for one in scopes(city.areas, city.home, city.region) if _has_figures(city, one.level)]
    start = first_view(city, views)
    area = None if view.area is None else city.areas.find(view.area)
    others = tuple(city.areas.find(one).code for one in view.compare)
    if len({city.areas[code].level for code in others}) > 1:
        raise WrongUseError(t("Areas of one level are compared. Leave out those of another level."))
    level = area.level if area else city.areas.level(view.level or start["level"]).id
    scope = _scope(city, views, level, view.within, area)
    indicator = _indicator(city, view, scope, start)
    year = _year(city, view, scope, indicator, start)
    page = page_of(view, city)
    extra = dict(view.extra)
    if page is not None:
        extra = {key: value for key, value in extra.items() if key not in _level_ids(city)} | {page.level: page.code}
    return replace(
        view,
        level=level,
        within=scope.within.code if scope.within else "all",
        indicator=indicator,
        year=year,
        area=area.code if area else None,
        compare=others,
        extra=extra,
    )


def page_of(view: View, city: CityWithRegister) -> Area | None:
    """Return the area whose page a view is: its address has the id of a level as a key."""
    keys = [key for key in view.extra if key in _level_ids(city)]
    return city.areas.find(view.extra[keys[-1]]) if keys else None


def calls(view: View, city: CityWithRegister) -> list[Call]:
    """Return the calls that make a view; the table is that of the last one."""
    page = page_of(view, city)
    if page is not None:
        return [Call(("profile",), (page.code,))]
    for key in PAGES:
        if key in view.extra:
            # An unknown id is told here, with what is near: of public records alone, as the page has no others.
            found = city.register.book.public()[view.extra[key]]
            return [Call(("register", PAGES[found.KIND]), None, rows=(found.id,), tabled=False)]
    if view.show == "coverage":
        return [Call(("register", "coverage"))]
    if view.show in LISTS:
        return [_list(view, city)]
    if view.show != "figures":
        raise no_choice("show", view.show, ["figures", *LISTS, "coverage"])
    view = resolve(view, city)
    profile = [Call(("profile",), (view.area,))] if view.area and _profiled(city, view.area) else []
    return [*profile, _panel(view, city)]


def code(view: View, city: CityWithRegister, opened_as: str | None = None) -> str:
    """Write the calls of a view as lines of code; see `View.code`."""
    name = city.name if city.name.isidentifier() else "city"
    own = city.package.path / "register"
    opened = city.name if comes_with_labkit(city.package.path) else str(city.package.path)
    folder = city.register.folder.path
    register = "" if folder == own or opened_as else f", register={_written(str(folder))}"
    lines = ["import labkit as lk", "", f"{name} = lk.open_city({_written(opened_as or opened)}{register})"]
    *before, last = calls(view, city)
    lines += [f"profile = {one.text(name)}" for one in before]
    if left := _left_out(view, city):
        lines.append("# " + " ".join(t("Not in these lines: {names}.", names=", ".join(left)).split()))
    if not last.tabled:
        return "\n".join([*lines, f"table = {last.text(name)}"])
    return "\n".join([*lines, f"shown = {last.text(name)}", "table = shown.table"])


def run(view: View, city: CityWithRegister) -> pd.DataFrame:
    """Do what the code of a view does; see `View.table`."""
    last = calls(view, city)[-1]
    found = last.run(city)
    table: pd.DataFrame = found.table if last.tabled else found
    return table


def _list(view: View, city: CityWithRegister) -> Call:
    """Return the list of records with those filters that a search of the register knows too."""
    named = {"kind": LISTS[view.show], **_asked(view, city)}
    if len(named) == 1 and not view.extra.get("q"):
        return Call(("register", view.show), None, tabled=False)
    return Call(("register", "search"), (view.extra.get("q", ""),), named)


def _asked(view: View, city: CityWithRegister) -> dict[str, Any]:
    """Return the filters of a list as a search of the register asks for them; the others are in `_left_out`."""
    named: dict[str, Any] = {}
    for key, field_ in FILTERS[view.show].items():
        value = view.extra.get(key, "")
        sector = value.removeprefix("sector-")
        if key == "theme" and value != sector:  # of one name a theme is found before a sector
            named[field_] = [term.id for term in THEMES if term.group == sector]
        elif (
            value and (key, value) != ("theme", UNKNOWN) and (key != "place" or value == UNKNOWN or value in city.areas)
        ):
            named[field_] = value
    return {name: value for name, value in named.items() if value}


def _left_out(view: View, city: CityWithRegister) -> list[str]:
    """Return the filters of a list that the lines of code leave out: the page can choose more finely than a search."""
    if view.show not in LISTS or page_of(view, city) is not None or any(key in view.extra for key in PAGES):
        return []
    asked = _asked(view, city)
    known = {key for key, field_ in FILTERS[view.show].items() if field_ in asked}
    return [f"{key}={value}" for key, value in view.extra.items() if key not in {*known, "q", "order", "as"}]


def _panel(view: View, city: CityWithRegister) -> Call:
    """Return the call of what stands below the map, or of the map itself; `view` is filled in."""
    assert view.indicator is not None and view.level is not None
    indicator = city.indicators[view.indicator]
    place = {"level": view.level, "year": view.year}
    if view.panel == "compare" and len(view.compare) > 1 and _comparable(city, view, indicator.theme):
        return Call(("compare",), view.compare, {"theme": indicator.theme})
    if view.panel == "trend" and (lines := _lines(city, view)):
        return Call(("change",), (indicator.id, lines))
    within = None if view.within in (None, "all") else city.areas[str(view.within)]
    if within is None or view.year not in city.figures.years(indicator.id, view.level, within):
        # A map of the whole package, or one on which no area has a value: the figures with their reasons.
        area = {} if within is None else {"area": within.code}
        return Call(("figures",), (indicator.id,), {**place, **area}, tabled=False)
    verb = "rank" if view.panel == "ranking" else "map"
    return Call((verb,), (indicator.id,), {**place, "within": within.code})


def _lines(city: CityWithRegister, view: View) -> list[str]:
    """Return the areas whose lines are drawn: the compared ones or the chosen one, and the city beside them."""
    assert view.indicator is not None
    one = city.indicators[view.indicator]
    chosen = list(view.compare) or ([view.area] if view.area else [])
    beside = one.kind != "count" or not chosen or view.level == city.home.level
    codes = [*chosen, city.home.code] if beside and city.home.code not in chosen else chosen
    return [code for code in codes if _followed(city, one.id, city.areas[code])]


def _followed(city: CityWithRegister, indicator: str, area: Area) -> bool:
    years = city.figures.years(indicator, area.level)
    return any(city.figures.get(indicator, area, year) is not None for year in years)


def _comparable(city: CityWithRegister, view: View, theme: str) -> bool:
    from labkit.comparison.compare import compare

    try:
        compare(city, view.compare, theme=theme)
    except NoFiguresError:
        return False
    return True


def _profiled(city: CityWithRegister, area: str) -> bool:
    from labkit.comparison.profile import profile

    try:
        profile(city, area)
    except NoFiguresError:
        return False
    return True


def _scope(city: CityWithRegister, views: list[Scope], level: str, within: str | None, area: Area | None) -> Scope:
    own = [one for one in views if one.level == level]
    if not own:
        names = ", ".join(dict.fromkeys(one.level for one in views))
        raise NoFiguresError(t("There is no map of the level {level}. There are: {names}.", level=level, names=names))
    holding = [one for one in own if area is None or city.areas.of_level(level).index(area) in one.members]
    if within is None:
        return (holding or own)[0]
    code = "all" if within == "all" else city.areas.find(within).code
    for one in own:
        if (one.within.code if one.within else "all") == code or (code == "all" and one is own[-1]):
            return one if one in holding else (holding or own)[0]
    choices = [one.within.code if one.within else "all" for one in own]
    raise UnknownNameError(
        t(
            'There is no map of {level} within "{given}". There are: {names}.',
            level=level,
            given=within,
            names=", ".join(choices),
        ),
        choices,
    )


def _indicator(city: CityWithRegister, view: View, scope: Scope, start: Mapping[str, Any]) -> str:
    """Return the indicator that was asked for, or the one nearest to that of the start."""
    if view.indicator is not None:
        named = city.indicators[view.indicator].id
        if not _years(city, named, scope):
            city.figures.demand_year(named, scope.level, None, scope.within)  # says which figures there are
        return named
    wanted = city.indicators[start["indicator"]]
    if _years(city, wanted.id, scope):
        return wanted.id
    usable = [one for one in city.indicators if _years(city, one.id, scope)]
    return min(usable, key=lambda one: int(one.kind == "count") + (0 if one.theme == wanted.theme else 3)).id


def _year(city: CityWithRegister, view: View, scope: Scope, indicator: str, start: Mapping[str, Any]) -> int:
    years = _years(city, indicator, scope)
    if view.year is not None:
        if view.year not in years:
            city.figures.demand_year(indicator, scope.level, view.year, scope.within)
        return view.year
    return min(years, key=lambda year: (abs(year - start["year"]), -year))


def _years(city: CityWithRegister, indicator: str, scope: Scope) -> list[int]:
    """Return the years of which an area of a map has a figure, or a reason why there is none."""
    years = city.figures.years(indicator, scope.level)
    figures = {year: city.figures.of(indicator, scope.level, year) for year in years}
    return [year for year, all_of in figures.items() if any(is_there(all_of[member]) for member in scope.members)]


def _has_figures(city: CityWithRegister, level: str) -> bool:
    return any(level in city.figures.levels(one.id) for one in city.indicators)


def _level_ids(city: CityWithRegister) -> set[str]:
    return {level.id for level in city.areas.levels}


def _written(value: Any) -> str:
    """Return a value as Python code, with double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(_written(one) for one in value)}]"
    return repr(value)
