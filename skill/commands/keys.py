"""Stopping speech with any key, where there is a keyboard."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Waiting = Callable[[float], bool]
"""Waits up to so many seconds, and tells whether a key was pressed; it takes the key."""


def _never(_: float) -> bool:
    return False


@contextlib.contextmanager
def any_key() -> Iterator[Waiting | None]:
    """Listen for single keys, without Enter; None where nobody is typing."""
    if not sys.stdin.isatty():
        yield None
    elif sys.platform == "win32":
        yield _windows_key
    else:
        with _unix_keys() as waiting:
            yield waiting


def _windows_key(seconds: float) -> bool:
    import msvcrt  # noqa: PLC0415 (only on Windows)
    import time  # noqa: PLC0415

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            msvcrt.getch()  # type: ignore[attr-defined,unused-ignore]
            return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def _unix_keys() -> Iterator[Waiting]:
    import os  # noqa: PLC0415
    import select  # noqa: PLC0415
    import termios  # noqa: PLC0415 (not on Windows)
    import tty  # noqa: PLC0415

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)

    def waiting(seconds: float) -> bool:
        ready, _, _ = select.select([keyboard], [], [], seconds)
        return bool(ready) and bool(os.read(keyboard, 1024))

    try:
        tty.setcbreak(keyboard)
        yield waiting
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
