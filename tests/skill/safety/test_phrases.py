"""Phrases are found as a pattern of the same words would find them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from skill.safety.phrases import Phrases, Span


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: -len(phrase))
    choices = "|".join(re.escape(phrase).replace(r"\*", r"\S*") for phrase in longest_first)
    return re.compile(rf"(?<!\S)(?:{choices})(?!\S)")


WORD = st.sampled_from(["arm", "arms", "army", "my", "numb", "numbness", "face", "-"])
PHRASE = st.lists(st.sampled_from(["arm", "arm*", "my", "numb*", "face", "*"]), min_size=1, max_size=3).map(" ".join)


@given(st.lists(WORD, min_size=1, max_size=9), st.lists(PHRASE, min_size=1, max_size=4, unique_by=len))
def test_what_is_found_is_what_a_pattern_finds(said: list[str], phrases: list[str]) -> None:
    text = " ".join(said)
    expected = [
        Span(text.count(" ", 0, match.start()), text.count(" ", 0, match.end()) + 1)
        for match in _pattern(phrases).finditer(text)
    ]
    assert Phrases({"group": phrases}).find(said).get("group", []) == expected


def test_each_group_is_found_on_its_own_and_a_longer_phrase_goes_before_a_shorter() -> None:
    found = Phrases({"part": ["arm", "left arm"], "feeling": ["numb*"]}).find(["my", "left", "arm", "feels", "numbish"])
    assert found == {"part": [Span(1, 3)], "feeling": [Span(4, 5)]}
