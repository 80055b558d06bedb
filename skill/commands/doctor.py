"""`gentle-back doctor`: what works on this machine, and how to mend the rest."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

import click

from interaction_model.model import ModelError
from skill.library import ContentError, load
from speech.errors import VoiceUnavailableError
from speech.local_voice import DEFAULT_RATE, LocalVoice
from speech.player import find_player


@click.command()
def doctor() -> int:
    """Tell what works on this machine, and how to mend what does not."""
    needed = [_report(name, examine) for name, examine in _NEEDED.items()]
    heard = _report("Sound", _sound)
    if not heard:
        click.echo("You can read the words, or write them to a file: gentle-back ask --wav answer.wav QUESTION")
    return 0 if all(needed) else 1


def _report(name: str, examine: Callable[[], str]) -> bool:
    try:
        click.echo(f"{name}: works. {examine()}")
    except (ContentError, ModelError, VoiceUnavailableError, OSError, ImportError) as error:
        click.echo(f"{name}: does not work. {error}")
        return False
    return True


def _python() -> str:
    return f"Python {platform.python_version()} on {platform.system()}."


def _words() -> str:
    return f"{len(load().entries)} entries, all readable."


def _understanding() -> str:
    from skill.simulator.room import understanding  # noqa: PLC0415 (loads numpy)

    started = time.perf_counter()
    resolver = understanding("en-US")
    ready = time.perf_counter() - started
    resolution = resolver.resolve("ice or heat?")
    return f"Ready in {ready:.1f} seconds; 'ice or heat?' is {resolution.intent}."


def _memory() -> str:
    from skill.simulator.room import data_folder  # noqa: PLC0415 (loads numpy)

    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise OSError(f"The folder {folder} cannot be written: set GENTLE_BACK_DATA to one that can.")
    return f"Kept in {_short(folder)}."


def _voice() -> str:
    audio = LocalVoice(load().pronunciations).synthesise("Ice or heat?", DEFAULT_RATE)
    return f"It says 'Ice or heat?' in {audio.seconds:.1f} seconds, at {audio.sample_rate} hertz."


def _sound() -> str:
    return f"Played by {find_player().name}."


def _short(folder: Path) -> str:
    return str(folder).replace(str(Path.home()), "~")


_NEEDED = {
    "Python": _python,
    "Words": _words,
    "Understanding": _understanding,
    "Memory": _memory,
    "Voice": _voice,
}
