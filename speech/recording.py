"""Recordings: sentences at their times, evenly loud, with a soft background if wanted; as WAV and MP3."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import lameenc
import numpy as np
from numpy.typing import NDArray

from speech.audio import Audio, Word, write_whole
from speech.document import Say
from speech.errors import VoiceUnavailableError
from speech.local_voice import Synthesiser

Samples = NDArray[np.float64]

FULL_SCALE = 32_768.0

SPEECH_LEVEL = -20.0
"""Decibels below full scale, root mean square over what is not silent: loud enough for a small speaker, and far
enough from the top for the peaks of every voice that was tried."""

HIGHEST_PEAK = -1.0
"""Decibels below full scale: an MP3 decoder overshoots a little."""

AUDIBLE = 0.004
"""Of full scale. Quieter samples are the gaps inside a sentence, and count for no loudness."""

BACKGROUND_BELOW = 24.0
"""Decibels below the voice. WCAG 1.4.7 asks for at least 20."""

BACKGROUND_FADE = 4.0
"""Seconds at both ends."""

ALEXA_BIT_RATE = 48
"""Kilobits a second: what Alexa asks of MP3 in speech, and more than the least for a stream."""

ALEXA_SAMPLE_RATES = (16_000, 22_050, 24_000)
"""Hertz: those at which Alexa takes MP3 of MPEG version 2."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and when it begins, in seconds from the start of the recording."""

    start: float
    say: Say


@dataclass(frozen=True, slots=True)
class Recording:
    """The sound of a whole, and the time of each sentence and word in it."""

    audio: Audio
    """Its words are those of every sentence; a word's `position` is in its own sentence."""
    spoken: tuple[tuple[float, float], ...]
    """When the sound of each sentence begins and ends, in seconds."""


def record(
    sentences: Iterable[Sentence],
    seconds: float,
    voice: Synthesiser,
    words_per_minute: int,
    *,
    background: bool = False,
) -> Recording:
    """Record sentences, each at its own time, in a whole of exactly so many seconds.

    Raises:
        VoiceUnavailableError: when the voice fails, or takes so long that sentences would overlap.
    """
    placed: list[tuple[float, Audio]] = []
    for sentence in sentences:
        audio = voice.synthesise(sentence.say.text, round(words_per_minute * sentence.say.pace))
        if placed and sentence.start < placed[-1][0] + placed[-1][1].seconds:
            raise VoiceUnavailableError(
                f"This voice is too slow for its times: '{sentence.say.text}' would begin before the sentence "
                "before it has ended. Choose another voice, or a higher rate."
            )
        placed.append((sentence.start, audio))
    if not placed:
        raise ValueError("there is nothing to record")
    rate = placed[0][1].sample_rate
    track = np.zeros(round(seconds * rate))
    for start, audio in placed:
        sound = _level(_samples(audio))
        first = round(start * rate)
        room = track[first : first + len(sound)]
        room += sound[: len(room)]
    if background:
        track += _background(len(track), rate)
    words = tuple(
        Word(start + word.start, word.position, word.length) for start, audio in placed for word in audio.words
    )
    spoken = tuple((start, start + audio.seconds) for start, audio in placed)
    return Recording(Audio(_pcm(track), rate, words), spoken)


def loudness(audio: Audio) -> float:
    """Return the level of what is not silent, in decibels below full scale; minus infinity for silence."""
    heard = _heard(_samples(audio))
    return 20 * math.log10(math.sqrt(float(np.mean(heard**2)))) if len(heard) else -math.inf


def _samples(audio: Audio) -> Samples:
    return np.frombuffer(audio.samples, dtype="<i2").astype(np.float64) / FULL_SCALE


def _heard(sound: Samples) -> Samples:
    return sound[np.abs(sound) >= AUDIBLE]


def _level(sound: Samples) -> Samples:
    """Bring a sentence to the common level, its peaks kept below the highest."""
    heard = _heard(sound)
    if not len(heard):
        return sound
    gain = 10 ** (SPEECH_LEVEL / 20) / math.sqrt(float(np.mean(heard**2)))
    peak = 10 ** (HIGHEST_PEAK / 20) / float(np.abs(heard).max())
    return sound * min(gain, peak)


def _background(length: int, rate: int) -> Samples:
    """Return a soft sound like far surf: low noise that swells every ten seconds; the same each time."""
    noise = np.random.default_rng(7).standard_normal(length)
    spectrum = np.fft.rfft(noise)
    frequencies = np.fft.rfftfreq(length, 1 / rate)
    spectrum *= 1 / np.maximum(frequencies, 60.0)  # falls by 6 decibels an octave: no hiss
    surf: Samples = np.fft.irfft(spectrum, length)
    time = np.arange(length) / rate
    surf *= 0.7 + 0.3 * np.sin(2 * math.pi * time / 10)
    fade = np.minimum(1.0, np.minimum(time, time[::-1]) / BACKGROUND_FADE)
    level = 10 ** ((SPEECH_LEVEL - BACKGROUND_BELOW) / 20)
    return surf * fade * level / math.sqrt(float(np.mean(surf**2)))


def _pcm(track: Samples) -> bytes:
    loud = np.clip(np.round(track * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
    return loud.astype("<i2").tobytes()


def write_mp3(path: Path, audio: Audio) -> None:
    """Write an MP3 as Alexa wants it: MPEG version 2, one channel, 48 kilobits a second.

    Raises:
        VoiceUnavailableError: when the sample rate is none that Alexa takes.
        OSError: when it cannot be written.
    """
    if audio.sample_rate not in ALEXA_SAMPLE_RATES:
        raise VoiceUnavailableError(
            f"This voice speaks at {audio.sample_rate} hertz, and Alexa takes MP3 at {ALEXA_SAMPLE_RATES} only: "
            "choose another voice."
        )
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(audio.sample_rate)
    encoder.set_bit_rate(ALEXA_BIT_RATE)
    encoder.set_quality(2)
    write_whole(path, bytes(encoder.encode(audio.samples)) + bytes(encoder.flush()))
