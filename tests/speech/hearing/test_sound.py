"""Sound files, as a recogniser takes them."""

import wave
from pathlib import Path

import numpy as np
import pytest

from speech.hearing.sound import RATE, SoundError, read_sound, resampled


def _tone(hertz: float, rate: int) -> np.ndarray:
    return 10_000 * np.sin(2 * np.pi * hertz * np.arange(rate) / rate)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_what_is_in_speech_stays_and_takes_as_long(rate: int) -> None:
    heard = resampled(_tone(1_000, rate), rate)
    assert len(heard) == pytest.approx(RATE, abs=2)
    assert np.abs(heard[2_000:-2_000]).max() == pytest.approx(10_000, rel=0.02)


def test_what_would_fold_into_speech_is_gone() -> None:
    heard = resampled(_tone(10_000, 44_100), 44_100)
    assert np.abs(heard[2_000:-2_000]).max() < 100


def _write(path: Path, samples: np.ndarray, width: int = 2, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, width, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


@pytest.mark.parametrize(
    ("make", "mend"),
    [
        (lambda path: path.write_bytes(b"no sound at all"), "Save it as 16-bit WAV"),
        (lambda path: path.write_bytes(b""), "Save it as 16-bit WAV"),
        (lambda path: None, "Check its name"),
        (lambda path: path.mkdir(), "Check its name"),
        (lambda path: _write(path, np.zeros(100, np.int16)), "Record it again"),
        (lambda path: _write(path, np.ones(100, np.uint8), width=1), "16"),
        (lambda path: _write(path, np.ones(61 * RATE, np.int16)), "Cut it"),
    ],
)
def test_a_file_that_cannot_be_heard_is_told_with_its_mend(tmp_path: Path, make, mend: str) -> None:
    path = tmp_path / "question.wav"
    make(path)
    with pytest.raises(SoundError, match=mend):
        read_sound(path)


def test_two_channels_are_heard_as_one(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.tile(np.array([100, 300], np.int16), 500).tobytes())
    assert (read_sound(path) == 200).all()
