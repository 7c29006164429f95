"""What was found for one question about a register: sentences, a table, notes, and a chart where one helps."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, ClassVar

from labkit.comparison.cells import text_table
from labkit.comparison.result import Result
from labkit.comparison.scope import CityLike
from labkit.errors import WrongUseError
from labkit.language import current, t
from labkit.look import TABLE_STYLE
from labkit.register.book import Book
from labkit.sources import Source, credit_line

if TYPE_CHECKING:
    import altair as alt


#: Beside the look of all results: heads may wrap or stand upright, and a table wider than the page is scrolled.
STYLE = (
    "<style>.lk-finding .wide{overflow-x:auto}.lk-finding thead th.n{white-space:normal!important}"
    ".lk-finding tbody th{min-width:9em}.lk-finding .why,.lk-finding td:not(.n){min-width:3em}"
    ".lk-upright thead th.n{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap!important;"
    "text-align:left!important;padding:.9em 0 .3em!important;font-weight:400}.lk-upright td.n{min-width:1.6em}</style>"
)


class Finding(Result):
    """A finding; shows itself with what it says in words above its table.

    Attributes
    ----------
    sentences : list of str
        What the counts say, and no more than that.
    notes : list of str
        What counts and what does not.
    """

    sentences: list[str]
    #: Whether the heads of numbers stand upright: many columns of small numbers.
    UPRIGHT: ClassVar[bool] = False

    def chart(self) -> alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart:
        """Return it as a chart, where one helps."""
        raise WrongUseError(
            t("There is no chart of this: {title}. Look at it itself, or at its .table.", title=self.title)
        )

    def _repr_html_(self) -> str:
        heads, rows = self._body()
        rows = [list(row) for row in rows]
        numeric = {n for row in rows if len(row) == len(heads) for n, one in enumerate(row) if one.kind == "n"}
        kinds = [" class='n'" if n in numeric else "" for n in range(len(heads))]
        head = "".join(f"<th scope='col'{kind}>{escape(text)}</th>" for kind, text in zip(kinds, heads, strict=True))
        body = "".join(f"<tr>{''.join(one.html for one in cells)}</tr>" for cells in rows)
        title = escape(self.title, quote=True)
        said = "".join(f"<p class='note'>{escape(one)}</p>" for one in self.sentences)
        notes = "".join(f"<li>{escape(one)}</li>" for one in self.notes)
        credit = f"<p class='note'><small>{escape(t('Source'))}: {escape(credit_line(self.sources))}</small></p>"
        upright = " lk-upright" if self.UPRIGHT else ""
        # A caption is as wide as its table: sentences above a narrow one would become a column of single words.
        return (
            f"{TABLE_STYLE}{STYLE}<div class='lk-result lk-finding{upright}' lang='{current()}'>"
            f"<p class='note'><strong>{title}</strong></p>{said}"
            f"<div class='wide'><table aria-label='{title}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            f"<details class='note'><summary>{escape(t('How this was counted'))}</summary><ul>{notes}</ul></details>"
            f"{credit}</div>"
        )

    def __str__(self) -> str:
        credit = f"{t('Source')}: {credit_line(self.sources)}"
        return "\n".join([self.title, *self.sentences, "", text_table(*self._body()), "", *self.notes, credit])


def register_source(book: Book, city: CityLike) -> Source:
    """Return the register as the source of its counts."""
    title = book.settings.title() or t("register of {city}", city=city.title())
    return Source("register", title, city.title(), "", "", title)
