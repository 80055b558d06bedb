"""`gentle-back relax`: a relaxation session, steered by keys and words while it is heard."""

from __future__ import annotations

import difflib

import click

from interaction_model.names import MINUTES, intent_name
from interaction_model.resolver import Resolution, SlotMatch
from skill.commands.keys import STEERING, read_piped_line, somebody_types
from skill.commands.leading import next_line
from skill.commands.loudspeaker import Loudspeaker
from skill.commands.options import Delivery, delivery_options, locale_option
from skill.commands.room import enter_room
from skill.library import Library
from skill.simulator.echo import LISTENING, Heard, PretendEcho
from skill.simulator.utterances import utterance

LYING_DOWN = Resolution("LyingIntent")


@click.command()
@click.argument("session", required=False)
@click.option("--minutes", type=int, default=None, help="How long it is to last, in whole minutes.")
@click.option("--lying", is_flag=True, help="For somebody who lies down.")
@delivery_options(json=False, rate=False)
@locale_option
def relax(session: str | None, minutes: int | None, delivery: Delivery, locale: str, *, lying: bool) -> int:
    """Lead a relaxation SESSION, such as calm-breathing or body-scan.

    While it is heard, space pauses, the arrows go a step on or back and change the volume, Escape stops.
    Or type what you would say, such as "slower" or "how long is left", then Enter. Enter alone goes on.
    """
    echo, library = enter_room(locale)
    begin = _begin(known_session(session or library.frame.first, library, minutes), minutes)
    with Loudspeaker(delivery, library, lines_steer=True) as loudspeaker:
        if lying:
            echo.ask_for(LYING_DOWN)
        _lead(echo, loudspeaker, echo.ask_for(begin), live=delivery.wav is None and loudspeaker.somebody_follows)
    echo.leave()
    return 0


def known_session(session: str, library: Library, minutes: int | None) -> str:
    """Return the name of a session.

    Raises:
        click.UsageError: when there is none of this name, or it cannot last so many minutes.
    """
    name = session.lower()
    if name not in library.scripts:
        near = difflib.get_close_matches(name, library.scripts, n=3) or sorted(library.scripts)
        raise click.UsageError(f"There is no session '{session}'. Some that there are: {', '.join(near)}.")
    script = library.scripts[name]
    if minutes is not None and minutes not in script.lengths:
        allowed = f"{script.shortest} to {script.longest}"
        raise click.BadParameter(f"{name} takes {allowed} minutes: choose a number from there.", param_hint="--minutes")
    return name


def _begin(name: str, minutes: int | None) -> Resolution:
    slots = {} if minutes is None else {MINUTES: SlotMatch(str(minutes), str(minutes))}
    return Resolution(intent_name(name), slots)


def _lead(echo: PretendEcho, loudspeaker: Loudspeaker, heard: Heard, *, live: bool) -> None:
    """Deliver it to its end; live, whatever is typed is said to it."""
    if not live:
        while heard.goes_on:
            loudspeaker.lead(heard.words)
            if not echo.next_chapter:
                echo.silence()  # its end was reached
                return
            heard = echo.reprompt()
        loudspeaker.say(heard.words)
        return
    if somebody_types():
        keys = "Space pauses, arrows go on or back, Escape stops. Or type what you would say, then Enter."
        click.echo(keys, err=True)
    finished = loudspeaker.turn(heard)
    while echo.listening:
        if finished and heard.goes_on:
            if not echo.next_chapter:
                echo.silence()
                return
            loudspeaker.wait(LISTENING)
            heard = echo.reprompt()
        else:
            said = _said(echo, loudspeaker, heard)
            if not said:
                continue
            heard = echo.hear(said)
        finished = loudspeaker.turn(heard)


def _said(echo: PretendEcho, loudspeaker: Loudspeaker, heard: Heard) -> str:
    """Return what was typed, or what another program wrote, cleaned; empty when it was nothing to say."""
    if somebody_types():
        try:
            typed = next_line(echo, loudspeaker, heard)
        except EOFError:
            return "stop"
    else:
        try:
            typed, loudspeaker.typed_ahead = read_piped_line(loudspeaker.typed_ahead)
        except EOFError:
            return "stop"  # nobody is there any more to go on for
        typed = "resume" if loudspeaker.takes_volume(typed) else STEERING.get(typed, typed) or "resume"
    said = utterance(typed)
    if said.fault:
        click.echo(said.fault, err=True)
    return said.text
