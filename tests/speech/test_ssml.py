from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.document import Pause, Say, Spoken, spoken
from speech.pronunciation import Pronunciation, Pronunciations
from speech.ssml import LONGEST_BREAK, to_ssml
from speech.ssml_reader import SsmlError, from_ssml

HARD_WORDS = Pronunciations(
    [
        Pronunciation("RA", alias='"R" & <A>'),
        Pronunciation("sciatica", ipa="saɪˈætɪkə", respelling="sye attica"),
        Pronunciation("OTC", alias="over the counter"),
    ]
)


def _visible(text: str) -> bool:
    try:
        return bool(Say(text))
    except ValueError:
        return False


says = st.builds(
    Say,
    st.text(st.characters() | st.sampled_from("&<>\"'/ "), min_size=1).filter(_visible)
    | st.sampled_from(["RA & sciatica", "OTC, RA.", "<break time='1s'/>", "]]>"]),
    st.sampled_from([1.0, 0.85, 0.2, 2.0, 1.37]),
)
pauses = st.builds(Pause, st.floats(0.001, 75).map(lambda seconds: round(seconds, 3)))
spokens = st.lists(says | pauses, max_size=8).map(spoken)


@given(spokens, st.sampled_from([HARD_WORDS, Pronunciations([])]))
def test_speech_survives_the_way_to_ssml_and_back(words: Spoken, hard_words: Pronunciations) -> None:
    assert from_ssml(to_ssml(words, hard_words)) == words


@given(spokens)
def test_ssml_is_always_xml_with_breaks_that_alexa_takes(words: Spoken) -> None:
    for element in ET.fromstring(to_ssml(words, HARD_WORDS)).iter("break"):
        assert 0 < float(element.attrib["time"].removesuffix("ms")) <= LONGEST_BREAK * 1000


CONSTRUCTS = {
    "a sentence": ((Say("Rest."),), "<speak><s>Rest.</s></speak>"),
    "a slower one": ((Say("Rest.", 0.85),), '<speak><prosody rate="85%"><s>Rest.</s></prosody></speak>'),
    "a long silence": ((Pause(12.5),), '<speak><break time="10000ms"/><break time="2500ms"/></speak>'),
    "an ampersand": ((Say("Warm & dry <b>"),), "<speak><s>Warm &amp; dry &lt;b&gt;</s></speak>"),
    "an abbreviation": ((Say("OTC."),), '<speak><s><sub alias="over the counter">OTC</sub>.</s></speak>'),
    "a hard word": (
        (Say("Sciatica"),),
        '<speak><s><phoneme alphabet="ipa" ph="saɪˈætɪkə">Sciatica</phoneme></s></speak>',
    ),
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_each_construct_is_written_as_alexa_reads_it(construct: str) -> None:
    words, markup = CONSTRUCTS[construct]
    assert to_ssml(words, HARD_WORDS) == markup


def test_markup_of_other_writers_is_read_too() -> None:
    markup = (
        '<speak>First. <prosody rate="slow"><p>Then <emphasis>rest</emphasis>.</p></prosody><break time="1s"/></speak>'
    )
    assert from_ssml(markup) == (Say("First."), Say("Then rest.", 0.75), Pause(1))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<speak>a & b</speak>", "well-formed"),
        ("plain words", "well-formed"),
        ("<p>a</p>", "begins with"),
        ("<speak><audio src='x'/></speak>", "audio"),
        ("<speak><break time='11s'/></speak>", "break time"),
        ("<speak><break/></speak>", "break time"),
        ("<speak><prosody rate='5%'>a</prosody></speak>", "pace|rate"),
        ("<speak><prosody rate='often'>a</prosody></speak>", "rate"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><speak>&a;</speak>", "declarations"),
    ],
)
def test_markup_that_cannot_be_performed_is_refused_with_the_reason(markup: str, reason: str) -> None:
    with pytest.raises(SsmlError, match=reason):
        from_ssml(markup)
