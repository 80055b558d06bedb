"""How hard words sound: what espeak-ng makes of them, listened to and read once, and kept; and that all can be said."""

import re
from pathlib import Path

import pytest

from skill.library import Library
from skill.library.lint import _heard
from skill.library.read import load, locales
from speech.document import Say, sentences
from speech.espeak import LONGEST_TEXT, open_espeak
from speech.ssml import to_ssml_content

GOLDEN = Path(__file__).with_name("phonemes.tsv")
VOICES = {"American": "English (America)", "British": "English (Great Britain)"}

SPELLED_OUT = re.compile(
    r"\b(?:[A-Z]{2,}s?|[A-Z]\d+|(?:[A-Za-z]\.){2,})|[%&<>/\\@#*_+=\[\]{}|~^$£€°–—…()]"
    r"|\d[-.,:/]\d|\d{5,}|\b(?:000|111|112|911|988|999)\b"
)
"""Abbreviations and signs, which a voice spells out, leaves out or says the names of; ranges; and numbers to call,
which are said digit by digit."""


def _golden() -> dict[str, dict[str, str]]:
    head, *lines = (line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return {written: dict(zip(head[1:], sounds, strict=True)) for written, *sounds in lines}


@pytest.mark.parametrize("accent", VOICES)
def test_every_glossary_term_and_hard_word_sounds_as_it_was_approved(accent: str, library: Library) -> None:
    """Where this fails, listen (gentle-back say), and write the new sound down only when it is right."""
    terms = {word for term in library.terms.values() for word in (term.word, *term.names)}
    hard = {word.written for word in library.pronunciations.words}
    golden = _golden()
    assert golden.keys() == terms | hard
    heard = {
        written: open_espeak().phonemes(library.pronunciations.respelled(written), VOICES[accent]) for written in golden
    }
    assert heard == {written: sounds[accent] for written, sounds in golden.items()}


@pytest.mark.parametrize("locale", sorted(locales()))
def test_nothing_that_cannot_be_said_reaches_a_voice(locale: str) -> None:
    """Every sentence of every entry, session, phrase and definition, as Alexa and as this computer is given it."""
    library = load(locale=locale)
    said = {sentence for text in _heard(library) for sentence in sentences(text.text)}
    assert len(said) > 1000
    for sentence in said:
        here = library.pronunciations.respelled(sentence)
        assert not SPELLED_OUT.search(here), here
        assert len(here) < LONGEST_TEXT
        markup = to_ssml_content((Say(sentence),), library.pronunciations)
        there = re.sub(r"<(sub|phoneme)\b[^>]*>.*?</\1>|<[^>]*>", " ", markup)
        aliases = " ".join(re.findall(r'<sub alias="([^"]*)"', markup))
        assert not SPELLED_OUT.search(f"{there} {aliases}".replace("&apos;", "'")), markup


def test_each_sentence_makes_a_sound_in_english_alone(library: Library) -> None:
    """espeak-ng writes the language in brackets where it takes a word for another one's."""
    for text in _heard(library):
        for sentence in sentences(text.text):
            sounds = open_espeak().phonemes(library.pronunciations.respelled(sentence), VOICES["British"])
            assert sounds
            assert "(" not in sounds, sentence
