"""A second guess at what was said: runs of words that sound like a hard word become that word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from interaction_model.sounds import likeness, sound_of

LONGEST_RUN = 4
"""Words that one hard word may have been broken into: "spawned a lol is thesis" has five, few do."""

CLOSE_ENOUGH = 0.74
_WORTH_A_LOOK = 60.0
_SHORTEST = 5
"""Letters. Shorter words sound like too many others."""

_SHORTEST_TYPED = 3
_LIKE_TYPED = 75.0
"""Percent of letters in place: one slip in a word of three or four letters, two in one of eight."""


@dataclass(frozen=True, slots=True)
class _Mend:
    start: int
    end: int
    word: str
    closeness: float


class Repair:
    """Knows the hard words of a model, and all plain ones that need no repair."""

    def __init__(self, hard: Iterable[str], plain: Mapping[str, int]) -> None:
        """Take normalised hard words or short phrases, and how often each word is in the samples."""
        self._hard = sorted({word for word in hard if len(word) >= _SHORTEST})
        self._sounds = [sound_of(word) for word in self._hard]
        self._plain = plain
        self._plain_list = sorted(plain)

    def repaired(self, text: str) -> str:
        """Return the text with its unknown words replaced, or the same text where nothing is close."""
        words = text.split()
        unknown = [word not in self._plain for word in words]
        mends = [
            mend
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + LONGEST_RUN) + 1)
            if any(unknown[start:end]) and sum(map(len, words[start:end])) >= _SHORTEST
            for mend in self._closest(words, start, end)
        ]
        taken: set[int] = set()
        chosen: list[_Mend] = []
        for mend in sorted(mends, key=lambda m: -m.closeness):
            if taken.isdisjoint(range(mend.start, mend.end)):
                taken |= set(range(mend.start, mend.end))
                chosen.append(mend)
        for mend in sorted(chosen, key=lambda m: -m.start):
            words[mend.start : mend.end] = [mend.word]
        return " ".join(words)

    def respelled(self, text: str) -> str:
        """Return the text with each unknown word as the known one that is spelt most like it."""
        return " ".join(self._known_word(word) for word in text.split())

    def _known_word(self, word: str) -> str:
        if word in self._plain or len(word) < _SHORTEST_TYPED:
            return word
        found = process.extract(word, self._plain_list, scorer=fuzz.ratio, score_cutoff=_LIKE_TYPED, limit=5)
        return max(found, key=lambda near: (near[1], self._plain[near[0]]))[0] if found else word

    def _closest(self, words: list[str], start: int, end: int) -> Iterable[_Mend]:
        run = " ".join(words[start:end])
        found = process.extract(sound_of(run), self._sounds, scorer=fuzz.ratio, score_cutoff=_WORTH_A_LOOK, limit=4)
        for _, _, index in found:
            closeness = likeness(run, self._hard[index])
            if closeness >= CLOSE_ENOUGH:
                yield _Mend(start, end, self._hard[index], closeness)
