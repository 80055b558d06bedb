"""`gentle-back ask`: one question, one answer; or a question a line."""

from __future__ import annotations

from collections.abc import Iterable

import click

from skill.commands.keys import somebody_types
from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.commands.room import enter_room
from skill.commands.utterances import read_utterances, standard_input
from skill.simulator.utterances import Utterance, utterance


@click.command()
@click.argument("question", nargs=-1)
@delivery_options(json=True)
@locale_option
def ask(question: tuple[str, ...], delivery: Delivery, locale: str) -> int:
    """Ask one QUESTION and hear the answer.

    Without a QUESTION it reads one a line, each in a session of its own.
    """
    questions: Iterable[Utterance]
    if question:
        asked = utterance(" ".join(question))
        if asked.fault:
            raise click.UsageError(asked.fault)
        questions = [asked]
    elif somebody_types():
        raise click.UsageError('Say what to ask, such as: gentle-back ask "ice or heat?"')
    else:
        questions = read_utterances(standard_input())

    echo, library = enter_room(locale)
    faults = 0
    with Loudspeaker(delivery, library) as loudspeaker:
        for number, asked in enumerate(questions, start=1):
            if asked.fault:
                faults += 1
                click.echo(f"Line {number}: {asked.fault}", err=True)
            if asked.text:
                loudspeaker.turn(echo.hear(asked.text))
                echo.leave()
    return 1 if faults else 0
