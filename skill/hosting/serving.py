"""Puts the service together from its settings."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from waitress.server import TcpWSGIServer

from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.folders import data_folder
from skill.hosting.app import Service, create_app
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


def open_service(
    host: str, port: int, recordings: Path | None, *, unverified: bool, environment: Mapping[str, str] = os.environ
) -> TcpWSGIServer:
    """Return a server that listens, and answers when it is run.

    Raises:
        ContentError: when the content has faults.
        OSError: when the address cannot be used.
        SettingError: when a setting in the environment is missing, or cannot be used.
    """
    return make_server(build_app(environment, recordings, unverified=unverified), host, port, THREADS)


def application() -> Flask:
    """Return the application for another WSGI server than waitress, always verified; see docs/hosting.md.

    Raises:
        ContentError: when the content has faults.
        SettingError: when a setting in the environment is missing, or cannot be used.
    """
    return build_app(os.environ)


def build_app(environment: Mapping[str, str], recordings: Path | None = None, *, unverified: bool = False) -> Flask:
    """Build the application from its settings; unverified, it answers every skill's requests.

    Raises:
        ContentError: when the content has faults.
        SettingError: when a setting is missing, or cannot be used.
    """
    ours = "" if unverified else skill_id(environment)
    url = recordings_url(environment)
    memory = choose_memory(memory_choice(environment), data_folder())
    words = WordsByLocale(lambda locale: load(locale=locale), locales())
    words.prepare()
    endpoint = Endpoint(words, memory, ours, Streams(url) if url else None)
    verifier = Unverified() if unverified else Verifier(Certificates(ChainFetcher(), trusted_roots()), time.time)
    privacy = words.of(None).library.listing.privacy
    return create_app(Service(endpoint.skill, verifier, lambda: problems(memory), privacy, recordings))
