"""Screens what was said for danger signs, and tells them from what only sounds like one.

Act first: a sign that may be one is one. Signposting by fixed words, without scores; the words are in
content (`safety/`, `screening.toml`). Only the standard library is used, so that it runs anywhere.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from interaction_model.normalise import normalise
from skill.library.values import Danger, Library, Sign

MOST_CHOICES = 200
"""Ways in which one sign is looked for in one text; a long story repeats its words."""

NEGATION_REACH = 3
"""Words before a word of a sign in which "no" or "never" denies it."""


NEVER_A_QUESTION = frozenset({"crisis"})
"""Tiers whose signs are heard even in a question: "what is the point of living" asks for no answer."""


class LookAlike(Enum):
    """Why words that hold a sign are none."""

    DENIED = "denied"
    PAST = "past"
    QUESTION = "question"
    FICTION = "fiction"


@dataclass(frozen=True, slots=True)
class Finding:
    """A danger sign in what was said; or, with `look_alike`, words that only sound like one."""

    danger: Danger
    look_alike: LookAlike | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a sign stands, in words."""

    start: int
    end: int


class Screen:
    """Knows the signs of a library."""

    def __init__(self, library: Library) -> None:
        """Prepare every sign once."""
        words = library.screening
        self._signs = [(danger, _Matcher(sign)) for danger in library.dangers for sign in danger.signs]
        self._wordings = {_normalised(ask): danger for danger in reversed(library.dangers) for ask in danger.asks}
        self._usual = _any_of(words.usual)
        self._new = _any_of(words.new)
        self._idioms = _any_of(words.idioms)
        self._denies = _any_of(words.denies)
        self._denies_after = _any_of(words.denies_after)
        self._turns = _any_of(words.turns)
        self._past = _any_of(words.past)
        self._present = _any_of(words.present)
        self._opens_question = re.compile(rf"(?:{_any_of(words.asks_about).pattern})")
        self._somebody = _any_of(words.somebody)
        self._only_asking = _any_of(words.only_asking)
        self._fiction = _any_of(words.fiction)

    def screen(self, said: str) -> Finding | None:
        """Return the most urgent danger sign, or a look-alike, or None where there is neither."""
        plain = normalise(said)
        if plain in self._wordings:
            return Finding(self._wordings[plain])
        text = self._idioms.sub("-", plain)
        found = [
            Finding(danger, self._look_alike(text, spans, matcher.sign, danger))
            for danger, matcher in self._signs
            if (spans := matcher.find(text))
        ]
        real = [finding for finding in found if finding.look_alike is None]
        return min(real or found, key=lambda finding: finding.danger.urgency, default=None)

    def sounds_harmless(self, said: str) -> bool:
        """Tell whether words without a known sign give a reason to be calm.

        A figure of speech, the past, a story, a question about a thing, a denial, or something long known.
        """
        plain = normalise(said)
        text = self._idioms.sub("-", plain)
        long_known = bool(self._usual.search(text)) and not self._new.search(text)
        denied = bool(self._denies.match(text)) or bool(self._denies_after.search(text))
        told = self._in_the_past(text) or bool(self._fiction.search(text)) or self._question(text)
        return text != plain or long_known or denied or told

    def _look_alike(
        self, text: str, found: Sequence[tuple[_Span, ...]], sign: Sign, danger: Danger
    ) -> LookAlike | None:
        words = text.split()
        if not sign.says_no and all(any(self._denied(words, span) for span in spans) for spans in found):
            return LookAlike.DENIED
        if self._in_the_past(text):
            return LookAlike.PAST
        if self._fiction.search(text):
            return LookAlike.FICTION
        if self._question(text) and danger.tier not in NEVER_A_QUESTION:
            return LookAlike.QUESTION
        return None

    def _denied(self, words: Sequence[str], span: _Span) -> bool:
        before = " ".join(words[max(0, span.start - NEGATION_REACH) : span.start])
        *_, nearest = self._turns.split(before)
        after = " ".join(words[span.end : span.end + NEGATION_REACH])
        return bool(self._denies.search(nearest)) or bool(self._denies_after.match(after))

    def _in_the_past(self, text: str) -> bool:
        return bool(self._past.search(text)) and not self._present.search(text)

    def _question(self, text: str) -> bool:
        if self._only_asking.search(text):
            return True
        return bool(self._opens_question.match(text)) and not self._somebody.search(text)


class _Matcher:
    """Finds one sign: a word of every group, all near each other."""

    def __init__(self, sign: Sign) -> None:
        self.sign = sign
        self._groups = [_any_of(group) for group in sign.near]

    def find(self, text: str) -> list[tuple[_Span, ...]]:
        """Return each way in which the sign stands in the text: a span for each of its groups."""
        places = [list(_spans(group, text)) for group in self._groups]
        choices = itertools.islice(itertools.product(*places), MOST_CHOICES)
        return [choice for choice in choices if self._near(choice)]

    def _near(self, choice: tuple[_Span, ...]) -> bool:
        reach = max(span.end for span in choice) - min(span.start for span in choice)
        return reach <= self.sign.within + sum(span.end - span.start - 1 for span in choice)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[_Span]:
    for match in pattern.finditer(text):
        start = text.count(" ", 0, match.start())
        yield _Span(start, start + 1 + match.group().count(" "))


# Every locale has nearly the same signs: preparing them took 0.3 seconds of each.
_normalised = functools.cache(normalise)


@functools.cache
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the phrases as whole words; `*` is any ending, and alone any word."""
    # The word in front keeps "right" in "right now", which normalising takes off an utterance's beginning.
    plain = [normalise(f"x {phrase.replace('*', 'zzz')}").removeprefix("x ") for phrase in phrases]
    choices = [re.escape(phrase).replace("zzz", r"\w*").replace(r"\ ", " ") for phrase in sorted(plain, key=len)[::-1]]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(choices)})(?![\w'])") if choices else re.compile(r"(?!)")
