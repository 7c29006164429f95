"""What the explorer and the atlas show, in one small object: it can be read, changed, saved and opened again.

    View.of(address)            from an address of the atlas, the part after "#"
    view.address                the other way round
    view.code(city)             the labkit lines that make this view
    view.table(city)            what these lines give

The keys of an address are those of the page's script (assets/atlas/state.js).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from labkit.asked import whole_year
from labkit.errors import LabkitError, WrongUseError
from labkit.language import t
from labkit.maps.choices import hint_of, no_choice
from labkit.saving import save_text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.maps.scope import CityWithRegister

#: The panels below the map; the first is the one that opens.
PANELS = ("distribution", "ranking", "trend", "compare")
CLASSES = ("year", "all")
#: No more areas than can be told apart are compared.
MOST_COMPARED = 4


@dataclass(frozen=True)
class View:
    """One view of a city; what is None stands as the atlas opens.

    Attributes
    ----------
    level, indicator : str or None
        Ids.
    within : str or None
        Code of the area whose parts are shown; "all" for the whole package.
    year : int or None
        The year.
    area : str or None
        Code of the chosen area.
    compare : tuple of str
        Codes of the areas that are compared.
    panel : {"distribution", "ranking", "trend", "compare"}
        What stands below the map.
    classes : {"year", "all"}
        Whether the classes are those of this year or of all years.
    show : str
        The part of the atlas: "figures", "projects" and so on.
    lang : {"en", "nl"} or None
        Its language.
    extra : dict
        All other keys of the address, such as filters of projects and the pages of areas and records.

    Examples
    --------
    >>> view = View.of("#level=district&indicator=lonely&year=2020&panel=ranking")
    >>> view.indicator, view.year, view.address
    ('lonely', 2020, 'level=district&indicator=lonely&year=2020&panel=ranking')
    """

    level: str | None = None
    within: str | None = None
    indicator: str | None = None
    year: int | None = None
    area: str | None = None
    compare: tuple[str, ...] = ()
    panel: str = PANELS[0]
    classes: str = CLASSES[0]
    show: str = "figures"
    lang: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compare", tuple(dict.fromkeys(self.compare)))
        if self.year is not None:
            object.__setattr__(self, "year", whole_year(self.year))
        for name, choices in (("panel", PANELS), ("classes", CLASSES), ("lang", (None, "en", "nl"))):
            if getattr(self, name) not in choices:
                raise no_choice(name, getattr(self, name), [one for one in choices if one])
        if len(self.compare) > MOST_COMPARED:
            raise WrongUseError(
                t(
                    "No more than {most} areas are compared, not {count}. Leave some out.",
                    most=MOST_COMPARED,
                    count=len(self.compare),
                )
            )

    @classmethod
    def of(cls, address: str) -> View:
        """Read the address of a view; a whole link will do, only what stands after "#" is read.

        Raises
        ------
        WrongUseError
            If a year is no number, or there is no such panel; the text names what is near.
        """
        words = dict(parse_qsl(str(address).rpartition("#")[2], keep_blank_values=True))
        known: dict[str, Any] = {name: words.pop(name) for name in _KEYS if words.get(name)}
        if "compare" in known:
            known["compare"] = tuple(code for code in known["compare"].split(",") if code)
        return cls(**known, extra=words)

    @property
    def address(self) -> str:
        """The view as the part of an address after "#"."""
        standard = View()
        words = dict(self.extra)
        for name in _KEYS:
            if getattr(self, name) != getattr(standard, name):
                words[name] = ",".join(self.compare) if name == "compare" else str(getattr(self, name))
        return urlencode(words, safe=",")

    def save(self, path: str | Path) -> Path:
        """Write the view to a small JSON file, whole or not at all; `View.read` opens it again."""
        held = {name: value for name, value in asdict(self).items() if value not in (None, (), {})}
        return save_text(path, json.dumps(held, ensure_ascii=False, indent=2) + "\n")

    @classmethod
    def read(cls, path: str | Path) -> View:
        """Open a view that was saved.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = View(indicator="lonely", compare=("WK054608", "WK054609")).save(Path(folder) / "view.json")
        ...     View.read(path).compare
        ('WK054608', 'WK054609')
        """
        try:
            held = json.loads(Path(path).read_text(encoding="utf-8"))
            if not isinstance(held, dict):
                raise ValueError(t("it holds no names"))
        except (OSError, ValueError) as error:
            raise LabkitError(
                t("{path} is no view that was saved: {error}. Save one with view.save(path).", path=path, error=error)
            ) from error
        known = {name: held.pop(name) for name in list(held) if name in _FIELDS}
        if held:
            name = next(iter(held))
            hint = hint_of(name, _FIELDS)
            raise WrongUseError(t("{path}: a view has no {name}. {hint}", path=path, name=repr(name), hint=hint))
        return cls(**{**known, "compare": tuple(known.get("compare", ()))})

    def resolved(self, city: CityWithRegister) -> View:
        """Return the view with everything filled in, as the atlas of this city shows it.

        Raises
        ------
        UnknownNameError
            If the city has no such level, indicator or area; the text names what is near.
        NoFiguresError
            If there are no figures for that level or year; the text names those that there are.
        """
        from labkit.maps.view_code import resolve

        return resolve(self, city)

    def code(self, city: CityWithRegister, opened_as: str | None = None) -> str:
        """Return the labkit lines that make this view, ready to paste; they leave a DataFrame `table`.

        Parameters
        ----------
        city : City
            The opened city.
        opened_as : str, optional
            What the lines open; the city's name or folder if left out. For readers of a server, to whom its folders
            say nothing.

        Examples
        --------
        >>> import labkit as lk
        >>> print(View(indicator="lonely", year=2020, panel="ranking").code(lk.open_city("leiden")))
        import labkit as lk
        <BLANKLINE>
        leiden = lk.open_city("leiden")
        shown = leiden.rank("lonely", level="neighbourhood", year=2020, within="GM0546")
        table = shown.table
        """
        from labkit.maps.view_code import code

        return code(self, city, opened_as)

    def table(self, city: CityWithRegister) -> pd.DataFrame:
        """Return what the code of this view gives: the table of what is shown."""
        from labkit.maps.view_code import run

        return run(self, city)


_FIELDS = tuple(one.name for one in fields(View))
#: In the order in which they stand in an address.
_KEYS = ("show", "level", "within", "indicator", "year", "area", "classes", "panel", "compare", "lang")
