"""A long session in pieces that Alexa takes: what one response holds, and what follows if nobody speaks."""

from __future__ import annotations

from skill.alexa.limits import LONGEST_SPEECH
from speech.document import Pause, Say, Spoken, spoken
from speech.pronunciation import Pronunciations
from speech.ssml import to_ssml_content

LISTENING = 8.0
"""Seconds that the microphone stays open between a response's speech and its reprompt."""


def chapters(words: Spoken, reprompt: Spoken, hard_words: Pronunciations) -> tuple[str, str]:
    """Return the SSML of the words that fit into one response, and of the reprompt, which begins with the rest of them.

    The cut is made at the last silence that the open microphone can stand in for, so that the length stays
    as it was.

    Raises:
        ValueError: when two pieces do not suffice.
    """
    whole = to_ssml_content(words, hard_words)
    if len(whole) <= LONGEST_SPEECH:
        return whole, to_ssml_content(reprompt, hard_words)
    silences = [number for number, part in enumerate(words) if isinstance(part, Pause) and part.seconds >= LISTENING]
    for number in reversed(silences):
        silence, rest = words[number], words[number + 1 :]
        first = to_ssml_content(words[:number], hard_words)
        if isinstance(silence, Pause) and len(first) <= LONGEST_SPEECH:
            left = round(silence.seconds - LISTENING, 3)
            then = spoken([*([Pause(left)] if left > 0 else []), *rest, *reprompt])
            following = to_ssml_content(then, hard_words)
            if len(following) > LONGEST_SPEECH:
                break
            return first, following
    sentences = sum(isinstance(part, Say) for part in words)
    raise ValueError(f"{sentences} sentences are more than a response and its reprompt can hold")
