"""A lineage as a picture: boxes with titles and years, arrows from earlier to later, as plain SVG."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from labkit.language import t
from labkit.look import ACCENT, FONT, INK, PAPER
from labkit.register.lineage.graph import Layout, Pair, graph_of, layout
from labkit.register.records import Project
from labkit.register.signs import SECTOR_COLOURS, colour_of, themes_of
from labkit.register.vocabularies import SECTORS, UNKNOWN, Term
from labkit.register.wording import lines_of, period, title_of, width

if TYPE_CHECKING:
    from labkit.register.lineage.overview import Lineage

#: More boxes than this cannot be read in one picture.
MOST = 60

BOX, BETWEEN, GAP, MARGIN = 200, 44, 16, 14
LETTER, LINE, TITLE_LINES = 7.9, 17, 3  # pixels a letter and a line at 13 pixels, in a wide typeface
#: The signs below the drawing are set out in lines of at least and at most this width.
LEAST_WIDE, MOST_WIDE = 460, 860
BADGE, BADGE_HEIGHT = 26, 17

# A line of the legend: what a sign means, and the sign.
_Entry = tuple[str, str | Term]

#: How each relation is drawn: the dashes of its arrow.
DASHES = {"builds_on": "", "reuses": "10 4", "question": "2 4"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a lineage.

    Attributes
    ----------
    svg : str
        The picture.
    drawn : list of str
        The projects in it.
    """

    svg: str
    drawn: list[str]


def drawing(lineage: Lineage, language: str, *, alone: bool = False) -> Drawing:
    """Draw a lineage.

    Parameters
    ----------
    lineage : Lineage
        What is drawn.
    language : {"en", "nl"}
        The language.
    alone : bool
        Whether the picture stands by itself, with its own background; else it takes the colour of the text
        around it, by day and by night.
    """
    drawn = _chosen(lineage)
    graph = graph_of((pair for pair in lineage.graph.edges if {*pair} <= {*drawn}), drawn)
    projects = {one: lineage.project(one) for one in drawn}
    boxes = {one: _Box.of(project, language, one in lineage.focus) for one, project in projects.items()}
    order = {one: (projects[one].start == UNKNOWN, projects[one].start, one) for one in drawn}
    found = layout(graph, {one: box.height for one, box in boxes.items()}, order, GAP)
    arrows = _arrows(found, boxes, sorted(graph.edges), lineage)
    frames = [box.svg(_left(found.columns[one]), found.middles[one]) for one, box in boxes.items()]
    beside = 46 if any(len(one) > 1 for one in lineage.circles) else 0
    wide = _left(max(found.columns.values(), default=0)) + BOX + beside + MARGIN
    legend, wide, high = _legend(lineage, projects.values(), language, wide, found.height + 2 * MARGIN)
    inner = "".join([*arrows, *frames, *legend])
    if alone:
        ground = f"<rect width='100%' height='100%' fill='{PAPER}'/>"
        inner = f"{ground}<g color='{INK}'>{inner}</g>"
    return Drawing(_frame(lineage, drawn, language, (wide, high), inner), drawn)


def _chosen(lineage: Lineage) -> list[str]:
    """Return the projects that are drawn: all, or what hangs most together if they are too many."""
    if len(lineage.projects) <= MOST:
        return lineage.projects
    near = lineage.graph.to_undirected(as_view=True)
    starts = sorted(lineage.projects, key=lambda one: (one not in lineage.focus, -near.degree[one], one))
    found: dict[str, None] = {}
    for start in starts:
        todo = deque([start])
        while todo and len(found) < MOST:
            here = todo.popleft()
            if here not in found:
                found[here] = None
                todo.extend(sorted(one for one in near[here] if one not in found))
    return sorted(found)


def _left(column: int) -> float:
    return MARGIN + column * (BOX + BETWEEN)


@dataclass(frozen=True, slots=True)
class _Box:
    """What stands in a box."""

    lines: list[str]
    years: str
    dated: bool
    themes: list[Term]
    whole: str
    chosen: bool

    @classmethod
    def of(cls, project: Project, language: str, chosen: bool) -> _Box:
        """Return the box of a project."""
        title, years, themes = title_of(project, language), period(project, language), themes_of(project.themes)
        named = ", ".join(one.label(language) for one in themes) or t("theme unknown", language)
        whole = f"{title} ({years}). {named}."
        lines = lines_of(title, (BOX - 20) / (LETTER * (1.1 if chosen else 1)), TITLE_LINES)
        return cls(lines, years, project.start != UNKNOWN, themes, whole, chosen)

    @property
    def height(self) -> float:
        """How high the box is."""
        return 12 + LINE * len(self.lines) + 24

    def svg(self, left: float, middle: float) -> str:
        """Return the box at a place."""
        top = MARGIN + middle - self.height / 2
        edge = f"stroke='{ACCENT}' stroke-width='3'" if self.chosen else "stroke='currentColor' stroke-width='1.2'"
        dash = "" if self.dated else " stroke-dasharray='5 3'"
        out = [
            f"<g><title>{escape(self.whole)}</title>",
            f"<rect x='{left:.1f}' y='{top:.1f}' width='{BOX}' height='{self.height:.1f}' rx='5' fill='currentColor'"
            f" fill-opacity='.045' {edge}{dash}/>",
        ]
        weight = " font-weight='650'" if self.chosen else ""
        for place, line in enumerate(self.lines):
            out.append(_text(line, left + 10, top + 20 + LINE * place, weight))
        bottom = top + self.height - 9
        for place, theme in enumerate(self.themes[:3]):
            out.append(_badge(theme, left + 10 + (BADGE + 4) * place, bottom - 13))
        if not self.themes:
            out.append(_badge(None, left + 10, bottom - 13))
        slant = "" if self.dated else " font-style='italic'"
        out.append(_text(self.years, left + BOX - 10, bottom, f" font-size='12' text-anchor='end'{slant}"))
        return "".join([*out, "</g>"])


def _text(text: str, x: float, y: float, more: str = "") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' fill='currentColor'{more}>{escape(text)}</text>"


def _badge(theme: Term | None, x: float, y: float) -> str:
    """Return the sign of a theme on the colour of its sector; a question mark if it is not known."""
    if theme is None:
        size = f"width='{BADGE - 1}' height='{BADGE_HEIGHT - 1}' rx='3'"
        frame = f"<rect x='{x + 0.5:.1f}' y='{y + 0.5:.1f}' {size} fill='none' stroke='currentColor'/>"
        return frame + _text("?", x + BADGE / 2, y + 12.5, " text-anchor='middle' font-size='11'")
    frame = f"<rect x='{x:.1f}' y='{y:.1f}' width='{BADGE}' height='{BADGE_HEIGHT}' rx='3' fill='{colour_of(theme)}'/>"
    where = f"x='{x + BADGE / 2:.1f}' y='{y + 12.5:.1f}' text-anchor='middle' font-size='11' font-weight='650'"
    return f"{frame}<text {where} fill='{INK}'>{escape(theme.sign)}</text>"


def _arrows(found: Layout, boxes: Mapping[str, _Box], pairs: Sequence[Pair], lineage: Lineage) -> list[str]:
    leaves, enters = (_ports(found, boxes, pairs, end) for end in (0, 1))
    out = []
    for a, b in pairs:
        dash = DASHES[lineage.graph.edges[a, b]["relation"]]
        x, y, y2 = _left(found.columns[a]) + BOX, leaves[a, b], enters[a, b]
        if found.columns[a] == found.columns[b]:  # inside a circle: along the right-hand side
            end = y2 if a != b else y + 14
            d = f"M{x:.1f} {y:.1f}C{x + 44:.1f} {y:.1f} {x + 44:.1f} {end:.1f} {x + 9:.1f} {end:.1f}"
            out.append(_arrow(d, x + 1, end, -1, dash))
            continue
        points = [(x, y)]
        for column, height in found.bends.get((a, b), []):
            points += [(_left(column), MARGIN + height), (_left(column) + BOX, MARGIN + height)]
        tip = _left(found.columns[b]) - 1
        out.append(_arrow(_curve([*points, (tip - 8, y2)]), tip, y2, 1, dash))
    return out


def _ports(found: Layout, boxes: Mapping[str, _Box], pairs: Sequence[Pair], end: int) -> dict[Pair, float]:
    """Return at which height each arrow leaves (end 0) or reaches (end 1) its box, so that they do not lie on another."""
    sides: dict[str, list[tuple[float, Pair]]] = {}
    for pair in pairs:
        bends = found.bends.get(pair)
        towards = bends[-end][1] if bends else found.middles[pair[1 - end]]
        sides.setdefault(pair[end], []).append((towards, pair))
    ports = {}
    for box, several in sides.items():
        step = min(12.0, (boxes[box].height - 16) / max(len(several) - 1, 1))
        for place, (_, pair) in enumerate(sorted(several)):
            ports[pair] = MARGIN + found.middles[box] + (place - (len(several) - 1) / 2) * step
    return ports


def _curve(points: Sequence[tuple[float, float]]) -> str:
    (x, y), rest = points[0], points[1:]
    d = f"M{x:.1f} {y:.1f}"
    for x2, y2 in rest:
        half = (x + x2) / 2
        d += f"L{x2:.1f} {y2:.1f}" if y == y2 else f"C{half:.1f} {y:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        x, y = x2, y2
    return d


def _arrow(d: str, x: float, y: float, way: int, dash: str) -> str:
    """Return a line with a head at its end; `way` is 1 if it runs to the right."""
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    line = f"<path d='{d}' fill='none' stroke='currentColor' stroke-width='1.6'{dashes} opacity='.8'/>"
    back = x - 9 * way
    return f"{line}<path d='M{x:.1f} {y:.1f}L{back:.1f} {y - 4.5:.1f}V{y + 4.5:.1f}Z' fill='currentColor'/>"


def _legend(
    lineage: Lineage, projects: Iterable[Project], language: str, wide: float, top: float
) -> tuple[list[str], float, float]:
    """Return the signs with what they mean, and the width and height of the whole picture."""
    several = list(projects)
    relations = {lineage.graph.edges[pair]["relation"] for pair in lineage.graph.edges}
    names = {
        "builds_on": t("builds on", language),
        "reuses": t("reuses a result", language),
        "question": t("takes up a question", language),
    }
    signs: list[_Entry] = [(names[one], one) for one in DASHES if one in relations]
    if any(one.start == UNKNOWN for one in several):
        signs.append((t("year unknown", language), "undated"))
    if any(not themes_of(one.themes) for one in several):
        signs.append((t("theme unknown", language), "?"))
    if lineage.focus:
        signs.append((t("chosen", language), "chosen"))
    used = themes_of(sorted({id for one in several for id in one.themes}))
    rows = [signs]
    for sector in SECTOR_COLOURS:
        entries: list[_Entry] = [(one.label(language), one) for one in used if one.group == sector]
        rows += [[(f"{SECTORS.label(sector, language)}:", ""), *entries]] if entries else []
    out, y, across = [], top + 16, min(max(wide, LEAST_WIDE), MOST_WIDE)
    for row in rows:
        x = float(MARGIN)
        for label, sign in row:
            room = (34 if sign else 0) + width(label) * LETTER * 12 / 13 + 14
            if x + room > across and x > MARGIN:
                x, y = MARGIN + 20.0, y + 22
            out.append(_badge(sign, x, y - 12.5) if isinstance(sign, Term) else _sample(sign, x, y - 4))
            out.append(_text(label, x + (34 if sign else 0), y, " font-size='12'"))
            x += room
        y += 24
    return out, max(wide, across), y - 24 + MARGIN


def _sample(sign: str, x: float, y: float) -> str:
    if not sign:
        return ""
    if sign == "?":
        return _badge(None, x, y - 8.5)
    if sign in DASHES:
        return _arrow(f"M{x:.1f} {y:.1f}H{x + 18:.1f}", x + 27, y, 1, DASHES[sign])
    edge = f"stroke='{ACCENT}' stroke-width='3'" if sign == "chosen" else "stroke='currentColor' stroke-dasharray='5 3'"
    return f"<rect x='{x + 1:.1f}' y='{y - 7:.1f}' width='25' height='15' rx='3' fill='none' {edge}/>"


def _frame(lineage: Lineage, drawn: Sequence[str], language: str, size: tuple[float, float], inner: str) -> str:
    """Return the picture with its title and its description in words."""
    title = t("What builds on what", language)
    says = described(lineage, drawn, language)
    key = sha256(inner.encode("utf-8", "replace")).hexdigest()[:10]
    wide, high = (f"{one:.0f}" for one in size)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-labelledby='lk-t{key} lk-d{key}' width='{wide}'"
        f" height='{high}' viewBox='0 0 {wide} {high}' font-family='{escape(FONT)}' font-size='13'>"
        f"<title id='lk-t{key}'>{escape(title)}</title><desc id='lk-d{key}'>{escape(says)}</desc>{inner}</svg>"
    )


def described(lineage: Lineage, drawn: Sequence[str], language: str) -> str:
    """Return in words what the picture shows."""
    inside = set(drawn)
    arrows = sum({*pair} <= inside for pair in lineage.graph.edges)
    says = t("Projects: {projects}; arrows between them: {arrows}.", language, projects=len(drawn), arrows=arrows)
    if lineage.chains:
        longest = lineage.chains[0].length
        says += " " + t("The longest chain has {count} projects.", language, count=longest)
    return says + " " + t("The table of steps says the same in words.", language)
