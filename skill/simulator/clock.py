"""The pretend Echo's clock: it stands still while somebody types, and a script can put it forward."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Tells the time in seconds since 1970."""

    def __init__(self) -> None:
        """Start with the computer's own time."""
        self._ahead = 0.0
        self._held: float | None = None

    def now(self) -> float:
        """Return the time on this clock."""
        return time.time() + self._ahead if self._held is None else self._held

    def put_forward(self, seconds: float) -> None:
        """Let so many seconds have passed."""
        self._ahead += max(0.0, seconds)

    def set(self, now: float) -> None:
        """Go on from this time, in seconds since 1970: what passed beyond it was nobody's waiting."""
        self._ahead = now - time.time()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stand still: a listener is heard when they begin to speak, not when they have finished typing."""
        began = time.time()
        self._held = began + self._ahead
        try:
            yield
        finally:
            self._ahead -= time.time() - began
            self._held = None
