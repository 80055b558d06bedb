"""How alike two spellings sound, for words that a recogniser, or a typist, got wrong."""

from __future__ import annotations

import functools
import re

from rapidfuzz import fuzz

_RULES = (
    (r"[^a-z]", ""),
    (r"ph", "f"),
    (r"ght", "t"),
    (r"th", "t"),
    (r"ck|q", "k"),
    (r"c(?=[eiy])|sc(?=[eiy])|z", "s"),
    (r"c", "k"),
    (r"x", "ks"),
    (r"^rh|wr", "r"),
    (r"^kn|^gn", "n"),
    (r"dg|g(?=[eiy])", "j"),
    (r"tion|sion", "shn"),
    (r"y|[aeiou]+", "a"),
    (r"(.)\1+", r"\1"),
)
_VOWELS, _DOUBLED = re.compile(r"[aeiouyw]+"), re.compile(r"(.)\1+")
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _RULES)

_VOICELESS = str.maketrans("dzbgv", "tspkf")
"""A recogniser confuses the two of each pair more than any others: "heed" and "heat", "eyes" and "ice"."""

_BY_WORD = tuple((re.compile(pattern), sound) for pattern, sound in (*_RULES[:-2], (r"mb$", "m")))
_SHORTEST_WITH_SILENT_E = 3
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$")

SPELLING, SOUND = 0.5, 0.5
"""How much each counts in `likeness`."""


@functools.lru_cache(maxsize=4096)
def sound_of(text: str) -> str:
    """Return a rough sound of a text: all vowels one, doubled letters single, spaces gone."""
    for pattern, sound in _COMPILED:
        text = pattern.sub(sound, text)
    return text


@functools.lru_cache(maxsize=4096)
def _coarse_word(word: str) -> str:
    word = _SILENT_E.sub("", word) if len(word) > _SHORTEST_WITH_SILENT_E - 1 else word
    for pattern, sound in _BY_WORD:
        word = pattern.sub(sound, word)
    return word.translate(_VOICELESS)


def coarse_sound(text: str) -> str:
    """Return a rougher sound than `sound_of`: no word ends either, so that "sire attica" sounds like "sciatica"."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("a", "".join(map(_coarse_word, text.split()))))


def likeness(heard: str, known: str) -> float:
    """Return how alike two texts are, from 0 to 1, spaces not counted."""
    spelling = fuzz.ratio(heard.replace(" ", ""), known.replace(" ", ""))
    sound = fuzz.ratio(sound_of(heard), sound_of(known))
    return (SPELLING * spelling + SOUND * sound) / 100
