"""Run all checks on a register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from labkit.areas import Areas
from labkit.packagechecks.fault import Fault, Faults
from labkit.register.book import Book
from labkit.register.checks.agreements import check_commitments, check_under_agreement
from labkit.register.checks.chains import check_chains, check_order
from labkit.register.checks.context import Context, fault_of
from labkit.register.checks.dates import check_academic_years, check_periods, check_seen, check_status
from labkit.register.checks.doubles import check_doubles
from labkit.register.checks.ehealth import check_ehealth
from labkit.register.checks.lists import check_lists
from labkit.register.checks.origins import check_origins
from labkit.register.checks.outcomes import check_outcomes
from labkit.register.checks.people import check_people
from labkit.register.checks.personal.check import check_personal
from labkit.register.checks.places import check_places
from labkit.register.checks.references import check_programmes, check_references
from labkit.register.links import references

#: A book of so many records is checked as a whole whenever one of them is saved.
FEW = 500

CHECKS = (
    check_references,
    check_programmes,
    check_places,
    check_lists,
    check_doubles,
    check_chains,
    check_order,
    check_periods,
    check_academic_years,
    check_status,
    check_seen,
    check_under_agreement,
    check_commitments,
    check_outcomes,
    check_people,
    check_ehealth,
    check_origins,
    check_personal,
)


def check_register(
    book: Book,
    areas: Areas | None,
    today: date | None = None,
    line_of: Callable[[str, str], int] | None = None,
) -> Faults:
    """Check the records of a register against each other, the areas of the city and the rules of the register.

    Errors make the register untrue or break a rule; warnings ask for a look and never block. What could not be
    read is told first.

    Parameters
    ----------
    book : Book
        The records.
    areas : Areas or None
        The areas of the city; without them codes of areas are not checked.
    today : date, optional
        What lies after it is still to come; today if left out.
    line_of : callable, optional
        Returns the line of a field in the file of a record, from its id and the path of the field.

    Returns
    -------
    Faults
        Every fault with file, line, field (`column`), what is wrong and the way out; shows itself, and has
        `.errors`, `.warnings` and `.table`.

    Examples
    --------
    >>> from labkit.register.records import Outcome
    >>> made = Outcome(id="out-x", visibility="public", project="p-x", stage="output", kind="poster", statement_en="A poster.",
    ...                direction="unknown", evidence="none", record_by="lecturer")
    >>> print(check_register(Book([made]), None))
    error: outcomes/out-x.yaml, project: There is no project with the id "p-x". Make that record, or take the reference out.
    """
    context = Context(book, areas, today or date.today())
    found = [finding for check in CHECKS for finding in check(context)]
    # Record by record: who looks up lines reads each file once.
    found.sort(key=lambda one: one.id)
    lines = ((one, line_of(one.id, one.field) if line_of else 0) for one in found)
    return Faults([*book.faults, *(fault_of(one, book.file(one.id), line) for one, line in lines)])


def faults_of(id: str, book: Book, areas: Areas | None) -> list[Fault]:
    """Return what must be said of one record at once: its errors, and what looks like personal data.

    In a large book only its neighbours are looked at with it, so that saving stays quick; a full check sees more.

    Examples
    --------
    >>> from labkit.register.records import Partner
    >>> made = Partner(id="org-x", visibility="public", name="X", kind="other", record_by="mw. De Vries")
    >>> [one.column for one in faults_of("org-x", Book([made]), None)]
    ['record_by']
    """
    near = book if len(book) <= FEW else around(id, book)
    context = Context(near, areas)
    found = [one for check in CHECKS for one in check(context) if one.id == id and one.severity == "error"]
    personal = [one for one in check_personal(context) if one.id == id]
    return [fault_of(one, book.file(id), 0) for one in (*found, *personal)]


def around(id: str, book: Book) -> Book:
    """Return a record with those that it names, and those that they name."""
    near = {id}
    for _ in range(2):
        near |= {other for one in near for _, other, _, _ in references(book[one]) if other in book}
    return Book([book[one] for one in near], book.settings)
