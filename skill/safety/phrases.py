"""Finds phrases in a text, word by word: thousands of them are ready in milliseconds, as nothing is compiled."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

ANY_ENDING = "*"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a phrase stands in a text, in words; `end` is the word after it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    group: Hashable
    words: tuple[str, ...]
    rank: int
    """The longest phrase of all has 0; of two that begin at one word, the longer is meant."""

    def stands(self, words: Sequence[str], start: int) -> bool:
        """Tell whether the words from `start` on are this phrase."""
        said = words[start : start + len(self.words)]
        return len(said) == len(self.words) and all(map(_is_word, said, self.words))


class Phrases:
    """Phrases in groups. `*` at a word's end is any ending, and alone any word."""

    def __init__(self, groups: Mapping[Hashable, Iterable[str]]) -> None:
        """Take the phrases of each group, in the plain form that `normalise` makes."""
        pairs = sorted(
            ((group, phrase) for group, phrases in groups.items() for phrase in phrases), key=lambda pair: -len(pair[1])
        )
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_letter: dict[str, list[_Phrase]] = {}
        for rank, (group, text) in enumerate(pairs):
            phrase = _Phrase(group, tuple(text.split()), rank)
            first = phrase.words[0]
            if first.endswith(ANY_ENDING):
                self._by_letter.setdefault(first.removesuffix(ANY_ENDING)[:1], []).append(phrase)
            else:
                self._by_word.setdefault(first, []).append(phrase)

    def find(self, words: Sequence[str]) -> dict[Hashable, list[Span]]:
        """Return where each group stands, from left to right, none of its phrases within another."""
        found: dict[Hashable, list[Span]] = {}
        for start in range(len(words)):
            longest: dict[Hashable, _Phrase] = {}
            for phrase in self._beginning_at(words, start):
                if phrase.group not in longest or phrase.rank < longest[phrase.group].rank:
                    longest[phrase.group] = phrase
            for group, phrase in longest.items():
                spans = found.setdefault(group, [])
                if not spans or spans[-1].end <= start:
                    spans.append(Span(start, start + len(phrase.words)))
        return found

    def _beginning_at(self, words: Sequence[str], start: int) -> Iterator[_Phrase]:
        word = words[start]
        for phrases in (self._by_word.get(word), self._by_letter.get(word[:1]), self._by_letter.get("")):
            yield from (phrase for phrase in phrases or () if phrase.stands(words, start))


def _is_word(said: str, known: str) -> bool:
    return said.startswith(known[:-1]) if known.endswith(ANY_ENDING) else said == known
