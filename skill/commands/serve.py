"""`gentle-back serve`: the skill on a web server of one's own."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 is any free port.")
@click.option(
    "--recordings",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    help="Folder of recordings (see 'render') to serve at /recordings.",
)
@click.option("--unverified", is_flag=True, help="Answer anybody, to try things out. On this computer only.")
def serve(*, host: str, port: int, recordings: Path | None, unverified: bool) -> int:
    """Answer Alexa's requests here; a web server with a certificate passes them on (see docs/hosting.md)."""
    from skill.hosting.server import make_server  # noqa: PLC0415 (loads Flask: not for --help)
    from skill.hosting.serving import THREADS, build_app  # noqa: PLC0415

    if unverified and not _is_loopback(host):
        raise click.ClickException(
            f"--unverified would answer anybody who can reach {host}. Leave --host out, or --unverified."
        )
    if recordings and not any(recordings.glob("*.mp3")):
        click.echo(f"There is no recording in {recordings} yet: 'gentle-back render' makes them.", err=True)
    app, wrong = build_app(os.environ, recordings, unverified=unverified)
    for problem in wrong:
        click.echo(problem, err=True)
    try:
        server = make_server(app, host, port, THREADS)
    except OSError as error:
        raise click.ClickException(
            f"{host} port {port}: {error.strerror or error}. Name a free --port (above 1024 unless you are root), "
            "and a --host of this computer."
        ) from None
    if unverified:
        click.echo("NOT VERIFIED: anybody on this computer can send requests. Never do this where Alexa comes in.")
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Gentle Back answers at http://{shown}:{server.effective_port}/. Stop it with Control-C.")
    try:
        server.run()
    finally:
        server.close()
    click.echo("Stopped.", err=True)
    return 0


def _is_loopback(host: str) -> bool:
    """Tell whether every address of a name is this computer's own."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(address).is_loopback for address in found)
