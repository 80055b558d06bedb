"""`gentle-back serve`: the skill on a web server of one's own."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from pathlib import Path

import click

from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.folders import data_folder
from skill.hosting.app import ChecksRequests, Service, create_app
from skill.hosting.certificates import Certificates, trusted_roots
from skill.hosting.fetching import ChainFetcher
from skill.hosting.readiness import problems
from skill.hosting.server import make_server
from skill.hosting.verification import Unverified, Verifier
from skill.library import load, locales
from skill.memory.choice import choose_memory
from skill.settings import memory_choice, recordings_url, skill_id

THREADS = 4
"""More do not help: one Python process computes one answer at a time, and an answer takes a millisecond or two."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 is any free port.")
@click.option(
    "--recordings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of recordings (see 'render') to serve at /recordings.",
)
@click.option("--unverified", is_flag=True, help="Answer anybody, to try things out. On this computer only.")
def serve(host: str, port: int, recordings: Path | None, unverified: bool) -> int:  # noqa: FBT001 (click passes it so)
    """Answer Alexa's requests here; a web server with a certificate passes them on (see docs/hosting.md)."""
    if unverified and not _is_loopback(host):
        raise click.ClickException(
            f"--unverified would answer anybody who can reach {host}. Leave --host out, or --unverified."
        )
    # Without a skill id the ask-sdk answers every skill's requests: only where nobody else can ask.
    ours = "" if unverified else skill_id(os.environ)
    url = recordings_url(os.environ)
    memory = choose_memory(memory_choice(os.environ), data_folder())
    words = WordsByLocale(lambda locale: load(locale=locale), locales())
    words.prepare()
    endpoint = Endpoint(words, memory, ours, Streams(url) if url else None)
    verifier: ChecksRequests = Unverified()
    if unverified:
        click.echo("NOT VERIFIED: anybody on this computer can send requests. Never do this where Alexa comes in.")
    else:
        verifier = Verifier(Certificates(ChainFetcher(), trusted_roots()), time.time)
    privacy = words.of(None).library.listing.privacy
    service = Service(endpoint.skill, verifier, lambda: problems(memory), privacy, recordings)
    server = make_server(create_app(service), host, port, THREADS)
    click.echo(f"Gentle Back answers at http://{_shown(host)}:{server.effective_port}/. Stop it with Control-C.")
    try:
        server.run()
    finally:
        server.close()
    return 0


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    """Tell whether every address of a name is this computer's own."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(address).is_loopback for address in found)
