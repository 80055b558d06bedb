"""Furnishes the room: the library, the skill, its memory, the resolver and the pretend Echo in it."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import interaction_model
from interaction_model.model import model_path, read_model
from interaction_model.resolver import Resolver
from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.folders import cache_folder, data_folder
from skill.library import Library, load, locales
from skill.memory.sqlite import USUAL_FILE, SqliteMemory
from skill.settings import recordings_url
from skill.simulator.echo import PretendEcho
from skill.simulator.envelope import SKILL_ID, Device
from skill.simulator.journal import Journal
from skill.simulator.understanding import Understanding

DEFAULT_LOCALE = "en-US"
JOURNAL_FOLDER = "sessions"


def resolver(locale: str) -> Resolver:
    """Return a resolver of the locale's interaction model, learnt once for each version of it.

    A locale without a model of its own is understood by the model of the United States.

    Raises:
        ModelError: when there is no model at all.
    """
    path = _model_of(locale)
    model = read_model(path)
    learnt = _learnt(path)
    for outdated in cache_folder().glob(f"resolver-{path.stem}-*.npz"):
        if outdated != learnt:
            with contextlib.suppress(OSError):
                outdated.unlink()
    return Resolver(model, learnt)


def is_learnt(locale: str) -> bool:
    """Tell whether the locale's model was learnt before: otherwise the first start takes some seconds."""
    path = _model_of(locale)
    return path.exists() and _learnt(path).exists()


def _model_of(locale: str) -> Path:
    return model_path(locale) if model_path(locale).exists() else model_path(DEFAULT_LOCALE)


def _learnt(model: Path) -> Path:
    """Return where the result of learning is kept: another file for another model, or other code."""
    version = hashlib.sha256(model.read_bytes())
    for module in sorted(Path(interaction_model.__file__).parent.glob("*.py")):
        version.update(module.read_bytes())
    return cache_folder() / f"resolver-{model.stem}-{version.hexdigest()[:16]}.npz"


def pretend_echo(locale: str) -> tuple[PretendEcho, Library]:
    """Return a pretend Echo that talks to the real skill, and the words that the skill uses.

    Raises:
        ContentError: when the content has faults.
        ModelError: when there is no model.
        SettingError: when a setting in the environment cannot be used.
    """
    library = load(locale=locale)
    understanding = Understanding(resolver(locale), library)
    words = WordsByLocale(lambda wanted: library if wanted == locale else load(locale=wanted), locales())
    url = recordings_url(os.environ)
    skill = Endpoint(words, SqliteMemory(data_folder() / USUAL_FILE), SKILL_ID, Streams(url) if url else None)
    device = Device(locale)
    journal = Journal(data_folder() / JOURNAL_FOLDER, device.clock)
    return PretendEcho(skill, understanding, library.pronunciations, device, journal), library
