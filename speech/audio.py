"""Sound as a value: 16-bit mono samples, their rate, and when each word begins."""

from __future__ import annotations

import io
import itertools
import os
import sys
import wave
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SAMPLE_BYTES = 2
QUIET = 200
"""Samples no louder than this (of 32,767, about -44 dB) at an edge are engine silence, not speech."""

EDGE_SECONDS = 0.005
"""Kept beyond the first and last loud sample, so that soft consonants are not clipped."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text and when its sound begins."""

    start: float
    """Seconds from the start of the audio."""
    position: int
    """Index of its first character in the text that was spoken."""
    length: int
    """Number of characters."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Mono sound: little-endian signed 16-bit samples at `sample_rate` hertz."""

    samples: bytes
    sample_rate: int
    words: tuple[Word, ...] = ()

    @property
    def seconds(self) -> float:
        """The length in seconds."""
        return len(self.samples) / SAMPLE_BYTES / self.sample_rate

    def at_volume(self, volume: float) -> Audio:
        """Return it with every sample times `volume`, from 0 to 1."""
        if volume >= 1:
            return self
        loud = _samples(self.samples)
        quieter = array("h", (round(sample * volume) for sample in loud))
        return Audio(_bytes(quieter), self.sample_rate, self.words)

    def trimmed(self) -> Audio:
        """Return it without the silence at both edges, word times moved along."""
        loud = _samples(self.samples)
        first, last = 0, len(loud)
        while first < last and abs(loud[first]) <= QUIET:
            first += 1
        while last > first and abs(loud[last - 1]) <= QUIET:
            last -= 1
        edge = round(EDGE_SECONDS * self.sample_rate)
        first, last = max(0, first - edge), min(len(loud), last + edge)
        shift = first / self.sample_rate
        return Audio(
            self.samples[first * SAMPLE_BYTES : last * SAMPLE_BYTES],
            self.sample_rate,
            tuple(Word(max(0.0, w.start - shift), w.position, w.length) for w in self.words),
        )


def _samples(raw: bytes) -> array[int]:
    samples = array("h", raw)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _bytes(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def silence(seconds: float, sample_rate: int) -> Audio:
    """Return exact zeros of the length asked, to the nearest sample."""
    return Audio(bytes(round(seconds * sample_rate) * SAMPLE_BYTES), sample_rate)


def write_wav(path: Path, parts: Iterable[Audio]) -> float:
    """Write audio parts, one after another, as a WAV file; return its length in seconds.

    The file appears whole or not at all: it is written beside its place and then renamed.

    Raises:
        OSError: when the folder is missing or read-only, or the disk is full.
        ValueError: when there is nothing to write.
    """
    rest = iter(parts)
    first = next(rest, None)
    if first is None:
        raise ValueError("there is nothing to record")
    with _appearing_whole(path) as raw:
        return _write(raw, first, rest)


def wav_bytes(parts: Iterable[Audio]) -> bytes:
    """Return audio parts, one after another, as a WAV file in memory.

    Raises:
        ValueError: when there is nothing to write.
    """
    rest = iter(parts)
    first = next(rest, None)
    if first is None:
        raise ValueError("there is nothing to hear")
    raw = io.BytesIO()
    _write(raw, first, rest)
    return raw.getvalue()


def _write(raw: BinaryIO, first: Audio, rest: Iterable[Audio]) -> float:
    seconds = 0.0
    with wave.open(raw, "wb") as file:
        file.setparams((1, SAMPLE_BYTES, first.sample_rate, 0, "NONE", ""))
        for audio in itertools.chain([first], rest):
            file.writeframes(audio.samples)
            seconds += audio.seconds
    return seconds


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all.

    Raises:
        OSError: when the folder is missing or read-only, or the disk is full.
    """
    with _appearing_whole(path) as file:
        file.write(content)


@contextmanager
def _appearing_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside its place; it takes its place when all went well."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
