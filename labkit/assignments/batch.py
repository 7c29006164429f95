"""Grade a class: hand-ins side by side, going on where an earlier run was stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from labkit.assignments.assignment import Assignment, open_assignment
from labkit.assignments.changes import finish_replacing, settle_changes
from labkit.assignments.companion import NAME as COMPANION
from labkit.assignments.findings import findings_of
from labkit.assignments.gradebook import Gradebook
from labkit.assignments.grades import Finding, Grades, as_markdown, summary
from labkit.assignments.grading import Grader, blank_questions, for_members
from labkit.assignments.handins import HandIn
from labkit.assignments.paper import Order, Paper
from labkit.assignments.results import Result
from labkit.assignments.roster import Roster, read_roster
from labkit.assignments.submissions import Submissions, submissions
from labkit.assignments.worker import one_piece
from labkit.assignments.workers import Done, Pool
from labkit.errors import LabkitError, UnknownNameError
from labkit.language import current, did_you_mean, t
from labkit.names import nearest
from labkit.saving import save_bytes, save_text

#: Is told how many of how many hand-ins are done.
Progress = Callable[[int, int], None]


class Interrupted(KeyboardInterrupt):
    """The run was stopped with Ctrl-C; its text says what is kept and how to go on."""


class _Workers(Protocol):
    def each(self, work: Sequence[Paper | str]) -> Iterable[Done]: ...
    def close(self) -> None: ...


def grade(
    source: str | Path,
    handins: str | Path,
    out: str | Path,
    *,
    roster: Roster | str | Path | None = None,
    released: str | Path | None = None,
    only: Sequence[str] = (),
    again: bool = False,
    compare_only: bool = False,
    workers: int | None = None,
    dask: str = "",
    container: str = "",
    progress: Progress | None = None,
) -> Grades:
    """Grade the hand-ins of a class.

    Parameters
    ----------
    source : str or Path
        The assignment with its solutions and hidden checks.
    handins : str or Path
        What `labkit assignment collect` wrote, a folder of notebooks, a folder a student, nbgrader's `submitted`, or
        a zip of any of these.
    out : str or Path
        The folder for the results; see `labkit.assignments.gradebook`. Results in it that were made from the same
        work with the same assignment are kept.
    roster : Roster or path, optional
        Who is in the course.
    released : str or Path, optional
        The folder that was released: it tells who got which district.
    only : sequence of str
        Students or groups; all if empty.
    again : bool
        Grade also what was done already.
    compare_only : bool
        Write the report of who gains and who loses, and leave the earlier results in their place.
    workers : int, optional
        How many hand-ins at the same time; as many as this machine has processors if left out. With 0, checks run in
        this very process, so that a debugger reaches them.
    dask : str
        The address of a Dask cluster that does the work.
    container : str
        An image to run hand-ins in.
    progress : function, optional

    Returns
    -------
    Grades

    Raises
    ------
    LabkitError
        If the assignment or the hand-ins cannot be read, or the solution does not pass its own checks for a district
        that somebody works on: then nothing is graded.
    Interrupted
        If it is stopped with Ctrl-C; what was graded is kept.
    """
    assignment = open_assignment(source)
    known = read_roster(roster) if isinstance(roster, str | Path) else roster
    book = Gradebook(out)
    with book.locked():
        given = _collected(assignment, Path(handins), book, known)
        found = submissions(assignment, given, roster=known, released=released, container=container)
        papers = _chosen(found, only)
        finish_replacing(book)
        todo = [one for one in papers if again or not all(book.has(name, one.key) for name in one.members)]
        faults = _grade_all(
            book, found, todo, dask, os.cpu_count() or 1 if workers is None else workers, progress, again=again
        )
        for handin in () if only else found.without:
            _write_without(book, assignment, handin)
        changes = settle_changes(book, replace=not compare_only)
        order = [one.student for one in known] if known else []
        results = book.take_marks(book.all(order))
        made = Grades(
            assignment=assignment.id,
            folder=book.folder,
            results=tuple(results),
            missing=tuple(name for name in found.missing if not any(one.student == name for one in results)),
            asked=tuple(blank_questions(assignment, current())),
            findings=(*findings_of(results, found), *faults),
            changes=changes,
            graded=len(todo),
            kept=len(papers) - len(todo),
            notes=_dealt_notes(found, results, sure=released is not None),
        )
        book.write_grades(made.results, made.missing, made.asked)
        save_bytes(book.folder / COMPANION, found.order.files[COMPANION])  # titles for who marks and for feedback
        save_text(book.folder / "summary.json", json.dumps(summary(made), ensure_ascii=False, indent=1) + "\n")
        save_text(book.folder / "summary.md", as_markdown(made))
    return made


def _collected(assignment: Assignment, place: Path, book: Gradebook, roster: Roster | None) -> Path:
    """Return the folder with the hand-ins; a zip is collected first, into a folder beside the results."""
    if not (place.is_file() and place.suffix.lower() == ".zip"):
        return place
    from labkit.assignments.collect import collect

    target = book.folder / "collected"
    collect(place, target, roster=roster, assignment=assignment)
    return target


def _chosen(found: Submissions, only: Sequence[str]) -> list[Paper]:
    """Return the work of the students or groups that were named; of all if none were."""
    if not only:
        return list(found.papers)
    names = {name: one for one in found.papers for name in (one.group, *one.members, one.student) if name}
    for name in only:
        if name not in names:
            near = nearest(name, list(names))
            raise UnknownNameError(
                t('There is no hand-in of "{student}".', student=name) + (" " + did_you_mean(near) if near else ""),
                near,
            )
    chosen = {id(names[name]) for name in only}
    return [one for one in found.papers if id(one) in chosen]


def _grade_all(
    book: Gradebook,
    found: Submissions,
    todo: Sequence[Paper],
    dask: str,
    workers: int,
    progress: Progress | None,
    *,
    again: bool,
) -> list[Finding]:
    """Prove the solution for every district that is needed, then grade; return what could not be graded."""
    if not todo:
        return []
    faults: list[Finding] = []
    done = 0
    pool = _workers(found, dask, min(workers, len(todo)))
    try:
        areas = sorted({one.area for one in todo})
        wrong = next((ended.fault for ended in pool.each(areas) if ended.fault), "")
        if wrong:
            raise LabkitError(wrong)
        # Hand-ins of the same district follow each other: a worker runs the solution once for each that it meets.
        by_area = sorted(todo, key=lambda one: one.area)
        if progress:
            progress(0, len(todo))
        for ended in pool.each(by_area):
            faults += _written(book, ended, again=again)
            done += 1
            if progress:
                progress(done, len(todo))
    except KeyboardInterrupt:
        raise Interrupted(
            t(
                "Stopped: {done} of {count} hand-ins are graded and kept. Give the same command again to go on.",
                done=done,
                count=len(todo),
            )
        ) from None
    finally:
        pool.close()
    return faults


def _workers(found: Submissions, dask: str, count: int) -> _Workers:
    if dask:
        from labkit.assignments.dask_cluster import Cluster

        return Cluster(found.order, dask)
    return Pool(found.order, count) if count else _Here(found.order)


class _Here:
    """Grades in this process, one after the other."""

    def __init__(self, order: Order) -> None:
        self.grader = Grader(order)

    def each(self, work: Sequence[Paper | str]) -> Iterator[Done]:
        for one in work:
            yield Done(one, *one_piece(self.grader, one))

    def close(self) -> None:
        self.grader.close()


def _written(book: Gradebook, ended: Done, *, again: bool) -> list[Finding]:
    """Write the result of a hand-in for each of its members; return what went wrong."""
    assert isinstance(ended.work, Paper)
    if ended.result is None:
        return [_fault(ended.work, name, ended.fault) for name in ended.work.members]
    for one in for_members(ended.result, ended.work.members):
        book.write(one, again=again)
    return []


def _dealt_notes(found: Submissions, results: Sequence[Result], *, sure: bool) -> tuple[str, ...]:
    """Return how the districts were told; with a doubt if most answers are right in kind and wrong in value."""
    if not found.dealt:
        return ()
    looked_at = [check for one in results for question in one.questions for check in question.checks if check.hidden]
    wrong = sum(check.kind == "value" for check in looked_at)
    if sure or len(looked_at) < 5 or wrong < 0.6 * len(looked_at):
        return (found.dealt,)
    return (
        found.dealt,
        t("Most hidden checks find another value. Did the students get other districts? Give --released FOLDER."),
    )


def _fault(paper: Paper, student: str, text: str) -> Finding:
    return Finding(
        "fault",
        student,
        "",
        t("{file} could not be graded: {cause} It is tried again the next time.", file=paper.file, cause=text),
    )


def _write_without(book: Gradebook, assignment: Assignment, handin: HandIn) -> None:
    """Write a result that says that there is no notebook in a hand-in."""
    from labkit.assignments.record_checks import with_records  # the register is much to load

    language = handin.language or assignment.header.languages[0]
    for name in handin.members or [handin.student]:
        made = Result(
            assignment=assignment.id,
            student=name,
            group=handin.group,
            language=language,
            received=handin.received,
            late=handin.late,
            key=f"no notebook: {handin.digest}",
            status="no hand-in",
            notes=handin.notes or [t("There is no notebook in this hand-in.", language)],
            questions=blank_questions(assignment, language),
        )
        filled = with_records(made, assignment, handin)
        if filled is not made:
            filled.key += f" {assignment.digest}"
        if not book.has(name, filled.key):
            book.write(filled)
