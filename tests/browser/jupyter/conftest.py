"""A real JupyterLab on this computer, opened in Chromium with every other address cut off."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, TimeoutError

#: How long a server, a kernel or a page may take on a slow computer, in seconds.
PATIENCE = 40

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}


class Server:
    """A running server: its address, its token, and the folder with its notebooks."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self.url, self.token, self.folder = url, token, folder


@contextmanager
def running_lab(folder: Path) -> Iterator[Server]:
    """Run a JupyterLab with settings and folders of its own in a folder."""
    work = folder / "work"
    work.mkdir()
    names = "JUPYTER_CONFIG_DIR JUPYTER_DATA_DIR JUPYTER_RUNTIME_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR"
    homes = {name: str(folder / name.lower()) for name in [*names.split(), "IPYTHONDIR", "LABKIT_DRAFTS"]}
    for name, settings in SETTINGS.items():
        package, _, plugin = name.partition(":")
        own = Path(homes["JUPYTERLAB_SETTINGS_DIR"], package, f"{plugin}.jupyterlab-settings")
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(json.dumps(settings), encoding="utf-8")
    token = secrets.token_hex(16)
    options = ["--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root", "--LabApp.extension_manager=readonly"]
    options += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, **homes, "LABKIT_LANGUAGE": "en"},
            stdout=log,
            stderr=log,
        )
    try:
        yield Server(_address(Path(homes["JUPYTER_RUNTIME_DIR"]), process, token, folder / "log"), token, work)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One JupyterLab for all tests of a session."""
    with running_lab(tmp_path_factory.mktemp("jupyter")) as server:
        yield server


def _address(runtime: Path, process: subprocess.Popen[bytes], token: str, log: Path) -> str:
    """Return the address of a server, once it answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            try:
                url = str(json.loads(file.read_text())["url"])
                urllib.request.urlopen(f"{url}api?token={token}", timeout=2)
            except (OSError, ValueError, urllib.error.URLError):
                continue
            return url
        time.sleep(0.1)
    pytest.fail(f"JupyterLab does not start: {log.read_text()[-2000:]}")


class Notebook:
    """A notebook opened in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def cell(self, number: int) -> Locator:
        return self.page.locator(".jp-Notebook > .jp-WindowedPanel-outer .jp-Cell").nth(number)

    def run(self, number: int) -> Locator:
        """Run a cell as a reader does, and return its output once it is done."""
        cell = self.cell(number)
        prompt = cell.locator(".jp-InputPrompt")
        for _ in range(5):
            cell.locator(".cm-content").click()
            self.page.keyboard.press("Shift+Enter")
            try:
                prompt.filter(has_text=re.compile(r"\[[*\d]+\]")).wait_for(timeout=3000)
                break
            except TimeoutError:
                continue  # the kernel was not yet ready to take it
        prompt.filter(has_text=re.compile(r"\[\d+\]")).wait_for()
        return cell.locator(".jp-OutputArea").first

    def frame(self, number: int, nth: int = 0) -> FrameLocator:
        return self.cell(number).locator("iframe").nth(nth).content_frame


@pytest.fixture
def notebook(jupyter: Server, chromium: Browser) -> Iterator[Callable[..., Notebook]]:
    """Opens a notebook of the given cells: ``notebook("1 + 1").run(0)``; nothing else may be asked of the network."""
    opened: list[Notebook] = []
    foreign: list[str] = []

    def open_notebook(*cells: str, **options: object) -> Notebook:
        name = f"test-{secrets.token_hex(4)}.ipynb"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
        )
        nbformat.write(made, jupyter.folder / name)
        context = chromium.new_context(viewport={"width": 1280, "height": 1000}, **options)
        context.set_default_timeout(PATIENCE * 1000)

        def guard(route):
            if route.request.url.startswith((jupyter.url, "data:", "blob:")):
                route.continue_()
            else:
                foreign.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        one = Notebook(context.new_page())
        opened.append(one)
        one.page.goto(f"{jupyter.url}doc/tree/{name}?token={jupyter.token}&reset")
        one.page.locator(".jp-Toolbar-kernelName", has_text="Python 3").wait_for()
        one.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        return one

    yield open_notebook
    for one in opened:
        one.page.context.close()
    assert foreign == []
    assert [error for one in opened for error in one.errors] == []
