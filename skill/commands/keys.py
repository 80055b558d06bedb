"""Stopping speech with any key, where there is a keyboard."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click

Waiting = Callable[[float], str]
"""Waits up to so many seconds, and returns what was typed in that time; empty when nothing."""


def somebody_types() -> bool:
    """Tell whether there is a keyboard behind standard input."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def read_line(prompt: str, typed_ahead: str) -> str:
    """Read a line that begins with what was typed while speech was under way.

    Raises:
        EOFError: when there are no more lines.
    """
    if "\n" in typed_ahead:
        line = typed_ahead.partition("\n")[0]
        click.echo(prompt + line)
        return line
    if not typed_ahead:
        return input(prompt)
    return typed_ahead + input(prompt + typed_ahead)


@contextlib.contextmanager
def any_key() -> Iterator[Waiting | None]:
    """Listen for single keys, without Enter; None where nobody is typing."""
    if not somebody_types():
        yield None
    elif sys.platform == "win32":
        yield _windows_key
    else:
        with _unix_keys() as waiting:
            yield waiting


def _windows_key(seconds: float) -> str:
    import msvcrt  # noqa: PLC0415 (only on Windows)
    import time  # noqa: PLC0415

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
        time.sleep(0.02)
    return ""


@contextlib.contextmanager
def _unix_keys() -> Iterator[Waiting]:
    import os  # noqa: PLC0415
    import select  # noqa: PLC0415
    import termios  # noqa: PLC0415 (not on Windows)
    import tty  # noqa: PLC0415

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)

    def waiting(seconds: float) -> str:
        ready, _, _ = select.select([keyboard], [], [], seconds)
        return os.read(keyboard, 1024).decode("utf-8", "ignore") if ready else ""

    try:
        tty.setcbreak(keyboard)
        yield waiting
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
