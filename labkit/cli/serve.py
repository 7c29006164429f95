"""`labkit serve`: the explorer in a browser, for people without Python, behind an address with a token."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labkit.cli.asked import DEFAULT_CITY, City

if TYPE_CHECKING:
    from labkit.cli.explorer_server import Plan

#: Where the search for a free port begins, and how many are tried.
FIRST_PORT, TRIED = 8866, 50

_LOCAL = "127.0.0.1"


def serve(
    city: City = DEFAULT_CITY,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="The port; the first free one from 8866 if left out.")
    ] = None,
    address: Annotated[
        str, typer.Option("--address", help="Who can reach it: 127.0.0.1 is this computer alone, 0.0.0.0 its network.")
    ] = _LOCAL,
    token: Annotated[
        str | None,
        typer.Option("--token", help="The token that visitors need; made if left out.", envvar="LABKIT_TOKEN"),
    ] = None,
    no_token: Annotated[bool, typer.Option("--no-token", help="Ask for no token; on this computer alone.")] = False,
    language: Annotated[
        str | None, typer.Option("--language", help="nl or en: the language in which it opens.")
    ] = None,
    visitors: Annotated[int, typer.Option("--visitors", min=1, help="How many explorers run at once.")] = 20,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
) -> None:
    """Show the explorer of a city in a browser, for people without Python; Ctrl-C ends it."""
    from labkit.cli.explorer_server import Plan, run
    from labkit.language import resolve
    from labkit.maps.atlas.register import public
    from labkit.opening import open_city

    language = resolve(language)
    key = _token(token, no_token, address)
    found = _port(port, address)
    opened = open_city(city)
    public(opened)  # what is wrong with the city and its register should be said here, not on the page
    folder = str(Path(city).resolve()) if Path(city).is_dir() else city
    if not is_local(address):
        typer.echo(
            f"Everyone who can reach this computer can reach this address ({address}), and the token travels without "
            "encryption: put it behind a server that gives it https, or keep to 127.0.0.1.",
            err=True,
        )
    plan = Plan(folder, opened.title(language), found, address, key, language, visitors)
    run(plan, lambda: _tell(plan, show))
    typer.echo("Stopped.")


def _tell(plan: Plan, show: bool) -> None:
    """Say where it is, once it can be reached."""
    from labkit.cli.atlas import has_screen

    typer.echo(f"The explorer of {plan.title}: {plan.url}")
    typer.echo("Stop it with Ctrl-C.")
    if show and has_screen():
        import webbrowser

        webbrowser.open(plan.url)


def _token(token: str | None, no_token: bool, address: str) -> str:
    """Return the token that is asked of visitors; "" for none."""
    from labkit.errors import WrongUseError
    from labkit.language import t

    if no_token:
        if token:
            raise WrongUseError(t("Choose --token or --no-token, not both."))
        if not is_local(address):
            raise WrongUseError(
                t(
                    "Without a token only this computer may reach it. Leave out --no-token, or --address {address}.",
                    address=address,
                )
            )
        return ""
    if token is not None and len(token) < 8:
        raise WrongUseError(t("A token has at least 8 characters. Leave out --token, and one is made."))
    return token or secrets.token_urlsafe(24)


def _port(port: int | None, address: str) -> int:
    """Return a port that is free: the one that was asked for, or the next one."""
    from labkit.errors import LabkitError
    from labkit.language import t

    for one in [port] if port else range(FIRST_PORT, FIRST_PORT + TRIED):
        try:
            family, _, _, _, where = socket.getaddrinfo(address, one, type=socket.SOCK_STREAM)[0]
        except socket.gaierror:
            raise LabkitError(t("This computer does not know the address {address}.", address=address)) from None
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(where)
            except OSError as error:
                reason = error.strerror or str(error)
                continue
        return one
    if port:
        raise LabkitError(
            t(
                "Port {port} at {address} cannot be used: {reason}. Choose another --port.",
                port=port,
                address=address,
                reason=reason,
            )
        )
    raise LabkitError(
        t(
            "No port from {first} on is free at {address}: {reason}. Choose one with --port.",
            first=FIRST_PORT,
            address=address,
            reason=reason,
        )
    )


def is_local(address: str) -> bool:
    """Whether only this computer can reach an address.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
