"""Words as one sound, and when each sentence of it is heard."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from speech.audio import Audio, silence, wav_bytes
from speech.captions import plain_text
from speech.document import Pause, Say, Spoken
from speech.local_voice import DEFAULT_RATE, LocalVoice, Synthesiser
from speech.performance import LONG_SILENCE, SilentVoice, sound
from speech.pronunciation import Pronunciations


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a long silence (then without text), and when it is heard, in seconds from the start."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sounding:
    """A reply as it is heard, or as it would be."""

    lines: tuple[Line, ...]
    seconds: float
    wav: bytes
    """A whole WAV file; empty where nothing is to be heard."""


class Voices:
    """This computer's voices, driven by one thread of their own: their engines are made for no more."""

    def __init__(self) -> None:
        """Start no voice before one is asked for."""
        self._thread = ThreadPoolExecutor(1, "voice")
        self._open: dict[tuple[str, str], LocalVoice] = {}

    def names(self) -> tuple[str, ...]:
        """Return the voices that speak English.

        Raises:
            VoiceUnavailableError: when this computer has no voice.
        """
        return self._thread.submit(lambda: LocalVoice().english()).result()

    def sounding(
        self, words: Spoken, hard_words: Pronunciations, locale: str, voice: str, listening: float
    ) -> Sounding:
        """Return the sound of words in a voice, followed by so many seconds of silence.

        Raises:
            VoiceUnavailableError: when this computer has no voice, or none of this name.
        """
        return self._thread.submit(self._sounding, words, hard_words, locale, voice, listening).result()

    def _sounding(
        self, words: Spoken, hard_words: Pronunciations, locale: str, voice: str, listening: float
    ) -> Sounding:
        if (locale, voice) not in self._open:
            self._open[locale, voice] = LocalVoice(hard_words, voice)
        return _performed(words, self._open[locale, voice], hard_words, listening, keep=True)


def unheard(words: Spoken, hard_words: Pronunciations, listening: float) -> Sounding:
    """Return words for somebody who reads them: no sound, at the times that a voice would take."""
    return _performed(words, SilentVoice(), hard_words, listening, keep=False)


def _performed(
    words: Spoken, voice: Synthesiser, hard_words: Pronunciations, listening: float, *, keep: bool
) -> Sounding:
    begun: list[tuple[Say | Pause, float]] = []
    parts = list(_with_silence(sound(words, voice, DEFAULT_RATE, lambda part, at: begun.append((part, at))), listening))
    seconds = sum(part.seconds for part in parts)
    ends = [*(at for _, at in begun), seconds - listening][1:]
    lines = tuple(
        Line(plain_text((part,), hard_words), round(start, 3), round(end, 3))
        for (part, start), end in zip(begun, ends, strict=True)
        if isinstance(part, Say) or part.seconds >= LONG_SILENCE
    )
    return Sounding(lines, round(seconds, 3), wav_bytes(parts) if keep and parts else b"")


def _with_silence(parts: Iterator[Audio], seconds: float) -> Iterator[Audio]:
    rate = 0
    for part in parts:
        rate = part.sample_rate
        yield part
    if rate and seconds:
        yield silence(seconds, rate)
