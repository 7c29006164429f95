"""Each student an own district: the same text, own numbers."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from labkit.area import Area
from labkit.assignments import companion, in_source
from labkit.errors import LabkitError, WrongUseError
from labkit.language import t
from labkit.opening import open_city

if TYPE_CHECKING:
    from labkit.city import City

#: With what `my_district` was asked in this process, in order: the grader sees here whether it was the right student.
asked: list[str] = []

#: Set by the program that runs a hand-in: the code of its district, and where its `assignment.json` is.
DISTRICT, ASSIGNMENT = "LABKIT_DISTRICT", "LABKIT_ASSIGNMENT"

#: Whose district a source is run on where nothing tells it: its lecturer is no student.
SOMEBODY = "example-student"

#: Rounds of the hash in `assignment.json`: trying ten million student numbers takes a day instead of seconds.
ROUNDS = 20_000

_answered: list[str] = []


class Settings(Protocol):
    """What dealing needs to know: a `Header` and a `Companion` both have it."""

    @property
    def assignment(self) -> str: ...  # noqa: D102
    @property
    def course(self) -> str: ...  # noqa: D102
    @property
    def year(self) -> int: ...  # noqa: D102
    @property
    def city(self) -> str: ...  # noqa: D102
    @property
    def variants(self) -> str | None: ...  # noqa: D102
    @property
    def within(self) -> str: ...  # noqa: D102
    @property
    def leave_out(self) -> tuple[str, ...]: ...  # noqa: D102


def areas_dealt(settings: Settings) -> list[Area]:
    """Return the areas that are dealt, in the order of their codes.

    Parameters
    ----------
    settings : Header or Companion
        With the city, the level, the area in which they lie, and those that are left out.

    Raises
    ------
    LabkitError
        If all students have the same work, or nothing is left to deal.

    Examples
    --------
    >>> from labkit.assignments.header import Header
    >>> week = Header(assignment="week1", city="leiden", variants="district", leave_out=["Stationsdistrict"])
    >>> [area.name for area in areas_dealt(week)][:3]
    ['Binnenstad-Zuid', 'Binnenstad-Noord', 'Leiden-Noord']
    """
    if not settings.variants:
        raise WrongUseError(
            t(
                "In {assignment} everybody has the same work: there are no districts to deal.",
                assignment=settings.assignment,
            )
        )
    return list(_areas(settings.city, settings.variants, settings.within, tuple(settings.leave_out)))


@lru_cache(maxsize=4)
def _open(city: str) -> City:
    return open_city(city) if city else open_city()


@lru_cache(maxsize=32)
def _areas(city: str, level: str, within: str, leave_out: tuple[str, ...]) -> tuple[Area, ...]:
    opened = _open(city)
    above = opened.areas.find(within) if within else opened.home
    without = {opened.areas.find(name, level).code for name in leave_out}
    found = sorted(opened.areas.of_level(level, within=above), key=lambda area: area.code)
    left = tuple(area for area in found if area.code not in without)
    if not left:
        raise LabkitError(
            t(
                "{area} has no areas of the level {level} to deal. See `within` and `leave_out`.",
                area=above.name,
                level=level,
            )
        )
    return left


def salted(settings: Settings, who: object) -> str:
    """Return the hash under which a student or group stands in `assignment.json`.

    It hides names from a glance, and makes trying out all student numbers slow; it is no secret from someone who
    takes a day for it. What stands behind it is only which district somebody got.

    Parameters
    ----------
    settings : Header or Companion
        The course and its year go into the hash.
    who : str or int
        A student number or the name of a group; case and blanks make no difference.

    Returns
    -------
    str
        32 hexadecimal digits.

    Examples
    --------
    >>> from labkit.assignments.header import Header
    >>> week = Header(assignment="week1", course="lab", year=2026)
    >>> salted(week, "s1234567") == salted(week, " S1234567") != salted(week, "s1234568")
    True
    """
    return _salted(_salt(settings), _same(who))


@lru_cache(maxsize=4096)
def _salted(salt: str, who: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", who.encode(), salt.encode(), ROUNDS, 16).hex()


def _salt(settings: Settings) -> str:
    return f"{settings.course or settings.assignment}|{settings.year}|{settings.variants}"


def _same(who: object) -> str:
    """Return an id in the form in which ids are compared."""
    plain = "".join(str(who).split()).casefold()
    if not plain:
        raise WrongUseError(t("Give the student number or the name of the group: it is empty."))
    return plain


def _preferred(settings: Settings, who: object, codes: Iterable[str]) -> list[str]:
    """Return the codes in an order of their own for each student.

    Every pair of student and code has its own hash, so leaving out a district moves only those who had it.
    """
    start = f"{_salt(settings)}|{_same(who)}|"
    return sorted(codes, key=lambda code: hashlib.sha256((start + code).encode()).digest())


def district_of(settings: Settings, who: object) -> str:
    """Return the code of the district of a student or group.

    Parameters
    ----------
    settings : Header or Companion
        A companion (`assignment.json`) has the districts that were dealt; who is not among them, and everybody
        where none were dealt, gets the one that the salted hash gives.
    who : str or int
        A student number or the name of a group.

    Returns
    -------
    str
        The same for the same student, course and year.

    Examples
    --------
    >>> from labkit.assignments.header import Header
    >>> week = Header(assignment="week1", course="lab", year=2026, city="leiden", variants="district")
    >>> district_of(week, "s1234567")
    'WK054607'
    >>> district_of(week.model_copy(update={"year": 2027}), "s1234567")
    'WK054600'
    """
    codes = [area.code for area in areas_dealt(settings)]
    listed: Mapping[str, str] = getattr(settings, "districts", {})
    return (listed.get(salted(settings, who)) if listed else None) or _preferred(settings, who, codes)[0]


def deal(settings: Settings, ids: Iterable[object], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Deal the districts so that each is used as often as the others, or once more.

    Parameters
    ----------
    settings : Header or Companion
    ids : iterable of str
        Student numbers, or names of groups: a group counts as one. Their order makes no difference.
    known : dict, optional
        Who has which district already. They keep it, whatever happens to the others: give the list of the last
        time when a student joins the course.

    Returns
    -------
    dict
        Id -> code, for all of `ids`, in their order.

    Examples
    --------
    >>> from labkit.assignments.header import Header
    >>> week = Header(assignment="week1", course="lab", year=2026, city="leiden", variants="district")
    >>> dealt = deal(week, [f"s{number}" for number in range(25)])
    >>> from collections import Counter
    >>> sorted(Counter(dealt.values()).values())
    [2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
    """
    names = {str(one): _same(one) for one in ids}
    codes = [area.code for area in areas_dealt(settings)]
    before = {_same(name): code for name, code in (known or {}).items()}
    dealt = {one: before[one] for one in names.values() if one in before}
    used = dict.fromkeys(codes, 0)
    for code in dealt.values():
        if code in used:  # a district that was left out since then is kept, and deals with nobody else
            used[code] += 1
    new = set(names.values()) - set(dealt)
    many = len(new) + sum(used.values())
    each = many // len(codes)
    # So many districts may be used once more than the others; those that are used more already take of it.
    more = many - sum(max(count, each) for count in used.values())
    for one in sorted(new, key=lambda one: hashlib.sha256(f"{_salt(settings)}|{one}".encode()).digest()):
        code = next(
            code for code in _preferred(settings, one, codes) if used[code] < each or (used[code] == each and more > 0)
        )
        more -= used[code] == each
        used[code] += 1
        dealt[one] = code
    return {name: dealt[one] for name, one in names.items()}


def listed(settings: Settings, dealt: Mapping[str, str], members: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a release puts into `assignment.json` as `districts`: salted hash -> code.

    Parameters
    ----------
    settings : Header or Companion
    dealt : dict
        What `deal` returned.
    members : dict, optional
        Student -> name of the group; students of a group find its district under their own number too.

    Examples
    --------
    >>> from labkit.assignments.header import Header
    >>> week = Header(assignment="week1", city="leiden", variants="district")
    >>> len(listed(week, {"pair 1": "WK054608"}, {"s1": "pair 1", "s2": "pair 1"}))
    3
    """
    of = dict(dealt) | {who: dealt[group] for who, group in (members or {}).items() if group in dealt}
    return dict(sorted((salted(settings, who), code) for who, code in of.items()))


def my_district(who: object = None) -> Area:
    """Return your district: every student, or pair, works on a district of their own.

    Parameters
    ----------
    who : str or int, optional
        Your student number, or the name of your group; asked for if left out.

    Returns
    -------
    Area
        With `.name` and `.code`.

    Raises
    ------
    LabkitError
        If `assignment.json`, which came with the notebook, is not in its folder; or everybody has the same work.

    Notes
    -----
    In the source of an assignment, called `exercise`, there is no `assignment.json` yet: its settings are read, and
    it runs for an example student, or for the district in the environment variable ``LABKIT_DISTRICT``.

    Examples
    --------
    >>> import os
    >>> os.environ["LABKIT_DISTRICT"] = "WK054609"     # what a run in the grader sets
    >>> my_district("s1234567")
    Stevenshofdistrict (district, WK054609)
    >>> del os.environ["LABKIT_DISTRICT"]
    """
    if who is not None:
        asked.append(str(who)[:200])
    given = os.environ.get(DISTRICT)
    place = os.environ.get(ASSIGNMENT)
    if not place and companion.find() is None:
        source = in_source.header_here()
        if source is not None:
            in_source.lend_reference()
            return _open(source.city).areas.find(given or district_of(source, who or SOMEBODY))
        if given:
            return _open("").areas.find(given)
    settings = companion.read_companion(Path(place) if place else None)
    if not given:
        areas_dealt(settings)
        given = _looked_up(settings, who)
    return _open(settings.city).areas.find(given)


def _looked_up(settings: companion.Companion, who: object) -> str:
    if who is None:
        who = _ask()
        asked.append(str(who)[:200])
    if settings.districts and salted(settings, who) not in settings.districts:
        warnings.warn(
            t(
                "{who} is not on the list of this course: is the number right? You get a district all the same.",
                who=who,
            ),
            stacklevel=3,
        )
    return district_of(settings, who)


def _ask() -> str:
    """Ask for the student number once a session."""
    if not _answered:
        try:
            answer = input(t("Your student number, or the name of your group:") + " ").strip()
        except (EOFError, OSError, RuntimeError):
            answer = ""
        if not answer:
            raise LabkitError(
                t(
                    "Nobody answered who you are. Write your student number into the code: {code}.",
                    code='lk.my_district("s1234567")',
                )
            )
        _answered.append(answer)
    return _answered[0]
