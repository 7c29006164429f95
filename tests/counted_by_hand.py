"""The Leiden register counted a second time, straight from its YAML and GeoJSON files: no labkit in here.

Written from the rules in words, and in another way than labkit counts, so that an error has to be made twice.
"""

import json
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

PACKAGE = Path(__file__).parents[1] / "data" / "leiden"
LEVELS = {
    "region": "regions",
    "municipality": "municipalities",
    "district": "districts",
    "neighbourhood": "neighbourhoods",
}
HOME, REGION = "GM0546", "R-LEIDEN"
#: The day until which counts what still runs.
TODAY = date(2026, 11, 23)
GROUPS = ("coarser", "city", "region", "outside", "elsewhere", "unknown")


def records(kind):
    """Return the records of a folder as plain data, by file name."""
    return [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((PACKAGE / "register" / kind).glob("*.yaml"))
    ]


def areas():
    """Return code -> (level, parent)."""
    found = {}
    for level, name in LEVELS.items():
        text = (PACKAGE / "areas" / f"{name}.geojson").read_text(encoding="utf-8")
        for feature in json.loads(text)["features"]:
            found[feature["properties"]["code"]] = (level, feature["properties"]["parent"])
    return found


PROJECTS, QUESTIONS = records("projects"), records("questions")
OUTCOMES, PARTNERS, AGREEMENTS = records("outcomes"), records("partners"), records("agreements")
KIND_OF = {one["id"]: one["kind"] for one in PARTNERS}
AREAS = areas()
#: Which areas are looked at on a level, and inside what.
INSIDE = {"municipality": REGION, "district": HOME, "neighbourhood": HOME}


def line_of(code):
    """Return an area and all that it lies in."""
    line = []
    while code is not None:
        line.append(code)
        code = AREAS[code][1]
    return line


def rows_of(level):
    """Return the codes of the areas that are looked at."""
    return sorted(code for code, (own, _) in AREAS.items() if own == level and INSIDE[level] in line_of(code))


def parts(record, level):
    """Return row -> part of a record that counts there; the parts add up to 1."""
    rows = rows_of(level)
    if record["scope"] != "areas":
        return {HOME if record["scope"] == "city" and HOME in rows else record["scope"]: Fraction(1)}
    places = {}
    for code in record["areas"]:
        at_level = [one for one in line_of(code) if AREAS[one][0] == level]
        places[at_level[0] if at_level else code] = bool(at_level)
    # What holds another of the places is that place, told twice.
    places = {code: fine for code, fine in places.items() if not any(code in line_of(other)[1:] for other in places)}
    found = Counter()
    for code, fine in places.items():
        inside = INSIDE[level] in line_of(code) or code in line_of(INSIDE[level])
        found[code if fine and code in rows else "coarser" if inside and not fine else "outside"] += 1
    return {row: Fraction(count, len(places)) for row, count in found.items()}


def years(project):
    """Return the years in which a project ran; None if none is known."""
    start, end = (str(project.get(name) or "unknown")[:4] for name in ("start", "end"))
    academic = (project.get("academic_year") or "-").split("-")
    begin = next((int(one) for one in (start, academic[0], end) if one.isdigit()), None)
    if begin is None:
        return None
    if end.isdigit():
        last = int(end)
    elif academic[1] and "end" not in project:
        last = int(academic[1])
    else:
        last = TODAY.year if project["status"] == "running" else begin
    return set(range(begin, max(begin, last) + 1))


def first_year(project):
    """Return the first year of a project as text; "unknown" if there is none."""
    found = years(project)
    return "unknown" if found is None else str(min(found))


def chosen(start=None, end=None, theme=None):
    """Return the projects that count, and those without a known year that a period leaves out."""
    found = [one for one in PROJECTS if theme is None or theme in one["themes"]]
    if start is None and end is None:
        return found, []
    wanted = set(range(start or 0, (end or 2200) + 1))
    return [one for one in found if (years(one) or set()) & wanted], [one for one in found if years(one) is None]


def in_rows(projects, level):
    """Return row -> projects that count there."""
    found = {row: [] for row in (*rows_of(level), *GROUPS)}
    for one in projects:
        for row in parts(one, level):
            found[row].append(one)
    return found


def outcomes_of(project):
    """Return the outcomes of a project."""
    return [one for one in OUTCOMES if one["project"] == project["id"]]


def furthest(project):
    """Return how far a project came."""
    stages = [one["stage"] for one in outcomes_of(project)]
    return next((stage for stage in ("change", "use", "output", "none") if stage in stages), "unknown")


def confirmed(outcome):
    """Whether an outcome is a result of which others than the project say that it is so."""
    reached = outcome["stage"] in ("output", "use", "change")
    return reached and outcome["evidence"] in ("partner_confirmed", "independent")


def visible(project):
    """Return True, False or None (not known)."""
    if project["visibility"] != "public":
        return False
    stages = [one["stage"] for one in outcomes_of(project) if one["visibility"] == "public"]
    if set(stages) & {"output", "use", "change"}:
        return True
    return False if stages and set(stages) == {"none"} else None


def tangible(project):
    """Return True, False or None (not known)."""
    on_site, residents = project.get("on_site"), project.get("participation")
    if on_site is True or residents in ("consulted", "involved", "cocreated", "led"):
        return True
    return False if on_site is False and residents in ("none", "informed") else None


def state(question):
    """Return what became of a question."""
    addressed = any(question["id"] in one.get("addresses", []) for one in PROJECTS)
    if addressed or question["status"] in ("matched", "running", "answered"):
        return "taken_up"
    known = {"new": "waiting", "refined": "waiting", "parked": "parked", "withdrawn": "withdrawn"}
    return known.get(question["status"], "unknown")


def age(question, today):
    """Return how many whole years ago a question was asked at least: "0" to "3", or "unknown"."""
    text = str(question.get("asked_on") or "unknown")
    if text == "unknown":
        return text
    asked = (text + {4: "-12-31", 7: "-31", 10: ""}[len(text)]).split("-")
    years = today.year - int(asked[0]) - ((f"{today:%m}", f"{today:%d}") < (asked[1], asked[2]))
    return str(min(max(years, 0), 3))


def kinds(project):
    """Return the columns of participants in which a project counts."""
    found = {{"wo_bachelor": "wo", "wo_master": "wo", "phd": "wo"}.get(level, level) for level in project["levels"]}
    students = found & {"mbo", "hbo", "wo"}
    if students:
        return students | ({"mixed"} if len(students) > 1 else set())
    return {"unknown"} if found == {"unknown"} else {"others"}


def most_with_people(projects, perhaps=False):
    """Return the most projects with people that ran within any three calendar years in a row.

    With `perhaps`, how many it may be: people or years that are not known may be there.
    """
    meant = (True, "unknown") if perhaps else (True,)
    spans = [years(one) for one in projects if one["involves_people"] in meant]
    windows = ({year, year + 1, year + 2} for year in range(2000, 2101))
    most = max(sum(bool(span and span & window) for span in spans) for window in windows)
    return most + (spans.count(None) if perhaps else 0)


def venues(project):
    """Return the places that a project names."""
    return {one.strip() for one in (project.get("venue") or "").split(";") if one.strip()}


def only_event(project):
    """Whether all results of a project are events or exhibitions."""
    kinds = {one["kind"] for one in outcomes_of(project) if one["stage"] in ("output", "use", "change")}
    return kinds == {"event"}
