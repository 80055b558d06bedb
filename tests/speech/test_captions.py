"""Words for eyes."""

from speech.captions import Caption, plain_text, web_vtt
from speech.document import Pause, Say


def test_plain_text_is_every_word_in_order() -> None:
    assert plain_text((Say("rest."), Pause(3), Say("And breathe."))) == "Rest. And breathe."


def test_captions_are_webvtt_with_times_to_the_millisecond() -> None:
    written = web_vtt([Caption(0, 2.5, "Rest."), Caption(61.25, 63, "Breathe.")])
    assert written == "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nRest.\n\n00:01:01.250 --> 00:01:03.000\nBreathe.\n"


def test_a_short_word_stays_to_be_read_but_never_over_the_next() -> None:
    written = web_vtt([Caption(0, 0.4, "Two."), Caption(1, 1.4, "Three."), Caption(9, 9.3, "Out.")])
    assert "00:00:00.000 --> 00:00:01.000" in written
    assert "00:00:01.000 --> 00:00:02.200" in written


def test_signs_that_webvtt_reads_are_escaped() -> None:
    assert "A &lt;b&gt; &amp; c" in web_vtt([Caption(0, 1, "A <b> & c")])


def test_nothing_said_is_an_empty_file_with_its_head() -> None:
    assert web_vtt([]) == "WEBVTT\n"
