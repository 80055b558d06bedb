"""The ears of the commands: the recogniser of the listener's locale, and one turn at the microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from skill.commands.keys import any_key
from skill.library import Library
from skill.simulator.echo import PretendEcho

if TYPE_CHECKING:
    from skill.simulator.listening import Listening
    from speech.hearing.endpoint import Patience
    from speech.hearing.microphone import Microphone


def listening(echo: PretendEcho, library: Library) -> Listening:
    """Return what turns sound into an utterance for this speaker.

    Raises:
        HearingUnavailableError: when speech recognition is not installed.
    """
    from skill.simulator import room  # noqa: PLC0415 (loads numpy)
    from skill.simulator.listening import Listening  # noqa: PLC0415

    return Listening(room.recogniser(library), echo.understand)


def one_turn(microphone: Microphone, ears: Listening, patience: Patience | None) -> str:
    """Listen, and return what was said; empty when nobody spoke.

    Until a pause or Enter; without patience from one Enter to the next, a minute at most, however long the pauses are.

    Raises:
        click.ClickException: without patience, where there is no keyboard.
    """
    from speech.hearing.endpoint import UNHURRIED  # noqa: PLC0415 (an extra)

    with any_key() as key:
        if patience is None:
            if key is None:
                raise click.ClickException("--push-to-talk needs a keyboard. Leave it out: a pause ends what you say.")
            click.echo("Press Enter, speak, and press Enter again.")
            while "\n" not in key(1.0):
                pass
        click.echo("Listening. Speak, and press Enter when you are done.")
        sound = microphone.listen(patience or UNHURRIED, lambda: bool(key and "\n" in key(0)))
    said = ears.heard(sound) if len(sound) else ""
    if said:
        click.echo(f"You: {said}")
    elif len(sound):
        click.echo("No words were made out. Please say it again, or type it: gentle-back talk.")
    return said
