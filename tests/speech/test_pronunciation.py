import pytest

from speech.captions import plain_text
from speech.document import Pause, Say
from speech.pronunciation import Pronunciation, Pronunciations

WORDS = Pronunciations(
    [
        Pronunciation("RA", alias="rheumatoid arthritis"),
        Pronunciation("C1 and C2", alias="the top two neck bones"),
        Pronunciation("C1", alias="see one"),
        Pronunciation("facet", ipa="ˈfæsɪt", respelling="fassit"),
        Pronunciation("DMARDs", alias="dee mards"),
    ]
)


@pytest.mark.parametrize(
    ("written", "heard", "respelled"),
    [
        ("RA can hurt.", "rheumatoid arthritis can hurt.", "rheumatoid arthritis can hurt."),
        ("It ran, Sara.", "It ran, Sara.", "It ran, Sara."),
        ("ra", "ra", "ra"),
        ("C1 and C2, or C1", "the top two neck bones, or see one", "the top two neck bones, or see one"),
        ("Facet joints", "Facet joints", "fassit joints"),
        ("facets", "facets", "facets"),
        ("DMARDs!", "dee mards!", "dee mards!"),
    ],
)
def test_a_hard_word_is_heard_rightly_and_only_as_a_whole_word(written: str, heard: str, respelled: str) -> None:
    assert (WORDS.heard(written), WORDS.respelled(written)) == (heard, respelled)


def test_captions_hold_every_sentence_and_no_silence() -> None:
    assert plain_text((Say("RA hurts."), Pause(2), Say("Rest.")), WORDS) == "Rheumatoid arthritis hurts. Rest."


def test_a_word_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        WORDS.find("knee")
