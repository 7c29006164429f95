"""What every comparison gives back: a table, notes, sources, a chart, and a face in the notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from labkit.comparison.cells import Cell, text_table
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.sources import Source, credit_line

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


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
    def _body(self) -> tuple[Sequence[str], Iterable[Sequence[Cell]]]:
        """Return the heads and the rows of the table that is shown."""

    def _repr_html_(self) -> str:
        heads, rows = self._body()
        rows = [list(row) for row in rows]
        numeric = {n for row in rows if len(row) == len(heads) for n, one in enumerate(row) if one.kind == "n"}
        kinds = [" class='n'" if n in numeric else "" for n in range(len(heads))]
        head = "".join(f"<th scope='col'{kind}>{escape(text)}</th>" for kind, text in zip(kinds, heads, strict=True))
        body = "".join(f"<tr>{''.join(one.html for one in cells)}</tr>" for cells in rows)
        notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self.notes)
        credit = f"<p class='note'><small>{escape(t('Source'))}: {escape(credit_line(self.sources))}</small></p>"
        return (
            f"{TABLE_STYLE}<div class='lk-result' lang='{current()}'><table><caption>{escape(self.title)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}{credit}</div>"
        )

    def __str__(self) -> str:
        credit = f"{t('Source')}: {credit_line(self.sources)}"
        return "\n".join([self.title, "", text_table(*self._body()), "", *self.notes, credit])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title}; {len(self.table)} rows in .table>"
