"""The catalogue: what is measured, in which unit, out of what, and where its definition comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from labkit.errors import UnknownNameError, WrongUseError
from labkit.language import current, did_you_mean, t
from labkit.look import TABLE_STYLE
from labkit.names import fold, nearest
from labkit.structure.flaw import Flaw, FlawError
from labkit.structure.plain import is_name, short
from labkit.texts import Text

if TYPE_CHECKING:
    import pandas as pd

    from labkit.datapackage import Package

ROUNDINGS = ("random", "nearest")
DECIMALS = tuple("0123456")
KINDS = ("count", "share", "mean", "median", "rate", "index", "distance")


@dataclass(frozen=True, slots=True, repr=False)
class Indicator:
    """One thing that is measured.

    Attributes
    ----------
    id : str
        Its name in code ("lonely").
    theme : str
        Id of its theme.
    unit : str
        Id of its unit ("%", "persons").
    kind : {"count", "share", "mean", "median", "rate", "index", "distance"}
        How its values behave when areas are put together.
    weight : str
        Id of the count that it is out of; "" if the package has none.
    numerator : str
        Id of the count from which it follows as numerator / weight; "" if it does not.
    part_of : str
        "<whole>:<group>": with the others of its group it adds up to the whole; "" if it does not.
    decimals : int
        How many decimals are shown.
    rounding : {"random", "nearest"}
        How a publisher rounds it where its status is "rounded".
    source : str
        Whose definition it is.

    Examples
    --------
    >>> import labkit as lk
    >>> lonely = lk.open_city("leiden").indicators["lonely"]
    >>> lonely.unit, lonely.kind, lonely.theme
    ('%', 'share', 'wellbeing')
    """

    id: str
    theme: str
    unit: str
    kind: str
    weight: str
    numerator: str
    part_of: str
    decimals: int
    rounding: str
    source: str
    labels: Text
    definitions: Text
    references: Text
    units: Text
    themes: Text

    def label(self, language: str | None = None) -> str:
        """Return its short name in Dutch or English."""
        return self.labels(language)

    def definition(self, language: str | None = None) -> str:
        """Return what it measures, in a sentence or two."""
        return self.definitions(language)

    def reference(self, language: str | None = None) -> str:
        """Return the period that its figures speak of, where that is known to differ from the year."""
        return self.references(language)

    def unit_label(self, language: str | None = None) -> str:
        """Return its unit as it is written."""
        return self.units(language)

    def theme_label(self, language: str | None = None) -> str:
        """Return the name of its theme."""
        return self.themes(language)

    @property
    def factor(self) -> float:
        """What numerator / weight is multiplied by: 100 for a percentage, 1,000 for a rate per 1,000."""
        if self.unit == "%":
            return 100.0
        return 1000.0 if self.unit.startswith("per 1000") else 1.0

    def __repr__(self) -> str:
        return f"<Indicator {self.id}: {self.label()} ({self.unit_label()})>"

    def _repr_html_(self) -> str:
        rows = {
            t("Definition"): self.definition(),
            t("Period"): self.reference(),
            t("Unit"): self.unit_label(),
            t("Theme"): self.theme_label(),
            t("Out of"): self.weight,
            t("Source"): self.source,
        }
        cells = "".join(f"<tr><th scope='row'>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows.items() if v)
        head = f"<caption>{escape(self.label())} <code>{escape(self.id)}</code></caption>"
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table>{head}{cells}</table></div>"


class Indicators:
    """A list of indicators that can be searched and shows itself as a table.

    Examples
    --------
    >>> import labkit as lk
    >>> indicators = lk.open_city("leiden").indicators
    >>> indicators["population"].label("nl")
    'Inwoners'
    >>> "lonely" in [indicator.id for indicator in indicators.search("eenzaam")]
    True
    """

    def __init__(self, indicators: Iterable[Indicator], themes: Mapping[str, Text]) -> None:
        self._indicators = {indicator.id: indicator for indicator in indicators}
        self._themes = dict(themes)

    @classmethod
    def read(cls, package: Package) -> Indicators:
        """Read the catalogue of a package; a `PackageError` says where an indicator is wrong."""
        themes = {item["id"]: Text.of(item) for item in package.settings["themes"]}
        units = {item["id"]: Text.of(item) for item in package.settings["units"]}
        rows = package.numbered_rows("indicators")
        ids = {row["id"] for _, row in rows}
        for line, row in rows:
            for flaw in indicator_flaws(row, themes, ids, line):
                raise FlawError(package.file("indicators"), flaw)
        return cls((_read_indicator(row, themes, units) for _, row in rows), themes)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._indicators.values())

    def __len__(self) -> int:
        return len(self._indicators)

    def __contains__(self, name: object) -> bool:
        return name in self._indicators

    def __getitem__(self, name: str) -> Indicator:
        """Return an indicator by its id, or by its exact label in Dutch or English.

        Raises
        ------
        UnknownNameError
            If there is none; the nearest ones are suggested.
        """
        if isinstance(name, str) and name in self._indicators:
            return self._indicators[name]
        wanted = fold(str(name))
        fits = [one for one in self if wanted in (fold(one.id), fold(one.labels.nl), fold(one.labels.en))]
        if len(fits) == 1:
            return fits[0]
        raise self._unknown(str(name))

    @property
    def themes(self) -> dict[str, str]:
        """The themes: id -> name in the current language."""
        used = {indicator.theme for indicator in self}
        return {name: text() for name, text in self._themes.items() if name in used}

    def theme(self, text: str) -> str:
        """Return the id of a theme by its id or its name in Dutch or English.

        Raises
        ------
        UnknownNameError
            If there is no such theme; the text names those that there are.
        """
        wanted = fold(str(text))
        for name, label in self._themes.items():
            if wanted in (fold(name), fold(label.nl), fold(label.en)):
                return name
        near = nearest(str(text), self._themes)
        raise UnknownNameError(
            t('There is no theme "{given}". There are: {names}.', given=text, names=", ".join(self._themes)), near
        )

    def of_theme(self, theme: str) -> Indicators:
        """Return the indicators of one theme."""
        wanted = self.theme(theme)
        return Indicators([one for one in self if one.theme == wanted], self._themes)

    def search(self, text: str) -> Indicators:
        """Return the indicators in which all words of a text occur, best matches first.

        Ids, labels and definitions in both languages are searched, without case or accents; a word may
        be the beginning or middle of a longer one.

        Parameters
        ----------
        text : str
            One or more words, in Dutch or English.

        Returns
        -------
        Indicators
            Those that fit; empty if none does.

        Examples
        --------
        >>> import labkit as lk
        >>> [one.id for one in lk.open_city("leiden").indicators.search("gas use")]
        ['gas_use']
        """
        if not isinstance(text, str):
            raise WrongUseError(
                t("Search for a word, such as 'eenzaam' or 'income'; not for {given}.", given=repr(text))
            )
        words = fold(text).split()
        scored = [
            (sum(_weight(word, one) for word in words), one)
            for one in self
            if all(_weight(word, one) for word in words)
        ]
        # Of equal matches the one with the shortest id is the most general.
        scored.sort(key=lambda item: (-item[0], len(item[1].id)))
        return Indicators([one for _, one in scored], self._themes)

    @property
    def table(self) -> pd.DataFrame:
        """The catalogue as a DataFrame, in the current language.

        Columns id, label, unit, kind, weight, theme, definition, reference, source.
        """
        import pandas as pd

        columns = ("id", "label", "unit", "kind", "weight", "theme", "definition", "reference", "source")
        rows = [
            (
                one.id,
                one.label(),
                one.unit_label(),
                one.kind,
                one.weight,
                one.theme_label(),
                one.definition(),
                one.reference(),
                one.source,
            )
            for one in self
        ]
        return pd.DataFrame(rows, columns=list(columns))

    def _unknown(self, name: str) -> UnknownNameError:
        found = [one.id for one in self.search(name)][:3] if name.strip() else []
        near = found or nearest(name, [label for one in self for label in (one.id, one.labels.nl, one.labels.en)])
        ids = list(dict.fromkeys(self[text].id for text in near))
        hint = did_you_mean(ids) if ids else t("city.indicators.search(...) finds one by a word.")
        return UnknownNameError(t('There is no indicator "{name}". {hint}', name=name, hint=hint), ids)

    def __repr__(self) -> str:
        ids = [one.id for one in self]
        shown = ", ".join(ids[:8]) + (", ..." if len(ids) > 8 else "")
        return f"<{len(ids)} indicators: {shown}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(one.id)}</code></td><td>{escape(one.label())}</td><td>{escape(one.unit_label())}</td>"
            f"<td>{escape(one.theme_label())}</td><td>{escape(one.definition())}</td></tr>"
            for one in self
        )
        heads = "".join(
            f"<th scope='col'>{escape(t(head))}</th>" for head in ("Id", "Name", "Unit", "Theme", "Definition")
        )
        caption = escape(t("{count} indicators", count=len(self)))
        head = f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        table = f"<table>{head}<tbody>{rows}</tbody></table>"
        return f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'>{table}</div>"


def indicator_flaws(
    row: Mapping[str, str], themes: Collection[str], ids: Collection[str], line: int = 0
) -> Iterator[Flaw]:
    """Yield what keeps a row of `indicators.csv` from being an indicator.

    Parameters
    ----------
    row : mapping
        The row.
    themes, ids : collection of str
        The themes of the package, and the ids of all its indicators.
    line : int
        The row's line.
    """
    if not is_name(row["id"]):
        yield Flaw(f"{short(row['id'])} is not an id.", "Give a plain noun, without spaces around it.", "id", line)
    for column, allowed in (("theme", themes), ("kind", KINDS)):
        if row[column] not in allowed:
            yield Flaw(f'"{row[column]}" is not a {column}.', choices(row[column], allowed), column, line)
    if row["rounding"] not in ("", *ROUNDINGS):
        advice = choices(row["rounding"], ROUNDINGS)
        yield Flaw(f'"{row["rounding"]}" is not a rounding.', advice, "rounding", line)
    for column in ("weight", "numerator"):
        if row[column] and row[column] not in ids:
            yield Flaw(f'There is no indicator "{row[column]}".', choices(row[column], ids), column, line)
    if row["decimals"] not in DECIMALS:
        yield Flaw(f'decimals is "{row["decimals"]}".', "Give a whole number from 0 to 6.", "decimals", line)


def choices(text: str, allowed: Collection[str]) -> str:
    """Return the way out for a name that is not among those allowed: the nearest ones, or all if they are few.

    Examples
    --------
    >>> choices("shares", KINDS)
    'Did you mean share?'
    """
    near = nearest(text, sorted(allowed))
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Give one of: {', '.join(allowed)}." if 0 < len(allowed) <= 15 else "Give one that exists, or add it."


def _read_indicator(row: Mapping[str, str], themes: Mapping[str, Text], units: Mapping[str, Text]) -> Indicator:
    return Indicator(
        **{name: row[name] for name in ("id", "theme", "unit", "kind", "weight", "numerator", "part_of")},
        decimals=int(row["decimals"]),
        rounding=row["rounding"],
        source=row["source"],
        labels=Text.of(row, "label"),
        definitions=Text.of(row, "definition"),
        references=Text.of(row, "reference"),
        units=units.get(row["unit"], Text(row["unit"], row["unit"])),
        themes=themes[row["theme"]],
    )


def _weight(word: str, indicator: Indicator) -> int:
    """How well a word fits: most in the id and labels, least in a definition; 0 if it does not occur."""
    names = fold(f"{indicator.id} {indicator.labels.nl} {indicator.labels.en}")
    if word in names.split():
        return 4
    if word in names:
        return 3
    if word in fold(indicator.theme_label("nl") + " " + indicator.theme_label("en")):
        return 2
    return 1 if word in fold(f"{indicator.definitions.nl} {indicator.definitions.en}") else 0
