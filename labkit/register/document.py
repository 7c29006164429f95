"""What a result says, in parts: shown in a notebook, in a terminal, and as a page that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from labkit import look
from labkit.comparison.cells import Cell, text_table
from labkit.language import t
from labkit.register.records import Block as RecordBlock
from labkit.register.records import Record
from labkit.register.wording import clean, title_of

#: How much of an address is shown, in characters.
LINK = 42
#: A page of these runs no script and asks the network for nothing, whatever a record says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: a text, perhaps with the page that it leads to, or in another language than the rest."""

    text: str
    href: str = ""
    strong: bool = False
    lang: str = ""

    @property
    def html(self) -> str:
        """The piece as HTML; its text is never read as markup."""
        lang = f" lang='{self.lang}'" if self.lang else ""
        inner = escape(clean(self.text)).replace("\n", "<br>")
        if self.strong:
            inner = f"<strong>{inner}</strong>"
        if self.href.startswith(("https://", "http://")):
            inner = f"<a href='{escape(clean(self.href))}' rel='noopener noreferrer'>{inner}</a>"
        return f"<bdi{lang}>{inner}</bdi>" if lang or self.strong or self.href else inner

    @property
    def plain(self) -> str:
        """The piece as plain text: where it is a link, the address itself."""
        return clean(self.href or self.text)


Line = str | Span | Sequence[str | Span]


def said(block: RecordBlock, name: str, language: str, *, strong: bool = False) -> Span:
    """Return a text of a record, marked with its language where it is not the one asked for.

    Examples
    --------
    >>> from labkit.register.records import Handover
    >>> said(Handover(advice_nl="Begin vroeg."), "advice", "en").html
    "<bdi lang='nl'>Begin vroeg.</bdi>"
    """
    text, other = block.text(name, language), "en" if language == "nl" else "nl"
    return Span(text, strong=strong, lang="" if not text or getattr(block, f"{name}_{language}") else other)


def linked(url: str) -> Span:
    """Return the address of a page as a link that shows where it leads, and no more.

    Examples
    --------
    >>> linked("https://www.example.org/news/2026/a-very-long-name-of-a-page-about-soup").text
    'example.org/news/2026/a-very-long-name-of…'
    """
    shown = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return Span(shown if len(shown) <= LINK else f"{shown[: LINK - 1]}…", url)


def titled(record: Record, language: str, *, strong: bool = False) -> Span:
    """Return the title of a record, marked with its language where it is not the one asked for."""
    if not hasattr(record, "title_nl") or not record.text("title"):
        return Span(title_of(record, language), strong=strong)
    return said(record, "title", language, strong=strong)


def _pieces(line: Line) -> list[Span]:
    several = [line] if isinstance(line, str | Span) else line
    return [Span(one) if isinstance(one, str) else one for one in several]


def _html(line: Line) -> str:
    return "".join(one.html for one in _pieces(line))


def _plain(line: Line) -> str:
    return "".join(one.plain for one in _pieces(line))


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section; level 2 stands below the title of the whole."""

    line: Line
    level: int = 2

    def html(self, deeper: int) -> str:
        """Return the heading as HTML, some levels deeper than it says."""
        return f"<h{self.level + deeper} dir='auto'>{_html(self.line)}</h{self.level + deeper}>"

    def text(self) -> str:
        """Return the heading as plain text."""
        text = _plain(self.line)
        return f"\n{text}\n{'-' * len(text)}" if self.level == 2 else f"\n{text}"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; of the kind "lead" it says what matters most, of the kind "note" what to beware of."""

    line: Line
    kind: str = ""

    def html(self, deeper: int) -> str:  # noqa: ARG002 - every part is asked in the same way
        """Return the paragraph as HTML."""
        kind = f" class='{self.kind}'" if self.kind else ""
        return f"<p{kind} dir='auto'>{_html(self.line)}</p>"

    def text(self) -> str:
        """Return the paragraph as plain text."""
        return _plain(self.line)


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, perhaps with points below it."""

    line: Line
    under: Sequence[Line | Item] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: Sequence[Line | Item]
    ordered: bool = False

    def html(self, deeper: int) -> str:
        """Return the list as HTML."""
        tag = "ol" if self.ordered else "ul"
        inner = []
        for one in map(_item, self.items):
            below = Bullets(one.under).html(deeper) if one.under else ""
            inner.append(f"<li dir='auto'>{_html(one.line)}{below}</li>")
        return f"<{tag}>{''.join(inner)}</{tag}>"

    def text(self, indent: str = "") -> str:
        """Return the list as plain text."""
        out = []
        for place, one in enumerate(map(_item, self.items), start=1):
            sign = f"{place}." if self.ordered else "-"
            out.append(f"{indent}{sign} {_plain(one.line)}")
            if one.under:
                out.append(Bullets(one.under).text(f"{indent}  "))
        return "\n".join(out)


def _item(item: Line | Item) -> Item:
    return item if isinstance(item, Item) else Item(item)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str

    def html(self, deeper: int) -> str:  # noqa: ARG002
        """Return the table as HTML, in a frame that scrolls where it is too narrow."""
        numeric = {place for row in self.rows for place, one in enumerate(row) if one.kind == "n"}
        kinds = [" class='n'" if place in numeric else "" for place in range(len(self.heads))]
        several = zip(kinds, self.heads, strict=True)
        head = "".join(f"<th scope='col'{kind}>{escape(one)}</th>" for kind, one in several)
        body = "".join(f"<tr>{''.join(one.html for one in row)}</tr>" for row in self.rows)
        caption = escape(clean(self.caption))
        return (
            f"<div class='lk-scroll' style='overflow-x:auto' role='region' tabindex='0' aria-label='{caption}'>"
            f"<table class='lk-table'><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            "</table></div>"
        )

    def text(self) -> str:
        """Return the table as plain text."""
        return f"{clean(self.caption)}\n{text_table(self.heads, self.rows)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG; `says` tells in words what it shows."""

    svg: str
    says: str

    def html(self, deeper: int) -> str:  # noqa: ARG002
        """Return the drawing, at its own size: it scrolls where the page is too narrow."""
        style = "overflow-x:auto;max-width:100%"
        label = escape(self.says)
        return (
            f"<div class='lk-scroll' style='{style}' role='region' tabindex='0' aria-label='{label}'>{self.svg}</div>"
        )

    def text(self) -> str:
        """Return what the drawing shows, in words."""
        return self.says


Part = Heading | Para | Bullets | Grid | Picture


@dataclass(frozen=True, slots=True)
class Fold:
    """A section that is shut until somebody opens it, so that many of them can be surveyed; on paper it is open."""

    line: Line
    about: str
    blocks: Sequence[Part]

    def html(self, deeper: int) -> str:
        """Return the section as HTML; what it is about in a few words stands beside its heading."""
        inner = "".join(one.html(deeper) for one in self.blocks)
        about = f"<p class='note' dir='auto'>{escape(clean(self.about))}</p>"
        return f"<details><summary>{Heading(self.line).html(deeper)}{about}</summary>{inner}</details>"

    def text(self) -> str:
        """Return the section as plain text."""
        return "\n".join([Heading(self.line).text(), *(one.text() for one in self.blocks)])


Block = Part | Fold


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what follows below it, in one language.

    Examples
    --------
    >>> made = Document("Soup", "en", [Para("Who <eats> it?", "lead"), Bullets(["students", "residents"])])
    >>> print(made.text())
    Soup
    ====
    Who <eats> it?
    - students
    - residents
    >>> "Who &lt;eats&gt; it?" in made.page()
    True
    """

    title: str | Span
    language: str
    blocks: Sequence[Block]
    wide: bool = False

    def html(self) -> str:
        """Return the whole as a part of a notebook."""
        inner = "".join(one.html(deeper=2) for one in self.blocks)
        title = f"<h3 dir='auto'>{_html(self.title)}</h3>"
        return f"{look.TABLE_STYLE}<div class='lk-result' lang='{self.language}'>{title}{inner}</div>"

    def text(self) -> str:
        """Return the whole as plain text."""
        title = _plain(self.title)
        return "\n".join([title, "=" * len(title), *(one.text() for one in self.blocks)])

    def page(self) -> str:
        """Return the whole as a page: one file, no script, nothing to fetch."""
        inner = "\n".join(one.html(deeper=0) for one in self.blocks)
        wide = " lk-wide" if self.wide else ""
        sheet = (look.ASSETS / "document.css").read_text(encoding="utf-8")
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{self.language}">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{escape(_plain(self.title))}</title>",
                f"<style>\n{look.css()}\n{sheet}</style>",
                "</head>",
                f'<body class="lk-page lk-document{wide}"><main>',
                f"<h1 dir='auto'>{_html(self.title)}</h1>",
                inner,
                "</main></body>",
                "</html>\n",
            ]
        )

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all."""
        from labkit.saving import save_text

        return save_text(path, self.page())


def cell(text: str, kind: str = "") -> Cell:
    """Return a cell of a table with a text from a record."""
    return Cell(clean(text), kind)


def more(shown: int, total: int, language: str) -> list[Para]:
    """Return the note that a list was cut, if it was."""
    if shown >= total:
        return []
    text = t("The first {shown} of {total}; all of them are in .table.", language, shown=shown, total=total)
    return [Para(text, "note")]
