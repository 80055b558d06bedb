"""Keys and lines that arrive while something is heard."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator

import click

from skill.simulator import volume

Waiting = Callable[[float], str]
"""Waits up to so many seconds, and returns what was typed in that time; empty when nothing."""

STEERING = {" ": "pause", "\x1b[C": "next", "\x1b[D": "previous", "\x1b": "stop"}
"""Keys that stand for a word by themselves: space, right and left arrow, Escape."""

VOLUME = {"\x1b[A": volume.STEP, "+": volume.STEP, "\x1b[B": -volume.STEP, "-": -volume.STEP}
"""Up and down arrow, plus and minus: by how many steps they change the volume."""


_KEY = re.compile("\x1b\\[[A-D]|.", re.DOTALL)


def split_keys(typed: str) -> list[str]:
    """Return the keys one by one: several may have been pressed since the last look."""
    return _KEY.findall(typed)


def read_piped_line(read_ahead: str) -> tuple[str, str]:
    """Return the next line that another program writes, and what was read beyond it; empty lines at its end.

    Raises:
        EOFError: when it has written its last.
    """
    while "\n" not in read_ahead:
        more = os.read(sys.stdin.fileno(), 4096)
        if not more:
            if not read_ahead:
                raise EOFError
            return read_ahead, ""
        read_ahead += more.decode("utf-8", "replace")
    line, _, rest = read_ahead.partition("\n")
    return line, rest


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
    import select  # noqa: PLC0415

    source = sys.stdin.fileno()
    ended = False

    def waiting(seconds: float) -> str:
        nonlocal ended
        if ended:
            time.sleep(seconds)
            return ""
        ready, _, _ = select.select([source], [], [], seconds)
        read = os.read(source, 4096) if ready else b"\n"
        ended = not read
        return read.decode("utf-8", "replace") if ready else ""

    yield waiting


_WINDOWS_PREFIXES = frozenset({"\x00", "\xe0"})
_WINDOWS_ARROWS = {"H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D"}
"""The second half of what Windows gives for an arrow key, and what a terminal gives for it."""


def _windows_key(seconds: float) -> str:
    import msvcrt  # noqa: PLC0415 (only on Windows)

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            key = str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
            if key in _WINDOWS_PREFIXES:
                return _WINDOWS_ARROWS.get(str(msvcrt.getwch()), "")  # type: ignore[attr-defined,unused-ignore]
            return "\n" if key == "\r" else key
        time.sleep(0.02)
    return ""


@contextlib.contextmanager
def _unix_keys() -> Iterator[Waiting]:
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
