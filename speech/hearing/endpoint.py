"""Where an utterance begins and ends in a stream of sound, patient with people who look for words."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FRAME = 0.03
"""Seconds that are judged at once, as the voice detector of WebRTC takes them."""

PAUSE = 1.5
"""Seconds of silence that end an utterance: people who stutter, breathe or look for words pause for less."""

PATIENCE = 8.0
"""Seconds until somebody begins: so long an Alexa speaker waits."""

LONGEST = 60.0
"""Seconds of one utterance."""

_JUDGED_TOGETHER, _OF_THEM_SPEECH = 10, 6
"""Frames; a click of one frame is no speech."""

_BEFORE = 0.3
"""Seconds that are kept from before the first speech: its first sound is soft."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited."""

    pause: float = PAUSE
    """Seconds of silence that end an utterance."""
    beginning: float = PATIENCE
    """Seconds until somebody begins."""


UNHURRIED = Patience(pause=LONGEST, beginning=LONGEST)
"""For who ends an utterance by a key alone: it lasts LONGEST at most."""


def utterance(
    frames: Iterable[bytes],
    is_speech: Callable[[bytes], bool],
    patience: Patience = Patience(),
    ended: Callable[[], bool] = lambda: False,
) -> bytes:
    """Return the sound of one utterance out of frames of FRAME seconds; empty when nobody spoke.

    `ended` tells that the listener pressed a key to say that this was all.
    """
    latest: deque[bool] = deque(maxlen=_JUDGED_TOGETHER)
    heard: list[bytes] = []
    lead: deque[bytes] = deque(maxlen=_JUDGED_TOGETHER + round(_BEFORE / FRAME))
    waited = quiet = 0.0
    for frame in frames:
        speech = is_speech(frame)
        latest.append(speech)
        if heard:
            heard.append(frame)
            quiet = 0.0 if speech else quiet + FRAME
            if quiet >= patience.pause or len(heard) * FRAME >= LONGEST:
                break
        else:
            lead.append(frame)
            waited += FRAME
            if sum(latest) >= _OF_THEM_SPEECH:
                heard = list(lead)
            elif waited >= patience.beginning:
                break
        if ended():
            break
    return b"".join(heard)
