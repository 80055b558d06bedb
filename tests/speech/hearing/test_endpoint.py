"""Where an utterance ends: real speech, and WebRTC's voice detector."""

from collections.abc import Iterator

import numpy as np
import pytest
from pocketsphinx import Vad

from speech.espeak import open_espeak
from speech.hearing.endpoint import FRAME, Patience, utterance
from speech.hearing.sound import RATE, resampled

SIZE = 2 * round(FRAME * RATE)


def _said(text: str) -> bytes:
    audio = open_espeak().synthesise(text, 150, "gmw/en-US")
    return resampled(np.frombuffer(audio.samples, np.int16).astype(np.float64), audio.sample_rate).tobytes()


def _quiet(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE))


def _frames(sound: bytes) -> Iterator[bytes]:
    return (sound[at : at + SIZE] for at in range(0, len(sound) - SIZE + 1, SIZE))


def _seconds(sound: bytes) -> float:
    return len(sound) / 2 / RATE


def test_who_stops_to_look_for_a_word_is_heard_to_the_end() -> None:
    sound = _quiet(1) + _said("should I use") + _quiet(1.2) + _said("ice or heat") + _quiet(3) + _said("and the news")
    heard = utterance(_frames(sound), Vad(Vad.STRICT, RATE, FRAME).is_speech)
    whole = _seconds(_said("should I use")) + 1.2 + _seconds(_said("ice or heat"))
    assert whole + 1.0 < _seconds(heard) < whole + 2.6


def test_somebody_who_says_nothing_is_waited_for_and_then_not_heard() -> None:
    detector = Vad(Vad.STRICT, RATE, FRAME)
    assert utterance(_frames(_quiet(20)), detector.is_speech) == b""
    late = _quiet(3) + _said("ice or heat")
    assert utterance(_frames(late), detector.is_speech, Patience(beginning=2)) == b""


def test_a_key_ends_it_at_once() -> None:
    sound = _said("should I use ice or heat on my back today")
    heard = utterance(_frames(sound), Vad(Vad.STRICT, RATE, FRAME).is_speech, ended=lambda: True)
    assert _seconds(heard) < 0.1


@pytest.mark.parametrize("pause", [0.6, 2.5])
def test_how_long_a_pause_may_be_is_the_listeners_choice(pause: float) -> None:
    sound = _said("should I use") + _quiet(1.5) + _said("ice or heat") + _quiet(4)
    heard = utterance(_frames(sound), Vad(Vad.STRICT, RATE, FRAME).is_speech, Patience(pause))
    assert (_seconds(heard) > 3) == (pause > 1.5)
