"""Furnishes the room: the library, the skill, its memory, the resolver and the pretend Echo in it."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import interaction_model
from interaction_model.model import model_path, read_model
from interaction_model.resolver import Resolver
from skill.alexa.endpoint import Endpoint
from skill.alexa.streams import Streams
from skill.alexa.words import WordsByLocale
from skill.folders import cache_folder, data_folder
from skill.library import Library
from skill.library.read import load, locales
from skill.memory.sqlite import USUAL_FILE, SqliteMemory
from skill.settings import recordings_url
from skill.simulator import listening
from skill.simulator.echo import PretendEcho
from skill.simulator.envelope import SKILL_ID, Device
from skill.simulator.journal import Journal
from skill.simulator.understanding import Understanding
from speech.hearing.recogniser import Recogniser

DEFAULT_LOCALE = "en-US"
JOURNAL_FOLDER = "sessions"

MOST_UNDERSTOOD = 2
"""Locales whose model is kept for the next speaker: each takes some hundred megabytes."""


def resolver(locale: str) -> Resolver:
    """Return a resolver of the locale's interaction model, learnt once for each version of it.

    A locale without a model of its own is understood by the model of the United States.

    Raises:
        ModelError: when there is no model at all.
    """
    path = _model_of(locale)
    model = read_model(path)
    learnt = _learnt(path)
    for outdated in cache_folder().glob(f"resolver-{path.stem}-*"):
        if outdated != learnt:
            _remove(outdated)
    return Resolver(model, learnt)


def _remove(outdated: Path) -> None:
    """Remove what was learnt of an earlier model; one that stays takes only room."""
    if outdated.is_dir():
        shutil.rmtree(outdated, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            outdated.unlink()


def is_learnt(locale: str) -> bool:
    """Tell whether the locale's model was learnt before: otherwise the first start takes some seconds."""
    return _model_of(locale).exists() and learnt_folder(locale).exists()


def recogniser(library: Library) -> Recogniser:
    """Return a recogniser of what may be said in the library's locale; its files are made once.

    Raises:
        HearingUnavailableError: when speech recognition is not installed.
        ModelError: when there is no model.
    """
    path = _model_of(library.locale)
    words = hashlib.sha256(path.read_bytes() + repr(sorted(library.sounds.items())).encode()).hexdigest()[:16]
    for outdated in cache_folder().glob(f"hearing-{path.stem}-*"):
        if not outdated.name.endswith(words):
            _remove(outdated)
    return listening.recogniser(read_model(path), library, cache_folder() / f"hearing-{path.stem}-{words}")


def learnt_folder(locale: str) -> Path:
    """Return where what was learnt of the locale's model is kept, once it is."""
    return _learnt(_model_of(locale))


def _model_of(locale: str) -> Path:
    return model_path(locale) if model_path(locale).exists() else model_path(DEFAULT_LOCALE)


def _learnt(model: Path) -> Path:
    """Return where the result of learning is kept: another file for another model, or other code."""
    version = hashlib.sha256(model.read_bytes())
    for module in sorted(Path(interaction_model.__file__).parent.glob("*.py")):
        version.update(module.read_bytes())
    return cache_folder() / f"resolver-{model.stem}-{version.hexdigest()[:16]}"


class Room:
    """One skill with its memory, and any number of speakers in front of it; what is slow to make is made once."""

    def __init__(self, interfaces: Mapping[str, Any] | None = None) -> None:
        """Build the skill; `interfaces` are what its speakers have, such as a screen.

        Raises:
            ContentError: when the content has faults.
            SettingError: when a setting in the environment cannot be used.
        """
        self._interfaces = interfaces or {}
        self._words = WordsByLocale(lambda locale: load(locale=locale), locales())
        url = recordings_url(os.environ)
        streams = Streams(url) if url else None
        self._skill = Endpoint(self._words, SqliteMemory(data_folder() / USUAL_FILE), SKILL_ID, streams)
        self._understanding: OrderedDict[str, Understanding] = OrderedDict()
        self._lock = threading.Lock()
        self._speakers = itertools.count()

    def speaker(self, locale: str) -> tuple[PretendEcho, Library]:
        """Return a pretend Echo that talks to the skill, and the words that the skill uses.

        Raises:
            ContentError: when the content has faults.
            ModelError: when there is no model.
        """
        words = self._words.of(locale)
        library = words.library
        understanding = self._understanding.get(locale)
        if understanding is None:
            understanding = Understanding(resolver(locale), library, words.turns.screen)
        with self._lock:
            self._understanding[locale] = understanding
            self._understanding.move_to_end(locale)
            while len(self._understanding) > MOST_UNDERSTOOD:
                self._understanding.popitem(last=False)
        device = Device(locale, interfaces=self._interfaces)
        journal = Journal(data_folder() / JOURNAL_FOLDER, device.clock, next(self._speakers))
        echo = PretendEcho(self._skill, understanding, library.pronunciations, device, journal)
        return echo, library


def pretend_echo(locale: str) -> tuple[PretendEcho, Library]:
    """Return the one speaker of a room, and the words that the skill uses.

    Raises:
        ContentError: when the content has faults.
        ModelError: when there is no model.
        SettingError: when a setting in the environment cannot be used.
    """
    return Room().speaker(locale)
