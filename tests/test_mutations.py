"""Whatever stands in a package: opening it, a profile and the atlas end well or in words, and the check never fails."""

import copy
import json
import random
import shutil
from pathlib import Path

import pytest

import labkit as lk
from labkit.errors import LabkitError
from labkit.packagechecks.check import check_package

DUINSTAD = Path(__file__).parent / "cities" / "duinstad"
DESCRIPTOR = "datapackage.json"
AREAS = ("areas/towns.geojson", "areas/quarters.geojson", "areas/streets.geojson")
TABLES = ("figures.csv", "indicators.csv", "breaks.csv", "areas/aliases.csv")

GONE = object()
VALUES = (
    *(None, 5, -1, 0, True, 1.5, float("nan"), float("inf"), 10**400, 1e308),
    *("", "x", " ", "²⁰²⁰", "٦١", "\u202e</script>", "A\x00B", "A\ud800B", "A\nB", "A" * 5000, "../figures.csv"),
    *([], ["x"], [None], {}, {"a": 1}, [[[[[[]]]]]]),
)
TEXTS = (
    *("", "x", " ", "-1", "0", "nan", "inf", "-inf", "1e400", "6_1.5", "٦١", "²⁰²⁰", "9" * 400, "-0", "2020.0"),
    *("A\x00B", '"', "a,b", "\n", "'", "=1+1", "Q99", "population", "trees:x", "share", "median", "100:x"),
)
MADE = 70


def places(node, at=()):
    """Yield the path of everything in a JSON value."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*at, key)
        yield from places(value, (*at, key))


def changed_json(text, chance):
    """Return a JSON text with one value replaced, taken out, or put in the place of another."""
    root = copy.deepcopy(json.loads(text))
    at = chance.choice([one for one in places(root) if "schema" not in one])
    holder = root
    for key in at[:-1]:
        holder = holder[key]
    value = chance.choice((*VALUES, GONE, copy.deepcopy(root)))
    if value is GONE:
        del holder[at[-1]]
    else:
        holder[at[-1]] = value
    return json.dumps(root), f"{at} = {str(value)[:60]}"


def changed_table(text, chance):
    """Return a CSV text with one field replaced, or one line taken out, doubled or cut off."""
    lines = text.splitlines()
    number = chance.randrange(len(lines))
    fields = lines[number].split(",")
    place = chance.randrange(len(fields))
    kind = chance.choice(("field", "field", "field", "field", "double", "gone", "cut"))
    if kind == "field":
        fields[place] = chance.choice((*TEXTS, chance.choice(chance.choice(lines).split(","))))
        lines[number] = ",".join(fields)
    elif kind == "double":
        lines.insert(number, lines[number])
    elif kind == "gone":
        del lines[number]
    else:
        lines[number] = ",".join(fields[:place])
    return "\n".join(lines) + "\n", f"line {number + 1}, {kind}: {lines[number][:60] if number < len(lines) else ''}"


def use(folder):
    """Do with a package what people do."""
    city = lk.open_city(folder)
    repr(city)
    for area in list(city.areas)[:3]:
        str(city.profile(area))
    city.map("happy").to_html()
    city.atlas(folder / "atlas.html")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("files", "change"),
    [((DESCRIPTOR,), changed_json), (AREAS, changed_json), (TABLES, changed_table)],
    ids=["descriptor", "areas", "tables"],
)
def test_no_change_of_a_file_ends_in_a_traceback(tmp_path, files, change):
    folder = Path(shutil.copytree(DUINSTAD, tmp_path / "mutated"))
    chance = random.Random(2)
    failures, opened = [], 0
    for _ in range(MADE):
        name = chance.choice(files)
        sound = (folder / name).read_text(encoding="utf-8")
        text, what = change(sound, chance)
        (folder / name).write_text(text, encoding="utf-8")
        for job in (check_package, use):
            try:
                job(folder)
                opened += job is use
            except LabkitError as error:
                if job is check_package or not str(error).strip():
                    failures.append((job.__name__, name, what, repr(error)))
            except Exception as error:
                failures.append((job.__name__, name, what, repr(error)))
        (folder / name).write_text(sound, encoding="utf-8")
    assert failures == []
    assert 0 < opened < MADE  # some changes are harmless, and some are not


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize("name", [DESCRIPTOR, "areas/quarters.geojson"])
@pytest.mark.parametrize("text", [DEEP, '{"features": ' + DEEP + "}", "9" * 5000, "NaN", '"\\ud800"'])
def test_extreme_files_are_told_too(broken, name, text):
    (broken / name).write_text(text, encoding="utf-8")
    assert check_package(broken).errors
    with pytest.raises(LabkitError):
        use(broken)


def test_a_package_that_the_check_finds_sound_opens(broken):
    """The check is at least as strict as opening: no error there, none here."""
    chance = random.Random(3)
    for _ in range(MADE):
        name = chance.choice((DESCRIPTOR, *AREAS, *TABLES))
        sound = (broken / name).read_text(encoding="utf-8")
        text, what = (changed_table if name.endswith("csv") else changed_json)(sound, chance)
        (broken / name).write_text(text, encoding="utf-8")
        if not check_package(broken).errors:
            city = lk.open_city(broken)
            assert len(city.figures) > 0, what
        (broken / name).write_text(sound, encoding="utf-8")
