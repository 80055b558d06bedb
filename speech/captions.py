"""A Spoken for eyes: the words that are heard, as plain text."""

from __future__ import annotations

from speech.document import Say, Spoken
from speech.pronunciation import NO_HARD_WORDS, Pronunciations


def plain_text(words: Spoken, hard_words: Pronunciations = NO_HARD_WORDS) -> str:
    """Join the sentences with single spaces, abbreviations in their spoken form, each begun with a capital."""
    heard = (hard_words.heard(part.text) for part in words if isinstance(part, Say))
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in heard)
