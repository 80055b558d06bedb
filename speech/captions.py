"""A Spoken for eyes: the words that are heard, as plain text, or as WebVTT captions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from speech.document import Say, Spoken
from speech.pronunciation import NO_HARD_WORDS, Pronunciations


def plain_text(words: Spoken, hard_words: Pronunciations = NO_HARD_WORDS) -> str:
    """Join the sentences with single spaces, abbreviations in their spoken form, each begun with a capital."""
    heard = (hard_words.heard(part.text) for part in words if isinstance(part, Say))
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in heard)


SHORTEST_CAPTION = 1.2
"""Seconds: a single counted word is gone too soon to be read, so it stays this long where there is room."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A sentence, and when it is to be seen, in seconds from the start."""

    start: float
    end: float
    text: str


def web_vtt(captions: Iterable[Caption]) -> str:
    """Write captions as WebVTT; none stays on the screen when the next begins."""
    listed = list(captions)
    starts = [*(caption.start for caption in listed[1:]), float("inf")]
    blocks = ["WEBVTT\n"]
    for caption, following in zip(listed, starts, strict=False):
        end = min(max(caption.end, caption.start + SHORTEST_CAPTION), following)
        blocks.append(f"{_timestamp(caption.start)} --> {_timestamp(end)}\n{_escaped(caption.text)}\n")
    return "\n".join(blocks)


def _timestamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
