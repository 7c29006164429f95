"""Run a hand-in in a process of its own, and get its answers back as data.

The grader drives it: one cell, then the answers of that cell, then the next, so that what was answered before a
crash is kept. Nothing that the student's process sends is ever run here.
"""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self

from labkit.assignments import frames
from labkit.assignments.answers import AnswerError, Missing, Unreadable, decode, encode
from labkit.assignments.answers.kinds import failed
from labkit.assignments.environment import environment
from labkit.assignments.header import Limits
from labkit.language import current, t

Status = Literal["ok", "error", "time", "memory", "died"]

#: How long after its limit a cell that does not stop by itself is ended, seconds.
GRACE = 1.5


@dataclass(frozen=True)
class Outcome:
    """How one cell went.

    Attributes
    ----------
    status : {"ok", "error", "time", "memory", "died"}
        "time" and "memory": it went over a limit; "died": the process ended.
    kind : str
        The type of the error, such as "KeyError"; "" if all went well.
    message : str
        What the error says.
    text : str
        The error with the lines of the student that led to it.
    printed : str
        The beginning of what it printed, warnings too.
    dropped : int
        How many bytes more it printed.
    shown : str
        The text of its last value.
    seconds : float
    """

    status: Status
    kind: str = ""
    message: str = ""
    text: str = ""
    printed: str = ""
    dropped: int = 0
    shown: str = ""
    seconds: float = 0.0


class Warm:
    """What is paid once for many hand-ins: a process that has the libraries loaded.

    Parameters
    ----------
    imports : iterable of str
        What hand-ins import.
    limits : Limits, optional
        What one hand-in may use.

    Examples
    --------
    >>> with Warm() as warm, warm.session() as session:
    ...     outcome = session.run("residents = 3 + 4")
    ...     outcome.status, session.answer("residents")
    ('ok', 7)
    """

    def __init__(
        self,
        imports: Iterable[str] = ("pandas", "geopandas", "labkit"),
        limits: Limits | None = None,
        container: str | None = None,
    ) -> None:
        self.imports = tuple(imports)
        self.limits = limits or Limits()  # type: ignore[call-arg]
        self.container = container
        self.folder = Path(tempfile.mkdtemp(prefix="labkit-"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End it, and remove its files."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def session(
        self,
        files: Mapping[str, bytes] | str | Path | None = None,
        district: str = "",
        assignment_json: bytes | None = None,
        language: str | None = None,
    ) -> Session:
        """Start the process of one hand-in.

        Parameters
        ----------
        files : mapping of str to bytes, or str or Path, optional
            What lies in its folder: names and contents, or a folder that is copied.
        district : str
            The code of the student's area.
        assignment_json : bytes, optional
            What the release put beside the notebook.
        language : {"nl", "en"}, optional
            In which messages are.
        """
        return Session(self, files, district, assignment_json, language or current())


class Session:
    """The process of one hand-in; made by `Warm.session`."""

    def __init__(
        self,
        warm: Warm,
        files: Mapping[str, bytes] | str | Path | None,
        district: str,
        assignment_json: bytes | None,
        language: str,
    ) -> None:
        self.warm, self.limits, self.language = warm, warm.limits, language
        self.folder = Path(tempfile.mkdtemp(dir=warm.folder))
        self.protection: tuple[str, ...] = ()
        self.seconds = 0.0
        self.ended: Outcome | None = None
        self._known: dict[str, bytes] = {}
        self._number = 0
        _fill(self.folder, files, assignment_json)
        self._environment = environment(self.folder, {"LABKIT_DISTRICT": district, "LABKIT_LANGUAGE": language})
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "labkit.assignments.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
            cwd=self.folder / "work",
        )
        assert self.process.stdin and self.process.stdout
        self._to: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self._heard: queue.Queue[tuple[dict[str, Any], bytes] | str] = queue.Queue()
        threading.Thread(target=_listen, args=(self.process.stdout, self._heard), daemon=True).start()
        start = {
            "imports": list(self.warm.imports),
            "environment": self._environment,
            "work": str(self.folder / "work"),
            "home": str(self.folder / "home"),
            "language": self.language,
            "output": self.limits.output * 1000,
        }
        frames.send(self._to, start)
        heard = self._wait(60)
        if isinstance(heard, str):
            self._end(heard)
        else:
            self.protection = tuple(str(one) for one in heard[0].get("protection", ()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its folder."""
        self._kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def alive(self) -> bool:
        """Whether cells can still be run."""
        return self.ended is None

    def run(self, source: str, name: str = "cell") -> Outcome:
        """Run a cell.

        Parameters
        ----------
        source : str
        name : str
            How errors call it, such as "cell 3".
        """
        if self.ended is not None:
            return self.ended
        seconds = min(self.limits.cell_seconds, self.limits.seconds - self.seconds)
        began = time.monotonic()
        heard = self._ask({"do": "run", "name": name, "seconds": seconds}, source.encode("utf-8", "replace"), seconds)
        self.seconds += time.monotonic() - began
        if isinstance(heard, Outcome):
            return heard
        return _outcome(heard[0])

    def answer(self, name: str) -> Any:
        """Return the value of a name as data; what was known of it before, once the process has ended."""
        heard = self._ask(
            {"do": "answer", "name": name, "seconds": self.limits.cell_seconds}, b"", self.limits.cell_seconds
        )
        if not isinstance(heard, Outcome):
            if heard[0].get("status") != "ok":
                return Unreadable("", "failed")
            self._known[name] = heard[1]
        if name not in self._known:
            return Missing(name)
        try:
            return decode(self._known[name], caller=self._call)
        except AnswerError:
            return Unreadable("", "failed")

    def facts(self) -> dict[str, Any]:
        """Return what labkit noted while it ran: `asked_district_for`, the ids that a district was asked for."""
        heard = self._ask({"do": "facts"}, b"", 5)
        if isinstance(heard, Outcome):
            return {"asked_district_for": []}
        found = decode(heard[1])
        return found if isinstance(found, dict) else {}

    def _call(self, reference: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the student, in their process."""
        body = encode((list(args), kwargs))
        seconds = self.limits.cell_seconds
        heard = self._ask({"do": "call", "reference": reference, "seconds": seconds}, body, seconds)
        if isinstance(heard, Outcome):
            raise failed(heard.status, heard.text)
        if heard[0].get("status") != "ok":
            raise failed(str(heard[0].get("kind")), str(heard[0].get("message")))
        return decode(heard[1], caller=self._call)

    def _ask(self, head: dict[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes] | Outcome:
        """Ask the student's process something; an Outcome if it ended before it answered."""
        if self.ended is not None:
            return self.ended
        self._number += 1
        try:
            frames.send(self._to, {**head, "id": self._number}, body)
        except OSError:
            pass  # it has ended: what we hear next says so
        heard = self._wait(seconds + GRACE)
        if isinstance(heard, str) or heard[0].get("id") != self._number:
            return self._end(heard if isinstance(heard, str) else "rubbish")
        return heard

    def _wait(self, seconds: float) -> tuple[dict[str, Any], bytes] | str:
        try:
            return self._heard.get(timeout=seconds)
        except queue.Empty:
            return "time"

    def _end(self, why: str) -> Outcome:
        """End the process, and say why."""
        self._kill()
        if why == "time":
            self.ended = Outcome("time", "time", text=t("It was still running after its time, and was stopped."))
        else:
            self.ended = Outcome("died", "died", text=t("The process of this hand-in ended before the cell did."))
        return self.ended

    def _kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    pass


def _listen(stream: Any, heard: queue.Queue[Any]) -> None:
    """Read what the student's process says, until it says no more."""
    try:
        while True:
            heard.put(frames.receive(stream))
    except frames.Rubbish:
        heard.put("rubbish")
    except (EOFError, OSError, ValueError):
        heard.put("died")


def _outcome(told: dict[str, Any]) -> Outcome:
    """Return what was told of a cell, made sure of its types."""
    status = told.get("status")
    texts = {key: str(told.get(key, "")) for key in ("kind", "message", "text", "printed", "shown")}
    seconds = told.get("seconds", 0.0)
    dropped = told.get("dropped", 0)
    return Outcome(
        status if status in ("ok", "error", "time", "memory") else "error",
        **texts,
        dropped=dropped if type(dropped) is int else 0,
        seconds=float(seconds) if type(seconds) in (int, float) else 0.0,
    )


def _fill(folder: Path, files: Mapping[str, bytes] | str | Path | None, assignment_json: bytes | None) -> None:
    """Make the folder of a hand-in."""
    for name in ("work", "home", "tmp"):
        (folder / name).mkdir()
    if isinstance(files, str | Path):
        shutil.copytree(files, folder / "work", dirs_exist_ok=True, ignore=_links)
    else:
        for name, data in (files or {}).items():
            place = folder / "work" / name
            if not place.resolve().is_relative_to((folder / "work").resolve()):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    if assignment_json is not None:
        (folder / "work" / "assignment.json").write_bytes(assignment_json)


def _links(folder: str, names: list[str]) -> list[str]:
    """Leave out links: they may lead to what is not theirs."""
    return [name for name in names if (Path(folder) / name).is_symlink() or not (Path(folder) / name).exists()]
