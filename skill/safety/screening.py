"""Screens what was said for danger signs, and tells them from what only sounds like one.

Act first: a sign that may be one is one. Signposting by fixed words, without scores; the words are in
content (`safety/`, `screening.toml`). Only the standard library is used, so that it runs anywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import TypeAlias

from interaction_model.normalise import normalise
from skill.library.values import Danger, Library, Sign
from skill.safety.phrases import Phrases, Span

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


class Screen:
    """Knows the signs of a library."""

    def __init__(self, library: Library) -> None:
        """Prepare every sign once."""
        groups: dict[Hashable, tuple[str, ...]] = {
            field.name: getattr(library.screening, field.name) for field in fields(library.screening)
        }
        self._idioms = Phrases({"idioms": groups.pop("idioms")})
        self._signs = [(danger, sign) for danger in library.dangers for sign in danger.signs]
        groups |= {(n, m): near for n, (_, sign) in enumerate(self._signs) for m, near in enumerate(sign.near)}
        self._phrases = Phrases(groups)
        self._wordings = {wording: danger for danger in reversed(library.dangers) for wording in danger.wordings}

    def screen(self, said: str) -> Finding | None:
        """Return the most urgent danger sign, or a look-alike, or None where there is neither."""
        plain = normalise(said)
        if plain in self._wordings:
            return Finding(self._wordings[plain])
        text = self._without_idioms(plain.split())
        here = self._phrases.find(text)
        found = [
            Finding(danger, self._look_alike(text, here, ways, sign, danger))
            for number, (danger, sign) in enumerate(self._signs)
            if (ways := _ways(sign, number, here))
        ]
        real = [finding for finding in found if finding.look_alike is None]
        return min(real or found, key=lambda finding: finding.danger.urgency, default=None)

    def sounds_harmless(self, said: str) -> bool:
        """Tell whether words without a known sign give a reason to be calm.

        A figure of speech, the past, a story, a question about a thing, a denial, or something long known.
        """
        plain = normalise(said).split()
        text = self._without_idioms(plain)
        here = self._phrases.find(text)
        long_known = "usual" in here and "new" not in here
        denied = _at_start("denies", here) or "denies_after" in here
        told = _in_the_past(here) or "fiction" in here or _question(here)
        return text != plain or long_known or denied or told

    def _without_idioms(self, words: list[str]) -> list[str]:
        """Return the words with a dash for each figure of speech, so that what stood around it is not joined."""
        text = list(words)
        for span in reversed(self._idioms.find(words).get("idioms", ())):
            text[span.start : span.end] = ["-"]
        return text

    def _look_alike(
        self, text: Sequence[str], here: Found, ways: Sequence[tuple[Span, ...]], sign: Sign, danger: Danger
    ) -> LookAlike | None:
        if not sign.says_no and all(any(self._denied(text, span) for span in way) for way in ways):
            return LookAlike.DENIED
        if _in_the_past(here):
            return LookAlike.PAST
        if "fiction" in here:
            return LookAlike.FICTION
        if _question(here) and danger.tier not in NEVER_A_QUESTION:
            return LookAlike.QUESTION
        return None

    def _denied(self, words: Sequence[str], span: Span) -> bool:
        before = words[max(0, span.start - NEGATION_REACH) : span.start]
        turns = self._phrases.find(before).get("turns")
        nearest = before[turns[-1].end :] if turns else before
        after = self._phrases.find(words[span.end : span.end + NEGATION_REACH])
        return "denies" in self._phrases.find(nearest) or _at_start("denies_after", after)


Found: TypeAlias = Mapping[Hashable, Sequence[Span]]
"""Where each list of screening.toml, and each group of a sign, stands in a text."""


def _ways(sign: Sign, number: int, here: Found) -> list[tuple[Span, ...]]:
    """Return each way in which a sign stands in the text: a span for each of its groups, all near each other."""
    places = [here.get((number, group), ()) for group in range(len(sign.near))]
    if not all(places):
        return []
    choices = itertools.islice(itertools.product(*places), MOST_CHOICES)
    return [choice for choice in choices if _near(choice, sign.within)]


def _near(choice: tuple[Span, ...], within: int) -> bool:
    reach = max(span.end for span in choice) - min(span.start for span in choice)
    return reach <= within + sum(span.end - span.start - 1 for span in choice)


def _at_start(group: str, here: Found) -> bool:
    return any(span.start == 0 for span in here.get(group, ()))


def _in_the_past(here: Found) -> bool:
    return "past" in here and "present" not in here


def _question(here: Found) -> bool:
    return "only_asking" in here or (_at_start("asks_about", here) and "somebody" not in here)
