"""The page of a poster: HTML that prints on one sheet of A3 and can be read on a phone."""

from __future__ import annotations

from html import escape as escaped

from labkit import look
from labkit.comparison.bands import place
from labkit.comparison.change import Line
from labkit.comparison.profile import ProfileRow
from labkit.figure import Figure
from labkit.indicators import Indicator
from labkit.language import number, t
from labkit.maps.legend import legend_rows
from labkit.maps.poster import drawing
from labkit.maps.poster.content import Content
from labkit.maps.poster.facts import ROWS, key_figures, lines_of
from labkit.maps.stills.text import width
from labkit.register.records import Project
from labkit.register.signs import colour_of, themes_of
from labkit.register.wording import clean, period, title_of
from labkit.rounding import decimals_shown

#: How many projects and questions fit on the page, and how many letters of a text.
PROJECTS, QUESTIONS, LETTERS = 5, 2, 95
#: What the page may do: nothing but be read.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def escape(text: str) -> str:
    """Return a text as it stands in HTML."""
    return escaped(clean(text))


def page(content: Content) -> str:
    """Return the poster as one HTML page with everything it needs inside."""
    language = content.language
    title = f"{content.area.name}, {content.city.title(language)}"
    style = look.css() + (look.ASSETS / "poster.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="lk-page lk-poster"><main class="sheet">\n{_head(content)}\n'
        f'<div class="columns"><div class="wide">{_map(content)}{_years(content)}{_ask(content)}</div>'
        f'<div class="side">{_figures(content)}{_projects(content)}{_unknown(content)}</div></div>\n'
        f"{_foot(content)}\n</main></body>\n</html>\n"
    )


def _head(content: Content) -> str:
    language, area, city = content.language, content.area, content.city
    level = city.areas.level(area.level)
    like = city.areas.of_level(area.level, city.home)
    lead = level.label(language).capitalize()
    if area.ancestors:
        lead = t("{level} in {area}", language, level=lead, area=area.ancestors[0].name)
    if area in like and len(like) > 1:
        what = level.plural(language)
        lead = t(
            "One of the {count} {areas} of {city}", language, count=len(like), areas=what, city=city.title(language)
        )
    # As large as fits on one line of the sheet; a very long name takes two.
    size = max(38, min(84, round(560 / (width(clean(area.name), 1, 700) + 0.1))))
    row = next((row for row in content.rows if row.indicator.id == "population"), None)
    people = ""
    if row is not None and row.figure.value is not None:
        people = (
            f'<p class="people"><strong>{escape(_value(row.figure, row.indicator, language, unit=False))}</strong> '
            f"{escape(row.indicator.label(language).lower())}, {row.figure.year}</p>"
        )
    return (
        f'<header><div><p class="kicker">{escape(t("The city as a lab", language))}</p>'
        f'<h1 style="--title: {size}pt">{escape(area.name)}</h1><p class="lead">{escape(lead)}</p>{people}</div>'
        f"{drawing.locator(city, area, language)}</header>"
    )


def _map(content: Content) -> str:
    language, layer = content.language, content.layer
    if layer is None:
        note = t("There are no figures from which a map of this area can be made.", language)
        return f"<section><h2>{escape(content.area.name)}</h2><p>{escape(note)}</p></section>"
    heading = f"{layer.about.label(language)}, {layer.scale.plural(language)}, {layer.year}"
    rows = "".join(
        f'<li><span class="swatch"{_fill(row.colour)}></span>{escape(row.label)} '
        f'<span class="count">({row.count})</span></li>'
        for row in legend_rows(layer, language)
    )
    if content.area.code in layer.codes:
        rows += f'<li><span class="swatch" data-chosen></span>{escape(content.area.name)}</li>'
    unit = f"{layer.about.unit_label(language)}; {t('number of {areas}', language, areas=layer.scale.plural(language))}"
    notes = " ".join(dict.fromkeys(layer.remarks_for_all(language)[:2]))
    return (
        f'<section class="mapped"><h2>{escape(heading)}</h2><p class="soft">{escape(layer.about.definition(language))}</p>'
        f"{drawing.main_map(layer, content.area, content.described, language)}"
        f'<p class="key-head soft">{escape(unit)}</p><ul class="key">{rows}</ul>'
        f'<p class="note">{escape(notes)}</p></section>'
    )


def _fill(colour: str | None) -> str:
    return f' style="background:{colour}"' if colour else " data-none"


def _value(figure: Figure | None, indicator: Indicator, language: str, *, unit: bool = True) -> str:
    if figure is None or figure.value is None:
        return "–"
    text = number(figure.value, decimals_shown(figure.step, indicator), language)
    mark = "*" if figure.status == "derived" else ""
    if not unit:
        return text + mark
    return f"{text}%{mark}" if indicator.unit == "%" else f"{text}{mark} {indicator.unit_label(language)}"


def _figures(content: Content) -> str:
    language = content.language
    chosen = key_figures(content.rows, _most(content))
    if not chosen:
        note = t("No figures are published for this area.", language)
        return f"<section><h2>{escape(t('In figures', language))}</h2><p>{escape(note)}</p></section>"
    what = content.city.areas.level(content.area.level).plural(language)
    hint = t("Red: {name}. Rings: the other {areas}, from low to high.", language, name=content.area.name, areas=what)
    return (
        f'<section class="figures"><h2>{escape(t("In figures", language))}</h2><p class="soft">{escape(hint)}</p>'
        f'<ul class="rows">{"".join(_figure(row, content) for row in chosen)}</ul></section>'
    )


def _most(content: Content) -> int:
    """Return how many figures stand on the poster: more where there are few projects to tell of."""
    found = content.records
    return ROWS + max(0, PROJECTS - max(1, len(found.projects)) - bool(found.questions))


def _figure(row: ProfileRow, content: Content) -> str:
    language = content.language
    where = place(*row.band, language) if row.band else ""
    against = ""
    if row.city is not None and row.city.value is not None:
        value = _value(row.city, row.indicator, language, unit=row.indicator.unit == "%")
        against = t("{city}: {value}", language, city=content.city.home.name, value=value)
        if row.figure.value is not None and not row.figure.differs_from(row.city):
            against += f" ({t('no clear difference', language)})"
    label = f"{row.indicator.label(language)}, {row.figure.year}"
    said = ". ".join(filter(None, [where, against]))
    return (
        f'<li><div class="what"><span class="theme">{escape(row.indicator.theme_label(language))}</span>'
        f'<span class="label">{escape(label)}</span></div>{_strong(row, language)}'
        f'<div class="where">{drawing.strip(row, where or label)}<span class="said">{escape(said)}</span></div></li>'
    )


def _strong(row: ProfileRow, language: str) -> str:
    percent = row.indicator.unit == "%"
    unit = "" if percent else f" <small>{escape(row.indicator.unit_label(language))}</small>"
    return f"<strong>{escape(_value(row.figure, row.indicator, language, unit=percent))}{unit}</strong>"


def _years(content: Content) -> str:
    language = content.language
    lines = lines_of(content.city, content.area, content.rows)
    if not lines:
        return ""
    shown = "".join(_line(line, language) for line in lines)
    note = ""
    if any(line.breaks for line in lines):
        note = f'<p class="note">{escape(t("Red dashes: the years on both sides cannot be compared.", language))}</p>'
    return (
        f'<section class="over-years"><h2>{escape(t("Through the years", language))}</h2>'
        f'<div class="lines">{shown}</div>{note}</section>'
    )


def _line(line: Line, language: str) -> str:
    label = f"{line.indicator.label(language)} ({line.indicator.unit_label(language)})"
    if line.ends is None:
        said = t("Too few years can be compared.", language)
    elif line.difference is None:
        said = t("No clear change from {first} to {last}.", language, first=line.ends[0].year, last=line.ends[1].year)
    elif line.difference < 0:
        said = t("Lower in {last} than in {first}.", language, first=line.ends[0].year, last=line.ends[1].year)
    else:
        said = t("Higher in {last} than in {first}.", language, first=line.ends[0].year, last=line.ends[1].year)
    return f"<figure><figcaption>{escape(label)}</figcaption>{drawing.years(line, f'{label}. {said}', language)}<p>{escape(said)}</p></figure>"


def _projects(content: Content) -> str:
    language, found = content.language, content.records
    count = len(found.projects)
    # What is not known comes first: where it takes more room, fewer projects are told.
    most = max(2, PROJECTS - bool(found.questions) - max(0, len(_unknowns(content)) - 3) // 2)
    items = "".join(_project(one, content) for one in found.projects[:most])
    if not count:
        items = f"<li>{escape(t('The register holds no project with this area as its place. That does not say that none was done here.', language))}</li>"
    rest = count - most
    more = (
        f'<p class="note">{escape(t("And {count} more: see the atlas.", language, count=rest))}</p>' if rest > 0 else ""
    )
    heading = t("Lab projects here ({count})", language, count=count)
    questions = "".join(f"<li>{escape(_short(title_of(one, language)))}</li>" for one in found.questions[:QUESTIONS])
    asked = ""
    if questions:
        head = t("Open questions here ({count})", language, count=len(found.questions))
        asked = f'<h3>{escape(head)}</h3><ul class="questions">{questions}</ul>'
    return f'<section class="projects"><h2>{escape(heading)}</h2><ul class="list">{items}</ul>{more}{asked}</section>'


def _project(one: Project, content: Content) -> str:
    language, found = content.language, content.records
    signs = "".join(
        f'<span class="sign" style="background:{colour_of(term)}" title="{escape(term.label(language))}">'
        f'<span aria-hidden="true">{escape(term.sign)}</span><span class="unseen">{escape(term.label(language))}</span></span>'
        for term in themes_of(one.themes)[:2]
    )
    partners = [
        _short(title_of(found.book[role.partner], language), 45) for role in one.partners if role.partner in found.book
    ]
    facts = [period(one, language), ", ".join(dict.fromkeys(partners[:2])) + (", ..." if len(partners) > 2 else "")]
    outcome = found.outcome(one)
    came = ""
    if outcome is not None:
        came = (
            f'<p class="came">{escape(_short(outcome.text("statement", language) or title_of(outcome, language)))}</p>'
        )
    return (
        f'<li><div class="signs">{signs}</div><div><h3>{escape(_short(title_of(one, language), 72))}</h3>'
        f'<p class="soft">{escape(". ".join(filter(None, facts)))}</p>{came}</div></li>'
    )


def _short(text: str, most: int = LETTERS) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} ..."


def _unknowns(content: Content) -> list[str]:
    language, found = content.language, content.records
    items: list[str] = []
    if found.all:
        text = t(
            "Of {unknown} of the {all} projects in the city the place is not known: some may be here.",
            language,
            unknown=found.unknown,
            all=found.all,
        )
        items.append(text)
        if found.coarser:
            items.append(t("Projects of which only a wider area is known: {count}.", language, count=found.coarser))
        if found.whole_city:
            items.append(t("Projects for the whole city: {count}.", language, count=found.whole_city))
    empty = [row for row in content.rows if row.figure.value is None]
    if empty:
        items.append(
            t("Without a figure: {count} of {all} indicators.", language, count=len(empty), all=len(content.rows))
        )
        items += dict.fromkeys(row.figure.reason(language) for row in empty)
    left = len(content.rows) - len(empty) - len(key_figures(content.rows, _most(content)))
    if left > 0:
        items.append(t("The atlas has {count} more figures of this area.", language, count=left))
    return items


def _unknown(content: Content) -> str:
    language, items = content.language, _unknowns(content)
    body = "".join(f"<li>{escape(one)}</li>" for one in items)
    return (
        f'<section class="unknown"><h2>{escape(t("What we do not know", language))}</h2><ul>{body}</ul></section>'
        if items
        else ""
    )


def _ask(content: Content) -> str:
    language = content.language
    return (
        f'<section class="ask"><h2>{escape(t("What would you like to know here?", language))}</h2>'
        f'<p class="soft">{escape(t("Write it down. A group of students may look into it.", language))}</p>'
        f'<div class="paper" aria-hidden="true">{"<i></i>" * 6}</div></section>'
    )


def _foot(content: Content) -> str:
    language = content.language
    made = f" {t('Made on {day}.', language, day=content.made_on)}" if content.made_on else ""
    derived = t("{mark} Not published as such, but derived from other figures.", language, mark="*")
    place_note = t(
        "A place is a band: rounding and estimation leave open which place exactly. 1st is the highest value.", language
    )
    return f"<footer><p>{escape(place_note)} {escape(derived)}</p><p>{escape(t('Source', language))}: {escape(content.credit)}.{escape(made)}</p></footer>"
