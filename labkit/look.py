"""How labkit looks: every colour, and the style sheet of its pages. The one place.

Maps, charts, tables and the atlas take their colours from here. The style sheet `assets/look.css` names no
colour itself; `css` puts the tokens below in front of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from labkit.errors import WrongUseError
from labkit.language import did_you_mean, t
from labkit.names import nearest

#: Tables of results in a notebook. JupyterLab aligns all cells right, and says so with more weight than a class has.
TABLE_STYLE = (
    "<style>.lk-result table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0}"
    ".lk-result caption{text-align:left;font-weight:600;padding:.3em 0}"
    ".lk-result th,.lk-result td{text-align:left!important;vertical-align:baseline;padding:.15em .9em .15em 0!important;"
    "border-bottom:1px solid #8883!important;background:none!important;max-width:34em}"
    ".lk-result thead th{vertical-align:bottom}.lk-result tbody th[scope=row]{font-weight:400}"
    ".lk-result th[scope=colgroup]{padding-top:.9em!important}"
    ".lk-result .n{text-align:right!important;white-space:nowrap}.lk-result .why{opacity:.75;font-style:italic}"
    ".lk-result .note{max-width:46em;margin:.3em 0}.lk-result svg{vertical-align:middle}</style>"
)

ASSETS = Path(__file__).parent / "assets"

#: The city's red: what is chosen. Never a colour of figures.
ACCENT = "#c8102e"
INK = "#1b1f24"
PAPER = "#ffffff"

#: Colours of the page by day and by night, as CSS custom properties `--lk-<name>`.
LIGHT = {
    "ink": INK,  # text
    "soft": "#57606a",  # text that matters less
    "paper": PAPER,  # the page
    "panel": "#f6f8fa",  # what lies on the page
    "line": "#d0d7de",  # rules and frames
    "control": "#6e7781",  # edges of buttons and fields
    "accent": ACCENT,
    "on-accent": "#ffffff",
    "map": "#ffffff",  # where no area is drawn
    "background": "#e3e6ea",  # areas that only show where one is
    "background-line": "#ffffff",
    "area-line": "#57606a",
    "hatch": "#ffffff",
    "hatch-line": "#7d8590",
    "first": "#0072b2",  # the areas of a comparison, from Okabe and Ito: on paper each told apart by its sign too
    "second": "#d55e00",
    "third": "#009e73",
    "fourth": INK,
}
DARK = {
    "ink": "#e6edf3",
    "soft": "#a4aeb9",
    "paper": "#14181d",
    "panel": "#1c2229",
    "line": "#39424d",
    "control": "#8b949e",
    "accent": "#ff6b7d",
    "on-accent": "#14181d",
    "map": "#14181d",
    "background": "#262d35",
    "background-line": "#14181d",
    "area-line": "#20262d",
    "hatch": "#3a424c",
    "hatch-line": "#98a2ad",
    "first": "#56b4e9",
    "second": "#e69f00",
    "third": "#009e73",
    "fourth": "#e6edf3",
}
#: The same in both: the classes keep their colours at night, so what is written on them keeps its own too.
ALWAYS = {"on-area": INK, "halo": "#ffffff", "chosen": ACCENT, "chosen-case": "#ffffff"}
#: Around what lies on top of the page, and at the edge behind which a table goes on.
SHADOWS = {"shadow": "rgb(0 0 0 / 14%)", "shade": "rgb(0 0 0 / 22%)"}

# ColorBrewer by Cynthia A. Brewer (colorbrewer2.org): the ramps of 3 to 6 classes; 1 and 2 are taken from them.
_YLGNBU = {
    1: ["#7fcdbb"],
    2: ["#c7e9b4", "#2c7fb8"],
    3: ["#edf8b1", "#7fcdbb", "#2c7fb8"],
    4: ["#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"],
    5: ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"],
    6: ["#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"],
}
_BLUES = {
    1: ["#6baed6"],
    2: ["#c6dbef", "#3182bd"],
    3: ["#deebf7", "#9ecae1", "#3182bd"],
    4: ["#eff3ff", "#bdd7e7", "#6baed6", "#2171b5"],
    5: ["#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"],
    6: ["#eff3ff", "#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c"],
}
_PUOR = {
    1: ["#f7f7f7"],
    2: ["#f1a340", "#998ec3"],
    3: ["#f1a340", "#f7f7f7", "#998ec3"],
    4: ["#e66101", "#fdb863", "#b2abd2", "#5e3c99"],
    5: ["#e66101", "#fdb863", "#f7f7f7", "#b2abd2", "#5e3c99"],
    6: ["#b35806", "#f1a340", "#fee0b6", "#d8daeb", "#998ec3", "#542788"],
}
#: The ramps by name: low to high, and diverging around a meaningful middle. None runs from red to green.
RAMPS = {"sequential": _YLGNBU, "blues": _BLUES, "diverging": _PUOR}

#: A class of zeros, by ramp: told apart from its lowest class, from hatching and from the background.
_ZERO = {"sequential": "#ffffff", "blues": "#fff3c4", "diverging": "#ffffff"}

#: Categories (Okabe and Ito 2008): told apart by colour-blind eyes too.
OKABE_ITO = {
    "black": "#000000",
    "orange": "#e69f00",
    "sky blue": "#56b4e9",
    "bluish green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "vermillion": "#d55e00",
    "reddish purple": "#cc79a7",
}

#: Distance between the lines of the hatching and their width, in pixels: for pages and still pictures alike.
HATCH_STEP, HATCH_WIDTH = 6, 1.4

#: The system's own sans-serif: nothing to fetch, and every reader has it.
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'


def ramp(k: int, kind: str = "sequential") -> list[str]:
    """Return the colours of `k` classes, from the lowest class to the highest.

    Parameters
    ----------
    k : int
        How many classes, 1 to 6: more shades cannot be told apart on a map.
    kind : {"sequential", "blues", "diverging"}
        "sequential" is yellow to blue (YlGnBu). "diverging" is orange to purple (PuOr), only for values
        around a middle that means something.

    Returns
    -------
    list of str
        Colours such as "#ffffcc".

    Raises
    ------
    WrongUseError
        If there is no such ramp, or none of so many classes.

    Examples
    --------
    >>> ramp(3)
    ['#edf8b1', '#7fcdbb', '#2c7fb8']
    """
    colours = RAMPS[_kind(kind)]
    if k not in colours:
        raise WrongUseError(
            t(
                "There are no colours for {k} classes. Choose 1 to {value}: more cannot be told apart on a map.",
                k=k,
                value=max(colours),
            )
        )
    return list(colours[k])


def diverging(below: int, above: int) -> list[str]:
    """Return colours for so many classes below a middle and so many above it, at most three each.

    Examples
    --------
    >>> diverging(1, 2) == ramp(4, "diverging")[1:]
    True
    """
    half = max(below, above)
    colours = ramp(2 * half, "diverging")
    return colours[half - below : half + above]


def zero_colour(kind: str = "sequential") -> str:
    """Return the colour of the class that holds zeros only, beside a ramp.

    Examples
    --------
    >>> zero_colour()
    '#ffffff'
    """
    return _ZERO[_kind(kind)]


@cache
def css() -> str:
    """Return the style sheet of labkit's pages: colours as custom properties, then type, tables and legends.

    It follows the reader's light or dark setting; `data-theme="light"` or `"dark"` on the `html` element
    decides it for the page.

    Examples
    --------
    >>> "--lk-accent: #c8102e" in css()
    True
    """
    rules = (ASSETS / "look.css").read_text(encoding="utf-8")
    dark = _properties(DARK)
    return "\n".join(
        [
            f":root {{ color-scheme: light dark; --lk-font: {FONT};\n{_properties({**LIGHT, **ALWAYS, **SHADOWS})} }}",
            f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{\n{dark} }} }}',
            f':root[data-theme="dark"] {{ color-scheme: dark;\n{dark} }}',
            ':root[data-theme="light"] { color-scheme: light; }',
            f"@media print {{ :root:root {{\n{_properties(LIGHT)} }} }}",
            rules,
        ]
    )


def _properties(tokens: dict[str, str]) -> str:
    return " ".join(f"--lk-{name}: {colour};" for name, colour in tokens.items())


def _kind(kind: str) -> str:
    """Return the name of a ramp, or say which there are."""
    if kind not in RAMPS:
        near = nearest(str(kind), RAMPS, most=1)
        hint = " " + did_you_mean([f'"{near[0]}"']) if near else ""
        raise WrongUseError(
            t(
                "There is no palette {kind}.{hint} The palettes are {names}.",
                kind=repr(kind),
                hint=hint,
                names=", ".join(RAMPS),
            )
        )
    return kind
