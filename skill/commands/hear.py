"""`gentle-back hear`: a question from a sound file, answered."""

from __future__ import annotations

from pathlib import Path

import click

from skill.commands.ears import listening
from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.commands.room import enter_room


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@delivery_options(json=True)
@locale_option
def hear(file: Path, delivery: Delivery, locale: str) -> int:
    """Hear the question in a WAV FILE, and answer it. Nothing leaves this computer.

    It needs the extra "mic": python -m pip install 'gentle-back[mic]'.
    """
    from speech.hearing.sound import SoundError, read_sound  # noqa: PLC0415 (loads numpy)

    try:
        samples = read_sound(file)
    except SoundError as error:
        raise click.ClickException(str(error)) from error
    echo, library = enter_room(locale)
    said = listening(echo, library).heard(samples)
    if not said:
        raise click.ClickException(f"No words were made out in {file}. Record it again, a little nearer and slower.")
    if not delivery.json:
        click.echo(f"You: {said}")
    with Loudspeaker(delivery, library) as loudspeaker:
        loudspeaker.turn(echo.hear(said))
        echo.leave()
    return 0
