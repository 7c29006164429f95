"""What every comparison gives back: a table, notes, sources, a chart, and a face in the notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import current, number, t
from labkit.sources import Source, credit_line

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

STYLE = (
    "<style>.lk-result table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    ".lk-result caption{text-align:left;font-weight:600;padding:.3em 0}"
    ".lk-result th,.lk-result td{padding:.15em .7em .15em 0;text-align:left;vertical-align:baseline;border-bottom:1px solid #8883}"
    ".lk-result .n{text-align:right;white-space:nowrap}.lk-result .why{opacity:.75;font-style:italic}"
    ".lk-result .note{max-width:46em;margin:.3em 0}.lk-result svg{vertical-align:middle}</style>"
)


class Result(ABC):
    """A comparison.

    Attributes
    ----------
    notes : list of str
        What to beware of when reading it, in the language in which it was made.
    sources : list of Source
        Who published the figures.
    """

    notes: list[str]
    sources: list[Source]

    @property
    @abstractmethod
    def title(self) -> str:
        """What is compared, in one line."""

    @property
    @abstractmethod
    def table(self) -> pd.DataFrame:
        """The comparison as a DataFrame."""

    @abstractmethod
    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return the comparison as an Altair chart."""

    @abstractmethod
    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
        """Return the heads and the rows of the table that is shown, cells as HTML."""

    def _repr_html_(self) -> str:
        heads, rows = self._body()
        head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
        body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
        notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self.notes)
        credit = f"<p class='note'><small>{escape(t('Source'))}: {escape(credit_line(self.sources))}</small></p>"
        return (
            f"{STYLE}<div class='lk-result' lang='{current()}'><table><caption>{escape(self.title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}{credit}</div>"
        )

    def __str__(self) -> str:
        lines = [self.title, "", self.table.to_string(index=False, na_rep="")]
        return "\n".join([*lines, "", *self.notes, f"{t('Source')}: {credit_line(self.sources)}"])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title}; {len(self.table)} rows in .table>"


def shown(figure: Figure | None, indicator: Indicator, *, unit: bool = False) -> str:
    """Return a figure as text: its value with the indicator's decimals, or "" if it has none."""
    if figure is None or figure.value is None:
        return ""
    text = number(figure.value, indicator.decimals)
    if not unit:
        return text
    return f"{text}%" if indicator.unit == "%" else f"{text} {indicator.unit_label()}"


def cell(text: str, kind: str = "") -> str:
    """Return a table cell; `kind` "n" for a number, "why" for a reason."""
    return f"<td class='{kind}'>{escape(text)}</td>" if kind else f"<td>{escape(text)}</td>"


def row_head(text: str) -> str:
    """Return the cell that names a row."""
    return f"<th scope='row'>{escape(text)}</th>"


def strip(figures: Iterable[Figure], chosen: str, label: str) -> str:
    """Return a small SVG in which every area is a dot on a line, and the chosen one stands out.

    Parameters
    ----------
    figures : iterable of Figure
        One figure an area.
    chosen : str
        Code of the area that is marked.
    label : str
        What the picture says, for who cannot see it.
    """
    values = {one.area: one.value for one in figures if one.value is not None}
    if len(values) < 2:
        return ""
    low, high = min(values.values()), max(values.values())
    width = (high - low) or 1.0
    dots = [
        f"<circle cx='{6 + 108 * (value - low) / width:.1f}' cy='8' r='3' fill='none' stroke='currentColor' opacity='.55'/>"
        for code, value in sorted(values.items())
        if code != chosen
    ]
    if chosen in values:
        dots.append(f"<circle cx='{6 + 108 * (values[chosen] - low) / width:.1f}' cy='8' r='5' fill='#c8102e'/>")
    return f"<svg role='img' aria-label='{escape(label, quote=True)}' width='120' height='16' viewBox='0 0 120 16'>{''.join(dots)}</svg>"
