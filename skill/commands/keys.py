"""Keys and lines that arrive while something is heard."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import click

Waiting = Callable[[float], str]
"""Waits up to so many seconds, and returns what was typed in that time; empty when nothing."""

STEERING = {" ": "pause", "\x1b[C": "next", "\x1b[D": "previous", "\x1b": "stop"}
"""Keys that stand for a word by themselves: space, right and left arrow, Escape."""

LOUDER, QUIETER = frozenset({"\x1b[A", "+"}), frozenset({"\x1b[B", "-"})
"""Up and down arrow, plus and minus."""


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


@contextlib.contextmanager
def any_line() -> Iterator[Waiting | None]:
    """Listen for lines that another program writes; None where there can be none."""
    if sys.stdin is None or sys.stdin.closed or sys.platform == "win32":
        yield None
        return
    import os  # noqa: PLC0415
    import select  # noqa: PLC0415

    source = sys.stdin.fileno()
    ended = False

    def waiting(seconds: float) -> str:
        nonlocal ended
        if ended:
            import time  # noqa: PLC0415

            time.sleep(seconds)
            return ""
        ready, _, _ = select.select([source], [], [], seconds)
        read = os.read(source, 4096) if ready else b"\n"
        ended = not read
        return read.decode("utf-8", "replace") if ready else ""

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
