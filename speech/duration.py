"""How long a sentence takes to say, worked out from its words before any voice has said it."""

from __future__ import annotations

import functools
import re

from speech.document import Pause, Spoken

NORMAL_RATE = 155
"""Words per minute that a pace of 1 stands for."""

# Least squares over every sentence of the relaxation sessions, said by espeak-ng at 100 to 155 words per
# minute, edges trimmed: off by 6 percent a sentence on the average, and by nothing in sum. A voice takes time
# in proportion to 1 / rate.
_EACH, _WORD, _LETTER, _COMMA = 0.174, 0.0618, 0.05, 0.356
"""Seconds at NORMAL_RATE."""


def seconds_to_say(text: str, pace: float = 1.0) -> float:
    """Return the seconds that a voice takes for one sentence, at a pace relative to NORMAL_RATE."""
    return _at_normal_rate(text) / pace


@functools.lru_cache(maxsize=4096)  # a session is planned anew at each turn, of the same sentences
def _at_normal_rate(text: str) -> float:
    words = len(text.split())
    letters = sum(character.isalnum() for character in text)
    commas = len(re.findall(r"[,;:]", text))
    return _EACH + _WORD * words + _LETTER * letters + _COMMA * commas


def seconds_to_say_all(words: Spoken) -> float:
    """Return the seconds that a Spoken takes, silences included."""
    return sum(part.seconds if isinstance(part, Pause) else seconds_to_say(part.text, part.pace) for part in words)
