"""Recordings made with the real voice."""

import itertools
import math
import wave
from array import array
from pathlib import Path

import numpy as np
import pytest

from speech.audio import Audio, silence, write_wav
from speech.document import Say
from speech.errors import VoiceUnavailableError
from speech.local_voice import LocalVoice
from speech.recording import (
    ALEXA_BIT_RATE,
    HIGHEST_PEAK,
    SPEECH_LEVEL,
    Recording,
    Sentence,
    loudness,
    record,
    write_mp3,
)

SENTENCES = [
    Sentence(0.0, Say("This takes about two minutes.", 0.84)),
    Sentence(4.0, Say("In.", 0.84)),
    Sentence(8.0, Say("Out.", 0.71)),
    Sentence(12.0, Say("Notice your breath, just as it is.", 0.71)),
]


@pytest.fixture(scope="module")
def recording(voice: LocalVoice) -> Recording:
    return record(SENTENCES, 20.0, voice, 155)


def _part(audio: Audio, start: float, end: float) -> Audio:
    first, last = (round(time * audio.sample_rate) * 2 for time in (start, end))
    return Audio(audio.samples[first:last], audio.sample_rate)


def test_a_recording_is_exactly_as_long_as_asked(recording: Recording) -> None:
    assert recording.audio.seconds == pytest.approx(20.0, abs=1e-4)


def test_each_sentence_begins_at_its_time(recording: Recording) -> None:
    assert [start for start, _ in recording.spoken] == [0.0, 4.0, 8.0, 12.0]
    for sentence in SENTENCES:
        assert loudness(_part(recording.audio, sentence.start, sentence.start + 0.3)) > -40
    for (_, end), (start, _) in itertools.pairwise(recording.spoken):
        assert loudness(_part(recording.audio, end, start)) == -math.inf


def test_the_words_of_the_audio_tell_their_own_times(recording: Recording) -> None:
    starts = [word.start for word in recording.audio.words if word.position == 0]
    assert starts == pytest.approx([0.0, 4.0, 8.0, 12.0], abs=0.1)


def test_every_sentence_is_as_loud_as_the_others_and_none_is_clipped(recording: Recording) -> None:
    levels = [loudness(_part(recording.audio, start, end)) for start, end in recording.spoken]
    assert max(levels) - min(levels) < 1.5
    assert all(abs(level - SPEECH_LEVEL) < 1.5 for level in levels)
    peak = max(abs(sample) for sample in array("h", recording.audio.samples)) / 32768
    assert 20 * math.log10(peak) <= HIGHEST_PEAK + 0.1


def test_a_background_is_at_least_twenty_decibels_below_the_voice(voice: LocalVoice) -> None:
    with_sea = record(SENTENCES, 20.0, voice, 155, background=True)
    both = np.frombuffer(with_sea.audio.samples, dtype="<i2").astype(float) / 32768
    gap = both[(5 * 22050) : round(7.5 * 22050)]
    assert np.abs(gap).max() > 0, "it is there"
    level = 20 * math.log10(math.sqrt(float(np.mean(gap**2))))
    assert SPEECH_LEVEL - level >= 20
    assert float(np.abs(both).max()) < 1


def test_sentences_never_overlap(voice: LocalVoice) -> None:
    crowded = [Sentence(0.0, Say("This takes about two minutes.")), Sentence(0.5, Say("In."))]
    with pytest.raises(VoiceUnavailableError, match="too slow"):
        record(crowded, 5, voice, 155)


def test_nothing_to_say_is_an_error(voice: LocalVoice) -> None:
    with pytest.raises(ValueError, match="nothing to record"):
        record([], 5, voice, 155)


def _frames(mp3: bytes) -> list[tuple[int, int, int]]:
    """Return MPEG version bits, kilobits a second and hertz of each frame, read from its own header."""
    rates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    found, place = [], 0
    while place + 4 <= len(mp3):
        assert mp3[place] == 0xFF and mp3[place + 1] & 0xE0 == 0xE0
        version, layer = mp3[place + 1] >> 3 & 3, mp3[place + 1] >> 1 & 3
        assert layer == 1
        bit_rate = rates[mp3[place + 2] >> 4]
        sample_rate = [22050, 24000, 16000][mp3[place + 2] >> 2 & 3]
        padding = mp3[place + 2] >> 1 & 1
        found.append((version, bit_rate, sample_rate))
        place += 72 * bit_rate * 1000 // sample_rate + padding
    return found


def test_an_mp3_is_as_alexa_wants_it(recording: Recording, tmp_path: Path) -> None:
    write_mp3(tmp_path / "a.mp3", recording.audio)
    frames = _frames((tmp_path / "a.mp3").read_bytes())
    mpeg_2 = 2
    assert set(frames) == {(mpeg_2, ALEXA_BIT_RATE, 22050)}
    assert len(frames) * 576 / 22050 == pytest.approx(20.0, abs=0.15)


def test_a_sample_rate_that_alexa_refuses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceUnavailableError, match="hertz"):
        write_mp3(tmp_path / "a.mp3", silence(1, 44100))


def test_the_wav_holds_the_same_sound(recording: Recording, tmp_path: Path) -> None:
    assert write_wav(tmp_path / "a.wav", [recording.audio]) == pytest.approx(20.0, abs=1e-4)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.readframes(file.getnframes()) == recording.audio.samples
