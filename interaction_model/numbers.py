"""Numbers as people say them: "five", "twenty five", "10"."""

from __future__ import annotations

import re

_SMALL = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty"]
_WORDS = {word: number for number, word in enumerate(_SMALL, start=1)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_NUMBER = rf"\d{{1,3}}|(?:(?:{'|'.join(_TENS)}) )?(?:{'|'.join(_SMALL)})|{'|'.join(_TENS)}"
_MINUTES = re.compile(rf"\b({_NUMBER}|a) ?(?:minutes?|mins?)\b")


def number(text: str) -> int:
    """Return the number that the whole text is, from 1 to 999; 0 when it is none."""
    if not re.fullmatch(_NUMBER, text):
        return 0
    return int(text) if text.isdigit() else sum(_WORDS[word] for word in text.split())


def minutes(text: str) -> int:
    """Return the number before the word "minutes" in a text; 0 when there is none."""
    found = _MINUTES.search(text)
    if found is None:
        return 0
    return 1 if found[1] == "a" else number(found[1])
