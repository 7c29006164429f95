"""How counts are said: with the right number of the word, and never as more than they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from labkit.language import current, number, t
from labkit.register import wording
from labkit.register.records import Project

#: The ways to count a project that lies in several areas.
COUNTINGS = ("whole", "fractional")
#: Of fewer than these no percentage is given: "1 of 2" says it all, and one more or less would change it by tens.
ENOUGH = 10


def projects(count: int) -> str:
    """Return a number of projects in words.

    Examples
    --------
    >>> projects(1), projects(93)
    ('1 project', '93 projects')
    """
    return t("1 project") if count == 1 else t("{count} projects", count=number(count))


def questions(count: int) -> str:
    """Return a number of questions in words.

    Examples
    --------
    >>> questions(1), questions(0)
    ('1 question', '0 questions')
    """
    return t("1 question") if count == 1 else t("{count} questions", count=number(count))


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names as a list in words; of a long list the first ones, and how many more there are.

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed("ABCDE", most=2)
    ('A, B and C', 'A, B and 3 more')
    """
    known = list(names)
    if len(known) > most + 1:
        return t("{names} and {count} more", names=", ".join(known[:most]), count=number(len(known) - most))
    return wording.listed(known, current())


def share(part: float, whole: float) -> str:
    """Return a part of a whole as a percentage; "" if the whole is too small for one.

    What is more than nothing is never shown as 0%, and what is not all never as 100%.

    Examples
    --------
    >>> share(5, 15), share(1, 2), share(1, 1000), share(999, 1000)
    ('33%', '', 'less than 1%', 'more than 99%')
    """
    if whole < ENOUGH:
        return ""
    percent = 100 * part / whole
    if 0 < percent < 1:
        return t("less than 1%")
    if 99 < percent < 100:
        return t("more than 99%")
    return f"{number(percent)}%"


def in_brackets(text: str) -> str:
    """Return a text between brackets, with a space before it; "" if there is none.

    Examples
    --------
    >>> in_brackets("41%"), in_brackets("")
    (' (41%)', '')
    """
    return f" ({text})" if text else ""


def capital(text: str) -> str:
    """Return a text with a capital at its beginning.

    Examples
    --------
    >>> capital("districts of Leiden")
    'Districts of Leiden'
    """
    return text[:1].upper() + text[1:]


def class_of(count: int | Fraction) -> str:
    """Return the class of a count: "0", "1-2" (more than none, fewer than three) or "3+".

    Examples
    --------
    >>> class_of(0), class_of(Fraction(5, 2)), class_of(3)
    ('0', '1-2', '3+')
    """
    if count == 0:
        return "0"
    return "1-2" if count < 3 else "3+"


def counted(count: int | Fraction) -> str:
    """Return a count as text: a whole number as it is, a share with one decimal.

    Examples
    --------
    >>> counted(3), counted(Fraction(5, 2))
    ('3', '2.5')
    """
    return number(float(count), 0 if count == int(count) else 1)


def titles(found: Sequence[Project]) -> str:
    """Return the titles of projects in one cell."""
    return "; ".join(wording.title_of(one) for one in found)


def ids(found: Sequence[Project]) -> str:
    """Return the ids of projects in one cell."""
    return "; ".join(one.id for one in found)
