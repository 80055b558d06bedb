"""Puts the service together from its settings."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from flask import Flask

from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.folders import data_folder
from skill.hosting.app import Service, create_app
from skill.hosting.certificates import Certificates, trusted_roots
from skill.hosting.fetching import ChainFetcher
from skill.hosting.readiness import problems
from skill.hosting.verification import Unverified, Verifier
from skill.library.read import load, locales
from skill.memory.choice import choose_memory
from skill.settings import memory_choice, recordings_url, skill_id

log = logging.getLogger(__name__)

THREADS = 4
"""More do not help: one Python process computes one answer at a time, and an answer takes a millisecond or two."""


def application() -> Flask:
    """Return the application for another WSGI server than waitress, always verified; see docs/hosting.md.

    Raises:
        ContentError: when the content has faults.
        SettingError: when a setting in the environment is missing, or cannot be used.
    """
    app, wrong = build_app(os.environ)
    for problem in wrong:
        log.warning("%s", problem)
    return app


def build_app(
    environment: Mapping[str, str], recordings: Path | None = None, *, unverified: bool = False
) -> tuple[Flask, Sequence[str]]:
    """Build the application from its settings, and return what is not ready, each a sentence for the host.

    Unverified, it answers every skill's requests.

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
    verifier = Unverified() if unverified else _verifier()
    privacy = words.of(None).library.listing.privacy
    service = Service(endpoint.skill, verifier, lambda: problems(memory), privacy, recordings)
    return create_app(service), service.problems()


def _verifier() -> Verifier:
    kept = data_folder() / "amazon-chain.json"
    return Verifier(Certificates(ChainFetcher(), trusted_roots(), time.time, kept), time.time)
