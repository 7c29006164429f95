"""A roster as spreadsheets and platforms save it, and how late a hand-in is."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import made_up_downloads as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.assignments.collecting.moments import MONTHS, read_moment, zone_called
from labkit.assignments.header import Header
from labkit.assignments.lateness import GRACE, lateness
from labkit.assignments.roster import read_roster
from labkit.errors import LabkitError

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def read(tmp_path):
    def run(data):
        path = tmp_path / "roster.csv"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_roster(path)

    return run


def test_a_roster_of_excel(tmp_path):
    roster = read_roster(made.roster(tmp_path))
    assert len(roster) == 7
    assert roster.groups == {"A": ("s1000003", "s1000004")}
    assert roster.members("s1000004") == ("s1000003", "s1000004")
    maria = roster.get("S1000004")
    assert (maria.name, maria.extra_hours, maria.language) == ("Mária Smit", 1.5, None)
    assert maria.ids["OrgDefinedId"] == "s1000004"
    assert maria.ids["Username"] == "smitm"
    assert roster.get("502").student == roster.get("bakkern").student == "s1000002"
    assert roster.named("smit maria") == (maria,)
    assert roster.near("Nora Bakker")[0] == "s1000002 (Noor Bakker)"
    assert roster.columns == ("OrgDefinedId", "Username", "Naam", "Groep", "Extra uren", "Taal", "ID")


@pytest.mark.parametrize(
    "data",
    [
        "student,name\ns1,Ann\n",
        "student;name\r\ns1;Ann\r\n\r\n;;\r\n".encode("utf-16"),
        "Studentnummer\tNaam\ns1\tAnn",
        "sep=;\nSTUDENT_ID;Voornaam;Achternaam\ns1;Ann;\n",
        "Student ID,Student\ns1,Ann",
    ],
)
def test_many_ways_to_save_the_same_roster(read, data):
    (one,) = read(data)
    assert (one.student, one.name) == ("s1", "Ann")


def test_an_old_code_page_is_read(read):
    assert next(iter(read("student;naam\ns1;José\n".encode("cp1252")))).name == "José"


def test_the_gradebook_of_canvas_is_a_roster(read):
    roster = read(
        "Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (77)\n"
        "    Points Possible,,,,,10\n"
        '"Vries, Jan de",501,s1,jan@example.org,A,\n'
        '"Student, Test",999,,,A,\n'
    )
    (one,) = roster
    assert (one.student, one.name) == ("s1", "Jan de Vries")
    assert roster.get("501") is one
    assert one.ids["Week 1 (77)"] == ""


def test_the_export_of_brightspace_is_a_roster(read):
    roster = read(
        "OrgDefinedId,Username,Last Name,First Name,End-of-Line Indicator\n#s1,#jan,Vries,Jan,#\n#s2,#noor,Bakker,Noor,#\n"
    )
    assert [one.student for one in roster] == ["s1", "s2"]
    assert roster.get("jan").ids["Username"] == "#jan"  # as given, for the export


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "is empty"),
        ("name,group\nAnn,A\n", "no column with the id"),
        ("student,name\ns1,Ann\n\ns2,Bo\nS1,Cor\n", "s1 on lines 2, 5"),
        ('student,name\ns1,"An\nn"\ns2,B\ns1,C\n', "s1 on lines 2, 5"),
        ("student,name\n,Ann\n", "line 2: the id of the student is empty"),
        ("student,extra hours\ns1,later\n", "line 2: extra time is a number of hours"),
        ("student,extra hours\ns1,-1\n", "line 2: extra time is a number of hours"),
        ("student,language\ns1,de\n", "line 2: the language is nl or en, not 'de'"),
        ("student,naam,Naam\ns1,a,b\n", "two columns called"),
        (b"PK\x03\x04\x00", "spreadsheet"),
    ],
)
def test_a_faulty_roster_is_told_with_its_line(read, data, says):
    with pytest.raises(LabkitError, match=says):
        read(data)


# ------------------------------------------------------------------ times


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)).map(
        lambda one: one.replace(second=0, microsecond=0)
    ),
    month=st.integers(0, 2),
    form=st.sampled_from(
        [
            "{d} {m}, {y} {h12}{mm} {half}",
            "{m} {d}, {y} {h12}:{mm} {half}",
            "{d} {m} {y} {h24}{mm}",
            "{d} {m}. {y} {h24}.{mm}",
        ]
    ),
)
def test_a_time_reads_back_as_itself(moment, month, form):
    names = [name for name, number in MONTHS.items() if number == moment.month]
    text = form.format(
        d=moment.day,
        m=names[month % len(names)].title(),
        y=moment.year,
        h12=moment.hour % 12 or 12,
        h24=f"{moment.hour:02}",
        mm=f"{moment.minute:02}",
        half="PM" if moment.hour >= 12 else "AM",
    )
    assert read_moment(f"1-2 - Ann - {text}", AMSTERDAM) == moment.replace(tzinfo=AMSTERDAM)


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text):
    found = read_moment(text, AMSTERDAM)
    assert found is None or found.tzinfo is AMSTERDAM


def test_a_wrong_time_zone_is_answered_with_the_nearest():
    with pytest.raises(LabkitError, match="Did you mean Europe/Amsterdam"):
        zone_called("Europe/Amsterdm")
    with pytest.raises(LabkitError, match="no time zone"):
        zone_called("../../etc/passwd")


# ------------------------------------------------------------------ late

DUE = datetime(2026, 11, 24, 23, 59, tzinfo=AMSTERDAM)
STEPS = [{"hours": 24, "minus": 10}, {"hours": 72, "minus": 50}]


def header(steps=STEPS, due=DUE):
    return Header(assignment="week1", due=due, late=steps)


@pytest.mark.parametrize(
    ("after", "extra", "minus"),
    [
        (timedelta(0), 0, None),
        (timedelta(minutes=GRACE), 0, None),
        (timedelta(minutes=GRACE + 1), 0, 10),
        (timedelta(hours=24), 0, 10),
        (timedelta(hours=24, seconds=1), 0, 50),
        (timedelta(hours=73), 0, 100),
        (timedelta(hours=24), 24, None),
        (timedelta(hours=25), 24, 10),
    ],
)
def test_the_policy_is_read_from_its_steps(after, extra, minus):
    late = lateness(header(), DUE + after, extra)
    assert (late and late.minus) == minus


def test_what_cannot_be_compared_is_not_late():
    assert lateness(header(due=None), DUE) is None
    assert lateness(header(), None) is None
    assert lateness(header(steps=[]), DUE + timedelta(hours=30)).minus == 0


def test_late_is_told_in_words():
    assert lateness(header(), DUE + timedelta(hours=26), 2).text == (
        "24 hours late, after 2 hours of extra time; the policy says 10 % less."
    )


@given(
    minutes=st.integers(-10_000, 20_000),
    more=st.integers(0, 5_000),
    extra=st.integers(0, 200),
    zone=st.integers(-12, 14),
    steps=st.lists(st.tuples(st.integers(1, 200), st.integers(0, 100)), max_size=4, unique_by=lambda one: one[0]),
)
def test_later_is_never_better_and_extra_time_never_worse(minutes, more, extra, zone, steps):
    minus = sorted(one[1] for one in steps)
    policy = header([{"hours": one, "minus": less} for (one, _), less in zip(sorted(steps), minus, strict=True)])

    def hours(moment, extra_hours=0, zone=zone):
        late = lateness(policy, moment.astimezone(timezone(timedelta(hours=zone))), extra_hours)
        return (late.hours, late.minus) if late else (0, 0)

    moment = DUE + timedelta(minutes=minutes)
    now, later, helped = hours(moment), hours(moment + timedelta(minutes=more)), hours(moment, extra)
    assert later[0] >= now[0]
    assert later[1] >= now[1]
    assert helped[0] <= now[0]
    assert helped[1] <= now[1]
    assert now == hours(moment, zone=0)  # in whatever zone it is told


def test_the_night_of_the_clock_is_not_an_hour_longer():
    due = datetime(2026, 10, 25, 1, 30, tzinfo=AMSTERDAM)  # summer time
    received = datetime(2026, 10, 25, 3, 30, tzinfo=AMSTERDAM)  # winter time: three hours later
    assert lateness(header(due=due), received).hours == 3
