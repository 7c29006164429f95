"""Cells of a table that people read: one description, shown as HTML in a notebook and as text in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.look import ACCENT
from labkit.rounding import decimals_shown

#: Stands behind a value that was not published as such.
DERIVED = "*"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes
    ----------
    text : str
        What it says.
    kind : {"", "n", "why", "row", "group"}
        A text, a number, a reason, the name of its row, or the heading of the rows that follow.
    span : int
        How many columns it takes.
    picture : str
        An SVG that is shown instead of the text where pictures can be shown.
    """

    text: str
    kind: str = ""
    span: int = 1
    picture: str = ""

    @property
    def html(self) -> str:
        """The cell as HTML; its text is never read as markup."""
        content = self.picture or escape(self.text)
        span = f" colspan='{self.span}'" if self.span > 1 else ""
        if self.kind in ("row", "group"):
            scope = "row" if self.kind == "row" else "colgroup"
            return f"<th scope='{scope}'{span}>{content}</th>"
        kind = f" class='{self.kind}'" if self.kind else ""
        return f"<td{kind}{span}>{content}</td>"


def text_table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as aligned plain text; pictures are left out.

    Examples
    --------
    >>> print(text_table(["", "Value"], [[Cell("A", "row"), Cell("1.5", "n")]]))
       Value
    A    1.5
    """
    lines = [list(row) for row in rows]
    widths = [len(head) for head in heads]
    for line in lines:
        if len(line) == len(heads):
            widths = [max(width, len(one.text)) for width, one in zip(widths, line, strict=True)]
    numeric = {place for line in lines if len(line) == len(heads) for place, one in enumerate(line) if one.kind == "n"}
    head = "  ".join(
        text.rjust(w) if place in numeric else text.ljust(w)
        for place, (text, w) in enumerate(zip(heads, widths, strict=True))
    )
    out = [head.rstrip()]
    for line in lines:
        padded = [
            one.text.rjust(width) if one.kind == "n" else one.text.ljust(width)
            for one, width in zip(line, widths, strict=False)
        ]
        out.append("  ".join(padded).rstrip())
    return "\n".join(out)


def shown(figure: Figure | None, indicator: Indicator, *, unit: bool = False) -> str:
    """Return a figure as text, marked if it was derived; "" if it has no value."""
    if figure is None or figure.value is None:
        return ""
    text = number(figure.value, decimals_shown(figure.step, indicator))
    if unit:
        text = f"{text}%" if indicator.unit == "%" else f"{text} {indicator.unit_label()}"
    return f"{text}{DERIVED}" if figure.status == "derived" else text


def band_shown(figure: Figure, indicator: Indicator) -> str:
    """Return a band as text, with as many decimals as its ends need; "" if it is a single value.

    Examples
    --------
    >>> import labkit as lk
    >>> leiden = lk.open_city("leiden")
    >>> share = leiden.figures.get("owner_occupied_pct", "Stevenshof", 2023)
    >>> band_shown(share, leiden.indicators["owner_occupied_pct"])
    '55.5 – 56.5'
    """
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return ""
    decimals = decimals_shown(figure.step, indicator)
    if any(abs(end - round(end, decimals)) > 1e-9 for end in (figure.low, figure.high)):
        decimals += 1
    return f"{number(figure.low, decimals)} – {number(figure.high, decimals)}"


def difference_shown(one: Figure, other: Figure, indicator: Indicator) -> str:
    """Return the difference of two figures as text, as precise as the coarser of the two; in points for shares.

    One decimal more is shown where the difference would else be 0.
    """
    difference = abs((one.value or 0) - (other.value or 0))
    decimals = min(decimals_shown(figure.step, indicator) for figure in (one, other))
    if difference and not round(difference, decimals):
        decimals += 1
    text = number(difference, decimals)
    return t("{count} percentage points", count=text) if indicator.unit == "%" else text


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

    Returns
    -------
    str
        SVG of 120 by 16 pixels; "" if fewer than two areas have a value.
    """
    values = {one.area: one.value for one in figures if one.value is not None}
    if len(values) < 2:
        return ""
    low, high = min(values.values()), max(values.values())
    places = {code: 6 + 108 * (value - low) / ((high - low) or 1.0) for code, value in values.items()}
    ring = "r='3' fill='none' stroke='currentColor' opacity='.55'"
    dots = [f"<circle cx='{x:.1f}' cy='8' {ring}/>" for code, x in sorted(places.items()) if code != chosen]
    if chosen in places:
        dots.append(f"<circle cx='{places[chosen]:.1f}' cy='8' r='5' fill='{ACCENT}'/>")
    size = "width='120' height='16' viewBox='0 0 120 16'"
    return f"<svg role='img' aria-label='{escape(label, quote=True)}' {size}>{''.join(dots)}</svg>"
