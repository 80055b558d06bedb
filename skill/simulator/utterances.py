"""What was typed, as an utterance; what is wrong with it, as a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 5000
"""Characters; nobody says more in one breath, and Alexa passes on far less."""

_KEYS = re.compile(r"\x1b(?:\[[0-9;]*[A-Za-z~])?")
"""What a terminal sends for arrows and Escape: sore hands press them by chance, and they are no question."""

_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance, cleaned, and what to tell whoever typed it; empty when nothing is wrong."""

    text: str
    fault: str = ""


def utterance(text: str) -> Utterance:
    """Clean one utterance."""
    text = _KEYS.sub("", text)
    clean = " ".join(_UNSPEAKABLE.sub(" ", text[:LONGEST]).split())
    if not text.strip():
        return Utterance("", "Nothing was said: type a question, such as: ice or heat?")
    if len(text) > LONGEST:
        return Utterance(clean, f"That is {len(text):,} characters long: ask in fewer than {LONGEST:,}.")
    if _UNSPEAKABLE.search(text):
        return Utterance(clean, "That holds signs that are no text: ask in plain words.")
    if not re.search(r"[A-Za-z0-9]", text):
        return Utterance(clean, "There are no English words in that: ask in English.")
    return Utterance(clean)
