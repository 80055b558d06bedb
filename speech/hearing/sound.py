"""Sound files as a recogniser wants them: one channel, 16,000 samples a second, 16 bits."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Hertz, what the recogniser's voices were recorded at."""

RATES = range(4_000, 400_000)
"""Hertz that any recorder writes; of fewer no speech is left."""

LONGEST = 60
"""Seconds; nobody says more in one breath, and longer files are recordings of something else."""

_SIXTEEN_BITS = 2
_HALF_WIDTH = 16
"""Zero crossings of the filter on each side: some 60 decibels between what is kept and what would fold over."""


class SoundError(Exception):
    """A sound file cannot be heard; the message says why and what to do."""


def read_sound(path: Path) -> NDArray[np.int16]:
    """Return the samples of a WAV file.

    Raises:
        SoundError: when it is missing, empty, too long, or no WAV file of 16 bits.
    """
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, count, *_ = file.getparams()
            if width != _SIXTEEN_BITS:
                raise SoundError(f"{path} has {8 * width} bits a sample. Save it as a WAV file with 16.")
            if rate not in RATES:
                raise SoundError(f"{path} has {rate} samples a second. Save it with 16000.")
            if count > LONGEST * rate:
                raise SoundError(f"{path} is longer than {LONGEST} seconds. Cut it to one question.")
            raw = file.readframes(count)
    except (wave.Error, EOFError, RuntimeError) as error:  # the last is what `wave` makes of a length that is not so
        raise SoundError(
            f"{path} is no WAV file that can be read ({error or 'it is cut off'}). Save it as 16-bit WAV."
        ) from error
    except OSError as error:
        raise SoundError(f"{path} cannot be read ({error.strerror}). Check its name.") from error
    samples = np.frombuffer(raw[: len(raw) // (2 * channels) * 2 * channels], "<i2").reshape(-1, channels)
    if not samples.any():
        raise SoundError(f"{path} holds no sound. Record it again, a little nearer.")
    return resampled(samples.astype(np.float64).mean(axis=1), rate)


def resampled(samples: NDArray[np.float64], rate: int) -> NDArray[np.int16]:
    """Return it at 16,000 hertz, through a windowed-sinc filter: what is above 8,000 would fold into speech."""
    if rate != RATE:
        step = rate / RATE
        width = _HALF_WIDTH * max(step, 1.0)
        padded = np.pad(samples, int(width) + 1)
        at = np.arange(int(len(samples) / step)) * step
        offsets = np.arange(-int(width), int(width) + 1)
        near = at.astype(np.int64)[:, None] + offsets
        distance = near - at[:, None]
        filtered = np.sinc(distance / max(step, 1.0)) * np.cos(np.pi * distance / (2 * width + 2)) ** 2
        samples = (padded[near + int(width) + 1] * filtered).sum(axis=1) / max(step, 1.0)
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)
