"""Made-up records for tests: as little as a record must hold, and strategies that make many of them."""

from hypothesis import strategies as st

from labkit.register.book import Book
from labkit.register.records import Outcome, Partner, Project, Question
from labkit.register.vocabularies import DIRECTIONS, EVIDENCE, LEVELS, PARTICIPATION, PROJECT_STATUS, STAGES, THEMES

SCOPES = ("areas", "city", "region", "elsewhere", "unknown")


def project(number, **given):
    """Return a made-up project; what is not given is as empty as it may be."""
    usual = {
        "visibility": "public",
        "title_en": f"Made-up project {number}",
        "summary_en": "Made up.",
        "programme": "other",
        "kind": "thesis",
        "status": "unknown",
        "start": "unknown",
        "themes": ["safety"],
        "levels": ["unknown"],
        "scope": "areas" if given.get("areas") else "unknown",
        "involves_people": "unknown",
    }
    return Project(id=f"p-{number}", **{**usual, **given})


def question(number, **given):
    """Return a made-up question."""
    usual = {
        "visibility": "public",
        "title_en": f"Made-up question {number}",
        "asker_kind": "resident",
        "status": "new",
        "themes": ["safety"],
        "scope": "areas" if given.get("areas") else "unknown",
    }
    return Question(id=f"q-{number}", **{**usual, **given})


def outcome(number, of, **given):
    """Return a made-up outcome of a project."""
    usual = {
        "visibility": "public",
        "stage": "output",
        "kind": "report",
        "statement_en": f"Made-up outcome {number}.",
        "direction": "unknown",
        "evidence": "self_reported",
    }
    return Outcome(id=f"out-{number}", project=f"p-{of}", **{**usual, **given})


def partner(name, kind="other", **given):
    """Return a made-up partner."""
    return Partner(id=f"org-{name}", visibility="public", name=f"Made-up {name}", kind=kind, **given)


def projects(codes):
    """Return a strategy that makes a list of projects in, outside and beyond areas with these codes."""
    places = st.one_of(
        st.sampled_from(SCOPES[1:]).map(lambda scope: {"scope": scope}),
        st.lists(st.sampled_from([*codes, "NOWHERE"]), min_size=0, max_size=4).map(
            lambda found: {"scope": "areas", "areas": found}
        ),
    )
    years = st.one_of(st.just("unknown"), st.integers(2015, 2026).map(str), st.just("2021-09"))
    one = st.fixed_dictionaries(
        {
            "place": places,
            "start": years,
            "end": st.one_of(st.none(), years),
            "status": st.sampled_from(PROJECT_STATUS.ids),
            "themes": st.lists(st.sampled_from(THEMES.ids), min_size=1, max_size=3),
            "levels": st.lists(st.sampled_from(LEVELS.ids), min_size=1, max_size=3),
            "involves_people": st.sampled_from([True, False, "unknown"]),
            "on_site": st.sampled_from([True, False, "unknown", None]),
            "participation": st.sampled_from([None, *PARTICIPATION.ids]),
            "visibility": st.sampled_from(["public", "public", "partners", "private"]),
            "earlier": st.lists(st.integers(0, 11), max_size=3),
        }
    )
    return st.lists(one, max_size=12).map(_numbered)


def _numbered(several):
    made = []
    for number, found in enumerate(several):
        place, earlier = found.pop("place"), found.pop("earlier")
        made.append(project(number, **found, **place, builds_on=[f"p-{one}" for one in earlier if one < number]))
    return made


def books(codes):
    """Return a strategy that makes books of projects with outcomes."""
    results = st.lists(
        st.tuples(
            st.integers(0, 11),
            st.sampled_from(STAGES.ids),
            st.sampled_from(EVIDENCE.ids),
            st.sampled_from(DIRECTIONS.ids),
        ),
        max_size=8,
    )
    return st.builds(_book, projects(codes), results)


def _book(found, results):
    made = [
        outcome(number, of, stage=stage, evidence=evidence, direction=direction)
        for number, (of, stage, evidence, direction) in enumerate(results)
    ]
    return Book([*found, *made])
