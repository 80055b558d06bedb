import math

import pytest

from speech.document import Pause, Say, sentences, spoken


def test_a_sentence_has_single_spaces_and_nothing_that_xml_cannot_carry() -> None:
    assert Say(" Rest \x00 a\n\tlittle\ud800. ") == Say("Rest a little .")


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x01", "\ud800"])
def test_a_sentence_without_a_visible_character_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="visible"):
        Say(text)


@pytest.mark.parametrize("pace", [0.0, 0.19, 2.01, -1.0, math.nan])
def test_a_pace_that_no_voice_has_is_refused(pace: float) -> None:
    with pytest.raises(ValueError, match="pace"):
        Say("Rest.", pace)


@pytest.mark.parametrize("seconds", [0.0, -1.0, math.nan, math.inf, 0.0001])
def test_a_silence_without_length_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="pause"):
        Pause(seconds)


def test_neighbouring_silences_become_one() -> None:
    assert spoken([Say("A."), Pause(1), Pause(0.25), Say("B.")]) == (Say("A."), Pause(1.25), Say("B."))


def test_a_text_is_split_after_each_end_mark() -> None:
    assert sentences("Wrap it.  Rub it!\nWould you like more?") == ("Wrap it.", "Rub it!", "Would you like more?")
