"""`gentle-back serve`: the skill on a web server of one's own."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask


EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (these are told apart, not listened on)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 is any free port.")
@click.option(
    "--recordings",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    help="Folder of recordings (see 'render') to serve at /recordings.",
)
@click.option("--unverified", is_flag=True, help="Answer anybody, to try things out. On this computer only.")
@click.option("--simulator", is_flag=True, help="Serve a pretend Echo for your browser, instead of answering Alexa.")
def serve(*, host: str, port: int, recordings: Path | None, unverified: bool, simulator: bool) -> int:
    """Answer Alexa's requests here; a web server with a certificate passes them on (see docs/hosting.md).

    With --simulator it is a page to try the skill on, by typing, pressing or speaking.
    """
    if simulator:
        if recordings or unverified:
            raise click.UsageError("--simulator serves a page and nothing else: leave the other options out.")
        return _simulate(host, port)
    from skill.hosting.serving import build_app  # noqa: PLC0415 (loads Flask: not for --help)

    if unverified and not _is_loopback(host):
        raise click.ClickException(
            f"--unverified would answer anybody who can reach {host}. Leave --host out, or --unverified."
        )
    if recordings and not any(recordings.glob("*.mp3")):
        click.echo(f"There is no recording in {recordings} yet: 'gentle-back render' makes them.", err=True)
    app, wrong = build_app(os.environ, recordings, unverified=unverified)
    for problem in wrong:
        click.echo(problem, err=True)
    warning = "NOT VERIFIED: anybody on this computer can send requests. Never do this where Alexa comes in."
    _run(app, host, port, told=[warning] if unverified else [])
    return 0


def _simulate(host: str, port: int) -> int:
    from skill.library.read import locales  # noqa: PLC0415 (these load slowly)
    from skill.simulator.browser.app import create_page  # noqa: PLC0415
    from skill.simulator.browser.sounding import Voices  # noqa: PLC0415
    from skill.simulator.browser.visits import Visits  # noqa: PLC0415
    from skill.simulator.envelope import SCREEN  # noqa: PLC0415
    from skill.simulator.room import DEFAULT_LOCALE, Room, is_learnt  # noqa: PLC0415

    if not is_learnt(DEFAULT_LOCALE):
        click.echo("Learning what people may say, this once: a minute or two.", err=True)
    room, voices = Room(SCREEN), Voices()
    _, library = room.speaker(DEFAULT_LOCALE)
    visits = Visits(room, voices)
    app = create_page(visits, voices, library, tuple(sorted(locales())))
    told = [] if _is_loopback(host) else ["Anybody who can reach this computer can use this page, as you."]
    try:
        _run(app, host, port, told=[*told, "Open this address in your browser."])
    finally:
        visits.end()
    return 0


def _run(app: Flask, host: str, port: int, told: Sequence[str]) -> None:
    """Serve an application until Control-C."""
    from skill.hosting.server import make_server  # noqa: PLC0415 (loads Flask: not for --help)
    from skill.hosting.serving import THREADS  # noqa: PLC0415

    try:
        server = make_server(app, host, port, THREADS)
    except OSError as error:
        raise click.ClickException(
            f"{host} port {port}: {error.strerror or error}. Name a free --port (above 1024 unless you are root), "
            "and a --host of this computer."
        ) from None
    for line in told:
        click.echo(line)
    host = socket.gethostname() if host in EVERY_ADDRESS else host
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Gentle Back answers at http://{shown}:{server.effective_port}/. Stop it with Control-C.")
    try:
        server.run()
    finally:
        server.close()
    click.echo("Stopped.", err=True)


def _is_loopback(host: str) -> bool:
    """Tell whether every address of a name is this computer's own."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(address).is_loopback for address in found)
