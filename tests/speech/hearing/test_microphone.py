"""The microphone, with PortAudio's Python module replaced at the edge: no machine of ours has one."""

import builtins
import sys
from types import ModuleType, SimpleNamespace
from typing import Any, Self

import numpy as np
import pytest

from speech.errors import HearingUnavailableError
from speech.espeak import open_espeak
from speech.hearing.endpoint import FRAME, Patience
from speech.hearing.microphone import Microphone
from speech.hearing.sound import RATE, resampled


class PortAudioError(Exception):
    """What sounddevice raises."""


def _question() -> bytes:
    audio = open_espeak().synthesise("should I use ice or heat", 150, "gmw/en-US")
    said = resampled(np.frombuffer(audio.samples, np.int16).astype(np.float64), audio.sample_rate)
    quiet = np.zeros(RATE, np.int16)
    return np.concatenate([quiet, said, quiet, quiet, quiet]).tobytes()


class Stream:
    """Gives the sound of a question, and then fails like one whose plug was pulled."""

    def __init__(self, **wanted: Any) -> None:
        assert (wanted["samplerate"], wanted["channels"], wanted["dtype"]) == (RATE, 1, "int16")
        self.left = _question()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, frames: int) -> tuple[bytes, bool]:
        if not self.left:
            raise PortAudioError("device unplugged")
        piece, self.left = self.left[: 2 * frames], self.left[2 * frames :]
        return piece.ljust(2 * frames, b"\0"), False


@pytest.fixture
def sounddevice(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    module = SimpleNamespace(
        PortAudioError=PortAudioError, check_input_settings=lambda **_: None, RawInputStream=Stream
    )
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def test_an_utterance_is_heard_from_its_first_word_to_the_pause_after_its_last(sounddevice: SimpleNamespace) -> None:
    heard = Microphone().listen(Patience(), lambda: False)
    seconds = len(heard) / RATE
    said = len(_question()) / 2 / RATE - 4
    assert said < seconds < said + 2.5
    assert len(heard) % round(FRAME * RATE) == 0


def test_a_microphone_that_goes_away_is_told(sounddevice: SimpleNamespace) -> None:
    with pytest.raises(HearingUnavailableError, match="went away"):
        Microphone().listen(Patience(pause=30, beginning=30), lambda: False)


def test_a_computer_without_a_microphone_says_what_to_do(sounddevice: SimpleNamespace) -> None:
    def none(**_: object) -> None:
        raise PortAudioError("no default input device")

    sounddevice.check_input_settings = none
    with pytest.raises(HearingUnavailableError, match="Plug one in"):
        Microphone()


@pytest.mark.parametrize(("error", "mend"), [(ImportError("no"), "pip install"), (OSError("no"), "libportaudio2")])
def test_what_is_not_installed_is_named(error: Exception, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name == "sounddevice":
            raise error
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(HearingUnavailableError, match=mend):
        Microphone()
