"""Performing a Spoken: sentences through a voice, silences exact, the pace relative to the listener's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from speech.audio import Audio, silence
from speech.document import Pause, Say, Spoken
from speech.espeak import LONGEST_TEXT
from speech.local_voice import Synthesiser

_SILENT_RATE = 22050
"""Hertz of a Spoken that begins with silence, before a sentence has told the voice's own rate."""


class Stage(Protocol):
    """Where sound goes: a player, or a test's ear."""

    def play(self, parts: Iterator[Audio]) -> bool:
        """Play all parts; True when they were heard to the end."""

    def stop(self) -> None:
        """End what is playing."""


def sound(words: Spoken, voice: Synthesiser, words_per_minute: int) -> Iterator[Audio]:
    """Yield the sound of each part in turn, each made only when the one before was taken."""
    rate = 0
    waiting = 0.0
    for part in words:
        match part:
            case Pause(seconds):
                if rate:
                    yield silence(seconds, rate)
                else:
                    waiting += seconds
            case Say(text, pace):
                for piece in _pieces(text):
                    audio = voice.synthesise(piece, round(words_per_minute * pace))
                    if not rate:
                        rate = audio.sample_rate
                        if waiting:
                            yield silence(waiting, rate)
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


def perform(words: Spoken, voice: Synthesiser, stage: Stage, words_per_minute: int) -> bool:
    """Say it aloud; return True when it was heard to the end, False when it was stopped.

    Raises:
        VoiceUnavailableError: when the voice or the player fails.
    """
    return stage.play(sound(words, voice, words_per_minute))
