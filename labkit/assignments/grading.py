"""Grade one hand-in: find its answers, run its cells, check what they gave, and say everything that happened."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from labkit.assignments import notebook
from labkit.assignments.answers.kinds import FunctionProxy, Missing, Unreadable
from labkit.assignments.assignment import Assignment, Question, where
from labkit.assignments.checking import run_check
from labkit.assignments.companion import NAME as COMPANION
from labkit.assignments.match_notes import Note, question_notes, whole_notes
from labkit.assignments.matching import Found, Match, match
from labkit.assignments.paper import Order, Paper
from labkit.assignments.program import Step, program
from labkit.assignments.reference import Reference, run_solution, solution_code
from labkit.assignments.results import CheckResult, QuestionResult, Result
from labkit.assignments.runner import Session, Warm
from labkit.assignments.running import Run, Runner, value_text
from labkit.assignments.skeleton import Skeleton, skeleton_of
from labkit.errors import LabkitError
from labkit.language import speaking, t
from labkit.names import fold, nearest
from labkit.opening import keep_open

#: What is loaded once for all hand-ins, if the assignment itself imports it; with labkit comes what nearly all of it needs.
LIBRARIES = ("numpy", "pandas", "geopandas", "shapely", "matplotlib.pyplot", "altair", "folium")
OF_LABKIT = ("labkit", "labkit.city", "labkit.assignments.variants", "pandas")

#: Kinds of wrong that mean that a name was not there (yet): looked at once more when all cells were run.
_NOT_THERE = ("missing", "unanswered")


@dataclass
class _Ran:
    """A hand-in that was run: how each question was answered by what its cells gave."""

    steps: tuple[Step, ...]
    run: Run = field(default_factory=Run)
    checks: dict[str, list[CheckResult]] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)


class Grader:
    """Grades hand-ins of one assignment, one after the other.

    Parameters
    ----------
    order : Order
        The assignment, with its data and how it is run.
    keep_city : bool
        Whether the city stays open in this process once the solution opened it: for a process that only grades.
    """

    def __init__(self, order: Order, *, keep_city: bool = False) -> None:
        self.order, self._keep_city = order, keep_city
        self._folder = tempfile.TemporaryDirectory(prefix="labkit-", ignore_cleanup_errors=True)
        self.assignment: Assignment = order.open(Path(self._folder.name))
        self._references: dict[str, Reference] = {}
        self._proved: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, and remove their files."""
        if "warm" in self.__dict__:
            self.warm.close()
        self._folder.cleanup()

    @cached_property
    def warm(self) -> Warm:
        """The process that has the libraries loaded."""
        header = self.assignment.header
        imports = imports_of(self.assignment)
        city = header.city if "labkit" in imports else ""
        return Warm(imports, header.limits, self.order.container or None, city)

    @cached_property
    def skeleton(self) -> Skeleton:
        """What was released."""
        return skeleton_of(self.assignment)

    def reference(self, area: str) -> Reference:
        """Return what the solution gives for a district: run once for each."""
        if area not in self._references:
            city = self.assignment.header.city
            if self._keep_city and city and "labkit" in imports_of(self.assignment):
                keep_open(city)
            self._references[area] = run_solution(self.assignment, area, self.order.files)
        return self._references[area]

    def prove(self, area: str) -> None:
        """Run the solution for a district as if it were a hand-in.

        Raises
        ------
        LabkitError
            If it does not pass all of its own checks: then a check, and not the students, is wrong.
        """
        if area in self._proved:
            return
        by_check = self.reference(area).names
        made: dict[str, list[CheckResult]] = {}
        steps = tuple(self._solution_steps())

        def finished(name: str, session: Session) -> None:
            question = self.assignment.question(name)
            made[name] = _checked(question, _answers(question, session), by_check, "en")

        run = self._runner({}, area, "en").run(steps, finished)
        for question in self.assignment.questions:
            for check, one in zip(made.get(question.id, []), question.checks, strict=False):
                if not check.passed:
                    stops = " ".join(
                        told for place, (_, told) in run.stopped.items() if question.id in steps[place].questions
                    )
                    raise LabkitError(
                        where(self.assignment.path.name, one.cell, 1)
                        + ": "
                        + t(
                            "the solution does not pass check {check}{area}: {message} Nothing was graded; mend the "
                            "check or the solution first.",
                            check=check.id,
                            area=f" ({area})" if area else "",
                            message=" ".join(piece for piece in (check.detail or check.message, stops) if piece),
                        )
                    )
        self._proved.add(area)

    def _solution_steps(self) -> Iterable[Step]:
        answers = {one.cell: one.id for one in self.assignment.questions}
        checks = {check.cell for one in self.assignment.questions for check in one.checks}
        for number, cell in enumerate(self.assignment.notebook.cells):
            if number in answers:
                source = solution_code(cell.source) if cell.cell_type == "code" else ""
                yield Step(source, number, (answers[number],), (answers[number],))
            elif cell.cell_type == "code" and number not in checks:
                yield Step(solution_code(cell.source), number)

    def _runner(self, files: Mapping[str, bytes], area: str, language: str) -> Runner:
        ours = {name: data for name, data in self.order.files.items() if name != COMPANION}
        theirs = {name: data for name, data in files.items() if name not in ours and name != COMPANION}
        return Runner(self.warm, theirs | ours, area, self.order.files.get(COMPANION), language)

    def grade(self, paper: Paper) -> Result:
        """Grade one hand-in.

        Parameters
        ----------
        paper : Paper

        Returns
        -------
        Result
            Of who handed in; see `for_members`.
        """
        try:
            with speaking(paper.language):
                read = notebook.loads(paper.data.decode("utf-8-sig"), ".ipynb", paper.original or paper.file)
        except (LabkitError, UnicodeDecodeError) as error:
            return self._unreadable(paper, error)
        found = match(self.skeleton, read)
        ran = self._run(paper, found)
        result = self._result(paper)
        result.questions = [self._question(one, found, ran, paper) for one in self.assignment.questions]
        told = [*whole_notes(found, paper.language), *ran.run.notes, *_for_whom(ran.run, paper)]
        result.notes += [text for _, text in told]
        result.signs = list(dict.fromkeys(sign for sign, _ in told))
        result.seconds, result.protection = round(ran.run.seconds, 2), list(ran.run.protection)
        return result

    def _run(self, paper: Paper, found: Match) -> _Ran:
        """Run the cells, and check each question as soon as all its cells were run.

        A name that is not there then is looked for once more at the end: an answer that was written further down
        counts, and a value that another cell overwrites afterwards harms nobody.
        """
        by_check = self.reference(paper.area).names
        ran = _Ran(program(found))

        def look(name: str, session: Session) -> None:
            question = self.assignment.question(name)
            if found.questions[name].unchanged:
                return
            answers = _answers(question, session)
            made = _checked(question, answers, by_check, paper.language)
            before = ran.checks.get(name)
            if before is None or sum(one.points for one in made) > sum(one.points for one in before):
                ran.checks[name], ran.values[name] = made, answers
                ran.later |= {name} if before is not None else set()

        def at_end(session: Session) -> None:
            for name, made in list(ran.checks.items()):
                if session.alive and any(one.kind in _NOT_THERE for one in made):
                    look(name, session)

        ran.run = self._runner(paper.files, paper.area, paper.language).run(ran.steps, look, at_end)
        return ran

    def _question(self, question: Question, found: Match, ran: _Ran, paper: Paper) -> QuestionResult:
        at, language = found.questions[question.id], paper.language
        made = ran.checks.get(question.id) or _unanswered(question, language)
        stops = [told for place, told in ran.run.stopped.items() if question.id in ran.steps[place].questions]
        answers = ran.values.get(question.id, {})
        told = [*question_notes(found, question.id, language), *stops]
        if question.id in ran.later:
            told.append(("later", t("A name was only given further down; it counts all the same.", language)))
        told += _renamed(question, at, found, answers, language)
        written = "" if at.unchanged else "\n\n".join(one.unlabelled for one in at.cells).strip()
        result = QuestionResult(
            id=question.id,
            title=question.titles.get(language) or question.title,
            kind="code" if question.kind == "code" else "text",
            points=round(sum(one.points for one in made), 6),
            max_points=question.points,
            manual_points=0.0 if question.manual_points > 0 and not written else None,
            manual_max=question.manual_points,
            matched_by=at.matched_by,
            notes=[text for _, text in told],
            signs=list(dict.fromkeys(sign for sign, _ in told)),
            checks=made,
            answer=written,
            shown={name: value_text(value) for name, value in answers.items() if _is_shown(value)},
            values={name: value for name, value in answers.items() if _is_plain(value)},
        )
        if question.marker.values.get("record", "none") not in ("none", "no"):
            from labkit.assignments.record_answers import add_record  # the register is much to load

            return add_record(result, question, paper, self.assignment.header.city)
        return result

    def _result(self, paper: Paper) -> Result:
        return Result(
            assignment=self.assignment.id,
            student=paper.student,
            group=paper.group,
            language=paper.language,
            area=paper.area,
            file=paper.file,
            original=paper.original,
            digest=paper.digest,
            received=paper.received,
            late=paper.late,
            key=paper.key,
            notes=list(paper.notes),
        )

    def _unreadable(self, paper: Paper, error: Exception) -> Result:
        result = self._result(paper)
        result.status = "unreadable"
        said = str(error) if isinstance(error, LabkitError) else t("It is not text in UTF-8.", paper.language)
        result.notes.append(t("Nothing was graded: {cause}", paper.language, cause=said))
        result.questions = blank_questions(self.assignment, paper.language)
        return result


def imports_of(assignment: Assignment) -> tuple[str, ...]:
    """Return what hand-ins of an assignment import: paid once, and only if it is needed."""
    code = "\n".join(cell.source for cell in assignment.notebook.cells if cell.cell_type == "code")
    named = set(re.findall(r"^\s*(?:import|from)\s+(\w+)", code, re.MULTILINE))
    found = [one for one in LIBRARIES if one.partition(".")[0] in named]
    return tuple(dict.fromkeys([*found, *(OF_LABKIT if "labkit" in named else ())]))


def blank_questions(assignment: Assignment, language: str) -> list[QuestionResult]:
    """Return the questions of an assignment as they are before anything was graded."""
    return [
        QuestionResult(
            id=one.id,
            title=one.titles.get(language) or one.title,
            kind="code" if one.kind == "code" else "text",
            max_points=one.points,
            manual_max=one.manual_points,
        )
        for one in assignment.questions
    ]


def for_members(result: Result, members: Iterable[str]) -> list[Result]:
    """Return the result of a group once for each of its members."""
    return [result.model_copy(deep=True, update={"student": one}) for one in members]


def _answers(question: Question, session: Session) -> dict[str, Any]:
    return {name: session.answer(name) for name in question.answers}


def _checked(
    question: Question, answers: Mapping[str, Any], by_check: Mapping[str, Mapping[str, Any]], language: str
) -> list[CheckResult]:
    made = []
    for check in question.checks:
        names = by_check[check.id]
        made.append(run_check(check, names, answers, names, language, asked=question.answers))
    return made


def _unanswered(question: Question, language: str) -> list[CheckResult]:
    """Return the checks of a question to which nothing was written: none is passed, whatever it looks at."""
    return [
        CheckResult(
            id=check.id,
            hidden=not check.public,
            max_points=check.points,
            kind="unanswered",
            message=t("There is no answer yet.", language),
        )
        for check in question.checks
    ]


def _renamed(question: Question, at: Found, found: Match, answers: Mapping[str, Any], language: str) -> list[Note]:
    """Tell of names that are nearly those that were asked for; they do not count, but nobody has to guess why."""
    if at.unchanged:
        return []
    known = found.skeleton.answers[question.id].given | set(question.answers)
    own = sorted({name for cell in at.cells for name in cell.names} - known - found.skeleton.shared_names)
    told = []
    missing = [name for name, value in answers.items() if isinstance(value, Missing)]
    for name in missing:
        near = nearest(name, own, 1) or (own if len(own) == len(missing) == 1 else [])
        if near:
            text = t(
                "You have {found} where {asked} was asked for; a check looks only at that name.",
                language,
                found=near[0],
                asked=name,
            )
            told.append(("renamed", text))
    return told


def _for_whom(run: Run, paper: Paper) -> list[Note]:
    """Tell when the district was asked for somebody else: then the student saw other figures."""
    known = {fold(one) for one in (paper.student, *paper.members, paper.group) if one}
    others = [one for one in run.asked if one.strip() and fold(one) not in known]
    return [
        (
            "other district",
            t(
                'The district was asked for "{who}", and this is the work of {student}; it was graded with the '
                "district of {student}.",
                paper.language,
                who=who[:60],
                student=paper.group or paper.student,
            ),
        )
        for who in others[:3]
    ]


def _is_shown(value: Any) -> bool:
    return not isinstance(value, Missing | Unreadable | FunctionProxy)


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= 200)
