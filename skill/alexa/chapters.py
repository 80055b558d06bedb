"""A long session in pieces that Alexa takes: what one response holds, and what follows if nobody speaks."""

from __future__ import annotations

from skill.alexa.limits import LONGEST_SPEECH
from speech.document import Pause, Say, Spoken, spoken
from speech.pronunciation import Pronunciations
from speech.ssml import to_ssml_content

LISTENING = 8.0
"""Seconds that the microphone stays open between a response's speech and its reprompt."""


def chapters(words: Spoken, reprompt: Spoken, hard_words: Pronunciations) -> tuple[Spoken, Spoken]:
    """Return the words that fit into one response, and the reprompt, which begins with the rest of them.

    The cut is made at the last silence that the open microphone can stand in for, so that the length stays
    as it was.

    Raises:
        ValueError: when two pieces do not suffice.
    """
    if _fits(words, hard_words):
        return words, reprompt
    silences = [number for number, part in enumerate(words) if isinstance(part, Pause) and part.seconds >= LISTENING]
    for number in reversed(silences):
        first, silence, rest = words[:number], words[number], words[number + 1 :]
        if isinstance(silence, Pause) and _fits(first, hard_words):
            left = round(silence.seconds - LISTENING, 3)
            rest = spoken([*([Pause(left)] if left > 0 else []), *rest, *reprompt])
            if not _fits(rest, hard_words):
                break
            return first, rest
    sentences = sum(isinstance(part, Say) for part in words)
    raise ValueError(f"{sentences} sentences are more than a response and its reprompt can hold")


def _fits(words: Spoken, hard_words: Pronunciations) -> bool:
    return len(to_ssml_content(words, hard_words)) <= LONGEST_SPEECH
