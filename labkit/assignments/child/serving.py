"""The conversation of the student's process with ours: what to run, what to tell."""

# ruff: noqa: ARG002 - all that can be asked comes with the same arguments

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

from labkit.assignments import frames
from labkit.assignments.answers import AnswerError, Missing, decode, encode
from labkit.assignments.child.cells import Cells, limited


class Service:
    """Answers what the grader asks, until it asks no more."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO, cells: Cells) -> None:
        self.incoming, self.outgoing, self.cells = incoming, outgoing, cells
        self.functions: list[Any] = []

    def serve(self) -> None:
        """Do what is asked, piece by piece."""
        while True:
            try:
                asked, body = frames.receive(self.incoming)
            except (EOFError, frames.Rubbish, OSError):
                return
            try:
                told, data = getattr(self, f"do_{asked['do']}")(asked, body)
            except BaseException as error:  # the student's code may break anything; the grader should hear it
                told, data = self.cells.fault(error), b""
            frames.send(self.outgoing, {**told, "id": asked.get("id")}, data)

    def do_run(self, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Run a cell."""
        return self.cells.run(body.decode(), asked["name"], asked["seconds"]), b""

    def do_answer(self, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Tell the value of a name."""
        names = self.cells.shell.user_ns
        value = dict.get(names, asked["name"], _NONE)
        if value is _NONE:
            return {"status": "ok"}, encode(Missing(asked["name"]))
        with limited(asked["seconds"]):
            return {"status": "ok"}, encode(value, functions=self.keep)

    def do_call(self, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Call a function of the student."""
        args, kwargs = decode(body)
        function = self.functions[asked["reference"]]
        with limited(asked["seconds"]):
            return {"status": "ok"}, encode(function(*args, **kwargs), functions=self.keep)

    def do_facts(self, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Tell what labkit noted: for whom a district was asked."""
        variants = sys.modules.get("labkit.assignments.variants")
        asked_for = [str(one)[:200] for one in list(getattr(variants, "asked", []))[:100]]
        return {"status": "ok"}, encode({"asked_district_for": asked_for})

    def keep(self, function: Any) -> int:
        """Keep a function so that it can be called, and return its number."""
        if len(self.functions) > 10_000:
            raise AnswerError("large")
        self.functions.append(function)
        return len(self.functions) - 1


_NONE = object()


def streams(read_from: int, write_to: int) -> tuple[BinaryIO, BinaryIO]:
    """Return the two ends of the conversation, away from standard input and output, which lead to nothing."""
    if sys.platform == "win32":
        import msvcrt

        for end in (read_from, write_to):
            msvcrt.setmode(end, os.O_BINARY)
    incoming, outgoing = os.fdopen(read_from, "rb"), os.fdopen(write_to, "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    return incoming, outgoing
