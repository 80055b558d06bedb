"""A Spoken to SSML as Alexa reads it; `ssml_reader.py` reads that SSML back to the same Spoken."""

from __future__ import annotations

import functools

from speech.document import Pause, Spoken
from speech.pronunciation import NO_HARD_WORDS, Pronunciation, Pronunciations

LONGEST_BREAK = 10.0
"""Seconds. Alexa refuses a longer `break`, so a longer silence is written as several."""


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""A table of our own: the standard library's `escape` brings HTTP and TLS with it, a tenth of a cold start."""


def escape(text: str) -> str:
    """Return a text that may stand in SSML, between elements or in quotation marks."""
    return text.translate(_ESCAPES)


def to_ssml(words: Spoken, hard_words: Pronunciations = NO_HARD_WORDS) -> str:
    """Write a Spoken as one `speak` element; every character of text is escaped."""
    return f"<speak>{to_ssml_content(words, hard_words)}</speak>"


def to_ssml_content(words: Spoken, hard_words: Pronunciations = NO_HARD_WORDS) -> str:
    """Write what goes inside `speak`, for callers that add the wrapper themselves."""
    written: list[str] = []
    pace = 1.0
    for part in words:
        if isinstance(part, Pause):
            written.append(_write_breaks(part.seconds))
            continue
        if part.pace != pace:
            # One element around neighbours of one pace: a long session has to fit into 7,500 characters.
            written.append(_end_of_pace(pace) + ("" if part.pace == 1.0 else f'<prosody rate="{part.pace:.0%}">'))
            pace = part.pace
        written.append(_write_sentence(part.text, hard_words))
    return "".join(written) + _end_of_pace(pace)


@functools.lru_cache(maxsize=1024)
def _write_sentence(text: str, hard_words: Pronunciations) -> str:
    """Look for hard words once in a sentence that is said often."""
    return f"<s>{hard_words.replace(text, _write_hard_word, escape)}</s>"


def _end_of_pace(pace: float) -> str:
    return "" if pace == 1.0 else "</prosody>"


def _write_hard_word(word: Pronunciation, written: str) -> str:
    if word.alias:
        return f'<sub alias="{escape(word.alias)}">{escape(written)}</sub>'
    if word.ipa:
        return f'<phoneme alphabet="ipa" ph="{escape(word.ipa)}">{escape(written)}</phoneme>'
    return escape(written)


def _write_breaks(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), round(LONGEST_BREAK * 1000))
    breaks = [round(LONGEST_BREAK * 1000)] * whole + ([rest] if rest else [])
    return "".join(f'<break time="{length}ms"/>' for length in breaks)
