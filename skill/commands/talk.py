"""`gentle-back talk`: a conversation, a line a turn."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from skill.commands.keys import somebody_types
from skill.commands.leading import follow, next_line
from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.commands.room import enter_room
from skill.commands.utterances import read_utterances, standard_input
from skill.simulator.echo import Heard, PretendEcho
from skill.simulator.utterances import utterance


@click.command()
@delivery_options(json=True)
@locale_option
def talk(delivery: Delivery, locale: str) -> int:
    """Hold a conversation: type what you would say; any key stops the speech.

    While a relaxation session is heard, space pauses, the arrows go on or back, Escape stops, and Enter
    alone goes on. Without a keyboard it reads one turn a line. <launch> opens the skill, <silence> is no
    answer until the reprompt has run out, <wait 90> lets 90 seconds pass, and <new_session> is the same
    person coming back.
    """
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
