"""What an open session leaves behind when this program is killed: as Alexa would, we then end the session for it."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skill.simulator.clock import Clock
from skill.simulator.envelope import Session

BEAT = 0.2
"""Seconds between two signs of life."""

DEAD_AFTER = 1.0
"""Seconds without one."""


@dataclass(frozen=True, slots=True)
class Left:
    """A session that nobody ended, and when its program last lived, in seconds since 1970."""

    session: Session
    alive: float


class Journal:
    """One small file for the open session of a speaker, touched as long as its process lives."""

    def __init__(self, folder: Path, clock: Clock, speaker: int = 0) -> None:
        """Keep it in this folder, which is made when first needed; `speaker` tells those of one process apart."""
        self._folder = folder
        self._clock = clock
        self._path = folder / f"session-{os.getpid()}-{speaker}.json"
        self._over = threading.Event()
        self._beats: threading.Thread | None = None

    def note(self, session: Session) -> None:
        """Write the open session down; the file appears whole or not at all.

        Raises:
            OSError: when the folder cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".part")
        written = {"id": session.id, "attributes": dict(session.attributes)}
        unfinished.write_text(json.dumps(written), encoding="utf-8")
        self._touch(unfinished)
        unfinished.replace(self._path)
        if self._beats is None:
            self._over.clear()
            self._beats = threading.Thread(target=self._beat, name="journal", daemon=True)
            self._beats.start()

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            with contextlib.suppress(OSError):  # it was closed just now, or is being replaced
                self._touch(self._path)

    def _touch(self, path: Path) -> None:
        """Note when this program last lived: as its clock has it, and as the computer has it."""
        os.utime(path, (self._clock.now(), time.time()))

    def close(self) -> None:
        """Take the file away: the session has ended."""
        if self._beats is not None:
            self._over.set()
            self._beats.join()
            self._beats = None
        self._path.unlink(missing_ok=True)

    def left_behind(self) -> Iterator[Left]:
        """Yield the sessions of programs that are gone, and take their files away."""
        for path in sorted(self._folder.glob("session-*.json")):
            if (path == self._path and self._beats is not None) or self._lives(path):
                continue
            try:
                alive = path.stat().st_atime
                written = json.loads(path.read_text(encoding="utf-8"))
                yield Left(Session(str(written["id"]), new=False, attributes=dict(written["attributes"])), alive)
            except (OSError, ValueError, KeyError, TypeError):
                pass  # it holds no session that could be ended
            path.unlink(missing_ok=True)

    def _lives(self, path: Path) -> bool:
        """Tell whether a program still touches its file; a fresh one is watched for a moment."""
        try:
            before = path.stat().st_mtime
            if abs(time.time() - before) >= DEAD_AFTER:
                return False
            if path.name.startswith(f"session-{os.getpid()}-"):
                return True  # another speaker of this process
            time.sleep(DEAD_AFTER / 2)
            return path.stat().st_mtime != before
        except OSError:
            return True  # another program took it away
