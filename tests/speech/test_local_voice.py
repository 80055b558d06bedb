"""The real voice: pyttsx3's engine on our espeak-ng driver."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from skill.library import Library
from speech.audio import Audio, write_wav
from speech.document import Pause, Say, sentences, spoken
from speech.errors import VoiceUnavailableError
from speech.espeak import LONGEST_TEXT
from speech.local_voice import LocalVoice
from speech.performance import sound

ANSWER = "Use ice for five to ten minutes at a time. Keep a cloth between the ice and your skin."


def _words(audio: Audio, text: str) -> list[str]:
    return [text[word.position : word.position + word.length] for word in audio.words]


def test_every_word_is_said_in_order_and_within_the_sound(voice: LocalVoice) -> None:
    audio = voice.synthesise(ANSWER, 155)
    said, written = _words(audio, ANSWER), re.findall(r"\w+", ANSWER)
    left = iter(written)
    assert all(word in left for word in said)  # in order, and none that is not there
    assert len(said) >= len(written) - 2  # espeak-ng says "at a" as one word
    starts = [word.start for word in audio.words]
    assert starts == sorted(starts)
    assert starts[0] < 0.1
    assert starts[-1] < audio.seconds


def test_two_hundred_answers_in_one_process_lose_none(voice: LocalVoice, library: Library) -> None:
    entries = list(library.entries.values())
    for number in range(200):
        text = sentences(entries[number % len(entries)].simple)[0]
        audio = voice.synthesise(text, 155)
        respelled = library.pronunciations.respelled(text)
        assert len(audio.words) >= len(re.findall(r"[\w'-]+", respelled)) - 3  # espeak joins "of the", "in a"
        assert audio.seconds > 0.15 * len(audio.words)


def test_the_rate_is_obeyed_at_once_sentence_by_sentence(voice: LocalVoice) -> None:
    lengths = [voice.synthesise(ANSWER, rate).seconds for rate in (100, 155, 310, 100, 155)]
    assert lengths[0] > lengths[1] > lengths[2]
    assert lengths[:2] == pytest.approx(lengths[3:], rel=0.01)  # espeak-ng's own sounds vary by a few ms
    assert lengths[1] / lengths[2] == pytest.approx(2, rel=0.25)


def test_a_rate_out_of_range_is_the_nearest_that_the_engine_has(voice: LocalVoice) -> None:
    assert voice.synthesise(ANSWER, 5).seconds == pytest.approx(voice.synthesise(ANSWER, 80).seconds, rel=0.01)


def test_silences_are_exact_to_the_sample(voice: LocalVoice) -> None:
    words = spoken([Pause(0.5), Say("Rest."), Pause(1.234), Say("Breathe."), Pause(2)])
    parts = list(sound(words, voice, 155))
    silences = [part.seconds for part in parts if not any(part.samples)]
    assert silences == pytest.approx([0.5, 1.234, 2], abs=1 / parts[0].sample_rate)
    for part in parts:  # and speech brings no silence of its own at its edges beyond 10 ms
        if any(part.samples):
            assert part.trimmed().seconds == pytest.approx(part.seconds, abs=0.010)


def test_a_text_longer_than_one_call_loses_no_word(voice: LocalVoice) -> None:
    text = "rest " * LONGEST_TEXT
    parts = list(sound((Say(text),), voice, 450))
    assert sum(len(part.words) for part in parts) == LONGEST_TEXT


@pytest.mark.parametrize(
    "text", ["1 < 2 & 3", "<break time='2s'/> rest", "naïve café 日本 😀", "a\x07b", "\ud800 rest"]
)
def test_odd_text_is_spoken_and_never_crashes(voice: LocalVoice, text: str) -> None:
    assert voice.synthesise(text, 155).seconds > 0


def test_an_unknown_voice_is_refused_by_name_with_others_to_choose(library: Library) -> None:
    with pytest.raises(VoiceUnavailableError, match=r"no voice 'nobody'.*English"):
        LocalVoice(library.pronunciations, "nobody")


def test_a_british_voice_sounds_different(voice: LocalVoice, library: Library) -> None:
    american = voice.synthesise(ANSWER, 155).seconds
    british = LocalVoice(library.pronunciations, "en-gb").synthesise(ANSWER, 155).seconds
    assert abs(american - british) > 0.03
    assert voice.synthesise(ANSWER, 155).seconds == pytest.approx(american, abs=0.015)


def test_a_recording_is_as_long_as_its_words_and_silences(voice: LocalVoice, tmp_path: Path) -> None:
    words = spoken([Say("Try ice."), Pause(3), Say("Then heat.")])
    seconds = write_wav(tmp_path / "answer.wav", sound(words, voice, 155))
    spoken_part = sum(voice.synthesise(text, 155).seconds for text in ("Try ice.", "Then heat."))
    assert seconds == pytest.approx(spoken_part + 3, abs=0.001)
    assert (tmp_path / "answer.wav").read_bytes()[:4] == b"RIFF"


def test_pyttsx3_prints_nothing_and_a_fresh_process_speaks_its_first_sentence() -> None:
    program = (
        "from speech.local_voice import LocalVoice\n"
        "import sys\n"
        "sys.stderr.write(str(LocalVoice().synthesise('For the first two days, try ice.', 155).seconds))"
    )
    lengths = set()
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        assert done.stdout == b""
        lengths.add(done.stderr)
    assert len(lengths) == 1
    assert float(lengths.pop()) > 1.5


def test_a_missing_voice_library_is_told_with_the_mend() -> None:
    program = (
        "import sys; sys.modules['espeakng_loader'] = None\n"
        "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
        "from speech.local_voice import LocalVoice\n"
        "LocalVoice()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode != 0
    assert b"pip install espeakng-loader" in done.stderr
