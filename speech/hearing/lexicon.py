"""How words sound to the recogniser: its own dictionary, and espeak-ng's phonemes for words that it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

_ARPABET = {
    "tʃ": "CH", "dʒ": "JH", "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW", "əʊ": "OW", "ɔɪ": "OY", "ɪə": "IY R",
    "eə": "EH R", "ʊə": "UH R", "ɜː": "ER", "ɑː": "AA", "iː": "IY", "uː": "UW", "ɔː": "AO", "oː": "AO", "ɑ": "AA",
    "ɔ": "AO", "ɚ": "ER", "ɝ": "ER", "ɜ": "ER", "i": "IY", "u": "UW", "ɪ": "IH", "ᵻ": "IH", "ʊ": "UH", "ɛ": "EH",
    "e": "EH", "æ": "AE", "a": "AE", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɒ": "AA", "p": "P", "b": "B", "t": "T",
    "d": "D", "k": "K", "ɡ": "G", "g": "G", "f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z",
    "ʃ": "SH", "ʒ": "ZH", "h": "HH", "m": "M", "n": "N", "ŋ": "NG", "l": "L", "ɫ": "L", "ɹ": "R", "r": "R",
    "ɾ": "T", "j": "Y", "w": "W", "ʔ": "T", "x": "K", "ɬ": "L", "o": "OW",
}  # fmt: skip
"""The International Phonetic Alphabet as espeak-ng writes it, in the alphabet of the CMU dictionary."""

_SOUND = re.compile("|".join(sorted(_ARPABET, key=len, reverse=True)))

ACCENTS = ("gmw/en-US", "gmw/en")


def from_ipa(ipa: str) -> str:
    """Return the ARPAbet phonemes of a word, such as `AA R EY`; stress and length are left out."""
    return " ".join(_ARPABET[sound] for sound in _SOUND.findall(ipa))


def dictionary(
    words: Iterable[str],
    shipped: Path,
    by_hand: Mapping[str, tuple[str, ...]],
    phonemes: Callable[[str, str], str],
) -> str:
    """Return the text of a recogniser's dictionary for the words.

    `by_hand` goes before all; `phonemes` gives the phonetic alphabet of a word in an accent, for words that
    the shipped dictionary lacks. A dictionary cut to what may be said is loaded in a tenth of the time.
    """
    wanted = dict.fromkeys(words)
    known: dict[str, list[str]] = {}
    for line in shipped.read_text(encoding="utf-8").splitlines():
        entry, _, sounds = line.partition(" ")
        word = entry.partition("(")[0]
        if word in wanted:
            known.setdefault(word, []).append(sounds.strip())
    lines = []
    for word in wanted:
        own = by_hand.get(word) or known.get(word) or [from_ipa(phonemes(word, accent)) for accent in ACCENTS]
        for number, sounds in enumerate(dict.fromkeys(filter(None, own)), start=1):
            lines.append(f"{word}({number}) {sounds}" if number > 1 else f"{word} {sounds}")
    return "\n".join(sorted(lines)) + "\n"
