"""The language model is a distribution, and the dictionary knows every word."""

import pytest

from speech.espeak import open_espeak
from speech.hearing.language_model import arpa
from speech.hearing.lexicon import dictionary, from_ipa
from speech.hearing.recogniser import shipped_dictionary

SENTENCES = ["ice or heat", "does ice help", "does heat help my back", "is ice good for my back", "ice"]


def _grams(text: str) -> dict[tuple[str, ...], tuple[float, float]]:
    grams = {}
    for line in text.splitlines():
        if line and line[0] in "-0123456789" and "\t" in line:
            chance, words, *rest = line.split("\t")
            grams[tuple(words.split())] = (10 ** float(chance), 10 ** float(rest[0]) if rest else 1.0)
    return grams


def _chance(gram: tuple[str, ...], grams: dict[tuple[str, ...], tuple[float, float]]) -> float:
    if gram in grams:
        return grams[gram][0]
    return grams.get(gram[:-1], (0.0, 1.0))[1] * _chance(gram[1:], grams)


@pytest.mark.parametrize("history", [("<s>",), ("ice",), ("<s>", "ice"), ("heat", "help"), ("my", "back")])
def test_what_may_follow_adds_up_to_one(history: tuple[str, ...]) -> None:
    grams = _grams(arpa(SENTENCES))
    words = [gram for gram in grams if len(gram) == 1 and gram != ("<s>",)]
    assert sum(_chance((*history, *word), grams) for word in words) == pytest.approx(1, abs=0.01)


def test_every_word_has_a_sound_and_hard_ones_in_two_accents() -> None:
    words = ["ice", "spondylolisthesis", "ra", "zzgarkar"]
    text = dictionary(words, shipped_dictionary(), {"ra": ("AA R EY",)}, open_espeak().phonemes)
    assert {line.split()[0] for line in text.splitlines()} >= set(words)
    assert "ra AA R EY" in text
    assert sum(line.startswith("zzgarkar") for line in text.splitlines()) == 2


def test_the_phonetic_alphabet_becomes_the_dictionarys() -> None:
    assert from_ipa("ˈaɪs") == "AY S"
    assert from_ipa("tʃˈɛst") == "CH EH S T"
