"""Run a hand-in in a process of its own, and get its answers back as data.

The grader drives it: one cell, then the answers of that cell, then the next, so that what was answered before a
crash is kept. Nothing that the student's process sends is ever run here.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from labkit.assignments import processes, workfolder
from labkit.assignments.answers import AnswerError, FunctionFailed, Missing, Unreadable, decode, encode
from labkit.assignments.answers.kinds import failed
from labkit.assignments.environment import environment
from labkit.assignments.header import Limits
from labkit.assignments.line import Line
from labkit.assignments.outcome import Outcome, ended, readable, told, used_up
from labkit.assignments.protection import in_words
from labkit.assignments.workfolder import Files
from labkit.errors import LabkitError
from labkit.language import current, t

__all__ = ["Outcome", "Session", "Warm"]

#: How long after its limit a cell that does not stop by itself is ended, seconds.
GRACE = 1.5

#: The most that is kept of what a cell prints, bytes, whatever the assignment allows.
PRINTED = 300_000

#: How long a process may take until it is ready, seconds: a cold disk, a container that has to be fetched.
READY = 180


class Warm:
    """What is paid once for many hand-ins: a process that has the libraries loaded, and forks itself for each.

    Where forking is not safe (Windows, macOS) every hand-in gets a fresh process instead, which takes longer.

    Parameters
    ----------
    imports : iterable of str
        What hand-ins import.
    limits : Limits, optional
        What one hand-in may use.
    container : str, optional
        "docker IMAGE" or "podman IMAGE": run each hand-in in a container of its own. The image needs labkit.
    city : str, optional
        The city that the assignment is about; it is opened once, beforehand.
    fork : bool, optional
        Whether to fork; what is right for this system if left out.

    Examples
    --------
    >>> with Warm(imports=()) as warm, warm.session() as session:
    ...     outcome = session.run("residents = 3 + 4")
    ...     outcome.status, session.answer("residents")
    ('ok', 7)
    """

    def __init__(
        self,
        imports: Iterable[str] = ("pandas", "geopandas", "labkit"),
        limits: Limits | None = None,
        container: str | None = None,
        city: str = "",
        fork: bool | None = None,
    ) -> None:
        self.imports, self.city = tuple(imports), city
        self.limits = limits or Limits()  # type: ignore[call-arg]
        self.container = container
        self._sessions: weakref.WeakSet[Session] = weakref.WeakSet()
        if container:
            processes.container_command(container, self.limits.memory, {}, "")  # a wrong one is told at once
        self.folder = Path(tempfile.mkdtemp(prefix="labkit-"))
        self.process: processes.WarmProcess | None = None
        if not container and (processes.can_fork() if fork is None else fork):
            try:
                workfolder.fill(self.folder / "warm", None, None)
                settings = environment(self.folder / "warm", {})
                self.process = processes.WarmProcess(self.imports, city, self.folder, settings)
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End it and all its sessions, and remove their files."""
        for session in list(self._sessions):
            session.close()
        if self.process is not None:
            self.process.close()
            self.process = None
        workfolder.remove(self.folder)

    def session(
        self,
        files: Files = None,
        district: str = "",
        assignment_json: bytes | None = None,
        language: str | None = None,
    ) -> Session:
        """Start the process of one hand-in; use it as a context manager, so that it ends.

        Sessions of one `Warm` may run side by side, each driven by a thread of its own.

        Parameters
        ----------
        files : mapping of str to bytes, or str or Path, optional
            What lies in its folder: names and contents, or a folder that is copied, without links.
        district : str
            The code of the student's area, for `labkit.my_district`.
        assignment_json : bytes, optional
            What the release put beside the notebook.
        language : {"nl", "en"}, optional
            In which messages are; the current one if left out.

        Raises
        ------
        LabkitError
            If the process cannot be started, or a file name leads out of the folder.
        """
        session = Session(self, files, district, assignment_json, language or current())
        self._sessions.add(session)
        try:
            session.restart()
        except BaseException:
            session.close()
            raise
        return session


class Session:
    """The process of one hand-in; made by `Warm.session`.

    Attributes
    ----------
    protection : tuple of str
        What stands between the student's code and this machine, in words.
    ended : Outcome or None
        How its process ended, if it did before it was asked to.
    seconds : float
        How long its cells and functions have run.
    used : processes.End or None
        What it used, once it has ended.
    """

    def __init__(self, warm: Warm, files: Files, district: str, assignment_json: bytes | None, language: str) -> None:
        self.limits, self.protection, self.seconds = warm.limits, (), 0.0
        self.ended: Outcome | None = None
        self.used: processes.End | None = None
        self._warm, self._language = warm, language
        self._files, self._assignment_json = files, assignment_json
        self._settings = {"LABKIT_DISTRICT": district, "LABKIT_LANGUAGE": language}
        self._known: dict[str, bytes] = {}
        self._line: Line | None = None
        self._folder = Path(tempfile.mkdtemp(dir=warm.folder))

    protection: tuple[str, ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """Whether cells can still be run."""
        return self.ended is None

    def restart(self) -> None:
        """Begin anew, in a fresh process and a folder with the first files; known answers are kept."""
        self._stop()
        workfolder.remove(self._folder)
        self._folder.mkdir(exist_ok=True)
        workfolder.fill(self._folder, self._files, self._assignment_json)
        self.ended = None
        self._line = Line(self._process(), self._folder, self.limits)
        heard = self._line.wait(READY)
        if isinstance(heard, str):
            end = self._stop(patient=True)
            raise LabkitError(
                t(
                    "The process of a hand-in could not be started: {why}",
                    why=ended(heard, end or processes.End(0)).text,
                )
            )
        kind = "contained" if self._warm.container else "forked" if self._warm.process else "spawned"
        layers = heard[0].get("protection", [])
        self.protection = in_words([one for one in layers if isinstance(one, str)], kind)

    def _process(self) -> processes.Process:
        """Start the process, and tell it what it is for."""
        contained = bool(self._warm.container)
        folder = Path(processes.CONTAINED) if contained else self._folder
        settings = environment(folder, self._settings, contained=contained)
        start = {
            "folder": folder.as_posix(),
            "work": (folder / "work").as_posix() if contained else str(folder / "work"),
            "home": (folder / "home").as_posix() if contained else str(folder / "home"),
            "environment": settings,
            "imports": self._warm.imports,
            "city": self._warm.city,
            "language": self._language,
            "output": min(self.limits.output * 1000, PRINTED),
            "memory": self.limits.memory,
            "file": self.limits.file,
            "seconds": self.limits.seconds,
        }
        if self._warm.process:
            return processes.Forked(self._warm.process, start)
        body = b""
        process: processes.Process
        if self._warm.container:
            process = processes.contain(self._warm.container, self.limits.memory, settings)
            body = encode(workfolder.contents(self._folder / "work"))
        else:
            process = processes.spawn(settings, self._folder / "work")
        Line.tell(process, start, body)
        return process

    def close(self) -> None:
        """End the process and remove its folder; nothing of it is left behind."""
        if self.ended is None:
            self.ended = Outcome("died", kind="died", text=t("It was closed."))
        self._stop()
        workfolder.remove(self._folder)

    def _stop(self, *, patient: bool = False) -> processes.End | None:
        line, self._line = self._line, None
        if line is not None:
            self.used = line.close(patient=patient)
        return self.used

    def run(self, source: str, name: str = "cell") -> Outcome:
        """Run a cell.

        A cell over its time is interrupted, and later cells go on; one that does not let itself be interrupted
        ends the process. What the whole notebook may take is counted too.

        Parameters
        ----------
        source : str
        name : str
            How errors call it, such as "cell 3".

        Returns
        -------
        Outcome
        """
        left = self.limits.seconds - self.seconds
        if self.ended is None and left <= 0:
            return used_up(self.limits.seconds)
        seconds = min(self.limits.cell_seconds, left)
        heard = self._ask({"do": "run", "name": name}, source.encode("utf-8", "replace"), seconds)
        if isinstance(heard, Outcome):
            return heard
        return told(heard[0], seconds, PRINTED)

    def answer(self, name: str) -> Any:
        """Return the value of a name as data.

        Once the process has ended it is the value that was told before; that of a name that was never asked for
        is `Missing`.

        Returns
        -------
        object
            Plain values, arrays, tables, outlines, areas; `Missing`, `Unreadable`, `Tabled` or `FunctionProxy`.
        """
        heard = self._ask({"do": "answer", "name": name}, b"", self.limits.cell_seconds)
        if not isinstance(heard, Outcome):
            self._known[name] = heard[1]
        elif name not in self._known:
            return Missing(name)
        try:
            return decode(self._known[name], caller=self._call)
        except AnswerError:
            return Unreadable("", "failed")

    def facts(self) -> dict[str, Any]:
        """Return what labkit noted while it ran: `asked_district_for`, the ids that a district was asked for."""
        heard = self._ask({"do": "facts"}, b"", self.limits.cell_seconds)
        found: Any = None
        if not isinstance(heard, Outcome):
            try:
                found = decode(heard[1])["asked_district_for"]
            except (AnswerError, TypeError, KeyError):
                found = None
        return {
            "asked_district_for": [readable(one, 200) for one in found if isinstance(one, str)]
            if type(found) is list
            else []
        }

    def _call(self, reference: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the student, in their process; what the whole notebook may take counts here too."""
        left = self.limits.seconds - self.seconds
        if self.ended is None and left <= 0:
            raise failed("time", used_up(self.limits.seconds).text)
        heard = self._ask(
            {"do": "call", "reference": reference}, encode((list(args), kwargs)), min(self.limits.cell_seconds, left)
        )
        if isinstance(heard, Outcome):
            raise failed(heard.status, heard.text)
        outcome = told(heard[0], self.limits.cell_seconds, 1000)
        if outcome.status != "ok":
            raise failed(outcome.kind, outcome.message)
        try:
            return decode(heard[1], caller=self._call)
        except AnswerError as error:
            raise FunctionFailed(str(error)) from None

    def _ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes] | Outcome:
        """Ask the student's process something; an Outcome if it ended before it answered."""
        if self.ended is not None or self._line is None:
            return self.ended or Outcome("died", kind="died")
        heard, spent = self._line.ask({**head, "seconds": seconds}, body, seconds + GRACE)
        if head["do"] in ("run", "call"):
            self.seconds += spent
        if not isinstance(heard, str):
            return heard
        self.ended = ended(heard, self._stop(patient=heard == "died") or processes.End(0))
        return self.ended
