"""Where in a recorded session a listener is: told by what the device says of the stream that it plays."""

from __future__ import annotations

import re
from dataclasses import replace

from ask_sdk_model import Context
from ask_sdk_model.interfaces.audioplayer import PlayerActivity

from skill.library import Library
from skill.relaxation.practice import Practice

_TOKEN = re.compile(r"gentle-back/([a-z0-9-]+)/(\d{1,2})/([a-z]+)/(\d{1,12})(?:/gently)?")

_HEARD = (PlayerActivity.PLAYING, PlayerActivity.PAUSED, PlayerActivity.BUFFER_UNDERRUN)  # the SDK cannot hash them
"""The listener has not ended it: Alexa only holds it while somebody speaks."""

GENTLY = "/gently"
"""Ends the token of a session in which something hurt."""

ROUNDING = 0.001
"""Seconds. A step's start is sent to the device in whole milliseconds, and must come back as that step's."""


def as_stream(practice: Practice, now: float) -> Practice:
    """Return it as one playing: another one each time, so that a late event of an earlier one is known as such."""
    return replace(practice, began=0.0, stream=int(now))


def as_spoken(practice: Practice) -> Practice:
    """Return it as one that is spoken: no recording tells any more where it is."""
    return replace(practice, offset=0.0, stream=0)


def token_of(practice: Practice) -> str:
    """Return what the device calls this stream.

    That something hurt is kept there, for as long as the device plays, and not in our memory.
    """
    name = f"gentle-back/{practice.script}/{practice.minutes}/{practice.posture}/{practice.stream}"
    return name + GENTLY if practice.hurt else name


def is_ours(token: str | None) -> bool:
    """Tell whether a stream is a recording of ours."""
    return bool(token) and _TOKEN.fullmatch(token or "") is not None


def is_stream_of(token: str | None, practice: Practice | None) -> bool:
    """Tell whether a stream is the very one that this session was last played as."""
    if practice is None or practice.stream == 0 or not token:
        return False
    return token.removesuffix(GENTLY) == token_of(replace(practice, hurt=False))


def at_offset(practice: Practice, offset_milliseconds: int | None, library: Library) -> Practice:
    """Return the session of a stream, paused exactly there."""
    offset = max(0.0, (offset_milliseconds or 0) / 1000)
    return replace(practice, step=practice.plan(library).step_at(offset + ROUNDING), offset=offset, began=0.0)


def interrupted(context: Context, kept: Practice | None, now: float, library: Library) -> tuple[Practice | None, bool]:
    """Return the session as this request finds it, and whether its recording was being heard.

    The device knows better than our memory how far its stream has come, as long as it is the one that we keep.
    """
    state = context.audio_player
    if state is None or not is_ours(state.token):
        return kept, False
    heard = state.player_activity in _HEARD
    if kept is None and heard:
        kept = _from_token(state.token, library)  # our memory failed; what is heard can still be steered
    if kept is None or not is_stream_of(state.token, kept):
        return kept, False
    if state.player_activity is PlayerActivity.FINISHED:
        return None, False
    if state.player_activity is PlayerActivity.IDLE:
        return kept, False
    found = at_offset(kept, state.offset_in_milliseconds, library)
    found = replace(found, hurt=found.hurt or state.token.endswith(GENTLY))
    if not heard:
        return found, False
    start = found.plan(library).steps[found.step].start
    return replace(found, began=now - (found.offset - start)), True


def _from_token(token: str, library: Library) -> Practice | None:
    """Return the session that a token names; None when there is no such session (any more)."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    practice = Practice(found[1], int(found[2]), found[3], stream=int(found[4]))
    return practice if practice.known(library) else None
