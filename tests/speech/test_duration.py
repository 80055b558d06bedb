"""How long words take: the promise that plans rest on."""

import pytest

from skill.library.read import load
from speech.document import Pause, Say
from speech.duration import NORMAL_RATE, seconds_to_say, seconds_to_say_all
from speech.local_voice import LocalVoice

LIBRARY = load()
SENTENCES = [line.text for script in LIBRARY.scripts.values() for step in script.steps for line in step.lines]


@pytest.mark.parametrize("pace", [0.65, 0.84, 1.0, 1.3])
def test_the_length_of_many_sentences_is_foretold_within_three_percent(pace: float, voice: LocalVoice) -> None:
    foretold = sum(seconds_to_say(sentence, pace) for sentence in SENTENCES)
    said = sum(voice.synthesise(sentence, round(NORMAL_RATE * pace)).seconds for sentence in SENTENCES)
    assert foretold == pytest.approx(said, rel=0.03)


def test_each_sentence_is_foretold_well_enough_to_leave_its_silence(voice: LocalVoice) -> None:
    for sentence in SENTENCES:
        said = voice.synthesise(sentence, NORMAL_RATE).seconds
        assert abs(seconds_to_say(sentence) - said) < 1.0, sentence


def test_silences_count_as_they_are() -> None:
    words = (Say("Rest."), Pause(10), Say("Rest.", 0.5))
    assert seconds_to_say_all(words) == pytest.approx(3 * seconds_to_say("Rest.") + 10)
