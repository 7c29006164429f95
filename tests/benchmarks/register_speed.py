"""A register of 10,000 made-up records: open, check, coverage, search, match, lineage, save; beside PyYAML's own loaders.

Run it with `uv run python tests/benchmarks/register_speed.py [records]`. The peers read the same files in the same run and
do nothing else with them. Fails if one of the goals is missed.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import yaml

import labkit as lk
from labkit.register.folder import Folder
from labkit.register.records import Agreement, Offer, Outcome, Partner, Project, Question
from labkit.register.vocabularies import THEMES
from labkit.register.writing import new_text

#: Goals in seconds, for 10,000 records.
GOALS = {"open": 3.0, "check": 5.0, "coverage": 0.5, "save one": 0.05}
WORDS = "soup garden bike energy school lonely music canal litter heat health debt sport safety student elderly care market".split()
AREAS = "WK054600 WK054603 WK054608 WK054609 BU05460800 BU05460302".split()


def made_up(count, rng):
    """Yield made-up records in the proportions of a real register."""

    def words(n):
        return " ".join(rng.choices(WORDS, k=n))

    common = {"visibility": "public", "sources": ["https://example.org/a"], "checked_on": "2026-11-23"}
    partners = [f"org-{n}" for n in range(count // 10)]
    projects = [f"p-{2010 + n % 16}-{n}" for n in range(count * 4 // 10)]
    questions = [f"q-{n}" for n in range(count // 10)]
    for one in partners:
        yield Partner(id=one, name=words(3), kind="civil_society", **common)
    for one in questions:
        place = {"scope": "areas", "areas": [rng.choice(AREAS)]} if rng.random() < 0.5 else {"scope": "unknown"}
        title = words(6)
        yield Question(
            id=one,
            title_en=title,
            text_en=words(20),
            asker_kind="resident",
            status="new",
            themes=[rng.choice(THEMES.ids)],
            **place,
            **common,
        )
    for n, one in enumerate(projects):
        place = {"scope": "areas", "areas": [rng.choice(AREAS)]} if rng.random() < 0.4 else {"scope": "unknown"}
        yield Project(
            id=one,
            title_en=words(6),
            title_nl=words(6),
            summary_en=words(30),
            summary_nl=words(30),
            programme="other",
            kind="thesis",
            status="finished",
            start=one[2:6],
            themes=rng.sample(THEMES.ids, 2),
            levels=["wo_master"],
            involves_people="unknown",
            partners=[
                {"partner": rng.choice(partners), "role": "client"},
                {"partner": rng.choice(partners), "role": "executing"},
            ],
            addresses=[rng.choice(questions)],
            builds_on=[projects[n - 16]] if n >= 16 and n % 5 == 0 else [],
            **place,
            **common,
        )
    for n in range(count * 3 // 10):
        yield Outcome(
            id=f"out-{n}",
            project=rng.choice(projects),
            stage="output",
            kind="report",
            statement_en=words(15),
            direction="positive",
            evidence="self_reported",
            **common,
        )
    for n in range(count // 20):
        yield Offer(id=f"of-{n}", title_en=words(4), kind="course", status="open", levels=["hbo"], **common)
    for n in range(count // 20):
        yield Agreement(
            id=f"ag-{n}", title_en=words(4), kind="grant", status="ended", start="2015", end="2020", **common
        )


def timed(work):
    """Return how long it took, and what came of it."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main():
    """Measure, print, and fail over a goal."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as place:
        folder = Folder.create(Path(place) / "register")
        for one in made_up(count, random.Random(1)):
            (folder.path / one.FOLDER / f"{one.id}.yaml").write_text(new_text(one), encoding="utf-8")
        city = lk.open_city("leiden", register=folder.path)
        files = list(folder.path.glob("*/*.yaml"))
        texts = [path.read_text(encoding="utf-8") for path in files]
        rows = {}
        rows["open"], register = timed(lambda: city.register)
        rows["check"], faults = timed(register.check)
        rows["coverage"], _ = timed(register.coverage)
        rows["coverage, district by neighbourhood too"], _ = timed(lambda: register.coverage().sensitivity())
        rows["first search"], _ = timed(lambda: register.search("soup garden"))
        rows["next search"], _ = timed(lambda: register.search("canal litter"))
        rows["match one question"], _ = timed(lambda: register.match("q-1"))
        rows["lineage of all"], _ = timed(register.lineage)
        register.edit("q-1", status="refined")  # loads what saving needs
        saves = [timed(lambda n=n: register.edit(f"q-{n}", status="refined"))[0] for n in range(2, 32)]
        rows["save one"] = statistics.median(saves)
        peers = {
            "yaml.load(CSafeLoader), a plain loop": timed(
                lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts]
            )[0],
            "yaml.safe_load, a plain loop (first 500 x 20)": timed(
                lambda: [yaml.safe_load(text) for text in texts[: count // 20]]
            )[0]
            * 20,
        }
    print(
        f"{len(files):,} files, {sum(map(len, texts)) / 1e6:.1f} MB; {len(register.book):,} records, {len(faults)} faults"
    )
    plain = peers["yaml.safe_load, a plain loop (first 500 x 20)"]
    for name, seconds in {**rows, **peers}.items():
        goal = f"goal {GOALS[name]:g} s" if name in GOALS else ""
        print(f"{name:48}{seconds:9.3f} s {seconds / plain:9.4f} of safe_load  {goal}")
    over = [name for name, goal in GOALS.items() if rows[name] > goal * count / 10_000]
    if over:
        raise SystemExit(f"Over the goal: {', '.join(over)}.")


if __name__ == "__main__":
    main()
