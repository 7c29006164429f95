"""IPython's shell without a kernel, a terminal or files: magics, `display`, top-level await, last value."""

# ruff: noqa: ARG001, ARG002, ARG005 - the arguments are those that IPython gives

from __future__ import annotations

import builtins
import sys
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets import Type
from traitlets.config import Config

from labkit.language import t

#: The cell that runs: its name, its source, and the text of its last value.
CELL = {"name": "cell", "source": "", "shown": ""}


class _Compiler(CachingCompiler):
    """Calls a cell by its name in the notebook."""

    def get_code_name(self, *args: Any) -> str:
        """Return its name."""
        return CELL["name"]


class _Shown(DisplayHook):
    """Keeps the text of the last value in place of writing it."""

    def quiet(self) -> bool:
        """Return whether the cell ends in a semicolon: then its value is not shown."""
        return bool(self.semicolon_at_end_of_expression(CELL["source"]))

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        CELL["shown"] = str(format_dict.get("text/plain", ""))

    def finish_displayhook(self) -> None:
        pass


class _Displayed(DisplayPublisher):
    """Prints the text of what is displayed."""

    def publish(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        print(data.get("text/plain", ""))  # noqa: T201 - what the student displays


class Shell(InteractiveShell):
    """A shell for the cells of one hand-in."""

    displayhook_class = Type(_Shown)
    display_pub_class = Type(_Displayed)
    compiler_class = Type(_Compiler)

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Write nothing: the error is told with the outcome."""

    showsyntaxerror = showindentationerror = showtraceback

    def enable_gui(self, gui: Any = None) -> None:
        """Show no windows."""

    def ask_exit(self) -> None:
        """Stay: `exit` ends a cell, not the hand-in."""

    def system(self, cmd: Any) -> None:
        """Refuse a command of the system, in words; the rest of the cell goes on."""
        print(  # noqa: T201 - what the student should read
            t(
                "Commands of the system are not run here ({command}): a hand-in is graded with what is installed already.",
                command=str(cmd)[:80],
            )
        )
        self.user_ns["_exit_code"] = 1

    system_raw = system_piped = system

    def getoutput(self, cmd: Any, split: bool = True, depth: int = 0) -> Any:
        """Refuse a command of the system; its output is empty."""
        self.system(cmd)
        return SList([]) if split else ""


def make_shell(folder: str) -> Shell:
    """Return the shell; `folder` is where IPython would keep its settings."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.autocall = 0
    shell = Shell.instance(config=config, ipython_dir=folder)
    assert shell.display_formatter is not None
    shell.display_formatter.active_types = ["text/plain"]
    builtins.input = _no_input
    sys.excepthook = lambda *args: None
    return shell


def _no_input(prompt: object = "") -> str:
    """Tell that nobody answers."""
    raise EOFError(
        t("input() asks somebody, and nobody is there while a hand-in is graded. Give the value in the code itself.")
    )
