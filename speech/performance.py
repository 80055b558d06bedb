"""Performing a Spoken: sentences through a voice, silences exact, the pace relative to the listener's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias

from speech.audio import Audio, silence
from speech.document import Pause, Say, Spoken
from speech.duration import NORMAL_RATE, seconds_to_say
from speech.espeak import LONGEST_TEXT
from speech.local_voice import Synthesiser

_SILENT_RATE = 22050
"""Hertz of a Spoken that begins with silence, before a sentence has told the voice's own rate."""

LONG_SILENCE = 9.5
"""Seconds from which on a silence is shown too, so that nobody thinks that all is over."""

Begins: TypeAlias = Callable[[Say | Pause, float], None]


class Stage(Protocol):
    """Where sound goes: a player, or a test's ear."""

    def play(self, parts: Iterator[Audio]) -> bool:
        """Play all parts; True when they were heard to the end."""

    def stop(self) -> None:
        """End what is playing."""


class SilentVoice:
    """Says nothing, for just as long as a voice would."""

    def synthesise(self, text: str, words_per_minute: int) -> Audio:
        """Return silence."""
        return silence(seconds_to_say(text, words_per_minute / NORMAL_RATE), _SILENT_RATE)


class SilentStage:
    """Lets the time of each sound pass, where none can be heard: for those who read along."""

    def __init__(self) -> None:
        """Begin with nothing playing."""
        self._stopped = threading.Event()

    def play(self, parts: Iterator[Audio]) -> bool:
        """Wait as long as the parts last; False when it was stopped."""
        self._stopped.clear()
        end = time.monotonic()
        for part in parts:
            end += part.seconds
            if self._stopped.wait(max(0.0, end - time.monotonic())):
                return False
        return True

    def stop(self) -> None:
        """End the waiting."""
        self._stopped.set()


def sound(words: Spoken, voice: Synthesiser, words_per_minute: int, begins: Begins | None = None) -> Iterator[Audio]:
    """Yield the sound of each part in turn, each made only when the one before was taken.

    `begins` is told of each part, and when it begins, in seconds from the start.
    """
    rate = 0
    waiting = elapsed = 0.0
    for part in words:
        if begins:
            begins(part, elapsed)
        if isinstance(part, Pause):
            elapsed += part.seconds
            if rate:
                yield silence(part.seconds, rate)
            else:
                waiting += part.seconds
            continue
        for piece in _pieces(part.text):
            audio = voice.synthesise(piece, round(words_per_minute * part.pace))
            if waiting and not rate:
                yield silence(waiting, audio.sample_rate)
            rate = audio.sample_rate
            elapsed += audio.seconds
            yield audio
    if not rate and waiting:
        yield silence(waiting, _SILENT_RATE)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text that is too long for one call at spaces; no word is lost."""
    while len(text) > LONGEST_TEXT:
        cut = text.rfind(" ", 1, LONGEST_TEXT)
        cut = cut if cut > 0 else LONGEST_TEXT
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def perform(
    words: Spoken, voice: Synthesiser, stage: Stage, words_per_minute: int, begins: Begins | None = None
) -> bool:
    """Say it aloud; return True when it was heard to the end, False when it was stopped.

    Raises:
        VoiceUnavailableError: when the voice or the player fails.
    """
    return stage.play(sound(words, voice, words_per_minute, begins))
