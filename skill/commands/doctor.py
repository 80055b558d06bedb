"""`gentle-back doctor`: what works on this machine, and how to mend the rest."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path

import click

from interaction_model.model import ModelError
from skill.folders import data_folder
from skill.library.faults import ContentError
from skill.library.read import load
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
    from skill.simulator.room import resolver as resolver_of  # noqa: PLC0415 (loads numpy)

    started = time.perf_counter()
    resolver = resolver_of("en-US")
    ready = time.perf_counter() - started
    resolution = resolver.resolve("ice or heat?")
    return f"Ready in {ready:.1f} seconds; 'ice or heat?' is {resolution.intent}."


def _memory() -> str:
    from ask_sdk_core.exceptions import PersistenceException  # noqa: PLC0415 (these load slowly)

    from skill.memory.sqlite import USUAL_FILE, SqliteMemory  # noqa: PLC0415

    folder = data_folder()
    try:
        SqliteMemory(folder / USUAL_FILE).check()
    except PersistenceException as error:
        raise OSError(f"{error}. Set GENTLE_BACK_DATA to a folder that can be written.") from error
    return f"Kept in {_short(folder)}."


def _voice() -> str:
    audio = LocalVoice().synthesise("Ice or heat?", DEFAULT_RATE)
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
