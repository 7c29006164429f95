"""The server of `labkit serve`: Voila, set so that it shows one explorer a visitor and nothing else.

All that it needs is made in a folder that is gone when it stops: a notebook of one cell, a page without anything from
elsewhere, and the kernel of this Python. Visitors cannot run code: Voila lets through only what widgets say.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.language import t
from labkit.look import ASSETS

#: A kernel that nobody has used for so many seconds is ended.
IDLE = 1800


@dataclass(frozen=True)
class Plan:
    """What is served, and for whom: a city (name or folder), its title, and where it can be reached."""

    city: str
    title: str
    port: int
    address: str
    token: str
    language: str
    visitors: int

    @property
    def url(self) -> str:
        """The address to give to visitors.

        Examples
        --------
        >>> Plan("leiden", "Leiden", 8866, "127.0.0.1", "secret", "en", 20).url
        'http://127.0.0.1:8866/?token=secret'
        """
        import socket

        everywhere = self.address in ("", "0.0.0.0", "::")
        host = socket.gethostname() if everywhere else f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")


def run(plan: Plan, ready: Callable[[], None]) -> None:
    """Serve the explorer until it is stopped; `ready` is called once it can be reached."""
    with tempfile.TemporaryDirectory(prefix="labkit-serve-") as name:
        folder = Path(name)
        _fill(folder, plan)
        before = os.environ.get("JUPYTER_PATH")
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(folder / "share"), before]))
        _start(folder, plan, ready)


def _fill(folder: Path, plan: Plan) -> None:
    """Make the notebook, the page around it and the kernel."""
    # The shown code names the city, and no folder of this machine.
    code = (
        "import labkit as lk\nfrom labkit.widgets.explorer import Explorer\n"
        f"lk.use_language({plan.language!r})\n"
        f"Explorer(lk.open_city({plan.city!r}), opened_as={Path(plan.city).name!r})"
    )
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "explorer",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": code,
    }
    kernel = {"name": "labkit", "display_name": "labkit", "language": "python"}
    title = f"{plan.title}: {t('city as a lab', plan.language)}"
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "title": title}
    site = folder / "site"
    site.mkdir()
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}
    (site / "explorer.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page = folder / "share" / "voila" / "templates" / "labkit"
    shutil.copytree(ASSETS / "serve", page)
    (page / "conf.json").write_text('{"base_template": "lab"}', encoding="utf-8")
    spec = folder / "share" / "kernels" / "labkit"
    spec.mkdir(parents=True)
    start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=40"]
    described = {"argv": start, "display_name": "labkit", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(described), encoding="utf-8")


def _start(folder: Path, plan: Plan, ready: Callable[[], None]) -> None:
    from traitlets.config import Config
    from voila.app import Voila  # type: ignore[import-untyped]

    class Server(Voila):  # type: ignore[misc]
        """Voila that says in our words where it is."""

        def launch_browser(self) -> None:
            ready()

        def init_settings(self) -> dict[str, Any]:
            settings: dict[str, Any] = super().init_settings()
            settings["jinja2_env"] = settings["voila_jinja2_env"]  # our pages for errors and for the token too
            return settings

    server = Server(config=Config(_settings(folder, plan)))
    server.config.VoilaConfiguration.prelaunch_hook = _doorkeeper(plan)
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    server.initialize([str(folder / "site" / "explorer.ipynb")])
    server.start()


def _token_asker() -> type:
    """Return what lets in who typed the token: that of jupyter_server looks for it in the address alone, and fails."""
    from jupyter_server.auth.identity import IdentityProvider

    class TokenAsker(IdentityProvider):
        """Asks for the token, and sets no passwords."""

        def process_login_form(self, handler: Any) -> Any:
            typed = str(handler.get_argument("password", default="")).strip()
            right = bool(self.token) and secrets.compare_digest(typed.encode(), self.token.encode())
            return self.generate_anonymous_user(handler) if right else None

    return TokenAsker


def _doorkeeper(plan: Plan) -> Callable[..., None]:
    """Return what refuses one visitor too many, before a kernel is started."""

    def refuse(handler: Any, **_: Any) -> None:
        _ = handler.xsrf_token  # asking sets the cookie by which a closed page ends its kernel
        if len(handler.settings["kernel_manager"].list_kernel_ids()) >= plan.visitors:
            from tornado.web import HTTPError

            raise HTTPError(503, t("Too many visitors at once. Try again in a few minutes.", plan.language))

    return refuse


def _settings(folder: Path, plan: Plan) -> dict[str, Any]:
    """Return the settings of Voila; a visitor can change none of them, and files of the user do not count."""
    from labkit.maps.whole_page import icon

    said = {
        "wait": t("Opening the explorer of {title}. This takes some seconds.", plan.language, title=plan.title),
        "noscript": t(
            "This page draws its map with a script of its own. Allow scripts for this file to see it.", plan.language
        ),
        "icon": icon(),
    }
    return {
        "Voila": {
            "root_dir": str(folder / "site"),
            "config_file_paths": [],
            "ip": plan.address,
            "port": plan.port,
            "port_retries": 0,
            "token": plan.token,
            "identity_provider_class": _token_asker(),
            "open_browser": True,  # becomes a call of `ready`
            "log_level": logging.INFO if os.environ.get("LABKIT_DEBUG") else logging.CRITICAL,
        },
        "VoilaConfiguration": {
            "template": "labkit",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "strip_sources": True,
            "show_tracebacks": False,
            "resources": {"labkit": said},
        },
        "HTMLExporter": {"language_code": plan.language},
        "MappingKernelManager": {"cull_idle_timeout": IDLE, "cull_interval": 60, "cull_connected": True},
    }
