"""One live conversation at this computer: what is heard, broken into, and gone on with."""

from __future__ import annotations

from skill.commands.keys import STEERING, read_line, split_keys
from skill.commands.loudspeaker import Loudspeaker
from skill.simulator.echo import LISTENING, Heard, PretendEcho

PAUSED = "AMAZON.PauseIntent"
"""After it, an empty line goes on."""


def follow(echo: PretendEcho, loudspeaker: Loudspeaker, heard: Heard) -> Heard:
    """Deliver a reply, and what comes after one that waits for nobody, until somebody is to say something.

    A session goes on to its next chapter and to its end by itself, as on a speaker.
    """
    finished = loudspeaker.turn(heard)
    while finished and heard.goes_on and loudspeaker.wait(LISTENING):
        heard = echo.reprompt() if echo.has_reprompt else echo.silence()
        finished = loudspeaker.turn(heard)
    return heard


def next_line(echo: PretendEcho, loudspeaker: Loudspeaker, heard: Heard) -> str:
    """Return what is typed next; in a session a key may stand for a word, and an empty line for going on.

    The clock stands still meanwhile: who types was heard when they began.

    Raises:
        EOFError: when nothing more can be typed.
    """
    typed, loudspeaker.typed_ahead = loudspeaker.typed_ahead, ""
    first, *others = split_keys(typed) or [""]
    if heard.goes_on and first in STEERING:
        loudspeaker.typed_ahead = "".join(others)
        return STEERING[first]
    with echo.clock.held():
        line = read_line("You: ", typed.lstrip("\n \x1b"))
    waits = heard.goes_on or heard.intent == PAUSED
    if waits and (not line.strip() or loudspeaker.takes_volume(line)):
        return "resume"
    return line
