"""Lines: the names by which a conversation remembers what it said, and their words.

A line is a kind and a name, such as `says:ice`, `more:ice`, `simple:ice`, `next:ice` (the question that
follows it), `reason:stroke` (why to call), `term:sciatica`, `phrase:goodbye`, `unclear:2` or `which:ice/heat` (which
is meant); of relaxation, `go-on:beach` (the question), `left:3` (minutes), `session:beach/5` (all of it,
in minutes). An offer may also be `relax:beach`, to begin, or `resume:`. Names keep the session state small and let
the words change between two turns.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping

from skill.library import Library, Phrase
from speech.document import Pause, Say, Spoken, sentences, spoken

BETWEEN_SENTENCES = 0.35
"""Seconds: long enough to take one idea in, short enough not to seem the end."""

BEFORE_A_QUESTION = 0.7
"""Seconds."""

SLOWER = 0.85
"""The pace of a second hearing, and of simple mode."""

MORE_SILENCE = 2.0
"""How much longer the silences of simple mode are."""


class UnknownLineError(LookupError):
    """A line names words that the library does not hold (any more)."""


def words_of(line: str, library: Library, *, simple: bool = False) -> str:
    """Return the words of a line; with `simple` those of simple mode, where it has its own.

    Raises:
        UnknownLineError: when there are none, as after the content changed during a session.
    """
    kind, _, name = line.partition(":")
    try:
        own = phrase_of(line, library).simple if simple and kind in {"phrase", "unclear"} else ""
        return own or _WORDS[kind](library, name)
    except (KeyError, IndexError, ValueError) as error:
        raise UnknownLineError(line) from error


_WORDS: Mapping[str, Callable[[Library, str], str]] = {
    "says": lambda library, name: library.entries[name].says,
    "more": lambda library, name: library.entries[name].more,
    "simple": lambda library, name: library.entries[name].simple,
    "next": lambda library, name: library.entries[name].offer.question,
    "reason": lambda library, name: library.danger(name).reason,
    "term": lambda library, name: library.terms[name].says,
    "phrase": lambda library, name: library.phrases[name].says,
    "go-on": lambda library, name: library.scripts[name].go_on,
    "left": lambda library, name: library.frame.left[min(int(name), len(library.frame.left) - 1)],
    "session": lambda library, name: library.scripts[name.partition("/")[0]].title,
    "relax": lambda library, name: library.scripts[name].title,
    "resume": lambda library, _: library.phrases["offer-resume"].says,
    "unclear": lambda library, name: library.unclear[int(name)].says,
    "which": lambda library, name: _which(library, *name.partition("/")[::2]),
}


def _which(library: Library, first: str, second: str) -> str:
    called = {"first": library.entries[first].called, "second": library.entries[second].called}
    return library.phrases["which"].says.format(**called)


def phrase_of(line: str, library: Library) -> Phrase:
    """Return the stock line with its reprompt and offer."""
    kind, _, name = line.partition(":")
    if kind == "which":
        return library.phrases["which"]
    return library.unclear[int(name)] if kind == "unclear" else library.phrases[name]


def known(lines: Iterable[str], library: Library) -> bool:
    """Tell whether the library still holds the words of every line."""
    try:
        return all(words_of(line, library) for line in lines)
    except UnknownLineError:
        return False


def speak(texts: Iterable[str], pace: float = 1.0, silence: float = 1.0) -> Spoken:
    """Turn texts into sentences and silences; `pace` and `silence` are relative to what is usual."""
    return _speak(tuple(texts), pace, silence)


@functools.lru_cache(maxsize=512)
def _speak(texts: tuple[str, ...], pace: float, silence: float) -> Spoken:
    """Do it once for what is said often: words are fixed, and so is a Spoken."""
    parts: list[Say | Pause] = []
    for text in texts:
        for sentence in sentences(text):
            if parts:
                parts.append(Pause(silence * (BEFORE_A_QUESTION if sentence.endswith("?") else BETWEEN_SENTENCES)))
            parts.append(Say(sentence, pace))
    return spoken(parts)
