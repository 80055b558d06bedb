"""The pages that are open, each with a speaker of its own."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

from skill.simulator.browser.sounding import Voices
from skill.simulator.browser.visit import Visit
from skill.simulator.room import Room

MOST = 8
"""Pages at once; the one that was used longest ago makes room for a ninth."""


class VisitOverError(LookupError):
    """There is no visit of this name (any more)."""


class Visits:
    """Finds the visit of a page by the name that it was given."""

    def __init__(self, room: Room, voices: Voices) -> None:
        """Nobody is here yet."""
        self._room = room
        self._voices = voices
        self._open: OrderedDict[str, Visit] = OrderedDict()
        self._lock = threading.Lock()
        self._learning: dict[str, threading.Lock] = {}

    def begin(self, locale: str) -> str:
        """Begin a visit, and return its name.

        Raises:
            ContentError: when the content has faults.
            ModelError: when there is no model.
        """
        with self._lock:
            learning = self._learning.setdefault(locale, threading.Lock())
        with learning:  # it may take a minute or two: whoever speaks another English does not wait for it
            echo, library = self._room.speaker(locale)
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._open[name] = Visit(echo, library, self._voices)
            gone = [self._open.popitem(last=False)[1] for _ in range(len(self._open) - MOST)]
        for visit in gone:
            visit.leave()
        return name

    def find(self, name: str) -> Visit:
        """Return a visit.

        Raises:
            VisitOverError: when there is none of this name (any more).
        """
        with self._lock:
            if name not in self._open:
                raise VisitOverError("This visit is over: begin a new one.")
            self._open.move_to_end(name)
            return self._open[name]

    def end(self) -> None:
        """End all of them."""
        with self._lock:
            gone, self._open = list(self._open.values()), OrderedDict()
        for visit in gone:
            visit.leave()
