"""The words of one place: another spelling or name in what is said, and more ways to ask."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from skill.library.values import Library, LocalWords

SAID = frozenset({"card", "go_on", "label", "more", "question", "reprompt", "says", "simple", "text", "title"})
"""Fields that are heard or read."""

ASKED = frozenset({"about", "asks", "define", "describe", "session", "symptom"})
"""Fields of samples."""

UNTOUCHED = frozenset({"facts", "listing", "pronunciations", "screening", "signs"})


def localised(library: Library, words: LocalWords) -> Library:
    """Return the library as people of a place say it; samples that somebody says already are not given twice."""
    if not words.said and not words.asked:
        return library
    known = set(_samples(library))
    local: Library = _Place(words, known).walked(library)
    return local


def _samples(value: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 (any value of a library)
    if name in ASKED and isinstance(value, tuple):
        yield from value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _samples(getattr(value, field.name), field.name)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _samples(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _samples(inner)


class _Place:
    """Walks through a library and gives each text its local words."""

    def __init__(self, words: LocalWords, known: set[str]) -> None:
        """Take the words, and the samples that are there already."""
        self._said = _words(words.said)
        self._swaps = words.said
        self._asked = [(re.compile(rf"(?<![\w']){re.escape(word)}(?![\w'])"), new) for word, new in words.asked.items()]
        self._known = known

    def walked(self, value: Any, name: str = "") -> Any:  # noqa: ANN401 (any value of a library)
        """Return a value with every text in it walked."""
        new: Any = value
        if name in UNTOUCHED:
            return value
        if isinstance(value, str):
            new = self._say(value) if name in SAID else value
        elif name in ASKED and isinstance(value, tuple):
            new = (*value, *self._more(value))
        elif isinstance(value, tuple):
            new = tuple(self.walked(inner, name) for inner in value)
        elif isinstance(value, Mapping):
            new = {key: self.walked(inner, name) for key, inner in value.items()}
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            changes = {
                field.name: self.walked(getattr(value, field.name), field.name) for field in dataclasses.fields(value)
            }
            new = dataclasses.replace(value, **changes)
        return new

    def _say(self, text: str) -> str:
        def swap(found: re.Match[str]) -> str:
            local = self._swaps[found[0].lower()]
            return local[0].upper() + local[1:] if found[0][0].isupper() else local

        return self._said.sub(swap, text) if self._swaps else text

    def _more(self, samples: tuple[str, ...]) -> Iterator[str]:
        """Yield each sample that has a word of the list, with what people here say for it."""
        for sample in samples:
            for pattern, locals_ in self._asked:
                for local in locals_ if pattern.search(sample) else ():
                    variant = pattern.sub(local, sample)
                    if variant not in self._known:
                        self._known.add(variant)
                        yield variant


def _words(swaps: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(swaps, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])", re.IGNORECASE)
