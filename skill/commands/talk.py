"""`gentle-back talk`: a conversation, a line a turn."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from skill.commands.ears import listening, one_turn
from skill.commands.keys import STEERING, somebody_types, split_keys
from skill.commands.leading import follow, next_line
from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.commands.room import enter_room
from skill.commands.utterances import read_utterances, standard_input
from skill.simulator.echo import Heard, PretendEcho
from skill.simulator.utterances import utterance

USUAL_PAUSE = 1.5
"""Seconds; people who stutter, breathe or look for words pause for less."""


@click.command()
@click.option("--mic", is_flag=True, help="Speak into the microphone instead of typing.")
@click.option(
    "--pause",
    type=click.FloatRange(0.5, 10),
    default=USUAL_PAUSE,
    show_default=True,
    help="With --mic: seconds of silence that end what you say.",
)
@click.option(
    "--push-to-talk",
    is_flag=True,
    help="With --mic: Enter begins and ends what you say, a minute at most; pauses do not.",
)
@delivery_options(json=True)
@locale_option
def talk(delivery: Delivery, locale: str, pause: float, *, mic: bool, push_to_talk: bool) -> int:
    """Hold a conversation: type what you would say, or say it with --mic; any key stops the speech.

    While a relaxation session is heard, space pauses, the arrows go on or back, Escape stops, and Enter
    alone goes on. Without a keyboard it reads one turn a line. <launch> opens the skill, <silence> is no
    answer until the reprompt has run out, <wait 90> lets 90 seconds pass, and <new_session> is the same
    person coming back.
    """
    if push_to_talk and not mic:
        raise click.UsageError("--push-to-talk is for the microphone: add --mic.")
    if mic:
        return _speak(delivery, locale, None if push_to_talk else pause)
    echo, library = enter_room(locale)
    with Loudspeaker(delivery, library) as loudspeaker:
        if somebody_types() and not delivery.json:
            return _converse(echo, loudspeaker)
        return _follow_script(echo, loudspeaker, shown=not delivery.json)


def _converse(echo: PretendEcho, loudspeaker: Loudspeaker) -> int:
    click.echo("Type what you would say, then Enter. Any key stops the speech. To leave, say stop.")
    heard = follow(echo, loudspeaker, echo.launch())
    while echo.listening:
        try:
            typed = next_line(echo, loudspeaker, heard)
        except EOFError:
            click.echo()
            echo.leave()
            break
        said = utterance(typed)
        if said.fault:
            click.echo(said.fault, err=True)
        if said.text:
            for heard in turns(echo, said.text):
                heard = follow(echo, loudspeaker, heard)  # noqa: PLW2901 (what follows takes its place)
    return 0


def _speak(delivery: Delivery, locale: str, pause: float | None) -> int:
    """Hold the conversation by voice; who says nothing is asked again, as by a speaker."""
    from speech.hearing.endpoint import Patience  # noqa: PLC0415
    from speech.hearing.microphone import Microphone  # noqa: PLC0415 (loads numpy and PortAudio)

    microphone = Microphone()  # first: who has none need not wait for the rest
    echo, library = enter_room(locale)
    ears, patience = listening(echo, library), None if pause is None else Patience(pause)
    with Loudspeaker(delivery, library) as loudspeaker:
        click.echo("Any key stops the speech. To leave, say stop.")
        heard = follow(echo, loudspeaker, echo.launch())
        while echo.listening:
            pressed, loudspeaker.typed_ahead = split_keys(loudspeaker.typed_ahead)[:1], ""
            said = STEERING.get(pressed[0], "") if pressed and heard.goes_on else ""
            said = said or one_turn(microphone, ears, patience)
            replies = [echo.hear(said)] if said else [echo.reprompt() if echo.has_reprompt else echo.silence()]
            for heard in replies:
                heard = follow(echo, loudspeaker, heard)  # noqa: PLW2901 (what follows takes its place)
    return 0


def _follow_script(echo: PretendEcho, loudspeaker: Loudspeaker, *, shown: bool) -> int:
    faults = 0
    for number, said in enumerate(read_utterances(standard_input()), start=1):
        if said.fault:
            faults += 1
            click.echo(f"Line {number}: {said.fault}", err=True)
        if said.text:
            if shown:
                click.echo(f"You: {said.text}")
            for heard in turns(echo, said.text):
                loudspeaker.turn(heard)
    echo.leave()
    return 1 if faults else 0


_SHORT = {"y": "yes", "n": "no", "?": "help", "q": "stop"}
"""What people type for a word that they would say."""


_WAIT = re.compile(r"<wait (\d{1,5})>")


def turns(echo: PretendEcho, said: str) -> list[Heard]:
    """Give the pretend Echo one line: an utterance, or a sign for what is not said aloud."""
    signs: dict[str, Callable[[], Heard]] = {
        "<launch>": lambda: echo.launch(said),
        "<new_session>": lambda: echo.launch(said),
        "<silence>": echo.silence,
    }
    if waited := _WAIT.fullmatch(said):
        return echo.pass_time(int(waited[1]))
    return [signs[said]() if said in signs else echo.hear(_SHORT.get(said.lower(), said))]
