"""Furnishes the room: the library, the skill, its memory, the resolver and the pretend Echo in it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

from interaction_model.model import model_path, read_model
from interaction_model.resolver import Resolver
from skill.alexa.endpoint import Endpoint
from skill.library import Library, load
from skill.memory.sqlite import SqliteMemory
from skill.simulator.echo import PretendEcho
from skill.simulator.envelope import SKILL_ID, Device

APP = "gentle-back"


def data_folder() -> Path:
    """Return where this computer's listener is remembered; `GENTLE_BACK_DATA` names another place."""
    chosen = os.environ.get("GENTLE_BACK_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path(APP)


def cache_folder() -> Path:
    """Return where what can be made again is kept; `GENTLE_BACK_CACHE` names another place."""
    chosen = os.environ.get("GENTLE_BACK_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path(APP)


def understanding(locale: str) -> Resolver:
    """Return a resolver of the locale's interaction model, trained once for each version of it.

    Raises:
        ModelError: when there is no model for the locale.
    """
    path = model_path(locale)
    model = read_model(path)
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Resolver(model, cache_folder() / f"resolver-{locale}-{version}.npz")


def pretend_echo(locale: str) -> tuple[PretendEcho, Library]:
    """Return a pretend Echo that talks to the real skill, and the words that the skill uses.

    Raises:
        ContentError: when the content has faults.
        ModelError: when there is no model for the locale.
    """
    resolver = understanding(locale)
    library = load(locale=locale)
    skill = Endpoint(library, SqliteMemory(data_folder() / "memory.sqlite3"), SKILL_ID)
    return PretendEcho(skill, resolver, library.pronunciations, Device(locale)), library
